"""Finds, reads and caches bank files. A changed file alone is parsed again."""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlprep import __version__
from mlprep.core.library import Library, Source
from mlprep.core.mistake import Mistake
from mlprep.errors import MlprepError
from mlprep.storage import folders

if TYPE_CHECKING:
    from mlprep.core.bank import BankFile

MAX_BYTES = 16 * 1024 * 1024
CACHE_FORMAT = f"3 {__version__}"
RACY_NS = 2_000_000_000  # a file changed this shortly before it was read may change unseen

_TABLES = """
CREATE TABLE IF NOT EXISTS format (version TEXT);
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, sure INTEGER, digest TEXT, source TEXT
);
CREATE TABLE IF NOT EXISTS body (
    path TEXT, position INTEGER, mapping TEXT, PRIMARY KEY (path, position)
);
"""


def load_library(others: Iterable[Path] = ()) -> Library:
    """Return all banks, built-in ones first, then the user's. others: files beside these."""
    return BankFiles(folders.cache_folder() / "banks.sqlite").library(
        bank_paths(folders.shipped_banks()), [*bank_paths(folders.own_banks()), *others]
    )


def bank_paths(folder: Path) -> list[Path]:
    """Return the bank files of a folder by name; links that lead nowhere among them."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    paths = [folder / name for name in names
             if name.endswith((".yaml", ".yml")) and not name.startswith(".")]  # fmt: skip
    # What is there and no file is left out: reading a pipe would wait for ever.
    return [path for path in paths if os.path.isfile(path) or not os.path.exists(path)]


def shown(path: Path) -> str:
    """Return a path as the user would open it: relative where it is below here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def read_text(path: Path) -> tuple[str, Mistake | None]:
    """Return a file's text, and why it cannot be used as a bank."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return "", Mistake(1, 1, "larger than 16 MiB; split the bank into several files")
        return text_of(path.read_bytes())
    except OSError as error:
        return "", Mistake(1, 1, f"cannot be read: {error.strerror or error}")


def text_of(raw: bytes) -> tuple[str, Mistake | None]:
    """Return the text of a file's bytes, and why it cannot be used as a bank."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Mistake(1, 1, "saved as UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return "", Mistake(line, column, f"byte 0x{raw[error.start]:02x} is not UTF-8;"
                                         " save the file as UTF-8")  # fmt: skip


def read_bank(path: Path, *, thorough: bool = False, pure: bool = False) -> "BankFile":
    """Parse one file, without the cache."""
    from mlprep.core.bank import BankFile, parse_bank

    text, wrong = read_text(path)
    if wrong:
        return BankFile(mistakes=[wrong], broken=True)
    return parse_bank(text, thorough=thorough, pure=pure)


class BankFiles:
    """The parsed banks in one SQLite file that may be thrown away at any time."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._bodies: dict[str, list[Mapping[str, Any]]] = {}  # by path: parsed by this process

    def library(self, shipped: Iterable[Path], own: Iterable[Path]) -> Library:
        """Return the library of these files; parses those that the cache does not know."""
        wanted = {**dict.fromkeys(shipped, False), **dict.fromkeys(own, True)}
        known = self._recall(wanted)
        fresh = {path: self._parse(path) for path in wanted if path not in known}
        if fresh:
            self._remember(fresh)
        plain = known | {path: source for path, (_, source) in fresh.items()}
        sources = []
        for path, is_own in wanted.items():
            if source := plain[path]:
                mistakes = [Mistake(*mistake) for mistake in source.pop("mistakes")]
                sources.append(Source(str(path), shown(path), is_own, mistakes=mistakes, **source))
        return Library(sources, self._body)

    def _body(self, source: Source, position: int) -> Mapping[str, Any]:
        wanted = source.entries[position]["id"]
        if source.path not in self._bodies:
            mapping = self._recall_body(source.path, position)
            if mapping is not None and mapping["id"] == wanted:
                return mapping
            self._parse(Path(source.path))  # the file or the cache changed meanwhile
        for mapping in self._bodies[source.path]:
            if mapping["id"] == wanted:
                return mapping
        raise MlprepError(f"{source.origin}: question '{wanted}' is gone; start again")

    def _recall_body(self, path: str, position: int) -> Mapping[str, Any] | None:
        with suppress(sqlite3.Error, TypeError, ValueError), closing(self._open()) as cache:
            query = "SELECT mapping FROM body WHERE path = ? AND position = ?"
            (text,) = cache.execute(query, (_name(path), position)).fetchone()
            mapping: Mapping[str, Any] = json.loads(text)
            return mapping
        return None

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._cache, timeout=2, isolation_level=None)

    def _recall(self, paths: Iterable[Path]) -> dict[Path, Any]:
        """Return the plain sources of files that did not change since they were parsed."""
        try:
            with closing(self._open()) as cache:
                (version,) = cache.execute("SELECT version FROM format").fetchone() or ("",)
                rows = cache.execute("SELECT path, size, mtime_ns, sure, digest, source FROM file")
                known = {row[0]: row[1:] for row in rows} if version == CACHE_FORMAT else {}
                return {path: json.loads(known[_name(path)][4]) for path in paths
                        if _name(path) in known and _is_same(path, known[_name(path)])}  # fmt: skip
        except (sqlite3.Error, ValueError, OSError):
            return {}

    def _parse(self, path: Path) -> tuple[list[Any], dict[str, Any] | None]:
        """Return what the cache keeps of a file: [size, mtime, sure, digest], and its source."""
        from time import time_ns

        stamp = _stamp(path, time_ns())
        bank = read_bank(path)
        self._bodies[str(path)] = [entry.mapping for entry in bank.entries]
        if not bank.is_bank:
            return stamp, None
        return stamp, _plain_source(bank)

    def _remember(self, fresh: Mapping[Path, tuple[list[Any], dict[str, Any] | None]]) -> None:
        try:
            self._write(fresh)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname == "SQLITE_BUSY":
                return  # another process writes the same
            with suppress(OSError, sqlite3.Error):  # damaged: make it anew, once
                self._cache.unlink(missing_ok=True)
                self._write(fresh)
        except OSError:
            pass

    def _write(self, fresh: Mapping[Path, tuple[list[Any], dict[str, Any] | None]]) -> None:
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as cache:
            cache.executescript(_TABLES)
            cache.execute("BEGIN IMMEDIATE")
            if cache.execute("SELECT version FROM format").fetchall() != [(CACHE_FORMAT,)]:
                for table in ("format", "file", "body"):
                    cache.execute(f"DELETE FROM {table}")
                cache.execute("INSERT INTO format VALUES (?)", (CACHE_FORMAT,))
            for path, (stamp, source) in fresh.items():
                name = _name(path)
                cache.execute("DELETE FROM body WHERE path = ?", (name,))
                cache.execute(
                    "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
                    (name, *stamp, json.dumps(source)),
                )
                cache.executemany(
                    "INSERT INTO body VALUES (?, ?, ?)",
                    ((name, n, json.dumps(body)) for n, body in enumerate(self._bodies[str(path)])),
                )
            cache.execute("COMMIT")


def _stamp(path: Path, now_ns: int) -> list[Any]:
    try:
        status = path.stat()
        small = status.st_size <= MAX_BYTES
        digest = _digest(path) if small else ""
        sure = now_ns - status.st_mtime_ns > RACY_NS
        return [status.st_size, status.st_mtime_ns, sure, digest]
    except OSError:
        return [-1, 0, False, ""]


def _is_same(path: Path, known: tuple[int, int, int, str, str]) -> bool:
    """Return whether a file is what was parsed: by size and time, by its digest when in doubt."""
    size, mtime_ns, sure, digest, _ = known
    try:
        status = path.stat()
        if status.st_size != size:
            return False
        unchanged = bool(sure) and status.st_mtime_ns == mtime_ns
        return unchanged or size > MAX_BYTES or _digest(path) == digest
    except OSError:
        return False


def _name(path: Path | str) -> str:
    """Return a path as SQLite can hold it; a name on disk need not be text."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _digest(path: Path) -> str:
    from hashlib import sha256

    return sha256(path.read_bytes()).hexdigest()


def _plain_source(bank: "BankFile") -> dict[str, Any]:
    """Return what scheduling needs of a parsed file, as JSON can hold it."""
    from mlprep.core.question import item_heads

    return {
        "head": bank.head,
        "entries": [
            {
                "id": entry.mapping["id"],
                "place": entry.place,
                "places": entry.places,
                "items": item_heads(entry.mapping),
            }
            for entry in bank.entries
        ],
        "mistakes": list(bank.mistakes),
        "left_out": bank.left_out,
        "broken": bank.broken,
    }


def to_source(path: Path, bank: "BankFile", *, own: bool) -> Source:
    """Return a parsed file as the library takes it."""
    plain = _plain_source(bank)
    mistakes = [Mistake(*mistake) for mistake in plain.pop("mistakes")]
    return Source(str(path), shown(path), own, mistakes=mistakes, **plain)
