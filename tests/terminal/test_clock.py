"""The clock, and a stopwatch that does not count a pause."""

from datetime import datetime

import pytest

from mlprep.errors import UsageError
from mlprep.terminal import clock
from mlprep.terminal.clock import Stopwatch


@pytest.fixture
def ticks(monkeypatch):
    """Return the moments that the clock shows, one after the other."""
    moments = []
    monkeypatch.setattr(clock, "monotonic", lambda: moments.pop(0))
    return moments


def test_a_stopwatch_counts_while_it_runs(ticks):
    ticks += [10.0, 13.0, 20.0, 21.5]
    watch = Stopwatch(2)
    watch.run()
    watch.stop()
    watch.run()
    assert watch.seconds == 2 + 3 + 1.5


def test_running_twice_and_stopping_twice_change_nothing(ticks):
    ticks += [10.0, 13.0]
    watch = Stopwatch()
    watch.run()
    watch.run()
    watch.stop()
    watch.stop()
    assert watch.seconds == 3


def test_a_clock_that_stands_still_counts_nothing(monkeypatch):
    monkeypatch.setenv("MLPREP_NOW", "2026-12-01T09:00")
    watch = Stopwatch()
    watch.run()
    assert watch.seconds == 0
    assert clock.now() == datetime(2026, 12, 1, 9).astimezone()


@pytest.mark.parametrize("moment", ["soon", "2026-13-01", "0001-01-01T00:00"])
def test_a_moment_that_is_none_is_refused(monkeypatch, moment):
    monkeypatch.setenv("MLPREP_NOW", moment)
    try:
        clock.now()
    except UsageError as error:
        assert "is no moment; write 2026-12-01T09:00" in str(error)


def test_without_a_setting_it_is_now():
    assert abs((clock.now() - datetime.now().astimezone()).total_seconds()) < 60
