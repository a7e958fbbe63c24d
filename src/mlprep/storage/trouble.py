"""Says what to do about a progress file that SQLite cannot read or write."""

import sqlite3
from pathlib import Path

from mlprep.errors import MlprepError

_RESTORE = "mlprep data check tells more, mlprep data restore brings back a backup"
_CURES = {
    sqlite3.SQLITE_CORRUPT: _RESTORE,
    sqlite3.SQLITE_NOTADB: _RESTORE,
    sqlite3.SQLITE_IOERR: _RESTORE,
    sqlite3.SQLITE_FULL: "free some space and go on where you stopped",
    sqlite3.SQLITE_READONLY: "make the file and its folder writable",
    sqlite3.SQLITE_BUSY: "another program holds the file; end that one and try again",
}


def is_trouble(error: Exception) -> bool:
    """Tell whether SQLite failed for a reason that lies outside this program."""
    return isinstance(error, sqlite3.Error) and _code(error) in _CURES


def explained(file: Path, error: Exception) -> MlprepError:
    """Return an error as one that says what to do."""
    return MlprepError(f"{file}: {error}; {_CURES.get(_code(error), _RESTORE)}")


def _code(error: Exception) -> int:
    """Return SQLite's primary result code, 0 where the error has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
