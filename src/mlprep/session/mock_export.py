"""A mock as a document to keep: Markdown, HTML, JSON."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mlprep.core.days import day_text, moment, study_day
from mlprep.core.interview import NO_FACT, Part, reply
from mlprep.core.question import Fact
from mlprep.core.scorecard import ANCHORS, SCORES, TIME, TIME_ANCHORS, Row, Scorecard
from mlprep.errors import MlprepError
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.mock import Mock
from mlprep.session.mock_scoring import Scoring
from mlprep.session.mock_state import ABANDONED, ENDED, GIVEN, RUNNING, SCORED

JUDGED = ("missed", "partly", "good", "easy")
STAGES = {
    RUNNING: "It is still open: points and model answers stand here after its end.",
    ENDED: "Its points are not ticked yet.",
    ABANDONED: "It was left, and not gone on with within 24 hours.",
}
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~]")
_AT_START = re.compile(r"(\s*)(\d*)([-+#=.)])")


def transcript(mock: Mock) -> str:
    """Return the whole interview as Markdown: every word, all points, the model answers.

    While it is open, points and answers are left out. Raises MlprepError where a friend has it.
    """
    _refuse_given(mock)
    state = mock.state
    day = day_text(study_day(moment(state.started)), year=True)
    lines = [f"# {state.title}", "", f"{day}, level {state.level}, seed {state.seed}."]
    if state.aloud:
        lines.append("Answered aloud.")
    if state.time_scale != 1:
        lines.append(f"The clock ran {state.time_scale:g} times as fast.")
    if state.stage == SCORED:
        lines += ["", *card_markdown(Scoring(mock).card())]
    else:
        lines.append(STAGES.get(state.stage, ""))
    for number, part in enumerate(state.parts, start=1):
        lines += ["", f"## {number}. {part.title}", "", _time(part)]
        if part.item:
            lines += ["", *_part(mock, number - 1)]
    return "\n".join(lines) + "\n"


def _refuse_given(mock: Mock) -> None:
    if mock.state.stage == GIVEN:
        raise MlprepError("a friend is to give this mock, so no word of it is shown;"
                          " mlprep mock --record-form FILE takes the form back")  # fmt: skip


def _time(part: Part) -> str:
    paused = f", {part.paused / 60:.1f} paused" if part.paused else ""
    return f"{part.spent / 60:.1f} of {part.minutes:g} minutes{paused}."


def _part(mock: Mock, position: int) -> list[str]:
    part, ask = mock.state.parts[position], mock.find(position)
    lines: list[str] = []
    case = mock.case(position)
    if case is not None and mock.opens_case(position):
        lines += [f"**The case:** {case.prompt}", ""]
    asked = mock.asked(position)
    asked += ["(a follow-up)"] * (len(part.answers) - len(asked))
    for number, (words, answer) in enumerate(zip(asked, part.answers, strict=False)):
        lines += [f"**{'Follow-up' if number else 'Asked'}:** {words}", ""]
        lines += choices(ask) if ask and not number else []
        lines += _said(case.facts if case else (), answer)
    return lines + (_judged(part, ask) if ask and mock.state.stage != RUNNING else [])


def _judged(part: Part, ask: Ask) -> list[str]:
    question = ask.question
    lines = [f"- [{_mark(part.marks, p.key)}] {p.text}" for p in question.rubric]
    flags = [n for n in part.flags if n < len(question.red_flags)]
    lines += [f"- red flag, said: {question.red_flags[n]}" for n in flags]
    if part.rating is not None and not question.rubric:
        lines.append(f"Judged: {JUDGED[part.rating - 1]}.")
    return [*lines, "", "**Model answer**", "", question.answer or "(none)"]


def _mark(marks: Mapping[str, bool] | None, key: str) -> str:
    return "x" if marks and marks.get(key) else " "


def _said(facts: Sequence[Fact], answer: str) -> list[str]:
    """Return an answer as it was typed, with what the interviewer told below each question."""
    if not answer.strip():
        return ["> (nothing typed)", ""]
    lines: list[str] = []
    rows = answer.rstrip().split("\n")
    for number, row in enumerate(rows):
        lines.append(f"> {literal(row)}  ")
        if row.startswith("?") and (number < len(rows) - 1 or answer.endswith("\n")):
            fact = reply(facts, row[1:])
            lines += ["", f"Interviewer: {NO_FACT if fact is None else facts[fact].say}", ""]
    return [*lines, ""]


def literal(text: str) -> str:
    """Return a typed text so that Markdown shows it as it was typed."""
    text = _MARKUP.sub(r"\\\g<0>", text)
    text = _AT_START.sub(r"\1\2\\\3", text) if _AT_START.match(text) else text
    return "\u00a0" * (len(text) - len(text.lstrip(" "))) + text.lstrip(" ")


def quoted(text: str) -> str:
    """Return a Markdown text as a quotation."""
    return "\n".join(f"> {row}".rstrip() for row in text.strip().split("\n"))


def choices(ask: Ask) -> list[str]:
    """Return the options of a choice or the steps of an order, as they were drawn."""
    texts = [option.text for option in ask.question.options] or list(ask.question.steps)
    rows = [f"- {letter}: {texts[n]}" for letter, n in zip(LETTERS, ask.order, strict=False)]
    return [*rows, ""] if rows else []


def card_markdown(card: Scorecard) -> list[str]:
    """Return the scorecard as Markdown, with the rule of each number."""
    lines = [
        f"**{card.headline}**",
        "",
        "| dimension | score | points | weight | why |",
        "|---|---|---|---|---|",
    ]
    for row in card.rows:
        cells = (row.dimension, row.score, *row_figures(row), f"{anchor(row)}")
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    if card.missed:
        lines += ["", "Deciding points missed:", ""]
        lines += [f"- {text} ({where})" for text, where in card.missed]
    if card.extra:
        lines += ["", f"Extra: {card.extra} points above the level."]
    rules = ", ".join(f"{score} from {100 * least:.0f} %" for least, score in SCORES[:-1])
    return [*lines, "", f"A dimension scores by the weight of the points said: {rules}, else 1."]


def row_figures(row: Row) -> tuple[str, str]:
    """Return what was said of what was expected, and its share of the weight."""
    if row.dimension == TIME:
        return f"{row.hit} of {row.points} min", ""
    return f"{row.hit} of {row.points}", f"{int(100 * row.share + 1e-9)} %"


def anchor(row: Row) -> str:
    """Return what a score means, and what lowered it."""
    text = (TIME_ANCHORS if row.dimension == TIME else ANCHORS)[row.score]
    return f"{text}; {row.why}" if row.why else text


def as_json(mock: Mock) -> str:
    """Return the interview as a JSON text. Raises MlprepError where a friend has it."""
    _refuse_given(mock)
    state = mock.state
    parts = [
        {**part._asdict(), "asked": mock.asked(n) if part.item else []}
        for n, part in enumerate(state.parts)
    ]
    whole: dict[str, Any] = {"version": 1, **state.to_plain(), "parts": parts}
    del whole["holder"]
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def to_html(markdown: str, title: str, script: str = "") -> str:
    """Return a Markdown document as one page that needs nothing else and loads nothing.

    script: the only one that the page may run.
    """
    from base64 import b64encode
    from hashlib import sha256

    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    allowed = f"; script-src 'sha256-{digest}'" if script else ""
    tag = f"<script>{script}</script>" if script else ""
    return _PAGE.format(title=html.escape(title), body=body, allowed=allowed, script=tag)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'{allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem }}
blockquote {{ border-left: 3px solid #08a; margin-left: 0; padding-left: 1rem }}
table {{ border-collapse: collapse }} td, th {{ padding: .2rem .6rem; text-align: left }}
pre {{ overflow-x: auto }}
label {{ display: block }} input[type=number] {{ width: 5rem }}
</style></head><body>
{body}
{script}
</body></html>
"""
