"""A mock as a document to keep or to give to a friend: Markdown, HTML, JSON; and the form back."""

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mlprep.core.days import day_text, moment, study_day
from mlprep.core.grading import Attempt
from mlprep.core.interview import (
    ANCHORS,
    NO_FACT,
    SCORES,
    TIME,
    TIME_ANCHORS,
    Scorecard,
    questions_in,
    reply,
)
from mlprep.core.library import Library
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS, Question
from mlprep.core.text import visible
from mlprep.errors import MlprepError
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.mock import Mock, mocks
from mlprep.session.mock_state import SCORED
from mlprep.storage.store import Store

TICK = re.compile(r"\s*[-*] \[(?P<mark>[ xX])\] .*?`(?P<code>\d+\.(?:p|f)\d+|\d+\.r[ypn])`")
_FORM = re.compile(r"mlprep-form (?P<session>[0-9a-f-]{36})")


def transcript(mock: Mock) -> str:
    """Return the whole interview as Markdown: every word, all points, the model answers."""
    state = mock.state
    day = day_text(study_day(moment(state.started)), year=True)
    lines = [f"# {state.title}", "", f"{day}, level {state.level}, seed {state.seed}."]
    if state.time_scale != 1:
        lines.append(f"The clock ran {state.time_scale:g} times as fast.")
    if state.stage == "scored":
        lines += ["", *card_markdown(mock.card())]
    for number, part in enumerate(state.parts, start=1):
        lines += ["", f"## {number}. {part.title}", ""]
        spent = f"{part.spent / 60:.1f} of {part.minutes:g} minutes"
        lines.append(f"{spent}, {part.paused / 60:.1f} paused." if part.paused else f"{spent}.")
        if part.item:
            lines += ["", *_part(mock, number - 1)]
    return "\n".join(lines) + "\n"


def _part(mock: Mock, position: int) -> list[str]:
    part = mock.state.parts[position]
    ask = mock.ask(position)
    question = ask.question
    lines = [f"**Asked:** {question.prompt}", "", *_choices(ask)]
    facts = question.case.facts if question.case else ()
    asked = [""] + [question.follow_ups[n].ask for n in part.follow_ups]
    for words, answer in zip(asked, part.answers, strict=False):
        lines += [f"**Follow-up:** {words}", ""] if words else []
        lines += [_quoted(answer), ""]
        for words_asked in questions_in(answer):
            found = reply(facts, words_asked)
            said = NO_FACT if found is None else facts[found].say
            lines += [f"*{words_asked}* {said}", ""]
    lines += [f"- [{_mark(part.marks, p.key)}] {p.text}" for p in question.rubric]
    lines += [f"- you said: {question.red_flags[n]}" for n in part.flags]
    if part.rating is not None and not question.rubric:
        lines.append(f"Judged: {('missed', 'partly', 'good', 'easy')[part.rating - 1]}.")
    return [*lines, "", "**Model answer**", "", question.answer or "(none)"]


def _mark(marks: Mapping[str, bool] | None, key: str) -> str:
    return "x" if marks and marks.get(key) else " "


def _quoted(text: str) -> str:
    rows = text.strip().split("\n") if text.strip() else ["(nothing typed)"]
    return "\n".join(f"> {row}" for row in rows)


def _choices(ask: Ask) -> list[str]:
    texts = [option.text for option in ask.question.options] or list(ask.question.steps)
    rows = [f"{letter}. {texts[n]}" for letter, n in zip(LETTERS, ask.order, strict=False)]
    return [*rows, ""] if rows else []


def card_markdown(card: Scorecard) -> list[str]:
    """Return the scorecard as Markdown, with the rule of each number."""
    lines = [
        f"**{card.headline}**",
        "",
        "| dimension | score | points | why |",
        "|---|---|---|---|",
    ]
    for row in card.rows:
        of = f"{row.hit} of {row.points}" + (" min" if row.dimension == TIME else "")
        anchors = TIME_ANCHORS if row.dimension == TIME else ANCHORS
        lines.append(f"| {row.dimension} | {row.score}, {anchors[row.score]} | {of} | {row.why} |")
    if card.missed:
        lines += ["", "Deciding points missed:", ""]
        lines += [f"- {text} ({where})" for text, where in card.missed]
    rules = ", ".join(f"{score} from {100 * least:.0f} %" for least, score in SCORES[:-1])
    return [*lines, "", f"A dimension scores by the weight of the points said: {rules}, else 1."]


def document(mock: Mock) -> dict[str, Any]:
    """Return the interview as JSON can hold it."""
    state = mock.state
    parts = []
    for number, part in enumerate(state.parts):
        row = part._asdict()
        if part.item:
            row["prompt"] = mock.ask(number).question.prompt
        parts.append(row)
    return {"version": 1, **state.to_plain(), "parts": parts}


def to_html(markdown: str, title: str) -> str:
    """Return a Markdown document as one page that needs nothing else."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return _PAGE.format(title=html.escape(title), body=body)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem }}
blockquote {{ border-left: 3px solid #08a; margin-left: 0; padding-left: 1rem;
  white-space: pre-wrap }}
table {{ border-collapse: collapse }} td, th {{ padding: .2rem .6rem; text-align: left }}
pre {{ overflow-x: auto }}
</style></head><body>
{body}
</body></html>
"""


# With a friend


def friend_script(mock: Mock) -> str:
    """Return the interviewer's script of a drawn interview, with a form of points to tick."""
    state = mock.state
    whole = sum(part.minutes for part in state.parts)
    lines = [
        f"# {state.title}: the interviewer's script",
        "",
        f"For {whole:.0f} minutes at level {state.level}. Read the words after **Say** aloud, note"
        " what the candidate answers, and stay silent about right and wrong. Afterwards put an x"
        " into the brackets of each point that was said, and write the minutes of each part.",
        "Send the file back: `mlprep mock --record-form FILE` takes it into the history.",
    ]
    for number, part in enumerate(state.parts, start=1):
        lines += ["", f"## {number}. {part.title}, {part.minutes:g} minutes", ""]
        if part.item:
            lines += _script_part(mock.ask(number - 1), number, state.position == number - 1)
        lines += ["", f"Minutes taken: [{part.minutes:g}] `{number}.t`"]
    lines += ["", f"<!-- mlprep-form {state.session} -->"]
    return "\n".join(lines) + "\n"


def _script_part(ask: Ask, number: int, first: bool) -> list[str]:
    question = ask.question
    opening = f"{question.case.prompt}\n\n" if question.case and first else ""
    lines = [f"**Say:** {opening}{question.prompt}", "", *_choices(ask)]
    if question.case and question.case.facts and first:
        lines += [
            "Facts, to be told only when asked (else: “Your call. Say what you assume.”):",
            "",
        ]
        lines += [f"- {', '.join(f.about)}: {f.say}" for f in question.case.facts]
        lines.append("")
    for follow_up in question.follow_ups:
        lines.append(f"Probe: {follow_up.ask} (looks for: {follow_up.look_for or 'a reason'})")
    lines += ["", "Said:", "", *_form(question, number), "", "Model answer:", ""]
    return [*lines, _quoted(question.answer)]


def _form(question: Question, number: int) -> Iterable[str]:
    if question.kind in JUDGED_KINDS:
        for n, point in enumerate(question.rubric, start=1):
            level = f" ({point.level})" if point.level else ""
            yield f"- [ ] {point.text}{level} `{number}.p{n}`"
        for n, flag in enumerate(question.red_flags, start=1):
            yield f"- [ ] Red flag: {flag} `{number}.f{n}`"
    else:
        for letter, word in (("y", "right"), ("p", "partly right"), ("n", "wrong")):
            yield f"- [ ] {word} `{number}.r{letter}`"


def read_form(text: str) -> tuple[str, set[str], dict[int, float]]:
    """Return of a filled form its session, the codes that are ticked, and minutes by part.

    Raises MlprepError where it is no form.
    """
    found = _FORM.search(text)
    if found is None:
        raise MlprepError("no mlprep form: its last line, <!-- mlprep-form … -->, is missing;"
                          " fill in the file that --for-friend wrote")  # fmt: skip
    ticked, minutes = set(), {}
    for line in visible(text).split("\n"):
        match = TICK.match(line)
        if match and match["mark"] in "xX":
            ticked.add(match["code"])
        time = re.search(r"\[\s*([\d.]+)\s*\] `(\d+)\.t`", line)
        if time:
            minutes[int(time[2])] = float(time[1])
    return found["session"], ticked, minutes


def take_form(text: str, store: Store, library: Library, now: datetime) -> Mock:
    """Take a friend's filled form into the history and return the scored mock.

    Raises MlprepError where it is no form, of no interview of this history, or taken already.
    """
    session, ticked, minutes = read_form(text)
    mock = next((m for m in mocks(store, library) if m.state.session == session), None)
    if mock is None:
        raise MlprepError("this form's interview is not in your history; fill in the script that"
                          " mlprep mock --for-friend wrote here")  # fmt: skip
    if mock.state.stage == SCORED:
        raise MlprepError("this form was taken already; mlprep mock --history shows its scorecard")
    for number, part in enumerate(mock.state.parts, start=1):
        if not part.item:
            continue
        taken = part._replace(spent=60 * minutes.get(number, part.minutes))
        mock.take(number - 1, taken, now)
        _tick_from(mock, number, ticked, now)
    mock.end(now)
    mock.finish(now)
    return mock


def _tick_from(mock: Mock, number: int, ticked: set[str], now: datetime) -> None:
    question = mock.ask(number - 1).question
    if question.kind in JUDGED_KINDS:
        hit = numbered(ticked, number, "p")
        marks = {p.key: n in hit for n, p in enumerate(question.rubric, start=1)}
        flags = frozenset(n - 1 for n in numbered(ticked, number, "f"))
        mock.tick(number - 1, Attempt(marks=marks, flags=flags), now)
        return
    ratings = {"y": Rating.GOOD, "p": Rating.HARD, "n": Rating.AGAIN}
    said = next((r for w, r in ratings.items() if f"{number}.r{w}" in ticked), Rating.AGAIN)
    mock.take(number - 1, mock.state.parts[number - 1]._replace(rating=int(said)), now)


def as_json(mock: Mock) -> str:
    """Return the interview as a JSON text."""
    return json.dumps(document(mock), indent=2, ensure_ascii=False) + "\n"


def numbered(codes: Iterable[str], number: int, letter: str) -> Sequence[int]:
    """Return the numbers of a part's ticked codes of one kind, from 1."""
    prefix = f"{number}.{letter}"
    return sorted(int(code[len(prefix) :]) for code in codes
                  if code.startswith(prefix) and code[len(prefix) :].isdigit())  # fmt: skip
