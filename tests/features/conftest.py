"""Whole runs of the program, with one question of every kind in the place of the built-in banks."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import mlprep
from mlprep.storage.bank_files import BankFiles, bank_paths
from mlprep.storage.store import Store

if sys.platform == "win32":  # there is no pseudo-terminal that pexpect could drive
    collect_ignore_glob = ["test_*"]
else:
    from tests.features.terminal import Terminal

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = "2026-12-01T09:00"  # a Tuesday
PYTHON = [sys.executable, "-m", "mlprep"]


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """Return a folder that the program takes for its checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "question_banks").mkdir()
    (folder / "question_banks" / "every_kind.yaml").symlink_to(EXAMPLES / "every_kind.yaml")
    (folder / "src").mkdir()
    (folder / "src" / "mlprep").symlink_to(Path(mlprep.__file__).parent)
    return folder


@pytest.fixture(scope="session")
def used_home(tmp_path_factory, checkout):
    """Return a home in which the program ran before, so that no test waits for its set-up."""
    folder = tmp_path_factory.mktemp("home")
    Store(folder / "progress.sqlite", folder / "backups").close()
    BankFiles(folder / "cache" / "banks.sqlite").library(
        bank_paths(checkout / "question_banks"), ()
    )
    return folder


@pytest.fixture
def environment(home, used_home, checkout):
    """Return the environment of a run: a clock that stands still, dice that fall the same."""
    shutil.copytree(used_home, home)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(checkout / "src"),
        "MLPREP_HOME": str(home),
        "MLPREP_NOW": NOW,
        "MLPREP_SEED": "7",
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
    }


@pytest.fixture
def start(environment):
    """Return how to start `mlprep` in a terminal; what still runs at the end is ended.

    shell: a script that runs it as "$@", for what needs a shell around it.
    """
    running = []

    def start(*arguments, shell="", columns=80, rows=24, typed_ahead="", **env):
        words = [*(["sh", "-c", shell, "sh"] if shell else []), *PYTHON, *arguments]
        terminal = Terminal(words, env=environment | env, columns=columns, rows=rows)
        running.append(terminal)
        return terminal.type(typed_ahead) if typed_ahead else terminal

    yield start
    for terminal in running:
        terminal.close()


@pytest.fixture
def run(environment):
    """Return how to run `mlprep` without a terminal, with some input."""

    def run(*arguments, text="", **env):
        return subprocess.run([*PYTHON, *arguments], input=text, capture_output=True,
                              encoding="utf-8", env=environment | env, check=False)  # fmt: skip

    return run


@pytest.fixture
def open_store(environment, home):
    """Return how to look into the progress file from outside."""

    def open_store():
        return Store(home / "progress.sqlite", home / "backups")

    return open_store


@pytest.fixture
def planned(open_store):
    """Set an interview date, so that no run is the first one."""
    store = open_store()
    store.set("date", date(2026, 12, 14).isoformat())
    store.close()


@pytest.fixture
def own_bank(environment, home):
    """Return how to write a bank into the user's folder."""

    def own_bank(name, text):
        (home / "banks").mkdir(exist_ok=True)
        (home / "banks" / f"{name}.yaml").write_text(text, encoding="utf-8")

    return own_bank
