"""What memory held before and after each answer, so that a forecast meets what happened."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import not_, or_
from typing import NamedTuple

from mlprep.core.memory import Memory, Rating, retrievabilities, share, states
from mlprep.core.planner import OVERALL_PRIOR, History, Learner
from mlprep.core.question import Item


class Trace(NamedTuple):
    """The answers to one item in their order, and what each left in memory, column by column."""

    days: Sequence[int]  # never falling: a clock set back counts as no time passed
    rights: Sequence[bool]  # not missed
    gaps: Sequence[int]  # days since the answer before; of the first one 0
    stabilities: Sequence[float]
    difficulties: Sequence[float]
    missed: Sequence[bool]  # so far, at least once

    def memory(self, number: int = -1) -> Memory:
        """Return what an answer left in memory, the last one without a number."""
        return Memory(self.stabilities[number], self.difficulties[number], self.days[number],
                      self.missed[number])  # fmt: skip

    def tests(self, since: int = 0) -> list[bool]:
        """Return of each answer on a later day than the one before whether it was right."""
        columns = zip(self.days, self.gaps, self.rights, strict=True)
        return [right for day, gap, right in columns if gap and day >= since]


AGAIN = int(Rating.AGAIN)  # compared with many
Trial = tuple[float, bool]  # expected recall before an answer in [0, 1], and whether it was right
Traces = Mapping[str, Trace]


def traces(
    items: Iterable[Item], histories: Mapping[str, History], parameters: tuple[float, ...]
) -> dict[str, Trace]:
    """Return the trace of every item that was answered."""
    keys = [item.key for item in items if item.key in histories]
    reviews = [histories[key].reviews for key in keys]
    found = {}
    for key, own, after in zip(keys, reviews, states(reviews, parameters), strict=True):
        rights = [rating != AGAIN for _, rating in own]
        missed = list(accumulate(map(not_, rights), or_))
        days, gaps, stabilities, difficulties = after
        found[key] = Trace(days, rights, gaps, stabilities, difficulties, missed)
    return found


class Priors:
    """Expected shares of right first answers, as they were known at the start of each day."""

    def __init__(self, items: Iterable[Item], known: Traces) -> None:
        firsts: dict[str, list[tuple[int, bool]]] = {}
        for item in items:
            if own := known.get(item.key):
                firsts.setdefault(item.field, []).append((own.days[0], own.rights[0]))
        self._fields = {field: _Firsts(found) for field, found in firsts.items()}
        self._all = _Firsts([first for found in firsts.values() for first in found])
        self._found: dict[tuple[str, int], float] = {}

    def of(self, field: str, day: int) -> float:
        """Return the prior of a field from the answers before a day."""
        key = (field, day)
        if key not in self._found:
            overall = share(*self._all.before(day), OVERALL_PRIOR)
            firsts = self._fields.get(field)
            counts = firsts.before(day) if firsts else (0, 0)
            self._found[key] = share(*counts, overall)
        return self._found[key]

    def firsts(self, day: int) -> dict[str, tuple[int, int]]:
        """Return (right, asked) of each field before a day."""
        return {field: firsts.before(day) for field, firsts in self._fields.items()}


class _Firsts:
    """First answers in order of their days."""

    def __init__(self, firsts: list[tuple[int, bool]]) -> None:
        firsts.sort()
        self._days = [day for day, _ in firsts]
        self._right = [0, *accumulate(right for _, right in firsts)]

    def before(self, day: int) -> tuple[int, int]:
        """Return (right, asked) before a day."""
        asked = bisect_left(self._days, day)
        return self._right[asked], asked


def trials(
    items: Iterable[Item], known: Traces, priors: Priors, decay: float, since: int = 0
) -> list[Trial]:
    """Return the answers since a day with the recall that was expected of each.

    A forecast knows the first answers of the days before; a return on the same day is no trial.
    """
    found: list[Trial] = []
    for item in items:
        own = known.get(item.key)
        if own is None or own.days[-1] < since:
            continue
        field = item.field
        if own.days[0] >= since:
            found.append((priors.of(field, own.days[0]), own.rights[0]))
        later = max(1, bisect_left(own.days, since))
        gaps = own.gaps[later:]
        recalls = retrievabilities(gaps, own.stabilities[later - 1 : -1], decay)
        missed = own.missed[later - 1 : -1]
        for day, gap, right, was_missed, recall in zip(
            own.days[later:], gaps, own.rights[later:], missed, recalls, strict=True
        ):
            if gap:
                found.append((recall if was_missed else max(recall, priors.of(field, day)), right))
    return found


def as_known_on(
    day: int, items: Iterable[Item], known: Traces, priors: Priors, learner: Learner
) -> Learner:
    """Return what was known of the candidate at the end of a day, by today's parameters."""
    memories: dict[str, Memory] = {}
    for item in items:
        own = known.get(item.key)
        if own is None or own.days[0] > day:
            continue
        now = learner.memories[item.key]
        memories[item.key] = now if now.day <= day else own.memory(bisect_right(own.days, day) - 1)
    return Learner.of(memories, priors.firsts(day + 1), learner.parameters)
