"""A mock interview by lines: for pipes, screen readers, dumb terminals."""

from mlprep.core.grading import Attempt
from mlprep.core.interview import NO_FACT, reply, signal
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS
from mlprep.core.scorecard import Scorecard
from mlprep.session.mock import Mock
from mlprep.session.mock_scoring import Scoring
from mlprep.session.mock_state import RUNNING
from mlprep.terminal import clock, parts
from mlprep.terminal.line_mode import LineMode

HELP = (
    "A line is part of your answer; an empty line ends it. A line that starts with ? asks the"
    " interviewer. p alone pauses, c alone tells the case again, q alone leaves; mlprep mock"
    " --resume goes on. A backslash in front makes any of them text."
)


class PlainMock(LineMode):
    """Drives a mock by lines."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock
        self._beat = clock.running()

    def interview(self, *, resumed: bool) -> bool:
        """Run the interview; return whether it came to its end. EOF and q leave it open."""
        state = self._mock.state
        whole = sum(part.minutes for part in state.parts)
        self.say(f"{state.title}: {whole:.0f} minutes at level {state.level}. {HELP}")
        if state.aloud:
            self.say("Speak your answers; notes are optional.")
        if resumed:
            self.say(f"Goes on with {parts.clock_text(max(0, self._mock.left_in_all))} left.")
        self._beat = clock.running()
        try:
            while self._mock.state.stage == RUNNING:
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
                self._keep("\n".join(lines))
                return False
            if line in ("p", "c"):
                self._aside(line, "\n".join(lines))
                continue
            if not line:
                break
            lines.append(line.removeprefix("\\"))
            self._keep("\n".join([*lines, ""]))
            if line.startswith("?"):
                fact = reply(mock.facts(), line[1:])
                self.say(f"Interviewer: {NO_FACT if fact is None else mock.facts()[fact].say}")
        asked_last = bool(lines) and lines[-1].startswith("?")
        self._keep("\n".join([*lines, ""] if asked_last else lines))
        mock.advance(clock.now())
        return True

    def _aside(self, line: str, text: str) -> None:
        """Pause until the next line, or tell the case again."""
        self._keep(text)
        if line == "p":
            try:
                self.read("Paused; a line goes on")
            finally:
                now = clock.running()
                gap, self._beat = now - self._beat, now
                self._mock.pause(gap, clock.now())
            return
        case = self._mock.case()
        self.say(f"Case: {case.prompt}" if case else "This part belongs to no case.")
        for fact in self._mock.told():
            self.say(f"You were told: {fact.say}")

    def _label(self) -> str:
        mock = self._mock
        word = signal(mock.left, mock.part.minutes * 60)
        return f"{parts.clock_text(max(0, mock.left))} left" + (f", {word}" if word else "")

    def _say_prompt(self) -> None:
        mock, part = self._mock, self._mock.part
        if not part.item:
            self.say(f"Break, {part.minutes:g} minutes; an empty line ends it.")
            return
        ask, position = mock.find(mock.state.position), mock.state.position
        words = mock.asked(position)[-1]
        if part.follow_ups:
            self.say(f"Interviewer: {words}")
            return
        place = f"part {mock.state.position + 1} of {len(mock.state.parts)}"
        self.say("")
        self.say(f"{part.title}, {place}, {part.minutes:g} minutes")
        case = mock.case()
        if case is not None and mock.opens_case(position):
            self.say(f"Case: {case.prompt}")
        self.say(f"Interviewer: {words}")
        if ask is not None:
            self.say_choices(ask)

    def _keep(self, text: str) -> None:
        now = clock.running()
        gap, self._beat = now - self._beat, now
        self._mock.write(text, gap * self._mock.state.time_scale, clock.now())

    def tick(self) -> Scorecard | None:
        """Tick what is to be ticked; return the scorecard, None where the input ends before."""
        scoring = Scoring(self._mock)
        for position in scoring.waiting():
            attempt = scoring.measured(position)
            try:
                if attempt is not None:
                    scoring.tick(position, attempt, clock.now())
                else:
                    self._judged(scoring, position)
            except EOFError:
                return None
        return scoring.finish(clock.now())

    def _judged(self, scoring: Scoring, position: int) -> None:
        part, ask = self._mock.state.parts[position], self._mock.ask(position)
        self.say("")
        self.say(f"{part.title}: {ask.question.prompt}")
        self.say(f"Your answer: {part.text or '(nothing typed)'}")
        attempt = Attempt(answer=part.text, seconds=part.spent)
        if ask.question.kind not in JUDGED_KINDS:
            self.say(f"Answer: {ask.question.answer}")
            scoring.judge(position, self.recalled(attempt).said or Rating.AGAIN, clock.now())
            return
        scoring.tick(position, self.ticked(ask, attempt), clock.now())
        self.say(f"Model answer: {ask.question.answer}")
