"""What SQL counts for `mlprep stats`: rows by the keys that reviews were written with."""

import sqlite3
from collections.abc import Collection, Mapping
from typing import NamedTuple

from mlprep.core.report import ConfidenceCount, ItemCount, MarkCount

_POINT = "point NOT LIKE 'flag:%'"  # the marks that are no red flags


class DayRow(NamedTuple):
    """One day with answers. untimed: items of those of which no time is known."""

    day: int
    answers: int
    missed: int
    seconds: float
    untimed: tuple[str, ...]


class Audit(NamedTuple):
    """One answer that was ticked again. Marks by key of a point."""

    review: str
    item: str
    then: Mapping[str, bool]
    again: Mapping[str, bool]


def _among(items: Collection[str] | None) -> str:
    return "" if items is None else f" AND item IN ({', '.join('?' * len(items))})"


class Counts:
    """Questions about many reviews at once. since: the first day that counts."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def items(self, since: int = 0) -> list[ItemCount]:
        """Return the counts of each item."""
        rows = self._db.execute(
            "SELECT item, count(*), sum(rating = 1),"
            " count(*) FILTER (WHERE confidence = 3),"
            " count(*) FILTER (WHERE confidence = 3 AND rating = 1),"
            " ifnull(max(day) FILTER (WHERE confidence = 3 AND rating = 1), 0),"
            " total(coverage), count(coverage),"
            " count(*) FILTER (WHERE overruled = 'knew'),"
            " count(*) FILTER (WHERE overruled = 'guessed')"
            " FROM kept WHERE day >= ? GROUP BY item",
            (since,),
        )
        return [ItemCount(*row) for row in rows]

    def confidences(self, since: int = 0) -> list[ConfidenceCount]:
        """Return answers by item and confidence, where one was said."""
        rows = self._db.execute(
            "SELECT item, confidence, count(*), sum(rating > 1) FROM kept"
            " WHERE day >= ? AND confidence IS NOT NULL GROUP BY item, confidence",
            (since,),
        )
        return [ConfidenceCount(*row) for row in rows]

    def seconds(self, since: int = 0) -> list[tuple[str, float]]:
        """Return item and seconds of each answer that was timed."""
        query = "SELECT item, seconds FROM kept WHERE day >= ? AND seconds IS NOT NULL"
        return self._db.execute(query, (since,)).fetchall()

    def days(self, since: int = 0, items: Collection[str] | None = None) -> list[DayRow]:
        """Return each day with answers, in order. items: only answers to these."""
        among, values = _among(items), (since, *(items or ()))
        untimed: dict[int, list[str]] = {}
        query = f"SELECT day, item FROM kept WHERE day >= ? AND seconds IS NULL{among}"
        for day, item in self._db.execute(query, values):
            untimed.setdefault(day, []).append(item)
        rows = self._db.execute(
            "SELECT day, count(*), sum(rating = 1), total(seconds) FROM kept WHERE day >= ?"
            f"{among} GROUP BY day ORDER BY day",
            values,
        )
        return [
            DayRow(day, answers, missed, seconds, tuple(untimed.get(day, ())))
            for day, answers, missed, seconds in rows
        ]

    def marks(self, since: int = 0, items: Collection[str] | None = None) -> list[MarkCount]:
        """Return how often each point was said and missed. items: only of these."""
        rows = self._db.execute(
            "SELECT item, point, sum(hit), sum(hit = 0) FROM kept"
            " JOIN point_mark ON point_mark.review = kept.id"
            f" WHERE day >= ? AND {_POINT}{_among(items)} GROUP BY item, point",
            (since, *(items or ())),
        )
        return [MarkCount(*row) for row in rows]

    def ticks(self, since: int = 0) -> list[tuple[str, str, dict[str, bool]]]:
        """Return item, answer and marks of each typed answer that was ticked."""
        found: dict[str, tuple[str, str, dict[str, bool]]] = {}
        rows = self._db.execute(
            "SELECT kept.id, item, answer, point, hit FROM kept"
            " JOIN point_mark ON point_mark.review = kept.id"
            f" WHERE day >= ? AND answer <> '' AND {_POINT}"
            " AND (confidence IS NULL OR confidence > 0)",
            (since,),
        )
        for review, item, answer, point, hit in rows:
            found.setdefault(review, (item, answer, {}))[2][point] = bool(hit)
        return list(found.values())

    # Audits

    def audits(self) -> list[Audit]:
        """Return every answer that was ticked again, the first one first."""
        rows = self._db.execute(
            "SELECT audit.id, kept.id, item FROM audit JOIN kept ON kept.id = audit.review"
            " ORDER BY audit.at, audit.id"
        ).fetchall()
        return [
            Audit(review, item, self._marks("point_mark", "review", review),
                  self._marks("audit_mark", "audit", audit))
            for audit, review, item in rows
        ]  # fmt: skip

    def _marks(self, table: str, column: str, value: str) -> dict[str, bool]:
        query = f"SELECT point, hit FROM {table} WHERE {column} = ? AND {_POINT}"
        return {point: bool(hit) for point, hit in self._db.execute(query, (value,))}

    def count_audits(self) -> int:
        """Return how many audits were made."""
        number: int = self._db.execute("SELECT count(*) FROM audit").fetchone()[0]
        return number

    def auditable(self, until: int) -> list[tuple[str, str]]:
        """Return review and item of each typed and ticked answer up to a day, not audited yet."""
        return self._db.execute(
            "SELECT id, item FROM kept WHERE day <= ? AND answer <> ''"
            " AND coverage IS NOT NULL AND (confidence IS NULL OR confidence > 0)"
            " AND id NOT IN (SELECT review FROM audit) ORDER BY row",
            (until,),
        ).fetchall()

    def add_audit(self, audit: str, review: str, at: int, marks: Mapping[str, bool]) -> None:
        """Append an audit; within a change of the store."""
        self._db.execute("INSERT INTO audit VALUES (?, ?, ?)", (audit, review, at))
        rows = [(audit, point, int(hit)) for point, hit in marks.items()]
        self._db.executemany("INSERT INTO audit_mark VALUES (?, ?, ?)", rows)
