"""The screens of `mlprep stats`: what is weak, by field, by topic, by item."""

from mlprep.core.days import day_text
from mlprep.core.planner import HISTORY
from mlprep.core.report import Calibration, Report, Weak
from mlprep.core.text import count
from mlprep.terminal.lines import Line, cut, sides, width, within
from mlprep.terminal.rows import command, labeled, percent
from mlprep.terminal.stats_table import NORMAL, below, item_table, topic_table, when

MOST = 120  # columns at which the table stops
LEAST_ROWS = 22
LEAST_AUDITS = 3  # of a field before they say anything
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
    table = item_table(report, most, room) if leaf else topic_table(report, most, room)
    return [*lines, *table, *points, [], *foot]


# What costs most


def _costliest(report: Report, most: int, minutes: float) -> list[Line]:
    """Return the topics that cost most readiness, why, and the command that mends them."""
    title = f" Costs most {when(report)}"
    if report.topic:
        title = f" {report.topic}: costs most {when(report)}"
    lines: list[Line] = [sides([("", title)], [("dim", day_text(report.day))], most)]
    names = [below(weak.topic, report.topic) for weak in report.weakest]
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


def verdict_words(found: Calibration) -> str:
    """Return whether forecasts can be believed, in words."""
    return "too few to tell" if found.verdict == "too few" else found.verdict


def _forecasts(report: Report, most: int) -> Line:
    found = report.recent
    if found.said is None or found.came is None:
        return labeled("Forecasts", [("dim", "met no answer in four weeks")], most)
    text = f"said {percent(found.said)}, came {percent(found.came)}"
    text += f" in {count(found.answers, 'answer')}: {verdict_words(found)}"
    return labeled("Forecasts", [("", text)], most, "4 wk")


def _sure(report: Report, most: int) -> list[Line]:
    sure = sum(row.sure for row in report.topics)
    wrong = sum(row.sure_and_wrong for row in report.topics)
    if not sure:
        return []
    text = f"{times(sure) if sure < 3 else f'{sure:,} times'}, {wrong or 'none'} of them wrong"
    by_topic: dict[str, int] = {}
    for row in report.sure_and_wrong:
        by_topic[row.topic] = by_topic.get(row.topic, 0) + row.times
    right = ""
    if wrong and by_topic:
        worst = max(by_topic, key=lambda topic: by_topic[topic])
        right = f"{by_topic[worst]} of these in {worst}"
    return [labeled("Sure", [("", text)], most, right)]


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
