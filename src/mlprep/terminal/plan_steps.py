"""`mlprep plan` step by step: date, level, minutes, days off; and how an interview went."""

from datetime import date, datetime
from typing import Any

from mlprep.core.days import day_text, study_day
from mlprep.session.settings import SETTINGS, WEEKDAYS, dates_of
from mlprep.storage.store import Store
from mlprep.terminal.first_run import ask_date, ask_line

MOST_DATES = 5
OUTCOME_LETTERS = 200


def ask_steps(store: Store, now: datetime) -> dict[str, Any]:
    """Ask for each part of the plan, an empty line keeps it, and return what was changed.

    Raises KeyboardInterrupt on ^C.
    """
    settings = store.settings()
    today = date.fromordinal(study_day(now))
    changes: dict[str, Any] = {}
    if dates := _dates(today):
        past = [day for day in dates_of(settings) if day < today.toordinal()]
        days = sorted({*past, *(day.toordinal() for day in dates)})
        changes["date"] = ",".join(date.fromordinal(day).isoformat() for day in days)
    for key, label in (("level", "For which level?"), ("minutes", "Minutes a day?"),
                       ("week", "Other minutes on?"), ("off", "Days off?")):  # fmt: skip
        setting = SETTINGS[key]
        kept = setting.show(settings.get(key, setting.default))
        value = ask_line(label, setting.read, setting.show, f"{_example(key)}; empty: {kept}")
        if value is not None:
            changes[key] = value
    return changes


def _example(key: str) -> str:
    return {"level": "senior, staff, principal", "minutes": "e.g. 35",
            "week": "e.g. sat=60", "off": f"e.g. {WEEKDAYS[6]}, none"}[key]  # fmt: skip


def _dates(today: date) -> list[date]:
    """Ask for interviews until none is said."""
    found: list[date] = []
    while len(found) < MOST_DATES:
        label = "And another one?" if found else "When is the interview?"
        day = ask_date(today, label)
        if day is None:
            break
        found.append(day)
    return found


def ask_outcome(day: int) -> str:
    """Ask how an interview went; empty where nothing is said. Raises KeyboardInterrupt on ^C."""
    label = f"{day_text(day)}: how did it go?"

    def read(text: str) -> str:
        return text[:OUTCOME_LETTERS]

    said = ask_line(label, read, lambda text: "kept", "e.g. offer at staff; asked once")
    return said or ""
