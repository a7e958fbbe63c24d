"""Documents that commands print as JSON, and the rows of `mlprep stats`."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from mlprep.core.memory import Rating
from mlprep.core.question import Item
from mlprep.core.review import Review
from mlprep.core.statistics import topics
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.drill import Outcome
from mlprep.session.study import Study

VERSION = 1  # of the documents


class FieldRow(NamedTuple):
    """How the candidate stands in one topic. Shares are in [0, 1], None without an answer."""

    topic: str
    items: int
    seen: int
    reviews: int
    recalled: float | None  # share of repeated reviews that were not missed
    recall: float  # expected on the day in question, weighted by importance
    cost: float  # in points of readiness
    points_said: float | None  # share of marked points


def field_rows(study: Study, topic: str = "") -> tuple[list[FieldRow], int]:
    """Return a row for each field, or each topic below one, and the day that recall is of."""
    on = study.plan.date if study.plan.days_left(study.day) else None
    day = on or study.day
    items = [
        item for item in study.scope if f"{item.topic}/".startswith(f"{topic}/" if topic else "")
    ]
    key = _below(topic)
    rows = topics(items, study.learner, study.plan, day, key)
    whole = {row.topic: row for row in topics(study.scope, study.learner, study.plan, day, key)}
    points = study.store.point_counts()
    found = []
    for row in rows:
        group = [item for item in items if key(item) == row.topic]
        repeated, recalled = _repeats(study, group)
        said, marked = _points(study, group, points)
        found.append(
            FieldRow(
                row.topic,
                row.items,
                row.seen,
                sum(len(study.histories[i.key].reviews) for i in group if i.key in study.histories),
                recalled / repeated if repeated else None,
                row.recall,
                whole[row.topic].cost,
                said / marked if marked else None,
            )
        )
    return found, day


def _below(topic: str) -> Any:
    if not topic:
        return lambda item: item.field
    depth = topic.count("/") + 2
    return lambda item: "/".join(item.topic.split("/")[:depth])


def _repeats(study: Study, group: Iterable[Item]) -> tuple[int, int]:
    """Return how many reviews after the first there were, and how many of them were recalled."""
    ratings = [
        rating
        for item in group
        if item.key in study.histories
        for _, rating in study.histories[item.key].reviews[1:]
    ]
    return len(ratings), sum(rating != Rating.AGAIN for rating in ratings)


def _points(
    study: Study, group: Iterable[Item], points: dict[str, tuple[int, int]]
) -> tuple[int, int]:
    counts = [points.get(name, (0, 0)) for item in group for name in study.library.names(item.key)]
    return sum(said for said, _ in counts), sum(marked for _, marked in counts)


def stats_document(study: Study, topic: str = "") -> dict[str, Any]:
    """Return what `mlprep stats` shows."""
    rows, day = field_rows(study, topic)
    return {
        "version": VERSION,
        "day": date.fromordinal(study.day).isoformat(),
        "recall_on": date.fromordinal(day).isoformat(),
        "answers": study.answers,
        "readiness": study.readiness(),
        "readiness_then": study.readiness(day) if day != study.day else None,
        "topics": [
            {
                "topic": row.topic,
                "items": row.items,
                "seen": row.seen,
                "reviews": row.reviews,
                "recalled": row.recalled,
                "expected_recall": row.recall,
                "costs_readiness": row.cost,
                "points_said": row.points_said,
            }
            for row in rows
        ],
    }


def today_document(study: Study) -> dict[str, Any]:
    """Return what a bare `mlprep` shows."""
    planned = study.forecast_session(study.day, fresh=False)
    return {
        "version": VERSION,
        "day": date.fromordinal(study.day).isoformat(),
        **plan_document(study),
        "minutes_spent": study.minutes_spent(study.day),
        "planned": [item.key for item in planned],
        "weakest": [row.topic for row in study.weakest()],
    }


def plan_document(study: Study) -> dict[str, Any]:
    """Return what `mlprep plan` shows."""
    from mlprep.session.settings import WEEKDAYS

    plan = study.plan
    left = plan.days_left(study.day)
    return {
        "version": VERSION,
        "date": date.fromordinal(plan.date).isoformat() if plan.date else None,
        "days_left": left,
        "minutes": plan.minutes,
        "off": [WEEKDAYS[day] for day in sorted(plan.days_off)],
        "level": str(plan.level),
        "weights": dict(plan.weights),
        "retention": plan.retention,
        "scope": len(study.scope),
        "seen": sum(item.key in study.learner.memories for item in study.scope),
        "minutes_left": study.minutes_left(),
        "answers": study.answers,
        "readiness": study.readiness(),
        "readiness_then": study.readiness(plan.date) if left and plan.date else None,
    }


def ask_document(ask: Ask) -> dict[str, Any]:
    """Return a question as `mlprep next` gives it to a script: without its answer."""
    question = ask.question
    texts = [option.text for option in question.options] or list(question.steps)
    document: dict[str, Any] = {
        "version": VERSION,
        "key": ask.item.key,
        "seed": ask.seed,
        "kind": question.kind,
        "level": str(question.level),
        "minutes": question.minutes,
        "topic": question.topic,
        "prompt": question.prompt,
        "hints": list(question.hints),
        "returned": ask.returned,
    }
    if ask.order:
        document["options"] = {
            letter: texts[index] for letter, index in zip(LETTERS, ask.order, strict=False)
        }
    if question.unit:
        document["unit"] = question.unit
    if question.case:
        document["case"] = {
            "prompt": question.case.prompt,
            "facts": [fact.say for fact in question.case.facts],
            "settled": question.case.assume,
        }
    if question.rubric:
        document["points"] = [point.text for point in ask.points]
        document["red_flags"] = list(question.red_flags)
    return document


def outcome_document(outcome: Outcome) -> dict[str, Any]:
    """Return what `mlprep record` answers."""
    question, grade = outcome.ask.question, outcome.grade
    due = outcome.due
    return {
        "version": VERSION,
        "key": outcome.ask.item.key,
        "kept": outcome.review is not None,
        "rating": grade.rating.word,
        "coverage": grade.coverage,
        "missed": [point.text for point in grade.missed(outcome.attempt)],
        "true_value": outcome.ask.truth,
        "recall_before": outcome.before,
        "recall_after": outcome.after,
        "due": date.fromordinal(due).isoformat() if due else None,
        "answer": question.answer,
        "right": [outcome.ask.letter_of(index) for index in sorted(question.correct)]
        or [outcome.ask.letter_of(index) for index in range(len(question.steps))],
        "sources": list(question.sources),
    }


def history_document(found: dict[str, list[Review]]) -> dict[str, Any]:
    """Return the reviews of items."""
    return {
        "version": VERSION,
        "items": {
            key: [
                {
                    "day": date.fromordinal(review.day).isoformat(),
                    "at": review.at,
                    "rating": review.rating.word,
                    "coverage": review.coverage,
                    "confidence": review.confidence,
                    "seconds": review.seconds,
                    "hints": review.hints,
                    "overruled": review.overruled,
                    "seed": review.seed,
                    "answer": review.answer,
                    "points": dict(review.marks),
                }
                for review in reviews
            ]
            for key, reviews in found.items()
        },
    }
