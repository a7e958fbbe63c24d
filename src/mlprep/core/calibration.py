"""Whether to believe the program, and whether the candidate can be sure."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import log, sqrt

from mlprep.core.question import JUDGED_KINDS, MEASURED_KINDS, Item, Question
from mlprep.core.report import (
    Bin,
    Calibration,
    Confidence,
    ConfidenceCount,
    ItemCount,
    Overruled,
    SureAndWrong,
)
from mlprep.core.rubric import earned
from mlprep.core.trace import Trial

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)  # of the bins
LEAST_CERTAIN = 1e-6  # a forecast of exactly 0 or 1 would make the log loss infinite
ENOUGH = 20  # answers before a verdict
TOLERATED = 2  # standard errors between what was said and what came


def calibration(trials: Sequence[Trial]) -> Calibration:
    """Return what was expected against what happened."""
    many = len(trials)
    if not many:
        return Calibration()
    said = sum([expected for expected, _ in trials]) / many
    came = sum([right for _, right in trials]) / many
    return Calibration(
        answers=many,
        said=said,
        came=came,
        log_loss=-sum([_log_chance(expected, right) for expected, right in trials]) / many,
        baseline=-came * _log_chance(came, True) - (1 - came) * _log_chance(came, False),
        verdict=_verdict(trials, said, came),
        bins=tuple(_bins(trials)),
    )


def _log_chance(expected: float, right: bool) -> float:
    """Return the logarithm of the chance that was given to what happened."""
    chance = expected if right else 1 - expected
    return log(max(LEAST_CERTAIN, chance))


def _verdict(trials: Sequence[Trial], said: float, came: float) -> str:
    """Return whether what came lies where chance would put it."""
    many = len(trials)
    if many < ENOUGH:
        return "too few"
    error = sqrt(sum([expected * (1 - expected) for expected, _ in trials])) / many
    if abs(said - came) <= TOLERATED * error:
        return "believable"
    return "too sure" if said > came else "too modest"


def _bins(trials: Sequence[Trial]) -> list[Bin]:
    groups: list[list[Trial]] = [[] for _ in EDGES[1:]]
    for trial in trials:
        groups[min(len(groups), bisect_right(EDGES, trial[0])) - 1].append(trial)
    return [
        Bin(
            low,
            high,
            len(group),
            *(sum(column) / len(group) for column in zip(*group, strict=True)),
        )
        for (low, high), group in zip(pairwise(EDGES), groups, strict=True)
        if group
    ]


def confidence(items: Iterable[Item], counts: Iterable[ConfidenceCount]) -> list[Confidence]:
    """Return answers by field and confidence, in bank order."""
    field_of = {item.key: item.field for item in items}
    places = {field: place for place, field in enumerate(dict.fromkeys(field_of.values()))}
    found: dict[tuple[str, int], list[int]] = {}
    for count in counts:
        if count.item in field_of:
            row = found.setdefault((field_of[count.item], count.confidence), [0, 0])
            row[0] += count.answers
            row[1] += count.right
    ordered = sorted(found, key=lambda key: (places[key[0]], key[1]))
    return [Confidence(*key, *found[key]) for key in ordered]


def sure_and_wrong(items: Iterable[Item], counts: Mapping[str, ItemCount]) -> list[SureAndWrong]:
    """Return the questions that were answered surely and missed, the most frequent first."""
    found = [
        SureAndWrong(item.key, item.topic, count.sure_and_wrong, count.sure_and_wrong_day)
        for item in items
        if (count := counts.get(item.key)) and count.sure_and_wrong
    ]
    return sorted(found, key=lambda row: (-row.times, -row.day))


def overruled(
    items: Iterable[Item],
    counts: Mapping[str, ItemCount],
    ticks: Iterable[tuple[str, str, Mapping[str, bool]]],
    question: Callable[[str], Question],
) -> Overruled:
    """Return how often the program's judgement was overruled.

    ticks: item, answer and marks of each open answer. question: by key of an item.
    """
    kinds = {item.key: item.kind for item in items}
    own = [(kinds[key], count) for key, count in counts.items() if key in kinds]
    offered = unticked = overlooked = 0
    for item, answer, marks in ticks:
        if kinds.get(item) not in JUDGED_KINDS or not answer.strip():
            continue
        for point in question(item).rubric:
            if point.cues and point.key in marks:
                ticked = bool(earned(point, answer))
                offered += ticked
                unticked += ticked and not marks[point.key]
                overlooked += marks[point.key] and not ticked
    return Overruled(
        judged=sum(count.answers for kind, count in own if kind in MEASURED_KINDS),
        knew=sum(count.knew for _, count in own),
        guessed=sum(count.guessed for _, count in own),
        offered=offered,
        unticked=unticked,
        overlooked=overlooked,
    )
