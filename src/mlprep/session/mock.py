"""The steps of a mock interview, without a terminal. All of its state is on disk at every beat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mlprep.core.days import millis, study_day
from mlprep.core.formats import Format
from mlprep.core.grading import Attempt, grade
from mlprep.core.interview import (
    Part,
    Scorecard,
    Scored,
    next_follow_up,
    questions_in,
    reply,
    scorecard,
)
from mlprep.core.library import Library
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS
from mlprep.core.review import Review
from mlprep.core.rubric import Level, Point, earned
from mlprep.errors import MlprepError
from mlprep.session.ask import Ask, draw_ask
from mlprep.session.mock_draw import draw_parts
from mlprep.session.mock_state import ABANDONED, ENDED, GIVEN, RUNNING, SCORED, MockState
from mlprep.session.reading import UnreadableError, read_letters, read_value
from mlprep.session.study import Study
from mlprep.storage.store import Store

KEPT_OPEN_MS = 24 * 3600 * 1000  # without an answer for so long, a mock is closed as abandoned
LEAST_FOR_FOLLOW_UP = 0.15  # of a part's time must be left for one
ANSWER = "answer"  # key of the one point of a question without a rubric


class Mock:
    """One interview, from its first prompt to its scorecard."""

    def __init__(self, store: Store, library: Library, state: MockState) -> None:
        self.store = store
        self.library = library
        self.state = state

    # The interview

    @property
    def part(self) -> Part:
        """Return the part that is running."""
        return self.state.parts[self.state.position]

    def ask(self, position: int | None = None) -> Ask:
        """Return the question of a part as it was drawn. Raises MlprepError where it is gone."""
        part = self.state.parts[self.state.position if position is None else position]
        item = self.library.items.get(self.library.current(part.item))
        if item is None:
            raise MlprepError(f"question '{part.item}' is in no bank any more;"
                              " mlprep mock --show tells what was said")  # fmt: skip
        question = self.library.question(item.key)
        return draw_ask(item, question, seed=part.seed, level=self.state.level)

    @property
    def left(self) -> float:
        """Return the seconds left of the running part."""
        return self.part.minutes * 60 - self.part.spent

    @property
    def left_in_all(self) -> float:
        """Return the seconds left of the whole interview."""
        return sum(part.minutes * 60 - part.spent for part in self.state.parts)

    def write(self, text: str, seconds: float, now: datetime) -> None:
        """Keep what is typed and how long it took; the facts that it asked for count as told."""
        part = self.part
        told = set(part.told)
        if part.item:
            facts = self.facts()
            found = (reply(facts, question) for question in questions_in(text))
            told |= {index for index in found if index is not None}
        self._change(
            part._replace(
                answers=(*part.answers[:-1], text),
                told=tuple(sorted(told)),
                spent=round(part.spent + seconds, 2),
            ),
            now,
        )

    def facts(self) -> Sequence[Any]:
        """Return the facts of the case that is running."""
        case = self.ask().question.case
        return case.facts if case else ()

    def pause(self, seconds: float, now: datetime) -> None:
        """Record a pause."""
        self._change(self.part._replace(paused=round(self.part.paused + seconds, 2)), now)

    def advance(self, now: datetime) -> str:
        """Go on: `follow-up` was asked, `part` begins, or it is the `end`."""
        part = self.part
        follow_up = self._follow_up() if part.item else None
        if follow_up is not None:
            self._change(
                part._replace(
                    follow_ups=(*part.follow_ups, follow_up), answers=(*part.answers, "")
                ),
                now,
            )
            return "follow-up"
        if self.state.position + 1 < len(self.state.parts):
            self.keep(self.state._replace(position=self.state.position + 1), now)
            return "part"
        self.end(now)
        return "end"

    def _follow_up(self) -> int | None:
        part = self.part
        if part.follow_ups or self.left < LEAST_FOR_FOLLOW_UP * part.minutes * 60:
            return None
        question = self.ask().question
        missing = [p.key for p in question.rubric if not earned(p, part.text)]
        return next_follow_up(question.follow_ups, part.follow_ups, missing)

    def end(self, now: datetime) -> None:
        """Close the interview; its points can be ticked now or later."""
        self.keep(self.state._replace(stage=ENDED), now)
        self.store.end_session(self.state.session, millis(now))

    # The scorecard

    def waiting(self) -> list[int]:
        """Return the parts that are still to be ticked."""
        return [n for n, part in enumerate(self.state.parts) if part.scored and not part.ticked]

    def tick(self, position: int, attempt: Attempt, now: datetime) -> None:
        """Keep the ticks of a part, or how its recall went."""
        part = self.state.parts[position]
        ask = self.ask(position)
        verdict = grade(ask.question, attempt, self.state.level, truth=ask.truth)
        if ask.question.kind in JUDGED_KINDS:
            marks = {point.key: attempt.marks.get(point.key, False) for point in ask.points}
            part = part._replace(marks=marks, flags=tuple(sorted(attempt.flags)))
        self._change(part._replace(rating=int(verdict.rating)), now, position)

    def measured(self, position: int) -> Attempt | None:
        """Return the attempt at a part that the program can judge, None where a person must."""
        ask, text = self.ask(position), self.state.parts[position].text.strip()
        kind = ask.question.kind
        if kind in JUDGED_KINDS or (kind == "recall" and text):
            return None
        attempt = Attempt(answer=text, said=Rating.AGAIN)
        last = text.splitlines()[-1] if text else ""
        try:
            if kind in ("choice", "order") and text:
                letters = read_letters(ask, last)
                attempt = attempt._replace(picks=ask.picks_of(letters))
            elif kind == "estimate" and text:
                attempt = attempt._replace(value=read_value(last, ask.question.unit)[0])
        except UnreadableError:
            pass  # what cannot be read is no answer
        return attempt

    def scored(self) -> list[Scored]:
        """Return the parts with their points, as the scorecard counts them."""
        found = []
        for position, part in enumerate(self.state.parts):
            if not part.item or not part.scored:
                continue
            question = self.ask(position).question
            if question.kind in JUDGED_KINDS:
                hit = frozenset(key for key, said in (part.marks or {}).items() if said)
                found.append(Scored(part, question.dimension, question.rubric, hit))
            else:
                right = part.rating is not None and part.rating >= Rating.GOOD
                point = Point(ANSWER, question.prompt)
                found.append(
                    Scored(part, question.dimension, (point,),
                           frozenset({ANSWER} if right else ()))
                )  # fmt: skip
        return found

    def card(self) -> Scorecard:
        """Return the scorecard of what is ticked so far."""
        return scorecard(self.scored(), self.state.level)

    def take(self, position: int, part: Part, now: datetime) -> None:
        """Keep a part as a friend has recorded it."""
        self._change(part, now, position)

    def finish(self, now: datetime) -> Scorecard:
        """Keep the scorecard, and put every part into the drill schedule as a review."""
        card = self.card()
        if self.state.stage == SCORED:
            return card
        with self.store.changing():
            for position, part in enumerate(self.state.parts):
                if part.item and part.scored:
                    self.store.add_review(self._review(position, part, now))
            self.keep(self.state._replace(stage=SCORED, card=_plain_card(card)), now)
        return card

    def _review(self, position: int, part: Part, now: datetime) -> Review:
        import platform
        from uuid import uuid4

        ask = self.ask(position)
        marks = part.marks or {}
        attempt = Attempt(marks=marks, flags=frozenset(part.flags))
        judged = ask.question.kind in JUDGED_KINDS
        verdict = grade(ask.question, attempt, self.state.level) if judged else None
        return Review(
            id=str(uuid4()),
            item=ask.item.key,
            at=millis(now),
            day=study_day(now),
            rating=verdict.rating if verdict else Rating(part.rating or Rating.AGAIN),
            seed=part.seed,
            source="mock",
            session=self.state.session,
            device=platform.node(),
            seconds=round(min(part.spent, part.minutes * 180), 1),
            coverage=verdict.coverage if verdict else None,
            answer=part.text,
            marks=marks,
            flags=frozenset(part.flags),
        )

    # Keeping

    def _change(self, part: Part, now: datetime, position: int | None = None) -> None:
        at = self.state.position if position is None else position
        parts = (*self.state.parts[:at], part, *self.state.parts[at + 1 :])
        self.keep(self.state._replace(parts=parts), now)

    def keep(self, state: MockState, now: datetime) -> None:
        """Put a state on disk."""
        self.state = state._replace(beat=millis(now))
        self.store.keep_session_state(self.state.session, self.state.to_plain())


def _plain_card(card: Scorecard) -> dict[str, Any]:
    return {
        "verdict": card.verdict,
        "headline": card.headline,
        "supported": str(card.supported) if card.supported else None,
        "rows": {row.dimension: row.score for row in card.rows},
    }


# Beginning and going on


def start_mock(
    study: Study,
    script: Format,
    level: Level,
    now: datetime,
    *,
    seed: int,
    question: str = "",
    aloud: bool = False,
    time_scale: float = 1,
    with_friend: bool = False,
) -> Mock:
    """Draw an interview and begin it.

    question: of the first section, instead of a draw. with_friend: who will give it; it waits for
    the filled form.
    """
    from uuid import uuid4

    parts = draw_parts(study, script, level, seed, question)
    session = str(uuid4())
    state = MockState(
        session, script.id, script.title, level, seed, tuple(parts), aloud=aloud,
        time_scale=time_scale, started=millis(now),
        stage=GIVEN if with_friend else RUNNING,
    )  # fmt: skip
    mock = Mock(study.store, study.library, state)
    with study.store.changing():
        study.store.start_session(session, "mock", millis(now), script.id)
        mock.keep(state, now)
    return mock


def mocks(store: Store, library: Library) -> list[Mock]:
    """Return every mock that was begun, the first one first."""
    return [
        Mock(store, library, MockState.from_plain(state))
        for _, state in store.session_states("mock")
        if state.get("parts")
    ]


def open_mock(store: Store, library: Library, now: datetime) -> Mock | None:
    """Return the mock that was broken off, if it is not too old; an older one is closed."""
    for mock in reversed(mocks(store, library)):
        if mock.state.stage != RUNNING:
            continue
        if millis(now) - mock.state.beat <= KEPT_OPEN_MS:
            return mock
        mock.keep(mock.state._replace(stage=ABANDONED), now)
        store.end_session(mock.state.session, millis(now))
    return None


def before(mock: Mock, others: Sequence[Mock]) -> Mock | None:
    """Return the scored mock of the same case that came before."""
    earlier = [
        other
        for other in others
        if other.state.stage == SCORED
        and other.state.case == mock.state.case
        and other.state.started < mock.state.started
    ]
    return earlier[-1] if earlier else None
