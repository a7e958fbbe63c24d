"""The screens of `mlprep plan`: the plan, and which parameters memory is replayed under."""

from collections.abc import Sequence
from datetime import date

from mlprep.core.days import day_text
from mlprep.core.fitting import STORIES, lasts
from mlprep.core.memory import default_parameters
from mlprep.core.planner import HISTORY
from mlprep.core.text import count
from mlprep.session.memory_fit import MemoryReport
from mlprep.session.plan_report import PlanReport, Reach
from mlprep.session.settings import WEEKDAYS
from mlprep.session.study import Study
from mlprep.terminal.closing import span
from mlprep.terminal.lines import PROSE, Line, cut, sides, width, wrap
from mlprep.terminal.rows import command, labeled

WHAT_READINESS_SAYS = "Of 100 questions of your scope, weighted by importance, you answer well"
FEW = 3  # topics that stand on their own; the rest in one row, but for --all
LABEL = 24  # columns before a figure of readiness
NARROW = 70  # columns below which the names of what is left out do not fit
MOST_NAME = 20


def plan_lines(study: Study, report: PlanReport, most: int, *, everything: bool) -> list[Line]:
    """Return the screen of `mlprep plan`. everything: each topic in a row, its names in full."""
    most = min(most, PROSE)
    left = study.plan.days_left(study.day)
    lines = [*_head(study, report, most), *_remarks(study, report, most), []]
    if not study.scope:
        return [*lines, *_nothing(study, most)]
    lines += _readiness(study, report, left, most)
    if len(report.minutes) > 1:
        lines += [[], *_minutes(study, report, most)]
    lines += [[], *_topics(study, report, most, everything=everything), []]
    lines += _told(study, report, most)
    return lines + _commands(study, report, left, most, everything=everything)


def _head(study: Study, report: PlanReport, most: int) -> list[Line]:
    plan = study.plan
    off = "".join(f", {WEEKDAYS[d].title()}" for d in sorted(plan.days_off))[2:]
    how = f"{plan.level} · {_minutes_text(study)}" + (f", {off} off" if off else "")
    left = plan.days_left(study.day)
    if plan.date is None:
        return wrap([("", f" No interview date · {how}")], most, 2)
    when = day_text(plan.date, year=True)
    if left is None:
        return wrap([("", f" The interview was on {when} · {how}")], most, 2)
    title: Line = [("bold", f" {when}"), ("", f" · {how}")]
    return _both(title, _left(study, left), most)


def _both(left: Line, right: str, most: int) -> list[Line]:
    """Return what stands at the left and at the right, below each other where they do not fit."""
    if sum(width(text) for _, text in left) + width(right) + 2 <= most:
        return [sides(left, [("dim", right)], most)]
    return [*wrap(left, most, 2), [("dim", f" {right}")]]


def _minutes_text(study: Study) -> str:
    own = study.settings.get("week", {})
    usual = study.settings.get("minutes", 30)
    days = "".join(f", {day.title()} {minutes:g}" for day, minutes in own.items())
    return f"{usual:g} min{days}" if own else f"{usual:g} min a day"


def _left(study: Study, left: int) -> str:
    if not left:
        return "today: only what you have seen"
    minutes = study.minutes_left() or 0
    hours, rest = divmod(round(minutes), 60)
    text = f"{hours} h" if hours >= 10 else f"{hours} h {rest:02}" if hours else f"{rest} min"
    return f"{'1 day' if left == 1 else f'{left} days'}, {text} left"


def _remarks(study: Study, report: PlanReport, most: int) -> list[Line]:
    """Return further dates, weights, and how an interview went."""
    found = []
    if report.went:
        found.append(f"it went: {report.went}")
    if report.later:
        found.append("then " + ", ".join(day_text(day, year=True) for day in report.later))
    weights = ", ".join(f"{topic} {weight:g}" for topic, weight in study.plan.weights.items())
    found += [f"weights: {weights}"] if weights else []
    return [line for text in found for line in wrap([("dim", f" {text}")], most, 2)]


def _nothing(study: Study, most: int) -> list[Line]:
    level = str(study.plan.level)
    text = f" Nothing is in your scope: no question at level {level} that is not set aside."
    return [*wrap([("", text)], most, 2), [],
            command("mlprep plan --level principal", "takes in every level", most)]  # fmt: skip


def _readiness(study: Study, report: PlanReport, left: int | None, most: int) -> list[Line]:
    told = report.outlook
    if told.now is None:
        need = count(HISTORY - study.answers, "more answer")
        return [labeled("Readiness", [("dim", f"told after {need}")], most)]
    lines = wrap([("", f" {WHAT_READINESS_SAYS}")], most, 2)
    lines.append(_figure("today", told.now, "bold", "", most))
    if left and told.stopping is not None and told.forecast is not None:
        lines.append(_figure("on the day, stopping", told.stopping, "", "", most))
        right = span(told.forecast)
        right += " in 8 of 10 such plans" if most >= NARROW else ""
        lines.append(_figure("on the day, going on", told.forecast.mean, "bold", right, most))
    if report.came is not None:
        lines.append(_figure("on the day it was", report.came, "", "", most))
    return lines


def _figure(label: str, share: float, style: str, right: str, most: int) -> Line:
    line: Line = [("", f"   {label:<{LABEL - 3}}"), (style, f"{100 * share:2.0f}")]
    return [*line, ("dim", cut(f"     {right}", most - LABEL - 2))] if right else line


def _minutes(study: Study, report: PlanReport, most: int) -> list[Line]:
    usual = study.settings.get("minutes", 30)
    rows: list[Line] = [[("", f"   {'minutes a day':<{LABEL - 7}}")],
                        [("", f"   {'on the day':<{LABEL - 7}}")]]  # fmt: skip
    shown = report.minutes[: (most - LABEL + 4) // 6]
    for minutes, share in shown:
        style = "accent" if minutes == usual else ""
        rows[0].append((style, f"{minutes:>6g}"))
        rows[1].append((style, f"{100 * share:>6.0f}"))
    return rows


def _topics(study: Study, report: PlanReport, most: int, *, everything: bool) -> list[Line]:
    """Return what was seen, will be asked and is left out, by topic."""
    wide = most >= NARROW
    ahead = study.plan.days_left(study.day) is not None
    rows = list(report.topics)
    others: list[Reach] = []
    if not everything and len(rows) > FEW + 1:
        rows, others = rows[:FEW], rows[FEW:]
    cells = max(len("topic"), *(width(row.topic) for row in rows), width(_others(others)))
    cells = max(5, min(cells, MOST_NAME, most - 30))
    head = f"   {'topic':<{cells}}{'seen':>7}{'to come':>9}{'left out':>10}"
    if not ahead:
        head = f"   {'topic':<{cells}}{'seen':>7}{'unseen':>9}"
    lines: list[Line] = [[("dim", head + ("   first to be left out" if wide and ahead else ""))]]
    room = most - cells - 32 if wide and ahead else 0
    lines += [_row(row, row.topic, cells, room, ahead=ahead) for row in rows]
    if others:
        lines.append(_row(_sum(others), _others(others), cells, 0, ahead=ahead,
                          right="mlprep plan --all" if room else ""))  # fmt: skip
    hours = f"{report.hours:.0f} h to go through once" if wide else ""
    lines.append(_row(report.whole, f"all {report.whole.items}", cells, 0, ahead=ahead,
                      right=hours))  # fmt: skip
    return lines


def _others(rows: Sequence[Reach]) -> str:
    return f"{len(rows)} others" if rows else ""


def _sum(rows: Sequence[Reach]) -> Reach:
    left_out = tuple(item for row in rows for item in row.left_out)
    return Reach("", sum(r.items for r in rows), sum(r.seen for r in rows),
                 sum(r.coming for r in rows), left_out, 0)  # fmt: skip


def _row(row: Reach, name: str, cells: int, room: int, *, ahead: bool, right: str = "") -> Line:
    """Return one row. room: columns for the names of what is left out first."""
    line: Line = [("", f"   {cut(name, cells):<{cells}}{row.seen:>7}")]
    if not ahead:
        return [*line, ("", f"{row.items - row.seen:>9}"), ("dim", f"   {right}" if right else "")]
    line.append(("", f"{row.coming:>9}{len(row.left_out):>10}"))
    if room:
        names = list(dict.fromkeys(item.name.partition("/")[0] for item in row.left_out))
        right = cut(", ".join(names[:3]), room)
    return [*line, ("dim", f"   {right}")] if right else line


def _told(study: Study, report: PlanReport, most: int) -> list[Line]:
    """Return what the first and a later forecast said, beside what came or is told today."""
    if not report.told:
        return []
    told = report.told
    picked = [told[0], told[len(told) // 2]] if len(told) > 2 else [told[0]]
    said = ", ".join(f"{100 * f.mean:.0f} ({span(f)}) on {day_text(day).partition(' ')[2]}"
                     for day, f in picked)  # fmt: skip
    return [*wrap([("dim", f" The forecast was {said}")], most, 2), []]


def _commands(
    study: Study, report: PlanReport, left: int | None, most: int, *, everything: bool
) -> list[Line]:
    if left is None:
        example = date.fromordinal(study.day + 28).isoformat()
        lines = [command(f"mlprep plan --date {example}", "sets the day", most)]
        if study.plan.date is not None and report.went is None:
            lines.append(command("mlprep plan --went 'offer at staff'", "keeps how it went", most))
        return lines
    lines = []
    usual = study.settings.get("minutes", 30)
    for minutes, share in report.minutes:
        if minutes == usual + 10:
            what = f"{100 * share:.0f} on the day"
            lines.append(command(f"mlprep plan --minutes {minutes:g}", what, most))
    if everything or not left or not report.whole.left_out:
        lines.append(command("mlprep drill", "today's minutes" if left else "what you know", most))
    else:
        topic = max(report.topics, key=lambda row: len(row.left_out)).topic
        what = "what counts more for this interview"
        lines.append(command(f"mlprep plan --weight {topic}=2", what, most))
    return lines


def memory_lines(report: MemoryReport, most: int) -> list[Line]:
    """Return the screen of `mlprep plan --memory`."""
    most = min(most, PROSE)
    own, average = report.parameters, default_parameters()
    said = report.words or "memory of the average learner"
    lines: list[Line] = [*wrap([("bold", f" {said[:1].upper()}{said[1:]}")], most, 1), []]
    lines += [line for text in _reasons(report) for line in wrap([("", f" {text}")], most, 1)]
    cells = max(map(width, STORIES)) + 1
    you = "you" if report.words else ""
    head = f"   {'days until recall falls to 80 %':<{cells}}{you:>6}{'average':>9}"
    lines += [[], [("dim", head)]]
    for story, reviews in STORIES.items():
        shown = f"{lasts(reviews, own):>6.0f}" if you else " " * 6
        lines.append([("", f"   {story:<{cells}}"), ("bold", shown),
                      ("", f"{lasts(reviews, average):>9.0f}")])  # fmt: skip
    return [*lines, [], command("mlprep plan", "the plan, and how ready you will be", most)]


def _reasons(report: MemoryReport) -> list[str]:
    wait = f"The next fit is tried at {count(report.next_at, 'second review')}; there are"
    wait += f" {report.reviews} so far."
    if not report.tried:
        return ["Nothing is fitted yet.", wait]
    tried = f"At {report.tried} second reviews the FSRS library fitted memory to all but the"
    tried += f" latest {report.held_out}."
    loss = f"Log loss on these: {report.loss:.3f}, the average learner's {report.average:.3f}."
    if report.kept:
        return [f"{tried} {loss} It foretold them better, so it is in force.", wait]
    kept = "what was fitted before stays" if report.words else "the average learner's stays"
    return [f"{tried} {loss} It was no better: {kept} in force.", wait]
