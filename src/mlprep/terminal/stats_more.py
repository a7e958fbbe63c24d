"""The screens behind `mlprep stats`: what was done and is coming, and whether to believe it."""

from datetime import date

from mlprep.core.activity import WEEKS
from mlprep.core.days import day_text
from mlprep.core.grading import CONFIDENCE_WORDS
from mlprep.core.report import Confidence, Report
from mlprep.core.text import count
from mlprep.terminal.charts import HEAT, columns_chart, heat_sign, scale
from mlprep.terminal.lines import PROSE, Line, cut, sides, width, wrap
from mlprep.terminal.rows import command, percent
from mlprep.terminal.stats_screen import duration, times, verdict_words
from mlprep.terminal.stats_table import NORMAL

WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
LOAD_ROWS = 4
MOST_FIELDS, MOST_WRONG = 2, 2  # rows; a higher terminal has more of both
MOST_TICKS = 3  # fields
ROWS = 24
FEW = 10  # answers below which a share is dim


def activity_lines(report: Report, most: int) -> list[Line]:
    """Return the heat map of 26 weeks, and what is due in the next 30 days."""
    most = min(most, PROSE)
    cells = 2 if most >= NORMAL else 1
    lines: list[Line] = [
        sides([("", f" Minutes a day, {WEEKS} weeks")], [("dim", day_text(report.day))], most)
    ]
    lines += _heat_map(report, cells)
    lines.append(_activity_sum(report, most))
    lines += [[], *_load_lines(report, cells, most)]
    lines += [[], command("mlprep plan", "what the minutes buy", most)]
    return lines


def _first_day(report: Report) -> int:
    """Return the Monday on which the heat map begins. Ordinal 1 was a Monday."""
    monday = report.day - (report.day - 1) % 7
    return monday - 7 * (WEEKS - 1)


def _heat_map(report: Report, cells: int) -> list[Line]:
    first = _first_day(report)
    minutes = {row.day: row.minutes for row in report.days if row.day >= first}
    most = max(minutes.values(), default=0)
    lines: list[Line] = [[("dim", " " * 6 + _months(first, WEEKS, cells))]]
    for weekday, name in enumerate(WEEKDAYS):
        row = ""
        for week in range(WEEKS):
            day = first + 7 * week + weekday
            sign = " " if day > report.day else heat_sign(minutes.get(day, 0), most)
            row += sign + " " * (cells - 1)
        lines.append([("dim", f" {name:<5}"), ("accent", row.rstrip())])
    quarters = " ".join(HEAT[1:])
    legend = f" {HEAT[0]} none   {quarters}  up to {most:.0f} min"
    lines.append([("dim", f"     {legend}" if most else f"     {legend.partition('   ')[0]}")])
    return lines


def _months(first: int, weeks: int, cells: int) -> str:
    """Return the names of months over the weeks in which they begin."""
    line = ""
    for week in range(weeks):
        when = date.fromordinal(first + 7 * week)
        begins = when.day <= 7
        if begins and len(line) <= week * cells:
            line = line.ljust(week * cells) + day_text(when.toordinal()).rpartition(" ")[2] + " "
    return line.rstrip()


def _activity_sum(report: Report, most: int) -> Line:
    first = _first_day(report)
    days = [row for row in report.days if row.day >= first]
    answers = count(sum(row.answers for row in days), "answer")
    text = f" {answers} on {count(len(days), 'day')}"
    return sides([("", text)], [("dim", duration(sum(row.minutes for row in days)))], most)


def _load_lines(report: Report, cells: int, most: int) -> list[Line]:
    """Return a column for each of the next days, due items in each."""
    load = report.load
    later = load[1:]  # what is due today is a plan's business, no backlog to look at
    total = sum(row.items for row in later)
    if not total:
        return [[("", " Nothing is due in the next 30 days.")]]
    title = " Due in the next 30 days, if nothing more is studied"
    if width(title) > most:
        title = " Due in the next 30 days"
    minutes = duration(sum(row.minutes for row in later))
    lines: list[Line] = [sides([("", title)], [("dim", f"{total:,} in {minutes}")], most)]
    chart = columns_chart([row.items for row in later], LOAD_ROWS, cells)
    highest = max(row.items for row in later)
    for number, row in enumerate(chart):
        label = f"{highest:>5}" if number == 0 and highest else " " * 5
        lines.append([("dim", f"{label} "), ("accent", row.rstrip())])
    axis = ""
    for number, ahead in enumerate(later):
        if (ahead.day - 1) % 7 == 0 and len(axis) <= number * cells:
            axis = axis.ljust(number * cells) + day_text(ahead.day).partition(" ")[2] + " "
    return [*lines, [("dim", " " * 6 + axis.rstrip())]]


# Whether to believe it


def calibration_lines(report: Report, most: int, rows: int = ROWS) -> list[Line]:
    """Return what was said and what came, confidence and outcome, and what was overruled."""
    most = min(most, PROSE)
    more = max(0, rows - ROWS) // 2
    lines = _bins(report, most)
    if not report.calibration.answers:
        return lines
    if report.confidence:
        lines += [[], *_confidence(report, most, MOST_FIELDS + more)]
    if report.sure_and_wrong:
        lines += [[], *_wrong(report, most, MOST_WRONG + more)]
    lines += [*_overruled(report, most), *_ticks(report, most)]
    lines += [command("mlprep stats --audit", "an old answer, to tick again", most)]
    return lines


def _ticks(report: Report, most: int) -> list[Line]:
    """Return by how much own ticks were too kind, field by field."""
    if not report.audits:
        return []
    rows = sorted(report.audits, key=lambda row: -row.over_rating)
    parts = [
        f"{100 * row.over_rating:+.0f} points in {row.topic} ({count(row.audits, 'audit')})"
        for row in rows[:MOST_TICKS]
    ]
    return wrap([("", f" Own ticks against a second look: {', '.join(parts)}.")], most, 1)


def _bins(report: Report, most: int) -> list[Line]:
    found = report.calibration
    if found.said is None or found.came is None:
        return [[("", " No forecast met an answer yet.")],
                command("mlprep drill", "the first question", most)]  # fmt: skip
    head = f" It said {percent(found.said)}, {percent(found.came)} came: {verdict_words(found)}"
    lines: list[Line] = [sides([("bold", head)], [("dim", count(found.answers, "answer"))], most)]
    cells = 30 if most >= NORMAL else most - 27
    for row in found.bins:
        dim = "dim" if row.answers < FEW else ""
        said = f" said {percent(row.said):>5}  came {percent(row.came):>5}  "
        line: Line = [(dim, said), *(scale(row.came, cells, row.said) if cells > 8 else [])]
        line.append(("dim", f" {row.answers:>6,}" if most >= NORMAL else ""))
        lines.append([span for span in line if span[1]])
    if most >= NORMAL:
        lines[1] = sides(lines[1], [("dim", "● came  │ said")], most)
    if found.log_loss is not None and found.baseline is not None:
        text = f" Log loss {found.log_loss:.3f}; always saying {percent(found.came)} would give"
        lines += wrap([("dim", f"{text} {found.baseline:.3f}.")], most, 1)
    return lines


def _confidence(report: Report, most: int, fields: int) -> list[Line]:
    """Return how often each confidence was right, in all and by field."""
    by_field: dict[str, list[Confidence]] = {}
    for row in report.confidence:
        by_field.setdefault(row.topic, []).append(row)
    busiest = sorted(by_field, key=lambda f: -sum(r.answers for r in by_field[f]))[:fields]
    cells = min(16, max(width(field) for field in busiest)) if busiest else 5
    words = [word.removeprefix("a ") for word in CONFIDENCE_WORDS]
    column = max(7, (most - cells - 8) // 4) if most < NORMAL else 15
    head = f" right when {'':<{max(0, cells - 10)}}" if cells >= 10 else f" {'right':<{cells}} "
    lines: list[Line] = [[("dim", head + "".join(f"{w:>{column}}" for w in words))]]
    everything = report.confidence
    rows = [("all", list(everything))] if len(by_field) > 1 else []
    rows += [(field, by_field[field]) for field in by_field if field in busiest]
    for name, group in rows:
        line: Line = [("", f" {cut(name, cells):<{max(cells, 10) if cells >= 10 else cells}} ")]
        for confidence in range(4):
            answers = sum(r.answers for r in group if r.confidence == confidence)
            right = sum(r.right for r in group if r.confidence == confidence)
            text = f"{percent(right / answers)}" if answers else "-"
            if most >= NORMAL and answers:
                text += f" of {answers:,}"
            line.append(("dim" if answers < FEW else "", f"{text:>{column}}"))
        lines.append(line)
    return lines


def _wrong(report: Report, most: int, rows: int) -> list[Line]:
    many = count(len(report.sure_and_wrong), "question")
    lines = [sides([("warn", " Sure and wrong")], [("dim", many)], most)]
    for row in report.sure_and_wrong[:rows]:
        last = day_text(row.day).partition(" ")[2]
        note = f"{times(row.times)}, last on {last}" if row.times > 1 else f"on {last}"
        lines.append(sides([("warn", " ✗ "), ("", cut(row.item, most - 4))], [("dim", note)], most))
    return lines


def _overruled(report: Report, most: int) -> list[Line]:
    found = report.overruled
    said = f" Of {count(found.judged, 'verdict')} by the program you overruled {found.knew};"
    said += f" {count(found.guessed, 'answer')} you called a guess."
    if found.offered or found.overlooked:
        said += f" Of {count(found.offered, 'point')} that it ticked for you"
        said += f" you took {found.unticked} back, and ticked {found.overlooked} that it had not."
    return wrap([("", said)], most, 1)
