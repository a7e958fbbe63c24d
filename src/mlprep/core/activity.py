"""What was done day by day, what is coming, and how readiness went."""

from collections.abc import Iterable, Mapping, Sequence

from mlprep.core.planner import HISTORY, Learner, Plan, readiness
from mlprep.core.question import Item
from mlprep.core.report import ItemFigures, Load, Next, Readiness, StabilityBin
from mlprep.core.trace import Priors, Traces, as_known_on

LOAD_DAYS = 30
WEEKS = 26  # of the heat map
POINTS = 53  # of the curve of readiness, at most
STABILITIES = (0, 1, 3, 7, 14, 30, 60, 120, 365)  # days; edges of the bins


def load(items: Iterable[Item], learner: Learner, plan: Plan, day: int) -> list[Load]:
    """Return what becomes due on each of the next 30 days; the first holds what is due already."""
    many, minutes = [0] * LOAD_DAYS, [0.0] * LOAD_DAYS
    priors: dict[str, float] = {}
    for item in items:
        due = _due_day(item, learner, plan, priors)
        if due is None or due >= day + LOAD_DAYS:
            continue
        place = max(0, due - day)
        many[place] += 1
        minutes[place] += item.minutes * learner.pace(item.kind)
    return [Load(day + n, many[n], minutes[n]) for n in range(LOAD_DAYS)]


def _due_day(item: Item, learner: Learner, plan: Plan, priors: dict[str, float]) -> int | None:
    if item.key not in learner.memories:
        return None
    if item.field not in priors:
        priors[item.field] = learner.prior(item.field)
    return learner.due_day(item, plan.retention)


def readiness_so_far(
    items: Sequence[Item],
    scope: Sequence[Item],
    known: Traces,
    priors: Priors,
    learner: Learner,
    plan: Plan,
    day: int,
) -> list[Readiness]:
    """Return readiness at the end of each week since it could be told, and today.

    items: all of which answers count for the priors.
    """
    days = sorted(day for own in known.values() for day in own.days)
    if len(days) < HISTORY:
        return []
    first = days[HISTORY - 1]
    gap = max(7, -(-(day - first) // (POINTS - 1)))
    found = []
    for when in [*range(day, first - 1, -gap)][::-1]:
        past = as_known_on(when, items, known, priors, learner)
        mean = readiness(scope, past, plan, when)
        if mean is not None:
            found.append(Readiness(when, mean))
    return found


def readiness_to_come(
    scope: Sequence[Item], learner: Learner, plan: Plan, day: int, target: int
) -> list[Readiness]:
    """Return readiness until the interview if nothing more is studied, at most 60 days of it."""
    if target <= day:
        return []
    gap = max(1, -(-(target - day) // 60))
    days = sorted({*range(day, target, gap), target})
    means = ((when, readiness(scope, learner, plan, when)) for when in days)
    return [Readiness(when, mean) for when, mean in means if mean is not None]


def stability_bins(items: Iterable[Item], learner: Learner) -> list[StabilityBin]:
    """Return how many seen items there are by how slowly they fade."""
    found = [learner.memories[item.key].stability for item in items if item.key in learner.memories]
    edges = [*STABILITIES, None]
    return [
        StabilityBin(low, high, sum(low <= s and (high is None or s < high) for s in found))
        for low, high in zip(STABILITIES, edges[1:], strict=True)
    ] if found else []  # fmt: skip


def next_items(items: Iterable[Item], learner: Learner, plan: Plan, day: int) -> list[Next]:
    """Return the questions of a session that was planned, each with why it comes."""
    found = []
    for item in items:
        recall = learner.expected_recall(item, day)
        unseen = item.key not in learner.memories
        why = "new" if unseen else "due" if recall < plan.retention else "early"
        found.append(Next(item.key, item.topic, item.kind, item.minutes, recall, why))
    return found


def item_figures(
    items: Iterable[Item],
    learner: Learner,
    plan: Plan,
    day: int,
    target: int,
    answers: Mapping[str, int],
) -> list[ItemFigures]:
    """Return a row for each item. answers: how many there are, by item."""
    found = []
    for item in items:
        memory = learner.memories.get(item.key)
        found.append(
            ItemFigures(
                item=item.key,
                topic=item.topic,
                kind=item.kind,
                level=str(item.level),
                minutes=item.minutes,
                answers=answers.get(item.key, 0),
                last_day=memory.day if memory else None,
                stability=memory.stability if memory else None,
                difficulty=memory.difficulty if memory else None,
                retrievability=learner.retrievability(memory, day) if memory else None,
                expected=learner.expected_recall(item, target),
                due_day=learner.due_day(item, plan.retention),
            )
        )
    return found
