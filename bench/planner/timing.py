"""What a decision and a forecast cost."""

from collections.abc import Callable
from random import Random
from statistics import median
from time import perf_counter

from mlprep.core.forecast import forecast
from mlprep.core.memory import default_parameters
from mlprep.core.planner import History, Learner, Plan, Today, choose
from mlprep.core.question import Item
from mlprep.core.rubric import Level

ITEMS, DAY, ROUNDS = 10_000, 700_000, 9


def measure() -> dict[str, float]:
    """Print and return milliseconds."""
    rng = Random(1)
    items = [Item(f"b/q{n}", f"b/q{n}", rng.choice(("choice", "open", "estimate")),
                  f"field{rng.randrange(8)}", Level.STAFF, rng.choice((1, 2, 3)),
                  rng.choice((1, 3, 4)), "systems", (), ()) for n in range(ITEMS)]  # fmt: skip
    histories = {item.key: _history(rng) for item in items}
    learner = Learner(items, histories, default_parameters())
    plan = Plan(DAY + 30)
    key = {item.key: learner.expected_recall(item, DAY) for item in items}
    found = {
        "one decision over 10,000 seen items": _ms(
            lambda: choose(items, learner, plan, Today(DAY)), ROUNDS
        ),
        "sorting the same list": _ms(lambda: sorted(items, key=lambda i: key[i.key]), ROUNDS),
        "a forecast over 10,000 seen items": _ms(
            lambda: forecast(items, learner, histories, plan, DAY), 3
        ),
    }
    some = items[:400]
    few = {item.key: histories[item.key] for item in some[:150]}
    known = Learner(some, few, default_parameters())
    for days in (30, 730):
        found[f"a forecast over 400 items, {days} days"] = _ms(
            lambda days=days: forecast(some, known, few, Plan(DAY + days), DAY), 3
        )
    print()
    for name, ms in found.items():
        print(f"{name:42}{ms:8.1f} ms")
    times = found["one decision over 10,000 seen items"] / found["sorting the same list"]
    print(f"{'a decision, in times of the sort':42}{times:8.1f}")
    return found


def _history(rng: Random) -> History:
    day = DAY - rng.randrange(10, 60)
    reviews = []
    for _ in range(rng.randrange(1, 4)):
        reviews.append((day, rng.choice((1, 2, 3, 3, 3, 4))))
        day += rng.randrange(1, 4)
    return History(tuple(reviews), 120 * len(reviews), len(reviews))


def _ms(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
    return median(times)
