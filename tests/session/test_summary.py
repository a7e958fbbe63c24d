"""What a session came to."""

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.session.summary import summarize
from tests.session import banks
from tests.session.banks import TODAY, answer, at, attempt, drill, keys

AGAIN, HARD, GOOD, EASY = Rating


@pytest.fixture(autouse=True)
def _dated(store):
    store.set("date", "2026-12-31")


def recalls(many):
    return banks.library(*[banks.recall(f"q{n:02}") for n in range(many)])


def test_a_session_without_an_answer(store):
    summary = summarize(drill(store, recalls(3)))

    assert (summary.answered, summary.minutes, summary.last) == ((), 0, None)
    assert (summary.left, summary.tomorrow) == (30, TODAY + 1)


def test_an_item_counts_once_with_its_first_answer_and_its_last(store):
    today = drill(store, recalls(20))
    answer(today, rating=AGAIN, confidence=3)
    keys(today, 6)

    summary = summarize(today)
    returned = summary.answered[0]

    assert len(summary.answered) == 6
    assert (returned.key, returned.came_back, returned.sure_and_wrong) == ("b/q00", True, True)
    assert (returned.first.rating, returned.last.rating) == (AGAIN, GOOD)
    assert summary.last == returned
    assert (summary.minutes, summary.left) == (7, 23)


@pytest.mark.parametrize(
    ("rating", "confidence", "wrong"),
    [(AGAIN, 3, True), (AGAIN, 2, False), (AGAIN, None, False), (HARD, 3, False)],
)
def test_sure_and_wrong_is_missed_while_sure(store, rating, confidence, wrong):
    today = drill(store, recalls(3))
    answer(today, rating=rating, confidence=confidence)

    assert summarize(today).answered[0].sure_and_wrong is wrong


def test_points_are_those_of_first_answers(store):
    library = banks.library(
        banks.open_question("o", minutes=1), *[banks.recall(f"q{n}") for n in range(9)]
    )
    today = drill(store, library)
    ask = today.next(at())
    today.record(ask, Attempt(marks={"p0": True, "p1": False, "p2": False, "p3": False}), at())
    keys(today, 6)

    summary = summarize(today)

    assert (summary.said, summary.missed, summary.regained) == (1, 3, 0)


def test_giving_up_counts_every_point_as_missed(store):
    today = drill(store, banks.library(banks.open_question("o")))
    today.record(today.next(at()), Attempt(confidence=0), at())

    assert (summarize(today).said, summarize(today).missed) == (0, 4)


def test_points_that_were_missed_the_last_time_are_regained(store):
    library = banks.library(banks.open_question("o"))
    marks = [{"p0": True, "p1": False, "p2": False, "p3": False}, {"p0": False, "p1": True}]
    for day, said in enumerate([*marks, {"p0": True, "p1": True, "p2": True, "p3": False}]):
        today = drill(store, library, at(day))
        today.record(today.next(at(day)), Attempt(marks=said, confidence=2), at(day))
        regained = summarize(today).regained
        today.end(at(day))
        assert regained == [0, 1, 2][day]


def test_readiness_is_told_from_before_to_after_and_on_the_day(store):
    library = recalls(60)
    first = drill(store, library)
    keys(first, 20)
    assert summarize(first).readiness_before is None
    first.end(at())

    second = drill(store, library, minutes=5)
    keys(second, 5)
    summary = summarize(second)

    assert summary.readiness_before < summary.readiness
    assert 0 < summary.readiness_then < summary.readiness


def test_tomorrow_is_the_next_day_that_is_not_off(store):
    store.set("off", ["wed", "thu"])
    today = drill(store, recalls(60))
    keys(today, 30)

    summary = summarize(today)

    assert (summary.tomorrow, summary.left) == (TODAY + 3, 0)
    assert len(summary.planned) == 30


def test_an_answer_that_was_taken_back_is_not_counted(store):
    today = drill(store, recalls(3))
    keys(today, 2)
    today.undo(at())

    assert [answered.key for answered in summarize(today).answered] == ["b/q00"]


def test_a_session_that_goes_on_is_told_whole(store):
    keys(drill(store, recalls(9)), 2)
    again = drill(store, recalls(9), at(0, 10))
    keys(again, 1, at(0, 10))

    assert len(summarize(again).answered) == 3


def test_a_renamed_item_is_one(store):
    today = drill(
        store, banks.library(banks.recall("old"), *[banks.recall(f"q{n}") for n in range(9)])
    )
    missed = today.next(at())
    today.record(missed, attempt(missed, AGAIN), at())
    today.use(
        banks.library(
            banks.recall("new", formerly=["old"]), *[banks.recall(f"q{n}") for n in range(9)]
        ),
        at(),
    )
    keys(today, 6)

    summary = summarize(today)

    assert summary.answered[0].key == "b/new"
    assert summary.answered[0].came_back
