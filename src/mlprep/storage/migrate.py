"""Brings the progress file to this version's schema; never leaves it half way."""

import sqlite3
from contextlib import closing
from pathlib import Path

from mlprep.errors import MlprepError

MIGRATIONS = Path(__file__).with_name("migrations")


def scripts() -> list[tuple[int, Path]]:
    """Return the numbered migrations in order."""
    return sorted((int(path.name[:4]), path) for path in MIGRATIONS.glob("[0-9]*.sql"))


def version(db: sqlite3.Connection) -> int:
    """Return the number of the last migration that was applied."""
    number: int = db.execute("PRAGMA user_version").fetchone()[0]
    return number


def migrate(db: sqlite3.Connection, file: Path, backups: Path) -> None:
    """Apply what is missing, each migration and its number together, after a backup.

    Raises MlprepError for a file from a newer version.
    """
    steps = scripts()
    newest, current = steps[-1][0], version(db)
    if current > newest:
        raise MlprepError(
            f"{file}: written by a newer mlprep (schema {current}, this one knows {newest});"
            " upgrade with: pip install --upgrade mlprep"
        )
    for number, script in steps:
        if number > current:
            copy = backups / f"before-schema-{number}.sqlite" if current else None
            _apply(db, number, script.read_text(encoding="utf-8"), file, copy)


def _apply(db: sqlite3.Connection, number: int, script: str, file: Path, copy: Path | None) -> None:
    """Apply one migration, all or nothing. copy: where what was there before is kept."""
    try:
        # The version is asked again under the lock: two programs may start at once.
        db.execute("BEGIN IMMEDIATE")
        if version(db) < number:
            if copy:
                with closing(sqlite3.connect(file)) as before:
                    backup(before, copy)
            for statement in _statements(script):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """Split a script where a statement is complete; executescript would commit in between."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return [*found, pending] if pending.strip() else found


def backup(db: sqlite3.Connection, target: Path) -> Path:
    """Copy the file that is open, whole and consistent, and return where the copy lies."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)  # of a copy that was broken off
    with closing(sqlite3.connect(part)) as copy:
        db.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable on any medium
    part.replace(target)
    return target
