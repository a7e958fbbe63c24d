"""Lines in, lines out: what the plain modes of a drill and of a mock share."""

import sys
from collections.abc import Callable
from typing import TypeVar

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.core.rubric import earned
from mlprep.core.text import visible
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.reading import UnreadableError, read_ticks
from mlprep.terminal.lines import speaks_unicode, to_ascii

T = TypeVar("T")
RECALLS = {
    "1": Rating.AGAIN, "n": Rating.AGAIN, "2": Rating.HARD, "p": Rating.HARD,
    "3": Rating.GOOD, "y": Rating.GOOD,
}  # fmt: skip


class LineMode:
    """Talks in labeled lines on standard input and output."""

    def say(self, text: str) -> None:
        """Print a line."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Print, at once."""
        sys.stdout.write(text if speaks_unicode() else to_ascii(text))
        sys.stdout.flush()

    def read(self, label: str) -> str:
        """Return a line without its end. Raises EOFError where there is none."""
        self.write(f"{label}: ")
        line = sys.stdin.readline()
        if not line:
            self.write("\n")
            raise EOFError
        if not sys.stdin.isatty():
            self.write("\n")
        return visible(line.rstrip("\r\n")).strip()

    def until(self, label: str, parse: Callable[[str], T]) -> T:
        """Ask until a line can be read. parse: raises UnreadableError where it cannot."""
        while True:
            try:
                return parse(self.read(label))
            except UnreadableError as error:
                self.say(f"Not understood: {error}")

    def say_choices(self, ask: Ask) -> None:
        """Print the options of a choice, or the steps of an order."""
        texts = [option.text for option in ask.question.options] or list(ask.question.steps)
        for letter, index in zip(LETTERS, ask.order, strict=False):
            self.say(f"{letter}: {texts[index]}")

    def recalled(self, attempt: Attempt) -> Attempt:
        """Return a recall with how the candidate says it went."""
        return attempt._replace(said=self.until("1 missed, 2 partly, 3 got it", _recall))

    def ticked(self, ask: Ask, attempt: Attempt) -> Attempt:
        """Return an attempt with the points and red flags that the candidate ticks."""
        offered = self._say_points(ask, attempt.answer)
        for number, flag in enumerate(ask.question.red_flags, start=1):
            self.say(f"f{number}: Or did you say: {flag}")
        label = "Points hit, - for none"
        if offered:
            label += f", empty for {offered}"
        marks, flags = self.until(label, lambda text: read_ticks(ask, text or offered))
        return attempt._replace(marks=marks, flags=flags)

    def _say_points(self, ask: Ask, answer: str) -> str:
        """Print the points; return the numbers of those that the answer's words earn."""
        offered = []
        for number, point in enumerate(ask.points, start=1):
            words = earned(point, answer)
            notes = [f"your words: {', '.join(words[:3])}"] if words else []
            notes += ["extra"] if ask.is_extra(point) else []
            notes += ["missed last time"] if ask.missed_on(point) is not None else []
            self.say(f"{number}: {point.text}" + (f" ({'; '.join(notes)})" if notes else ""))
            if words:
                offered.append(str(number))
        return ",".join(offered)


def _recall(text: str) -> Rating:
    if text.lower() in RECALLS:
        return RECALLS[text.lower()]
    raise UnreadableError("give 1 or n, 2 or p, 3 or y")
