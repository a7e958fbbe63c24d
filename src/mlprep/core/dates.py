"""Dates as people write them."""

import re
from datetime import date, timedelta

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_YEARS = 9  # among so many there is a 29 February
_SPAN = re.compile(r"(?:in )?(\d{1,3}) ?(d|days?|w|weeks?|months?)\Z")
_NUMBER = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?\Z")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?\Z")


def read_date(text: str, today: date) -> list[date]:
    """Return the days that a text may mean: none, one, or two for 12/11.

    A day without a year is the next one of that name.
    """
    text = " ".join(text.lower().replace(",", " ").split())
    if text in ("today", "tomorrow"):
        return [today + timedelta(days=text == "tomorrow")]
    if span := _SPAN.match(text):
        days = {"d": 1, "w": 7, "m": 30}[span[2][0]]
        return [today + timedelta(days=int(span[1]) * days)]
    try:
        return [date.fromisoformat(text)]
    except ValueError:
        pass
    if numbers := _NUMBERS.match(text):
        return _from_numbers(numbers, today)
    return _with_month_name(text, today)


def read_past(text: str, today: date) -> date | None:
    """Return the day that a text means looking back, None where it means none or two.

    A span goes back; a day without a year is the last one of that name.
    """
    days = read_date(text, today)
    if len(days) != 1:
        return None
    day = days[0]
    if day <= today or re.search(r"\d{4}", text):
        return day
    if _SPAN.match(" ".join(text.lower().split())):
        return today - (day - today)
    return _next(day.day, day.month, str(day.year - 1), today)


def _from_numbers(match: re.Match[str], today: date) -> list[date]:
    """Return both readings of 12/11; 14.12. is a day and a month, as points write it."""
    first, second = int(match[1]), int(match[3])
    pairs = [(first, second)] if match[2] == "." else [(first, second), (second, first)]
    found = [_next(day, month, match[4], today) for day, month in pairs]
    return sorted({day for day in found if day is not None})


def _with_month_name(text: str, today: date) -> list[date]:
    words = text.replace(".", " ").split()
    months = [month for word in words if (month := _month(word)) is not None]
    numbers = [number[1] for word in words if (number := _NUMBER.match(word))]
    if len(months) != 1 or not 1 <= len(numbers) <= 2 or len(words) != 1 + len(numbers):
        return []
    year = numbers[1] if len(numbers) == 2 else None
    found = _next(int(numbers[0]), months[0], year, today)
    return [found] if found else []


def _month(word: str) -> int | None:
    """Return the number of a month that is named by its first three letters or more."""
    found = [n for n, name in enumerate(_MONTHS, start=1) if name.startswith(word)]
    return found[0] if len(word) >= 3 and found else None


def _next(day: int, month: int, year: str | None, today: date) -> date | None:
    """Return the day of a year, or the next such day from today on; None where there is none."""
    first = today.year if year is None else int(year) + 2000 * (len(year) == 2)
    for candidate in range(first, first + _YEARS if year is None else first + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None
