"""One draw of a forecast: the planner's rule asks, a learner who might be the one answers.

What `planner.choose` decides item by item is decided here once a session, which is what makes a
forecast fast: the same score, the same share for due items, the same items that come first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from mlprep.core.memory import Rating
from mlprep.core.planner import DUE_SHARE, History, Learner, Plan, importance, score
from mlprep.core.question import Item

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem, MemoryState

MOST_ROUNDS = 6  # of a session that stands for several days
SESSIONS = 40  # of a plan, at most: of a long one several days are taken together


class Bank(NamedTuple):
    """The items of a draw, column by column."""

    items: Sequence[Item]
    importance: list[float]
    worth: list[float]  # score of what is not known at all, at a pace of 1
    after: list[list[int]]  # places of the items that come first
    seen: list[int]  # places of what was answered, and of each of these:
    logs: "list[FSRSItem]"  # its reviews
    last: list[int]  # the day of the last one
    missed: list[bool]  # whether it ever was

    @property
    def minutes(self) -> float:
        """Return the time boxes of all items."""
        return sum(item.minutes for item in self.items)


class Draw(NamedTuple):
    """One learner that might be the one."""

    parameters: tuple[float, ...]
    priors: Mapping[str, float]  # by field
    pace: Mapping[str, float]  # seconds per second of time box, by kind
    attends: float  # share of study days
    split: tuple[float, float]  # of right answers: at most partly, at most good
    rng: Random


class Session(NamedTuple):
    """Minutes of one day, or of several that are taken together."""

    day: int
    minutes: float
    days: int = 1


def bank_of(items: Sequence[Item], histories: Mapping[str, History], plan: Plan) -> Bank:
    """Return the columns of items in scope. Items that must come first count where present."""
    places = {item.key: n for n, item in enumerate(items)}
    seen = [n for n, item in enumerate(items) if item.key in histories]
    reviews = [histories[items[n].key].reviews for n in seen]
    return Bank(
        items,
        [importance(item, plan) for item in items],
        [score(item, plan, 0, 1) for item in items],
        [[places[key] for key in item.requires if key in places] for item in items],
        seen,
        [_log(of_item) for of_item in reviews],
        [max(day for day, _ in of_item) for of_item in reviews],
        [any(rating == Rating.AGAIN for _, rating in of_item) for of_item in reviews],
    )


def _log(reviews: Sequence[tuple[int, int]]) -> "FSRSItem":
    """Return reviews as the library takes them; a clock set back counts as no time passed."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    past = []
    latest = reviews[0][0]
    for day, rating in reviews:
        past.append(FSRSReview(rating, max(0, day - latest)))
        latest = max(latest, day)
    return FSRSItem(past)


def strata(bank: Bank, histories: Mapping[str, History], plan: Plan) -> list[list[Item]]:
    """Return the items in groups that a sample takes whole, like ones beside each other.

    A group is a question: the phases of a case stay together.
    """
    cases: dict[str, list[Item]] = {}
    for item in bank.items:
        cases.setdefault(item.question, []).append(item)

    def kind(case: list[Item]) -> tuple[bool, str, float]:
        return case[0].key in histories, case[0].field, score(case[0], plan, 0, 1)

    return sorted(cases.values(), key=kind)


def sample(groups: Sequence[list[Item]], share: float, rng: Random) -> list[Item]:
    """Return a systematic sample of about a share of all items."""
    stride = 1 / share
    start = rng.random() * stride
    return [item for place in _steps(start, stride, len(groups)) for item in groups[int(place)]]


def _steps(start: float, stride: float, end: int) -> list[float]:
    return [start + k * stride for k in range(ceil(max(0.0, end - start) / stride))]


def sessions_of(plan: Plan, day: int, spent: float) -> list[Session]:
    """Return the sessions from today to the day before the interview. spent: minutes of today."""
    assert plan.date is not None
    days = plan.study_days(day, plan.date)
    minutes = [max(0.0, plan.minutes_on(d) - (spent if d == day else 0)) for d in days]
    step = max(1, ceil(len(days) / SESSIONS))
    return [
        Session(days[n], sum(minutes[n : n + step]), len(days[n : n + step]))
        for n in range(0, len(days), step)
    ]


class State:
    """Memory of every item of a bank in one draw."""

    def __init__(self, bank: Bank, draw: Draw) -> None:
        from fsrs_rs_python import FSRS

        self.bank = bank
        self._model = FSRS(list(draw.parameters))
        self._decay = draw.parameters[20]
        self._factor = 0.9 ** (-1 / self._decay) - 1
        self._floor = [draw.priors[item.field] for item in bank.items]  # 0 once it was missed
        self._memory: list[MemoryState | None] = [None] * len(bank.items)
        self._stability = [0.0] * len(bank.items)
        self._last = [0] * len(bank.items)
        memories = self._model.memory_state_batch(bank.logs) if bank.logs else []
        columns = zip(bank.seen, memories, bank.last, bank.missed, strict=True)
        for n, memory, last, missed in columns:
            self._memory[n], self._stability[n] = memory, memory.stability
            self._last[n] = last
            if missed:
                self._floor[n] = 0.0

    def is_seen(self, n: int) -> bool:
        """Return whether the item in one place was ever answered."""
        return self._memory[n] is not None

    def answered_on(self, n: int, day: int) -> bool:
        """Return whether the item in one place was answered on a day."""
        return self._last[n] == day

    def recalls(self, day: int) -> list[float]:
        """Return the expected recall of every item on a day."""
        factor, power = self._factor, -self._decay
        return [
            max(floor, (1 + factor * max(0, day - last) / stability) ** power)
            if stability
            else floor
            for floor, stability, last in zip(
                self._floor, self._stability, self._last, strict=True
            )
        ]  # fmt: skip

    def readiness(self, day: int) -> float:
        """Return the mean expected recall on a day, weighted by importance."""
        weights = self.bank.importance
        known = sum(w * r for w, r in zip(weights, self.recalls(day), strict=True))
        return known / (sum(weights) or 1)

    def answer(self, n: int, rating: int, day: int) -> None:
        """Take in an answer to the item in one place."""
        before = self._memory[n]
        elapsed = max(0, day - self._last[n]) if before else 0
        states = self._model.next_states(before, 0.9, elapsed)
        after = (states.again, states.hard, states.good, states.easy)[rating - 1].memory
        self._memory[n], self._stability[n] = after, after.stability
        self._last[n] = max(day, self._last[n])
        if rating == Rating.AGAIN:
            self._floor[n] = 0.0


def roll(state: State, sessions: Iterable[Session], plan: Plan, draw: Draw,
         share: float = 1) -> set[int]:  # fmt: skip
    """Go through sessions, and return the places of what was asked.

    share: of the minutes, where the bank is a sample. What a last question takes too long is
    taken from the next session.
    """
    asked: set[int] = set()
    debt = 0.0
    for session in sessions:
        came = sum(draw.rng.random() < draw.attends for _ in range(session.days))
        budget = session.minutes * share * came / session.days - debt
        if came and budget > 0:
            spent = _sit(state, session, budget, plan, draw, asked)
            debt = max(0.0, spent - budget)
        elif came:
            debt = -budget
    return asked


def _sit(state: State, session: Session, budget: float, plan: Plan, draw: Draw,
         asked: set[int]) -> float:  # fmt: skip
    """Ask for so many minutes, and return how many were spent."""
    bank, items, day = state.bank, state.bank.items, session.day
    recalls = state.recalls(day)
    values = [
        worth * (1 - recall) / draw.pace[item.kind]
        for worth, recall, item in zip(bank.worth, recalls, items, strict=True)
    ]
    ranked = sorted(range(len(items)), key=values.__getitem__, reverse=True)
    due = [n for n in ranked if state.is_seen(n) and recalls[n] < plan.retention]
    done: set[int] = set()
    cases = Counter[str]()
    spent = 0.0
    rounds = min(session.days, MOST_ROUNDS)  # a phase a day
    for order, end in ((due, budget * DUE_SHARE), *[(ranked, budget)] * rounds):
        for n in order:
            item = items[n]
            if spent >= end:
                break
            waits = not state.is_seen(n) and not all(map(state.is_seen, bank.after[n]))
            if n in done or waits or cases[item.question] >= rounds or state.answered_on(n, day):
                continue
            state.answer(n, _rating(recalls[n], draw), day)
            done.add(n)
            cases[item.question] += item.kind == "design"
            spent += item.minutes * draw.pace[item.kind]
    asked |= done
    return spent


def _rating(recall: float, draw: Draw) -> Rating:
    if draw.rng.random() >= recall:
        return Rating.AGAIN
    partly, good = draw.split
    luck = draw.rng.random()
    return Rating.HARD if luck < partly else Rating.GOOD if luck < good else Rating.EASY


def mean_draw(learner: Learner, fields: Iterable[str], kinds: Iterable[str], attends: float,
              split: tuple[float, float], seed: int) -> Draw:  # fmt: skip
    """Return the learner as far as is known, with nothing drawn but the answers."""
    return Draw(
        learner.parameters,
        {name: learner.prior(name) for name in fields},
        {kind: learner.pace(kind) for kind in kinds},
        attends,
        split,
        Random(seed),
    )
