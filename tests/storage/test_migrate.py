"""An old progress file becomes a new one, whole or not at all."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mlprep.cli.boundary import run
from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.core.planner import History
from mlprep.errors import MlprepError
from mlprep.storage import migrate
from mlprep.storage.store import Store

OLD = sorted((Path(__file__).parents[1] / "data").glob("schema-*.sql"))
NEWEST = migrate.scripts()[-1][0]
OPEN = """
import sys
from pathlib import Path
from mlprep.storage import migrate
from mlprep.storage.store import Store
migrate.MIGRATIONS = Path(sys.argv[3])
Store(Path(sys.argv[1]), Path(sys.argv[2])).close()
"""


@pytest.fixture
def file(home):
    """Return where the progress file will lie."""
    home.mkdir()
    return home / "progress.sqlite"


def old(file, script=OLD[0]):
    """Write a file as an old version left it."""
    with closing(sqlite3.connect(file)) as db:
        db.executescript(script.read_text(encoding="utf-8"))
    return file


def opened(file):
    return Store(file, file.parent / "backups")


def schema(file):
    with closing(sqlite3.connect(file)) as db:
        return migrate.version(db)


def add_migration(monkeypatch, tmp_path, number, script):
    """Let this version know a migration more."""
    folder = tmp_path / "migrations"
    folder.mkdir(exist_ok=True)
    for _, path in migrate.scripts():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / f"{number:04}_more.sql").write_text(script)
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    return folder


def test_migrations_are_numbered_without_a_gap():
    assert list(range(1, NEWEST + 1)) == [number for number, _ in migrate.scripts()]


def test_a_new_file_gets_the_newest_schema_and_no_backup(file):
    opened(file).close()

    assert schema(file) == NEWEST
    assert not (file.parent / "backups").exists()


@pytest.mark.parametrize("script", OLD, ids=lambda path: path.stem)
def test_an_old_file_keeps_everything(file, script):
    store = opened(old(file, script))

    assert schema(file) == NEWEST
    assert {
        "b/q1": History(((739763, 1), (739764, 3)), 81.5, 2),
        "b/q2": History(((739763, 2),), 0, 0),
    } == store.histories()
    partly = store.reviews(items=["b/q2"])[0]
    assert (
        partly.rating, partly.answer, partly.seed, partly.source,
    ) == (Rating.HARD, "two lines\nof text", 8, "drill")  # fmt: skip
    assert ({"cost": True, "~0123456789ab": False}, {1}) == (partly.marks, partly.flags)
    draft = store.drafts()[0]
    assert ("b/q2", 11, Attempt("half an ans", seconds=12.5, hints=1)) == (
        draft.item, draft.seed, draft.attempt,
    )  # fmt: skip
    assert store.holds() == {"b/q3": None, "b/q4": 739765}
    assert store.settings() == {"date": "2026-12-14", "minutes": 35}
    assert store.open_session("drill")[0] == "s2"
    assert store.problems() == []
    store.close()


def test_a_backup_is_taken_before_each_migration(file, tmp_path, monkeypatch):
    old(file)
    add_migration(
        monkeypatch, tmp_path, NEWEST + 1, "CREATE TABLE more (x) STRICT;".replace("x", "x TEXT")
    )
    add_migration(monkeypatch, tmp_path, NEWEST + 2, "ALTER TABLE more ADD COLUMN y TEXT;")

    opened(file).close()

    assert schema(file) == NEWEST + 2
    for number in (NEWEST + 1, NEWEST + 2):
        assert number - 1 == schema(file.parent / "backups" / f"before-schema-{number}.sqlite")


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE more (x TEXT);\nUPDATE review SET nothing = 1;",
        "DELETE FROM point_mark;\nDELETE FROM retraction;\nINSERT INTO review VALUES (1);",
        "CREATE TABLE more (x TEXT);\nDROP TABLE nowhere",
    ],
)
def test_a_migration_that_fails_leaves_the_old_file(file, tmp_path, monkeypatch, script):
    old(file)
    opened(file).close()
    before = contents(file)
    add_migration(monkeypatch, tmp_path, NEWEST + 1, script)

    with pytest.raises(MlprepError, match="mlprep data restore"):
        opened(file)

    assert before == contents(file)
    assert schema(file) == NEWEST


def contents(file):
    with closing(sqlite3.connect(file)) as db:
        return list(db.iterdump())


def test_a_statement_that_is_left_open_is_not_dropped_in_silence(file, tmp_path, monkeypatch):
    add_migration(monkeypatch, tmp_path, NEWEST + 1, "CREATE TABLE more (x TEXT)")
    store = opened(file)

    assert schema(file) == NEWEST + 1
    store.close()
    assert any("more" in line for line in contents(file))


def test_a_file_of_a_newer_version_is_refused_and_left_alone(file):
    opened(file).close()
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 99")
    before = contents(file)

    with pytest.raises(MlprepError, match=f"schema 99, this one knows {NEWEST}") as refusal:
        opened(file)

    assert refusal.value.exit_code == 1
    assert "pip install --upgrade mlprep" in str(refusal.value)
    assert (99, before) == (schema(file), contents(file))


def test_a_command_says_which_version_a_newer_file_needs(file, capsys):
    opened(file).close()
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 99")

    assert run(["undo"]) == 1
    assert f"schema 99, this one knows {NEWEST}" in capsys.readouterr().err


def test_two_programs_that_migrate_at_once_do_it_once(file, tmp_path, monkeypatch):
    old(file)
    script = "ALTER TABLE setting ADD COLUMN more TEXT;\nCREATE TABLE more (x TEXT) STRICT;"
    folder = add_migration(monkeypatch, tmp_path, NEWEST + 1, script)
    command = [sys.executable, "-c", OPEN, str(file), str(file.parent / "backups"), str(folder)]

    programs = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [program.communicate()[1] for program in programs]

    assert said == [""] * 4
    assert schema(file) == NEWEST + 1
    kept = {path.name: schema(path) for path in (file.parent / "backups").iterdir()}
    assert kept == {f"before-schema-{n + 1}.sqlite": n for n in range(1, NEWEST + 1)}
