"""`mlprep stats`: what is weak, and what it costs."""

from typing import Annotated

import typer

from mlprep.cli import common


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("stats", epilog="Example:  mlprep stats training")(stats)


def stats(
    topic: Annotated[
        str | None,
        typer.Argument(help="Only this topic.", autocompletion=common.complete_topic),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Show what is weak and what it costs.

    Of each field, or each topic of one: items seen, share recalled, expected recall on the
    interview date, and share of points said.
    """
    from mlprep.session.reports import field_rows, stats_document
    from mlprep.terminal.lines import columns, show, within
    from mlprep.terminal.tables import stats_lines

    study = common.open_study()
    name = common.known(topic, study.library.topics(), "topic") if topic else ""
    if as_json:
        common.print_json(stats_document(study, name))
        return
    rows, day = field_rows(study, name)
    show(within(stats_lines(rows, study, day, columns(), topic=name), columns()))
