"""A mock interview on a terminal: the clock, the keys, then the ticks."""

from collections.abc import Callable
from time import monotonic

from mlprep.core.days import moment
from mlprep.core.grading import Attempt
from mlprep.core.interview import Scorecard
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS
from mlprep.session.drill import Outcome
from mlprep.session.mock import Mock
from mlprep.terminal import clock, pages, parts
from mlprep.terminal.lines import PROSE, Line, indented, sides
from mlprep.terminal.mock_pages import Talk, mock_page
from mlprep.terminal.pages import Page, key_line
from mlprep.terminal.view import Stage, View

BEAT_SECONDS = 1.0  # so often the clock is drawn and what was typed is put on disk
ASLEEP_SECONDS = 10  # a longer gap between two beats was no part of the interview
RECALLS = {"y": Rating.GOOD, "p": Rating.HARD, "n": Rating.AGAIN}


class MockSitting:
    """One interview at one terminal."""

    def __init__(self, mock: Mock, *, resumed: bool, vi: bool) -> None:
        self._mock = mock
        self._vi = vi
        self._talk = Talk()
        self._beat = monotonic()
        self._quit = False
        self._edit: Callable[[], None] = lambda: None
        if resumed:
            at = f"{moment(mock.state.beat):%H:%M}"
            left = parts.clock_text(max(0, mock.left_in_all))
            self._talk = Talk(paused=f"{left} left, left at {at}.")

    def run(self) -> bool:
        """Run the interview; return whether it came to its end. Raises KeyboardInterrupt."""
        while self._mock.state.stage == "running" and not self._quit:
            self._run_answer()
        return not self._quit

    def _run_answer(self) -> None:
        """Show one answer of one part, until Tab, a quit or ^C."""
        from mlprep.terminal.screen import Screen

        text = self._mock.part.answers[-1]
        self._talk = self._talk._replace(text=text, cursor=len(text))
        screen = Screen(
            draw=lambda most, rows: mock_page(self._mock, self._talk, most, rows),
            press=self._press,
            typing=self._is_typing,
            typed=self._typed,
            idle=self._idle,
            suspended=self._suspended,
            text=text,
            cursor=len(text),
            vi=self._vi,
            whole_screen=True,
            refresh_seconds=BEAT_SECONDS,
        )
        self._edit = screen.edit_answer
        self._beat = monotonic()
        try:
            screen.run()
        finally:
            self._keep()

    def _is_typing(self) -> bool:
        talk = self._talk
        return bool(self._mock.part.item) and not talk.menu and not talk.paused

    def _typed(self, text: str, cursor: int) -> None:
        self._talk = self._talk._replace(text=text, cursor=cursor, note="")

    def _idle(self) -> None:
        if monotonic() - self._beat >= BEAT_SECONDS * 0.9:
            self._keep()

    def _keep(self) -> None:
        """Put text and time on disk; a gap in which the machine slept counts as a pause."""
        now, mock = monotonic(), self._mock
        gap, self._beat = now - self._beat, now
        if mock.state.stage != "running":
            return
        if self._talk.paused or gap > ASLEEP_SECONDS:
            mock.pause(gap, clock.now())
        else:
            mock.write(self._talk.text, gap * mock.state.time_scale, clock.now())

    def _suspended(self, away: bool) -> None:
        if away:
            self._keep()
        else:
            gap, self._beat = monotonic() - self._beat, monotonic()
            self._mock.pause(gap, clock.now())

    def _press(self, key: str) -> bool:
        talk = self._talk
        if talk.paused:
            return self._paused(key)
        if talk.menu:
            return self._menu(key)
        if key == "c-x":
            self._talk = talk._replace(menu=True)
        elif key == "tab":
            self._keep()
            self._mock.advance(clock.now())
            self._talk = Talk()
            return True
        return False

    def _paused(self, key: str) -> bool:
        if key == "enter":
            self._keep()
            self._talk = self._talk._replace(paused="")
        elif key == "q":
            self._quit = True
            return True
        return False

    def _menu(self, key: str) -> bool:
        self._talk = self._talk._replace(menu=False)
        if key == "e":
            self._edit()
        elif key == "p":
            self._keep()
            self._talk = self._talk._replace(paused="Paused.")
        elif key == "q":
            self._quit = True
            return True
        return False


class Ticking:
    """The points of a finished mock, part by part, each followed by its model answer."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock
        self._view: View
        self._answer: list[Line] | None = None
        self._skip = 0
        self._position = 0
        self._quit = False

    def run(self) -> Scorecard | None:
        """Tick what is to be ticked; return the scorecard, None where the candidate left."""
        mock = self._mock
        for position in mock.waiting():
            attempt = mock.measured(position)
            if attempt is not None:
                mock.tick(position, attempt, clock.now())
                continue
            self._part(position)
            if self._quit:
                return None
        return mock.finish(clock.now())

    def _part(self, position: int) -> None:
        from mlprep.terminal.drilling import start_fresh_screen
        from mlprep.terminal.screen import Screen

        self._position = position
        part = self._mock.state.parts[position]
        view = self._view = View(self._mock.ask(position))
        view.text, view.seconds = part.text, part.spent
        view.reveal()
        self._answer, self._skip = None, 0
        start_fresh_screen()

        Screen(
            draw=self._draw,
            press=self._press,
            typing=lambda: False,
            typed=lambda _text, _cursor: None,
            idle=lambda: None,
            suspended=lambda _away: None,
        ).run()

    def _draw(self, most: int, rows: int) -> Page:
        if self._answer is None:
            page = pages.page(self._view, most, rows, date=None, day=0)
            return page._replace(body=[self._head(most), *page.body[1:]], keys=self._keys(most))
        keys = key_line(["Enter next part", "Space more"], "q later", most)
        return Page(self._answer[self._skip : self._skip + rows - len(keys) - 1], keys)

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
        view, position = self._view, self._position
        if key == "q":
            self._quit = True
            return True
        if self._answer is not None:
            return self._read_on(key)
        if view.stage is Stage.RECALLED:
            if key in RECALLS:
                self._mock.tick(position, view.attempt()._replace(said=RECALLS[key]), clock.now())
                return True
        elif key in ("y", "n"):
            view.mark(key == "y")
        elif key in ("up", "down"):
            view.move(-1 if key == "up" else 1)
        elif key == "enter":
            attempt = view.attempt()
            self._mock.tick(position, attempt, clock.now())
            self._answer = self._answer_lines(attempt)
        return False

    def _read_on(self, key: str) -> bool:
        assert self._answer is not None
        from mlprep.terminal.lines import terminal_size

        rows = terminal_size()[1] - 3
        if key == " " and self._skip + rows < len(self._answer):
            self._skip += rows
            return False
        return key in ("enter", " ")

    def _answer_lines(self, attempt: Attempt) -> list[Line]:
        """Return what was missed, and the model answer."""
        from mlprep.core.grading import grade
        from mlprep.terminal.lines import columns

        ask, most = self._view.ask, columns()
        verdict = grade(ask.question, attempt, self._mock.state.level)
        outcome = Outcome(ask, attempt, verdict, None, 0, 0, None, returns=False)
        title = ask.question.title or ask.question.topic
        return parts.blocks(
            [[("bold", f" {title}"), ("dim", "   what was missed, and the model answer")]],
            parts.missed_lines(outcome, most) if ask.question.kind in JUDGED_KINDS else [],
            indented(pages.answer_lines(ask.question.answer, most - 1)),
            parts.behind_space(ask, most),
        )
