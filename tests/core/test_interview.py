"""The clock and the interviewer."""

import pytest

from mlprep.core.interview import Part, next_follow_up, questions_in, reply, signal
from mlprep.core.question import Fact, FollowUp

FACTS = [
    Fact(("traffic", "requests per second"), "60,000"),
    Fact(("cost",), "one million"),
    Fact(("cost per request",), "a cent"),
]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (2400, ""),
        (1200, "half time"),
        (1141, "half time"),
        (1140, ""),
        (301, ""),
        (300, "5 minutes left"),
        (240, ""),
        (60, "last minute"),
        (0, "last minute"),
        (-40, "over by 0:40"),
        (-601.9, "over by 10:01"),
    ],
)
def test_a_word_stands_beside_the_clock_at_its_time(left, said):
    assert said == signal(left, 2400)


@pytest.mark.parametrize(("left", "whole"), [(60, 60), (300, 300), (45, 45)])
def test_a_part_does_not_begin_with_a_signal(left, whole):
    assert signal(left, whole) == ""


def test_only_a_finished_line_asks():
    assert questions_in("? p99?\nnot ? this\n?and\n? half ty") == ["p99?", "and"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how much TRAFFIC is there", 0),
        ("requests per second?", 0),
        ("what are the costs", 1),
        ("what does it cost per request", 2),
        ("how many requests", None),
        ("", None),
    ],
)
def test_a_question_is_answered_by_the_words_of_a_fact(question, found):
    assert found == reply(FACTS, question)


def probe(when=""):
    return FollowUp(ask="?", look_for="", when=when)


@pytest.mark.parametrize(
    ("asked", "missing", "found"),
    [
        ([], ["a"], 1),
        ([], ["a", "b"], 1),
        ([], [], 0),
        ([0], ["b"], 2),
        ([0], [], None),
        ([0, 1, 2], ["a"], None),
    ],
)
def test_a_follow_up_digs_first_for_what_was_not_covered(asked, missing, found):
    assert found == next_follow_up([probe(), probe("a"), probe("b")], asked, missing)


def test_a_part_survives_its_way_through_json():
    part = Part("b/q", "Q", 5, answers=("one", "two"), told=(1,), marks={"p": True})

    assert part == Part.from_plain(part._asdict())
    assert part.text == "one\ntwo"
