"""What the parts of a report are made of: counts by item, memory, what was known before."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from itertools import islice

from mlprep.core import topic_figures
from mlprep.core.planner import HISTORY, importance
from mlprep.core.question import Item
from mlprep.core.report import DayCount, ItemCount, TopicFigures
from mlprep.core.trace import Priors, as_known_on
from mlprep.session.study import Study

TREND_DAYS = 28


class Figures:
    """What several parts of one report need, computed once."""

    def __init__(self, study: Study, topic: str, since: int, parts: Collection[str] | None) -> None:
        self.study, self.topic, self.since, self.parts = study, topic, since, parts
        self.library_items = self.below(study.library.items.values())
        self.items = self.below(study.scope)
        plan = study.plan
        ahead = plan.days_left(study.day) is not None
        self.target = plan.date if ahead and plan.date else study.day

    def below(self, items: Iterable[Item]) -> list[Item]:
        """Return those of some items that the report is about."""
        if not self.topic:
            return list(items)
        return [item for item in items if f"{item.topic}/".startswith(f"{self.topic}/")]

    @cached_property
    def priors(self) -> Priors:
        """Return what was known of each field at the start of each day."""
        return Priors(self.study.library.items.values(), self.study.traces)

    @cached_property
    def counts(self) -> dict[str, ItemCount]:
        """Return the counts of each item by today's key."""
        found: dict[str, ItemCount] = {}
        for count in self.study.store.counts().items(self.since):
            key = self.study.library.current(count.item)
            found[key] = found[key].plus(count) if key in found else count._replace(item=key)
        return found

    @cached_property
    def days(self) -> list[DayCount]:
        """Return the days with answers; an untimed one counts its time box."""
        names = None
        if self.topic:
            library = self.study.library
            names = [name for item in self.library_items for name in library.names(item.key)]
        rows = self.study.store.counts().days(self.since, names)
        return [
            DayCount(
                row.day,
                row.answers,
                row.missed,
                row.seconds / 60 + sum(self.study.minutes_of(key, None) for key in row.untimed),
            )
            for row in rows
        ]

    @cached_property
    def known(self) -> topic_figures.Known:
        """Return what is known now, and what was four weeks ago."""
        study = self.study
        cut = study.day - TREND_DAYS
        early = (day for own in study.traces.values() for day in own.days if day <= cut)
        past = None
        if next(islice(early, HISTORY - 1, None), None):
            items = study.library.items.values()
            past = as_known_on(cut, items, self.study.traces, self.priors, study.learner)
        past_day = self.target if self.target > study.day else cut
        return topic_figures.Known(
            study.plan, study.day, self.target, study.learner, study.traces, past, past_day
        )

    @cached_property
    def rows(self) -> list[topic_figures.ItemRow]:
        """Return what each item in scope adds to its topics."""
        seconds = self._seconds() if self.since else self.study.times
        return topic_figures.item_rows(
            self.items, self.known, self.counts, seconds, since=self.since
        )

    def _seconds(self) -> dict[str, list[float]]:
        """Return the seconds of the answers since a day, by item."""
        found: dict[str, list[float]] = {}
        for key, spent in self.study.store.counts().seconds(self.since):
            found.setdefault(self.study.library.current(key), []).append(spent)
        return found

    @cached_property
    def total(self) -> float:
        """Return the importance of all that readiness counts."""
        return sum([importance(item, self.study.plan) for item in self.study.scope])

    def of_topics(self, groups: Callable[[Item], Iterable[str]]) -> list[TopicFigures]:
        """Return the figures of groups of items. groups: the topics that an item belongs to."""
        return topic_figures.topic_figures(self.rows, self.known, self.total, groups)
