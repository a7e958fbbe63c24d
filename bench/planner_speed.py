"""What the next question costs over many seen items, against sorting the same list.

python bench/planner_speed.py [--items 10000] [--rounds 30]

Both run in one process, interleaved; the ratio of medians is what to compare between versions.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from random import Random

from mlprep.core.memory import default_parameters
from mlprep.core.planner import History, Learner, Plan, Today, choose
from mlprep.core.question import Item
from mlprep.core.rubric import Level

DAY = 740_000
KINDS = ("open", "recall", "choice", "estimate")


def seen_items(many: int, rng: Random) -> tuple[list[Item], dict[str, History]]:
    """Return items of ten fields, and one to six reviews of each."""
    items, histories = [], {}
    for number in range(many):
        key = f"bank{number % 10}/q{number}"
        items.append(
            Item(key, key, rng.choice(KINDS), f"field{number % 10}/t{number % 7}", Level.SENIOR,
                 rng.choice((1, 2)), rng.choice((1, 2, 4)), "systems", (), ())
        )  # fmt: skip
        days = sorted(rng.choices(range(DAY - 90, DAY), k=rng.randint(1, 6)))
        histories[key] = History(tuple((day, rng.randint(1, 4)) for day in days), 60, 1)
    return items, histories


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work took."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    items, histories = seen_items(options.items, Random(1))
    learner = Learner(items, histories, default_parameters())
    plan, today = Plan(date=DAY + 30), Today(DAY)
    shuffled = Random(2).sample(items, len(items))

    def sort() -> object:
        return sorted(shuffled, key=lambda item: item.key)

    work = {
        "sorted by key": sort,
        "choose": lambda: choose(items, learner, plan, today),
        "replay of all": lambda: Learner(items, histories, default_parameters()),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(options.rounds):
        for name, one in work.items():
            times[name].append(milliseconds(one))
    base = statistics.median(times["sorted by key"])
    print(f"{options.items:,} seen items, median of {options.rounds} rounds")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:<16}{median:8.2f} ms {median / base:7.1f} x sort")


if __name__ == "__main__":
    main()
