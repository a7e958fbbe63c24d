"""The points of a finished mock on a terminal, part by part, each followed by its answer."""

from mlprep.core.grading import Attempt, grade
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS
from mlprep.core.scorecard import Scorecard
from mlprep.session.drill import Outcome
from mlprep.session.mock import Mock, TakenOverError
from mlprep.session.mock_scoring import Scoring
from mlprep.terminal import clock, pages, parts
from mlprep.terminal.lines import PROSE, Line, columns, indented, sides, terminal_size
from mlprep.terminal.page import Page, answer_lines, key_line
from mlprep.terminal.view import Stage, View

RECALLS = {"y": Rating.GOOD, "p": Rating.HARD, "n": Rating.AGAIN}


class Ticking:
    """The ticks of one mock at one terminal."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock
        self._scoring = Scoring(mock)
        self._view: View
        self._answer: list[Line] | None = None
        self._skip = 0
        self._position = 0
        self._quit = False
        self._taken: TakenOverError | None = None

    def run(self) -> Scorecard | None:
        """Tick what is to be ticked; return the scorecard, None where the candidate left.

        Raises TakenOverError where another terminal goes on with it.
        """
        for position in self._scoring.waiting():
            attempt = self._scoring.measured(position)
            if attempt is not None:
                self._scoring.tick(position, attempt, clock.now())
                continue
            self._part(position)
            if self._taken is not None:
                raise self._taken
            if self._quit:
                return None
        return self._scoring.finish(clock.now())

    def _part(self, position: int) -> None:
        from mlprep.terminal.modes import start_fresh_screen
        from mlprep.terminal.screen import show_keyed

        self._position = position
        part = self._mock.state.parts[position]
        view = self._view = View(self._mock.ask(position))
        view.text, view.seconds = part.text, part.spent
        view.marks, view.flags = dict(part.ticks or {}), set(part.flags)
        view.reveal()
        self._answer, self._skip = None, 0
        start_fresh_screen()
        show_keyed(self._draw, self._press)

    def _draw(self, most: int, rows: int) -> Page:
        if self._answer is None:
            page = pages.page(self._view, most, rows, date=None, day=0)
            return page._replace(body=[self._head(most), *page.body[1:]], keys=self._keys(most))
        space = ["Space more"] if self._rest(rows) else []
        keys = key_line(["Enter next part", *space], "q later", most)
        return Page(self._answer[self._skip : self._skip + rows - len(keys) - 1], keys)

    def _rest(self, rows: int) -> bool:
        return self._skip + rows - 2 < len(self._answer or [])

    def _head(self, most: int) -> Line:
        total = len(self._mock.state.parts)
        place = f"part {self._position + 1} of {total}"
        part = self._mock.state.parts[self._position]
        return sides([("dim", f" {part.title}")], [("dim", place)], min(most, PROSE))

    def _keys(self, most: int) -> list[Line]:
        if self._view.stage is Stage.RECALLED:
            return key_line(["y got it", "p partly", "n missed"], "q later", most)
        return key_line(["y said it", "n missed", "Enter next"], "q later", most)

    def _press(self, key: str) -> bool:
        if key == "q":
            self._quit = True
            return True
        try:
            return self._read_on(key) if self._answer is not None else self._tick(key)
        except TakenOverError as error:
            self._taken = error
            return True

    def _tick(self, key: str) -> bool:
        view, position = self._view, self._position
        if view.stage is Stage.RECALLED:
            if key not in RECALLS:
                return False
            self._scoring.judge(position, RECALLS[key], clock.now())
            return True
        if key in ("y", "n"):
            view.mark(key == "y")
            self._scoring.note(position, view.marks, view.flags, clock.now())
        elif key in ("up", "down"):
            view.move(-1 if key == "up" else 1)
        elif key == "enter":
            attempt = view.attempt()
            self._scoring.tick(position, attempt, clock.now())
            self._answer = self._answer_lines(attempt)
        return False

    def _read_on(self, key: str) -> bool:
        rows = terminal_size()[1]
        if key == " " and self._rest(rows):
            self._skip += rows - 3
            return False
        return key == "enter"

    def _answer_lines(self, attempt: Attempt) -> list[Line]:
        """Return what was missed, and the model answer."""
        ask, most = self._view.ask, columns()
        verdict = grade(ask.question, attempt, self._mock.state.level)
        outcome = Outcome(ask, attempt, verdict, None, 0, 0, None, returns=False)
        title = ask.question.title or ask.question.topic
        return parts.blocks(
            [[("bold", f" {title}"), ("dim", "   what was missed, and the model answer")]],
            parts.missed_lines(outcome, most) if ask.question.kind in JUDGED_KINDS else [],
            indented(answer_lines(ask.question.answer, most - 1)),
            parts.behind_space(ask, most),
        )
