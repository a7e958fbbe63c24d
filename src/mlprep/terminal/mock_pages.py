"""The screens of a mock interview: from its state and a size to lines."""

from collections.abc import Sequence
from typing import NamedTuple

from mlprep.core.days import day_text, moment
from mlprep.core.interview import NO_FACT, TIME, Scorecard, reply, signal
from mlprep.core.question import Fact
from mlprep.core.text import count
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.mock import Mock
from mlprep.session.mock_state import MockState
from mlprep.terminal import parts
from mlprep.terminal.closing import command
from mlprep.terminal.lines import PROSE, Line, flow, indented, sides, spans, width, wrap
from mlprep.terminal.pages import Page, key_line

SCORE_CELLS = 4


class Talk(NamedTuple):
    """What the screen of a running mock shows beside the state of the mock."""

    text: str = ""  # of the answer that is being typed
    cursor: int = 0
    menu: bool = False
    paused: str = ""  # why it stands still; empty while it runs
    note: str = ""


def mock_page(mock: Mock, talk: Talk, most: int, rows: int) -> Page:
    """Return the screen of a running mock."""
    head = _clock_lines(mock, most)
    keys = _all_keys(mock, talk, most)
    room = rows - len(head) - len(keys) - 1
    if talk.paused:
        note: list[Line] = [[], [("bold", f" {talk.paused}")]]
        return Page([*head, *note], keys)
    if not mock.part.item:
        lines: list[Line] = [[], [("bold", " A break."), ("dim", " Stand up. Tab ends it.")]]
        return Page([*head, *lines], keys)
    said = _said(mock, most)
    box, row, column = _box(mock.facts(), talk, most)
    content = [*said, [], *box]
    at = len(said) + 1 + row
    first = max(0, min(at - room + 2, len(content) - room))
    shown = content[first : first + room]
    return Page([*head, [], *shown], keys, cursor=(len(head) + 1 + at - first, column))


def _clock_lines(mock: Mock, most: int) -> list[Line]:
    state, part = mock.state, mock.part
    whole = sum(p.minutes for p in state.parts)
    title = part.title if part.item else "Break"
    place = f" {title}, part {state.position + 1} of {len(state.parts)}"
    clock = f"{_time(mock.left)} of {_time(part.minutes * 60)} left"
    word = signal(mock.left, part.minutes * 60)
    late = mock.left <= 60
    middle: Line = [("", place), ("", "   "), ("warn bold" if late else "bold", clock)]
    if word:
        middle.append(("warn" if late else "dim", f"   {word}"))
    spent = whole * 60 - mock.left_in_all
    cells = min(most - 1, PROSE)
    full = round(cells * min(1.0, max(0.0, spent / (whole * 60))))
    about = f"{state.level} · {whole:.0f} min"
    return [
        sides([("", f" {state.title}")], [("dim", about)], min(most, PROSE)),
        sides(middle, [("bold", f"{_time(mock.left_in_all)} left")], min(most, PROSE)),
        [("", " "), ("accent", "━" * full), ("dim", "─" * (cells - full))],
    ]


def _time(seconds: float) -> str:
    return ("-" if seconds < 0 else "") + parts.clock_text(abs(seconds))


def _all_keys(mock: Mock, talk: Talk, most: int) -> list[Line]:
    if talk.note:
        return [[("warn", f" {talk.note}")], *_running_keys(mock, talk, most)]
    return _running_keys(mock, talk, most)


def _running_keys(mock: Mock, talk: Talk, most: int) -> list[Line]:
    if talk.paused:
        return key_line(["Enter goes on"], "q not now", most)
    if talk.menu:
        return key_line(["e editor", "p pause", "q quit, to go on later"], "^X back", most)
    if not mock.part.item:
        return key_line(["Tab goes on"], "^X pause, quit", most)
    asks = ["a line that starts with ? asks"] if mock.facts() else []
    return key_line(["Tab next", *asks], "^X editor, pause, quit", most)


def _said(mock: Mock, most: int) -> list[Line]:
    """Return the prompt, what was answered, and the follow-up: the newest words in bold."""
    ask, part = mock.ask(), mock.part
    asked = [ask.question.prompt]
    asked += [ask.question.follow_ups[n].ask for n in part.follow_ups]
    lines: list[Line] = []
    if ask.question.case and mock.state.position == 0:
        lines += [*indented(flow(ask.question.case.prompt, most - 1)), []]
    for number, words in enumerate(asked):
        newest = number == len(asked) - 1
        lines += [*([[]] if number else []), *indented(flow(words, most - 1, _said_style(newest)))]
        if not number:
            lines += _choices(ask, most)
        if not newest:
            lines += [[], *_past(mock.facts(), part.answers[number], most)]
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


# Afterwards


def card_lines(
    card: Scorecard, mock: Mock, previous: MockState | None, number: int, most: int
) -> list[Line]:
    """Return the scorecard.

    previous: the last scored mock of the same case. number: of this mock in the history.
    """
    most = min(most, PROSE)
    state = mock.state
    lines: list[Line] = [
        *wrap([("bold", f" {card.headline}")], most, 1),
        sides([("", f" {_subject(mock)}")], [("dim", day_text(_day(state.started)))], most),
    ]
    if previous is not None and previous.card:
        before = f"Last time, on {day_text(_day(previous.started))}: {previous.card['headline']}"
        lines += wrap([("dim", f" {before}")], most, 1)
    lines += [[], *_rows(card, previous, most)]
    if card.missed:
        lines += [[], [("", " Deciding points missed")]]
        for text, where in card.missed[:4]:
            lines.append(sides([("warn", " ✗ "), ("", text)], [("dim", where)], most))
        if len(card.missed) > 4:
            lines.append([("dim", f"   and {len(card.missed) - 4} more")])
    never = _never_asked(mock)
    if never:
        lines += wrap([("dim", f" Never asked: {never}.")], most, 1)
    lines.append([])
    weakest = card.weakest
    if weakest is not None:
        lines.append(command(f"mlprep drill --dimension {weakest.dimension}", "the weakest", most))
    whole = "every word, all points, the model answers"
    lines.append(command(f"mlprep mock --show {number}", whole, most))
    return lines


def _rows(card: Scorecard, previous: MockState | None, most: int) -> list[Line]:
    before = dict(previous.card["rows"]) if previous is not None and previous.card else {}
    lines: list[Line] = []
    for row in card.rows:
        bar: Line = [
            ("accent", "━" * row.score), ("dim", "─" * (SCORE_CELLS - row.score)),
        ]  # fmt: skip
        of = f"{row.hit} min" if row.dimension == TIME else f"{row.hit} of {row.points}"
        last = f"   last {before[row.dimension]}" if row.dimension in before else ""
        line: Line = [("", f" {row.dimension:<13}"), *bar, ("", f"  {row.score}   {of:<9}"),
                      ("dim", last)]  # fmt: skip
        lines.append(sides(line, [("dim", row.why)] if row.why else [], most))
    return lines


def _subject(mock: Mock) -> str:
    scored = sum(part.scored for part in mock.state.parts)
    name = mock.state.case.partition("/")[2] or mock.state.title
    return f"{name} · {count(scored, 'part')} at {mock.state.level}"


def _never_asked(mock: Mock) -> str:
    """Return what the facts that were never asked for are about."""
    told: set[int] = set()
    facts: Sequence[Fact] = ()
    for number, part in enumerate(mock.state.parts):
        if part.item.count("/") == 2:
            told |= set(part.told)
            case = mock.ask(number).question.case
            facts = case.facts if case else facts
    names = [fact.about[0] for index, fact in enumerate(facts) if index not in told]
    return ", ".join(names[:6])


def _day(at: int) -> int:
    from mlprep.core.days import study_day

    return study_day(moment(at))


def history_table(mocks: Sequence[Mock], most: int) -> list[Line]:
    """Return a line for each mock, the latest first."""
    most = min(most, PROSE)
    lines: list[Line] = []
    for number, mock in reversed(list(enumerate(mocks, start=1))):
        state = mock.state
        said = str(state.card["headline"]) if state.card else _stage(mock)
        left: Line = [
            ("", f" {number:>3}  {day_text(_day(state.started)):<11}"),
            ("", f"{state.case.partition('/')[2] or state.format:<30}"[:30]),
        ]
        lines.append(sides(left, [("dim", said)], most))
    return lines or [[("dim", " No mock yet."), ("accent", " mlprep mock --list")]]


def _stage(mock: Mock) -> str:
    if mock.state.stage == "ended":
        return "to be ticked: mlprep mock --score"
    if mock.state.stage == "running":
        return "open: mlprep mock --resume"
    return mock.state.stage
