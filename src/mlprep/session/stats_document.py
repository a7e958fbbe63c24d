"""The report as JSON and as tables for spreadsheets. docs/stats.schema.json describes it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mlprep.core.report import Report
from mlprep.errors import MlprepError
from mlprep.session.item_life import ItemLife

VERSION = 1  # of the documents: raised when a field changes its meaning or goes
_DAYS = frozenset({"day", "target", "since", "due_day", "last_day"})  # ordinals, shown as dates
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # beginnings that a spreadsheet would compute


def stats_document(report: Report) -> dict[str, Any]:
    """Return everything that `mlprep stats` shows."""
    return {"version": VERSION, "document": "stats", **plain(report)}


def item_document(life: ItemLife) -> dict[str, Any]:
    """Return everything that `mlprep stats --item` shows."""
    return {"version": VERSION, "document": "item", **plain(life)}


def plain(value: Any) -> Any:
    """Return records as mappings, and ordinals of days as `2026-12-14`."""
    if hasattr(value, "_fields"):
        return {
            name: _day(part) if name in _DAYS else plain(part)
            for name, part in zip(value._fields, value, strict=True)
        }
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value


def _day(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


# Tables


def write_tables(report: Report, folder: Path) -> list[Path]:
    """Write a CSV file for each list of the report, one for its single figures; return them.

    Raises MlprepError where the folder cannot be written.
    """
    import csv

    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in tables(report).items():
            path = folder / f"{name}.csv"
            with path.open("w", newline="", encoding="utf-8-sig") as file:  # Excel needs the mark
                writer = csv.writer(file)
                writer.writerow(_columns(rows))
                writer.writerows([[_cell(row.get(c)) for c in _columns(rows)] for row in rows])
            written.append(path)
    except OSError as error:
        raise MlprepError(f"{folder}: {error.strerror or error}; name a folder of yours") from None
    return written


def tables(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each table by its name, records in them flattened."""
    document = plain(report)
    single: dict[str, Any] = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for name, part in document.items():
        if isinstance(part, list):
            found[name] = [_flat(row) for row in part]
        elif isinstance(part, dict) and "bins" in part:
            found["calibration_bins"] = [_flat(row) for row in part["bins"]]
            single |= _flat({name: {k: v for k, v in part.items() if k != "bins"}})
        else:
            single |= _flat({name: part})
    return {"summary": [{"figure": name, "value": v} for name, v in single.items()], **found}


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row in which a mapping's keys stand behind its name: `recalled_share`."""
    flat: dict[str, Any] = {}
    for name, part in row.items():
        if isinstance(part, Mapping):
            flat |= {f"{name}_{key}": inner for key, inner in _flat(part).items()}
        else:
            flat[name] = part
    return flat


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _cell(value: Any) -> Any:
    """Return what stands in a cell; a text never begins like a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
