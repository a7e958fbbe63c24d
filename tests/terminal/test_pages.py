"""Pages: every stage of every kind, at every size."""

from itertools import pairwise

import pytest

from mlprep.core.grading import grade
from mlprep.core.rubric import Level
from mlprep.session.drill import Outcome
from mlprep.terminal import pages, parts
from mlprep.terminal.drill_keys import help_lines
from mlprep.terminal.lines import indented, line_width, plain
from mlprep.terminal.page import answer_lines
from mlprep.terminal.view import Stage

TODAY, THEN = 740_000, 740_013
SIZES = [(80, 24), (40, 24), (20, 10), (120, 24), (200, 50)]
TEXT = "pod by pod is a deadlock, so Kueue " * 20
STAGES = {
    "ring-steps": ["asked", "typed", "how sure", "revealed"],
    "first-change": ["asked", "picked", "graded"],
    "state-per-gpu": ["asked", "typed", "how sure", "graded"],
    "recovery": ["asked", "picked", "graded"],
    "partial-gangs": ["asked", "typed", "hinted", "menu", "how sure", "revealed", "graded",
                      "more", "help", "paused", "noted"],
    "proudest": ["asked", "typed", "revealed", "graded"],
    "recommender/scope": ["asked", "typed", "menu", "revealed", "graded"],
    "recommender/serving": ["asked", "typed", "revealed", "graded"],
}  # fmt: skip
CASES = [(name, stage, size) for name in STAGES for stage in STAGES[name] for size in SIZES]


def brought_to(view, stage, columns=80):
    """Bring a question to a stage as keys would."""
    view.menu = stage == "menu"
    view.paused = stage == "paused"
    view.hints = 2 if stage == "hinted" else 0
    if stage == "noted":
        view.note = "This question has no hint."
    if stage == "help":
        view.overlay = help_lines(columns - 1)
    if stage == "picked":
        view.picks = view.letters
    elif stage != "asked":
        view.text = "17 GB" if view.kind == "estimate" else TEXT
        view.cursor = len(view.text)
    if stage == "how sure":
        view.stage = Stage.SURE
    if stage == "revealed":
        view.reveal()
    if stage in ("graded", "more"):
        graded(view)
        view.more = stage == "more"
    return view


def graded(view, **attempt):
    """Grade what was answered."""
    view.marks = {point.key: False for point in view.points}
    done = view.attempt()._replace(**attempt)
    verdict = grade(view.ask.question, done, Level.PRINCIPAL, truth=view.ask.truth)
    view.outcome = Outcome(view.ask, done, verdict, None, before=0.4, after=0.7, due=TODAY + 3,
                           returns=False)  # fmt: skip
    view.stage = Stage.GRADED
    return view


def shown(view, columns, rows):
    return pages.page(view, columns - 1, rows, date=THEN, day=TODAY)


@pytest.mark.parametrize(("name", "stage", "size"), CASES)
def test_a_page_fits_its_terminal(view, name, stage, size):
    columns, rows = size
    page = shown(brought_to(view(name), stage, columns), columns, rows)
    lines = page.lines(rows)
    assert len(lines) == rows
    assert max(map(line_width, lines)) < columns
    assert lines[-len(page.keys) :] == list(page.keys)
    if rows >= 24:
        assert not any(not one and not two for one, two in pairwise(page.body))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [name for name in STAGES if "typed" in STAGES[name]])
def test_the_cursor_is_in_the_box_that_is_shown(view, name, size):
    columns, rows = size
    page = shown(brought_to(view(name), "typed"), columns, rows)
    row, column = page.cursor
    assert row < len(page.body) and row < rows - len(page.keys)
    assert plain(page.body[row]).startswith(" ┃ ")
    assert 3 <= column < columns


def test_only_a_text_has_a_cursor(view):
    for name in ("first-change", "recovery"):
        assert shown(view(name), 80, 24).cursor is None
    for stage in ("revealed", "graded"):
        assert shown(brought_to(view("partial-gangs"), stage), 80, 24).cursor is None


def test_keys_stand_on_the_last_line(view):
    lines = shown(view("partial-gangs"), 80, 24).lines(24)
    assert plain(lines[0]).startswith(" new · open · staff · 4 min")
    assert plain(lines[-1]).startswith(" Tab done")


def test_short_of_room_the_prompt_shrinks_to_its_last_sentence(view):
    asked = brought_to(view("partial-gangs"), "typed")
    text = "\n".join(map(plain, shown(asked, 80, 12).body))
    assert "Two 64-GPU jobs" not in text
    assert "… What happened" in text


def test_the_case_can_be_called_where_it_does_not_fit(view):
    asked = brought_to(view("recommender/serving"), "asked")
    assert "^X c" in "\n".join(map(plain, shown(asked, 80, 10).body))
    asked.menu = True
    assert "c case" in plain(shown(asked, 80, 24).keys[0])


def test_what_stands_above_the_first_question_gives_way_first(view):
    asked = view("partial-gangs")
    asked.above = [[("", "first run")]] * 6
    assert plain(shown(asked, 80, 24).body[0]) == "first run"
    assert "first run" not in "\n".join(map(plain, shown(asked, 80, 12).body))


@pytest.mark.parametrize("columns", [120, 200])
def test_words_and_points_stand_side_by_side_on_a_wide_terminal(view, columns):
    rows = list(map(plain, shown(brought_to(view("partial-gangs"), "revealed"), columns, 24).body))
    title = next(row for row in rows if "Did you say it?" in row)
    assert title.lstrip().startswith("Your words")
    first = rows[rows.index(title) + 1]
    assert first.startswith(" ┃ pod by pod") and "✓ Pods are placed one by one" in first


def test_words_and_points_stand_one_below_the_other_at_80_columns(view):
    text = "\n".join(map(plain, shown(brought_to(view("partial-gangs"), "revealed"), 80, 24).body))
    assert (
        text.index("┃ pod by pod") < text.index("Did you say it?") < text.index("Pods are placed")
    )


@pytest.mark.parametrize("size", SIZES)
def test_the_point_under_the_cursor_is_always_in_sight(view, size):
    ticked = brought_to(view("partial-gangs"), "revealed")
    for number in range(5):
        ticked.current = number
        assert "❯" in "\n".join(map(plain, shown(ticked, *size).lines(size[1])))


def everything(view, stage, columns):
    """Return the lines that must be reached by Space; while answering the prompt may shrink."""
    if stage == "asked":
        return parts.option_lines(view, columns - 1)
    if stage == "revealed":
        return indented(answer_lines(view.ask.question.answer, columns - 2))
    return shown(view, columns, 1000).body


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("first-change", "asked"),
        ("recovery", "asked"),
        ("ring-steps", "revealed"),
        ("first-change", "graded"),
        ("partial-gangs", "more"),
        ("partial-gangs", "help"),
    ],
)
def test_space_brings_every_line_that_does_not_fit(view, name, stage, size):
    columns, rows = size
    asked = brought_to(view(name), stage, columns)
    wanted = everything(asked, stage, columns)
    found = set()
    for _ in range(40):
        page = shown(asked, columns, rows)
        found |= set(map(plain, page.lines(rows)))
        if not pages.turn(asked, columns - 1, rows, date=THEN, day=TODAY):
            break
    assert set(map(plain, wanted)) <= found


def test_space_tells_how_many_lines_wait(view):
    page = shown(graded(view("partial-gangs")), 80, 24)
    assert f"Space {page.hidden} more lines" in plain(page.keys[0])


@pytest.mark.parametrize("columns", [80, 40, 20])
def test_no_key_loses_its_word(view, columns):
    rows = shown(brought_to(view("partial-gangs"), "menu"), columns, 24).keys
    words = " ".join(plain(row) for row in rows)
    for key in ("e editor", "h hint", "s later", "t tomorrow", "x set aside", "p pause", "q quit"):
        assert key in words


def test_a_judged_answer_cannot_be_overruled_as_known(view):
    assert "k I knew it" not in plain(shown(graded(view("partial-gangs")), 80, 24).keys[0])
    measured = graded(brought_to(view("first-change"), "picked"))
    assert "k I knew it" in plain(shown(measured, 100, 24).keys[0])


def test_help_names_every_key(view):
    text = "\n".join(map(plain, help_lines(79)))
    for key in ("Tab", "^D", "^X", "e editor", "h hint", "s later", "t tomorrow", "x set aside",
                "u undo", "p pause", "q quit", "y said it", "n missed", "y got it", "p partly",
                "Space", "g I guessed", "k I knew it", "a earlier answers", "^C", "^Z", "^L",
                "Backspace", "Up, Down"):  # fmt: skip
        assert key in " ".join(text.split())


def test_a_recall_leaves_its_verdict_on_the_next_screen(view):
    line = pages.verdict_line(graded(view("ring-steps"), confidence=2), 79)
    assert line == [("dim", " ring-steps: Missed   fairly sure   kinds")]


def test_points_come_before_what_stands_above_the_first_question(view):
    asked = view("partial-gangs")
    asked.text = "Pods are placed one by one."
    asked.reveal()
    asked.above = [[("", "Welcome.")]] * 9

    assert "Welcome." in text_of(shown(asked, 80, 40))
    assert "Welcome." not in text_of(shown(asked, 80, 24))
    assert "more below" not in text_of(shown(asked, 80, 24))


def text_of(page):
    return "\n".join(map(plain, [*page.body, *page.keys]))
