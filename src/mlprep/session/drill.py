"""The steps of a drill, without a terminal: next(now) -> Ask | Done, record(ask, attempt, now).

What is asked next follows from the reviews on disk, so a session that was killed goes on, two
terminals share one, and plain mode, screens and scripts are drivers of the same steps.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import NamedTuple

from mlprep.core.days import millis, study_day
from mlprep.core.grading import NO_IDEA, Attempt, Grade, grade
from mlprep.core.library import Library
from mlprep.core.memory import Rating
from mlprep.core.planner import Today
from mlprep.core.question import Item
from mlprep.core.review import Draft, Review
from mlprep.session.ask import Ask, draw_ask
from mlprep.session.options import Done, Options
from mlprep.session.queue import MOST_RETURNS, Queue
from mlprep.session.steps import Steps, begun
from mlprep.session.study import Study
from mlprep.storage.store import Store

MOST_TIME_BOXES = 3  # of an answer's time that are kept


class Outcome(NamedTuple):
    """What a recorded attempt changed. review: None where another terminal answered first."""

    ask: Ask
    attempt: Attempt
    grade: Grade
    review: Review | None
    before: float  # expected recall on the interview date, today without one
    after: float
    due: int | None  # the day on which it comes back
    returns: bool  # it comes back in this drill
    given: Attempt = Attempt()  # without what was said the time before


class Drill:
    """One session of a day."""

    def __init__(
        self, store: Store, library: Library, options: Options, now: datetime, rng: Random
    ) -> None:
        self.store = store
        self.library = library
        self.options = options
        self._rng = rng
        self.study = Study(store, library, now)
        self.started_at = millis(now)
        self.readiness_before = self.study.readiness()
        self._run: list[str] = []  # ids of the reviews of this run, in order
        self._undone: set[str] = set()  # items that were taken back in this run
        self.session = self._resume(now)

    def only(self, topics: Sequence[str]) -> None:
        """Narrow the drill to topics."""
        self.options = self.options._replace(topics=tuple(topics))

    def use(self, library: Library, now: datetime) -> None:
        """Go on with banks that were edited meanwhile."""
        self.library = library
        self.study = Study(self.store, library, now)

    def _resume(self, now: datetime) -> str | None:
        """Return the session of today that was not ended; end one of another day."""
        found = self.store.open_session("drill")
        if found is None:
            return None
        session, started, _ = found
        if _is_today(started, now):
            return session
        self.store.end_session(session, millis(now))
        return None

    def _join(self, now: datetime) -> None:
        """Share the session that another terminal has begun meanwhile."""
        found = self.store.open_session("drill") if self.session is None else None
        if found is not None and _is_today(found[1], now):
            self.session = found[0]

    def _begin(self, now: datetime) -> str:
        if self.session is None:
            from uuid import uuid4

            with self.store.changing():
                session = self._resume(now)
                if session is None:
                    session = str(uuid4())
                    self.store.start_session(session, "drill", millis(now))
            self.session = session
        return self.session

    # The next question

    def next(self, now: datetime) -> Ask | Done:
        """Return what to ask now, or why nothing."""
        with self.store.reading():
            if study_day(now) != self.study.day or self.store.version() != self.study.version:
                self.study = Study(self.store, self.library, now)
            self._join(now)
            return self._next(self.study.day)

    def _next(self, day: int) -> Ask | Done:
        past = self.reviews()
        waiting = self._waiting(past)
        drafts = begun(self.store, self.library)
        if self.options.limit is not None and len(self._run) >= self.options.limit:
            return Done("limit")
        queue = self._queue(past, waiting)
        for key in drafts:
            if key not in waiting and self._opens(key, day):
                return self._ask(self.library.items[key], drafts[key], queue.today)
        if not queue.items:
            return Done("no match" if self.study.scope else "nothing")
        if self.study.plan.is_off(day) and not self.options.open_ended:
            return Done("day off")
        item = queue.pick()
        return queue.done() if item is None else self._ask(item, drafts.get(item.key), queue.today)

    def _queue(self, past: Sequence[Review], waiting: Mapping[str, int]) -> Queue:
        before = self.store.last_session("drill", but=self.session or "")
        earlier = self.store.reviews(session=before) if before else []
        return Queue(self.study, self.options, past, run=self._run, waiting=waiting, before=earlier)

    def _waiting(self, past: Sequence[Review]) -> dict[str, int]:
        """Return the items put off in this session, and how many reviews it had then."""
        if self.session is None:
            return {}
        answered = [self.library.current(review.item) for review in past]
        return {
            act["item"]: act["reviews"]
            for act in self.store.session_state(self.session).get("acts", ())
            if act["act"] == "later" and act["item"] not in answered[act["reviews"] :]
        }

    def _opens(self, key: str, day: int) -> bool:
        """Return whether what was begun comes first in this drill."""
        wanted = self.options.lets(self.library.items[key]) or key in self._undone
        return wanted and not self.study.is_held(key, day)

    def _ask(self, item: Item, draft: Draft | None, today: Today) -> Ask:
        earlier = self.store.reviews(items=self.library.names(item.key))
        in_session = [r for r in earlier if r.session is not None and r.session == self.session]
        return draw_ask(
            item,
            self.library.question(item.key),
            seed=draft.seed if draft else self._rng.getrandbits(32),
            level=self.study.plan.level,
            draft=draft,
            earlier=earlier,
            before=in_session,
            number=len(self.reviews()) + 1,
            spent=today.spent,
            minutes=today.minutes,
        )

    def ask(self, item: str, seed: int | None, now: datetime) -> Ask:
        """Return a question that is asked out of turn. seed: of its draw; None draws anew."""
        draft = None if seed is None else Draft(item, millis(now), seed)
        today = self._queue(self.reviews(), {}).today
        return self._ask(self.library.items[item], draft, today)

    def reviews(self) -> list[Review]:
        """Return the reviews of this session, in order."""
        return self.store.reviews(session=self.session) if self.session else []

    # What the candidate does

    def keep(self, ask: Ask, attempt: Attempt, now: datetime, *, revealed: bool = False) -> None:
        """Put an answer that is being given on disk."""
        draft = Draft(ask.item.key, millis(now), ask.seed, attempt, revealed)
        self.store.keep_draft(draft, names=self._names(ask), known=_ids(ask.earlier))

    def record(
        self, ask: Ask, attempt: Attempt, now: datetime, *, rating: Rating | None = None
    ) -> Outcome:
        """Grade an attempt and append its review. rating: a script's, instead of evidence."""
        return self._record(ask, attempt, now, rating=rating)

    def _record(
        self,
        ask: Ask,
        attempt: Attempt,
        now: datetime,
        *,
        rating: Rating | None = None,
        instead: Review | None = None,
    ) -> Outcome:
        """Grade an attempt and keep it. instead: the review of it that was just taken back."""
        full = attempt._replace(marks=_marks(ask, attempt))
        verdict = grade(
            ask.question, full, self.study.plan.level, truth=ask.truth, returned=ask.returned
        )
        if rating is not None:
            verdict = verdict._replace(rating=rating)
        review = self._review(ask, full, verdict, now)
        known: list[str] | None = _ids(ask.earlier)
        if instead is not None:
            review, known = review._replace(at=instead.at, day=instead.day), None
        before = self._recall(ask.item)
        kept = self.store.add_review(review, names=self._names(ask), known=known)
        if kept:
            self._run.append(kept.id)
        self.study = Study(self.store, self.library, now)
        return Outcome(
            ask,
            full,
            verdict,
            kept,
            before=before,
            after=self._recall(ask.item),
            due=self.study.learner.due_day(ask.item, self.study.plan.retention),
            returns=verdict.rating is Rating.AGAIN and len(ask.before) < MOST_RETURNS,
            given=attempt,
        )

    def _names(self, ask: Ask) -> list[str]:
        """Return every key that reviews of a question may be written with."""
        known = ask.item.key in self.library.items  # else it was deleted while it was asked
        return self.library.names(ask.item.key) if known else [ask.item.key]

    def _review(self, ask: Ask, attempt: Attempt, verdict: Grade, now: datetime) -> Review:
        import platform
        from uuid import uuid4

        most = ask.question.minutes * 60 * MOST_TIME_BOXES
        return Review(
            id=str(uuid4()),
            item=ask.item.key,
            at=millis(now),
            day=study_day(now),
            rating=verdict.rating,
            seed=ask.seed,
            session=self._begin(now),
            device=platform.node(),
            seconds=None if attempt.seconds is None else round(min(attempt.seconds, most), 1),
            coverage=verdict.coverage,
            confidence=attempt.confidence,
            overruled=attempt.overruled,
            hints=attempt.hints,
            answer=attempt.answer,
            marks=attempt.marks,
            flags=attempt.flags,
        )

    def _recall(self, item: Item) -> float:
        plan = self.study.plan
        date = plan.date if plan.days_left(self.study.day) is not None else None
        return self.study.learner.expected_recall(item, date or self.study.day)

    def overrule(self, outcome: Outcome, word: str, now: datetime) -> Outcome:
        """Grade again what was "guessed", or what the candidate "knew"; both stay in the log."""
        if outcome.review is None:
            return outcome
        with self.store.changing():
            self.store.retract(outcome.review.id, millis(now))
            self._forget(outcome.review.id)
            self.study = Study(self.store, self.library, now)
            attempt = outcome.given._replace(overruled=word)
            return self._record(outcome.ask, attempt, now, instead=outcome.review)

    def later(self, ask: Ask, now: datetime) -> None:
        """Put a question off until later in this drill."""
        act = {"act": "later", "item": ask.item.key, "reviews": len(self.reviews())}
        Steps(self.store, self.library, self._rng).note(self._begin(now), act)

    def bury(self, item: str, now: datetime) -> None:
        """Set an item aside until tomorrow."""
        self._hold(item, study_day(now) + 1, now)

    def suspend(self, item: str, now: datetime) -> None:
        """Set an item aside until it is taken back."""
        self._hold(item, None, now)

    def _hold(self, item: str, until: int | None, now: datetime) -> None:
        session = self._begin(now)
        with self.store.changing():
            row = self.store.add_hold(item, until, millis(now), session)
            act = {"act": "hold", "item": item, "row": row}
            Steps(self.store, self.library, self._rng).note(session, act)
        self.study = Study(self.store, self.library, now)

    def undo(self, now: datetime) -> str | None:
        """Take the last step back with everything kept; return the item, None where there is none.

        The review of an answer becomes a draft again, which `next` then returns.
        """
        step = Steps(self.store, self.library, self._rng).back(now)
        self.study = Study(self.store, self.library, now)
        if step is None:
            return None
        item, review = step
        self._forget(review)
        self._undone.add(item)
        return item

    def _forget(self, review: str) -> None:
        if review in self._run:
            self._run.remove(review)

    def end(self, now: datetime) -> None:
        """Close the session."""
        if self.session is not None:
            self.store.end_session(self.session, millis(now))


def _marks(ask: Ask, attempt: Attempt) -> dict[str, bool]:
    """Return the marks to keep: with what was said the time before; without an idea all missed."""
    marks = attempt.marks
    if attempt.confidence == NO_IDEA:
        marks = {point.key: False for point in ask.points}
    return {**marks, **dict.fromkeys(ask.said, True)}


def _ids(reviews: Sequence[Review]) -> list[str]:
    return [review.id for review in reviews]


def _is_today(started: int, now: datetime) -> bool:
    """Return whether a session belongs to the day of a moment. started: UTC milliseconds."""
    from mlprep.core.days import moment

    return study_day(moment(started)) == study_day(now)
