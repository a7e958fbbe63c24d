"""What `mlprep stats` tells: plain records that screen, JSON, CSV and page render alike.

Days are ordinals, shares in [0, 1], None what rests on nothing. docs/stats.md says how each
figure comes about.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

NONE: Mapping[str, int] = {}


class Proportion(NamedTuple):
    """A share with the interval that holds the true one in 95 of 100 cases (Wilson)."""

    right: int
    asked: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


class TopicFigures(NamedTuple):
    """How the candidate stands in one topic and all below it."""

    topic: str
    weight: float  # share of all that readiness counts
    items: int  # in scope
    seen: int
    answers: int
    recalled: Proportion  # answers on a later day than the one before, and not missed
    retrievability: float | None  # mean of the seen items today
    expected: float  # recall on the target day, weighted by importance
    before: float | None  # the same, as known four weeks ago
    cost: float  # what is missing of it, in points of readiness
    coverage: float | None  # mean share of the points, by weight, of open answers
    covered: int  # how many answers that rests on
    pace: float | None  # median of time over time box
    timed: int
    sure: int
    sure_and_wrong: int


class Weak(NamedTuple):
    """A topic that costs readiness, and what stands out in it.

    reason: points, sure, unseen, missed or nothing. number: how often, or how many.
    """

    topic: str
    items: int
    seen: int
    expected: float
    cost: float
    reason: str
    number: int = 0
    of: int = 0
    text: str = ""  # of the point


class MissedPoint(NamedTuple):
    """A point of a rubric that was missed again and again."""

    item: str
    topic: str
    point: str
    text: str
    missed: int
    said: int


class Bin(NamedTuple):
    """Answers whose expected recall lay in [low, high)."""

    low: float
    high: float
    answers: int
    said: float  # mean expected recall
    came: float  # share that was not missed


class Calibration(NamedTuple):
    """What the program expected against what happened.

    verdict: believable, too sure, too modest; too few below 20 answers. baseline: log loss of
    always saying the share that came.
    """

    answers: int = 0
    said: float | None = None
    came: float | None = None
    log_loss: float | None = None
    baseline: float | None = None
    verdict: str = "too few"
    bins: tuple[Bin, ...] = ()


class Confidence(NamedTuple):
    """Answers of one field given with one confidence. confidence: 0 no idea to 3 sure."""

    topic: str
    confidence: int
    answers: int
    right: int


class SureAndWrong(NamedTuple):
    """A question that was answered surely and missed."""

    item: str
    topic: str
    times: int
    day: int  # the last time


class Overruled(NamedTuple):
    """How often the candidate knew better than the program."""

    judged: int = 0  # answers that the program judged
    knew: int = 0  # of them called right by the candidate
    guessed: int = 0  # answers called a guess afterwards
    offered: int = 0  # points ticked by the program, from the words of an answer
    unticked: int = 0  # of them taken back
    overlooked: int = 0  # points ticked although the program had not


class DayCount(NamedTuple):
    """One day with answers."""

    day: int
    answers: int
    missed: int
    minutes: float


class Load(NamedTuple):
    """What becomes due on one day if nothing more is studied."""

    day: int
    items: int
    minutes: float


class MockScore(NamedTuple):
    """One scored mock interview. scores: 1 to 4 by dimension."""

    day: int
    number: int  # as `mlprep mock --show` takes it
    format: str
    title: str
    verdict: str
    headline: str
    minutes: float
    scores: Mapping[str, int] = NONE


class Readiness(NamedTuple):
    """Readiness on one day. low, high: hold it in eight of ten plans."""

    day: int
    mean: float
    low: float | None = None
    high: float | None = None


class StabilityBin(NamedTuple):
    """Seen items whose stability lies in [low, high) days."""

    low: float
    high: float | None
    items: int


class AuditFigures(NamedTuple):
    """How the candidate ticked own answers of a field at first, and again days later."""

    topic: str
    audits: int
    then: float  # mean coverage by the old ticks
    again: float  # by the new ones
    over_rating: float  # the difference: by how much the first ticks were too kind


class Next(NamedTuple):
    """One question that today's drill would take. why: due, new or early."""

    item: str
    topic: str
    kind: str
    minutes: float
    expected: float  # recall today
    why: str


class ItemFigures(NamedTuple):
    """One item in scope."""

    item: str
    topic: str
    kind: str
    level: str
    minutes: float
    answers: int
    last_day: int | None
    stability: float | None  # days
    difficulty: float | None  # 1 to 10
    retrievability: float | None  # today
    expected: float  # recall on the target day
    due_day: int | None


class Report(NamedTuple):
    """All that `mlprep stats` can show; a screen asks only for the parts that it draws."""

    day: int
    target: int  # the day that `expected` is of: the interview, today without one ahead
    since: int | None
    topic: str  # only this one and those below it; empty: all
    answers: int  # ever, to all questions
    counted: int = 0  # of them: those to the topic, since that day
    minutes: float = 0  # that these took
    readiness: float | None = None  # today, of the whole scope; None before 20 answers
    readiness_then: float | None = None  # on the target day, if nothing more is studied
    readiness_before: float | None = None  # as known four weeks ago
    topics: tuple[TopicFigures, ...] = ()
    weakest: tuple[Weak, ...] = ()
    missed_points: tuple[MissedPoint, ...] = ()
    calibration: Calibration = Calibration()
    recent: Calibration = Calibration()  # the same of the last four weeks only
    confidence: tuple[Confidence, ...] = ()
    sure_and_wrong: tuple[SureAndWrong, ...] = ()
    overruled: Overruled = Overruled()
    days: tuple[DayCount, ...] = ()
    load: tuple[Load, ...] = ()
    mocks: tuple[MockScore, ...] = ()
    history: tuple[Readiness, ...] = ()
    stopping: tuple[Readiness, ...] = ()  # until the interview, if nothing more is studied
    forecast: Readiness | None = None  # on the interview day, if the plan is followed
    stability: tuple[StabilityBin, ...] = ()
    audits: tuple[AuditFigures, ...] = ()
    next: tuple[Next, ...] = ()
    items: tuple[ItemFigures, ...] = ()

    @property
    def ahead(self) -> bool:
        """Return whether the figures are of an interview that is still to come."""
        return self.target > self.day


# What SQL counts, by today's keys


class ItemCount(NamedTuple):
    """The answers to one item."""

    item: str
    answers: int
    missed: int
    sure: int
    sure_and_wrong: int
    sure_and_wrong_day: int  # the last time; 0: never
    coverage: float  # summed over those that have one
    covered: int
    knew: int  # called right by the candidate
    guessed: int  # called a guess afterwards

    def plus(self, other: "ItemCount") -> "ItemCount":
        """Return the counts of an item that was renamed, together."""
        day = max(self.sure_and_wrong_day, other.sure_and_wrong_day)
        sums: list[Any] = [a + b for a, b in zip(self[1:], other[1:], strict=True)]
        return ItemCount(self.item, *sums)._replace(sure_and_wrong_day=day)


class ConfidenceCount(NamedTuple):
    """The answers to one item that were given with one confidence."""

    item: str
    confidence: int
    answers: int
    right: int


class MarkCount(NamedTuple):
    """How often one point of an item was said, and missed."""

    item: str
    point: str
    said: int
    missed: int
