"""The parts of which the screens of a drill are put together."""

import re
from collections.abc import Sequence

from mlprep.core.days import day_text
from mlprep.core.grading import CONFIDENCE_WORDS, SURE
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS
from mlprep.core.rubric import Point, earned
from mlprep.core.text import count
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.drill import Outcome
from mlprep.terminal.lines import (
    PROSE,
    Line,
    clip,
    cut,
    flow,
    indented,
    join,
    line_width,
    sides,
    spans,
    width,
    wrap,
)
from mlprep.terminal.rows import percent
from mlprep.terminal.view import View

BAR = "┃"
NARROW = 60  # columns below which the header leaves out what can be missed
WORDS = 26  # columns for the words that earned a point


def minutes_text(minutes: float) -> str:
    """Return minutes as a person says them: `4 min`, `1.5 min`."""
    return f"{minutes:g} min"


def clock_text(seconds: float) -> str:
    """Return `3:12`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def header(ask: Ask, most: int) -> Line:
    """Return the first line: what is asked, and how far the session is."""
    question = ask.question
    spent = f"{int(ask.spent)}" + ("" if ask.minutes is None else f" of {ask.minutes:g}")
    right = f"question {ask.number} · {spent} min" if most >= NARROW else f"{spent} min"
    about = f"{question.level} · {minutes_text(question.minutes)}"
    kind = question.kind if ask.earlier else f"new · {question.kind}"
    if ask.returned:
        missing = f" · {len(ask.points)} of {count(len(question.rubric), 'point')} are missing"
        left = "again" + (missing if question.kind in JUDGED_KINDS else "")
    elif question.case:  # of all, the title of the phase can best be cut
        room = most - width(f" {kind} ·  · {about}  {right}")
        left = (
            f"{kind} · {cut(question.title, room)} · {about}" if room > 8 else f"{kind} · {about}"
        )
    else:
        left = f"{kind} · {about}"
    return clip(sides([("dim", f" {left}")], [("dim", right)], most), most)


def case_lines(ask: Ask, most: int) -> list[Line]:
    """Return what stands above a design phase: the case, its facts, what was settled."""
    case = ask.question.case
    if case is None:
        return []
    lines = flow(case.prompt, most - 1, "dim")
    if case.facts:
        lines.append([])
        for fact in case.facts:
            lines += wrap([("dim", "- "), *spans(fact.say, "dim")], min(most - 1, PROSE), 2)
    if case.assume:
        lines += [[], *flow(f"Settled so far: {case.assume}", most - 1, "dim")]
    return indented(lines)


def prompt_lines(ask: Ask, most: int) -> list[Line]:
    """Return the prompt."""
    return indented(flow(ask.question.prompt, most - 1))


def last_sentence(ask: Ask, most: int) -> list[Line]:
    """Return the end of the prompt, for when there is no room for more."""
    text = " ".join(ask.question.prompt.split())
    start = max(text.rfind(end, 0, len(text) - 2) for end in (". ", "? ", ": "))
    return indented(flow(f"… {text[start + 2 :]}" if start > 0 else text, most - 1))


def hint_lines(view: View, most: int) -> list[Line]:
    """Return the hints that were asked for."""
    lines: list[Line] = []
    for hint in view.ask.question.hints[: view.hints]:
        lines += indented(flow(f"Hint, at most partly now: {hint}", most - 1, "dim"))
    return [[], *lines] if lines else []


def text_rows(text: str, most: int) -> list[tuple[int, str]]:
    """Return a text word-wrapped without losing a character: (start, row) of each row."""
    rows: list[tuple[int, str]] = []
    offset = 0
    for line in text.split("\n"):
        start, cells, space = 0, 0, -1
        for index, character in enumerate(line):
            cells += width(character)
            if character == " ":
                space = index
                continue
            while cells > most:
                end = space + 1 if space >= start else index
                if end == start:
                    break
                rows.append((offset + start, line[start:end]))
                start, cells = end, width(line[end : index + 1])
        rows.append((offset + start, line[start:]))
        offset += len(line) + 1
    return rows


def box(view: View, most: int, room: int) -> tuple[list[Line], tuple[int, int]]:
    """Return the answer box in at most `room` rows around the cursor, and where the cursor is."""
    inner = min(most - 3, PROSE)
    rows = text_rows(view.text, inner)
    at = max(n for n, (start, _) in enumerate(rows) if start <= view.cursor)
    column = width(view.text[rows[at][0] : view.cursor])
    first = max(0, min(at - room + 1, len(rows) - room)) if len(rows) > room else 0
    first = min(first, at)
    lines: list[Line] = [
        [("accent", f" {BAR} "), ("", row.rstrip())] for _, row in rows[first : first + room]
    ]
    return lines, (at - first, min(3 + column, most))


def own_words(view: View, most: int, room: int | None = None) -> list[Line]:
    """Return the typed text, read only, with the words that earned a point lit."""
    if not view.text.strip():
        return [[("dim", f" {BAR} "), ("dim", "(nothing typed)")]]
    words = {w for p in view.points for w in earned(p, view.text)}
    rows = [row for _, row in text_rows(view.text.rstrip(), min(most - 3, PROSE))]
    if room is not None and len(rows) > room:
        rows = [*rows[: room - 1], f"… {count(len(rows) - room + 1, 'more line')}"]
    return [[("accent", f" {BAR} "), *_lit(row.rstrip(), words)] for row in rows]


def _lit(row: str, words: set[str]) -> Line:
    if not words:
        return [("dim", row)]
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(f"({pattern})", row)
    return join([("accent" if n % 2 else "dim", part) for n, part in enumerate(parts) if part])


def option_lines(view: View, most: int) -> list[Line]:
    """Return the options of a choice, or the steps of an order, while they are picked."""
    question = view.ask.question
    texts = [option.text for option in question.options] or list(question.steps)
    lines: list[Line] = []
    for letter, index in zip(LETTERS, view.ask.order, strict=False):
        picked = letter in view.picks
        sign = "❯" if picked and question.kind == "choice" else " "
        if picked and question.kind == "order":
            sign = str(view.picks.index(letter) + 1)
        style = "bold" if picked else ""
        lines += wrap(
            [("accent", f" {sign} {letter}  "), *_styled(texts[index], style)], _prose(most), 6
        )
    return lines


def _styled(text: str, style: str) -> Line:
    return [(style, text)] if style else spans(text)


def _prose(most: int) -> int:
    return min(most, PROSE)


def judged_options(view: View, most: int) -> list[Line]:
    """Return the options where they were, right and wrong ones marked, each with its reason."""
    question = view.ask.question
    lines: list[Line] = []
    for letter, index in zip(LETTERS, view.ask.order, strict=False):
        option = question.options[index]
        wrong = letter in view.picks and not option.correct
        sign = "✓" if option.correct else "✗" if wrong else " "
        style = "bold" if option.correct else "" if wrong else "dim"
        mark = "accent" if option.correct else "warn" if wrong else "dim"
        text = _styled(option.text, style)
        lines += wrap([(mark, f" {sign} {letter}  "), *text], _prose(most), 6)
        if option.why:
            why = spans(option.why, "" if option.correct or wrong else "dim")
            lines += indented(wrap(why, _prose(most) - 6), " " * 6)
    return lines


def judged_steps(view: View, most: int) -> list[Line]:
    """Return the steps in their right order, with the place at which each was put."""
    question = view.ask.question
    picks = view.ask.picks_of(view.picks)
    lines: list[Line] = []
    for place, step in enumerate(question.steps):
        put = picks.index(place) + 1 if place in picks else None
        right = put == place + 1
        sign: tuple[str, str] = ("accent", " ✓ ") if right else ("warn", " ✗ ")
        note = "" if right or put is None else f"you put it {_ordinal(put)}"
        found = wrap([sign, ("", f"{place + 1}  "), *spans(step)], _prose(most) - 18, 6)
        found[0] = sides(found[0], [("dim", note)] if note else [], _prose(most))
        lines += found
    return lines


def _ordinal(place: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(place, f"{place}th")


def has_earned(view: View) -> bool:
    """Return whether the typed words earn a point."""
    return any(earned(point, view.text) for point in view.points)


def point_lines(view: View, number: int, most: int) -> list[Line]:
    """Return one point, or red flag, while they are ticked."""
    points = view.points
    here: tuple[str, str] = ("accent", " ❯ ") if number == view.current else ("", "   ")
    words = min(WORDS, max(0, (most - 34)))
    if number >= len(points):
        flag = number - len(points)
        said = flag in view.flags
        text = f"Or did you say:  {view.ask.question.red_flags[flag]}"
        line: Line = [here, ("warn", "✗ " if said else "· "), ("warn", text)]
        return _beside(line, "costs the grade", most, words, 5)
    point = points[number]
    mark = view.marks.get(point.key)
    sign = {True: ("accent", "✓ "), False: ("warn", "✗ "), None: ("", "· ")}[mark]
    style = "dim" if view.ask.is_extra(point) else ""
    return _beside(
        [here, sign, *spans(point.text, style)], _point_note(view, point), most, words, 5
    )


def _point_note(view: View, point: Point) -> str:
    found = earned(point, view.text)
    if found:
        return ", ".join(found[:3])
    if view.ask.is_extra(point):
        return "extra"
    missed = view.ask.missed_on(point)
    if missed is not None:
        return f"missed on {day_text(missed).partition(' ')[2]}"
    return ""


def _beside(line: Line, note: str, most: int, words: int, indent: int) -> list[Line]:
    """Return a wrapped line with a dim note at the right of its first row."""
    most = _prose(most)
    if words < 12 or not note:
        return wrap(line, most, indent)
    lines = wrap(line, most - words - 2, indent)
    lines[0] = sides(lines[0], [("dim", cut(note, words))], most)
    return lines


def verdict(outcome: Outcome, most: int) -> list[Line]:
    """Return the verdict in one or two lines: what, how much of it, how long, how sure, where."""
    ask, attempt, grade = outcome.ask, outcome.attempt, outcome.grade
    word = grade.rating.word.capitalize()
    said: list[str] = []
    if grade.coverage is not None:
        hit = len(grade.expected) - len(grade.missed(attempt))
        said.append(f"{percent(grade.coverage)}, {hit} of {count(len(grade.expected), 'point')}")
    if attempt.seconds is not None and ask.question.kind not in ("choice", "recall"):
        time = clock_text(attempt.seconds)
        said.append(f"{time} of {minutes_text(ask.question.minutes)}")
    if attempt.overruled:
        said.append("you guessed" if attempt.overruled == "guessed" else "you knew it")
    sure_and_wrong = grade.rating is Rating.AGAIN and attempt.confidence == SURE
    if attempt.confidence is not None and not sure_and_wrong:
        said.append(CONFIDENCE_WORDS[attempt.confidence])
    line: Line = [("bold", f" {word}")]
    if sure_and_wrong:
        line.append(("warn", ", and you were sure"))
    line.append(("dim", "".join(f"   {part}" for part in said)))
    topic: Line = [("dim", ask.question.topic)]
    if line_width(line) + line_width(topic) + 2 <= min(most, PROSE):
        return [sides(line, topic, min(most, PROSE))]
    return [*wrap(line, most, 1), [("dim", f" {ask.question.topic}")]]


def consequence(outcome: Outcome, date: int | None, day: int) -> str:
    """Return what the answer changed: recall on the interview date, or when it comes back."""
    if outcome.review is None:
        return "Answered in another terminal meanwhile: this answer was not kept."
    if outcome.returns:
        return "It comes back in this drill."
    if date is not None and date > day:
        after, before = percent(outcome.after), percent(outcome.before)
        when = day_text(date).partition(" ")[2]
        same = after == before
        changed = "as before" if same else f"before this answer it was {before}"
        return f"On {when} you recall it with {after}; {changed}."
    if outcome.due is None:
        return "It is not due again for now."
    return f"Next on {day_text(outcome.due)}." if outcome.due > day else "It is due again today."


def missed_lines(outcome: Outcome, most: int) -> list[Line]:
    """Return the expected points that were not said, those missed before marked."""
    lines: list[Line] = []
    for point in outcome.grade.missed(outcome.attempt):
        times = outcome.ask.times_missed(point)
        note = {0: "", 1: "second time", 2: "third time"}.get(times, f"{times + 1} times")
        lines += _beside([("warn", " ✗ "), *spans(point.text)], note, most, 14 if note else 0, 3)
    for flag in sorted(outcome.attempt.flags):
        text = outcome.ask.question.red_flags[flag]
        lines += wrap([("warn", f" ✗ You said: {text}")], _prose(most), 3)
    return lines


def behind_space(ask: Ask, most: int) -> list[Line]:
    """Return what can wait: what follow-ups look for, sources, key."""
    question = ask.question
    lines: list[Line] = []
    for follow_up in question.follow_ups:
        if follow_up.look_for:
            lines += wrap([("", " Looks for: "), *spans(follow_up.look_for)], _prose(most), 1)
    if question.sources:
        lines += wrap([("dim", f" Sources: {'; '.join(question.sources)}")], _prose(most), 1)
    lines += wrap([("dim", f" {ask.item.key}")], most, 1)
    return lines


def follow_up_lines(ask: Ask, most: int) -> list[Line]:
    """Return where an interviewer would push."""
    lines: list[Line] = []
    for follow_up in ask.question.follow_ups:
        lines += indented(wrap(spans(follow_up.ask), _prose(most) - 1))
    return lines


def blocks(*parts: Sequence[Line]) -> list[Line]:
    """Return parts with one empty line between those that are not empty."""
    found: list[Line] = []
    for part in parts:
        if part:
            found += [[], *part] if found else list(part)
    return found
