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


class Setting(NamedTuple):
    """One setting. read: text to what JSON keeps, ValueError with a sentence where it cannot."""

    read: Callable[[str], Any]
    show: Callable[[Any], str]
    default: Any
    meaning: str


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("write the day as 2026-12-14") from None


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


def _days_off(text: str) -> list[str]:
    days = [day.strip().lower()[:3] for day in text.replace(",", " ").split()]
    if days in (["non"], ["-"]):
        return []
    for day in days:
        if day not in WEEKDAYS:
            raise ValueError(f"'{one_line(day, 20)}' is no weekday; write e.g. sat,sun or none")
    return sorted(set(days), key=WEEKDAYS.index)


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
    "date": Setting(
        _date,
        lambda value: day_text(date.fromisoformat(value).toordinal(), year=True),
        None,
        "day of the interview",
    ),
    "minutes": Setting(
        _number(1, 720, "minutes a day"), lambda v: f"{v:g} a day", 30, "minutes a day"
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


def plan_of(settings: Mapping[str, Any]) -> Plan:
    """Return the plan that the settings make."""
    when = settings.get("date")
    return Plan(
        date=date.fromisoformat(when).toordinal() if when else None,
        minutes=settings.get("minutes", SETTINGS["minutes"].default),
        days_off=frozenset(WEEKDAYS.index(day) for day in settings.get("off", ())),
        level=Level.of(settings.get("level", SETTINGS["level"].default)),
        weights=settings.get("weights", {}),
        retention=settings.get("retention", SETTINGS["retention"].default),
    )


def parameters_of(settings: Mapping[str, Any]) -> tuple[float, ...]:
    """Return the parameters of memory in force: the learner's, or those of many learners."""
    fitted = settings.get("parameters")
    return tuple(fitted) if fitted else default_parameters()
