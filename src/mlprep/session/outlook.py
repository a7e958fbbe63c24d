"""How ready the candidate is, will be, and would be: one function for every screen and document."""

from typing import Any, NamedTuple

from mlprep.core.forecast import DRAWS, Forecast, Habit, forecast, times_missed
from mlprep.core.planner import Plan
from mlprep.session.study import Study

HABIT_DAYS = 60  # the latest ones tell how many days are missed
APART = 7  # days between the earlier forecasts that tell how far they miss


class Outlook(NamedTuple):
    """Readiness as shares. All None before 20 answers, and what needs a date without one ahead."""

    now: float | None
    stopping: float | None = None  # on the day if nothing more is studied
    forecast: Forecast | None = None  # on the day if the plan is followed

    def to_plain(self) -> dict[str, Any]:
        """Return what JSON holds of it."""
        told = self.forecast and dict(zip(("mean", "low", "high"), self.forecast, strict=True))
        return {"readiness": self.now, "readiness_then": self.stopping, "forecast": told}


def outlook(study: Study) -> Outlook:
    """Return how ready one is and will be, and keep today's forecast.

    The range is as much wider as earlier forecasts for the same day missed by.
    """
    now, plan = study.readiness(), study.plan
    left = plan.days_left(study.day)
    if now is None or left is None or plan.date is None:
        return Outlook(now)
    told = forecast_of(study, plan)
    if told is None:
        return Outlook(now)
    told = told.widened(times_missed(_earlier(study, plan.date), told.mean))
    study.store.keep_forecast(study.day, plan.date, (told.mean, told.low, told.high))
    return Outlook(now, study.readiness(plan.date), told)


def forecast_of(study: Study, plan: Plan, *, draws: int = DRAWS) -> Forecast | None:
    """Return the forecast of a plan, of today's state, as the draws tell it."""
    return forecast(
        study.scope,
        study.learner,
        study.histories,
        plan,
        study.day,
        spent=study.minutes_spent(study.day),
        habit=habit(study),
        draws=draws,
    )


def habit(study: Study) -> Habit:
    """Return how many of the latest study days before today were kept."""
    days = {day for history in study.histories.values() for day, _ in history.reviews}
    first = max(min(days, default=study.day), study.day - HABIT_DAYS)
    wanted = study.plan.study_days(first, study.day)
    return Habit(sum(day in days for day in wanted), len(wanted))


def _earlier(study: Study, target: int) -> list[Forecast]:
    """Return the forecasts of earlier days for one day, a week apart."""
    found: list[Forecast] = []
    latest = None
    for day, shares in study.store.forecasts(target):
        if day < study.day and (latest is None or day >= latest + APART):
            found.append(Forecast(*shares))
            latest = day
    return found
