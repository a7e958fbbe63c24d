"""The ticks of a finished mock, its scorecard, and the reviews that it puts into the schedule."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from mlprep.core.days import millis, study_day
from mlprep.core.grading import Attempt, grade
from mlprep.core.interview import Part
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS, Question
from mlprep.core.review import Review
from mlprep.core.rubric import Point
from mlprep.core.scorecard import Scorecard, Scored, scorecard
from mlprep.session.ask import Ask
from mlprep.session.mock import Mock
from mlprep.session.mock_state import SCORED
from mlprep.session.reading import UnreadableError, read_letters, read_value

ANSWER = "answer"  # key of the one point of a question without a rubric


class Scoring:
    """What is done with an interview after its last word."""

    def __init__(self, mock: Mock) -> None:
        self.mock = mock

    def waiting(self) -> list[int]:
        """Return the parts that are still to be ticked; those whose question is gone cannot be."""
        return [n for n, _ in self._asked() if not self.mock.state.parts[n].ticked]

    def _asked(self) -> list[tuple[int, Ask]]:
        scored = [n for n, part in enumerate(self.mock.state.parts) if part.item and part.scored]
        found = ((n, self.mock.find(n)) for n in scored)
        return [(n, ask) for n, ask in found if ask is not None]

    def measured(self, position: int) -> Attempt | None:
        """Return the attempt at a part that the program can judge, None where a person must."""
        state, ask = self.mock.state, self.mock.ask(position)
        text = state.parts[position].text.strip()
        kind = ask.question.kind
        if kind in JUDGED_KINDS or (kind == "recall" and text) or (state.aloud and not text):
            return None
        attempt = Attempt(answer=text, said=Rating.AGAIN)
        try:
            if kind in ("choice", "order") and text:
                attempt = attempt._replace(picks=ask.picks_of(read_letters(ask, _last(text))))
            elif kind == "estimate" and text:
                attempt = attempt._replace(value=read_value(_last(text), ask.question.unit)[0])
        except UnreadableError:
            pass  # what cannot be read is no answer
        return attempt

    def note(
        self, position: int, marks: Mapping[str, bool], flags: Collection[int], now: datetime
    ) -> None:
        """Keep the ticks that were made so far in a part."""
        part = self.mock.state.parts[position]
        part = part._replace(ticks=dict(marks), flags=tuple(sorted(flags)))
        self.mock.change(part, now, position)

    def tick(self, position: int, attempt: Attempt, now: datetime) -> None:
        """Keep all ticks of a part, or what the program judges of its answer."""
        part, ask = self.mock.state.parts[position], self.mock.ask(position)
        verdict = grade(ask.question, attempt, self.mock.state.level, truth=ask.truth)
        if ask.question.kind in JUDGED_KINDS:
            marks = {point.key: attempt.marks.get(point.key, False) for point in ask.points}
            part = part._replace(marks=marks, ticks=None, flags=tuple(sorted(attempt.flags)))
        self.mock.change(part._replace(rating=int(verdict.rating)), now, position)

    def judge(self, position: int, rating: Rating, now: datetime) -> None:
        """Keep how an answer without points went, as a person says."""
        part = self.mock.state.parts[position]._replace(rating=int(rating))
        self.mock.change(part, now, position)

    def card(self) -> Scorecard:
        """Return the scorecard of what is ticked so far."""
        parts = self.mock.state.parts
        scored = [_scored(parts[n], ask.question) for n, ask in self._asked()]
        return scorecard(scored, self.mock.state.level)

    def finish(self, now: datetime) -> Scorecard:
        """Keep the scorecard, and put every part into the drill schedule as a review."""
        mock, card = self.mock, self.card()
        if mock.state.stage == SCORED:
            return card
        with mock.store.changing():
            mock.keep(mock.state._replace(stage=SCORED, card=_plain_card(card)), now)
            for position, ask in self._asked():
                mock.store.add_review(self._review(mock.state.parts[position], ask, now))
        return card

    def _review(self, part: Part, ask: Ask, now: datetime) -> Review:
        import platform
        from uuid import uuid4

        marks = part.marks or {}
        attempt = Attempt(marks=marks, flags=frozenset(part.flags))
        judged = ask.question.kind in JUDGED_KINDS
        verdict = grade(ask.question, attempt, self.mock.state.level) if judged else None
        return Review(
            id=str(uuid4()),
            item=ask.item.key,
            at=millis(now),
            day=study_day(now),
            rating=verdict.rating if verdict else Rating(part.rating or Rating.AGAIN),
            seed=part.seed,
            source="mock",
            session=self.mock.state.session,
            device=platform.node(),
            seconds=round(min(part.spent, part.minutes * 180), 1),
            coverage=verdict.coverage if verdict else None,
            answer=part.text,
            marks=marks,
            flags=frozenset(part.flags),
        )


def _last(text: str) -> str:
    """Return the last line that was said to the question, not to the interviewer."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("?")]
    return lines[-1] if lines else ""


def _scored(part: Part, question: Question) -> Scored:
    if question.kind in JUDGED_KINDS:
        hit = frozenset(key for key, said in (part.marks or {}).items() if said)
        return Scored(part, question.dimension, question.rubric, hit)
    right = part.rating is not None and part.rating >= Rating.GOOD
    points = (Point(ANSWER, question.prompt),)
    return Scored(part, question.dimension, points, frozenset({ANSWER} if right else ()))


def _plain_card(card: Scorecard) -> dict[str, Any]:
    return {
        "verdict": card.verdict,
        "headline": card.headline,
        "supported": str(card.supported) if card.supported else None,
        "rows": {row.dimension: row.score for row in card.rows},
    }
