"""The progress file itself: opens it, looks it through, and says what to do where it fails."""

import sqlite3
from pathlib import Path
from typing import Any

from mlprep.errors import MlprepError
from mlprep.storage.migrate import migrate

LOCK_PAUSES = (0.02,) * 50 + (0.2,) * 20  # seconds, while other programs open the file at once
_RESTORE = "mlprep data check tells more, mlprep data restore brings back a backup"
_CURES = {
    sqlite3.SQLITE_CORRUPT: _RESTORE,
    sqlite3.SQLITE_NOTADB: _RESTORE,
    sqlite3.SQLITE_IOERR: _RESTORE,
    sqlite3.SQLITE_FULL: "free some space and go on where you stopped",
    sqlite3.SQLITE_READONLY: "make the file and its folder writable",
    sqlite3.SQLITE_BUSY: "another program holds the file; end that one and try again",
}
_TABLES = ("session", "review", "point_mark", "retraction", "draft", "hold", "setting", "forecast",
           "audit", "audit_mark")  # fmt: skip


def open_database(file: Path, backups: Path) -> sqlite3.Connection:
    """Open a progress file, made or migrated as needed. Raises MlprepError where that fails."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(file, timeout=30, isolation_level=None)
        try:
            _write_ahead(db)
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            migrate(db, file, backups)
        except BaseException:
            db.close()
            raise
    except (sqlite3.DatabaseError, OSError) as error:
        raise explained(file, error) from None
    return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Keep changes in a write-ahead log. SQLite itself does not wait for this lock."""
    from time import sleep

    for pause in (*LOCK_PAUSES, None):
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if pause is None or "locked" not in str(error):
                raise
            sleep(pause)


def problems(db: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong."""
    try:
        found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:  # too damaged to be looked through
        return [str(error)]
    return found + [f"table {row[0]}: a row points nowhere in {row[2]}" for row in broken]


def exported(db: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    rows = {}
    for table in _TABLES:
        cursor = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        rows[table] = [dict(zip(names, row, strict=True)) for row in cursor]
    return rows


def is_trouble(error: Exception) -> bool:
    """Tell whether SQLite failed for a reason that lies outside this program."""
    return isinstance(error, sqlite3.Error) and _code(error) in _CURES


def explained(file: Path, error: Exception) -> MlprepError:
    """Return an error as one that says what to do."""
    return MlprepError(f"{file}: {error}; {_CURES.get(_code(error), _RESTORE)}")


def _code(error: Exception) -> int:
    """Return SQLite's primary result code, 0 where the error has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
