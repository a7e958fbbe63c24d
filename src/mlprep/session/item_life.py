"""The life of one item: each answer, what it left in memory, and what is expected of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlprep.core.memory import retrievability
from mlprep.core.question import Item
from mlprep.core.review import Review
from mlprep.core.trace import Trace
from mlprep.errors import MlprepError
from mlprep.session.study import Study

CURVE_POINTS = 60  # of the curve of retrievability, at most, besides the answers


class Event(NamedTuple):
    """One answer."""

    day: int
    source: str
    rating: str
    coverage: float | None
    confidence: int | None
    seconds: float | None
    hints: int
    overruled: str
    before: float | None  # retrievability right before; None: the first answer
    stability: float  # after it, days
    difficulty: float  # after it, 1 to 10
    answer: str


class PointLife(NamedTuple):
    """One point of the rubric over time. marks: of each answer, None where it was not marked."""

    point: str
    text: str
    marks: tuple[bool | None, ...]


class CurvePoint(NamedTuple):
    """Retrievability on one day."""

    day: int
    recall: float


class ItemLife(NamedTuple):
    """Everything about one item."""

    item: str
    topic: str
    kind: str
    level: str
    minutes: float
    day: int
    target: int
    expected: float  # recall on the target day
    retrievability: float | None  # today
    due_day: int | None
    events: tuple[Event, ...] = ()
    points: tuple[PointLife, ...] = ()
    curve: tuple[CurvePoint, ...] = ()


def item_life(study: Study, key: str) -> ItemLife:
    """Return the life of an item. Raises MlprepError where there is none, or several parts.

    study: a traced one.
    """
    found = study.library.find(key)
    if len(found) > 1:
        raise MlprepError(f"'{key}' has {len(found)} parts; name one, e.g. {found[0].key}")
    item = found[0]
    reviews = study.store.reviews(items=study.library.names(item.key))
    reviews.sort(key=lambda review: (review.at, review.id))
    own = study.traces.get(item.key)
    ahead = study.plan.days_left(study.day) is not None
    target = study.plan.date if ahead and study.plan.date else study.day
    memory = study.learner.memories.get(item.key)
    return ItemLife(
        item=item.key,
        topic=item.topic,
        kind=item.kind,
        level=str(item.level),
        minutes=item.minutes,
        day=study.day,
        target=target,
        expected=study.learner.expected_recall(item, target),
        retrievability=study.learner.retrievability(memory, study.day) if memory else None,
        due_day=study.learner.due_day(item, study.plan.retention),
        events=tuple(_events(reviews, own, study.learner.decay)) if own else (),
        points=tuple(_points(study, item, reviews)),
        curve=tuple(_curve(own, study.learner.decay, max(target, study.day))) if own else (),
    )


def _events(reviews: Sequence[Review], own: Trace, decay: float) -> list[Event]:
    found = []
    for number, review in enumerate(reviews):
        before = None
        if number:
            before = retrievability(own.gaps[number], own.stabilities[number - 1], decay)
        found.append(
            Event(review.day, review.source, review.rating.word, review.coverage,
                  review.confidence, review.seconds, review.hints, review.overruled, before,
                  own.stabilities[number], own.difficulties[number], review.answer)
        )  # fmt: skip
    return found


def _points(study: Study, item: Item, reviews: Sequence[Review]) -> list[PointLife]:
    marks: list[Mapping[str, bool]] = [review.marks for review in reviews]
    return [
        PointLife(point.key, point.text, tuple(mark.get(point.key) for mark in marks))
        for point in study.library.question(item.key).rubric
    ]


def _curve(own: Trace, decay: float, end: int) -> list[CurvePoint]:
    """Return retrievability from the first answer to a day: it falls, and each answer lifts it."""
    gap = max(1, -(-(end - own.days[0]) // CURVE_POINTS))
    found: list[CurvePoint] = []
    ends = [*own.days[1:], end]
    for day, stop, stability in zip(own.days, ends, own.stabilities, strict=True):
        days = sorted({*range(day, stop, gap), max(day, stop)})
        found += [CurvePoint(d, retrievability(d - day, stability, decay)) for d in days]
    return found
