"""The last screen of a drill, and the screen of a bare `mlprep`."""

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.session.drill import Drill
from mlprep.session.options import Done, Options
from mlprep.session.study import Study
from mlprep.session.summary import summarize
from mlprep.terminal.closing import closing_lines, today_lines
from mlprep.terminal.lines import line_width, plain, within

NOW = datetime(2026, 12, 1, 9).astimezone()  # a Tuesday
MOST_LINES = 22
MOCK = [("accent", " mlprep mock")]


@pytest.fixture
def planned(store):
    store.set("date", "2026-12-14")
    return store


@pytest.fixture
def drill(store, library):
    return Drill(store, library, Options(extra=True), NOW, Random(7))


def answer(drill, name, *, rating=Rating.GOOD, **attempt):
    ask = drill.ask(f"every-kind/{name}", 7, NOW)
    return drill.record(ask, Attempt(seconds=60, **attempt), NOW, rating=rating)


def closing(drill, done=None, most=79):
    return "\n".join(map(plain, closing_lines(summarize(drill), drill.study, done, most)))


def today(store, library, now=NOW, most=79, **known):
    lines = today_lines(Study(store, library, now), most, mock=MOCK, **known)
    return "\n".join(map(plain, lines))


# The end of a drill


def test_missed_points_and_sure_and_wrong_ones_stand_apart(planned, drill):
    answer(drill, "first-change", rating=Rating.AGAIN, confidence=3)
    answer(drill, "partial-gangs", rating=Rating.AGAIN, marks={"gang": True, "detect": False})
    assert closing(drill).splitlines() == [
        " 2 questions in 2 min                                                 Tue 1 Dec",
        "",
        " Points       1 said, 1 missed",
        " Readiness    told after 18 more answers",
        "",
        " Sure and wrong",
        " ✗ every-kind/first-change                                       first tomorrow",
        "",
        " Missed",
        " ✗ every-kind/partial-gangs                                      first tomorrow",
        "",
        " Tomorrow     30 min: 7 questions, 5 of them new",
        "",
        " mlprep drill                                     28 of today's 30 min are left",
        " mlprep undo                  takes back the last answer: partial-gangs, missed",
    ]


def test_what_came_back_says_how_it_went_then(planned, drill):
    answer(drill, "first-change", rating=Rating.AGAIN, confidence=3)
    answer(drill, "first-change", rating=Rating.HARD, confidence=2)
    said = closing(drill)
    assert "1 question in 2 min, 1 came back" in said
    assert "came back: partly, fairly sure" in said


def test_points_that_were_missed_last_time_are_told(planned, library):
    first = Drill(planned, library, Options(), NOW, Random(7))
    answer(first, "partial-gangs", marks={"gang": False, "detect": True})
    first.end(NOW)
    second = Drill(planned, library, Options(), NOW + timedelta(days=1), Random(7))
    answer(second, "partial-gangs", marks={"gang": True, "detect": True})
    assert "1 of the 2 were missed last time" in closing(second)


def test_readiness_is_told_after_twenty_answers(planned, drill):
    for _ in range(10):
        answer(drill, "recovery")
    assert "told after 10 more answers" in closing(drill)
    for _ in range(10):
        answer(drill, "ring-steps")
    said = closing(drill)
    assert "Readiness" in said and " on 14 Dec (" in said and "told after" not in said


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (None, ["Nothing was answered; what was typed is kept.", "mlprep drill"]),
        (Done("day off"), ["Tue 1 Dec is a day off.", "mlprep drill --extra"]),
        (Done("time"), ["Today's 30 minutes are done.", "mlprep drill --minutes 10"]),
        (Done("no match"), ["No question in your scope matches", "mlprep bank list"]),
        (Done("nothing"), ["Nothing is due and nothing is new.", "mlprep drill --extra"]),
        (Done("nothing", NOW.date().toordinal() + 3), ["is due on Fri 4 Dec, in 3 days"]),
        (Done("nothing", NOW.date().toordinal() + 1), ["the next is due tomorrow"]),
    ],
)
def test_without_an_answer_the_reason_is_told(drill, done, said):
    found = closing(drill, done)
    assert all(words in found for words in said)


@pytest.mark.parametrize(
    ("done", "command"),
    [(None, "mlprep drill "), (Done("time"), "mlprep drill --minutes 10"),
     (Done("nothing"), "mlprep stats")],
)  # fmt: skip
def test_the_next_command_fits_the_end(planned, drill, done, command):
    answer(drill, "ring-steps")
    assert f"\n {command}" in closing(drill, done)


def test_many_missed_ones_are_counted_not_listed(store, library, drill, planned):
    for name in library.items:
        answer(drill, name.removeprefix("every-kind/"), rating=Rating.AGAIN,
               marks={"gang": False})  # fmt: skip
    lines = closing(drill).splitlines()
    assert "   and 3 more" in lines
    assert len(lines) <= MOST_LINES


# Today


def test_a_new_candidate_is_told_what_to_run(store, library):
    assert today(store, library).splitlines()[:4] == [
        " No interview date                                                    Tue 1 Dec",
        "",
        " Today        30 min: 7 questions, 7 of them new               0 of 30 min done",
        " Readiness    told after 20 more answers",
    ]
    assert " mlprep plan " in today(store, library)


def test_an_interview_ahead_is_counted_down(planned, library):
    assert today(planned, library).startswith(" Interview Mon 14 Dec, in 13 days")


def test_a_past_interview_is_named(planned, library):
    later = NOW + timedelta(days=30)
    assert today(planned, library, later).startswith(" The interview was on Mon 14 Dec")


def test_a_day_off_is_named(store, library):
    store.set("off", ["tue"])
    assert " Today        a day off" in today(store, library)


def test_a_half_typed_answer_comes_first(store, library):
    assert "a half-typed answer waits: every-kind/x" in today(store, library, draft="every-kind/x")


@pytest.mark.parametrize("most", [19, 39, 79, 119, 199])
def test_screens_that_print_and_leave_fit(planned, drill, library, most):
    for name in library.items:
        answer(drill, name.removeprefix("every-kind/"), rating=Rating.AGAIN, confidence=3)
    for _ in range(20):
        answer(drill, "ring-steps")
    study = drill.study
    screens = (
        within(closing_lines(summarize(drill), study, None, most), most),
        within(today_lines(study, most, mock=MOCK), most),
    )
    for lines in screens:
        assert max(map(line_width, lines)) <= most
        assert not any(not one and not two for one, two in pairwise(lines))
        assert most < 79 or len(lines) <= MOST_LINES
