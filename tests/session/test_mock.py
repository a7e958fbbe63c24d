"""The steps of a mock: its order, the interviewer, what is on disk, who holds it."""

import pytest

from mlprep.core.interview import Part
from mlprep.errors import MlprepError
from mlprep.session.mock import Mock, TakenOverError, mocks, open_mock
from mlprep.session.mock_state import ABANDONED, RUNNING, MockState
from tests.session.banks import at, library, open_question
from tests.session.mocking import CASE, MIXED, a_case, begin, mixed_library, run_through


@pytest.fixture
def questions():
    return library(a_case())


def kept(mock):
    """Return the mock as another program reads it from disk."""
    return next(m for m in mocks(mock.store, mock.library) if m.state.session == mock.state.session)


def test_a_case_is_asked_phase_by_phase_with_its_change_in_between(store, questions):
    mock = begin(store, questions)

    assert [p.title for p in mock.state.parts] == ["Part 1", "Change of requirements", "Part 2"]
    assert run_through(mock) == ["follow-up", "part", "part", "end"]


def test_the_minutes_of_a_section_are_shared_by_time_boxes(store, questions):
    assert [part.minutes for part in begin(store, questions).state.parts] == [3.33] * 3


def test_a_break_lies_between_and_is_not_scored(store):
    parts = begin(store, mixed_library(), MIXED).state.parts

    assert [(part.title, part.scored) for part in parts if not part.item] == [("Break", False)]
    assert {"b/fact", "b/which", "b/many"} == {part.item for part in parts[:3]}


def test_the_follow_up_digs_for_the_point_that_was_not_covered(store, questions):
    mock = begin(store, questions)
    mock.write("latency first", 60, at())
    mock.advance(at())

    assert mock.asked(0)[-1] == "And p1?"


def test_where_the_words_cover_the_point_another_follow_up_comes(store, questions):
    mock = begin(store, questions)
    mock.write("a cache for latency", 60, at())
    mock.advance(at())

    assert mock.asked(0)[-1] == "Anything else?"


def test_without_time_left_no_follow_up_is_asked(store, questions):
    mock = begin(store, questions)
    mock.write("", 0.9 * 60 * mock.part.minutes, at())

    assert mock.advance(at()) == "part"


def test_facts_count_as_told_once_the_line_that_asks_is_finished(store, questions):
    mock = begin(store, questions)
    mock.write("? traffic", 1, at())
    assert mock.told() == []

    mock.write("? traffic\n", 1, at())
    assert [fact.say for fact in mock.told()] == ["60,000 per second"]


def test_facts_told_in_one_phase_are_told_in_the_next(store, questions):
    mock = begin(store, questions)
    mock.write("? money\n", 200, at())
    mock.advance(at())

    assert (mock.state.position, [fact.say for fact in mock.told()]) == (1, ["a million"])


def test_only_the_first_part_of_a_case_opens_it(store, questions):
    mock = begin(store, questions)

    assert [mock.opens_case(n) for n in range(3)] == [True, False, False]


def test_a_case_after_another_section_opens_too(store):
    script = MIXED._replace(sections=(*MIXED.sections, *CASE.sections))
    mock = begin(store, mixed_library(), script)

    assert [mock.opens_case(n) for n in range(8)] == [False] * 5 + [True, False, False]


def test_words_and_time_are_on_disk_after_every_beat(store, questions):
    mock = begin(store, questions)
    mock.write("half a word", 12.5, at(second=12))
    mock.pause(30, at(second=42))

    part = kept(mock).part
    assert (part.text, part.spent, part.paused) == ("half a word", 12.5, 30)
    assert mock.state == kept(mock).state


def test_a_state_of_an_older_version_is_still_read(store, questions):
    plain = begin(store, questions).state.to_plain()
    for key in ("holder", "card"):
        del plain[key]
    for part in plain["parts"]:
        del part["ticks"]

    assert MockState.from_plain(plain).parts[0] == begin(store, questions).state.parts[0]


@pytest.mark.parametrize(("minute", "stage"), [(0, RUNNING), (1, ABANDONED)])
def test_a_mock_without_an_answer_for_a_day_is_closed_and_kept(store, questions, minute, stage):
    mock = begin(store, questions)
    mock.write("words", 5, at())
    found = open_mock(store, questions, at(days=1, minute=minute))

    assert (stage == RUNNING) == (found is not None)
    assert (stage, "words") == (kept(mock).state.stage, kept(mock).part.text)


def test_a_closed_mock_ended_when_it_was_left(store, questions):
    mock = begin(store, questions)
    open_mock(store, questions, at(days=9))

    assert mock.state.beat == kept(mock).state.beat


def test_the_latest_open_mock_goes_on(store, questions):
    begin(store, questions)
    second = begin(store, questions, now=at(minute=1))

    assert second.state.session == open_mock(store, questions, at(minute=2)).state.session


def test_the_terminal_that_resumed_last_holds_the_mock(store, questions):
    first = begin(store, questions)
    first.write("from the first", 1, at())
    second = kept(first)
    second.claim(at())

    with pytest.raises(TakenOverError):
        first.write("late", 1, at())
    second.write("from the second", 1, at())
    assert kept(first).part.text == "from the second"


def test_who_claims_a_mock_goes_on_from_what_is_on_disk(store, questions):
    first = begin(store, questions)
    second = kept(first)
    first.write("typed meanwhile", 7, at())
    second.claim(at())

    assert (second.part.text, second.part.spent) == ("typed meanwhile", 7)


def test_a_question_that_is_gone_can_be_passed(store, questions):
    mock = begin(store, questions)
    later = Mock(store, library(open_question("other")), mock.state)

    assert later.asked(0) == ["(a question that is in no bank any more)"]
    assert (later.facts(), later.told()) == ((), [])
    assert run_through(later) == ["part", "part", "end"]
    with pytest.raises(MlprepError, match="is in no bank any more"):
        later.ask()


def test_what_is_left_counts_over_time(store, questions):
    mock = begin(store, questions)
    mock.state = mock.state._replace(
        parts=(Part("b/case/part1", "A", 1, spent=90), Part("", "B", 5))
    )

    assert (mock.left, mock.left_in_all) == (-30, 270)
