"""Puts the report of `mlprep stats` together: counts from SQL, memory, texts of banks."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from itertools import islice
from typing import Any

from mlprep.core import activity, calibration, topic_figures
from mlprep.core.audit import Ticked, audit_figures, ticked_again
from mlprep.core.days import moment, study_day
from mlprep.core.planner import HISTORY, importance, readiness
from mlprep.core.question import Item
from mlprep.core.report import (
    AuditFigures,
    Calibration,
    Confidence,
    DayCount,
    ItemCount,
    ItemFigures,
    MarkCount,
    MissedPoint,
    MockScore,
    Next,
    Overruled,
    Readiness,
    Report,
    SureAndWrong,
    TopicFigures,
    Weak,
)
from mlprep.core.trace import Priors, as_known_on, trials
from mlprep.session.study import Study

TREND_DAYS = 28
FIRST_SCREEN = frozenset({"topics", "weakest", "calibration", "sure_and_wrong", "mocks", "audits"})
ACTIVITY_SCREEN = frozenset({"days", "load"})
CALIBRATION_SCREEN = frozenset(
    {"calibration", "confidence", "sure_and_wrong", "overruled", "audits"}
)
TOPIC_SCREEN = FIRST_SCREEN | {"missed_points", "items"}


def report(
    study: Study,
    *,
    topic: str = "",
    since: int | None = None,
    parts: Collection[str] | None = None,
) -> Report:
    """Return the report of a topic and what is below it, or of everything.

    since: the first day whose answers are counted. parts: fields of the report that are wanted;
    without it all, and every topic at every depth. study: a traced one.
    """
    return _Figures(study, topic, since or 0, parts).report()


class _Figures:
    """The parts of one report; what several of them need is computed once."""

    def __init__(self, study: Study, topic: str, since: int, parts: Collection[str] | None) -> None:
        self.study, self.topic, self.since, self.parts = study, topic, since, parts
        self.library_items = self._below(study.library.items.values())
        self.items = self._below(study.scope)
        plan = study.plan
        ahead = plan.days_left(study.day) is not None
        self.target = plan.date if ahead and plan.date else study.day

    def _below(self, items: Iterable[Item]) -> list[Item]:
        if not self.topic:
            return list(items)
        return [item for item in items if f"{item.topic}/".startswith(f"{self.topic}/")]

    def report(self) -> Report:
        """Return the report with the parts that are wanted."""
        study = self.study
        found = Report(study.day, self.target, self.since or None, self.topic, study.answers)
        makers: dict[str, Callable[[], Any]] = {
            "minutes": lambda: sum(day.minutes for day in self.days),
            "counted": lambda: sum(day.answers for day in self.days),
            "readiness": study.readiness,
            "readiness_then": lambda: study.readiness(self.target),
            "readiness_before": self._readiness_before,
            "topics": self._topics,
            "weakest": self._weakest,
            "missed_points": self._missed_points,
            "calibration": self._calibration,
            "confidence": self._confidence,
            "sure_and_wrong": self._sure_and_wrong,
            "overruled": self._overruled,
            "days": lambda: self.days,
            "load": lambda: activity.load(self.items, study.learner, study.plan, study.day),
            "mocks": self._mocks,
            "history": self._history,
            "stopping": self._stopping,
            "forecast": self._forecast,
            "stability": lambda: activity.stability_bins(self.items, study.learner),
            "audits": self._audits,
            "next": self._next,
            "items": self._item_figures,
        }
        wanted = {
            name: make()
            for name, make in makers.items()
            if self.parts is None or name in self.parts
        }
        whole: dict[str, Any] = {
            name: tuple(part) if isinstance(part, list) else part for name, part in wanted.items()
        }
        return found._replace(**whole)

    # What several parts need

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
        seconds: dict[str, list[float]] = {}
        current = self.study.library.current
        for key, spent in self.study.store.counts().seconds(self.since):
            seconds.setdefault(key, []).append(spent)
        for key in [key for key in seconds if current(key) != key]:
            seconds.setdefault(current(key), []).extend(seconds.pop(key))
        return topic_figures.item_rows(
            self.items, self.known, self.counts, seconds, since=self.since
        )

    @cached_property
    def total(self) -> float:
        """Return the importance of all that readiness counts."""
        return sum([importance(item, self.study.plan) for item in self.study.scope])

    def _figures(self, groups: Callable[[Item], Iterable[str]]) -> list[TopicFigures]:
        return topic_figures.topic_figures(self.rows, self.known, self.total, groups)

    # The parts

    def _readiness_before(self) -> float | None:
        known = self.known
        if known.past is None:
            return None
        return readiness(self.study.scope, known.past, self.study.plan, known.past_day)

    def _topics(self) -> list[TopicFigures]:
        if self.parts is None:
            return self._figures(topic_figures.every_topic)
        return self._figures(topic_figures.level_below(self.topic))

    def _weakest(self) -> list[Weak]:
        rows = sorted(self._figures(lambda item: [item.topic]), key=lambda row: -row.cost)
        return [self._weak(row) for row in rows[: topic_figures.MOST_WEAK]]

    def _weak(self, row: TopicFigures) -> Weak:
        library = self.study.library
        items = [item for item in self.items if item.topic == row.topic]
        names = [name for item in items for name in library.names(item.key)]
        missed = sum(self.counts[item.key].missed for item in items if item.key in self.counts)
        return topic_figures.weak(row, self._marks(names), self._text, missed)

    def _marks(self, names: Collection[str] | None) -> list[MarkCount]:
        """Return the marks of items by today's key. names: the keys of their reviews."""
        found: dict[tuple[str, str], MarkCount] = {}
        for mark in self.study.store.counts().marks(self.since, names):
            item = self.study.library.current(mark.item)
            said, missed = found.get((item, mark.point), mark._replace(said=0, missed=0))[2:]
            found[item, mark.point] = MarkCount(
                item, mark.point, said + mark.said, missed + mark.missed
            )
        return list(found.values())

    def _text(self, mark: MarkCount) -> str:
        """Return the text of a point, nothing where the bank has it no more."""
        if mark.item not in self.study.library.items:
            return ""
        rubric = self.study.library.question(mark.item).rubric
        return next((point.text for point in rubric if point.key == mark.point), "")

    def _missed_points(self) -> list[MissedPoint]:
        topic_of = {item.key: item.topic for item in self.items}
        found = [
            MissedPoint(m.item, topic_of[m.item], m.point, text, m.missed, m.said)
            for m in self._marks(None)
            if m.item in topic_of
            and m.missed >= topic_figures.AGAIN_AND_AGAIN
            and (text := self._text(m))
        ]
        return sorted(found, key=lambda p: (-p.missed, p.said, p.item, p.point))

    def _calibration(self) -> Calibration:
        decay = self.study.learner.decay
        found = trials(self.library_items, self.study.traces, self.priors, decay, self.since)
        return calibration.calibration(found)

    def _confidence(self) -> list[Confidence]:
        current = self.study.library.current
        counts = self.study.store.counts().confidences(self.since)
        return calibration.confidence(
            self.library_items, (c._replace(item=current(c.item)) for c in counts)
        )

    def _sure_and_wrong(self) -> list[SureAndWrong]:
        return calibration.sure_and_wrong(self.library_items, self.counts)

    def _overruled(self) -> Overruled:
        library = self.study.library
        ticks = (
            (library.current(item), answer, marks)
            for item, answer, marks in self.study.store.counts().ticks(self.since)
        )
        return calibration.overruled(self.library_items, self.counts, ticks, library.question)

    def _mocks(self) -> list[MockScore]:
        from mlprep.session.mock_state import MockState

        states = [s for _, s in self.study.store.session_states("mock") if s.get("parts")]
        found = []
        for number, plain in enumerate(states, start=1):
            state = MockState.from_plain(plain)
            day = study_day(moment(state.started))
            if state.card is None or day < self.since or self.topic:
                continue
            minutes = sum(part.spent for part in state.parts) / 60
            card = state.card
            found.append(
                MockScore(day, number, state.format, state.title, card["verdict"],
                          card["headline"], minutes, card["rows"])
            )  # fmt: skip
        return found

    def _history(self) -> list[Readiness]:
        study = self.study
        items = list(study.library.items.values())
        return activity.readiness_so_far(
            items, study.scope, self.study.traces, self.priors, study.learner, study.plan, study.day
        )

    def _stopping(self) -> list[Readiness]:
        study = self.study
        if study.readiness() is None:
            return []
        return activity.readiness_to_come(
            study.scope, study.learner, study.plan, study.day, self.target
        )

    def _forecast(self) -> Readiness | None:
        from mlprep.session.outlook import outlook

        told = outlook(self.study).forecast
        return told and Readiness(self.target, told.mean, told.low, told.high)

    def _audits(self) -> list[AuditFigures]:
        return audit_figures(ticked for ticked in self._ticked() if ticked)

    def _ticked(self) -> Iterable[Ticked | None]:
        library, level = self.study.library, self.study.plan.level
        wanted = {item.key for item in self.library_items}
        for audit in self.study.store.counts().audits():
            key = library.current(audit.item)
            if key in wanted:
                rubric = library.question(key).rubric
                field = library.items[key].field
                yield ticked_again(field, rubric, level, audit.then, audit.again)

    def _next(self) -> list[Next]:
        study = self.study
        planned = study.forecast_session(study.day, fresh=False)
        return activity.next_items(self._below(planned), study.learner, study.plan, study.day)

    def _item_figures(self) -> list[ItemFigures]:
        study = self.study
        answers = {key: count.answers for key, count in self.counts.items()}
        return activity.item_figures(
            self.items, study.learner, study.plan, study.day, self.target, answers
        )
