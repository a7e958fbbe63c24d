"""Documents that commands print as JSON."""

from datetime import date
from typing import Any

from mlprep.core.review import Review
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.drill import Outcome
from mlprep.session.study import Study

VERSION = 1  # of the documents


def today_document(study: Study) -> dict[str, Any]:
    """Return what a bare `mlprep` shows."""
    from mlprep.session.outlook import outlook

    planned = study.forecast_session(study.day, fresh=False)
    return {
        "version": VERSION,
        "day": date.fromordinal(study.day).isoformat(),
        **plan_document(study),
        **outlook(study).to_plain(),
        "minutes_spent": study.minutes_spent(study.day),
        "planned": [item.key for item in planned],
        "weakest": [row.topic for row in study.weakest()],
    }


def plan_document(study: Study) -> dict[str, Any]:
    """Return what was set, and what follows at once; `plan_report` tells the rest."""
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
