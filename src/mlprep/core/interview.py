"""A mock interview as plain data: its parts, its clock, the interviewer, the scorecard.

The rules of the scorecard stand in docs/mock.md; each number says how it came about.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mlprep.core.question import Fact, FollowUp
from mlprep.core.rubric import Level, Point, coverage

NO_FACT = "Your call. Say what you assume."
SCORES = ((0.85, 4), (0.65, 3), (0.4, 2), (0.0, 1))  # least share of the points by weight
ANCHORS = {
    4: "strong: hardly anything was missing",
    3: "solid: the main points, some depth missing",
    2: "mixed: half of it, gaps in what decides",
    1: "weak: most of it was missing",
}
TIME_ANCHORS = {
    4: "in time, no part cut short",
    3: "hardly over time, or one part cut short",
    2: "well over time, or parts cut short",
    1: "far over time",
}
HELD = 0.8  # share of the deciding points from which a level is held
TIME = "time"
TIME_SCORES = ((0.0, 4), (0.05, 3), (0.15, 2))  # at most this share over the time; else 1
SHORT = 0.5  # of a part's minutes: below it, with points missed, the part was cut short


class Part(NamedTuple):
    """One question of an interview, one phase of a case, or a break; with what was said."""

    item: str  # empty: a break
    title: str
    minutes: float
    seed: int = 0
    scored: bool = True
    answers: tuple[str, ...] = ("",)  # to the prompt, then to each follow-up
    follow_ups: tuple[int, ...] = ()  # indices of those that were asked
    told: tuple[int, ...] = ()  # indices of the facts that were told
    spent: float = 0  # seconds
    paused: float = 0  # seconds
    marks: Mapping[str, bool] | None = None  # by key of a point; None: not ticked yet
    flags: tuple[int, ...] = ()  # red flags that were said
    rating: int | None = None  # of a question that is not judged by points

    @property
    def text(self) -> str:
        """Return everything that was said."""
        return "\n".join(answer for answer in self.answers if answer.strip())

    @property
    def ticked(self) -> bool:
        """Return whether its score is known."""
        return not self.item or self.marks is not None or self.rating is not None

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Part":
        """Build a part from its `_asdict()` after a way through JSON."""
        lists = ("answers", "follow_ups", "told", "flags")
        return cls(**{**plain, **{key: tuple(plain[key]) for key in lists}})


class Scored(NamedTuple):
    """A part after its ticks, with what the scorecard counts."""

    part: Part
    dimension: str
    points: tuple[Point, ...]  # of its rubric, or one that stands for the whole answer
    hit: frozenset[str]


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
        if self.supported is None or self.supported < self.level:
            return f"{said}. {str(self.level).capitalize()} not yet: {count}."
        return f"{said}. {count.capitalize()} held."


# The clock


def signal(left: float, whole: float) -> str:
    """Return the word beside the clock, from the seconds that are left of a whole."""
    if left < 0:
        over = int(-left)
        return f"over by {over // 60}:{over % 60:02d}"
    for seconds, word in ((60, "1 minute left"), (300, "5 minutes left")):
        if left <= seconds < whole:
            return word
    return "half time" if left <= whole / 2 and left > whole / 2 - 60 else ""


# The interviewer


def questions_in(text: str) -> list[str]:
    """Return the finished lines of an answer that ask the interviewer something."""
    return [line[1:].strip() for line in text.split("\n")[:-1] if line.startswith("?")]


def reply(facts: Sequence[Fact], question: str) -> int | None:
    """Return the index of the fact that a candidate's question asks for, by its words."""
    words = set(_words(question))
    best, most = None, 0
    for index, fact in enumerate(facts):
        about = [set(_words(text)) for text in fact.about]
        found = sum(len(entry) for entry in about if entry and entry <= words)
        if found > most:
            best, most = index, found
    return best


def _words(text: str) -> list[str]:
    """Return the words of a text without their endings, so that `costs` asks for `cost`."""
    return [re.sub(r"(?<=\w{3})(ies|es|s)\Z", "", w) for w in re.findall(r"\w+", text.lower())]


def next_follow_up(
    follow_ups: Sequence[FollowUp], asked: Iterable[int], missing: Iterable[str]
) -> int | None:
    """Return the follow-up to ask next: first those that dig for what the answer has not covered.

    missing: ids of points that the answer has not covered.
    """
    left = [n for n in range(len(follow_ups)) if n not in set(asked)]
    gaps = set(missing)
    digs = [n for n in left if follow_ups[n].when in gaps]
    free = [n for n in left if not follow_ups[n].when]
    return next(iter(digs or free), None)


# The scorecard


def scorecard(parts: Sequence[Scored], level: Level) -> Scorecard:
    """Return the scorecard of ticked parts at a level. Only scored parts count."""
    parts = [part for part in parts if part.part.scored]
    rows = [*_dimension_rows(parts, level), _time_row(parts, level)]
    expected = [
        (point, scored)
        for scored in parts
        for point in scored.points
        if point.decides and (point.level is None or point.level <= level)
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
            point.level is not None and point.level > level and point.key in scored.hit
            for scored in parts
            for point in scored.points
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
            expected = [p for p in scored.points if p.level is None or p.level <= level]
            weight += sum(p.weight for p in expected)
            gained += coverage(expected, scored.hit) * sum(p.weight for p in expected)
            hit += sum(p.key in scored.hit for p in expected)
            count += len(expected)
        share = gained / weight if weight else 0.0
        rows.append(Row(dimension, _score(share), share, hit, count))
    return rows


def _score(share: float) -> int:
    return next(score for least, score in SCORES if share >= least - 1e-9)


def _time_row(parts: Sequence[Scored], level: Level) -> Row:
    """Return the score of time management: over time in all, one less for a part cut short."""
    whole = sum(scored.part.minutes for scored in parts) * 60
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


def _off(part: Part) -> float:
    """Return by how many minutes a part was longer than planned."""
    return part.spent / 60 - part.minutes


def _cut_short(scored: Scored, level: Level) -> bool:
    expected = [p for p in scored.points if p.level is None or p.level <= level]
    brief = scored.part.spent < SHORT * scored.part.minutes * 60
    return brief and coverage(expected, scored.hit) < SCORES[1][0]


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
            for point in scored.points
            if point.decides and (point.level is None or point.level <= level)
        ]
        if level > aimed or (deciding and sum(deciding) < HELD * len(deciding) - 1e-9):
            break
        found = level
    return found
