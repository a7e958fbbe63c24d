"""The progress file of a session test."""

import time
from zoneinfo import ZoneInfo

import pytest

from mlprep.storage import folders
from tests.session.banks import open_store


@pytest.fixture
def store(home):
    """Return an empty progress file."""
    opened = open_store(folders.progress_file())
    yield opened
    opened.close()


@pytest.fixture
def travel(monkeypatch):
    """Return a function that lets the machine stand in another time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system's time zone cannot be set by a program")

    def to(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()
        return ZoneInfo(name)

    yield to
    monkeypatch.undo()
    time.tzset()
