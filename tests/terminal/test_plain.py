"""The plain line mode: what is asked, what is understood, and what an early end keeps."""

from io import StringIO
from random import Random

import pytest

from mlprep.session.drill import Drill
from mlprep.session.options import Options
from mlprep.terminal import clock
from mlprep.terminal.plain import PlainDrill

QUESTIONS = {
    "ring-steps": ["2 (N - 1)", "2", "y"],
    "first-change": ["a", "2"],
    "state-per-gpu": ["17 GB", "2"],
    "recovery": ["dbca", "2"],
    "partial-gangs": ["a deadlock", "2", "1,3"],
    "proudest": ["a ranking", "2", "1"],
    "recommender/scope": ["revenue", "2", "1"],
}


@pytest.fixture
def drill(store, library, monkeypatch, capsys):
    """Return how to answer one question by lines, and what was printed."""
    monkeypatch.setenv("MLPREP_NOW", "2026-12-01T09:00")

    def drill(name, *lines):
        options = Options(items=(f"every-kind/{name}",)) if name else Options()
        monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in lines)))
        PlainDrill(Drill(store, library, options, clock.now(), Random(7))).run()
        return capsys.readouterr().out

    return drill


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_kept_however_early_the_input_ends(drill, store, name):
    lines = QUESTIONS[name]
    for known in range(len(lines)):
        drill(name, *lines[:known])
        assert store.reviews() == []
        if known:
            assert [draft.attempt.answer for draft in store.drafts()] == [lines[0]]
    drill(name, *lines[1:]) if "Your answer" in drill(name) else drill(name, "", *lines[1:])
    assert [review.answer for review in store.reviews()] == [lines[0]]


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_without_confidence_and_without_seconds_is_graded(drill, store, name):
    answer, _, *judged = QUESTIONS[name]
    drill(name, answer, "", *judged)
    (review,) = store.reviews()
    assert (review.confidence, review.seconds) == (None, None)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_idea_skips_what_follows(drill, store, name):
    said = drill(name, "" if name not in ("first-change", "recovery") else QUESTIONS[name][0], "0")
    assert "Verdict: Missed" in said
    assert [review.rating.word for review in store.reviews()] == ["missed"]


# Commands


@pytest.mark.parametrize("line", [0, 1, 2])
def test_q_quits_at_any_line(drill, store, line):
    lines = QUESTIONS["partial-gangs"][:line]
    said = drill("partial-gangs", *lines, "q", "more", "2", "1")
    assert "Verdict" not in said
    assert store.reviews() == []


def test_h_shows_hints_one_at_a_time_and_costs_a_grade(drill, store):
    said = drill("partial-gangs", "h", "h", "h", "a", "3", "1,2,3,4")
    assert "Hint, at most partly now: Who holds what the other one needs?" in said
    assert "Hint, at most partly now: Look at how pods are placed." in said
    assert "No more hints." in said
    assert [(r.hints, r.rating.word) for r in store.reviews()] == [(2, "partly")]


def test_a_hint_counts_after_a_break_too(drill, store):
    drill("partial-gangs", "h", "a deadlock")
    drill("partial-gangs", "", "3", "1,2,3,4")
    assert [review.hints for review in store.reviews()] == [1]


def test_h_says_where_there_is_no_hint(drill):
    assert "This question has no hint." in drill("proudest", "h")


def test_s_asks_another_question_and_comes_back_to_it(drill, store):
    said = drill("", "s", "a", "2")
    assert said.index("Later in this drill.") < said.index("Question: A drift alarm")
    assert [review.item for review in store.reviews()] == ["every-kind/first-change"]


def test_u_takes_the_last_answer_back(drill, store):
    said = drill("", "2", "2", "y", "u")
    assert "Taken back: every-kind/ring-steps" in said
    assert "Your answer: 2" in said
    assert store.reviews() == []


def test_u_says_when_there_is_nothing_to_take_back(drill):
    assert "There is nothing to undo." in drill("", "u")


def test_a_question_mark_shows_help(drill):
    assert "q quits, h hint, s later, u undo" in drill("ring-steps", "?")


@pytest.mark.parametrize("word", ["q", "h", "s", "u", "?", "\\"])
def test_a_leading_backslash_makes_a_command_text(drill, store, word):
    drill("ring-steps", f"\\{word}", "2", "y")
    assert [review.answer for review in store.reviews()] == [word]


# What is understood


@pytest.mark.parametrize("text", ["b", "B", "2", " b "])
def test_an_option_is_a_letter_or_a_number(drill, store, text):
    drill("first-change", text, "2")
    assert [review.answer for review in store.reviews()] == ["b"]


@pytest.mark.parametrize("text", ["dbca", "d,b,c,a", "d b c a", "4,2,3,1"])
def test_an_order_is_letters_or_numbers(drill, store, text):
    drill("recovery", text, "2")
    assert [review.answer for review in store.reviews()] == ["dbca"]


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("first-change", "z", "give letters, e.g. b or a,c"),
        ("recovery", "ab", "give all letters in order"),
        ("state-per-gpu", "soon", "Not understood"),
        ("partial-gangs", "x", "give numbers, e.g. 1,3"),
        ("ring-steps", "maybe", "give 1 or n, 2 or p, 3 or y"),
    ],
)
def test_what_is_not_understood_is_asked_again(drill, store, name, wrong, said):
    lines = QUESTIONS[name]
    last = name in ("partial-gangs", "ring-steps")
    lines = [*lines[:-1], wrong, lines[-1]] if last else [wrong, *lines]
    assert said in drill(name, *lines)
    assert len(store.reviews()) == 1


def test_a_confidence_beyond_three_is_asked_again(drill):
    assert "give 0, 1, 2 or 3" in drill("ring-steps", "x", "7", "2", "y")


def test_an_empty_line_accepts_the_ticks_that_the_words_have_earned(drill, store):
    said = drill("partial-gangs", "a deadlock, so Kueue", "2", "")
    assert "empty for 1,2" in said
    (review,) = store.reviews()
    assert {key for key, hit in review.marks.items() if hit} == {"one-by-one", "gang"}


def test_an_empty_line_ticks_nothing_where_nothing_was_earned(drill, store):
    said = drill("partial-gangs", "", "2", "", "-")
    assert "Not understood: give numbers" in said
    assert set(store.reviews()[0].marks.values()) == {False}


def test_a_unit_is_read_as_it_is_written(drill):
    assert "Read as 17 GB" in drill("state-per-gpu", "17 GB", "2")


# What is said


def test_a_line_has_no_gaps_that_only_a_screen_needs(drill):
    said = drill("partial-gangs", "a deadlock", "2", "1,2,4")
    assert "   " not in said
    assert "Verdict: Good; 80 %, 3 of 4 points; fairly sure; kinds\n" in said


def test_a_phase_says_its_case(drill):
    said = drill("recommender/scope")
    assert "Case: Design a recommender for 100 million users.\n" in said
    assert "Fact: 60,000 requests per second at peak\n" in said
