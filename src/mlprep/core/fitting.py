"""Memory fitted to one learner by the FSRS library, kept only where it foretells better."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mlprep.core.memory import Rating, interval, replay

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

LEAST = 30  # second reviews before anything is fitted
MORE = 0.1  # share of further ones after which it is tried again
HELD_OUT = 0.2  # the latest, on which a fit must foretell better
SLIGHTLY = 1.25  # times the days of the average learner: less is called average
FAR = 2.5  # times: "much"
Reviews = Sequence[tuple[int, int]]  # (day, rating) of one item, in order


class Fit(NamedTuple):
    """One attempt to fit memory. Losses are log losses on the reviews held out."""

    reviews: int  # second reviews that there were
    held_out: int
    loss: float  # of parameters fitted to the rest
    average: float  # of the parameters of the average learner
    parameters: tuple[float, ...] | None  # fitted to all; None where they were no better


def second_reviews(histories: Iterable[Reviews]) -> int:
    """Return how many reviews came at least a day after the one before: what memory shows in."""
    return sum(
        later > earlier for reviews in histories for (earlier, _), (later, _) in pairwise(reviews)
    )


def is_due(reviews: int, tried: int) -> bool:
    """Return whether a fit is worth trying. tried: second reviews at the last attempt, or 0."""
    return reviews >= max(LEAST, tried + max(1, MORE * tried) if tried else LEAST)


def next_at(reviews: int, tried: int) -> int:
    """Return the number of second reviews from which the next fit is tried."""
    wanted = max(reviews, LEAST)
    while not is_due(wanted, tried):
        wanted += 1
    return wanted


def evidence(histories: Iterable[Reviews]) -> "list[FSRSItem]":
    """Return each second review with all that came before it, in order of days."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    found = []
    for reviews in histories:
        if len(reviews) < 2:
            continue
        past = []
        latest = reviews[0][0]
        for day, rating in reviews:
            elapsed = max(0, day - latest)
            past.append(FSRSReview(rating, elapsed))
            latest = max(latest, day)
            if elapsed:
                found.append((day, FSRSItem(list(past))))
    found.sort(key=lambda entry: entry[0])
    return [item for _, item in found]


def fit(histories: Iterable[Reviews], average: tuple[float, ...]) -> Fit:
    """Fit memory to a learner's reviews, and try it on the latest fifth of them.

    average: the parameters to beat. There must be at least `LEAST` second reviews.
    """
    from fsrs_rs_python import FSRS

    items = evidence(histories)
    held_out = max(1, round(HELD_OUT * len(items)))
    known, latest = items[:-held_out], items[-held_out:]
    base = FSRS(list(average))
    try:
        tried = base.compute_parameters(known)
        loss = FSRS(tried).evaluate(latest).log_loss
        before = base.evaluate(latest).log_loss
        better = loss < before
        parameters = tuple(base.compute_parameters(items)) if better else None
    except ValueError:  # too few of one kind: the library declines
        return Fit(len(items), held_out, 0.0, 0.0, None)
    return Fit(len(items), held_out, loss, before, parameters)


def tempo(parameters: tuple[float, ...], average: tuple[float, ...]) -> float:
    """Return how long the learner remembers, in times of the average learner.

    Measured until recall falls to 80 %, after an item was missed and learned again, and after it
    was right twice.
    """
    ratio = 1.0
    for reviews in STORIES.values():
        ratio *= lasts(reviews, parameters) / lasts(reviews, average)
    return float(ratio ** (1 / len(STORIES)))


STORIES: dict[str, Reviews] = {
    "missed, then right the next day": ((1, Rating.AGAIN), (2, Rating.GOOD)),
    "right, and again three days later": ((1, Rating.GOOD), (4, Rating.GOOD)),
}


def lasts(reviews: Reviews, parameters: tuple[float, ...], recall: float = 0.8) -> float:
    """Return the days after some reviews until recall falls to a share."""
    memory = replay(reviews, parameters)
    assert memory is not None
    return interval(recall, memory.stability, parameters[20])


def in_words(parameters: tuple[float, ...], average: tuple[float, ...]) -> str:
    """Return `you forget faster than average` or what else fits."""
    times = tempo(parameters, average)
    if 1 / SLIGHTLY <= times <= SLIGHTLY:
        return "you forget about as fast as average"
    much = "much " if times > FAR or times < 1 / FAR else ""
    return f"you forget {much}{'slower' if times > 1 else 'faster'} than average"
