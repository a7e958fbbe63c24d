"""The screens of a drill: from a view and a size to lines. Nothing here draws."""

import re

from mlprep.core.question import JUDGED_KINDS
from mlprep.core.text import count
from mlprep.terminal import parts
from mlprep.terminal.drill_keys import answering_keys, graded_keys
from mlprep.terminal.lines import Line, cut, indented, plain, within, wrap
from mlprep.terminal.page import Page, answer_lines, key_line, note_lines
from mlprep.terminal.tick_page import ticking
from mlprep.terminal.view import LETTERED_KINDS, Stage, View, read_value


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
        return ticking(view, most, rows)
    if view.stage is Stage.RECALLED:
        return _recalled(view, most, rows)
    return _answering(view, most, rows)


# While answering


def _answering(view: View, most: int, rows: int) -> Page:
    keys = note_lines(view.note, most) + answering_keys(view, most)
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


def _echo(view: View, most: int) -> list[Line]:
    if view.kind != "estimate" or not view.text.strip():
        return []
    value, said = read_value(view.text, view.ask.question.unit)
    style = "warn" if value is None and view.stage is Stage.SURE else "dim"
    return indented(wrap([(style, said)], min(most, 90) - 3), "   ")


# After the reveal


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
    room = rows - len(graded_keys(view, enter, most)) - 1
    hidden = max(0, len(shown) - room) + more
    space = f"   Space {count(hidden, 'more line')}" if hidden else ""
    keys = note_lines(view.note, most) + graded_keys(view, enter + space, most)
    return Page(shown[: rows - len(keys) - 1], keys, hidden=hidden)


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


def verdict_line(view: View, most: int) -> Line:
    """Return the verdict on a recall as the first, dim line of the next screen."""
    assert view.outcome is not None
    said = "   ".join(plain(line) for line in parts.verdict(view.outcome, most))
    text = re.sub(r" {3,}", "   ", said.strip())
    return [("dim", cut(f" {view.ask.item.name}: {text}", most))]
