"""A mock interview by lines: for pipes, screen readers, dumb terminals."""

from time import monotonic

from mlprep.core.grading import Attempt
from mlprep.core.interview import NO_FACT, Scorecard, reply, signal
from mlprep.session.mock import Mock
from mlprep.terminal import clock, parts
from mlprep.terminal.line_mode import LineMode

HELP = (
    "A line is part of your answer; an empty line ends it. A line that starts with ? asks the"
    " interviewer. q alone leaves; mlprep mock --resume goes on."
)


class PlainMock(LineMode):
    """Drives a mock by lines."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock
        self._beat = monotonic()

    def interview(self, *, resumed: bool) -> bool:
        """Run the interview; return whether it came to its end. EOF and q leave it open."""
        state = self._mock.state
        whole = sum(part.minutes for part in state.parts)
        self.say(f"{state.title}: {whole:.0f} minutes at level {state.level}. {HELP}")
        if resumed:
            self.say(f"Goes on with {parts.clock_text(max(0, self._mock.left_in_all))} left.")
        self._beat = monotonic()
        try:
            while self._mock.state.stage == "running":
                if not self._answer():
                    return False
        except EOFError:
            self._keep(self._mock.part.answers[-1])
            return False
        return True

    def _answer(self) -> bool:
        """Take one answer; return False where the candidate leaves."""
        mock = self._mock
        self._say_prompt()
        lines = [line for line in mock.part.answers[-1].split("\n") if line]
        while True:
            line = self.read(self._label())
            if line == "q":
                return False
            if not line:
                break
            lines.append(line.removeprefix("\\"))
            self._keep("\n".join([*lines, ""]))
            if line.startswith("?"):
                fact = reply(mock.facts(), line[1:])
                self.say(f"Interviewer: {NO_FACT if fact is None else mock.facts()[fact].say}")
        self._keep("\n".join(lines))
        mock.advance(clock.now())
        return True

    def _label(self) -> str:
        mock = self._mock
        word = signal(mock.left, mock.part.minutes * 60)
        return f"{parts.clock_text(max(0, mock.left))} left" + (f", {word}" if word else "")

    def _say_prompt(self) -> None:
        mock, part = self._mock, self._mock.part
        if not part.item:
            self.say(f"Break, {part.minutes:g} minutes; an empty line ends it.")
            return
        ask = mock.ask()
        if part.follow_ups:
            self.say(f"Interviewer: {ask.question.follow_ups[part.follow_ups[-1]].ask}")
            return
        place = f"part {mock.state.position + 1} of {len(mock.state.parts)}"
        self.say("")
        self.say(f"{part.title}, {place}, {part.minutes:g} minutes")
        if ask.question.case and not mock.state.position:
            self.say(f"Case: {ask.question.case.prompt}")
        self.say(f"Interviewer: {ask.question.prompt}")
        self.say_choices(ask)

    def _keep(self, text: str) -> None:
        now = monotonic()
        gap, self._beat = now - self._beat, now
        self._mock.write(text, gap * self._mock.state.time_scale, clock.now())

    def tick(self) -> Scorecard | None:
        """Tick what is to be ticked; return the scorecard, None where the input ends before."""
        mock = self._mock
        for position in mock.waiting():
            attempt = mock.measured(position)
            if attempt is None:
                try:
                    attempt = self._ticks(position)
                except EOFError:
                    return None
            mock.tick(position, attempt, clock.now())
        return mock.finish(clock.now())

    def _ticks(self, position: int) -> Attempt:
        part, ask = self._mock.state.parts[position], self._mock.ask(position)
        self.say("")
        self.say(f"{part.title}: {ask.question.prompt}")
        self.say(f"Your answer: {part.text or '(nothing typed)'}")
        attempt = Attempt(answer=part.text, seconds=part.spent)
        if ask.question.kind == "recall":
            self.say(f"Answer: {ask.question.answer}")
            return self.recalled(attempt)
        attempt = self.ticked(ask, attempt)
        self.say(f"Model answer: {ask.question.answer}")
        return attempt
