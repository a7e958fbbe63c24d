"""The screens of `mlprep stats`: what is weak, by field, by topic, by item."""

from mlprep.core.days import day_text
from mlprep.core.planner import HISTORY
from mlprep.core.report import ItemFigures, Proportion, Report, TopicFigures, Weak
from mlprep.core.text import count
from mlprep.terminal.charts import bar
from mlprep.terminal.closing import command, labeled
from mlprep.terminal.lines import Line, cut, sides, width, within
from mlprep.terminal.parts import percent

MOST = 120  # columns at which the table stops
NORMAL, WIDE = 74, 104  # columns from which the table has more columns
LEAST_ROWS = 22
CELLS = 12  # of a bar
LEAST_AUDITS = 3  # of a field before they say anything
NEEDS_ANSWERS = 10  # a figure that rests on fewer is dim
MOST_POINTS = 4  # rows of what was missed again and again
TIMES = ("never", "once", "twice", "three times", "four times", "five times", "six times",
         "seven times", "eight times", "nine times", "ten times")  # fmt: skip


def times(number: int) -> str:
    """Return `three times`."""
    return TIMES[number] if number < len(TIMES) else f"{number:,} times"


def stats_lines(report: Report, most: int, *, minutes: float, rows: int = 24) -> list[Line]:
    """Return the first screen, or that of one topic. minutes: a day's."""
    most = min(most, MOST)
    lines = _costliest(report, most, minutes)
    foot = within(_foot(report, most), most)
    leaf = [row.topic for row in report.topics] == [report.topic]
    points = _points(report, most) if report.topic else []
    room = max(3, max(LEAST_ROWS, rows - 2) - len(lines) - len(foot) - len(points) - 2)
    table = _item_table(report, most, room) if leaf else _topic_table(report, most, room)
    return [*lines, *table, *points, [], *foot]


def when(report: Report) -> str:
    """Return the day that expected recall is of: `on 14 Dec`, `today`."""
    return f"on {day_text(report.target).partition(' ')[2]}" if report.ahead else "today"


# What costs most


def _costliest(report: Report, most: int, minutes: float) -> list[Line]:
    """Return the topics that cost most readiness, why, and the command that mends them."""
    title = f" Costs most {when(report)}"
    if report.topic:
        title = f" {report.topic}: costs most {when(report)}"
    lines: list[Line] = [sides([("", title)], [("dim", day_text(report.day))], most)]
    names = [_below(weak.topic, report.topic) for weak in report.weakest]
    cells = max([8, *(width(name) for name in names)])
    cells = min(cells, 30 if most >= NORMAL else most - 14)
    for weak, short in zip(report.weakest, names, strict=True):
        name = f" {cut(short, cells)}"
        left: Line = [("", name + " " * (cells + 1 - width(name)))]
        left.append(("bold", f" {percent(weak.expected):>6}"))
        cost = f"{-weak.cost:.1f}"
        if most >= NORMAL:
            room = most - cells - len(cost) - 13
            left.append(("", f"   {cut(_reason(weak), room)}"))
            lines.append(sides(left, [("dim", cost)], most))
        else:
            lines.append(sides(left, [("dim", cost)], most))
            lines.append([("dim", f"   {cut(_reason(weak), most - 4)}")])
    if not report.weakest:  # all of it is above the level, or set aside
        return [*lines, [("dim", " No question of it is in your scope.")], []]
    words = f"mlprep drill --topic {report.topic}" if report.topic else "mlprep drill --weak"
    three = len(report.weakest) == 3 and not report.topic
    what = f"{minutes:g} min on these three" if three else f"{minutes:g} min on this"
    return [*lines, command(words, what, most), []]


def _reason(weak: Weak) -> str:
    """Return what stands out in a weak topic."""
    if weak.reason == "points":
        return f"missed {times(weak.number)}: {weak.text}"
    if weak.reason == "sure":
        return f"sure and wrong {times(weak.number)}"
    if weak.reason == "unseen":
        return f"{weak.number} of {weak.of} never seen"
    if weak.reason == "missed":
        return f"{weak.number} of {count(weak.of, 'answer')} missed"
    return f"all {count(weak.items, 'question')} seen, none missed"


# The table


def _topic_table(report: Report, most: int, room: int) -> list[Line]:
    """Return a row for each topic; where there is no room for all, the costliest."""
    rows = list(report.topics)
    if not rows:
        return []
    hidden: list[TopicFigures] = []
    if len(rows) > room:
        by_cost = sorted(rows, key=lambda row: -row.cost)
        hidden = by_cost[room - 1 :]
        rows = [row for row in rows if row not in hidden]
    used = 63 if most >= NORMAL else 22
    names = [_below(row.topic, report.topic) for row in rows]
    cells = max(5, *(width(name) for name in names))
    cells = min(cells, most - used - (17 if most >= WIDE else 0))
    lines: list[Line] = [[("dim", _head(report, cells, most))]]
    lines += [_row(row, name, cells, most) for row, name in zip(rows, names, strict=True)]
    if hidden:
        lost = sum(row.cost for row in hidden)
        others = f" {count(len(hidden), 'other')} cost {lost:.1f} together"
        right = "mlprep stats --json has all" if most >= NORMAL else ""
        lines.append(sides([("dim", others)], [("dim", right)], most))
    return lines


def _below(topic: str, above: str) -> str:
    """Return a topic without the one above it."""
    return topic.removeprefix(f"{above}/") if above else topic


def _head(report: Report, cells: int, most: int) -> str:
    if most < NORMAL:
        return f" {'topic':<{cells}} {'seen':>9} {when(report):>10}"
    head = f" {'topic':<{cells}} {'seen':>9}  {'recalled':>9}   {when(report):<{CELLS + 6}}"
    head += f" {'4 wk':>5} {'points':>7} {'pace':>5}"
    return head + (f" {'now':>6} {'answers':>9}" if most >= WIDE else "")


def _row(row: TopicFigures, name: str, cells: int, most: int) -> Line:
    name = cut(name, cells)
    seen = f"{row.seen:>3} /{row.items:>4}"
    line: Line = [("", f" {name}{' ' * (cells - width(name))} {seen:>9}")]
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


def _item_table(report: Report, most: int, room: int) -> list[Line]:
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


def _points(report: Report, most: int) -> list[Line]:
    """Return the points of a topic that were missed again and again."""
    if not report.missed_points:
        return []
    lines: list[Line] = [[], [("", " Missed again and again")]]
    for point in report.missed_points[:MOST_POINTS]:
        note = f"missed {times(point.missed)}, said {times(point.said)}"
        room = most - len(note) - 6 if most >= NORMAL else most - 4
        left: Line = [("warn", " ✗ "), ("", cut(point.text, room))]
        lines.append(sides(left, [("dim", note)] if most >= NORMAL else [], most))
    return lines


# Below the table


def _foot(report: Report, most: int) -> list[Line]:
    lines: list[Line] = []
    if report.answers < HISTORY:
        need = count(HISTORY - report.answers, "more answer")
        text = f" Readiness is told after {need}; until then these are guesses."
        lines.append([("dim", text)])
    lines += [_forecasts(report, most), *_sure(report, most), *_ticks(report, most)]
    lines += _mocks(report, most)
    return [*lines, _next_command(report, most)]


def verdict_words(report: Report) -> str:
    """Return whether the forecasts can be believed, in words."""
    verdict = report.calibration.verdict
    return "too few to tell" if verdict == "too few" else verdict


def _forecasts(report: Report, most: int) -> Line:
    found = report.calibration
    if found.said is None or found.came is None:
        return labeled("Forecasts", [("dim", "none met an answer yet")], most)
    text = f"said {percent(found.said)}, came {percent(found.came)}"
    text += f" in {count(found.answers, 'answer')}: {verdict_words(report)}"
    return labeled("Forecasts", [("", text)], most)


def _sure(report: Report, most: int) -> list[Line]:
    sure = sum(row.sure for row in report.topics)
    wrong = sum(row.sure_and_wrong for row in report.topics)
    if not sure:
        return []
    text = f"{times(sure) if sure < 3 else f'{sure:,} times'}, {wrong or 'none'} of them wrong"
    by_topic: dict[str, int] = {}
    for row in report.sure_and_wrong:
        by_topic[row.topic] = by_topic.get(row.topic, 0) + row.times
    if wrong and by_topic:
        worst = max(by_topic, key=lambda topic: by_topic[topic])
        text += f", {by_topic[worst]} of these in {worst}"
    return [labeled("Sure", [("", text)], most)]


def _ticks(report: Report, most: int) -> list[Line]:
    known = [row for row in report.audits if row.audits >= LEAST_AUDITS]
    if not known:
        return []
    worst = max(known, key=lambda row: row.over_rating)
    audits = count(sum(row.audits for row in report.audits), "audit")
    if round(100 * worst.over_rating) <= 0:
        return [labeled("Own ticks", [("", "not too kind")], most, f"by {audits}")]
    text = f"{100 * worst.over_rating:.0f} points too kind in {worst.topic}"
    return [labeled("Own ticks", [("", text)], most, f"by {count(worst.audits, 'audit')} there")]


def _mocks(report: Report, most: int) -> list[Line]:
    if not report.mocks:
        return []
    verdicts = ", ".join(mock.verdict for mock in report.mocks[-3:])
    scores = {k: v for k, v in report.mocks[-1].scores.items() if k != "time"}
    if scores:
        verdicts += f"; weakest: {min(scores, key=lambda name: scores[name])}"
    spent = duration(sum(mock.minutes for mock in report.mocks))
    return [labeled("Mocks", [("", verdicts)], most, f"{spent} in all")]


def duration(minutes: float) -> str:
    """Return `6 h 20`, or `45 min`."""
    whole = round(minutes)
    return f"{whole // 60} h {whole % 60:02d}" if whole >= 60 else f"{whole} min"


def _next_command(report: Report, most: int) -> Line:
    if report.topic:
        return command("mlprep stats", "all fields", most)
    example = report.weakest[0].topic.partition("/")[0] if report.weakest else ""
    more = "--calibration  --activity  --item KEY  --html FILE"
    if not report.answers:
        return command("mlprep drill", "the first question", most)
    return command(f"mlprep stats {example}".rstrip(), more if most >= NORMAL else "", most)
