"""Figures about fields and topics, from items and what is known of the candidate."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mlprep.core.planner import Learner, Plan, importance
from mlprep.core.question import Item


class TopicRow(NamedTuple):
    """What stands in one row of a table of topics."""

    topic: str
    items: int
    seen: int
    recall: float  # expected, weighted by importance, on the day in question
    cost: float  # what is missing of it, in points of readiness


def topics(
    items: Iterable[Item],
    learner: Learner,
    plan: Plan,
    day: int,
    key: Callable[[Item], str] = lambda item: item.topic,
) -> list[TopicRow]:
    """Return a row for each topic of the items in scope, in bank order. key: e.g. the field."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    whole = sum(importance(item, plan) for group in groups.values() for item in group)
    rows = []
    for topic, group in groups.items():
        weights = [importance(item, plan) for item in group]
        recalls = [learner.expected_recall(item, day) for item in group]
        known = sum(w * r for w, r in zip(weights, recalls, strict=True))
        total = sum(weights)
        seen = sum(item.key in learner.memories for item in group)
        rows.append(TopicRow(topic, len(group), seen, known / total if total else 0.0,
                             100 * (total - known) / whole if whole else 0.0))  # fmt: skip
    return rows
