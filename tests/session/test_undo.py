"""Undo goes one step back with everything kept, to any depth, after a restart too."""

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.session.options import Done
from tests.session import banks
from tests.session.banks import answer, at, attempt, drill, keys

AGAIN, HARD, GOOD, EASY = Rating


@pytest.fixture(autouse=True)
def _dated(store):
    store.set("date", "2026-12-31")


def recalls(many):
    return banks.library(*[banks.recall(f"q{n:02}") for n in range(many)])


def restarted(a_drill, now=None):
    """End a drill as quitting does, and begin another one."""
    a_drill.end(now or at())
    return drill(a_drill.store, a_drill.library, now or at(), seed=99)


def test_nothing_to_undo(store):
    assert drill(store, recalls(3)).undo(at()) is None


def test_an_answer_is_taken_back_with_everything_kept(store):
    today = drill(store, banks.library(banks.open_question("o")))
    ask = today.next(at())
    marks = {"p0": True, "p1": False, "p2": True, "p3": False}
    given = Attempt("my words", 2, 61.0, 1, marks, frozenset({0}))
    today.record(ask, given, at())

    assert today.undo(at()) == "b/o"
    again = today.next(at())

    assert again.earlier == ()
    assert (again.item, again.seed, again.draft.revealed) == (ask.item, ask.seed, True)
    assert again.draft.attempt == given


@pytest.mark.parametrize(
    ("make", "revealed"),
    [(banks.choice, False), (banks.order, False), (banks.estimate, False), (banks.recall, True),
     (banks.open_question, True), (banks.story, True)],
)  # fmt: skip
def test_it_opens_at_the_ticks_or_at_the_answer(store, make, revealed):
    today = drill(store, banks.library(make("q")))
    answer(today, answer="as typed")
    today.undo(at())

    draft = today.next(at()).draft

    assert (draft.revealed, draft.attempt.answer) == (revealed, "as typed")


def test_giving_up_is_taken_back_to_the_answer(store):
    today = drill(store, banks.library(banks.open_question("o")))
    today.record(today.next(at()), Attempt(answer="half", confidence=0), at())
    today.undo(at())

    draft = today.next(at()).draft

    assert (draft.revealed, draft.attempt.answer) == (False, "half")


def test_to_any_depth(store):
    today = drill(store, recalls(20))
    asked = keys(today, 8)

    undone = [today.undo(at()) for _ in range(9)]

    assert undone == [*reversed(asked), None]
    assert keys(today, 8) == asked
    assert store.count_reviews() == 8


def test_after_a_restart_and_on_another_day(store):
    today = drill(store, recalls(20))
    asked = keys(today, 3)

    tomorrow = restarted(today, at(1))
    assert tomorrow.undo(at(1)) == asked[2]
    tomorrow = restarted(tomorrow, at(2))
    assert tomorrow.undo(at(2)) == asked[1]
    assert tomorrow.next(at(2)).item.key == asked[1]


def test_minutes_and_new_items_come_back(store):
    store.set("minutes", 3)
    today = drill(store, recalls(20))
    keys(today, 3)
    assert isinstance(today.next(at()), Done)

    today.undo(at())

    assert today.next(at()).spent == 2


def test_a_limit_has_room_again(store):
    today = drill(store, recalls(20), limit=2)
    keys(today, 2)
    today.undo(at())

    assert keys(today, 1) == ["b/q01"]
    assert isinstance(today.next(at()), Done)


@pytest.mark.parametrize("restart", [False, True], ids=["at once", "after a restart"])
@pytest.mark.parametrize("act", ["later", "bury", "suspend"])
def test_what_was_set_aside_is_asked_at_once(store, act, restart):
    today = drill(store, recalls(20))
    answer(today)
    ask = today.next(at())
    today.keep(ask, Attempt(answer="half"), at())
    getattr(today, act)(ask if act == "later" else ask.item.key, at())
    today = restarted(today) if restart else today

    assert today.undo(at()) == ask.item.key
    again = today.next(at())

    assert (again.item, again.draft.attempt.answer) == (ask.item, "half")
    assert store.count_reviews() == 1
    assert today.undo(at()) == "b/q00"


def test_steps_are_taken_back_in_the_order_in_which_they_were_made(store):
    today = drill(store, recalls(20))
    first = answer(today).ask
    second = today.next(at())
    today.later(second, at())
    third = today.next(at())
    today.suspend(third.item.key, at())
    today = restarted(today)
    fourth = answer(today).ask
    today.bury("b/q19", at())

    steps = ["b/q19", fourth, third, second, first]
    expected = [step if isinstance(step, str) else step.item.key for step in steps]
    assert [today.undo(at()) for _ in range(6)] == [*expected, None]


@pytest.mark.parametrize("act", ["bury", "suspend"])
def test_an_answered_item_that_was_set_aside_is_not_asked_twice(store, act):
    today = drill(store, recalls(20))
    outcome = answer(today)
    getattr(today, act)(outcome.ask.item.key, at())

    assert today.undo(at()) == "b/q00"
    assert store.holds() == {}
    assert today.next(at()).item.key == "b/q01"
    assert today.undo(at()) == "b/q00"
    assert today.next(at()).item.key == "b/q00"


def test_an_overruled_answer_is_taken_back_whole(store):
    today = drill(store, banks.library(banks.choice("c")))
    today.overrule(answer(today, rating=AGAIN), "knew", at())
    today.undo(at())

    assert store.count_reviews() == 0
    assert answer(today, rating=AGAIN).review.overruled == ""


def test_a_return_is_taken_back_to_what_was_missing(store):
    library = banks.library(
        banks.open_question("o", minutes=1, weight=9), *[banks.recall(f"q{n}") for n in range(8)]
    )
    today = drill(store, library)
    ask = today.next(at())
    today.record(ask, Attempt(marks={"p0": True, "p1": False, "p2": False, "p3": False}), at())
    keys(today, 5)
    again = today.next(at())
    today.record(again, attempt(again, GOOD), at())

    today.undo(at())

    once_more = today.next(at())
    assert [point.key for point in once_more.points] == ["p1", "p2", "p3"]
    assert today.record(once_more, attempt(once_more, GOOD), at()).grade.coverage == 1


def test_what_a_filter_leaves_out_comes_when_it_was_taken_back_here(store):
    library = banks.shelf(x=[banks.recall("a")], y=[banks.recall("b"), banks.recall("c")])
    answer(drill(store, library, items=("x/a",)))
    only_y = drill(store, library, banks=("y",))

    assert only_y.undo(at()) == "x/a"
    assert only_y.next(at()).item.key == "x/a"


def test_an_answer_to_a_renamed_question_is_taken_back_under_its_new_name(store):
    answer(drill(store, banks.library(banks.recall("old"))))
    library = banks.library(banks.recall("new", formerly=["old"]))
    today = drill(store, library)

    assert today.undo(at()) == "b/new"
    assert keys(today, 1) == ["b/new"]
    assert len(today.study.histories["b/new"].reviews) == 1


def test_an_answer_to_a_deleted_question_is_taken_back_without_a_word(store):
    answer(drill(store, banks.library(banks.recall("gone"))))
    today = drill(store, recalls(2))

    assert today.undo(at()) == "b/gone"
    assert today.next(at()).item.key == "b/q00"


def test_an_act_on_a_deleted_question_is_taken_back_without_a_word(store):
    today = drill(store, recalls(3))
    today.suspend("b/q02", at())
    today = drill(store, recalls(2))

    assert today.undo(at()) == "b/q02"
    assert store.holds() == {}
