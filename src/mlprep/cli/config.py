"""`mlprep config`: list, show and set what can be set."""

from typing import Annotated

import typer

from mlprep.cli import common


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("config", epilog="Example:  mlprep config keys vi")(config)


def _complete(incomplete: str) -> list[str]:
    from mlprep.session.settings import SETTINGS

    return [key for key in SETTINGS if key.startswith(incomplete)]


def config(
    key: Annotated[str | None, typer.Argument(help="A setting.", autocompletion=_complete)] = None,
    value: Annotated[str | None, typer.Argument(help="What to set it to; '' forgets it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List settings, show one, or set it."""
    from mlprep.session.settings import SETTINGS, find_setting, read_setting
    from mlprep.terminal.lines import columns, show, sides, within

    if key is not None:
        find_setting(key)
    store = common.open_store()
    if key is not None and value is not None:
        store.set(key, read_setting(key, value) if value else None)
    made = store.settings()
    wanted = [key] if key else list(SETTINGS)
    values = {name: made.get(name, SETTINGS[name].default) for name in wanted}
    if as_json:
        common.print_json(values)
        return
    lines = []
    for name in wanted:
        now = values[name]
        said = "not set" if now is None else SETTINGS[name].show(now)
        default = "" if name in made else "  (default)" if now is not None else ""
        left = [("accent", f" {name:<11}"), ("", said), ("dim", default)]
        lines.append(sides(left, [("dim", SETTINGS[name].meaning)], min(columns(), 90)))
    show(within(lines, columns()))
