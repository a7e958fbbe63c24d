"""`mlprep plan`: the interview date, minutes, days off, level."""

from typing import Annotated, Any

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = "Example:  mlprep plan --date 2026-12-14 --minutes 35 --off sat,sun --level principal"
    app.command("plan", epilog=epilog)(plan)


def plan(
    date: Annotated[
        str | None, typer.Option(help="Day of the interview: 2026-12-14, '14 dec', '4 weeks'.")
    ] = None,
    minutes: Annotated[str | None, typer.Option(help="Minutes a day.")] = None,
    off: Annotated[str | None, typer.Option(help="Days off, e.g. sat,sun, or none.")] = None,
    level: Annotated[str | None, typer.Option(help="senior, staff or principal.")] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(help="TOPIC=N: what counts more; 1 takes it back; repeatable."),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget date, days off, weights.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Set date, minutes, days off, level; show what follows.

    Without an option it only shows.
    """
    from mlprep.session.reports import plan_document
    from mlprep.session.settings import read_setting
    from mlprep.session.study import Study
    from mlprep.terminal import clock
    from mlprep.terminal.lines import columns, show, within
    from mlprep.terminal.tables import plan_lines

    store, library, now = common.open_store(), common.open_library(), clock.now()
    changes: dict[str, Any] = dict.fromkeys(("date", "off", "weights")) if clear else {}
    if date is not None:
        changes["date"] = _date(date)
    for key, text in (("minutes", minutes), ("off", off), ("level", level)):
        if text is not None:
            changes[key] = read_setting(key, text)
    if weight:
        before = {} if clear else store.settings().get("weights", {})
        changes["weights"] = _weights(weight, before, library.topics())
    with store.changing():
        for key, value in changes.items():
            store.set(key, value)
    study = Study(store, library, now)
    if as_json:
        common.print_json(plan_document(study))
    else:
        show(within(plan_lines(study, columns()), columns()))


def _date(text: str) -> str:
    """Return a day as ISO writes it. Raises MlprepError where it is none, past or ambiguous."""
    from datetime import date as day

    from mlprep.core.dates import read_date
    from mlprep.core.days import study_day
    from mlprep.core.text import one_line
    from mlprep.terminal import clock

    found = read_date(text, day.fromordinal(study_day(clock.now())))
    if len(found) == 1:
        return found[0].isoformat()
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
