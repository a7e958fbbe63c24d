"""Screens of `mlprep bank`: banks, their questions, one question whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mlprep.core.library import Library
from mlprep.core.text import count
from mlprep.session.ask import LETTERS, Ask
from mlprep.terminal import parts
from mlprep.terminal.lines import PROSE, Line, cut, indented, sides, spans, width, wrap
from mlprep.terminal.page import answer_lines


def bank_rows(library: Library, bank: str, topic: str) -> list[dict[str, Any]]:
    """Return a row for each question, its phases joined."""
    rows: dict[str, dict[str, Any]] = {}
    for item in library.items.values():
        if bank and item.bank != bank:
            continue
        if topic and not f"{item.topic}/".startswith(f"{topic}/"):
            continue
        row = rows.setdefault(
            item.question,
            {
                "key": item.question,
                "bank": item.bank,
                "kind": item.kind,
                "level": str(item.level),
                "topic": item.topic,
                "minutes": 0,
                "weight": item.weight,
                "dimension": item.dimension,
                "tags": list(item.tags),
                "items": [],
                "own": library.entry(item.key)[0].own,
            },
        )
        row["minutes"] += item.minutes
        row["items"].append(item.key)
    return list(rows.values())


def bank_lines(library: Library, rows: Sequence[Mapping[str, Any]], most: int) -> list[Line]:
    """Return a line for each bank: title, questions, hours, kinds."""
    most = min(most, PROSE)
    lines: list[Line] = []
    cells = max(width(name) for name in library.heads)
    for name, head in library.heads.items():
        group = [row for row in rows if row["bank"] == name]
        hours = sum(row["minutes"] for row in group) / 60
        left: Line = [("accent", f" {name:<{cells}}"), ("", f"  {head.title}")]
        lines.append(sides(left, [("dim", f"{len(group):>4} questions {hours:5.1f} h")], most))
    kinds = Counter(row["kind"] for row in rows)
    said = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    lines += [[], *wrap([("dim", f" {count(len(rows), 'question')}: {said}")], most, 1)]
    lines.append([("accent", f" mlprep bank list {next(iter(library.heads))}")])
    return lines


def question_lines(rows: Sequence[Mapping[str, Any]], most: int) -> list[Line]:
    """Return a line for each question."""
    lines: list[Line] = []
    for row in rows:
        about = f"{row['kind']} · {row['level']} · {row['minutes']:g} min"
        left: Line = [("", f" {cut(row['key'], most - len(about) - 4)}")]
        lines.append(sides(left, [("dim", about)], min(most, PROSE)))
    return lines


def shown_question(ask: Ask, most: int) -> list[Line]:
    """Return a question whole: prompt, options, answer, points, follow-ups, sources."""
    question = ask.question
    return parts.blocks(
        [parts.header(ask, most)[:1]],
        parts.case_lines(ask, most),
        parts.prompt_lines(ask, most),
        _options(ask, most),
        indented(answer_lines(question.answer, most - 1)),
        _points(ask, most),
        parts.follow_up_lines(ask, most),
        parts.behind_space(ask, most),
    )


def _options(ask: Ask, most: int) -> list[Line]:
    most = min(most, PROSE)
    lines: list[Line] = []
    for letter, option in zip(LETTERS, ask.question.options, strict=False):
        sign = ("accent", f" ✓ {letter}  ") if option.correct else ("", f"   {letter}  ")
        lines += wrap([sign, *spans(option.text)], most, 6)
        lines += indented(wrap(spans(option.why, "dim"), most - 6), "      ")
    for place, step in enumerate(ask.question.steps, start=1):
        lines += wrap([("accent", f"   {place}  "), *spans(step)], most, 6)
    return lines


def _points(ask: Ask, most: int) -> list[Line]:
    lines: list[Line] = []
    for point in ask.question.rubric:
        notes = ["decides"] if point.decides else []
        notes += [f"from {point.level}"] if point.level else []
        sign: Line = [("accent", " · "), *spans(point.text)]
        found = wrap(sign, min(most, PROSE) - 18, 3)
        found[0] = sides(found[0], [("dim", ", ".join(notes))] if notes else [], min(most, PROSE))
        lines += found
    for flag in ask.question.red_flags:
        lines += wrap([("warn", f" ✗ {flag}")], min(most, PROSE), 3)
    return lines
