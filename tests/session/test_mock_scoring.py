"""What a finished mock leaves: ticks, a scorecard, reviews."""

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.errors import MlprepError
from mlprep.session.drill import Drill
from mlprep.session.mock import Mock, before, mocks
from mlprep.session.mock_scoring import Scoring
from mlprep.session.options import Options
from tests.session.banks import answer, at, drill, library, open_question, recall
from tests.session.mocking import MIXED, a_case, begin, mixed_library, run_through, tick_all


@pytest.fixture
def finished(store):
    mock = begin(store, library(a_case()))
    run_through(mock)
    return mock


@pytest.fixture
def mixed(store):
    return begin(store, mixed_library(), MIXED)


def position(mock, item):
    return next(n for n, part in enumerate(mock.state.parts) if part.item == item)


def said(mock, item, text):
    at_ = position(mock, item)
    mock.change(mock.state.parts[at_]._replace(answers=(text,)), at(), at_)
    return Scoring(mock).measured(at_)


def reviews(store, item):
    return [review for review in store.reviews() if review.item == item]


def test_ticks_are_kept_as_they_are_made(finished):
    Scoring(finished).note(0, {"p0": True}, {1}, at())
    [again] = mocks(finished.store, finished.library)

    assert (again.state.parts[0].ticks, again.state.parts[0].flags) == ({"p0": True}, (1,))
    assert Scoring(again).waiting() == [0, 1, 2]


def test_a_ticked_part_does_not_wait_any_more(finished):
    Scoring(finished).tick(0, Attempt(marks={"p0": True}), at())

    assert Scoring(finished).waiting() == [1, 2]
    assert finished.state.parts[0].marks == {"p0": True, "p1": False}


@pytest.mark.parametrize(("text", "rating"), [("", Rating.AGAIN), ("no idea", Rating.AGAIN)])
@pytest.mark.parametrize("item", ["b/which", "b/many"])
def test_what_cannot_be_read_is_no_answer(mixed, item, text, rating):
    Scoring(mixed).tick(position(mixed, item), said(mixed, item, text), at())

    assert rating == mixed.state.parts[position(mixed, item)].rating


def test_the_program_judges_choices_and_numbers_by_the_last_line(mixed):
    ask = mixed.ask(position(mixed, "b/which"))
    right = ask.letter_of(next(iter(ask.question.correct)))
    truth = mixed.ask(position(mixed, "b/many")).truth

    assert said(mixed, "b/which", f"hm\n{right}\n? really\n").picks == tuple(ask.question.correct)
    assert said(mixed, "b/many", f"four each\n{truth:g}").value == pytest.approx(truth)


def test_a_recall_is_judged_by_the_candidate_unless_nothing_was_said(mixed):
    assert said(mixed, "b/fact", "something") is None
    assert said(mixed, "b/fact", "").said == Rating.AGAIN


def test_what_was_said_aloud_is_judged_by_the_candidate(store):
    mock = begin(store, mixed_library(), MIXED, aloud=True)

    assert [said(mock, item, "") for item in ("b/fact", "b/which", "b/many")] == [None] * 3
    assert said(mock, "b/which", "a") is not None


def test_the_model_answer_of_a_choice_names_the_right_one(mixed):
    ask = mixed.ask(position(mixed, "b/which"))

    assert f"- {ask.letter_of(0)}: right" in ask.question.answer


def test_every_scored_part_becomes_a_review_of_its_item(store, finished):
    tick_all(finished, hit=("p0",), now=at(hour=10))
    [review] = reviews(store, "b/case/part1")

    assert (review.source, dict(review.marks)) == ("mock", {"p0": True, "p1": False})
    assert pytest.approx(2 / 3) == review.coverage
    assert review.rating == Rating.HARD
    assert len(reviews(store, "b/case/part2")) == 1


def test_a_scorecard_is_taken_once(store, finished):
    tick_all(finished)
    Scoring(finished).finish(at(hour=11))

    assert len(reviews(store, "b/case/part1")) == 1


def test_undo_does_not_take_a_mocks_reviews_back(store, finished):
    answer(drill(store, finished.library, items=("b/case/part1",)))
    tick_all(finished, now=at(hour=10))
    Drill(store, finished.library, Options(), at(hour=11), None).undo(at(hour=11))

    assert [review.source for review in reviews(store, "b/case/part1")] == ["mock"]


def test_missed_parts_change_what_a_drill_asks_next(store):
    questions = library(*(recall(f"q{n}") for n in range(5)), a_case())
    first = drill(store, questions).next(at()).item.key
    mock = begin(store, questions)
    run_through(mock)
    tick_all(mock)

    items = [ask.item.key for ask in _session(store, questions, at(days=1))]
    assert "b/case/part1" not in first
    assert items[0] == "b/case/part1"


def _session(store, questions, now):
    a_drill, asks = drill(store, questions, now), []
    for _ in range(3):
        asks.append(a_drill.next(now))
        answer(a_drill, now)
    return asks


def test_a_second_mock_of_the_case_finds_the_first(store, finished):
    tick_all(finished)
    second = begin(store, finished.library, now=at())

    assert finished.state.session == before(second, mocks(store, finished.library)).state.session
    assert before(finished, mocks(store, finished.library)) is None


def test_only_a_scored_mock_can_be_compared_with(store, finished):
    second = begin(store, finished.library)

    assert before(second, mocks(store, finished.library)) is None


def test_parts_whose_questions_are_gone_are_left_out(store, mixed):
    run_through(mixed)
    later = Mock(store, library(open_question("why")), mixed.state)
    card = tick_all(later, hit=("p0",))

    assert list(store.histories(lambda key: key)) == ["b/why"]
    assert card.rows[0].points == 4
    with pytest.raises(MlprepError):
        later.ask(0)
