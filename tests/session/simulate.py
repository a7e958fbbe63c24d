"""A candidate who forgets as FSRS-6 says, and drills every day."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from mlprep.core.grading import FAIRLY, Attempt
from mlprep.core.library import Library
from mlprep.core.memory import Rating, default_parameters, replay, retrievability
from mlprep.core.question import JUDGED_KINDS
from mlprep.session.ask import Ask
from mlprep.session.options import Done
from mlprep.storage.store import Store
from tests.session.banks import at, drill

FIRST_RIGHT = 0.35  # share of first answers, and of the points in them


class Answered(NamedTuple):
    """One answer of the simulation."""

    day: int  # from 0
    item: str
    kind: str
    minutes: float
    rating: Rating


class Candidate:
    """Recalls what FSRS-6 says is recalled; each point of a rubric by a throw of its own."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._parameters = default_parameters()
        self._reviews: dict[str, list[tuple[int, int]]] = {}

    def _recalls(self, item: str, day: int) -> float:
        memory = replay(self._reviews.get(item, ()), self._parameters)
        if memory is None:
            return FIRST_RIGHT
        return retrievability(day - memory.day, memory.stability, self._parameters[20])

    def attempt(self, ask: Ask, day: int) -> Attempt:
        """Return an answer, given in about the time box."""
        chance, question = self._recalls(ask.item.key, day), ask.question
        seconds = 60 * question.minutes * self._rng.uniform(0.6, 1.4)
        given = Attempt(confidence=FAIRLY, seconds=seconds)
        if question.kind in JUDGED_KINDS:
            marks = {point.key: self._rng.random() < chance for point in ask.points}
            return given._replace(marks=marks)
        right = self._rng.random() < chance
        return given._replace(
            picks=tuple(question.correct or range(len(question.steps))) if right else (),
            value=ask.truth if right else None,
            said=Rating.GOOD if right else Rating.AGAIN,
        )

    def remember(self, item: str, day: int, rating: Rating) -> None:
        """Learn from an answer."""
        self._reviews.setdefault(item, []).append((day, rating))


def study(store: Store, library: Library, days: int, seed: int = 1) -> Iterator[Answered]:
    """Drill once a day until the minutes of the plan are spent."""
    rng = Random(seed)
    candidate = Candidate(rng)
    for day in range(days):
        today = drill(store, library, at(day), seed=rng.random())
        while not isinstance(ask := today.next(at(day)), Done):
            attempt = candidate.attempt(ask, day)
            outcome = today.record(ask, attempt, at(day))
            rating = outcome.grade.rating
            candidate.remember(ask.item.key, day, rating)
            assert attempt.seconds is not None
            yield Answered(day, ask.item.key, ask.question.kind, attempt.seconds / 60, rating)
        today.end(at(day))
