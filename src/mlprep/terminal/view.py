"""What a drill's screen shows at one moment, as plain data."""

from enum import Enum

from mlprep.core.grading import Attempt
from mlprep.core.question import JUDGED_KINDS
from mlprep.core.rubric import Point, earned
from mlprep.session import reading
from mlprep.session.ask import LETTERS, Ask
from mlprep.session.drill import Outcome
from mlprep.terminal.lines import Line

LETTERED_KINDS = ("choice", "order")
ONE_LINE_KINDS = ("recall", "estimate")


class Stage(Enum):
    """Where an answer stands."""

    ANSWERING = "answering"
    SURE = "sure"  # typed; the next key says how sure, and reveals
    TICKING = "ticking"
    RECALLED = "recalled"  # revealed; the next key says how it went
    GRADED = "graded"


class View:
    """One question on the screen."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.stage = Stage.ANSWERING
        self.text = ""
        self.cursor = 0
        self.picks = ""  # letters, of choice and order
        self.hints = 0
        self.confidence: int | None = None
        self.marks: dict[str, bool] = {}
        self.flags: set[int] = set()
        self.current = 0  # the point, then red flag, that the cursor is on
        self.outcome: Outcome | None = None
        self.seconds: float | None = 0.0
        self.menu = False  # ^X was pressed
        self.paused = False
        self.skip = 0  # lines of the body that were paged away
        self.more = False  # what waits behind Space is shown
        self.overlay: list[Line] | None = None  # help, earlier answers, the whole case
        self.note = ""  # what could not be done, said once
        self.above: list[Line] = []  # what stands above the first question
        self.kept = ""  # when the text was typed, if that was in an earlier run

    @classmethod
    def of(cls, ask: Ask) -> "View":
        """Return the screen on which a question opens, with what is kept of its answer."""
        view = cls(ask)
        draft = ask.draft
        if draft is None:
            return view
        attempt = draft.attempt
        if ask.question.kind in LETTERED_KINDS:
            view.picks = attempt.answer
        else:
            view.text = attempt.answer
            view.cursor = len(view.text)
        view.hints = attempt.hints
        view.seconds = attempt.seconds
        if draft.revealed:
            view.confidence = attempt.confidence
            view.marks |= attempt.marks
            view.flags = set(attempt.flags)
            view.reveal()
        return view

    @property
    def kind(self) -> str:
        """Return the kind of the question."""
        return self.ask.question.kind

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the points to tick."""
        return self.ask.points

    @property
    def typed(self) -> bool:
        """Return whether letters and digits are text now."""
        return self.stage is Stage.ANSWERING and self.kind not in LETTERED_KINDS

    @property
    def letters(self) -> str:
        """Return the letters that can be picked."""
        return LETTERS[: len(self.ask.order)]

    @property
    def complete(self) -> bool:
        """Return whether a choice or an order is answered."""
        wanted = len(self.letters) if self.kind == "order" else 1
        return len(self.picks) >= wanted

    def pick(self, letter: str) -> None:
        """Take a letter into the answer, or out of it."""
        several = len(self.ask.question.correct) > 1
        if self.kind == "choice" and not several:
            self.picks = letter
        elif letter not in self.picks:
            self.picks += letter
        elif self.kind == "choice":
            self.picks = self.picks.replace(letter, "")
        if self.kind == "choice":
            self.picks = "".join(sorted(self.picks))

    def reveal(self) -> None:
        """Show the points, or the answer of a recall, with what the words have earned ticked."""
        self.skip, self.more = 0, False
        if self.kind in JUDGED_KINDS:
            self.stage = Stage.TICKING
            for point in self.points:
                if point.key not in self.marks and earned(point, self.text):
                    self.marks[point.key] = True
            unticked = [n for n, p in enumerate(self.points) if p.key not in self.marks]
            self.current = unticked[0] if unticked else 0
        else:
            self.stage = Stage.RECALLED

    def mark(self, hit: bool) -> None:
        """Say of the point under the cursor whether it was said, and move on."""
        if self.current < len(self.points):
            self.marks[self.points[self.current].key] = hit
        else:
            flag = self.current - len(self.points)
            (self.flags.add if hit else self.flags.discard)(flag)
        self.move(1)

    def move(self, by: int) -> None:
        """Move the cursor over points and red flags."""
        last = len(self.points) + len(self.ask.question.red_flags) - 1
        self.current = max(0, min(last, self.current + by))

    def attempt(self) -> Attempt:
        """Return what the candidate did so far; an unticked point is missed."""
        question = self.ask.question
        lettered = self.kind in LETTERED_KINDS
        marks = self.marks
        if self.stage is Stage.TICKING or self.confidence == 0:
            marks = {point.key: False for point in self.points} | self.marks
        if self.confidence == 0:
            marks = dict.fromkeys(marks, False)
        return Attempt(
            answer=self.picks if lettered else self.text,
            confidence=self.confidence,
            seconds=self.seconds,
            hints=self.hints,
            marks=marks if self.kind in JUDGED_KINDS else {},
            flags=frozenset(self.flags),
            picks=self.ask.picks_of(self.picks) if lettered else (),
            value=read_value(self.text, question.unit)[0] if self.kind == "estimate" else None,
        )


def read_value(text: str, unit: str) -> tuple[float | None, str]:
    """Return the value of a typed quantity in a unit, and how it was read or what is wrong."""
    if not text.strip():
        return None, ""
    try:
        return reading.read_value(text, unit)
    except reading.UnreadableError as error:
        return None, str(error)
