"""The verdict on a mock interview. Its rules stand in docs/mock.md."""

from collections.abc import Sequence
from typing import NamedTuple

from mlprep.core.interview import Part
from mlprep.core.rubric import Level, Point, coverage, expected_points

SCORES = ((0.85, 4), (0.65, 3), (0.4, 2), (0.0, 1))  # least share of the points by weight
ANCHORS = {
    4: "strong: hardly a gap",
    3: "solid: some depth missing",
    2: "mixed: about half of it",
    1: "weak: most of it missing",
}
TIME_ANCHORS = {
    4: "in time, no part cut short",
    3: "hardly over, or cut short",
    2: "well over, or over and cut short",
    1: "far over",
}
HELD = 0.8  # share of the deciding points from which a level is held
TIME = "time"
TIME_SCORES = ((0.0, 4), (0.05, 3), (0.15, 2))  # at most this share over the time; else 1
SHORT = 0.5  # of a part's minutes: below it, with points missed, the part was cut short


class Scored(NamedTuple):
    """A part after its ticks, with what the scorecard counts."""

    part: Part
    dimension: str
    points: tuple[Point, ...]  # of its rubric, or one that stands for the whole answer
    hit: frozenset[str]

    def expected(self, level: Level) -> tuple[Point, ...]:
        """Return the points that an interview at this level expects; all where none is."""
        return expected_points(self.points, level)

    def share(self, level: Level) -> float:
        """Return the share of the weight of the expected points that was said, in [0, 1]."""
        return coverage(self.expected(level), self.hit)


class Row(NamedTuple):
    """One line of the scorecard."""

    dimension: str
    score: int  # 1 to 4
    share: float  # of the weight of the expected points, in [0, 1]
    hit: int
    points: int
    why: str = ""


class Scorecard(NamedTuple):
    """The verdict on an interview."""

    rows: tuple[Row, ...]
    verdict: str  # strong hire, hire, no hire, strong no hire
    level: Level  # that was aimed at
    supported: Level | None  # the highest whose deciding points are held; None: not even the lowest
    held: int  # deciding points of the level aimed at
    deciding: int
    missed: tuple[tuple[str, str], ...]  # (text, dimension) of deciding points missed
    extra: int  # points above the level that were said

    @property
    def weakest(self) -> Row | None:
        """Return the row with the lowest share, time apart."""
        rows = [row for row in self.rows if row.dimension != TIME]
        return min(rows, key=lambda row: (row.score, row.share), default=None)

    @property
    def headline(self) -> str:
        """Return the verdict in a sentence: `Hire at staff. Principal not yet: 4 of 6 …`."""
        said = self.verdict.capitalize()
        count = f"{self.held} of {self.deciding} deciding points"
        if not self.verdict.endswith("no hire") and self.supported is not None:
            said += f" at {self.supported}"
        if not self.deciding:
            return f"{said}."
        if self.supported is None or self.supported < self.level:
            return f"{said}. {str(self.level).capitalize()} not yet: {count}."
        return f"{said}. {count.capitalize()} held."


def scorecard(parts: Sequence[Scored], level: Level) -> Scorecard:
    """Return the scorecard of ticked parts at a level. Only scored parts count."""
    parts = [part for part in parts if part.part.scored]
    rows = [*_dimension_rows(parts, level), _time_row(parts, level)]
    expected = [
        (point, scored) for scored in parts for point in scored.expected(level) if point.decides
    ]
    held = sum(point.key in scored.hit for point, scored in expected)
    return Scorecard(
        rows=tuple(rows),
        verdict=_verdict(rows),
        level=level,
        supported=_supported(parts, level),
        held=held,
        deciding=len(expected),
        missed=tuple(
            (point.text, _where(point, scored))
            for point, scored in expected
            if point.key not in scored.hit
        ),
        extra=sum(
            point.key in scored.hit
            for scored in parts
            for point in scored.points
            if point not in scored.expected(level)
        ),
    )


def _where(point: Point, scored: Scored) -> str:
    return f"{scored.dimension}, {point.level}" if point.level else scored.dimension


def _dimension_rows(parts: Sequence[Scored], level: Level) -> list[Row]:
    groups: dict[str, list[Scored]] = {}
    for scored in parts:
        groups.setdefault(scored.dimension, []).append(scored)
    rows = []
    for dimension, group in groups.items():
        weight = gained = 0.0
        hit = count = 0
        for scored in group:
            expected = scored.expected(level)
            whole = sum(p.weight for p in expected)
            weight += whole
            gained += scored.share(level) * whole
            hit += sum(p.key in scored.hit for p in expected)
            count += len(expected)
        share = gained / weight if weight else 0.0
        score = _score(share)
        flagged = any(scored.part.flags for scored in group)
        why = "one less: a red flag was said" if flagged else ""
        rows.append(Row(dimension, max(1, score - flagged), share, hit, count, why))
    return rows


def _score(share: float) -> int:
    return next(score for least, score in SCORES if share >= least - 1e-9)


def _time_row(parts: Sequence[Scored], level: Level) -> Row:
    """Return the score of time management: over time in all, one less for a part cut short."""
    whole = 60 * sum(scored.part.minutes for scored in parts)
    spent = sum(scored.part.spent for scored in parts)
    over = max(0.0, spent - whole) / whole if whole else 0.0
    score = next((points for most, points in TIME_SCORES if over <= most + 1e-9), 1)
    short = [scored for scored in parts if _cut_short(scored, level)]
    late = [s for s in parts if s.part.spent > s.part.minutes * 60 * 1.25 + 30]
    if short:
        score = max(1, score - 1)
    notes = [
        f"{s.part.title} {(s.part.spent / 60 - s.part.minutes):.0f} min over" for s in late[:2]
    ]
    notes += [
        f"{s.part.title} {(s.part.minutes - s.part.spent / 60):.0f} min short" for s in short[:2]
    ]
    return Row(TIME, score, 1 - over, round(spent / 60), round(whole / 60), ", ".join(notes))


def _cut_short(scored: Scored, level: Level) -> bool:
    brief = scored.part.spent < SHORT * scored.part.minutes * 60
    return brief and scored.share(level) < SCORES[1][0] - 1e-9


def _verdict(rows: Sequence[Row]) -> str:
    """Return the recommendation: by the mean of all scores, and by the lowest."""
    if len(rows) < 2:
        return "no hire"
    mean = sum(row.score for row in rows) / len(rows)
    lowest = min(row.score for row in rows if row.dimension != TIME)
    if mean >= 3.5 and lowest >= 3:
        return "strong hire"
    if mean >= 2.75 and lowest >= 2:
        return "hire"
    return "no hire" if mean >= 2 else "strong no hire"


def _supported(parts: Sequence[Scored], aimed: Level) -> Level | None:
    """Return the highest level, up to the one aimed at, whose deciding points are held."""
    found = None
    for level in Level:
        deciding = [
            point.key in scored.hit
            for scored in parts
            for point in scored.expected(aimed)
            if point.decides and (level == aimed or point.level is None or point.level <= level)
        ]
        if level > aimed or (deciding and sum(deciding) < HELD * len(deciding) - 1e-9):
            break
        found = level
    return found
