"""What `mlprep plan` shows: what will be reached, what is given up, what more minutes buy."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from mlprep.core.forecast import Forecast, coming
from mlprep.core.planner import Plan, score
from mlprep.core.question import Item
from mlprep.session.outlook import Outlook, forecast_of, habit, outlook
from mlprep.session.reports import plan_document
from mlprep.session.settings import SETTINGS, dates_of
from mlprep.session.study import Study

STEPS = (-10, 10, 30)  # minutes a day less and more
FEW_DRAWS = 10  # tell what more minutes buy: the difference, with the same draws
OUTCOMES = "outcomes"  # the setting that holds how interviews went, by day


class Reach(NamedTuple):
    """What the plan does with the questions of a topic."""

    topic: str
    items: int
    seen: int
    coming: int  # unseen, and will be asked
    left_out: tuple[Item, ...]  # unseen, and will not; the least worth first
    worth: float  # mean score of what is left out, 0 without


class PlanReport(NamedTuple):
    """The figures of the screen."""

    outlook: Outlook
    minutes: tuple[tuple[float, float], ...]  # minutes a day and readiness on the day
    topics: tuple[Reach, ...]  # whose left-out questions are worth least first
    whole: Reach
    hours: float  # to go through all in scope once, at the candidate's pace
    told: tuple[tuple[int, Forecast], ...]  # earlier forecasts for this interview, by day
    came: float | None  # readiness on a past interview's day, as far as it can be told now
    later: tuple[int, ...]  # further interviews
    went: str | None  # how the past one went; None: not asked yet


def plan_report(study: Study) -> PlanReport:
    """Return what the plan comes to today."""
    plan, learner = study.plan, study.learner
    told = outlook(study)
    asked = coming(study.scope, learner, study.histories, plan, study.day,
                   spent=study.minutes_spent(study.day), habit=habit(study))  # fmt: skip
    fields: dict[str, list[Item]] = {}
    for item in study.scope:
        fields.setdefault(item.field, []).append(item)
    topics = [_reach(study, name, items, asked) for name, items in fields.items()]
    past = plan.date is not None and plan.date < study.day
    return PlanReport(
        told,
        _by_minutes(study, told),
        tuple(sorted(topics, key=lambda row: (not row.left_out, row.worth))),
        _reach(study, "", study.scope, asked),
        sum(item.minutes * learner.pace(item.kind) for item in study.scope) / 60,
        _told(study, plan.date),
        study.readiness(plan.date) if past else None,
        tuple(d for d in dates_of(study.settings) if plan.date and d > max(plan.date, study.day)),
        outcome(study) if past else None,
    )


def _reach(study: Study, topic: str, items: Iterable[Item], asked: frozenset[str]) -> Reach:
    plan, learner = study.plan, study.learner
    items = list(items)
    unseen = [item for item in items if item.key not in learner.memories]

    def worth(item: Item) -> float:
        return score(item, plan, learner.prior(item.field), learner.pace(item.kind))

    left_out = sorted((item for item in unseen if item.key not in asked), key=worth)
    mean = sum(map(worth, left_out)) / len(left_out) if left_out else 0.0
    many = len(unseen) - len(left_out)
    return Reach(topic, len(items), len(items) - len(unseen), many, tuple(left_out), mean)


def _by_minutes(study: Study, told: Outlook) -> tuple[tuple[float, float], ...]:
    """Return what other minutes a day would come to; with the same draws, so they compare."""
    plan, left = study.plan, study.plan.days_left(study.day)
    if told.forecast is None or not left:
        return ()
    usual = study.settings.get("minutes", SETTINGS["minutes"].default)
    steps = [step for step in sorted((0, *STEPS)) if usual + step >= 1]
    drawn = {step: forecast_of(study, longer(plan, step), draws=FEW_DRAWS) for step in steps}
    base = drawn[0]
    assert base is not None
    return tuple(
        (usual + step, min(1.0, max(0.0, told.forecast.mean + other.mean - base.mean)))
        for step, other in drawn.items()
        if other is not None
    )


def longer(plan: Plan, step: float) -> Plan:
    """Return a plan with so many minutes a day more, a minute at least."""
    return plan._replace(
        minutes=max(1, plan.minutes + step), week=tuple(max(1, m + step) for m in plan.week)
    )


def _told(study: Study, target: int | None) -> tuple[tuple[int, Forecast], ...]:
    if target is None:
        return ()
    return tuple(
        (day, Forecast(*shares)) for day, shares in study.store.forecasts(target) if day < study.day
    )


def outcome(study: Study) -> str | None:
    """Return how the last interview went, None where that was not asked yet."""
    if study.plan.date is None:
        return None
    kept = study.settings.get(OUTCOMES, {})
    found = kept.get(date.fromordinal(study.plan.date).isoformat())
    return None if found is None else str(found)


def keep_outcome(study: Study, text: str) -> None:
    """Keep how the last interview went; empty: asked, and not said."""
    assert study.plan.date is not None
    day = date.fromordinal(study.plan.date).isoformat()
    study.store.set(OUTCOMES, {**study.settings.get(OUTCOMES, {}), day: text})


def report_document(study: Study) -> dict[str, Any]:
    """Return what `mlprep plan --json` prints."""
    report = plan_report(study)
    return {
        **plan_document(study),
        **report.outlook.to_plain(),
        "minutes_table": [{"minutes": m, "readiness": r} for m, r in report.minutes],
        "hours": report.hours,
        "topics": [
            {
                "topic": row.topic,
                "items": row.items,
                "seen": row.seen,
                "coming": row.coming,
                "left_out": [item.key for item in row.left_out],
            }
            for row in report.topics
        ],
        "forecasts": [
            {"day": date.fromordinal(day).isoformat(), "mean": f.mean, "low": f.low, "high": f.high}
            for day, f in report.told
        ],
        "dates": [date.fromordinal(day).isoformat() for day in dates_of(study.settings)],
        "outcomes": study.settings.get(OUTCOMES, {}),
    }
