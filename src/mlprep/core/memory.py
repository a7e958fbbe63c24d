"""What is left of an item in memory: the FSRS library behind four functions."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter, sub
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fsrs_rs_python import FSRS


class Rating(IntEnum):
    """The memory library's scale; the candidate reads missed, partly, good, easy."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def word(self) -> str:
        """Return what the candidate reads."""
        return ("missed", "partly", "good", "easy")[self - 1]


class Memory(NamedTuple):
    """The state after the reviews of one item."""

    stability: float  # days until retrievability falls to 0.9; > 0
    difficulty: float  # 1 to 10
    day: int  # ordinal of the last review's day
    missed: bool  # rated Again at least once


def default_parameters() -> tuple[float, ...]:
    """Return FSRS-6's 21 parameters, fitted by its authors to many learners."""
    from fsrs_rs_python import DEFAULT_PARAMETERS

    return tuple(DEFAULT_PARAMETERS)


@lru_cache(maxsize=4)
def _model(parameters: tuple[float, ...]) -> "FSRS":
    from fsrs_rs_python import FSRS

    return FSRS(list(parameters))


def replay(reviews: Sequence[tuple[int, int]], parameters: tuple[float, ...]) -> Memory | None:
    """Return the memory that reviews leave, None where there are none.

    reviews: (day, rating) in the order in which they were made. A clock set back counts as no
    time passed.
    """
    if not reviews:
        return None
    from fsrs_rs_python import FSRSItem, FSRSReview

    history = []
    latest = reviews[0][0]
    for day, rating in reviews:
        history.append(FSRSReview(rating, max(0, day - latest)))
        latest = max(latest, day)
    state = _model(parameters).memory_state(FSRSItem(history))
    missed = any(rating == Rating.AGAIN for _, rating in reviews)
    return Memory(state.stability, state.difficulty, latest, missed)


class States(NamedTuple):
    """What each of an item's reviews left in memory, column by column."""

    days: list[int]  # never falling
    gaps: list[int]  # days since the review before; of the first one 0
    stabilities: list[float]
    difficulties: list[float]


def states(
    histories: Iterable[Sequence[tuple[int, int]]], parameters: tuple[float, ...]
) -> list[States]:
    """Return the memory after each review of each item, of which there is at least one.

    histories: the reviews of each item, as in `replay`.
    """
    from fsrs_rs_python import FSRSItem, FSRSReview

    model = _model(parameters)
    stability, difficulty = attrgetter("stability"), attrgetter("difficulty")
    found = []
    for reviews in histories:
        days = list(accumulate([day for day, _ in reviews], max))
        gaps = [0, *map(sub, days[1:], days)]
        item = FSRSItem([FSRSReview(r, gap) for (_, r), gap in zip(reviews, gaps, strict=True)])
        after = model.historical_memory_states(item)
        found.append(States(days, gaps, list(map(stability, after)), list(map(difficulty, after))))
    return found


@lru_cache(maxsize=1024)
def _factor(decay: float) -> float:
    factor: float = 0.9 ** (-1 / decay) - 1
    return factor


def retrievability(elapsed_days: float, stability: float, decay: float) -> float:
    """Return the probability of recall, in (0, 1].

    elapsed_days: since the last review, >= 0. stability: days until it falls to 0.9; > 0.
    decay: the last of FSRS-6's parameters, > 0.
    Source: FSRS-6, power forgetting curve.
    """
    recall: float = (1 + _factor(decay) * elapsed_days / stability) ** -decay
    return recall


def retrievabilities(
    elapsed_days: Sequence[float], stabilities: Sequence[float], decay: float
) -> list[float]:
    """Return the probability of recall for many at once."""
    factor = _factor(decay)
    pairs = zip(elapsed_days, stabilities, strict=True)
    return [(1 + factor * elapsed / stability) ** -decay for elapsed, stability in pairs]


def interval(retention: float, stability: float, decay: float) -> float:
    """Return after how many days retrievability falls to `retention`, in (0, 1)."""
    days: float = stability / _factor(decay) * (retention ** (-1 / decay) - 1)
    return days


def share(right: int, asked: int, prior: float, strength: float = 6) -> float:
    """Return a share smoothed towards a prior that counts like `strength` answers."""
    return (strength * prior + right) / (strength + asked)
