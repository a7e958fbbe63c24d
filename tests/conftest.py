"""What every test starts from: folders of its own, and no setting of the machine it runs on."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.snapshots import Snapshots

settings.register_profile("mlprep", deadline=None)
settings.load_profile("mlprep")

LEFT_OVER = ("NO_COLOR", "ACCESSIBLE", "MLPREP_NOW", "MLPREP_SEED", "VISUAL", "EDITOR")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Return the folder of data, banks and cache of this test; it does not exist yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MLPREP_HOME", str(folder))
    for name in LEFT_OVER:
        monkeypatch.delenv(name, raising=False)
    return folder


def pytest_addoption(parser):
    parser.addoption("--snapshot-update", action="store_true", help="take screens as they are now")


@pytest.fixture
def snapshots(request):
    """Return the kept screens of this test's module, tests/snapshots/session.txt and the like."""
    name = Path(request.path).stem.removeprefix("test_")
    kept = Snapshots(name, update=request.config.getoption("--snapshot-update"))
    yield kept
    kept.save()
