"""Screens of commands that print and leave: weak areas, plan, banks, history."""

from collections.abc import Sequence
from datetime import date

from mlprep.core.days import day_text, in_days
from mlprep.core.text import count
from mlprep.session.reports import FieldRow
from mlprep.session.study import Study
from mlprep.terminal.closing import command, labeled
from mlprep.terminal.lines import Line, cut, sides, width
from mlprep.terminal.parts import percent

BAR_CELLS = 14
WIDE = 70  # columns from which a table shows its bars
WHAT_READINESS_SAYS = "Of 100 questions of your scope, weighted by importance, you answer well"
NEEDS_ANSWERS = 10  # a figure that rests on fewer is dim


def bar(share: float, cells: int = BAR_CELLS) -> Line:
    """Return a share as a bar."""
    full = round(share * cells)
    return [("accent", "━" * full), ("dim", "─" * (cells - full))]


def stats_lines(
    rows: Sequence[FieldRow], study: Study, day: int, most: int, *, topic: str
) -> list[Line]:
    """Return the screen of `mlprep stats`."""
    most = min(most, 90)
    ahead = day != study.day
    when = f"on {day_text(day).partition(' ')[2]}" if ahead else "today"
    lines = _costliest(study, when, most)
    name_cells = max([5, *(width(row.topic) for row in rows)])
    name_cells = min(name_cells, most - (54 if most >= WIDE else 22))
    lines.append([("dim", _head(name_cells, when, wide=most >= WIDE))])
    lines += [_row(row, name_cells, most) for row in rows]
    lines.append([])
    if study.answers < 20:
        need = count(20 - study.answers, "more answer")
        lines.append([("dim", f" Readiness is told after {need}; until then these are priors.")])
    if not topic and rows:
        weakest = max(rows, key=lambda row: row.cost)
        lines.append(command(f"mlprep stats {weakest.topic}", "one field, by topic", most))
    else:
        lines.append(command("mlprep stats", "all fields", most))
    return lines


def _costliest(study: Study, when: str, most: int) -> list[Line]:
    """Return the three topics that cost most readiness, and the command that mends them."""
    title = f" Costs most {when}"
    lines: list[Line] = [sides([("", title)], [("dim", day_text(study.day))], most)]
    name_cells = min(36, most - (24 if most >= WIDE else 14))
    for row in study.weakest():
        name = f"{cut(row.topic, name_cells):<{name_cells}}"
        left: Line = [("", f" {name}"), ("bold", f"{percent(row.recall):>6}")]
        seen = f"{row.seen} of {row.items} seen   " if most >= WIDE else ""
        seen += f"-{row.cost:.1f}"
        lines.append(sides(left, [("dim", seen)], most))
    minutes = f"{study.plan.minutes:g} min on these three"
    return [*lines, command("mlprep drill --weak", minutes, most), []]


def _head(name_cells: int, when: str, *, wide: bool) -> str:
    if not wide:
        return f" {'topic':<{name_cells}}  {'seen':>9} {'recall':>7}"
    return f" {'topic':<{name_cells}}  {'seen':>9}  {'recalled':>8}   {when:<20}  {'points':>6}"


def _row(row: FieldRow, name_cells: int, most: int) -> Line:
    few = "dim" if row.reviews < NEEDS_ANSWERS else ""
    name = f" {cut(row.topic, name_cells):<{name_cells}}"
    seen = f"  {row.seen:>3} /{row.items:>4}"
    if most < WIDE:
        return [("", f"{name}{seen}"), ("bold", f" {percent(row.recall):>7}")]
    recalled = "-" if row.recalled is None else percent(row.recalled)
    said = "-" if row.points_said is None else percent(row.points_said)
    return [
        ("", f"{name}{seen}"),
        (few, f"  {recalled:>8}   "),
        *bar(row.recall),
        ("bold", f" {percent(row.recall):>5}"),
        (few, f"  {said:>6}"),
    ]


def plan_lines(study: Study, most: int) -> list[Line]:
    """Return the screen of `mlprep plan`."""
    most = min(most, 90)
    plan, day = study.plan, study.day
    left = plan.days_left(day)
    off = ", ".join(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[d] for d in
                    sorted(plan.days_off))  # fmt: skip
    how = f"{plan.level} · {plan.minutes:g} min a day" + (f", {off} off" if off else "")
    lines: list[Line] = []
    if plan.date is None:
        lines.append([("", f" No interview date · {how}")])
    elif left is None:
        lines.append([("", f" The interview was on {day_text(plan.date, year=True)} · {how}")])
    else:
        title = f" {day_text(plan.date, year=True)} · {how}"
        lines.append(sides([("", title)], [("dim", _left(study, left))], most))
    hours = sum(item.minutes for item in study.scope) / 60
    seen = sum(item.key in study.learner.memories for item in study.scope)
    scope = f"{count(len(study.scope), 'question')}, {hours:.0f} hours to go through once"
    lines += [[], labeled("Scope", [("", scope)], most, f"{seen} seen")]
    lines += _plan_readiness(study, left, most)
    for topic, weight in plan.weights.items():
        lines.append(labeled("Weight", [("", f"{topic} {weight:g}")], most))
    lines.append([])
    if left is None:
        example = date.fromordinal(day + 28).isoformat()
        lines.append(command(f"mlprep plan --date {example}", "set the day", most))
    else:
        lines.append(command("mlprep drill", "today's minutes", most))
    change = f"mlprep plan --minutes {plan.minutes + 10:g}"
    lines.append(command(change, "ten minutes more a day", most))
    return lines


def _left(study: Study, left: int) -> str:
    minutes = study.minutes_left() or 0
    hours = f"{minutes / 60:.0f} h" if minutes >= 600 else f"{minutes:.0f} min"
    return f"{in_days(left)}, {hours} left" if left else "today"


def _plan_readiness(study: Study, left: int | None, most: int) -> list[Line]:
    now = study.readiness()
    if now is None:
        need = count(20 - study.answers, "more answer")
        return [labeled("Readiness", [("dim", f"told after {need}")], most)]
    lines: list[Line] = [
        [],
        [("", f" {WHAT_READINESS_SAYS}")],
        labeled("  today", [("bold", f"{100 * now:.0f}")], most),
    ]
    if left and study.plan.date:
        then = study.readiness(study.plan.date) or 0
        lines.append(labeled("  that day", [("", f"{100 * then:.0f}")], most,
                             "if nothing more is studied"))  # fmt: skip
    return lines
