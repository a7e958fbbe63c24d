"""The first run: date, level, minutes a day, each of which may be skipped."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import questionary
from prompt_toolkit.styles import Style
from prompt_toolkit.validation import ValidationError, Validator

from mlprep.core.dates import read_date
from mlprep.core.days import day_text, in_days, study_day
from mlprep.core.library import Library
from mlprep.core.planner import Plan
from mlprep.session.settings import SETTINGS, plan_of
from mlprep.storage.store import Store
from mlprep.terminal.lines import Line, columns, has_color, show, sides
from mlprep.terminal.rows import command

MOST_DAYS = 3 * 366
_STYLE = Style.from_dict(
    {
        "question": "",
        "answer": "bold",
        "rprompt": "dim",
        "validation-toolbar": "noinherit ansiyellow",
    }
    if has_color()
    else {"validation-toolbar": "noinherit"}
)


def ask_plan(store: Store, library: Library, now: datetime) -> list[Line]:
    """Ask for the plan, keep it, and return what to show above the first question.

    Raises KeyboardInterrupt on ^C.
    """
    today = date.fromordinal(study_day(now))
    most = min(columns(), 90)
    questions = len({item.question for item in library.items.values()})
    title = f" mlprep   {questions} questions for senior, staff and principal ML engineers"
    lines: list[Line] = [sides([("bold", title[:7]), ("", title[7:])], [("dim", "offline")], most)]
    show(lines)
    when = ask_date(today)
    note = _date_note(when, today) if when else "no date: it asks what is due"
    _keep(store, lines, "When is the interview?", "date", when and when.isoformat(), note, most)
    level = ask_line("For which level?", SETTINGS["level"].read,
                 str, "senior, staff, principal")  # fmt: skip
    _keep(store, lines, "For which level?", "level", level, "" if level else "principal", most)
    minutes = ask_line("Minutes a day?", SETTINGS["minutes"].read,
                   lambda m: _hours_note(m, when, today), "30 unless you say")  # fmt: skip
    _keep(store, lines, "Minutes a day?", "minutes", minutes or 30,
          _hours_note(minutes or 30, when, today), most)  # fmt: skip
    plan = plan_of(store.settings())
    lines += [[], *_reach(plan, library, today, most), []]
    return lines


def _keep(
    store: Store, lines: list[Line], label: str, key: str, value: Any, note: str, most: int
) -> None:
    if value is not None:
        store.set(key, value)
    said = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    left: Line = [("", f" {label:<24}"), ("bold", said)]
    lines.append(sides(left, [("dim", note)], most))


def ask_date(today: date, label: str = "When is the interview?") -> date | None:
    """Ask for a day from today on; None where the line is left empty."""

    def read(text: str) -> date:
        found = read_date(text, today)
        if len(found) == 2:
            one, other = (f"{day.isoformat()}" for day in found)
            raise ValueError(f"{one} or {other}? write one of them")
        if not found:
            raise ValueError("write the day as 14 dec, 2026-12-14 or 4 weeks")
        days = (found[0] - today).days
        if not 0 <= days <= MOST_DAYS:
            raise ValueError(f"{found[0].isoformat()} is {'past' if days < 0 else 'too far away'}")
        return found[0]

    note = "14 dec, 2026-12-14, 4 weeks; empty to skip"
    found = ask_line(label, read, lambda day: _date_note(day, today), note)
    return found if isinstance(found, date) else None


def ask_line(
    label: str, read: Callable[[str], Any], say: Callable[[Any], str], choices: str
) -> Any | None:
    """Ask for one line; at its right stand the choices, then how the input is read."""

    def noted() -> str:
        from prompt_toolkit.application import get_app

        text = get_app().current_buffer.text.strip()
        try:
            return f"{say(read(text)) if text else choices} "  # the last column stays empty
        except ValueError:
            return ""

    class Readable(Validator):
        def validate(self, document: Any) -> None:
            if document.text.strip():
                try:
                    read(document.text.strip())
                except ValueError as error:
                    end = len(document.text)
                    raise ValidationError(end, f" {error}") from None

    from mlprep.terminal.screen import silent_output

    text = questionary.text(
        f"{label:<23}", qmark="", style=_STYLE, validate=Readable, rprompt=noted,
        validate_while_typing=False, output=silent_output(),
    ).unsafe_ask()  # fmt: skip
    return read(text.strip()) if text.strip() else None


def _date_note(day: date, today: date) -> str:
    return f"{day_text(day.toordinal(), year=True)}, {in_days((day - today).days)}"


def _hours_note(minutes: float, when: date | None, today: date) -> str:
    if when is None or when <= today:
        return f"{minutes:g} min a day"
    hours = minutes * (when - today).days / 60
    return f"{hours:.0f} hours until then" if hours >= 2 else f"{60 * hours:.0f} min until then"


def _reach(plan: Plan, library: Library, today: date, most: int) -> list[Line]:
    """Return how many questions the minutes reach, and what comes later."""
    days = plan.days_left(today.toordinal())
    in_scope = [item for item in library.items.values() if plan.covers(item)]
    first: Line = [("", " The questions that count most come first.")]
    if days:
        # Half of the minutes go to what comes back: a third at least, more as the date nears.
        mean = sum(item.minutes for item in in_scope) / max(1, len(in_scope))
        about = min(len(in_scope), int(plan.minutes * days / 2 / mean))
        rounded = about if about < 20 else about // 10 * 10
        text = f" That is time for about {rounded} of them; the ones that count most come first."
        if about >= len(in_scope):
            text = " That is time for all of them; the ones that count most come first."
        first = [("", text)]
    then = command("mlprep plan", "after 20 answers: how many you will know on the day", most)
    return [first, then]
