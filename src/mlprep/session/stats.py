"""Puts the report of `mlprep stats` together: counts from SQL, memory, texts of banks."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from mlprep.core import activity, calibration, topic_figures
from mlprep.core.audit import Ticked, audit_figures, ticked_again
from mlprep.core.days import moment, study_day
from mlprep.core.planner import readiness
from mlprep.core.report import (
    AuditFigures,
    Calibration,
    Confidence,
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
from mlprep.core.trace import trials
from mlprep.session.figures import TREND_DAYS, Figures
from mlprep.session.study import Study

FIRST_SCREEN = frozenset({"topics", "weakest", "recent", "sure_and_wrong", "mocks", "audits"})
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
    return _Parts(study, topic, since or 0, parts).report()


class _Parts(Figures):
    """The parts of one report."""

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
            "calibration": lambda: self._calibration(self.since),
            "recent": lambda: self._calibration(max(self.since, study.day - TREND_DAYS + 1)),
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

    def _readiness_before(self) -> float | None:
        known = self.known
        if known.past is None:
            return None
        return readiness(self.study.scope, known.past, self.study.plan, known.past_day)

    def _topics(self) -> list[TopicFigures]:
        if self.parts is None:
            return self.of_topics(topic_figures.every_topic)
        return self.of_topics(topic_figures.level_below(self.topic))

    def _weakest(self) -> list[Weak]:
        worst = topic_figures.costliest(self.rows)
        rows = self.of_topics(lambda item: [item.topic] if item.topic in worst else [])
        return [self._weak(row) for row in sorted(rows, key=lambda row: -row.cost)]

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

    def _calibration(self, since: int) -> Calibration:
        decay = self.study.learner.decay
        found = trials(self.library_items, self.study.traces, self.priors, decay, since)
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
        states = [s for _, s in self.study.store.session_states("mock") if s.get("parts")]
        if not states:
            return []
        from mlprep.session.mock_state import MockState

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
        return activity.next_items(self.below(planned), study.learner, study.plan, study.day)

    def _item_figures(self) -> list[ItemFigures]:
        study = self.study
        answers = {key: count.answers for key, count in self.counts.items()}
        return activity.item_figures(
            self.items, study.learner, study.plan, study.day, self.target, answers
        )
