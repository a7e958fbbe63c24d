"""A pseudo-terminal in which `mlprep` runs, and the screen that a person would see."""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pexpect
import pyte

from tests.snapshots import Snapshots

PATIENCE_SECONDS = 15  # a test that waits so long has failed
KEYS = {
    "Enter": "\r", "Tab": "\t", "Esc": "\x1b", "Space": " ", "Backspace": "\x7f",
    "Up": "\x1b[A", "Down": "\x1b[B", "Left": "\x1b[D", "Right": "\x1b[C",
}  # fmt: skip


def key(name: str) -> str:
    """Return the bytes of a key: `Tab`, `^X`, or a text as it stands."""
    if len(name) == 2 and name[0] == "^":
        return chr(ord(name[1].upper()) & 0x1F)
    return KEYS.get(name, name)


class _Screen(pyte.HistoryScreen):
    """A screen that does what pyte leaves out.

    Joiners take no cell and end nothing, and a program that asks where the cursor is hears it.
    """

    answer: Callable[[str], Any]

    def draw(self, data: str) -> None:
        super().draw(data.translate({0x200D: None, 0xFE0F: None}))

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """A program in a terminal of its own."""

    def __init__(
        self,
        words: Sequence[str],
        *,
        env: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.raw = b""
        self._wrote = False
        self._child: Any = pexpect.spawn(
            words[0],
            list(words[1:]),
            env=dict(env),
            dimensions=(rows, columns),
            timeout=PATIENCE_SECONDS,
        )
        self._child.delaybeforesend = None
        self.screen = _Screen(columns, rows, history=2000, ratio=0.5)
        self.screen.answer = self._child.send
        self._stream = pyte.ByteStream(self.screen)

    def press(self, *names: str) -> "Terminal":
        """Press keys, one write each as a keyboard does."""
        for name in names:
            self._child.send(key(name))
        return self

    def type(self, text: str) -> "Terminal":
        """Type a text in one go."""
        self._child.send(text)
        return self

    def paste(self, text: str) -> "Terminal":
        """Paste a text as terminals do, between brackets."""
        self._child.send(f"\x1b[200~{text}\x1b[201~")
        return self

    # What stands on the screen

    @property
    def lines(self) -> list[str]:
        """Return the rows of the screen without what is blank at their end."""
        return [row.rstrip() for row in self.screen.display]

    @property
    def text(self) -> str:
        """Return the screen as text."""
        return "\n".join(self.lines).rstrip()

    @property
    def picture(self) -> str:
        """Return the screen as text, with the cursor as a block where it is shown."""
        x, y = self.screen.cursor.x, self.screen.cursor.y
        lines = self.lines
        if not self.screen.cursor.hidden:
            cells = [self.screen.buffer[y][column].data for column in range(self.screen.columns)]
            lines[y] = "".join([*cells[:x], "█", *cells[x + 1 :]]).rstrip()
        return "\n".join(lines).rstrip() + "\n"

    @property
    def scrolled(self) -> str:
        """Return all that was shown: what scrolled away, then the screen."""
        above = [
            "".join(row[column].data for column in range(self.screen.columns)).rstrip()
            for row in self.screen.history.top
        ]
        return "\n".join([*above, self.text])

    # Waiting

    def wait(
        self, wanted: "str | Callable[[], bool]", *, but: str = "", picture: bool = False
    ) -> "Terminal":
        """Read until the screen holds a text and not another, or a condition is true.

        picture: the text holds the cursor.
        """

        def met() -> bool:
            if callable(wanted):
                return wanted()
            return wanted in (self.picture if picture else self.text)

        deadline = time.monotonic() + PATIENCE_SECONDS
        while not met() or (but and but in self.text):
            if time.monotonic() > deadline or not (self._read(0.5) or met()):
                raise AssertionError(f"{wanted!r} did not come; the screen is\n{self.picture}")
        return self

    def wait_for_box(self, ready: str, *, bar: str = "┃") -> "Terminal":
        """Read until a question is asked and its keys are heard: the cursor is in its box."""
        return self.wait(ready).wait(
            lambda: self.screen.cursor.hidden or self.lines[self.screen.cursor.y][1:2] == bar
        )

    def wait_a_beat(self) -> "Terminal":
        """Let the time go by after which an Escape is a key of its own."""
        self._read(1.2)
        return self

    def shows(self, snapshots: Snapshots, name: str) -> "Terminal":
        """Read until the screen is as it should be."""
        if snapshots.update:
            while self._read(0.5) and self._wrote:
                pass
        else:
            with suppress(AssertionError):
                self.wait(lambda: self.picture == snapshots[name])
        snapshots.check(name, self.picture)
        return self

    def _read(self, seconds: float) -> bool:
        """Take in what the program wrote; return whether it may still write."""
        self._wrote = False
        try:
            data = self._child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self._wrote = True
        self.raw += data
        self._stream.feed(data)
        return True

    def end(self) -> int:
        """Read until the program ends, and return its exit code."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._read(1):
            if time.monotonic() > deadline:
                raise AssertionError(f"it goes on; the screen is\n{self.picture}")
        self._child.wait()
        status = self._child.exitstatus
        return int(status if status is not None else -self._child.signalstatus)

    # What happens to a terminal

    def resize(self, columns: int, rows: int) -> "Terminal":
        """Change the size of the window."""
        self.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)
        return self

    def kill(self) -> None:
        """End the program as a power cut does."""
        self._child.kill(signal.SIGKILL)
        self.end()

    def close(self) -> None:
        """End the program if it still runs."""
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
            self._child.wait()
        self._child.ptyproc.delayafterclose = 0
        self._child.close()
