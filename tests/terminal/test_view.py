"""What a screen shows at one moment, as plain data."""

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.review import Draft
from mlprep.terminal.view import Stage, View, read_value


def test_a_letter_picks_anew_where_one_is_right(view):
    choice = view("first-change")
    for letter in "ac":
        choice.pick(letter)
    assert (choice.picks, choice.complete) == ("c", True)


def test_an_order_is_complete_when_every_step_is_placed(view):
    order = view("recovery")
    for letter in "dbb":
        order.pick(letter)
    assert (order.picks, order.complete) == ("db", False)
    for letter in "ac":
        order.pick(letter)
    assert (order.picks, order.complete) == ("dbac", True)


def test_the_reveal_ticks_what_the_words_have_earned(view):
    asked = view("partial-gangs")
    asked.text = "pod by pod, and an alert on pending ones"
    asked.reveal()
    assert asked.stage is Stage.TICKING
    assert asked.marks == {"one-by-one": True, "detect": True}
    assert asked.points[asked.current].key == "gang"


def test_an_own_mark_stands_against_a_cue(view):
    asked = view("partial-gangs")
    asked.text = "a deadlock"
    asked.reveal()
    asked.current = 0
    asked.mark(hit=False)
    asked.reveal()
    assert asked.marks["one-by-one"] is False


def test_marks_and_flags_move_the_cursor_to_the_end_and_no_further(view):
    asked = view("partial-gangs")
    asked.reveal()
    for _ in range(9):
        asked.mark(hit=True)
    assert asked.flags == {0}
    assert asked.current == 4


def test_an_unticked_point_is_missed(view):
    asked = view("proudest")
    asked.reveal()
    asked.mark(hit=True)
    assert asked.attempt().marks == {"hard": True, "differently": False, "impact": False}


def test_no_idea_says_nothing(view):
    asked = view("partial-gangs")
    asked.text = "a deadlock"
    asked.reveal()
    asked.confidence = 0
    assert set(asked.attempt().marks.values()) == {False}


def test_an_attempt_holds_what_the_letters_stand_for(view):
    order = view("recovery")
    for step in range(4):
        order.pick(order.ask.letter_of(step))
    assert order.attempt().picks == (0, 1, 2, 3)


@pytest.mark.parametrize("name", ["ring-steps", "first-change", "partial-gangs"])
def test_a_question_opens_with_its_draft(ask, name):
    kept = Attempt(answer="a", hints=1, seconds=12.5)
    opened = View.of(ask(name, draft=Draft("", 0, 7, kept)))
    assert opened.attempt()[:4] == kept[:4]
    assert opened.stage is Stage.ANSWERING


def test_a_revealed_draft_opens_at_its_first_open_point(ask):
    kept = Attempt(answer="a deadlock", confidence=2, marks={"gang": False}, flags=frozenset({0}))
    opened = View.of(ask("partial-gangs", draft=Draft("", 0, 7, kept, revealed=True)))
    assert opened.stage is Stage.TICKING
    assert opened.marks == {"gang": False, "one-by-one": True}
    assert opened.points[opened.current].key == "timeout"
    assert (opened.confidence, opened.flags) == (2, {0})


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [("", None, ""), ("17.5 GB", 17.5e9, "read as 17.5 GB"), ("17,5 ducks", None, "")],
)
def test_an_estimate_tells_how_it_is_read(text, value, said):
    found, told = read_value(text, "bytes")
    assert found == value
    assert told.startswith(said)


def test_what_cannot_be_read_says_why():
    assert read_value("soon", "bytes")[1]
