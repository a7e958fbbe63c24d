"""How often the range of the forecast holds the readiness that came."""

import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from math import sqrt
from statistics import fmean
from typing import Any

from shipped import Forecasting
from simulation import simulate
from worlds import Scenario, make_worlds

from mlprep.core.planner import readiness

PLANS = ((14, 30, 300), (21, 45, 300), (30, 35, 350), (45, 30, 300), (60, 20, 300), (90, 30, 300))
STAGES = ("at the start", "at one third", "at two thirds")


def forecast_one(job: tuple[Scenario, int]) -> dict[str, Any]:
    """Return the forecasts of one learner at three moments, and the readiness that came."""
    scenario, learner = job
    world = make_worlds(scenario, range(learner, learner + 1))[0]
    policy = Forecasting()
    came = simulate(world, policy).readiness(scenario.days)
    return {
        "cell": (scenario.days, scenario.minutes, scenario.questions),
        "came": came,
        "told": readiness(world.items, policy.learner, policy.plan, 1 + scenario.days),
        "stages": [[*forecast, times] for forecast, times in policy.stages],
        "answers": (policy.told, policy.right, policy.later),
    }


def calibrate(truths: Iterable[str], learners: int, seed: int, *, quick: bool) -> dict[str, Any]:
    """Return the forecasts by truth. learners: in each plan."""
    found = {}
    plans = PLANS[1:4] if quick else PLANS
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for truth in truths:
            jobs = [(Scenario(*plan, truth, 1000 + seed), learner)
                    for learner in range(learners) for plan in plans]  # fmt: skip
            found[truth] = list(pool.map(forecast_one, jobs))
            print(f"forecasts under {truth}: done", file=sys.stderr)
    return found


def show_calibration(found: dict[str, Any]) -> None:
    print(f"\n{'forecast':30}{'learners':>9}{'bias':>7}{'error':>7}{'half':>7}"
          f"{'inside':>16}{'widened':>9}")  # fmt: skip
    for truth, rows in found.items():
        for place, stage in enumerate(STAGES):
            picked = [(r["came"], *r["stages"][place]) for r in rows if len(r["stages"]) > place]
            errors = [mean - came for came, mean, *_ in picked]
            inside = fmean(low <= came <= high for came, _, low, high, _ in picked)
            wide = fmean(abs(mean - came) <= times * (high - low) / 2
                         for came, mean, low, high, times in picked)  # fmt: skip
            margin = 1.96 * sqrt(inside * (1 - inside) / len(picked))
            half = fmean((high - low) / 2 for _, _, low, high, _ in picked)
            print(f"{truth + ', ' + stage:30}{len(picked):9}{100 * fmean(errors):+7.1f}"
                  f"{100 * fmean(map(abs, errors)):7.1f}{100 * half:7.1f}"
                  f"{100 * inside:9.0f} ±{100 * margin:3.0f} %{100 * wide:7.0f} %")  # fmt: skip
        errors = [row["told"] - row["came"] for row in rows]
        print(f"{truth + ', readiness that day':30}{len(rows):9}{100 * fmean(errors):+7.1f}"
              f"{100 * fmean(map(abs, errors)):7.1f}")  # fmt: skip
