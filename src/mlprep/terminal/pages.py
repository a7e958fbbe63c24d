"""The screens of a drill: from a view and a size to lines. Nothing here draws."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mlprep.core.days import day_text
from mlprep.core.grading import CONFIDENCE_WORDS
from mlprep.core.question import JUDGED_KINDS, MEASURED_KINDS
from mlprep.core.review import Review
from mlprep.core.text import count, visible
from mlprep.terminal import parts
from mlprep.terminal.lines import (
    Line,
    cut,
    flow,
    indented,
    line_width,
    plain,
    sides,
    width,
    within,
    wrap,
)
from mlprep.terminal.rows import percent
from mlprep.terminal.view import LETTERED_KINDS, ONE_LINE_KINDS, Stage, View, read_value

SURE_KEYS = ("1 guess", "2 fairly", "3 sure", "0 no idea")
SIDE_BY_SIDE = 119  # columns, of 120, from which own words stand beside the points


class Page(NamedTuple):
    """What stands on the screen: the body at its top, the keys at its bottom."""

    body: list[Line]
    keys: Sequence[Line] = ()
    cursor: tuple[int, int] | None = None  # row of the body, column
    hidden: int = 0  # lines of the body that did not fit

    def lines(self, rows: int) -> list[Line]:
        """Return the lines of a screen of so many rows, the keys on its last ones."""
        keys = list(self.keys)[:rows]
        body = self.body[: max(0, rows - len(keys))]
        return [*body, *([[]] * (rows - len(keys) - len(body))), *keys]


def page(view: View, most: int, rows: int, *, date: int | None, day: int) -> Page:
    """Return the screen of a view, `most` columns wide and `rows` high.

    date, day: ordinals of the interview, None without one, and of today.
    """
    if view.paused:
        said: list[Line] = [[], [("bold", " Paused.")], [("dim", " The clock stands still.")]]
        return Page(within(said, most), key_line([" Enter goes on"], "q quit", most))
    if view.overlay is not None:
        return _paged(view.overlay, view, most, rows, " Enter back")
    if view.stage is Stage.GRADED:
        return _graded(view, most, rows, date, day)
    if view.stage is Stage.TICKING:
        return _ticking(view, most, rows)
    if view.stage is Stage.RECALLED:
        return _recalled(view, most, rows)
    return _answering(view, most, rows)


# While answering


def _answering(view: View, most: int, rows: int) -> Page:
    keys = _note(view, most) + answering_keys(view, most)
    head = [*view.above, parts.header(view.ask, most)]
    if view.kept:
        head.append([("dim", f" kept from {view.kept}")])
    tail = parts.option_lines(view, most) if view.kind in LETTERED_KINDS else []
    echo = _echo(view, most)
    room = rows - len(keys) - 1
    needed = len(tail) or min(len(parts.text_rows(view.text, most - 3)), 8)
    top = _top(view, head, most, room - needed - len(echo) - 1)
    if tail:
        return _spaced(parts.blocks(top, tail), keys, view, most, rows)
    box, (row, column) = parts.box(view, most, max(1, room - len(top) - len(echo) - 1))
    body = parts.blocks(top, [*box, *echo])
    return Page(body, keys, cursor=(len(top) + 1 + row, column))


def _top(view: View, head: list[Line], most: int, room: int) -> list[Line]:
    """Return header, case, prompt and hints in so many lines.

    What there is no room for gives way in this order: what stands above, the case, all of the
    prompt but its last sentence, hints, header, the rest of the prompt.
    """
    case = parts.case_lines(view.ask, most)
    prompt = parts.prompt_lines(view.ask, most)
    hints = parts.hint_lines(view, most)
    whole = parts.blocks(head, case, prompt) + hints
    if len(whole) <= room:
        return whole
    head = head[len(view.above) :]
    if case:
        left = room - len(parts.blocks(head, prompt)) - len(hints) - 2
        if left > 1:
            more = [[("dim", f" … {count(len(case) - left, 'more line')} of the case: ^X c")]]
            case = case if len(case) <= left + 1 else [*case[:left], *more]
        else:
            case = [[("dim", " The case: ^X c")]]
    last = parts.last_sentence(view.ask, most)
    for shorter in (
        parts.blocks(head, case, prompt) + hints,
        parts.blocks(head, last) + hints,
        parts.blocks(head, last),
    ):
        if len(shorter) <= room:
            return shorter
    return last[: max(1, room)]


def answering_keys(view: View, most: int) -> list[Line]:
    """Return the key line while an answer is given."""
    if view.menu:
        case = ["c case"] if view.ask.question.case else []
        editor = [] if view.kind in LETTERED_KINDS else ["e editor"]
        return key_line([*editor, "h hint", "s later", "t tomorrow", "x set aside", "u undo",
                         "p pause", *case, "q quit", "?"], "", most)  # fmt: skip
    if view.kind in LETTERED_KINDS:
        letters = f"{view.letters[:1]}-{view.letters[-1:]}"
        what = f" {letters} choose" if view.kind == "choice" else f" {letters} in order"
        if view.complete:
            return key_line(["How sure? ", *SURE_KEYS], "^X more", most)
        return key_line([f"{what}, then how sure:", *SURE_KEYS], "^X more", most)
    if view.stage is Stage.SURE:
        return key_line(["How sure? ", *SURE_KEYS], "Tab back to the text", most)
    if view.kind in ONE_LINE_KINDS:
        return key_line([" Enter done, typed or said aloud"], "^X hint, later, quit", most)
    return key_line([" Tab done, typed or said aloud"], "^X hint, editor, later, quit", most)


def _echo(view: View, most: int) -> list[Line]:
    if view.kind != "estimate" or not view.text.strip():
        return []
    value, said = read_value(view.text, view.ask.question.unit)
    style = "warn" if value is None and view.stage is Stage.SURE else "dim"
    return indented(wrap([(style, said)], min(most, 90) - 3), "   ")


def _note(view: View, most: int) -> list[Line]:
    return indented(wrap([("warn", view.note)], most - 1)) if view.note else []


def key_line(left: Sequence[str], right: str, most: int) -> list[Line]:
    """Return a key line, on more than one where one is too narrow; no key loses its word."""
    rows = [""]
    for key in left:
        joined = f"{rows[-1]}  {key}" if rows[-1].strip() else f" {key.strip()}"
        if width(joined) > most and rows[-1].strip():
            rows.append(f" {key.strip()}")
        else:
            rows[-1] = joined
    lines = [line for row in rows for line in wrap([("dim", row)], most, 1)]
    if not right:
        return lines
    if line_width(lines[-1]) + width(right) + 2 <= most:
        return [*lines[:-1], sides(lines[-1], [("dim", right)], most)]
    return [*lines, *wrap([("dim", right.rjust(most))], most, 1)]


# After the reveal


def _ticking(view: View, most: int, rows: int) -> Page:
    keys = _note(view, most) + key_line(
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
    if len(head) + len(prompt) + len(own) + wanted + 3 > room:
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


def _recalled(view: View, most: int, rows: int) -> Page:
    keys = key_line([" y got it", "p partly", "n missed"], "? keys", most)
    room = rows - len(keys) - 1
    answer = indented(answer_lines(view.ask.question.answer, most - 1))
    own = parts.own_words(view, most) if view.text.strip() else []
    head = [*view.above, parts.header(view.ask, most)]
    top = parts.blocks(head, parts.prompt_lines(view.ask, most), own)
    if len(top) + len(answer) + 1 > room:
        head = [parts.header(view.ask, most)]
        top = parts.blocks(head, parts.last_sentence(view.ask, most), own[:2])
    return _spaced(parts.blocks(top, answer), keys, view, most, rows)


def _spaced(body: list[Line], keys: list[Line], view: View, most: int, rows: int) -> Page:
    """Return as much of a body as fits, from where it was paged to; Space turns the page."""
    room = rows - len(keys) - 1
    shown = body[view.skip :]
    if len(shown) <= room and not view.skip:
        return Page(shown, keys)
    hidden = max(0, len(shown) - room + 1)
    said = f"Space {count(hidden, 'more line')}" if hidden else "Space from the top"
    space = key_line([cut(said, most - 1)], "", most)
    return Page(shown[: room - 1], [*space, *keys], hidden=hidden)


# Graded


def _graded(view: View, most: int, rows: int, date: int | None, day: int) -> Page:
    outcome = view.outcome
    assert outcome is not None
    head = parts.verdict(outcome, most)
    said = parts.consequence(outcome, date, day)
    head += indented(wrap([("", said)], min(most, 90) - 1))
    body: list[Line]
    if view.kind in JUDGED_KINDS:
        body = parts.blocks(
            parts.missed_lines(outcome, most),
            indented(answer_lines(view.ask.question.answer, most - 1)),
            parts.follow_up_lines(view.ask, most),
        )
        body = parts.blocks(head, body)
    else:
        body = _measured(view, most, head)
    after = parts.behind_space(view.ask, most)
    if view.more:
        body = parts.blocks(body, after)
    return _paged(body, view, most, rows, " Enter next", more=0 if view.more else len(after))


def _measured(view: View, most: int, head: list[Line]) -> list[Line]:
    question = view.ask.question
    top = [parts.header(view.ask, most)]
    prompt = parts.prompt_lines(view.ask, most)
    answer = indented(answer_lines(question.answer, most - 1))
    if view.kind == "choice":
        return parts.blocks(top, prompt, parts.judged_options(view, most), head, answer)
    if view.kind == "order":
        return parts.blocks(top, prompt, parts.judged_steps(view, most), head, answer)
    own = parts.own_words(view, most)
    off = _off(view)
    if off:
        head = [head[0], *indented(wrap([("", off)], min(most, 90) - 1)), *head[1:]]
    return parts.blocks(top, prompt, own, head, answer)


def _off(view: View) -> str:
    """Return by how much an estimate was off."""
    from mlprep.core.estimate import Tolerance, off_by

    outcome, question = view.outcome, view.ask.question
    value = outcome.attempt.value if outcome else None
    truth = view.ask.truth
    if value is None or truth is None:
        return ""
    tolerance = Tolerance.from_text(question.tolerance)
    return f"{off_by(value, truth, question.unit)}; {tolerance.text} is good."


def _paged(
    body: list[Line], view: View, most: int, rows: int, enter: str, *, more: int = 0
) -> Page:
    """Return as much of a body as fits, from where it was paged to.

    more: lines that Space brings although they would fit.
    """
    shown = body[view.skip :]
    while view.skip and shown and not shown[0]:
        shown = shown[1:]
    room = rows - len(_graded_keys(view, enter, most)) - 1
    hidden = max(0, len(shown) - room) + more
    space = f"   Space {count(hidden, 'more line')}" if hidden else ""
    keys = _note(view, most) + _graded_keys(view, enter + space, most)
    return Page(shown[: rows - len(keys) - 1], keys, hidden=hidden)


def _graded_keys(view: View, enter: str, most: int) -> list[Line]:
    """Return the key line after the grade; on a narrow one the rarer keys are left to `?`."""
    if view.overlay is not None:
        return key_line([enter], "", most)
    rare = [] if view.kind == "recall" else ["g I guessed"]
    rare += ["k I knew it"] if view.kind in MEASURED_KINDS else []
    keys = [enter, " u undo"]
    for key in (*rare, "e edit"):
        if width("  ".join([*keys, f" {key}"])) + len("  ? keys") <= most:
            keys.append(f" {key}")
    return key_line(keys, "? keys", most)


def turn(view: View, most: int, rows: int, *, date: int | None, day: int) -> bool:
    """Bring what waits behind Space; return False where nothing does."""
    shown = page(view, most, rows, date=date, day=day)
    if not shown.hidden:
        return False
    room = rows - len(shown.keys) - 1
    visible = len(shown.body)
    was_more = view.more
    view.more = True
    if visible >= room or was_more:
        view.skip += max(1, visible - 1)
    else:
        longer = page(view, most, rows, date=date, day=day)
        if longer.hidden:
            view.skip += max(1, visible - 2)
    return True


def answer_lines(text: str, most: int) -> list[Line]:
    """Return a Markdown answer; tables and the like need rich, the rest does not."""
    if not text:
        return []
    if "|" in text or text.startswith("#") or "\n#" in text:
        from mlprep.terminal.markdown import markdown_lines

        return markdown_lines(text, most)
    return flow(text, most)


def verdict_line(view: View, most: int) -> Line:
    """Return the verdict on a recall as the first, dim line of the next screen."""
    assert view.outcome is not None
    said = "   ".join(plain(line) for line in parts.verdict(view.outcome, most))
    text = re.sub(r" {3,}", "   ", said.strip())
    return [("dim", cut(f" {view.ask.item.name}: {text}", most))]


def help_lines(most: int) -> list[Line]:
    """Return all keys."""
    rows = (
        ("typing", "Every character is text. Tab, or ^D at the end: done. Enter: new line;"
                   " done where the answer is one line."),
        ("choice, order", "a to g picks; Backspace takes the last back; a digit says how sure."),
        ("how sure", "1 guess, 2 fairly, 3 sure: reveals. 0 no idea: reveals, all missed."
                     " Tab: back to the text."),
        ("^X while answering", "e editor, h hint (at most partly then), s later in this drill,"
                               " t tomorrow, x set aside, u undo, p pause,"
                               " c the whole case, q quit."),
        ("ticking", "y said it, n missed. Up, Down. Enter grades; what is not ticked is missed."
                    " u back to the text, e edit the question, q quit."),
        ("recall", "y got it, p partly, n missed."),
        ("graded", "Enter next. Space more. u undo, g I guessed, k I knew it, e edit the question,"
                   " a earlier answers, t tomorrow, x set aside, q quit."),
        ("anywhere", "^C leaves, all is kept. ^Z suspends and stops the clock. ^L draws anew."),
    )  # fmt: skip
    lines: list[Line] = [[("bold", " Keys")], []]
    for name, text in rows:
        lines += wrap([("accent", f" {name}: "), ("", text)], min(most, 90), 3)
    return lines


def earlier_lines(view: View, most: int) -> list[Line]:
    """Return the answers to the item on the screen, the latest first."""
    reviews = [*view.ask.earlier]
    if view.outcome and view.outcome.review:
        reviews.append(view.outcome.review)
    return history_lines(view.ask.item.key, reviews, most)


def history_lines(key: str, reviews: Sequence[Review], most: int) -> list[Line]:
    """Return the answers to an item, the latest first."""
    lines: list[Line] = [[("bold", f" {key}")]]
    for review in reversed(reviews):
        share = "" if review.coverage is None else f"   {percent(review.coverage)}"
        sure = "" if review.confidence is None else f"   {CONFIDENCE_WORDS[review.confidence]}"
        lines += [[], [("dim", f" {day_text(review.day)}   {review.rating.word}{share}{sure}")]]
        text = visible(review.answer.strip()) or "(nothing typed)"
        rows = parts.text_rows(text, min(most - 3, 90))
        lines += [[("accent", f" {parts.BAR} "), ("", row)] for _, row in rows]
    return lines
