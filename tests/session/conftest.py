"""The progress file of a session test."""

import pytest

from mlprep.storage import folders
from mlprep.storage.store import Store


@pytest.fixture
def store(home):
    """Return an empty progress file."""
    opened = Store(folders.progress_file(), folders.backup_folder())
    yield opened
    opened.close()
