"""The modes of the terminal: quiet while questions are asked, loud for other programs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mlprep.terminal.lines import terminal_size

_SAVED: list[list[Any]] = []  # what the terminal was like before


def start_fresh_screen() -> None:
    """Push what stands on the screen into the scrollback, and go to line 1."""
    sys.stdout.write("\n" * (terminal_size()[1] - 1) + "\x1b[H")
    sys.stdout.flush()


@contextmanager
def quiet_terminal() -> Iterator[None]:
    """Keep keys from being echoed before the first screen is ready for them, and after."""
    try:
        import termios

        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
    except (ImportError, OSError, ValueError):
        yield
        return
    quiet = list(before)
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    termios.tcsetattr(fd, termios.TCSANOW, quiet)
    _SAVED.append(before)
    try:
        yield
    finally:
        _SAVED.pop()
        termios.tcsetattr(fd, termios.TCSANOW, before)


@contextmanager
def loud_terminal() -> Iterator[None]:
    """Give the terminal back as it was, for another program or a prompt, for a while."""
    if not _SAVED:
        yield
        return
    import termios

    fd = sys.stdin.fileno()
    quiet = termios.tcgetattr(fd)
    termios.tcsetattr(fd, termios.TCSANOW, _SAVED[-1])
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, quiet)
