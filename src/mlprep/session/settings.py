"""What the candidate can set: how each setting is read, shown and turned into a plan."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from mlprep.core.days import day_text
from mlprep.core.memory import default_parameters
from mlprep.core.planner import Plan
from mlprep.core.rubric import Level
from mlprep.core.text import did_you_mean, one_line
from mlprep.errors import MlprepError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Setting(NamedTuple):
    """One setting. read: text to what JSON keeps, ValueError with a sentence where it cannot."""

    read: Callable[[str], Any]
    show: Callable[[Any], str]
    default: Any
    meaning: str


def _dates(text: str) -> str:
    """Return the days of interviews, the earliest first, as `2026-12-14,2027-01-20`."""
    try:
        days = {date.fromisoformat(day.strip()) for day in text.split(",")}
    except ValueError:
        raise ValueError("write the day as 2026-12-14") from None
    return ",".join(day.isoformat() for day in sorted(days))


def _shown_dates(value: str) -> str:
    return ", ".join(day_text(day, year=True) for day in dates_of({"date": value}))


def dates_of(settings: Mapping[str, Any]) -> list[int]:
    """Return the days of the interviews, past ones too, the earliest first."""
    text = settings.get("date") or ""
    return [date.fromisoformat(day).toordinal() for day in text.split(",") if day]


def _number(low: float, high: float, noun: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise ValueError(f"write {noun} from {low:g} to {high:g}")
        return int(number) if number == int(number) else number

    return read


def _week(text: str) -> dict[str, float]:
    """Return minutes by weekday from `sat=60, sun=20`."""
    read = _number(1, 720, "minutes of a weekday")
    found: dict[str, float] = {}
    for part in text.replace(",", " ").split():
        name, _, number = part.partition("=")
        days = _days_off(name)
        if not days:
            raise ValueError("write e.g. sat=60,sun=20")
        found[days[0]] = read(number)
    return {day: found[day] for day in WEEKDAYS if day in found}


def _days_off(text: str) -> list[str]:
    words = text.lower().replace(",", " ").split()
    if words in (["none"], ["-"]):
        return []
    for word in words:
        if len(word) < 3 or not any(name.startswith(word) for name in _WEEKDAY_NAMES):
            raise ValueError(f"'{one_line(word, 20)}' is no weekday; write e.g. sat,sun or none")
    return sorted({word[:3] for word in words}, key=WEEKDAYS.index)


def one_of(*words: str) -> Callable[[str], str]:
    """Return a reader of one of a few words, each of which its beginning stands for."""

    def read(text: str) -> str:
        found = [word for word in words if text and word.startswith(text.strip().lower())]
        if len(found) == 1:
            return found[0]
        near = did_you_mean(text, words)
        raise ValueError(f"write {', '.join(words[:-1])} or {words[-1]}{near}")

    return read


SETTINGS: Mapping[str, Setting] = {
    "date": Setting(_dates, _shown_dates, None, "day of the interview, or several"),
    "minutes": Setting(
        _number(1, 720, "minutes a day"), lambda v: f"{v:g} a day", 30, "minutes a day"
    ),
    "week": Setting(
        _week,
        lambda value: ", ".join(f"{day} {minutes:g}" for day, minutes in value.items()) or "none",
        {},
        "weekdays with minutes of their own",
    ),
    "off": Setting(_days_off, lambda value: ", ".join(value) or "none", [], "days off"),
    "level": Setting(
        one_of("senior", "staff", "principal"), str, "principal", "level that is aimed at"
    ),
    "retention": Setting(
        _number(0.7, 0.99, "a share"),
        lambda value: f"{value:g}",
        0.9,
        "expected recall below which an item is due",
    ),
    "keys": Setting(one_of("emacs", "vi"), str, "emacs", "how the answer box edits"),
}


def find_setting(key: str) -> Setting:
    """Return a setting by its name. Raises MlprepError for an unknown one."""
    if key not in SETTINGS:
        near = did_you_mean(key, SETTINGS) or f"; one of {', '.join(SETTINGS)}"
        raise MlprepError(f"no setting '{one_line(key, 40)}'{near}")
    return SETTINGS[key]


def read_setting(key: str, text: str) -> Any:
    """Return what is kept of a setting. Raises MlprepError where the text cannot be read."""
    try:
        return find_setting(key).read(text.strip())
    except ValueError as error:
        raise MlprepError(f"{key}: '{one_line(text, 40)}' cannot be read; {error}") from None


def plan_of(settings: Mapping[str, Any], day: int | None = None) -> Plan:
    """Return the plan that the settings make, as it stands on a day.

    Of several dates the nearest ahead counts, else the last one that is past.
    """
    dates = dates_of(settings)
    ahead = [when for when in dates if day is None or when >= day]
    minutes = settings.get("minutes", SETTINGS["minutes"].default)
    own = settings.get("week", {})
    plan = Plan(
        date=ahead[0] if ahead else dates[-1] if dates else None,
        minutes=minutes,
        days_off=frozenset(WEEKDAYS.index(name) for name in settings.get("off", ())),
        level=Level.of(settings.get("level", SETTINGS["level"].default)),
        weights=settings.get("weights", {}),
        retention=settings.get("retention", SETTINGS["retention"].default),
        week=tuple(own.get(name, minutes) for name in WEEKDAYS) if own else (),
    )
    return plan if day is None else plan.on(day)


def parameters_of(settings: Mapping[str, Any]) -> tuple[float, ...]:
    """Return the parameters of memory in force: the learner's, or those of many learners."""
    fitted = settings.get("parameters")
    return tuple(fitted) if fitted else default_parameters()
