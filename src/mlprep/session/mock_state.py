"""All that is known of one mock interview, as plain data."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mlprep.core.interview import Part
from mlprep.core.rubric import Level

RUNNING, ENDED, SCORED, ABANDONED = "running", "ended", "scored", "abandoned"
GIVEN = "given"  # to a friend, whose form is awaited


class MockState(NamedTuple):
    """All that is known of one interview."""

    session: str
    format: str
    title: str
    level: Level
    seed: int
    parts: tuple[Part, ...]
    stage: str = RUNNING
    position: int = 0
    aloud: bool = False
    time_scale: float = 1
    started: int = 0  # UTC milliseconds
    beat: int = 0  # of the last change
    card: Mapping[str, Any] | None = None  # as it was computed, for the history
    holder: str = ""  # changes with every terminal that goes on with it

    @property
    def case(self) -> str:
        """Return the design question of the interview, or the format where there is none."""
        first = next((part.item for part in self.parts if part.item.count("/") == 2), "")
        return first.rpartition("/")[0] or self.format

    def to_plain(self) -> dict[str, Any]:
        """Return the state as JSON can hold it."""
        return {
            **self._asdict(),
            "level": str(self.level),
            "parts": [part._asdict() for part in self.parts],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "MockState":
        """Build a state from what `to_plain` returned."""
        parts = tuple(Part.from_plain(part) for part in plain["parts"])
        return cls(**{**plain, "level": Level.of(plain["level"]), "parts": parts})
