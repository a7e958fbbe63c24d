"""What a mock leaves: its scorecard, and the line of each in the history."""

from collections.abc import Sequence

from mlprep.core.days import day_text, moment, study_day
from mlprep.core.formats import Format
from mlprep.core.question import Fact
from mlprep.core.scorecard import Row, Scorecard
from mlprep.core.text import count
from mlprep.session.mock import Mock
from mlprep.session.mock_export import anchor, row_figures
from mlprep.session.mock_state import ENDED, GIVEN, RUNNING, MockState
from mlprep.terminal.lines import PROSE, Line, cut, line_width, sides, within, wrap
from mlprep.terminal.rows import command

SCORE_CELLS = 4
NAME_CELLS = 26
MOST_LINES = 22  # so that the command and the next prompt stay in sight
LEAST_MISSED = 2  # deciding points that are named however long the rest is
WIDE_ENOUGH = 60  # columns from which a score says what it means


def card_lines(
    card: Scorecard, mock: Mock, previous: MockState | None, number: int, most: int
) -> list[Line]:
    """Return the scorecard.

    previous: the last scored mock of the same case. number: of this mock in the history.
    """
    wide, most = most, min(most, PROSE)
    state = mock.state
    lines: list[Line] = [
        *wrap([("bold", f" {card.headline}")], most, 1),
        sides([("", f" {_subject(mock)}")], [("dim", day_text(_day(state.started)))], most),
    ]
    if previous is not None and previous.card:
        before = f"Last time, on {day_text(_day(previous.started))}: {previous.card['headline']}"
        lines += wrap([("dim", f" {before}")], most, 1)
    lines += _rows(card, previous, min(wide, 110))
    foot = [*_notes(card, mock, most), [], *_next(card, number, most)]
    if card.missed:
        lines += [[], [("", " Deciding points missed")]]
        room = MOST_LINES - len(lines) - len(foot)
        lines += _missed(card.missed, max(LEAST_MISSED, room), most)
    return within([*lines, *foot], wide)


def _missed(missed: Sequence[tuple[str, str]], room: int, most: int) -> list[Line]:
    """Return as many missed points as there is room for, a line each; --show has them whole."""
    shown = len(missed) if len(missed) <= room else max(1, room - 1)
    lines = []
    for text, where in missed[:shown]:
        cells = most - 3 - (len(where) + 2 if most >= WIDE_ENOUGH else 0)
        right: Line = [("dim", where)] if most >= WIDE_ENOUGH else []
        lines.append(sides([("warn", " ✗ "), ("", cut(text, cells))], right, most))
    rest = len(missed) - shown
    return [*lines, [("dim", f"   and {rest} more")]] if rest else lines


def _notes(card: Scorecard, mock: Mock, most: int) -> list[Line]:
    lines: list[Line] = []
    if card.extra:
        lines.append([("", f" Extra: {count(card.extra, 'point')} above the level.")])
    never = _never_asked(mock)
    if never:
        lines += wrap([("dim", f" Never asked: {never}.")], most, 1)
    return lines


def _next(card: Scorecard, number: int, most: int) -> list[Line]:
    lines = []
    weakest = card.weakest
    if weakest is not None:
        lines.append(command(f"mlprep drill --dimension {weakest.dimension}", "the weakest", most))
    whole = "every word, all points, the model answers"
    return [*lines, command(f"mlprep mock --show {number}", whole, most)]


def _rows(card: Scorecard, previous: MockState | None, most: int) -> list[Line]:
    """Return the scores, those of last time, what they rest on, and what they mean."""
    before = dict(previous.card["rows"]) if previous is not None and previous.card else {}
    day = day_text(_day(previous.started))[4:] if before and previous is not None else ""
    figures = [row_figures(row) for row in card.rows]
    first = max(len("points"), *(len(points) for points, _ in figures))
    roomy = most >= WIDE_ENOUGH
    head = f" {'':<11} {'score':>{SCORE_CELLS + 3}}"
    head += f"  {'points':<{first}}  {'weight':>6}" if roomy else f"  {'points':<{first}}"
    lines: list[Line] = [[("dim", f"{head}  {day}".rstrip())]]
    for row, (points, weight) in zip(card.rows, figures, strict=True):
        line: Line = [
            ("", f" {row.dimension:<11} "), ("accent", "━" * row.score),
            ("dim", "─" * (SCORE_CELLS - row.score)), ("", f"  {row.score}  {points:<{first}}"),
            ("", f"  {weight:>6}" if roomy else ""),
        ]  # fmt: skip
        if day:
            line.append(("dim", f"  {before.get(row.dimension, ''):<{len(day)}}"))
        lines.append(
            [*line, ("dim", _meaning(row, most - line_width(line) - 2))] if roomy else line
        )
    return lines


def _meaning(row: Row, room: int) -> str:
    """Return what a score means, or rather what lowered it where both have no room."""
    text = anchor(row)
    if len(text) > room and row.why:
        text = row.why
    return f"  {cut(text, room)}" if room > SCORE_CELLS else ""


def _subject(mock: Mock) -> str:
    scored = sum(part.scored for part in mock.state.parts)
    name = mock.state.case.partition("/")[2] or mock.state.title
    return f"{name} · {count(scored, 'part')} at {mock.state.level}"


def _never_asked(mock: Mock) -> str:
    """Return what the facts that were never asked for are about."""
    if not any(part.text.strip() for part in mock.state.parts):
        return ""  # all was spoken: whether anyone asked is not known
    names: list[str] = []
    for number in range(len(mock.state.parts)):
        case = mock.case(number)
        if case is not None and mock.opens_case(number):
            told: Sequence[Fact] = mock.told(number)
            names += [fact.about[0] for fact in case.facts if fact not in told]
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _day(at: int) -> int:
    return study_day(moment(at))


def history_table(mocks: Sequence[Mock], most: int) -> list[Line]:
    """Return a line for each mock, the latest first."""
    most = min(most, PROSE)
    lines: list[Line] = []
    for number, mock in reversed(list(enumerate(mocks, start=1))):
        state = mock.state
        said = str(state.card["headline"]) if state.card else _stage(state)
        name = state.case.partition("/")[2] or state.format
        left: Line = [("", f" {number:>3}  {day_text(_day(state.started))}  ")]
        padded = f"{cut(name, NAME_CELLS):<{NAME_CELLS}}"
        if line_width(left) + NAME_CELLS + 2 + len(said) <= most:
            lines.append([*left, ("", f"{padded}  "), ("dim", said)])
        else:
            lines += [[*left, ("", name)], *wrap([("dim", f"      {said}")], most, 6)]
    return within(lines, most) or [[("dim", " No mock yet."), ("accent", "  mlprep mock --list")]]


def format_table(formats: Sequence[Format], most: int) -> list[Line]:
    """Return what each format is about, and its minutes."""
    cells = max((len(script.id) for script in formats), default=0)
    lines: list[Line] = []
    for script in formats:
        minutes: Line = [("", f"  {script.minutes:4.0f} min  ")]
        about = script.about or script.title
        if most >= WIDE_ENOUGH:
            left: Line = [("accent", f" {script.id:<{cells}}"), *minutes]
            lines += wrap([*left, ("", about)], min(most, PROSE), line_width(left))
        else:
            lines += [
                [("accent", f" {script.id}"), *minutes],
                *wrap([("", f"   {about}")], most, 3),
            ]
    return lines


def _stage(state: MockState) -> str:
    return {
        ENDED: "to be ticked: mlprep mock --score",
        RUNNING: "open: mlprep mock --resume",
        GIVEN: "with a friend: mlprep mock --record-form FILE",
    }.get(state.stage, state.stage)
