"""How the candidate stands by topic, what costs most, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from mlprep.core.planner import Learner, Plan, importance
from mlprep.core.question import Item
from mlprep.core.report import ItemCount, MarkCount, Proportion, TopicFigures, Weak
from mlprep.core.trace import Traces

Z95 = 1.96  # standard deviations to each side that hold 95 %
MOST_WEAK = 3
OFTEN = 3  # times that a point was missed, to stand out
AGAIN_AND_AGAIN = 2


class Known(NamedTuple):
    """What is known of the candidate now and four weeks ago, for the same day."""

    plan: Plan
    day: int
    target: int
    learner: Learner
    traces: Traces
    past: Learner | None  # None where too little was known
    past_day: int  # the day that its recall is of


class ItemRow(NamedTuple):
    """What one item adds to its topics."""

    item: Item
    weight: float
    expected: float
    before: float
    retrievability: float | None  # None: unseen
    right: int
    asked: int
    counts: ItemCount | None
    paces: Sequence[float]  # time over time box of each timed answer


def proportion(right: int, asked: int) -> Proportion:
    """Return a share with its Wilson interval. Source: Wilson 1927, with z = 1.96."""
    if not asked:
        return Proportion(0, 0)
    share, square = right / asked, Z95 * Z95
    middle = (share + square / (2 * asked)) / (1 + square / asked)
    half = sqrt(share * (1 - share) / asked + square / (4 * asked * asked)) * Z95
    half /= 1 + square / asked
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Proportion(right, asked, share, low, high)


def item_rows(
    items: Sequence[Item],
    known: Known,
    counts: Mapping[str, ItemCount],
    seconds: Mapping[str, Sequence[float]],
    *,
    since: int = 0,
) -> list[ItemRow]:
    """Return what each item adds to the figures of its topics. counts, seconds: by item."""
    learner, past = known.learner, known.past
    fields = {item.field for item in items}
    priors = {field: learner.prior(field) for field in fields}
    old = {field: past.prior(field) for field in fields} if past else {}
    found = []
    for item in items:
        memory = learner.memories.get(item.key)
        before = 0.0
        if past:
            earlier = past.memories.get(item.key)
            before = past.recall_of(earlier, known.past_day, old[item.field])
        own = known.traces.get(item.key)
        tests = own.tests(since) if own else ()
        box = item.minutes * 60
        found.append(
            ItemRow(
                item=item,
                weight=importance(item, known.plan),
                expected=learner.recall_of(memory, known.target, priors[item.field]),
                before=before,
                retrievability=learner.retrievability(memory, known.day) if memory else None,
                right=sum(tests),
                asked=len(tests),
                counts=counts.get(item.key),
                paces=[spent / box for spent in seconds.get(item.key, ())],
            )
        )
    return found


def topic_figures(
    rows: Iterable[ItemRow], known: Known, total: float, groups: Callable[[Item], Iterable[str]]
) -> list[TopicFigures]:
    """Return the figures of each group of items, in bank order.

    total: importance of all that readiness counts. groups: the topics that an item belongs to.
    """
    found: dict[str, list[ItemRow]] = {}
    for row in rows:
        for group in groups(row.item):
            found.setdefault(group, []).append(row)
    return [_figures(topic, group, total, known) for topic, group in found.items()]


def _figures(topic: str, rows: Sequence[ItemRow], total: float, known: Known) -> TopicFigures:
    seen = [row.retrievability for row in rows if row.retrievability is not None]
    counts = [row.counts for row in rows if row.counts]
    covered = sum(count.covered for count in counts)
    paces = [pace for row in rows for pace in row.paces]
    missing = sum(row.weight * (1 - row.expected) for row in rows)
    return TopicFigures(
        topic=topic,
        weight=sum(row.weight for row in rows) / total if total else 0.0,
        items=len(rows),
        seen=len(seen),
        answers=sum(count.answers for count in counts),
        recalled=proportion(sum(row.right for row in rows), sum(row.asked for row in rows)),
        retrievability=sum(seen) / len(seen) if seen else None,
        expected=_mean([(row.weight, row.expected) for row in rows]),
        before=_mean([(row.weight, row.before) for row in rows]) if known.past else None,
        cost=100 * missing / total if total else 0.0,
        coverage=sum(count.coverage for count in counts) / covered if covered else None,
        covered=covered,
        pace=_median(paces) if paces else None,
        timed=len(paces),
        sure=sum(count.sure for count in counts),
        sure_and_wrong=sum(count.sure_and_wrong for count in counts),
    )


def _median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the two; the statistics module loads slowly."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _mean(pairs: Sequence[tuple[float, float]]) -> float:
    """Return the mean of (weight, value); unweighted where nothing has a weight."""
    whole = sum(weight for weight, _ in pairs)
    if not whole:
        return sum(value for _, value in pairs) / len(pairs)
    return sum(weight * value for weight, value in pairs) / whole


def every_topic(item: Item) -> list[str]:
    """Return the topic of an item and those above it, the field first."""
    parts = item.topic.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def level_below(topic: str) -> Callable[[Item], list[str]]:
    """Return what groups the items of a topic by the topics right below it; by field without."""
    depth = topic.count("/") + 2 if topic else 1
    return lambda item: ["/".join(item.topic.split("/")[:depth])]


# What costs most


def costliest(rows: Iterable[ItemRow], most: int = MOST_WEAK) -> set[str]:
    """Return the topics that cost most readiness."""
    costs: dict[str, float] = {}
    for row in rows:
        topic = row.item.topic
        costs[topic] = costs.get(topic, 0.0) + row.weight * (1 - row.expected)
    return set(sorted(costs, key=lambda topic: -costs[topic])[:most])


def weak(
    row: TopicFigures,
    points: Sequence[MarkCount],
    text_of: Callable[[MarkCount], str],
    wrong: int,
) -> Weak:
    """Return a costly topic with what stands out in it.

    points: the marks of its items. text_of: empty where a point is gone. wrong: answers missed.
    """
    found = Weak(row.topic, row.items, row.seen, row.expected, row.cost, "nothing")
    worst = _worst_point(points, text_of)
    if worst and worst.missed >= OFTEN:
        return found._replace(reason="points", number=worst.missed, text=text_of(worst))
    if row.sure_and_wrong >= AGAIN_AND_AGAIN:
        return found._replace(reason="sure", number=row.sure_and_wrong, of=row.sure)
    if row.seen < row.items:
        return found._replace(reason="unseen", number=row.items - row.seen, of=row.items)
    if worst:
        return found._replace(reason="points", number=worst.missed, text=text_of(worst))
    if wrong:
        return found._replace(reason="missed", number=wrong, of=row.answers)
    return found


def _worst_point(
    points: Sequence[MarkCount], text_of: Callable[[MarkCount], str]
) -> MarkCount | None:
    often = [p for p in points if p.missed >= AGAIN_AND_AGAIN and p.missed >= p.said and text_of(p)]
    return max(often, key=lambda p: (p.missed, -p.said), default=None)
