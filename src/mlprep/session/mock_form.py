"""A mock with a friend: the interviewer's script with a form of points, and the form taken back."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from mlprep.core.grading import Attempt
from mlprep.core.interview import NO_FACT
from mlprep.core.library import Library
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS, Question
from mlprep.core.text import visible
from mlprep.errors import MlprepError
from mlprep.session.mock import Mock, mocks
from mlprep.session.mock_export import choices, quoted, to_html
from mlprep.session.mock_scoring import Scoring
from mlprep.session.mock_state import GIVEN, SCORED
from mlprep.storage.store import Store

RATINGS = {"y": Rating.GOOD, "p": Rating.HARD, "n": Rating.AGAIN}
MOST_MINUTES = 1000  # that a part can have taken
_CODE = r"\d+\.(?:[pf]\d+|r[ypn])"
_TICK = re.compile(rf"\s*[-*] \[(?P<mark>[ xX]*)\] .*`(?P<code>{_CODE})`\s*")
_MINUTES = re.compile(r"Minutes taken: \[\s*(?P<minutes>[^\]]*?)\s*\] `(?P<part>\d+)\.t`\s*")
_FORM = re.compile(r"mlprep-form (?P<session>[0-9a-f-]{36})")


_TICKING = "put an x into the brackets of each point"


def friend_script(mock: Mock) -> str:
    """Return the interviewer's script of a drawn interview, with a form of points to tick."""
    state = mock.state
    whole = sum(part.minutes for part in state.parts)
    lines = [
        f"# {state.title}: the interviewer's script",
        "",
        f"For {whole:.0f} minutes at level {state.level}. Read the words after **Say** aloud, note"
        " what the candidate answers, and stay silent about right and wrong. Afterwards"
        f" {_TICKING} that was said, and write the minutes of each part.",
        "Send the file back: `mlprep mock --record-form FILE` takes it into the history.",
    ]
    for number, part in enumerate(state.parts, start=1):
        unit = "minute" if part.minutes == 1 else "minutes"
        lines += ["", f"## {number}. {part.title}, {part.minutes:g} {unit}", ""]
        lines += _part(mock, number) if part.item else ["A break.", ""]
        lines.append(f"Minutes taken: [{part.minutes:g}] `{number}.t`")
    lines += ["", f"<!-- mlprep-form {state.session} -->"]
    return "\n".join(lines) + "\n"


def _part(mock: Mock, number: int) -> list[str]:
    ask = mock.ask(number - 1)
    question = ask.question
    lines: list[str] = []
    if question.case and mock.opens_case(number - 1):
        lines += [f"**Say:** {question.case.prompt}", ""]
        if question.case.facts:
            lines += [f"Facts, to be told only when asked (else: “{NO_FACT}”):", ""]
            lines += [f"- {', '.join(f.about)}: {f.say}" for f in question.case.facts]
            lines.append("")
    lines += [f"**Say:** {question.prompt}", "", *choices(ask)]
    for probe in question.follow_ups:
        lines += [f"**Probe:** {probe.ask} (looks for: {probe.look_for or 'a reason'})", ""]
    lines += ["Said:", "", *_form(question, number), ""]
    return [*lines, "Model answer:", "", quoted(question.answer or "(none)"), ""]


def _form(question: Question, number: int) -> Iterable[str]:
    if question.kind in JUDGED_KINDS:
        for n, point in enumerate(question.rubric, start=1):
            level = f" ({point.level})" if point.level else ""
            yield f"- [ ] {_flat(point.text)}{level} `{number}.p{n}`"
        for n, flag in enumerate(question.red_flags, start=1):
            yield f"- [ ] Red flag: {_flat(flag)} `{number}.f{n}`"
    else:
        for letter, word in (("y", "right"), ("p", "partly right"), ("n", "wrong")):
            yield f"- [ ] {word} `{number}.r{letter}`"


def _flat(text: str) -> str:
    return " ".join(text.split())


# As a page


def friend_page(mock: Mock) -> str:
    """Return the script as a page whose boxes can be ticked and whose form can be saved."""
    markdown, _, _ = friend_script(mock).rpartition("<!-- mlprep-form")
    markdown = markdown.replace(_TICKING, "tick each point").replace(
        "Send the file back:", "Press “Save the form” at the end and send the saved file back:"
    )
    page = to_html(markdown, mock.state.title, _SAVE)
    page = re.sub(
        rf"<li>\[ \] (.*) <code>({_CODE})</code></li>",
        r'<li><label><input type="checkbox" value="\2"> \1</label></li>',
        page,
    )
    page = re.sub(
        r"Minutes taken: \[([\d.]+)\] <code>(\d+\.t)</code>",
        r'<label>Minutes taken: <input type="number" min="0" step="0.1" value="\1" name="\2">'
        "</label>",
        page,
    )
    button = f'<button data-form="mlprep-form {mock.state.session}">Save the form</button>'
    return page.replace("\n<script>", f"\n{button}\n<script>")


_SAVE = """
const button = document.querySelector("button");
button.onclick = () => {
  const lines = [...document.querySelectorAll("input")].map((box) => box.type === "checkbox"
    ? "- [" + (box.checked ? "x" : " ") + "] " + box.parentNode.textContent.trim()
      + " `" + box.value + "`"
    : "\\nMinutes taken: [" + box.value + "] `" + box.name + "`\\n");
  lines.push("<!-- " + button.dataset.form + " -->", "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\\n")], {type: "text/markdown"}));
  link.download = "mlprep-form.md";
  link.click();
};
"""


# The form back


def read_form(text: str) -> tuple[str, set[str], dict[int, float]]:
    """Return of a filled form its session, the codes that are ticked, and minutes by part.

    Raises MlprepError where it is no form, or where minutes are no number.
    """
    found = _FORM.search(text)
    if found is None:
        raise MlprepError("no mlprep form: its last line, <!-- mlprep-form … -->, is missing;"
                          " fill in the file that --for-friend wrote")  # fmt: skip
    if "<button data-form" in text:
        raise MlprepError("this is the page of the script; press “Save the form” at its end and"
                          " give the file that it saves")  # fmt: skip
    ticked, minutes = set(), {}
    for number, line in enumerate(visible(text).split("\n"), start=1):
        tick, time = _TICK.fullmatch(line), _MINUTES.fullmatch(line)
        if tick and tick["mark"].strip():
            ticked.add(tick["code"])
        if time:
            minutes[int(time["part"])] = _minutes(time["minutes"], number)
    return found["session"], ticked, minutes


def _minutes(text: str, line: int) -> float:
    try:
        minutes = float(text.replace(",", "."))
    except ValueError:
        minutes = -1
    if not 0 <= minutes <= MOST_MINUTES:
        raise MlprepError(f"line {line}: '{text[:20]}' are no minutes; write a number as 7.5")
    return minutes


def take_form(text: str, store: Store, library: Library, now: datetime) -> Mock:
    """Take a friend's filled form into the history and return the scored mock.

    Raises MlprepError where it is no form, of no interview of this history, or taken already.
    """
    session, ticked, minutes = read_form(text)
    mock = next((m for m in mocks(store, library) if m.state.session == session), None)
    if mock is None or mock.state.stage not in (GIVEN, SCORED):
        raise MlprepError("this form's interview is not in your history; fill in the script that"
                          " mlprep mock --for-friend wrote here")  # fmt: skip
    if mock.state.stage == SCORED:
        raise MlprepError("this form was taken already; mlprep mock --history shows its scorecard")
    with store.changing():
        for number, part in enumerate(mock.state.parts, start=1):
            taken = part._replace(spent=60 * minutes.get(number, part.minutes))
            mock.change(taken, now, number - 1)
        scoring = Scoring(mock)
        for position in scoring.waiting():
            _tick(scoring, position, ticked, now)
        mock.end(now)
        scoring.finish(now)
    return mock


def _tick(scoring: Scoring, position: int, ticked: set[str], now: datetime) -> None:
    question, number = scoring.mock.ask(position).question, position + 1
    if question.kind in JUDGED_KINDS:
        hit = _numbers(ticked, number, "p")
        marks = {p.key: n in hit for n, p in enumerate(question.rubric, start=1)}
        flags = frozenset(n - 1 for n in _numbers(ticked, number, "f"))
        scoring.tick(position, Attempt(marks=marks, flags=flags), now)
        return
    said = (rating for letter, rating in RATINGS.items() if f"{number}.r{letter}" in ticked)
    scoring.judge(position, next(said, Rating.AGAIN), now)


def _numbers(codes: Iterable[str], number: int, letter: str) -> Sequence[int]:
    """Return the numbers of a part's ticked codes of one kind, from 1."""
    prefix = f"{number}.{letter}"
    return sorted(int(code[len(prefix) :]) for code in codes if code.startswith(prefix))
