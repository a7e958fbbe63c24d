"""The forecast: the same for the same state, wider where less is known, moved by what matters."""

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlprep.core.forecast import Forecast, Habit, coming, forecast, times_missed
from mlprep.core.memory import default_parameters
from mlprep.core.planner import History, Learner, Plan, importance, readiness
from mlprep.core.question import Item
from mlprep.core.rubric import Level

DAY = 739_000
PARAMETERS = default_parameters()
KINDS = ("choice", "estimate", "open")


def item(n: int, **fields) -> Item:
    key = f"b/q{n}"
    topic = f"field{n % 4}"
    plain = Item(key, key, KINDS[n % 3], topic, Level.STAFF, 1, (1, 3, 4)[n % 3], "systems", (), ())
    return plain._replace(**fields)


ITEMS = [item(n, weight=1 + n % 3) for n in range(60)]


def known(many: int, seed: int = 1) -> dict[str, History]:
    """Return answers to so many items, of the last three weeks."""
    rng = Random(seed)
    found = {}
    for one in ITEMS[:many]:
        days = sorted(DAY - rng.randint(1, 20) for _ in range(rng.randint(1, 3)))
        found[one.key] = History(tuple((day, rng.choice((1, 3, 3, 4))) for day in days), 90, 1)
    return found


def told(histories, *, days=21, minutes=20, items=ITEMS, **options) -> Forecast:
    plan = Plan(DAY + days, minutes, **options.pop("plan", {}))
    learner = Learner(items, histories, PARAMETERS)
    return forecast(items, learner, histories, plan, DAY, **options)


def test_the_same_state_gives_the_same_forecast():
    assert told(known(20)) == told(known(20))


def test_the_range_lies_around_the_mean():
    found = told(known(20))

    assert 0 <= found.low < found.mean < found.high <= 1


def test_more_minutes_promise_more():
    few, some, many = (told(known(20), minutes=m).mean for m in (3, 15, 45))

    assert few < some < many


def test_following_the_plan_promises_more_than_stopping():
    histories = known(30)
    plan = Plan(DAY + 21, 20)
    stopping = readiness(ITEMS, Learner(ITEMS, histories, PARAMETERS), plan, DAY + 21)

    assert told(histories).mean > stopping + 0.05


def test_who_misses_days_is_promised_less():
    kept = told(known(20), habit=Habit(30, 30)).mean
    missed = told(known(20), habit=Habit(6, 30)).mean

    assert missed < kept


def test_the_range_narrows_as_the_day_comes():
    items = [item(n) for n in range(400)]
    far, near = (told(known(50), days=days, items=items) for days in (40, 2))

    assert near.high - near.low < far.high - far.low


def test_days_off_cost_readiness():
    assert told(known(20), plan={"days_off": frozenset(range(6))}).mean < told(known(20)).mean


def test_on_the_day_nothing_more_is_gained():
    histories = known(40)
    found = told(histories, days=0)
    now = readiness(ITEMS, Learner(ITEMS, histories, PARAMETERS), Plan(DAY), DAY)

    assert found.low <= now <= found.high


@pytest.mark.parametrize("plan", [Plan(), Plan(DAY - 1)])
def test_without_a_date_ahead_there_is_no_forecast(plan):
    assert forecast(ITEMS, Learner((), {}, PARAMETERS), {}, plan, DAY) is None
    assert coming(ITEMS, Learner((), {}, PARAMETERS), {}, plan, DAY) == frozenset()


def test_nothing_in_scope_gives_no_forecast():
    assert forecast([], Learner((), {}, PARAMETERS), {}, Plan(DAY + 9), DAY) is None


@pytest.mark.parametrize("days", [1, 30, 731, 4000])
def test_any_date_ahead_can_be_told_of(days):
    found = told(known(20), days=days)

    assert 0 <= found.low <= found.mean <= found.high <= 1


def test_a_bank_of_thousands_is_told_from_a_sample():
    items = [item(n) for n in range(4000)]
    plan = Plan(DAY + 30, 30)
    found = forecast(items, Learner(items, {}, PARAMETERS), {}, plan, DAY)

    assert 0.35 < found.mean < 0.5  # 15 hours do not go far in 180


def test_a_clock_set_back_is_no_error():
    histories = {one.key: History(((DAY + 9, 3), (DAY + 3, 1)), 60, 1) for one in ITEMS[:20]}

    assert told(histories) is not None


def test_what_comes_is_what_the_minutes_reach():
    learner = Learner(ITEMS, {}, PARAMETERS)
    few, all_of_it = (
        coming(ITEMS, learner, {}, Plan(DAY + 10, minutes), DAY) for minutes in (3, 120)
    )

    assert {one.key for one in ITEMS} == all_of_it
    assert 0 < len(few) < 15
    weights = {one.key: one.weight for one in ITEMS}
    assert {3} == {weights[key] for key in few}  # what counts most comes first


def test_only_one_phase_of_a_case_is_counted_a_day():
    case = [item(n, question="b/case", kind="design", requires=(f"b/q{n - 1}",) if n else ())
            for n in range(4)]  # fmt: skip
    learner = Learner(case, {}, PARAMETERS)

    assert {"b/q0"} == coming(case, learner, {}, Plan(DAY + 1, 60), DAY)
    assert {one.key for one in case} == coming(case, learner, {}, Plan(DAY + 40, 60), DAY)


@pytest.mark.parametrize(
    ("past", "times"),
    [
        ([], 1), ([Forecast(0.5, 0.4, 0.6)], 1), ([Forecast(0.9, 0.8, 1.0)], 5.126),
        ([Forecast(0.5, 0.5, 0.5)], 1),
    ],
)  # fmt: skip
def test_earlier_forecasts_that_missed_widen_the_range(past, times):
    assert times == pytest.approx(times_missed(past, 0.5), abs=0.01)


def test_a_wider_range_stays_within_what_is_possible():
    assert pytest.approx((0.5, 0.3, 0.7)) == Forecast(0.5, 0.4, 0.6).widened(2)
    assert Forecast(0.5, 0, 1) == Forecast(0.5, 0.4, 0.6).widened(50)


RATED = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 4)), min_size=1, max_size=4)


@settings(max_examples=60)
@given(
    st.dictionaries(st.integers(0, 59), RATED, min_size=1, max_size=30),
    st.integers(0, 59),
    st.sampled_from((2, 3, 4)),
    st.integers(0, 60),
)
def test_a_right_first_answer_never_lowers_readiness(answered, new, rating, days):
    assume(new not in answered)
    histories = {
        f"b/q{n}": History(tuple(sorted((DAY - ago, r) for ago, r in rated)), 60, 1)
        for n, rated in answered.items()
    }
    later = {**histories, f"b/q{new}": History(((DAY, rating),), 60, 1)}
    before, after = (
        readiness(ITEMS, Learner(ITEMS, known_, PARAMETERS), Plan(), DAY + days)
        for known_ in (histories, later)
    )

    assert after >= before - 1e-12


@settings(max_examples=60)
@given(
    st.dictionaries(st.integers(0, 59), RATED, max_size=30),
    st.dictionaries(st.sampled_from([f"field{n}" for n in range(4)]), st.floats(0.1, 10)),
)
def test_other_weights_change_readiness_only_through_importance(answered, weights):
    histories = {
        f"b/q{n}": History(tuple(sorted((DAY - ago, r) for ago, r in rated)), 60, 1)
        for n, rated in answered.items()
    }
    learner = Learner(ITEMS, histories, PARAMETERS)
    plan = Plan(weights=weights)
    recalls = [learner.expected_recall(one, DAY) for one in ITEMS]
    counts = [importance(one, plan) for one in ITEMS]
    mean = sum(c * r for c, r in zip(counts, recalls, strict=True)) / sum(counts)

    assert mean == pytest.approx(readiness(ITEMS, learner, plan, DAY))
    assert recalls == [learner.expected_recall(one, DAY) for one in ITEMS]
