"""The screen of `mlprep stats --item KEY`: the life of one item."""

from mlprep.core.days import day_text
from mlprep.core.grading import CONFIDENCE_WORDS
from mlprep.core.text import count, visible
from mlprep.session.item_life import Event, ItemLife
from mlprep.terminal.charts import sparkline
from mlprep.terminal.lines import PROSE, Line, cut, sides, wrap
from mlprep.terminal.parts import BAR, clock_text, text_rows
from mlprep.terminal.rows import command, labeled, percent
from mlprep.terminal.stats_table import NORMAL

SIDE_BY_SIDE = 120  # columns from which the first and the last answer stand beside each other
MOST_ANSWERS = 3  # earlier answers in full before `mlprep history` is named


def item_lines(life: ItemLife, most: int) -> list[Line]:
    """Return everything about an item."""
    whole = most
    most = min(most, PROSE)
    about = f"{life.kind} · {life.level} · {life.minutes:g} min"
    lines: list[Line] = [
        sides([("bold", f" {life.item}")], [("dim", life.topic)], most),
        sides([("dim", f" {about}")], [("dim", _due(life))], most),
        _standing(life, most),
    ]
    if not life.events:
        lines += [[], [("", " Not answered yet.")]]
        return [*lines, command(f"mlprep drill --item {life.item}", "now", most)]
    lines += _curve(life, most)
    lines += [[], *_events(life, most), *_points(life, most)]
    lines += [[], *_then_and_now(life, whole)]
    lines += [[], command(f"mlprep drill --item {life.item}", "now", most)]
    return lines


def _due(life: ItemLife) -> str:
    if life.due_day is None:
        return ""
    return "due today" if life.due_day <= life.day else f"due {day_text(life.due_day)}"


def _standing(life: ItemLife, most: int) -> Line:
    value: Line = []
    if life.retrievability is not None:
        value = [("bold", percent(life.retrievability)), ("", " today, ")]
    when = f"on {day_text(life.target)}" if life.target > life.day else "expected"
    value += [("bold", percent(life.expected)), ("", f" {when}")]
    return labeled("Recall", value, most)


def _curve(life: ItemLife, most: int) -> list[Line]:
    """Return retrievability over time, and the days at its ends."""
    if len(life.curve) < 2 or life.curve[0].day == life.curve[-1].day:
        return []
    cells = min(60, most - 14)
    first, last = life.curve[0].day, life.curve[-1].day
    values = []
    for cell in range(cells):
        day = first + (last - first) * cell / (cells - 1)
        values.append([p.recall for p in life.curve if p.day <= day][-1])
    low = min(values)
    start, end = day_text(first).partition(" ")[2], day_text(last).partition(" ")[2]
    return [
        labeled("Curve", [("accent", sparkline(values, min(low, 0.9), 1.0))], most),
        [("dim", " " * 14 + start + end.rjust(cells - len(start)))],
        [("dim", " " * 14 + f"from {percent(low)} at its lowest to 100 % after an answer")],
    ]


def _events(life: ItemLife, most: int) -> list[Line]:
    wide = most >= NORMAL
    head = f" {'day':<13}{'grade':<8}{'points':>7}"
    head += f"  {'sure':<12}{'time':>6}{'before':>9}{'lasts':>9}{'hard':>6}" if wide else ""
    return [[("dim", head)], *(_event(event, wide) for event in life.events)]


def _event(event: Event, wide: bool) -> Line:
    when = day_text(event.day)
    points = "-" if event.coverage is None else percent(event.coverage)
    line: Line = [("", f" {when:<13}"), ("warn" if event.rating == "missed" else "",
                  f"{event.rating:<8}"), ("", f"{points:>7}")]  # fmt: skip
    if not wide:
        return line
    sure = "-" if event.confidence is None else CONFIDENCE_WORDS[event.confidence]
    sure = {"guessed": "guessed", "knew": "knew it"}.get(event.overruled, sure)
    spent = "-" if event.seconds is None else clock_text(event.seconds)
    before = "new" if event.before is None else percent(event.before)
    lasts = f"{event.stability:.1f} d" if event.stability < 10 else f"{event.stability:.0f} d"
    note = "  mock" if event.source == "mock" else ""
    text = f"  {sure:<12}{spent:>6}{before:>9}{lasts:>9}{event.difficulty:>6.1f}"
    return [*line, ("", text), ("dim", note)]


def _points(life: ItemLife, most: int) -> list[Line]:
    """Return each point of the rubric with what came of it, answer by answer."""
    if not any(mark is not None for point in life.points for mark in point.marks):
        return []
    shown = min(len(life.events), 16 if most >= NORMAL else 6)
    signs = {True: "✓", False: "✗", None: "·"}
    lines: list[Line] = [[], [("dim", " points, first to last answer")]]
    for point in life.points:
        marks = "".join(signs[mark] for mark in point.marks[-shown:])
        text = cut(point.text, most - shown - 3)
        lines.append(sides([("", f" {text}")], [("accent", marks)], most))
    return lines


def _then_and_now(life: ItemLife, most: int) -> list[Line]:
    """Return the answers in full: the first and the last one first, beside each other if wide."""
    typed = [event for event in life.events if event.answer.strip()]
    if not typed:
        return [[("dim", " Nothing was typed in any of the answers.")]]
    if len(typed) == 1:
        return _answer("Your answer", typed[0], min(most, PROSE))
    first, last = typed[0], typed[-1]
    if most >= SIDE_BY_SIDE:
        lines = _beside(_answer("Then", first, most // 2 - 2), _answer("Now", last, most // 2 - 2),
                        most // 2)  # fmt: skip
    else:
        prose = min(most, PROSE)
        lines = [*_answer("Then", first, prose), [], *_answer("Now", last, prose)]
    for event in typed[-2:0:-1][:MOST_ANSWERS]:
        lines += [[], *_answer("Between", event, min(most, PROSE))]
    if len(typed) - 2 > MOST_ANSWERS:
        more = count(len(typed) - 2 - MOST_ANSWERS, "more answer")
        lines += [[], *wrap([("dim", f" {more}: mlprep history {life.item}")], most, 1)]
    return lines


def _answer(label: str, event: Event, most: int) -> list[Line]:
    share = "" if event.coverage is None else f", {percent(event.coverage)} of the points"
    lines: list[Line] = [
        [("bold", f" {label}"), ("dim", f"   {day_text(event.day)}: {event.rating}{share}")]
    ]
    rows = text_rows(visible(event.answer.strip()), max(10, most - 3))
    return [*lines, *([("accent", f" {BAR} "), ("", row.rstrip())] for _, row in rows)]


def _beside(left: list[Line], right: list[Line], cells: int) -> list[Line]:
    """Return two columns."""
    from mlprep.terminal.lines import line_width

    rows = max(len(left), len(right))
    left, right = left + [[]] * (rows - len(left)), right + [[]] * (rows - len(right))
    return [
        [*a, ("", " " * max(0, cells - line_width(a))), *b]
        for a, b in zip(left, right, strict=True)
    ]
