"""How kind the candidate's own ticks are: an old answer, ticked again without them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mlprep.core.report import AuditFigures
from mlprep.core.rubric import Level, Point, coverage, expected_points

REST_DAYS = 3  # before an own answer is strange enough to be ticked again
ONE_IN = 10  # answers, at most, of which one is audited


class Ticked(NamedTuple):
    """One audit: the coverage by the old ticks, and by the new ones."""

    field: str
    then: float
    again: float


def ticked_again(
    field: str,
    rubric: Sequence[Point],
    level: Level,
    then: Mapping[str, bool],
    again: Mapping[str, bool],
) -> Ticked | None:
    """Return an audit over the expected points marked both times; None where there is none.

    Without a rubric, of a question that is gone, every point counts alike.
    """
    both = [key for key in then if key in again]
    points = [p for p in expected_points(rubric, level) if p.key in both]
    points = points or [Point(key, "") for key in both]
    if not points:
        return None
    old, new = (coverage(points, [k for k in both if marks[k]]) for marks in (then, again))
    return Ticked(field, old, new)


def audit_figures(audits: Iterable[Ticked]) -> list[AuditFigures]:
    """Return the means of each field, in the order of their first audits."""
    groups: dict[str, list[Ticked]] = {}
    for audit in audits:
        groups.setdefault(audit.field, []).append(audit)
    found = []
    for field, group in groups.items():
        then = sum(audit.then for audit in group) / len(group)
        again = sum(audit.again for audit in group) / len(group)
        found.append(AuditFigures(field, len(group), then, again, then - again))
    return found


def is_offered(before: int, after: int, audits: int) -> bool:
    """Return whether an audit is offered after a drill: at most once in ten answers.

    before, after: answers before the drill, and after it. audits: that were made.
    """
    return before // ONE_IN < after // ONE_IN and audits < after // ONE_IN
