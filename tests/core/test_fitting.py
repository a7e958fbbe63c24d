"""Memory is fitted from enough reviews on, and kept only where it foretells better."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlprep.core.fitting import (
    LEAST,
    evidence,
    fit,
    in_words,
    is_due,
    next_at,
    second_reviews,
    tempo,
)
from mlprep.core.memory import default_parameters, replay, retrievability

AVERAGE = default_parameters()
DAY = 739_000


def scaled(times: float) -> tuple[float, ...]:
    """Return a learner who remembers so many times as long after a first answer."""
    return (*(w * times for w in AVERAGE[:4]), *AVERAGE[4:])


def answers(parameters: tuple[float, ...], items: int, seed: int = 1) -> list[list]:
    """Return what a learner of such a memory would answer, a few times each."""
    rng = Random(seed)
    histories = []
    for _ in range(items):
        day = DAY + rng.randrange(20)
        reviews = [(day, rng.choice((1, 3)))]
        for _ in range(3):
            day += rng.choice((2, 4, 8))
            memory = replay(reviews, parameters)
            recall = retrievability(day - memory.day, memory.stability, parameters[20])
            reviews.append((day, 3 if rng.random() < recall else 1))
        histories.append(reviews)
    return histories


@pytest.mark.parametrize(
    ("reviews", "tried", "due"),
    [
        (29, 0, False), (30, 0, True), (32, 30, False), (33, 30, True), (109, 100, False),
        (110, 100, True),
    ],
)  # fmt: skip
def test_a_fit_is_tried_from_30_on_and_whenever_a_tenth_more_came(reviews, tried, due):
    assert due == is_due(reviews, tried)


@pytest.mark.parametrize(
    ("reviews", "tried", "wanted"), [(3, 0, 30), (40, 0, 40), (35, 33, 37), (100, 100, 110)]
)
def test_the_next_fit_is_told(reviews, tried, wanted):
    assert wanted == next_at(reviews, tried)


def test_a_review_on_the_same_day_tells_nothing_of_memory():
    histories = [[(1, 1), (1, 3), (4, 3)], [(2, 3)], [(3, 3), (1, 1), (5, 3)]]

    assert second_reviews(histories) == 2
    assert second_reviews(histories) == len(evidence(histories))


def test_who_forgets_faster_is_found():
    found = fit(answers(scaled(0.1), 150), AVERAGE)

    assert found.loss < found.average
    assert in_words(found.parameters, AVERAGE) == "you forget faster than average"


def test_what_is_no_better_on_the_held_out_fifth_is_not_kept():
    right, wrong = answers(scaled(9), 60, 2), answers(scaled(0.02), 25, 3)
    later = [[(day + 100, rating) for day, rating in reviews] for reviews in wrong]
    found = fit(right + later, AVERAGE)

    assert found.parameters is None
    assert found.loss >= found.average
    assert found.held_out == round(found.reviews / 5)


def test_who_never_misses_is_no_error():
    found = fit([[(DAY, 3), (DAY + 3, 3)]] * LEAST, AVERAGE)

    assert found.reviews == LEAST


def test_the_average_learner_forgets_as_average():
    assert tempo(AVERAGE, AVERAGE) == 1
    assert in_words(AVERAGE, AVERAGE) == "you forget about as fast as average"
    assert in_words(scaled(2.2), AVERAGE) == "you forget slower than average"
    assert in_words(scaled(0.05), AVERAGE) == "you forget much faster than average"


REVIEWS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 4)), min_size=2, max_size=6)


@settings(max_examples=40)
@given(st.lists(REVIEWS, min_size=15, max_size=40))
def test_fitting_changes_no_review(histories):
    before = [list(reviews) for reviews in histories]
    if second_reviews(histories) >= LEAST:
        found = fit(histories, AVERAGE)
        assert found.parameters is None or len(found.parameters) == len(AVERAGE)

    assert before == histories
