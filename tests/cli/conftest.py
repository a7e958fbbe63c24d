"""Commands run in this process, with the example bank as the only built-in one."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from mlprep.cli import boundary
from mlprep.storage import folders
from mlprep.storage.store import Store

EXAMPLE = Path(__file__).parents[1] / "examples" / "every_kind.yaml"


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def example_banks(tmp_path_factory):
    """Return a folder that holds a question of every kind."""
    folder = tmp_path_factory.mktemp("banks")
    shutil.copy(EXAMPLE, folder)
    return folder


@pytest.fixture
def mlprep(monkeypatch, capsys, example_banks):
    """Return how to run a command on Tue 1 Dec 2026 and read what it prints."""
    monkeypatch.setattr(folders, "shipped_banks", lambda: example_banks)
    monkeypatch.setenv("MLPREP_NOW", "2026-12-01T09:00")
    monkeypatch.setenv("MLPREP_SEED", "7")

    def mlprep(*words):
        capsys.readouterr()
        code = boundary.run(words)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return mlprep


@pytest.fixture
def open_store():
    """Return how to look into the progress file."""
    return lambda: Store(folders.progress_file(), folders.backup_folder())


@pytest.fixture
def own_bank(home):
    """Return how to write a bank into the user's folder."""

    def own_bank(name, text):
        file = home / "banks" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return own_bank
