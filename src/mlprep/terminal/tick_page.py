"""The screen on which points are ticked, own words beside them where it is wide."""

from mlprep.terminal import parts
from mlprep.terminal.lines import Line, line_width, sides
from mlprep.terminal.page import Page, key_line, note_lines
from mlprep.terminal.view import View

SIDE_BY_SIDE = 119  # columns, of 120, from which own words stand beside the points


def ticking(view: View, most: int, rows: int) -> Page:
    """Return the screen on which the points of a view are ticked."""
    keys = note_lines(view.note, most) + key_line(
        [" y said it", "n missed", "Enter grade"], "e edit question   ? keys", most
    )
    room = rows - len(keys) - 1
    head = [*view.above, parts.header(view.ask, most)]
    if most >= SIDE_BY_SIDE:
        top = parts.blocks(head, parts.prompt_lines(view.ask, most))
        left_over = room - len(top) - 1
        left, right = _columns(view, most, left_over)
        return Page(parts.blocks(top, _beside(left, right, left_over)), keys)
    points = [parts.point_lines(view, n, most) for n in range(_ticks(view))]
    earning: Line = [("dim", "your words")] if parts.has_earned(view) else []
    title = sides([("", " Did you say it?")], earning, min(most, 90))
    wanted = sum(map(len, points)) + 1
    prompt = parts.prompt_lines(view.ask, most)
    own = parts.own_words(view, most)
    spare = room - len(prompt) - len(own) - wanted - 3
    if len(head) > spare:
        head = head[len(view.above) :]
    if len(head) > spare:
        prompt = parts.last_sentence(view.ask, most)
        left_over = room - len(head) - len(prompt) - min(wanted, 10) - 3
        own = parts.own_words(view, most, max(2, left_over))
    top = parts.blocks(head, prompt, own)
    if room - len(top) - 2 < min(wanted, 3):  # what is ticked comes first
        top = head if room > 5 else []
    shown = [title, *_window(points, view.current, room - len(top) - 2)]
    return Page(parts.blocks(top, shown), keys)


def _columns(view: View, most: int, room: int) -> tuple[list[Line], list[Line]]:
    half = most // 2 - 1
    left = [[("", " Your words")], *parts.own_words(view, half, max(2, room - 1))]
    points = [parts.point_lines(view, n, half) for n in range(_ticks(view))]
    return left, [[("", " Did you say it?")], *_window(points, view.current, room - 1)]


def _beside(left: list[Line], right: list[Line], room: int) -> list[Line]:
    half = max((line_width(line) for line in left), default=0)
    half = max(half, 58) + 3
    rows = max(len(left), len(right))
    empty: Line = []
    found = []
    for n in range(min(rows, max(room, 1))):
        one = left[n] if n < len(left) else empty
        other = right[n] if n < len(right) else empty
        found.append([*one, ("", " " * (half - line_width(one))), *other] if other else one)
    return found


def _ticks(view: View) -> int:
    return len(view.points) + len(view.ask.question.red_flags)


def _window(points: list[list[Line]], current: int, room: int) -> list[Line]:
    """Return the points around the current one that fit."""
    first = 0
    while first < current and sum(map(len, points[first : current + 2])) > room - 1:
        first += 1
    lines = [line for point in points[first:] for line in point]
    if len(lines) <= room or room < 2:
        return lines[: max(room, 1)]
    return [*lines[: room - 1], [("dim", "     … more below")]]
