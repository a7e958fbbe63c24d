"""The screens of a mock interview: from its state and a size to lines."""

from collections.abc import Sequence
from typing import NamedTuple

from mlprep.core.interview import LAST_MINUTE, NO_FACT, reply, signal
from mlprep.core.question import Fact
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.mock import Mock
from mlprep.terminal import parts
from mlprep.terminal.lines import PROSE, Line, cut, flow, indented, sides, spans, width, wrap
from mlprep.terminal.page import Page, key_line

NARROW = 60  # columns below which the clock has a line of its own


class Talk(NamedTuple):
    """What the screen of a running mock shows beside the state of the mock."""

    text: str = ""  # of the answer that is being typed
    cursor: int = 0
    menu: bool = False
    case: bool = False  # the case stands in the place of the answer
    paused: str = ""  # why it stands still; empty while it runs
    taken: bool = False  # by another terminal


def mock_page(mock: Mock, talk: Talk, most: int, rows: int) -> Page:
    """Return the screen of a running mock."""
    head = _clock_lines(mock, most)
    keys = _keys(mock, talk, most)
    room = rows - len(head) - len(keys) - 1
    if talk.paused:
        note: list[Line] = [[], [("bold", f" {talk.paused}")]]
        return Page([*head, *note], keys)
    if not mock.part.item:
        lines: list[Line] = [[], [("bold", " A break."), ("dim", " Stand up. Tab ends it.")]]
        return Page([*head, *lines], keys)
    if talk.case:
        return Page([*head, [], *_case(mock, most)[:room]], keys)
    said = _said(mock, most)
    box, row, column = _box(mock.facts(), talk, most)
    content = [*said, [], *box]
    at = len(said) + 1 + row
    first = max(0, min(at - room + 2, len(content) - room))
    shown = content[first : first + room]
    return Page([*head, [], *shown], keys, cursor=(len(head) + 1 + at - first, column))


def _clock_lines(mock: Mock, most: int) -> list[Line]:
    state, part = mock.state, mock.part
    most = min(most, PROSE)
    seconds = 60 * part.minutes
    whole = 60 * sum(p.minutes for p in state.parts)
    title = part.title if part.item else "Break"
    place = f"part {state.position + 1} of {len(state.parts)}"
    late = "warn" if mock.left <= LAST_MINUTE else "dim"
    clock: Line = [("bold", f"{_time(mock.left)} of {_time(seconds)} left")]
    clock += [(late, f"   {signal(mock.left, seconds)}")] if signal(mock.left, seconds) else []
    said = signal(mock.left_in_all, whole)
    total: Line = [("dim", f"{said}   ")] if said and len(state.parts) > 1 else []
    total.append(("bold", f"{_time(mock.left_in_all)} left"))
    about: Line = [("dim", f"{state.level} · {whole / 60:.0f} min")]
    spent = whole - mock.left_in_all
    full = round((most - 1) * min(1.0, max(0.0, spent / whole)))
    bar: Line = [("", " "), ("accent", "━" * full), ("dim", "─" * (most - 1 - full))]
    if most < NARROW:
        short = f" {cut(title, most - len(place) - 3)}, {place}"
        return [[("", short)], *wrap([("", " "), *clock], most, 1), [("", " "), *total], bar]
    right = sum(width(text) for _, text in total)
    room = most - right - 3 - sum(width(text) for _, text in clock) - len(place) - 6
    left: Line = [("", f" {cut(title, max(10, room))}, {place}   "), *clock]
    if room < 10:
        total = total[-1:]
    return [sides([("", f" {state.title}")], about, most), sides(left, total, most), bar]


def _time(seconds: float) -> str:
    return parts.clock_text(max(0.0, seconds))


def _keys(mock: Mock, talk: Talk, most: int) -> list[Line]:
    if talk.taken:
        return key_line(["Enter leaves"], "", most)
    if talk.paused:
        return key_line(["Enter goes on"], "q not now", most)
    if talk.case:
        return key_line(["Enter back"], "", most)
    case = ["c case"] if mock.case() else []
    if talk.menu:
        editor = ["e editor"] if mock.part.item else []
        return key_line([*editor, *case, "p pause", "q quit, to go on later"], "^X back", most)
    if not mock.part.item:
        return key_line(["Tab goes on"], "^X pause, quit", most)
    more = "^X editor, case, pause, quit" if case else "^X editor, pause, quit"
    ways = ["speak; notes are optional"] if mock.state.aloud else []
    asks = ["? at the start of a line asks"] if mock.facts() else []
    return key_line(["Tab next", *ways, *asks], more, most)


def _case(mock: Mock, most: int) -> list[Line]:
    """Return the case and what was told of it, for one who forgot."""
    case = mock.case()
    lines = indented(flow(case.prompt if case else "", most - 1))
    for fact in mock.told():
        lines += wrap([("dim", " - "), *spans(fact.say)], min(most, PROSE), 3)
    return lines


def _said(mock: Mock, most: int) -> list[Line]:
    """Return the prompt, what was answered, and the follow-up: the newest words in bold."""
    position = mock.state.position
    ask, case, asked = mock.find(position), mock.case(), mock.asked(position)
    lines: list[Line] = []
    if case is not None and mock.opens_case(position):
        lines += [*indented(flow(case.prompt, most - 1)), []]
    for number, words in enumerate(asked):
        newest = number == len(asked) - 1
        lines += [*([[]] if number else []), *indented(flow(words, most - 1, _said_style(newest)))]
        if ask is not None and not number:
            lines += _choices(ask, most)
        if not newest:
            lines += [[], *_past(mock.facts(), mock.part.answers[number], most)]
    return lines


def _said_style(newest: bool) -> str:
    return "bold" if newest else "dim"


def _choices(ask: Ask, most: int) -> list[Line]:
    texts = [option.text for option in ask.question.options] or list(ask.question.steps)
    lines: list[Line] = [[]] if texts else []
    for letter, index in zip(LETTERS, ask.order, strict=False):
        lines += wrap([("accent", f"   {letter}  "), *spans(texts[index])], min(most, PROSE), 6)
    return lines


def _past(facts: Sequence[Fact], text: str, most: int) -> list[Line]:
    rows, _, _ = _box(facts, Talk(text, 0), most)
    return [[(style if style == "accent" else "dim", words) for style, words in row]
            for row in rows]  # fmt: skip


def _box(facts: Sequence[Fact], talk: Talk, most: int) -> tuple[list[Line], int, int]:
    """Return the answer with the interviewer's replies below the lines that ask; and the cursor."""
    inner = min(most - 3, PROSE)
    lines: list[Line] = []
    at = (0, 3)
    offset = 0
    texts = talk.text.split("\n")
    for number, text in enumerate(texts):
        for start, row in parts.text_rows(text, inner):
            if offset + start <= talk.cursor:
                before = talk.text[offset + start : talk.cursor].split("\n")[0]
                at = (len(lines), 3 + width(before))
            lines.append([("accent", f" {parts.BAR} "), ("", row.rstrip())])
        offset += len(text) + 1
        if text.startswith("?") and number < len(texts) - 1:
            fact = reply(facts, text[1:])
            said = NO_FACT if fact is None else facts[fact].say
            lines += indented(flow(said, inner, "bold"), "   ")
    return lines, at[0], min(at[1], most)
