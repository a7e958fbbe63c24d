"""`mlprep plan`: the interview date, minutes, days off, level, weights, and what they come to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError

if TYPE_CHECKING:
    from mlprep.core.library import Library
    from mlprep.session.study import Study

EPILOG = """\b
Examples:
  mlprep plan --date 2026-12-14 --minutes 35 --off sun --level principal
  mlprep plan --minutes 30,sat=60 --weight serving=2 --weight leadership=0.5
  mlprep plan --date 2026-12-14 --date 2027-01-20   several: the nearest one

On a terminal, without an option and without a date ahead, it asks step by step.
"""
CLEARED = ("off", "week", "weights")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan", epilog=EPILOG)(plan)


def plan(
    date: Annotated[
        list[str] | None, typer.Option(help="2026-12-14, '14 dec' or '4 weeks'; repeatable.")
    ] = None,
    minutes: Annotated[str | None, typer.Option(help="A day: 35, or 30,sat=60.")] = None,
    off: Annotated[str | None, typer.Option(help="Days off, e.g. sat,sun, or none.")] = None,
    level: Annotated[str | None, typer.Option(help="senior, staff or principal.")] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(help="TOPIC=N: what counts more; 1 takes it back; repeatable."),
    ] = None,
    went: Annotated[str | None, typer.Option(help="How the last interview went.")] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Forget dates, days off, weights.")
    ] = False,
    edit: Annotated[bool, typer.Option("--edit", help="Ask for each part, step by step.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every topic in a row.")] = False,
    memory: Annotated[
        bool, typer.Option("--memory", help="How you forget, and how that was found.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Set date, minutes, days off, level; show what will be reached and how ready you will be."""
    from mlprep.session.study import Study
    from mlprep.terminal import clock

    store, library, now = common.open_store(), common.open_library(), clock.now()
    given = (date, minutes, off, level, weight, went)
    changes = _changes(store.settings(), library, given[:5], clear=clear)
    silent = as_json or everything or memory or clear or any(option is not None for option in given)
    if edit or (not silent and common.is_interactive()):
        changes |= _steps(Study(store, library, now), asked=edit)
    with store.changing():
        for key, value in changes.items():
            store.set(key, value)
    study = Study(store, library, now)
    if went is not None:
        study = _went(study, went)
    _show(study, as_json=as_json, memory=memory, everything=everything)


def _show(study: "Study", *, as_json: bool, memory: bool, everything: bool) -> None:
    from mlprep.session.memory_fit import memory_document, memory_report
    from mlprep.session.plan_report import plan_report, report_document

    if as_json:
        common.print_json(memory_document(study) if memory else report_document(study))
        return
    from mlprep.terminal.lines import columns, show, within
    from mlprep.terminal.plan_page import memory_lines, plan_lines

    if memory:
        lines = memory_lines(memory_report(study), columns())
    else:
        lines = plan_lines(study, plan_report(study), columns(), everything=everything)
    show(within(lines, columns()))


def _changes(
    settings: Mapping[str, Any],
    library: "Library",
    given: tuple[Any, ...],
    *,
    clear: bool,
) -> dict[str, Any]:
    """Return what the options set. given: date, minutes, off, level, weight."""
    from mlprep.session.settings import read_setting

    dates, minutes, off, level, weight = given
    changes: dict[str, Any] = {}
    if clear or dates:
        changes["date"] = _dates(dates or [], settings)
    if clear:
        changes |= dict.fromkeys(CLEARED)
    if minutes is not None:
        changes |= _minutes(minutes)
    for key, text in (("off", off), ("level", level)):
        if text is not None:
            changes[key] = read_setting(key, text)
    if weight:
        before = {} if clear else settings.get("weights", {})
        changes["weights"] = _weights(weight, before, library.topics())
    return changes


def _steps(study: "Study", *, asked: bool) -> dict[str, Any]:
    """Ask how a past interview went, once; without one ahead, or where asked to, for the plan."""
    from mlprep.session.plan_report import keep_outcome, outcome
    from mlprep.terminal import clock
    from mlprep.terminal.plan_steps import ask_outcome, ask_steps

    ahead = study.plan.days_left(study.day) is not None
    if study.plan.date is not None and not ahead and outcome(study) is None:
        keep_outcome(study, ask_outcome(study.plan.date))
        if not asked:
            return {}
    if not asked and ahead:
        return {}
    changes = ask_steps(study.store, clock.now())
    print()
    return changes


def _went(study: "Study", text: str) -> "Study":
    from mlprep.core.text import one_line
    from mlprep.session.plan_report import keep_outcome
    from mlprep.session.study import Study
    from mlprep.terminal import clock

    if study.plan.date is None or study.plan.date > study.day:
        raise MlprepError("went: there is no past interview; the date is set by --date")
    keep_outcome(study, one_line(text, 200))
    return Study(study.store, study.library, clock.now())


def _minutes(text: str) -> dict[str, Any]:
    """Return the minutes of each day, and of weekdays that have their own, from `30,sat=60`."""
    from mlprep.session.settings import read_setting

    parts = text.replace(",", " ").split()
    usual = [part for part in parts if "=" not in part]
    own = [part for part in parts if "=" in part]
    changes: dict[str, Any] = {}
    if usual or not own:
        changes["minutes"] = read_setting("minutes", " ".join(usual))
        changes["week"] = None
    if own:
        changes["week"] = read_setting("week", ",".join(own))
    return changes


def _dates(texts: list[str], settings: Mapping[str, Any]) -> str | None:
    """Return past dates and the given ones as they are kept. Raises MlprepError for no date."""
    from datetime import date as day

    from mlprep.core.days import study_day
    from mlprep.session.settings import dates_of
    from mlprep.terminal import clock

    today = study_day(clock.now())
    past = [day.fromordinal(number) for number in dates_of(settings) if number < today]
    found = sorted({*past, *(_date(text) for text in texts)})
    return ",".join(when.isoformat() for when in found) or None


def _date(text: str) -> Any:
    """Return a day. Raises MlprepError where a text is none, or may be two."""
    from datetime import date as day

    from mlprep.core.dates import read_date
    from mlprep.core.days import study_day
    from mlprep.core.text import one_line
    from mlprep.terminal import clock

    found = read_date(text, day.fromordinal(study_day(clock.now())))
    if len(found) == 1:
        return found[0]
    if found:
        raise MlprepError(f"date: '{text}' may be {found[0]} or {found[1]}; write one of them")
    said = one_line(text, 40)
    raise MlprepError(f"date: '{said}' cannot be read; write 2026-12-14, '14 dec' or '4 weeks'")


def _weights(
    texts: list[str], before: dict[str, float], topics: list[str]
) -> dict[str, float] | None:
    weights = dict(before)
    for text in texts:
        topic, _, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1
        if not 0 <= value <= 100:
            raise MlprepError(f"weight: '{text[:60]}' cannot be read; write e.g. training=2")
        weights[common.known(topic, topics, "topic")] = value
    return {topic: value for topic, value in weights.items() if value != 1} or None
