"""Every command: what it prints, what it changes."""

import json

import pytest

from mlprep.terminal import lines

MOST_LINES = 22


def document(ended):
    """Return the one JSON document that a command printed."""
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


@pytest.fixture
def answered(mlprep):
    """Answer one question of every kind."""
    attempts = {
        "ring-steps": ["--rating", "3"],
        "first-change": ["--answer", "a", "--seed", "7", "--confidence", "3"],
        "state-per-gpu": ["--answer", "17 GB"],
        "recovery": ["--answer", "dbca"],
        "partial-gangs": ["--answer", "a deadlock", "--points", "1,2", "--seconds", "90"],
        "proudest": ["--points", "1,3", "--confidence", "2"],
        "recommender/scope": ["--points", "-"],
    }
    return {name: document(mlprep("record", f"every-kind/{name}", *words))
            for name, words in attempts.items()}  # fmt: skip


# next, record, history, undo, suspend


def test_next_gives_a_question_without_its_answer(mlprep):
    asked = document(mlprep("next"))
    assert asked.keys() == {"version", "key", "seed", "kind", "level", "minutes", "topic",
                            "prompt", "hints", "returned"}  # fmt: skip
    assert (asked["key"], asked["kind"]) == ("every-kind/ring-steps", "recall")


@pytest.mark.parametrize(
    ("name", "kind", "keys"),
    [
        ("first-change", "choice", {"options"}),
        ("recovery", "order", {"options"}),
        ("state-per-gpu", "estimate", {"unit"}),
        ("partial-gangs", "open", {"points", "red_flags"}),
        ("proudest", "story", {"points", "red_flags"}),
        ("recommender", "design", {"points", "red_flags", "case"}),
    ],
)
def test_next_gives_what_an_answer_of_each_kind_needs(mlprep, name, kind, keys):
    for row in document(mlprep("bank", "list", "--json"))["questions"]:
        if row["key"] != f"every-kind/{name}":
            mlprep("suspend", row["key"])
    asked = document(mlprep("next"))
    assert asked["kind"] == kind
    assert keys <= asked.keys()


def test_next_says_why_there_is_nothing(mlprep):
    mlprep("plan", "--off", "tue")
    assert document(mlprep("next")) == {"version": 1, "done": "day off"}
    assert "key" in document(mlprep("next", "--extra"))


def test_what_next_gave_can_be_recorded(mlprep):
    asked = document(mlprep("next", "--topic", "kinds"))
    kept = document(mlprep("record", asked["key"], "--seed", str(asked["seed"]), "--rating", "3"))
    assert (kept["key"], kept["kept"], kept["rating"]) == (asked["key"], True, "good")


def test_an_attempt_is_graded_as_in_a_drill(answered):
    assert {name: kept["rating"] for name, kept in answered.items()} == {
        "ring-steps": "good",
        "first-change": "missed",
        "state-per-gpu": "good",
        "recovery": "missed",
        "partial-gangs": "partly",
        "proudest": "partly",
        "recommender/scope": "missed",
    }
    open_one = answered["partial-gangs"]
    assert open_one["coverage"] == 0.6
    assert open_one["missed"] == ["Adds a timeout that frees a partial gang",
                                  "Says how to detect it"]  # fmt: skip
    assert answered["state-per-gpu"]["true_value"] == 17.5e9


def test_an_answer_can_come_from_standard_input(mlprep, monkeypatch, open_store):
    from io import StringIO

    monkeypatch.setattr("sys.stdin", StringIO("two\nlines\n"))
    document(mlprep("record", "proudest", "--answer", "-", "--points", "1"))
    assert [review.answer for review in open_store().reviews()] == ["two\nlines"]


def test_history_shows_answers_the_latest_first(mlprep):
    for points in ("-", "1,2,3"):
        document(mlprep("record", "proudest", "--answer", f"said {points}", "--points", points))
    shown = mlprep("history", "proudest").out
    assert shown.index("said 1,2,3") < shown.index("said -")
    found = document(mlprep("history", "proudest", "--json"))
    assert [r["rating"] for r in found["items"]["every-kind/proudest"]] == ["missed", "good"]


def test_history_of_an_unseen_question_says_what_to_run(mlprep):
    assert "mlprep drill --item proudest" in mlprep("history", "proudest").out


def test_undo_goes_back_step_by_step(mlprep, answered, open_store):
    assert "Taken back: every-kind/recommender/scope, missed." in mlprep("undo").out
    assert "Taken back: every-kind/proudest, partly." in mlprep("undo").out
    assert len(open_store().reviews()) == 5


def test_a_suspended_question_is_not_asked_until_it_is_taken_in_again(mlprep):
    assert "left out; mlprep suspend --off every-kind/ring-steps" in (
        mlprep("suspend", "ring-steps").out
    )
    assert document(mlprep("next"))["key"] == "every-kind/first-change"
    mlprep("suspend", "--off", "ring-steps")
    assert document(mlprep("next"))["key"] == "every-kind/ring-steps"


# Where one stands


def test_documents_say_their_version(mlprep, answered):
    for words in ([], ["stats"], ["plan"]):
        assert document(mlprep(*words, "--json"))["version"] == 1


def test_today_as_a_document(mlprep, answered):
    mlprep("plan", "--date", "2026-12-14", "--minutes", "40", "--off", "sun")
    said = document(mlprep("--json"))
    assert (said["date"], said["days_left"], said["minutes"], said["off"]) == (
        "2026-12-14", 13, 40, ["sun"]
    )  # fmt: skip
    assert (said["answers"], said["seen"], said["scope"]) == (7, 7, 8)


@pytest.mark.parametrize("words", [[], ["stats"], ["stats", "kinds"], ["plan"], ["config"]])
def test_what_prints_and_leaves_fits_the_terminal(mlprep, answered, monkeypatch, words):
    mlprep("plan", "--date", "2026-12-14")
    for _ in range(13):
        mlprep("record", "ring-steps", "--rating", "3")
    for size in ((20, 24), (21, 24), (40, 24), (80, 24), (200, 50)):
        monkeypatch.setattr(lines, "terminal_size", lambda size=size: size)
        ended = mlprep(*words)
        shown = ended.out.splitlines()
        assert (ended.code, ended.err) == (0, "")
        assert max(map(lines.width, shown)) < size[0]
        assert size[0] < 80 or len(shown) <= MOST_LINES
        assert "\n\n\n" not in ended.out


# Settings


def test_a_setting_is_kept_shown_and_forgotten(mlprep):
    assert "emacs  (default)" in mlprep("config", "keys").out
    assert "vi" in mlprep("config", "keys", "vi").out
    assert document(mlprep("config", "keys", "--json")) == {"keys": "vi"}
    assert "emacs  (default)" in mlprep("config", "keys", "").out


def test_all_settings_are_listed(mlprep):
    shown = mlprep("config").out
    for key in document(mlprep("config", "--json")):
        assert f" {key}" in shown


# Banks


def test_banks_are_listed_with_their_questions(mlprep):
    assert " every-kind  One of every kind" in mlprep("bank", "list").out
    assert "every-kind/partial-gangs" in mlprep("bank", "list", "every-kind").out
    rows = document(mlprep("bank", "list", "--json"))["questions"]
    assert [row["kind"] for row in rows] == ["recall", "choice", "estimate", "order", "open",
                                             "story", "design"]  # fmt: skip
    assert rows[-1]["items"] == ["every-kind/recommender/scope", "every-kind/recommender/serving"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ring-steps", "2 (N - 1)"),
        ("first-change", "✓ "),
        ("state-per-gpu", "17.5 GB per GPU"),
        ("recovery", "1  Detect"),
        ("partial-gangs", "Asks for gang scheduling or admission"),
        ("proudest", "Business impact as a number"),
        ("recommender", "Where does each millisecond go?"),
    ],
)
def test_a_question_is_shown_whole(mlprep, name, said):
    shown = mlprep("bank", "show", f"every-kind/{name}").out
    assert said in shown
    assert f"every-kind/{name}" in shown
    assert "\n\n\n" not in shown


def test_a_new_bank_can_be_drilled_as_it_is_written(mlprep, home):
    assert mlprep("bank", "new", "acme").out == f"{home / 'banks' / 'acme.yaml'}\n"
    checked = mlprep("bank", "check")
    assert checked.code == 0
    assert "2 questions, no mistakes.   mlprep drill --bank acme" in checked.out
    assert mlprep("bank", "new", "acme").code == 1


def test_bank_check_names_file_line_and_column(mlprep, own_bank):
    file = own_bank(
        "acme", "bank: acme\ntitle: A\nquestions:\n- id: x\n  prompt: P?\n  awnser: A\n"
    )
    ended = mlprep("bank", "check")
    assert ended.code == 1
    assert f"{file}:6:3: unknown key 'awnser'" in ended.out
    assert "did you mean 'answer'?" in ended.out
    assert mlprep("bank", "check", str(file)).code == 1


def test_warnings_count_only_where_they_are_asked_for(mlprep, own_bank):
    file = str(own_bank("acme", "bank: acme\ntitle: A\nquestions:\n- id: x\n  prompt: P?\n"
                                "  answer: A\n"))  # fmt: skip
    assert mlprep("bank", "check", file).code == 0
    strict = mlprep("bank", "check", "--strict", file)
    assert strict.code == 1
    assert "warning: question 'x': no 'tags'" in strict.out


# The progress file


def test_a_backup_brings_back_what_was_there(mlprep, answered, home, open_store):
    copy = mlprep("data", "backup").out.strip()
    mlprep("undo")
    assert copy in mlprep("data", "restore").out
    restored = mlprep("data", "restore", copy)
    assert restored.out.startswith(f"Restored {copy}. What was there before lies in {home}")
    assert len(open_store().reviews()) == 7


def test_data_is_checked_and_exported(mlprep, answered, home, tmp_path):
    assert mlprep("data", "path").out == f"{home / 'progress.sqlite'}\n"
    assert "7 reviews, no damage." in mlprep("data", "check").out
    whole = document(mlprep("data", "export"))
    assert len(whole["review"]) == 7
    target = tmp_path / "export.json"
    mlprep("data", "export", str(target))
    assert json.loads(target.read_text()) == whole


@pytest.mark.parametrize("words", [["data", "backup"], ["data", "export"]])
def test_a_file_that_cannot_be_written_is_named(mlprep, tmp_path, words):
    (tmp_path / "file").write_text("")
    ended = mlprep(*words, str(tmp_path / "file" / "below.json"))
    assert ended.code == 1
    assert "choose" in ended.err
