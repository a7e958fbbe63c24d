"""A whole session of every kind, screen by screen, and the same one line by line."""

import pytest

pytestmark = pytest.mark.usefixtures("planned")
OPEN = "pod by pod is a deadlock, so Kueue, and an alert"
STORY = "Ranking at a bank. Impact: 3 %."
LINES = [
    "2 (N - 1)", "2", "y",
    "a", "3",
    "17 GB", "2",
    "dbca", "2",
    "h", OPEN, "3", "1,2,4",
    STORY, "1", "1,3",
    "", "0",
    "a", "2",
]  # fmt: skip
# item, rating, coverage, confidence, hints, points said, answer
REVIEWS = [
    ("ring-steps", "good", None, 2, 0, set(), "2 (N - 1)"),
    ("first-change", "missed", None, 3, 0, set(), "a"),
    ("state-per-gpu", "good", None, 2, 0, set(), "17 GB"),
    ("recovery", "partly", None, 2, 0, set(), "dbca"),
    ("partial-gangs", "partly", 0.8, 3, 1, {"one-by-one", "gang", "detect"}, OPEN),
    ("proudest", "partly", 2 / 3, 1, 0, {"hard", "impact"}, STORY),
    ("recommender/scope", "missed", 0.0, 0, 0, set(), ""),
    ("first-change", "good", None, 2, 0, set(), "a"),
]


def what_is_kept(store):
    return [
        (
            review.item.removeprefix("every-kind/"),
            review.rating.word,
            review.coverage,
            review.confidence,
            review.hints,
            {point for point, hit in review.marks.items() if hit},
            review.answer,
        )
        for review in store.reviews()
    ]


def test_a_session_of_every_kind_at_80_columns(start, snapshots, open_store):
    terminal = start("drill").shows(snapshots, "recall, asked")
    terminal.type("2 (N - 1)").shows(snapshots, "recall, typed")
    terminal.press("Enter").shows(snapshots, "recall, how sure")
    terminal.press("2").shows(snapshots, "recall, revealed")
    terminal.press("y").shows(snapshots, "choice, asked below the verdict on the recall")
    terminal.press("a").shows(snapshots, "choice, picked")
    terminal.press("3").shows(snapshots, "choice, wrong and sure")
    terminal.press("Enter").shows(snapshots, "estimate, asked")
    terminal.type("17 GB").shows(snapshots, "estimate, how it is read")
    terminal.press("Enter").shows(snapshots, "estimate, how sure")
    terminal.press("2").shows(snapshots, "estimate, graded")
    terminal.press("Enter").shows(snapshots, "order, asked")
    terminal.press("d", "b").shows(snapshots, "order, begun")
    terminal.press("c", "a").shows(snapshots, "order, complete")
    terminal.press("2").shows(snapshots, "order, two steps swapped")
    terminal.press("Enter").shows(snapshots, "open, asked")
    terminal.press("^X").shows(snapshots, "open, menu")
    terminal.press("h").shows(snapshots, "open, hint")
    terminal.type(OPEN).shows(snapshots, "open, typed")
    terminal.press("Tab").shows(snapshots, "open, how sure")
    terminal.press("3").shows(snapshots, "open, at its ticks")
    terminal.press("n", "y").shows(snapshots, "open, ticked")
    terminal.press("Enter").shows(snapshots, "open, graded")
    terminal.press("Space").shows(snapshots, "open, what waits behind Space")
    terminal.press("Space").shows(snapshots, "story, asked")
    terminal.type(STORY).press("Tab").shows(snapshots, "story, how sure")
    terminal.press("1").shows(snapshots, "story, at its ticks")
    terminal.press("y", "n", "y", "Enter").shows(snapshots, "story, a guess")
    terminal.press("Enter").shows(snapshots, "design, asked")
    terminal.press("Tab").shows(snapshots, "design, how sure")
    terminal.press("0").shows(snapshots, "design, no idea")
    terminal.press("Enter").shows(snapshots, "choice, again")
    terminal.press("a", "2").shows(snapshots, "choice, right")
    terminal.press("Enter").shows(snapshots, "summary")
    assert terminal.end() == 0
    assert what_is_kept(open_store()) == REVIEWS


def test_the_same_session_line_by_line(run, snapshots, open_store):
    ended = run("drill", text="\n".join(LINES) + "\n")
    snapshots.check("line by line", ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert what_is_kept(open_store()) == REVIEWS
