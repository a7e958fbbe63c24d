"""The plain line mode: labeled lines, no redraws; for pipes, screen readers, dumb terminals."""

import re
from collections.abc import Iterable

from mlprep.core.grading import Attempt
from mlprep.core.question import JUDGED_KINDS
from mlprep.session.ask import Ask
from mlprep.session.drill import Drill, Outcome
from mlprep.session.options import Done
from mlprep.session.reading import UnreadableError, read_letters, read_value
from mlprep.terminal import clock, parts
from mlprep.terminal.line_mode import LineMode
from mlprep.terminal.lines import Line, columns, plain
from mlprep.terminal.view import LETTERED_KINDS, View

HELP = (
    "Alone on a line: q quits, h hint, s later, u undo, ? this help; a leading \\ makes them text."
    " Confidence: 0 no idea, 1 guess, 2 fairly, 3 sure, empty: not said."
)


def _spoken(lines: Iterable[Line]) -> str:
    """Return lines of a screen as one line to be read aloud: its parts without the gaps."""
    return "; ".join(re.sub(r" {2,}", "; ", plain(line).strip()) for line in lines)


class _Command(Exception):  # noqa: N818, it is no error
    """A one-letter command was given instead of an answer."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PlainDrill(LineMode):
    """Drives a drill by lines on standard input and output."""

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._ask: Ask
        self._hints = 0

    def run(self) -> Done | None:
        """Ask until there is nothing to ask, the candidate quits or the input ends."""
        while True:
            step = self._drill.next(clock.now())
            if isinstance(step, Done):
                return step
            try:
                self._question(step)
            except EOFError:
                return None
            except _Command as command:
                if command.name == "q":
                    return None
                self._obey(command.name, step)

    def _obey(self, name: str, ask: Ask) -> None:
        if name == "s":
            self._drill.later(ask, clock.now())
            self.say("Later in this drill.")
        elif name == "u":
            undone = self._drill.undo(clock.now())
            self.say(f"Taken back: {undone}" if undone else "There is nothing to undo.")

    def _question(self, ask: Ask) -> None:
        self._ask, self._hints = ask, ask.draft.attempt.hints if ask.draft else 0
        view = View.of(ask)
        self.say("")
        self.say(_spoken([parts.header(ask, columns())]))
        if ask.question.case:
            self.say(f"Case: {ask.question.case.prompt}")
            for fact in ask.question.case.facts:
                self.say(f"Fact: {fact.say}")
            if ask.question.case.assume:
                self.say(f"Settled so far: {ask.question.case.assume}")
        self.say(f"Question: {ask.question.prompt}")
        self.say_choices(ask)
        draft = ask.draft
        if draft is not None and draft.revealed:
            attempt = draft.attempt
            self.say(f"Your answer: {attempt.answer or '(nothing typed)'}")
        else:
            attempt = self._attempt(view)
        attempt = attempt._replace(seconds=None)
        if attempt.confidence != 0:
            attempt = self._judge(attempt)
        self._tell(self._drill.record(ask, attempt, clock.now()))

    def _attempt(self, view: View) -> Attempt:
        """Return the answer and how sure it is."""
        draft = self._ask.draft
        if draft is not None and draft.attempt.answer:
            self.say(f"Kept: {draft.attempt.answer}")
            self.say("An empty answer keeps it.")
        attempt = self._answer(view)._replace(hints=self._hints)
        self._drill.keep(self._ask, attempt, clock.now())
        confidence = self.until("How sure, 0 to 3", self._confidence)
        return attempt._replace(confidence=confidence, hints=self._hints)

    def _answer(self, view: View) -> Attempt:
        ask = self._ask
        kept = ask.draft.attempt.answer if ask.draft else ""
        if view.kind in LETTERED_KINDS:
            what = "Letters" if view.kind == "choice" else "Letters in order"
            return self.until(what, lambda text: self._picked(text or kept))
        if view.kind == "estimate":
            return self.until("Value with unit", lambda text: self._valued(text or kept))
        return Attempt(answer=self.read("Answer") or kept)

    def _picked(self, text: str) -> Attempt:
        letters = read_letters(self._ask, text) if text else ""
        return Attempt(answer=letters, picks=self._ask.picks_of(letters))

    def _valued(self, text: str) -> Attempt:
        if not text:
            return Attempt()
        value, said = read_value(text, self._ask.question.unit)
        self.say(f"{said[:1].upper()}{said[1:]}")  # a unit keeps its capitals
        return Attempt(answer=text, value=value)

    def _confidence(self, text: str) -> int | None:
        if not text:
            return None
        if text in {"0", "1", "2", "3"}:
            return int(text)
        raise UnreadableError("give 0, 1, 2 or 3, or an empty line.")

    def _judge(self, attempt: Attempt) -> Attempt:
        question = self._ask.question
        if question.kind not in (*JUDGED_KINDS, "recall"):
            return attempt
        self._drill.keep(self._ask, attempt, clock.now(), revealed=True)
        if question.kind == "recall":
            self.say(f"Answer: {question.answer}")
            return self.recalled(attempt)
        return self.ticked(self._ask, attempt)

    def _tell(self, outcome: Outcome) -> None:
        """Say the verdict, what was missed, and the answer."""
        view = View(self._ask)
        view.outcome = outcome
        plan, day = self._drill.study.plan, self._drill.study.day
        self.say(f"Verdict: {_spoken(parts.verdict(outcome, columns()))}")
        self.say(parts.consequence(outcome, plan.date, day))
        for point in outcome.grade.missed(outcome.attempt):
            self.say(f"Missed: {point.text}")
        question = self._ask.question
        for letter, index in zip(view.letters, self._ask.order, strict=True):
            if question.options:
                option = question.options[index]
                right = "right" if option.correct else "wrong"
                self.say(f"{letter}, {right}: {option.why}")
        for place, step in enumerate(question.steps, start=1):
            self.say(f"{place}: {step}")
        if (question.answer and question.kind != "recall") or outcome.attempt.confidence == 0:
            self.say(f"Answer: {question.answer}")
        for follow_up in question.follow_ups:
            self.say(f"Follow-up: {follow_up.ask}")
        if question.sources:
            self.say(f"Sources: {'; '.join(question.sources)}")
        self.say(f"Key: {self._ask.item.key}")

    # Lines

    def read(self, label: str) -> str:
        """Return a line without its end. Raises EOFError, or _Command for a one-letter command."""
        while True:
            text = super().read(label)
            if text == "h":
                self._hint()
            elif text == "?":
                self.say(HELP)
            elif text in {"q", "s", "u"}:
                raise _Command(text)
            else:
                return text.removeprefix("\\")

    def _hint(self) -> None:
        hints = self._ask.question.hints
        if self._hints < len(hints):
            self.say(f"Hint, at most partly now: {hints[self._hints]}")
            self._hints += 1
        else:
            self.say("No more hints." if hints else "This question has no hint.")
