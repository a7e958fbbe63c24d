"""A running mock on a terminal: its clock and its keys."""

from collections.abc import Callable

from mlprep.core.days import moment
from mlprep.session.mock import Mock, TakenOverError
from mlprep.session.mock_state import RUNNING
from mlprep.terminal import clock, parts
from mlprep.terminal.mock_pages import Talk, mock_page

BEAT_SECONDS = 1.0  # so often the clock is drawn and what was typed is put on disk
ASLEEP_SECONDS = 10  # a longer gap between two beats was no part of the interview


class MockSitting:
    """One interview at one terminal."""

    def __init__(self, mock: Mock, *, resumed: bool, vi: bool) -> None:
        self._mock = mock
        self._vi = vi
        self._talk = Talk()
        self._beat = clock.running()
        self._quit = False
        self._taken: TakenOverError | None = None
        self._edit: Callable[[], None] = lambda: None
        if resumed:
            at = f"{moment(mock.state.beat):%H:%M}"
            left = parts.clock_text(max(0, mock.left_in_all))
            self._talk = Talk(paused=f"{left} left, left at {at}.")

    def run(self) -> bool:
        """Run the interview; return whether it came to its end.

        Raises KeyboardInterrupt, and TakenOverError where another terminal goes on with it.
        """
        while self._mock.state.stage == RUNNING and not self._quit:
            self._run_answer()
            if self._taken is not None:
                raise self._taken
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
        self._beat = clock.running()
        try:
            screen.run()
        finally:
            self._keep()

    def _is_typing(self) -> bool:
        talk = self._talk
        held = talk.menu or talk.paused or talk.case or self._taken
        return bool(self._mock.part.item) and not held

    def _typed(self, text: str, cursor: int) -> None:
        self._talk = self._talk._replace(text=text, cursor=cursor)

    def _idle(self) -> None:
        if clock.running() - self._beat >= BEAT_SECONDS * 0.9:
            self._keep()

    def _keep(self) -> None:
        """Put text and time on disk; a gap in which the machine slept counts as a pause."""
        now, mock = clock.running(), self._mock
        gap, self._beat = now - self._beat, now
        if mock.state.stage != RUNNING or self._taken:
            return
        asleep = gap > ASLEEP_SECONDS
        still = asleep or self._talk.paused
        try:
            mock.write(self._talk.text, 0 if still else gap * mock.state.time_scale, clock.now())
            if still:
                mock.pause(gap, clock.now())
        except TakenOverError as error:
            self._taken = error
            self._talk = self._talk._replace(paused="It goes on in another terminal.", taken=True)

    def _suspended(self, away: bool) -> None:
        paused = self._talk.paused
        if not away:
            self._talk = self._talk._replace(paused=paused or "Suspended.")
        self._keep()
        if not self._taken:
            self._talk = self._talk._replace(paused=paused)

    def _press(self, key: str) -> bool:
        talk = self._talk
        if self._taken:
            return True
        if talk.case:
            self._talk = talk._replace(case=False)
        elif talk.paused:
            return self._paused(key)
        elif talk.menu:
            return self._menu(key)
        elif key == "c-x":
            self._talk = talk._replace(menu=True)
        elif key == "tab":
            self._keep()
            if not self._taken:
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
        if key == "e" and self._mock.part.item:
            self._edit()
        elif key == "c":
            self._talk = self._talk._replace(case=self._mock.case() is not None)
        elif key == "p":
            self._keep()
            self._talk = self._talk._replace(paused="Paused.")
        elif key == "q":
            self._quit = True
            return True
        return False
