"""Days as a learner counts them: ordinals that turn at 04:00 local time."""

from datetime import date, datetime

TURN_HOUR = 4


def study_day(now: datetime) -> int:
    """Return the ordinal of the day that a local moment belongs to."""
    return now.date().toordinal() - (now.hour < TURN_HOUR)


def millis(now: datetime) -> int:
    """Return UTC milliseconds since 1970."""
    return int(now.timestamp() * 1000)


def moment(at: int) -> datetime:
    """Return the local moment of UTC milliseconds."""
    return datetime.fromtimestamp(at / 1000).astimezone()


def day_text(day: int, *, year: bool = False) -> str:
    """Return `Mon 14 Dec`, or with the year `Mon 14 Dec 2026`; never in another language."""
    when = date.fromordinal(day)
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    text = f"{names[when.weekday()]} {when.day} {months[when.month - 1]}"
    return f"{text} {when.year}" if year else text


def in_days(days: int) -> str:
    """Return `today`, `tomorrow`, `in 12 days`."""
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
