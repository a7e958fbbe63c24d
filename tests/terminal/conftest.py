"""Questions of every kind, as a drill would ask them."""

from pathlib import Path

import pytest

from mlprep.core.library import Library
from mlprep.core.rubric import Level
from mlprep.session.ask import draw_ask
from mlprep.storage import folders
from mlprep.storage.bank_files import read_bank, to_source
from mlprep.storage.store import Store
from mlprep.terminal.view import View

EXAMPLE = Path(__file__).parents[1] / "examples" / "every_kind.yaml"


@pytest.fixture(scope="session")
def library():
    """Return the example bank as the only one there is."""
    bank = read_bank(EXAMPLE)
    bodies = [entry.mapping for entry in bank.entries]
    return Library([to_source(EXAMPLE, bank, own=False)], lambda _, position: bodies[position])


@pytest.fixture
def ask(library):
    """Return how to draw a question by its name."""

    def ask(name, *, seed=7, level=Level.PRINCIPAL, **known):
        item = library.items[f"every-kind/{name}"]
        return draw_ask(item, library.question(item.key), seed=seed, level=level, **known)

    return ask


@pytest.fixture
def view(ask):
    """Return how to open a question by its name."""
    return lambda name, **known: View(ask(name, **known))


@pytest.fixture
def store(home):
    """Return an empty progress file."""
    opened = Store(folders.progress_file(), folders.backup_folder())
    yield opened
    opened.close()
