"""The checkable claims of a good answer, and how much of them an answer hit."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple


class Level(IntEnum):
    """Who is expected to answer."""

    SENIOR = 1
    STAFF = 2
    PRINCIPAL = 3

    @classmethod
    def of(cls, word: str) -> "Level":
        """Return the level that a bank or a setting names."""
        return cls[word.upper()]

    def __str__(self) -> str:
        return self.name.lower()


class Point(NamedTuple):
    """One claim that a listener can tick. key: its id, else a digest of its text."""

    key: str
    text: str
    cues: tuple[str, ...] = ()
    weight: float = 1
    level: Level | None = None  # expected from this level on; without it always

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Point":
        """Build a point from checked bank data."""
        text = mapping["point"]
        level = mapping.get("level")
        return cls(
            key=mapping.get("key") or point_key(mapping),
            text=text,
            cues=tuple(mapping.get("cues", ())),
            weight=mapping.get("weight", 1),
            level=Level.of(level) if level else None,
        )

    @property
    def decides(self) -> bool:
        """Return whether an answer fails without it."""
        return self.weight >= 2


def point_key(mapping: Mapping[str, Any]) -> str:
    """Return what a point's history hangs on: its id, or else a digest of its text."""
    if mapping.get("id"):
        return str(mapping["id"])
    from hashlib import sha256

    return "~" + sha256(" ".join(mapping["point"].split()).encode()).hexdigest()[:12]


def expected_points(rubric: Sequence[Point], level: Level) -> tuple[Point, ...]:
    """Return the points that an answer at this level must make; all where none is."""
    return tuple(p for p in rubric if p.level is None or p.level <= level) or tuple(rubric)


def coverage(points: Iterable[Point], hit: Collection[str]) -> float:
    """Return the share of the weight of points that was hit, in [0, 1]. hit: keys of points."""
    points = tuple(points)
    whole = sum(p.weight for p in points)
    return sum(p.weight for p in points if p.key in hit) / whole if whole else 0.0


def earned(point: Point, answer: str) -> tuple[str, ...]:
    """Return the words of a typed answer that earn a point: what its cues match, in order."""
    cues = [cue for cue in point.cues if cue.strip("- ")]
    found = [match for cue in cues for match in _cue_pattern(cue).finditer(answer)]
    words: dict[str, str] = {}
    for match in sorted(found, key=lambda m: m.start()):
        words.setdefault(match[0].casefold(), match[0])
    return tuple(words.values())


def _cue_pattern(cue: str) -> re.Pattern[str]:
    """Return what a cue matches: the start of a word; short ones and capitals a whole word.

    A space or hyphen matches either, or none: `5 %` is `5%`, `all-gather` is `allgather`. Only
    capitals are taken by their case.
    """
    body = r"[\s-]*".join(re.escape(part) for part in re.split(r"[\s-]+", cue.strip()))
    start = r"(?<!\w)" if cue[:1].isalnum() else ""
    whole = len(cue) <= 3 or cue.isupper()
    end = (r"(?!\w)" if cue[-1:].isalnum() else "") if whole else r"\w*"
    return re.compile(start + body + end, 0 if cue.isupper() else re.IGNORECASE)
