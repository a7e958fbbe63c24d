"""All SQL on the progress file, one method a question, core types in and out."""

import json
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlprep.core.memory import Rating
from mlprep.core.planner import History
from mlprep.core.review import Draft, Review
from mlprep.storage.database import exported, open_database, problems
from mlprep.storage.migrate import backup

if TYPE_CHECKING:
    from mlprep.storage.counts import Counts

_COLUMNS = (
    "id, item, at, day, rating, seed, source, session, device, seconds, coverage, confidence,"
    " overruled, hints, answer"
)
_FLAG = "flag:"  # how a red flag is kept among the marks


class Store:
    """The progress of one candidate. Every change is on disk when its method returns."""

    def __init__(self, file: Path, backups: Path) -> None:
        self.file = file
        self._db = open_database(file, backups)

    def close(self) -> None:
        """Close the file; what was changed is on disk already."""
        self._db.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Make the changes within all or none, and keep other programs from changing meanwhile."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read one picture of the file within, whatever other programs do to it meanwhile."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    def version(self) -> int:
        """Return a number that is another one once another program has changed the file."""
        number: int = self._db.execute("PRAGMA data_version").fetchone()[0]
        return number

    # Reviews

    def histories(
        self,
        current: Callable[[str], str] = str,
        *,
        times: MutableMapping[str, list[float]] | None = None,
    ) -> dict[str, History]:
        """Return the reviews of every item in (at, id) order.

        current: today's key of the one that a review was written with. times: takes the seconds
        of each item's timed reviews.
        """
        query = "SELECT item, day, rating, seconds FROM kept"
        names: dict[str, list[str]] = {}
        found: dict[str, History] = {}
        for name, rows in groupby(self._db.execute(f"{query} ORDER BY item, at, id"), _item):
            item = current(name)
            names.setdefault(item, []).append(name)
            found[item] = _history(item, list(rows), times)
        for item, all_names in names.items():
            if len(all_names) > 1:  # it was renamed between two answers
                among = f"{query} WHERE item IN ({', '.join('?' * len(all_names))})"
                rows = self._db.execute(f"{among} ORDER BY at, id", all_names)
                found[item] = _history(item, rows.fetchall(), times)
        return found

    def reviews(
        self,
        *,
        items: Iterable[str] | None = None,
        day: int | None = None,
        session: str | None = None,
        source: str | None = None,
        last: int | None = None,
    ) -> list[Review]:
        """Return kept reviews in the order in which they were made, with their marks.

        last: only so many of the latest.
        """
        where, values = ["1"], list[Any]()
        if items is not None:
            keys = list(items)
            where.append(f"item IN ({', '.join('?' * len(keys))})")
            values += keys
        for column, value in (("day", day), ("session", session), ("source", source)):
            if value is not None:
                where.append(f"{column} = ?")
                values.append(value)
        query = f"SELECT {_COLUMNS} FROM kept WHERE {' AND '.join(where)} ORDER BY row DESC LIMIT ?"
        rows = self._db.execute(query, (*values, -1 if last is None else last)).fetchall()
        return [self._review(row) for row in reversed(rows)]

    def _review(self, row: Sequence[Any]) -> Review:
        marks, flags = {}, set()
        query = "SELECT point, hit FROM point_mark WHERE review = ?"
        for point, hit in self._db.execute(query, (row[0],)):
            if point.startswith(_FLAG):
                flags.add(int(point[len(_FLAG) :]))
            else:
                marks[point] = bool(hit)
        fields: list[Any] = [*row[:4], Rating(row[4]), *row[5:], marks, frozenset(flags)]
        return Review(*fields)

    def add_review(
        self, review: Review, *, names: Sequence[str] = (), known: Collection[str] | None = None
    ) -> Review | None:
        """Append a review, drop the drafts of its item, and return what is kept.

        names: keys that the item had before. known: ids of the item's reviews when it was asked;
        where another terminal has added one since, nothing is kept and None returned. The moment
        is moved behind the item's last review where a clock was set back.
        """
        keys = (review.item, *names)
        with self.changing():
            moments = self._moments(keys)
            self._db.executemany("DELETE FROM draft WHERE item = ?", [(key,) for key in keys])
            if known is not None and moments.keys() != set(known):
                return None
            review = review._replace(at=max(review.at, 1 + max(moments.values(), default=0)))
            self._db.execute(
                f"INSERT INTO review ({_COLUMNS}) VALUES ({', '.join('?' * 15)})",
                (review.id, review.item, review.at, review.day, int(review.rating), review.seed,
                 review.source, review.session, review.device, review.seconds, review.coverage,
                 review.confidence, review.overruled, review.hints, review.answer),
            )  # fmt: skip
            marks = [(review.id, point, int(hit)) for point, hit in review.marks.items()]
            marks += [(review.id, f"{_FLAG}{flag}", 1) for flag in sorted(review.flags)]
            self._db.executemany("INSERT INTO point_mark VALUES (?, ?, ?)", marks)
        return review

    def _moments(self, keys: Sequence[str]) -> dict[str, int]:
        """Return id and moment of each kept review of an item. keys: its own and former ones."""
        query = f"SELECT id, at FROM kept WHERE item IN ({', '.join('?' * len(keys))})"
        return dict(self._db.execute(query, keys).fetchall())

    def retract(self, review: str, at: int) -> None:
        """Take a review back; it stays in the file."""
        self._db.execute("INSERT OR IGNORE INTO retraction VALUES (?, ?)", (review, at))

    def last_row(self, source: str) -> int:
        """Return the place of the latest kept review of a source, in the order of their making."""
        query = "SELECT coalesce(max(row), 0) FROM kept WHERE source = ?"
        row: int = self._db.execute(query, (source,)).fetchone()[0]
        return row

    def counts(self) -> "Counts":
        """Return what SQL counts for statistics."""
        from mlprep.storage.counts import Counts

        return Counts(self._db)

    def count_reviews(self) -> int:
        """Return how many reviews are kept."""
        number: int = self._db.execute("SELECT count(*) FROM kept").fetchone()[0]
        return number

    def spent_on(self, day: int) -> list[tuple[str, float | None]]:
        """Return item and seconds of each review of a day."""
        return self._db.execute(
            "SELECT item, seconds FROM kept WHERE day = ? ORDER BY row", (day,)
        ).fetchall()

    # Sessions

    def open_session(self, kind: str) -> tuple[str, int, dict[str, Any]] | None:
        """Return id, start and state of the latest session of a kind that was not ended."""
        row = self._db.execute(
            "SELECT id, started, state FROM session WHERE kind = ? AND ended IS NULL"
            " ORDER BY rowid DESC LIMIT 1",
            (kind,),
        ).fetchone()
        return row and (row[0], row[1], json.loads(row[2]))

    def start_session(self, session: str, kind: str, at: int, script: str | None = None) -> None:
        """Begin a session. script: the format of a mock."""
        self._db.execute(
            "INSERT INTO session (id, kind, started, format) VALUES (?, ?, ?, ?)",
            (session, kind, at, script),
        )

    def session_states(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """Return id and state of every session of a kind, the first one first."""
        query = "SELECT id, state FROM session WHERE kind = ? ORDER BY rowid"
        return [(session, json.loads(state)) for session, state in self._db.execute(query, (kind,))]

    def session_state(self, session: str) -> dict[str, Any]:
        """Return what is kept of a session beside its reviews."""
        row = self._db.execute("SELECT state FROM session WHERE id = ?", (session,)).fetchone()
        state: dict[str, Any] = json.loads(row[0])
        return state

    def keep_session_state(self, session: str, state: Mapping[str, Any]) -> None:
        """Keep what cannot be told from the reviews."""
        self._db.execute("UPDATE session SET state = ? WHERE id = ?", (json.dumps(state), session))

    def end_session(self, session: str, at: int) -> None:
        """Note that a session ended."""
        self._db.execute("UPDATE session SET ended = ? WHERE id = ?", (at, session))

    def last_session(self, kind: str, *, but: str) -> str | None:
        """Return the latest session of a kind that has a review, other than one."""
        row = self._db.execute(
            "SELECT session FROM kept WHERE session IN (SELECT id FROM session WHERE kind = ?)"
            " AND session <> ? ORDER BY row DESC LIMIT 1",
            (kind, but),
        ).fetchone()
        return row[0] if row else None

    # Drafts

    def drafts(self) -> list[Draft]:
        """Return the answers that are being given, the latest first."""
        rows = self._db.execute("SELECT item, at, text, state FROM draft ORDER BY at DESC")
        return [Draft.from_plain(item, at, text, json.loads(s)) for item, at, text, s in rows]

    def keep_draft(
        self, draft: Draft, *, names: Sequence[str] = (), known: Collection[str] | None = None
    ) -> None:
        """Keep an answer as far as it is given; nothing where another terminal gave one since.

        names, known: as in `add_review`.
        """
        with self.changing():
            if known is not None and self._moments((draft.item, *names)).keys() != set(known):
                return
            self._db.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)",
                (draft.item, draft.at, draft.attempt.answer, json.dumps(draft.to_plain())),
            )

    # Items set aside

    def holds(self) -> dict[str, int | None]:
        """Return until which day items are set aside, None for suspended ones."""
        rows = self._db.execute("SELECT item, until FROM hold ORDER BY id")
        return dict(rows.fetchall())

    def add_hold(self, item: str, until: int | None, at: int, session: str | None = None) -> int:
        """Set an item aside and return the row of it. until: day; 0 frees it; None: suspended."""
        cursor = self._db.execute(
            "INSERT INTO hold (item, at, until, session) VALUES (?, ?, ?, ?)",
            (item, at, until, session),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def drop_hold(self, row: int) -> None:
        """Take back that an item was set aside."""
        self._db.execute("DELETE FROM hold WHERE id = ?", (row,))

    # Settings

    def settings(self) -> dict[str, Any]:
        """Return every setting that was made."""
        return {key: json.loads(v) for key, v in self._db.execute("SELECT key, value FROM setting")}

    def set(self, key: str, value: Any) -> None:
        """Make a setting; None forgets it."""
        if value is None:
            self._db.execute("DELETE FROM setting WHERE key = ?", (key,))
        else:
            row = (key, json.dumps(value))
            self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", row)

    # Forecasts

    def keep_forecast(self, day: int, target: int, shares: tuple[float, float, float]) -> None:
        """Keep what is told on a day about another one: mean, low, high. The last of a day counts.

        Nothing is written where that is kept already.
        """
        row = (day, *shares, target)
        query = "SELECT day, mean, low, high, target FROM forecast WHERE day = ?"
        if self._db.execute(query, (day,)).fetchone() != row:
            self._db.execute(
                "INSERT OR REPLACE INTO forecast (day, mean, low, high, target)"
                " VALUES (?, ?, ?, ?, ?)",
                row,
            )

    def forecasts(self, target: int) -> list[tuple[int, tuple[float, float, float]]]:
        """Return the day and (mean, low, high) of every forecast for a day, the first one first."""
        query = "SELECT day, mean, low, high FROM forecast WHERE target = ? ORDER BY day"
        return [(row[0], row[1:]) for row in self._db.execute(query, (target,))]

    # The file itself

    def backup(self, target: Path) -> Path:
        """Copy the file, whole and consistent."""
        return backup(self._db, target)

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file."""
        return problems(self._db)

    def export(self) -> dict[str, list[dict[str, Any]]]:
        """Return every row of every table."""
        return exported(self._db)


_item = itemgetter(0)


def _history(
    item: str,
    rows: Sequence[tuple[str, int, int, float | None]],
    times: MutableMapping[str, list[float]] | None,
) -> History:
    """Return a history. rows: item, day, rating, seconds, in their order."""
    seconds = [row[3] for row in rows if row[3] is not None]
    if times is not None:
        times[item] = seconds
    return History(tuple([row[1:3] for row in rows]), sum(seconds), len(seconds))
