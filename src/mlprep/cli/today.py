"""A bare `mlprep`: where the candidate stands today, and what to run next."""

from typing import Annotated

import typer

from mlprep.cli import common


def register(app: typer.Typer) -> None:
    """Add what runs without a command."""
    app.callback(invoke_without_command=True)(today)


def today(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Say where you stand today."""
    if version:
        from mlprep import __version__

        print(f"mlprep {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is not None:
        return
    from mlprep.terminal.closing import today_lines
    from mlprep.terminal.lines import columns, show, within
    from mlprep.terminal.mock_offer import mock_offer, mock_waiting

    study = common.open_study()
    if as_json:
        from mlprep.session.reports import today_document

        common.print_json(today_document(study))
        return
    drafts = [draft.item for draft in study.store.drafts() if draft.touched]
    draft = drafts[0] if drafts else ""
    offer, waiting = mock_offer(study, columns()), mock_waiting(study, columns())
    lines = today_lines(study, columns(), draft=draft, mock=offer, waiting=waiting)
    show(within(lines, columns()))
