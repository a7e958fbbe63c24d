"""What every command starts from: the banks, what the candidate knows, and the plan."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mlprep.core.days import millis, study_day
from mlprep.core.library import Library
from mlprep.core.planner import HISTORY as READINESS_NEEDS
from mlprep.core.planner import Learner, Plan, Today, outline, readiness
from mlprep.core.question import Item
from mlprep.core.statistics import TopicRow, topics
from mlprep.session.settings import parameters_of, plan_of
from mlprep.storage.store import Store

if TYPE_CHECKING:
    from mlprep.core.trace import Trace


class Study:
    """A picture of the store at one moment; loaded again when something changed."""

    def __init__(
        self, store: Store, library: Library, now: datetime, *, traced: bool = False
    ) -> None:
        """traced: with what memory held after each answer, for statistics."""
        self.store = store
        self.version = store.version()  # first: what changes while it is read is read again
        self.library = library
        self.day = study_day(now)
        self.now_ms = millis(now)
        self.settings: dict[str, Any] = store.settings()
        self.plan: Plan = plan_of(self.settings, self.day)  # minutes: of today
        self.times: dict[str, list[float]] = {}  # seconds of each timed answer, if traced
        self.histories = store.histories(library.current, times=self.times if traced else None)
        items = library.items
        parameters = parameters_of(self.settings)
        self.traces: Mapping[str, Trace] = {}
        if traced:
            from mlprep.core.trace import traces

            self.traces = traces(items.values(), self.histories, parameters)
        memories = {key: trace.memory() for key, trace in self.traces.items()}
        self.learner = Learner(items.values(), self.histories, parameters, memories)
        self.holds = {library.current(key): until for key, until in store.holds().items()}
        self.answers = sum(len(h.reviews) for h in self.histories.values())
        self.scope: list[Item] = [
            item
            for item in items.values()
            if self.plan.covers(item) and self.holds.get(item.key, 0) is not None
        ]
        self.scope_keys = frozenset(item.key for item in self.scope)

    def readiness(self, day: int | None = None) -> float | None:
        """Return the readiness on a day, today without one; None before 20 answers."""
        if self.answers < READINESS_NEEDS:
            return None
        return readiness(self.scope, self.learner, self.plan, day or self.day)

    def is_held(self, item: str, day: int) -> bool:
        """Return whether an item is suspended, or buried on a day."""
        until = self.holds.get(item, 0)
        return until is None or until > day

    def free(self, day: int) -> list[Item]:
        """Return the items in scope that are not set aside on a day."""
        return [item for item in self.scope if not self.is_held(item.key, day)]

    def minutes_spent(self, day: int) -> float:
        """Return the minutes of a day's reviews; an untimed one counts its time box."""
        return sum(self.minutes_of(item, s) for item, s in self.store.spent_on(day))

    def minutes_of(self, key: str, seconds: float | None) -> float:
        """Return the minutes that a review counts."""
        if seconds is not None:
            return seconds / 60
        item = self.library.items.get(self.library.current(key))
        return item.minutes if item else 1

    def today(self, day: int, *, minutes: float | None, spent: float) -> Today:
        """Return where a session of a day stands. minutes: its budget, of which `spent` is used."""
        asked = [self.library.current(key) for key, _ in self.store.spent_on(day)]
        items = [self.library.items[key] for key in asked if key in self.library.items]
        return Today(
            day=day,
            spent=spent,
            minutes=minutes,
            asked=frozenset(asked),
            cases=frozenset(item.question for item in items if item.kind == "design"),
            fields=tuple(item.field for item in items[-2:]),
            new=sum(
                self.histories[key].reviews[0][0] == day
                for key in set(asked)
                if key in self.histories  # else another terminal has just answered it
            ),
        )

    def forecast_session(self, day: int, *, fresh: bool = True) -> list[Item]:
        """Return what a session of a day would take, on the plan's minutes.

        fresh: a day on which nothing was answered yet.
        """
        spent = 0 if fresh else self.minutes_spent(day)
        minutes = self.plan.minutes_on(day)
        today = self.limited(self.today(day, minutes=minutes, spent=spent))
        return outline(self.free(day), self.learner, self.plan, today, self.scope_keys)

    def limited(self, today: Today) -> Today:
        """Return the state under the limits of a plan without a date: due items, ten new ones."""
        from mlprep.core.planner import NEW_A_DAY

        if self.plan.days_left(today.day) is not None:
            return today
        return today._replace(early=False, most_new=NEW_A_DAY)

    def minutes_left(self) -> float | None:
        """Return the minutes from now to the day before the interview; None without a date."""
        left = self.plan.days_left(self.day)
        if left is None:
            return None
        days = self.plan.study_days(self.day, self.day + left)
        spent = min(self.plan.minutes, self.minutes_spent(self.day)) if self.day in days else 0
        return sum(self.plan.minutes_on(day) for day in days) - spent

    def next_study_day(self, day: int) -> int:
        """Return the first day after one that is not a day off."""
        later = (d for d in range(day + 1, day + 8) if not self.plan.is_off(d))
        return next(later, day + 1)

    def next_due(self, items: Iterable[Item]) -> int | None:
        """Return the first day on which one of the items is due."""
        days = (self.learner.due_day(item, self.plan.retention) for item in items)
        return min((day for day in days if day is not None), default=None)

    def weakest(self, most: int = 3) -> list[TopicRow]:
        """Return the topics that cost most readiness, the costliest first."""
        on = self.plan.date if self.plan.days_left(self.day) is not None else self.day
        rows = topics(self.scope, self.learner, self.plan, on or self.day)
        return sorted(rows, key=lambda row: -row.cost)[:most]
