"""The tables of `mlprep stats`: by topic, and by question."""

from mlprep.core.days import day_text
from mlprep.core.report import ItemFigures, Proportion, Report, TopicFigures
from mlprep.core.text import count
from mlprep.terminal.charts import bar
from mlprep.terminal.lines import Line, cut, sides, width
from mlprep.terminal.rows import percent

LEAST, NORMAL, WIDE = 32, 74, 104  # columns from which the table has more columns
NEEDS_ANSWERS = 10  # a figure that rests on fewer is dim
CELLS = 12  # of a bar


def when(report: Report) -> str:
    """Return the day that expected recall is of: `on 14 Dec`, `today`."""
    return f"on {day_text(report.target).partition(' ')[2]}" if report.ahead else "today"


def topic_table(report: Report, most: int, room: int) -> list[Line]:
    """Return a row for each topic; where there is no room for all, the costliest."""
    rows = list(report.topics)
    if not rows:
        return []
    hidden: list[TopicFigures] = []
    if len(rows) > room:
        by_cost = sorted(rows, key=lambda row: -row.cost)
        hidden = by_cost[room - 1 :]
        rows = [row for row in rows if row not in hidden]
    used = 63 if most >= NORMAL else 22 if most >= LEAST else 12
    names = [below(row.topic, report.topic) for row in rows]
    cells = max(5, *(width(name) for name in names))
    cells = max(5, min(cells, most - used - (17 if most >= WIDE else 0)))
    lines: list[Line] = [[("dim", _head(report, cells, most))]]
    lines += [_row(row, name, cells, most) for row, name in zip(rows, names, strict=True)]
    if hidden:
        lost = sum(row.cost for row in hidden)
        others = f" {count(len(hidden), 'other')} cost {lost:.1f} together"
        right = "mlprep stats --json has all" if most >= NORMAL else ""
        lines.append(sides([("dim", others)], [("dim", right)] if right else [], most))
    return lines


def below(topic: str, above: str) -> str:
    """Return a topic without the one above it."""
    return topic.removeprefix(f"{above}/") if above else topic


def _head(report: Report, cells: int, most: int) -> str:
    if most < NORMAL:
        seen = f" {'seen':>9}" if most >= LEAST else ""
        return f" {'topic':<{cells}}{seen} {when(report):>10}"
    head = f" {'topic':<{cells}} {'seen':>9}  {'recalled':>9}   {when(report):<{CELLS + 6}}"
    head += f" {'4 wk':>5} {'points':>7} {'pace':>5}"
    return head + (f" {'now':>6} {'answers':>9}" if most >= WIDE else "")


def _row(row: TopicFigures, name: str, cells: int, most: int) -> Line:
    name = cut(name, cells)
    seen = f"{row.seen:>3} /{row.items:>4}"
    seen = f" {seen:>9}" if most >= LEAST else ""
    line: Line = [("", f" {name}{' ' * (cells - width(name))}{seen}")]
    if most < NORMAL:
        return [*line, ("bold", f" {percent(row.expected):>10}")]
    line += [
        (_few(row.recalled.asked), f"  {_plus_minus(row.recalled):>9}"),
        ("", "   "),
        *bar(row.expected, CELLS),
        ("bold", f" {percent(row.expected):>5}"),
        (_few(row.answers), f" {_trend(row):>5}"),
        (_few(row.covered), f" {_share(row.coverage):>7}"),
        (_few(row.timed), f" {_pace(row.pace):>5}"),
    ]
    if most >= WIDE:
        line += [
            (_few(row.seen), f" {_share(row.retrievability):>6}"),
            (_few(row.answers), f" {row.answers:>9,}"),
        ]
    return line


def _few(number: int) -> str:
    return "dim" if number < NEEDS_ANSWERS else ""


def _share(share: float | None) -> str:
    return "-" if share is None else percent(share)


def _pace(pace: float | None) -> str:
    return "-" if pace is None else f"{pace:.1f}"


def _plus_minus(found: Proportion) -> str:
    """Return `81 ± 9 %`: the share, and half of its interval."""
    if found.share is None or found.low is None or found.high is None:
        return "-"
    return f"{100 * found.share:.0f} ±{50 * (found.high - found.low):2.0f} %"


def _trend(row: TopicFigures) -> str:
    if row.before is None:
        return "-"
    moved = round(100 * row.expected) - round(100 * row.before)
    return f"{moved:+d}" if moved else "0"


def item_table(report: Report, most: int, room: int) -> list[Line]:
    """Return a row for each item of a topic without topics below, the weakest first."""
    rows = sorted(report.items, key=lambda row: row.expected)
    hidden = len(rows) - (room - 1) if len(rows) > room else 0
    rows = rows[: len(rows) - hidden]
    cells = min(max(8, *(width(row.item) for row in rows)), most - (48 if most >= NORMAL else 16))
    head = f" {'question':<{cells}}"
    if most >= NORMAL:
        head += f" {'answers':>8}  {when(report):<20} {'due':>10}"
    else:
        head += f" {when(report):>10}"
    lines: list[Line] = [[("dim", head)]]
    lines += [_item_row(row, cells, most) for row in rows]
    if hidden:
        lines.append([("dim", f" {count(hidden, 'other')} stand better")])
    return lines


def _item_row(row: ItemFigures, cells: int, most: int) -> Line:
    name = cut(row.item, cells)
    line: Line = [("", f" {name}{' ' * (cells - width(name))}")]
    if most < NORMAL:
        return [*line, ("bold", f" {percent(row.expected):>10}")]
    due = "new" if not row.answers else "-"
    if row.due_day is not None:
        due = day_text(row.due_day).partition(" ")[2]
    return [
        *line,
        ("", f" {row.answers:>8}  "),
        *bar(row.expected),
        ("bold", f" {percent(row.expected):>5}"),
        ("dim", f" {due:>10}"),
    ]
