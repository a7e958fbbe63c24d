"""A backup brings progress back, and nothing that stood there is lost."""

import os
import sqlite3
from contextlib import closing
from random import Random

import pytest

from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.errors import MlprepError
from mlprep.storage import backups, folders
from mlprep.storage.store import Store
from tests.storage.test_migrate import OLD, old


def review(name):
    return Review(name, f"b/{name}", 1, 10, Rating.GOOD, seed=7, answer="x" * 400)


def ids(file):
    store = Store(file, folders.backup_folder())
    found = [kept.id for kept in store.reviews()]
    store.close()
    return found


@pytest.fixture
def file(home):
    """Return a progress file that holds the review r1."""
    store = Store(folders.progress_file(), folders.backup_folder())
    store.add_review(review("r1"))
    store.close()
    return folders.progress_file()


@pytest.fixture
def copy(file, home):
    """Return a backup of it, taken before r2 was added to the file."""
    store = Store(file, folders.backup_folder())
    taken = store.backup(home / "backups" / "copy.sqlite")
    store.add_review(review("r2"))
    store.close()
    return taken


def restore(source, file):
    return backups.restore(source, file, file.parent / "backups" / "before.sqlite")


def test_a_backup_is_whole_while_the_file_is_open(copy):
    assert ids(copy) == ["r1"]


def test_a_backup_is_one_file_that_opens_without_writing(copy):
    assert [path.name for path in copy.parent.iterdir()] == ["copy.sqlite"]
    assert copy.read_bytes()[18:20] == b"\x01\x01"  # of SQLite's header: no write-ahead log


def test_a_backup_over_one_that_was_broken_off(file, home):
    part = home / "backups" / "copy.sqlite.part"
    part.parent.mkdir()
    part.write_bytes(b"half a page")
    store = Store(file, folders.backup_folder())

    assert ids(store.backup(home / "backups" / "copy.sqlite")) == ["r1"]
    assert not part.exists()
    store.close()


def test_what_stood_there_before_is_kept(copy, file):
    kept = restore(copy, file)

    assert ids(file) == ["r1"]
    assert ids(kept) == ["r1", "r2"]


def test_a_backup_comes_back_where_no_file_is(copy, file):
    file.unlink()

    assert restore(copy, file) is None
    assert ids(file) == ["r1"]


def test_a_file_in_use_is_replaced_under_its_reader(copy, file):
    running = Store(file, folders.backup_folder())
    assert running.count_reviews() == 2

    restore(copy, file)

    assert running.count_reviews() == 1
    running.add_review(review("r3"))
    assert ids(file) == ["r1", "r3"]
    running.close()


def test_a_backup_of_an_older_schema_is_migrated_when_it_is_opened(file, home):
    restore(old(home / "old.sqlite", OLD[0]), file)

    assert ids(file) == ["r1", "r2", "r3"]


def test_a_file_that_is_no_database_is_kept_byte_by_byte(copy, file):
    file.write_bytes(b"scrambled" * 1000)

    kept = restore(copy, file)

    assert kept.read_bytes() == b"scrambled" * 1000
    assert ids(file) == ["r1"]


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_is_replaced(copy, file, seed):
    data = bytearray(file.read_bytes())
    rng = Random(seed)
    for _ in range(3):
        place = rng.randrange(len(data) - 600)
        data[place : place + 600] = rng.randbytes(600)
    file.write_bytes(data)

    restore(copy, file)

    assert ids(file) == ["r1"]


def no_file(folder):
    return folder / "nowhere.sqlite"


def a_folder(folder):
    return folder


def text(folder):
    (folder / "notes.sqlite").write_text("dear diary, " * 200)
    return folder / "notes.sqlite"


def empty(folder):
    (folder / "empty.sqlite").touch()
    return folder / "empty.sqlite"


def foreign(folder):
    with closing(sqlite3.connect(folder / "other.sqlite")) as db:
        db.executescript("CREATE TABLE songs (title TEXT)")
    return folder / "other.sqlite"


def newer(folder):
    found = old(folder / "newer.sqlite")
    with closing(sqlite3.connect(found)) as db:
        db.execute("PRAGMA user_version = 99")
    return found


def truncated(folder):
    found = old(folder / "truncated.sqlite")
    data = found.read_bytes()
    found.write_bytes(data[: len(data) // 2])
    return found


@pytest.mark.parametrize("source", [no_file, a_folder, text, empty, foreign, newer, truncated])
def test_what_is_no_backup_is_refused_and_nothing_changes(file, tmp_path, source):
    bad = source(tmp_path)

    with pytest.raises(MlprepError) as refusal:
        restore(bad, file)

    assert str(bad) in str(refusal.value)
    assert ids(file) == ["r1"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_backup_in_a_folder_that_cannot_be_written(copy, file):
    copy.chmod(0o400)
    copy.parent.chmod(0o500)
    try:
        backups.restore(copy, file, file.parent / "before.sqlite")
    finally:
        copy.parent.chmod(0o700)

    assert ids(file) == ["r1"]


def test_the_progress_file_itself_is_no_backup(file):
    with pytest.raises(MlprepError, match="the progress file itself"):
        restore(file, file)

    assert ids(file) == ["r1"]


def test_backups_are_listed_the_latest_first(home):
    folder = home / "backups"
    folder.mkdir(parents=True)
    for age, name in enumerate(("new.sqlite", "older.sqlite", "notes.txt")):
        (folder / name).touch()
        os.utime(folder / name, (1000 - age, 1000 - age))

    assert [path.name for path in backups.listed(folder)] == ["new.sqlite", "older.sqlite"]
    assert backups.listed(folder / "nowhere") == []
