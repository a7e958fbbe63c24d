"""Memory against py-fsrs, an independent implementation of FSRS-6."""

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.memory import (
    Rating,
    default_parameters,
    interval,
    replay,
    retrievability,
    share,
)

DEFAULTS = default_parameters()
FITTED = (
    0.4, 1.1, 3.2, 16, 7.0, 0.6, 2.4, 0.01, 1.7, 0.12, 1.0, 1.8, 0.1, 0.3, 2.2, 0.3, 2.1, 0.6, 0.2,
    0.15, 0.3,
)  # fmt: skip
DECAYS = st.floats(0.1, 0.8)
STABILITIES = st.floats(0.01, 36500)


def reference(reviews, parameters):
    """Return the card that py-fsrs makes of (day, rating), days never decreasing."""
    scheduler = fsrs.Scheduler(
        parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card = fsrs.Card(card_id=1)
    for day, rating in reviews:
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), moment)
    return card


def sixty_days(rng):
    """Return the reviews of one item over 60 days, some of them twice or more on a day."""
    days = sorted(rng.choices(range(60), k=rng.randint(1, 14)))
    return [(day, rng.choices((1, 2, 3, 4), (3, 2, 4, 1))[0]) for day in days]


@pytest.mark.parametrize("parameters", [DEFAULTS, FITTED], ids=["default", "fitted"])
def test_a_learner_of_60_days_is_remembered_as_by_py_fsrs(parameters):
    rng = Random(6)
    for _ in range(150):
        reviews = sixty_days(rng)
        card = reference(reviews, parameters)

        memory = replay(reviews, parameters)

        assert pytest.approx((card.stability, card.difficulty), rel=1e-4) == memory[:2]
        assert reviews[-1][0] == memory.day


def test_the_oracle_saw_repeats_on_one_day():
    rng = Random(6)
    days = [[day for day, _ in sixty_days(rng)] for _ in range(150)]
    assert sum(len(set(of_one)) < len(of_one) for of_one in days) > 50


def test_no_review_leaves_no_memory():
    assert replay([], DEFAULTS) is None


def test_a_clock_set_back_counts_as_no_time_passed():
    back = [(100, 1), (110, 3), (20, 3), (112, 4)]
    flat = [(100, 1), (110, 3), (110, 3), (112, 4)]

    assert replay(flat, DEFAULTS) == replay(back, DEFAULTS)


@pytest.mark.parametrize("last", Rating)
def test_a_miss_is_never_forgotten(last):
    assert replay([(1, 1), (5, last)], DEFAULTS).missed
    assert (last is Rating.AGAIN) == replay([(1, 3), (5, last)], DEFAULTS).missed


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 4)), min_size=1, max_size=12))
def test_any_history_leaves_a_sound_memory(reviews):
    memory = replay(reviews, DEFAULTS)

    assert memory.stability > 0
    assert 1 <= memory.difficulty <= 10
    assert max(day for day, _ in reviews) == memory.day


@given(STABILITIES, DECAYS)
def test_recall_falls_to_nine_tenths_after_the_stability(stability, decay):
    assert retrievability(0, stability, decay) == 1
    assert pytest.approx(0.9) == retrievability(stability, stability, decay)


@given(st.floats(0, 1e5), st.floats(0, 1e5), STABILITIES, DECAYS)
def test_recall_only_ever_falls(some_days, more_days, stability, decay):
    sooner = retrievability(some_days, stability, decay)
    later = retrievability(some_days + more_days, stability, decay)

    assert 0 < later <= sooner <= 1


@given(st.floats(0.5, 0.99), STABILITIES, DECAYS)
def test_the_interval_is_when_recall_has_fallen_so_far(retention, stability, decay):
    days = interval(retention, stability, decay)

    assert pytest.approx(retention) == retrievability(days, stability, decay)


def test_recall_is_that_of_py_fsrs():
    reviews = [(0, 3), (3, 3), (9, 1), (9, 2)]
    scheduler = fsrs.Scheduler(DEFAULTS)
    card = reference(reviews, DEFAULTS)
    memory = replay(reviews, DEFAULTS)
    for days in (0, 1, 7, 300):
        moment = card.last_review + timedelta(days=days)
        expected = scheduler.get_card_retrievability(card, moment)
        recall = retrievability(days, memory.stability, DEFAULTS[20])
        assert pytest.approx(expected, rel=1e-4) == recall


@pytest.mark.parametrize(
    ("right", "asked", "expected"), [(0, 0, 0.35), (6, 6, 0.675), (0, 6, 0.175), (1, 1, 3.1 / 7)]
)
def test_a_share_is_smoothed_towards_its_prior(right, asked, expected):
    assert pytest.approx(expected) == share(right, asked, 0.35)


def test_the_candidate_reads_other_words_than_the_library():
    assert [rating.word for rating in Rating] == ["missed", "partly", "good", "easy"]
