"""What an item is worth today, and the order of a session. Every rule is a pure function."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from mlprep.core.memory import Memory, Rating, interval, replay, retrievability, share
from mlprep.core.question import Item
from mlprep.core.rubric import Level

OVERALL_PRIOR = 0.35  # share of first answers that are right, before any is known
PACE_SECONDS = 600  # as if so many seconds had been answered exactly at the time box
DUE_SHARE = 0.5  # of the minutes belongs to due items first; docs/planner.md says why
NOTHING: Mapping[str, float] = {}
NEW_A_DAY = 10  # unseen items a day, without an interview date
HISTORY = 20  # answers before readiness means anything
MOST_OUTLINED = 500  # items of a session that is only planned


class Plan(NamedTuple):
    """What the candidate has set. Days are ordinals, weekdays 0 (Monday) to 6."""

    date: int | None = None
    minutes: float = 30
    days_off: frozenset[int] = frozenset()
    level: Level = Level.PRINCIPAL
    weights: Mapping[str, float] = NOTHING  # by topic, the longest match counts
    retention: float = 0.9  # desired: below it an item is due
    week: tuple[float, ...] = ()  # minutes from Monday to Sunday, where they differ

    def covers(self, item: Item) -> bool:
        """Return whether an item is in scope, were it not suspended."""
        return item.level <= self.level

    def topic_weight(self, topic: str) -> float:
        """Return the weight of the nearest topic at or above that has one."""
        if not self.weights:
            return 1
        while topic and topic not in self.weights:
            topic = topic.rpartition("/")[0]
        return self.weights.get(topic, 1)

    def is_off(self, day: int) -> bool:
        """Return whether a day is one of the days off. Ordinal 1 was a Monday."""
        return (day - 1) % 7 in self.days_off

    def minutes_on(self, day: int) -> float:
        """Return the minutes of a day, days off too."""
        return self.week[(day - 1) % 7] if self.week else self.minutes

    def on(self, day: int) -> "Plan":
        """Return the plan with the minutes of a day."""
        return self._replace(minutes=self.minutes_on(day))

    def study_days(self, first: int, end: int) -> list[int]:
        """Return the days from one up to, not including, another that are not off."""
        return [day for day in range(first, end) if not self.is_off(day)]

    def days_left(self, day: int) -> int | None:
        """Return the days until the interview, None without one ahead."""
        return None if self.date is None or self.date < day else self.date - day


class History(NamedTuple):
    """The reviews of one item, in order, as (day, rating), and the seconds that they took."""

    reviews: tuple[tuple[int, int], ...]
    seconds: float = 0
    timed: int = 0  # how many of them were timed


class Learner:
    """What is known of the candidate: memory by item, priors by field, pace by kind."""

    def __init__(
        self,
        items: Iterable[Item],
        histories: Mapping[str, History],
        parameters: tuple[float, ...],
        memories: Mapping[str, Memory] | None = None,
    ) -> None:
        """memories: of every item that was answered, where they are known; else replayed."""
        self.parameters = parameters
        self.decay = parameters[20]
        self.memories: dict[str, Memory] = {}
        self._first: dict[str, list[int]] = {}  # field: [right, asked]
        self._pace: dict[str, list[float]] = {}  # kind: [seconds, seconds of time boxes]
        for item in items:
            if history := histories.get(item.key):
                known = memories[item.key] if memories else None
                self._learn(item, history, known or replay(history.reviews, self.parameters))

    def _learn(self, item: Item, history: History, memory: Memory | None) -> None:
        if memory is None:
            return
        self.memories[item.key] = memory
        first = self._first.setdefault(item.field, [0, 0])
        first[0] += history.reviews[0][1] >= Rating.HARD
        first[1] += 1
        pace = self._pace.setdefault(item.kind, [0.0, 0.0])
        pace[0] += history.seconds
        pace[1] += history.timed * item.minutes * 60

    @property
    def overall(self) -> float:
        """Return the expected share of right first answers over all fields."""
        right, asked = (
            (sum(column) for column in zip(*self._first.values(), strict=True))
            if (self._first)
            else (0, 0)
        )
        return share(right, asked, OVERALL_PRIOR)

    def prior(self, topic_field: str) -> float:
        """Return the expected share of right first answers of a field."""
        right, asked = self._first.get(topic_field, (0, 0))
        return share(right, asked, self.overall)

    def asked(self, topic_field: str) -> int:
        """Return how many items of a field were asked."""
        return self._first.get(topic_field, (0, 0))[1]

    @property
    def paced_seconds(self) -> float:
        """Return the time boxes, in seconds, that the pace rests on."""
        return sum(boxes for _, boxes in self._pace.values())

    def pace(self, kind: str) -> float:
        """Return seconds spent per second of time box."""
        spent, boxes = self._pace.get(kind, (0, 0))
        return (PACE_SECONDS + spent) / (PACE_SECONDS + boxes)

    def retrievability(self, memory: Memory, day: int) -> float:
        """Return the probability of recall on a day."""
        return retrievability(max(0, day - memory.day), memory.stability, self.decay)

    def expected_recall(self, item: Item, day: int, prior: float | None = None) -> float:
        """Return how likely an item is answered well on a day. prior: of its field, if at hand."""
        prior = self.prior(item.field) if prior is None else prior
        return self.recall_of(self.memories.get(item.key), day, prior)

    def recall_of(self, memory: Memory | None, day: int, prior: float) -> float:
        """Return how likely an item of a memory is answered well on a day; None: unseen."""
        if memory is None:
            return prior
        recall = self.retrievability(memory, day)
        return recall if memory.missed else max(recall, prior)

    @classmethod
    def of(
        cls,
        memories: Mapping[str, Memory],
        first: Mapping[str, tuple[int, int]],
        parameters: tuple[float, ...],
    ) -> "Learner":
        """Return one of whom this much is known. first: (right, asked) by field."""
        learner = cls((), {}, parameters)
        learner.memories.update(memories)
        learner._first.update({field: [right, asked] for field, (right, asked) in first.items()})
        return learner

    def due_day(self, item: Item, retention: float) -> int | None:
        """Return the first day on which a seen item is due; None where it never will be."""
        memory = self.memories.get(item.key)
        if memory is None or (not memory.missed and self.prior(item.field) >= retention):
            return None
        day = memory.day + max(0, int(interval(retention, memory.stability, self.decay)))
        while self.expected_recall(item, day) >= retention:
            day += 1
        return day


def importance(item: Item, plan: Plan) -> float:
    """Return what an item counts in readiness: a minute of the interview counts the same in all."""
    return item.weight * plan.topic_weight(item.topic) * item.minutes


def score(item: Item, plan: Plan, recall: float, pace: float) -> float:
    """Return importance per minute that the item takes, times the need."""
    return item.weight * plan.topic_weight(item.topic) * (1 - recall) / pace


def readiness(items: Iterable[Item], learner: Learner, plan: Plan, day: int) -> float | None:
    """Return the mean expected recall on a day, weighted by importance; None without items.

    items: those in scope.
    """
    total = known = 0.0
    priors: dict[str, float] = {}
    for item in items:
        if item.field not in priors:
            priors[item.field] = learner.prior(item.field)
        weight = importance(item, plan)
        total += weight
        known += weight * learner.expected_recall(item, day, priors[item.field])
    return known / total if total else None


class Today(NamedTuple):
    """What the order of a session depends on. Minutes: of the day, or of an own budget."""

    day: int
    spent: float = 0  # minutes
    minutes: float | None = 30  # the budget; None: no end
    asked: frozenset[str] = frozenset()  # items answered today, or set aside for later
    cases: frozenset[str] = frozenset()  # design questions of which a phase was asked today
    fields: tuple[str, ...] = ()  # of the last questions, in order
    new: int = 0  # unseen items taken today
    most_new: int | None = None  # how many of them may be; None: no limit
    early: bool = True  # items that are not due may come

    def fits(self, item: Item) -> bool:
        """Return whether at least half of an item's time box is left."""
        return self.minutes is None or self.minutes - self.spent >= item.minutes / 2

    def after(self, item: Item, minutes: float, *, new: bool) -> "Today":
        """Return the state once an item was answered in so many minutes."""
        case = {item.question} if item.kind == "design" else set()
        return self._replace(
            spent=self.spent + minutes,
            asked=self.asked | {item.key},
            cases=self.cases | case,
            fields=(*self.fields[-1:], item.field),
            new=self.new + new,
        )


def choose(
    items: Sequence[Item],
    learner: Learner,
    plan: Plan,
    today: Today,
    scope: Collection[str] | None = None,
) -> Item | None:
    """Return the item to ask next, None where the session is over.

    items: those that may be asked, in bank order. scope: keys of all that are in scope, if more
    are. Due items come first until half of the minutes is used, then the best score; no more
    than two of one field in a row while others wait.
    """
    seen = learner.memories
    in_scope = {item.key for item in items} if scope is None else scope
    interview_day = plan.days_left(today.day) == 0
    no_new = interview_day or (today.most_new is not None and today.new >= today.most_new)
    priors: dict[str, float] = {}
    paces: dict[str, float] = {}
    ready: list[tuple[float, bool, Item]] = []  # score, due, item
    for item in items:
        if item.key in today.asked or item.question in today.cases or not today.fits(item):
            continue
        unseen = item.key not in seen
        if unseen and (no_new or any(r in in_scope and r not in seen for r in item.requires)):
            continue
        if item.field not in priors:
            priors[item.field] = learner.prior(item.field)
        if item.kind not in paces:
            paces[item.kind] = learner.pace(item.kind)
        recall = learner.expected_recall(item, today.day, priors[item.field])
        due = not unseen and recall < plan.retention
        if due or unseen or today.early:
            ready.append((score(item, plan, recall, paces[item.kind]), due, item))
    return _best(ready, today)


def _best(ready: list[tuple[float, bool, Item]], today: Today) -> Item | None:
    if today.minutes is not None and today.spent < today.minutes * DUE_SHARE:
        ready = [entry for entry in ready if entry[1]] or ready
    last = today.fields[-2:]
    if len(last) == 2 and last[0] == last[1]:
        ready = [entry for entry in ready if entry[2].field != last[0]] or ready
    return max(ready, key=lambda entry: entry[0], default=(0, False, None))[2]


def outline(
    items: Sequence[Item],
    learner: Learner,
    plan: Plan,
    today: Today,
    scope: Collection[str] | None = None,
) -> list[Item]:
    """Return the items that a session would take, each at the candidate's pace for its kind."""
    chosen: list[Item] = []
    while (item := choose(items, learner, plan, today, scope)) and len(chosen) < MOST_OUTLINED:
        chosen.append(item)
        minutes = item.minutes * learner.pace(item.kind)
        today = today.after(item, minutes, new=item.key not in learner.memories)
    return chosen
