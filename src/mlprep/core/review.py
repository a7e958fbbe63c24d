"""One graded attempt at one item, as it is kept."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mlprep.core.grading import NOTHING, Attempt
from mlprep.core.memory import Rating


class Review(NamedTuple):
    """A review; never changed, only taken back."""

    id: str
    item: str  # the key it was written with
    at: int  # UTC milliseconds
    day: int  # ordinal; turns at 04:00 local
    rating: Rating
    seed: int
    source: str = "drill"
    session: str | None = None
    device: str = ""
    seconds: float | None = None
    coverage: float | None = None
    confidence: int | None = None
    overruled: str = ""
    hints: int = 0
    answer: str = ""
    marks: Mapping[str, bool] = NOTHING  # by key of a point
    flags: frozenset[int] = frozenset()  # indices of red flags

    @property
    def attempt(self) -> Attempt:
        """Return the attempt as far as it is kept; picks and value are read from the answer."""
        return Attempt(
            answer=self.answer,
            confidence=self.confidence,
            seconds=self.seconds,
            hints=self.hints,
            marks=self.marks,
            flags=self.flags,
            overruled=self.overruled,
        )


class Draft(NamedTuple):
    """An answer that is being given: what a crash must not lose."""

    item: str
    at: int  # UTC milliseconds of the last change
    seed: int
    attempt: Attempt = Attempt()
    revealed: bool = False  # the answer was shown; the ticks are missing
    undone: bool = False  # a review that was taken back: it opens where it was

    @property
    def touched(self) -> bool:
        """Return whether there is anything in it to come back to."""
        return bool(self.attempt.answer.strip() or self.revealed or self.undone)

    def to_plain(self) -> dict[str, Any]:
        """Return all but item, moment and text, as JSON can hold it."""
        attempt = self.attempt
        return {
            "seed": self.seed,
            "revealed": self.revealed,
            "undone": self.undone,
            "seconds": attempt.seconds,
            "hints": attempt.hints,
            "confidence": attempt.confidence,
            "marks": dict(attempt.marks),
            "flags": sorted(attempt.flags),
        }

    @classmethod
    def from_plain(cls, item: str, at: int, text: str, plain: Mapping[str, Any]) -> "Draft":
        """Build a draft from what `to_plain` returned."""
        attempt = Attempt(
            answer=text,
            seconds=plain["seconds"],
            hints=plain["hints"],
            confidence=plain["confidence"],
            marks=plain["marks"],
            flags=frozenset(plain["flags"]),
        )
        return cls(item, at, plain["seed"], attempt, plain["revealed"], plain["undone"])
