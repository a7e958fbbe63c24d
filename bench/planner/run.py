"""Readiness that the planner reaches, against its peers at equal minutes, and its forecast.

python bench/planner/run.py [--quick] [--part compare|forecast|pace] [--truth T] [--json FILE]

compare: every policy over a grid of plans, under four truths of forgetting.
forecast: how often the range held, at the start, at one and at two thirds of a plan.
pace: milliseconds of one decision over 10,000 items, and of a forecast.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import timing
from calibration import calibrate, show_calibration
from policies import peers
from shipped import Shipped
from simulation import simulate
from tables import show_comparison
from worlds import TRUTHS, Scenario, make_worlds

from mlprep.core import planner

GRID = ((7, 30, 300), (7, 60, 150), (14, 15, 150), (14, 45, 450), (21, 30, 300), (30, 15, 600),
        (30, 35, 350), (45, 45, 450), (60, 20, 300), (60, 60, 600), (90, 30, 300), (120, 45, 600),
        )  # fmt: skip
QUICK = ((7, 30, 300), (21, 30, 300), (45, 30, 300))
"""(days, minutes a day, questions)"""


def compare_one(job: tuple[Scenario, int]) -> dict[str, Any]:
    """Return the readiness of one learner under every policy."""
    scenario, learner = job
    world = make_worlds(scenario, range(learner, learner + 1))[0]
    ready = {}
    own = Shipped()
    for policy in (own, Shipped("mlprep, memory not fitted", fitted=False), *peers()):
        ready[policy.name] = simulate(world, policy).readiness(scenario.days)
    return {"readiness": ready, "back": own.came_back, "waiting": own.waiting(),
            "week": own.first_week, "studied": len(own.studied)}  # fmt: skip


def use_share(share: float) -> None:
    """Give due items another share of the minutes."""
    planner.DUE_SHARE = share


def compare(
    truths: Iterable[str],
    grid: Iterable[tuple[int, float, int]],
    learners: int,
    seed: int,
    share: float,
) -> list[dict[str, Any]]:
    cells = []
    with ProcessPoolExecutor(os.cpu_count(), initializer=use_share, initargs=(share,)) as pool:
        for truth in truths:
            for days, minutes, questions in grid:
                scenario = Scenario(days, minutes, questions, truth, seed)
                jobs = [(scenario, learner) for learner in range(learners)]
                rows = list(pool.map(compare_one, jobs))
                cells.append({"truth": truth, "cell": (days, minutes, questions), "rows": rows})
                print(f"{truth} {days} d, {minutes} min, {questions} q: done", file=sys.stderr)
    return cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="A small grid: under 3 minutes.")
    parser.add_argument("--part", choices=("compare", "forecast", "pace"), action="append")
    parser.add_argument("--truth", choices=tuple(TRUTHS), action="append")
    parser.add_argument("--learners", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=planner.DUE_SHARE, help="For due items.")
    parser.add_argument("--json", type=Path, help="Write every figure there.")
    options = parser.parse_args()
    parts = options.part or ["compare", "forecast", "pace"]
    truths = options.truth or list(TRUTHS)
    found: dict[str, Any] = {"seed": options.seed}
    if "compare" in parts:
        learners = options.learners or (6 if options.quick else 16)
        grid = QUICK if options.quick else GRID
        found["compare"] = compare(truths, grid, learners, options.seed, options.share)
        show_comparison(found["compare"])
    if "forecast" in parts:
        learners = options.learners or (4 if options.quick else 24)
        found["forecast"] = calibrate(truths, learners, options.seed, quick=options.quick)
        show_calibration(found["forecast"])
    if "pace" in parts:
        found["pace"] = timing.measure()
    if options.json:
        options.json.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
