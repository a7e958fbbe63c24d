"""The only place that reads a clock."""

import os
import time
from datetime import datetime
from time import monotonic

from mlprep.errors import UsageError


def now() -> datetime:
    """Return the local moment; MLPREP_NOW (as 2026-12-01T09:00) stands still, for tests.

    Raises UsageError where MLPREP_NOW cannot be read.
    """
    fixed = os.environ.get("MLPREP_NOW")
    if not fixed:
        return datetime.now().astimezone()
    try:
        return datetime.fromisoformat(fixed).astimezone()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"MLPREP_NOW: '{fixed[:40]}' is no moment; write 2026-12-01T09:00"
        ) from None


def running() -> float:
    """Return seconds since some moment, sleep of the machine among them where it can tell.

    What changes the clock of the wall does not change it.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return monotonic()


class Stopwatch:
    """Counts the seconds of an answer, but not those of a pause."""

    def __init__(self, before: float = 0) -> None:
        self._before = before
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """Return the seconds that ran so far."""
        if self._since is None or os.environ.get("MLPREP_NOW"):
            return self._before
        return self._before + monotonic() - self._since

    def run(self) -> None:
        """Go on."""
        if self._since is None:
            self._since = monotonic()

    def stop(self) -> None:
        """Stand still."""
        self._before = self.seconds
        self._since = None
