"""Brings back a copy of the progress file, and never loses what stood there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from mlprep.errors import MlprepError
from mlprep.storage.migrate import backup, scripts, version


def listed(folder: Path) -> list[Path]:
    """Return the backups of a folder, the latest first."""
    return sorted(folder.glob("*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)


def restore(source: Path, file: Path, keep: Path) -> Path | None:
    """Put a backup in the place of the progress file; return where that one is kept now.

    Raises MlprepError where the backup is none of ours, damaged or from a newer version.
    """
    _check(source)
    kept = None
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        if file.samefile(source):  # SQLite would wait for itself for ever
            raise MlprepError(f"{source}: the progress file itself; choose a backup")
        keep.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(sqlite3.connect(file)) as db:
                kept = backup(db, keep)
        except sqlite3.DatabaseError:  # damaged: keep its bytes as they are
            keep.write_bytes(file.read_bytes())
            kept = keep
            _remove(file)
    try:
        # Through SQLite, so that a drill that runs meanwhile sees all of it or none.
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(file)) as db:
            copy.backup(db)
    except sqlite3.Error as error:
        raise MlprepError(f"{file}: {error}; end other mlprep programs and try again") from None
    return kept


def _check(source: Path) -> None:
    if not source.is_file():
        raise MlprepError(f"{source}: no such file; mlprep data restore lists the backups")
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as db:
            damage = db.execute("PRAGMA integrity_check").fetchone()[0]
            number, newest = version(db), scripts()[-1][0]
            is_ours = db.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('review', 'retraction')"
            ).fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise MlprepError(f"{source}: {error}; choose another backup") from None
    if damage != "ok" or is_ours != 2:
        raise MlprepError(f"{source}: no whole copy of mlprep's progress; choose another backup")
    if number > newest:
        raise MlprepError(f"{source}: written by a newer mlprep; upgrade with:"
                          " pip install --upgrade mlprep")  # fmt: skip


def _remove(file: Path) -> None:
    for path in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        path.unlink(missing_ok=True)
