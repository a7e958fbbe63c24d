"""`mlprep bank`: list, show, check and write question banks."""

from pathlib import Path
from typing import Annotated

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError

app = typer.Typer(
    help="List, show, check and write question banks.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
BankName = Annotated[
    str | None, typer.Argument(help="Only this bank.", autocompletion=common.complete_bank)
]
Key = Annotated[str, typer.Argument(help="bank/question", autocompletion=common.complete_key)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("path")
def path() -> None:
    """Print the folder of your own banks."""
    from mlprep.storage import folders

    print(folders.own_banks())


@app.command("check", epilog="Example:  mlprep bank check --strict my-bank.yaml")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Only these files; without one all banks.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warn of what a reviewer would say, too.")
    ] = False,
    pure: Annotated[bool, typer.Option("--pure", hidden=True)] = False,
) -> int:
    """Say what is wrong in the banks, each mistake with its file, line and column."""
    from mlprep.core.text import count
    from mlprep.storage.bank_checks import check_banks
    from mlprep.storage.format_files import check_formats
    from mlprep.terminal.check_report import bank_report, format_report
    from mlprep.terminal.lines import show

    for file in files or ():
        if not file.is_file():
            raise MlprepError(f"{file}: no such file; mlprep bank path names the bank folder")
    sources = check_banks(files or (), strict=strict, pure=pure)
    scripts = check_formats(files or None, pure=pure)
    lines = [line for source in sources for line in bank_report(source)]
    lines += [line for script in scripts for line in format_report(script)]
    shipped = [source for source in sources if not source.own and not source.mistakes]
    if shipped:
        total = sum(len(source.entries) for source in shipped)
        banks = f"{count(len(shipped), 'built-in bank')}: {count(total, 'question')}"
        lines.append([("dim", f"{banks}, no mistakes.")])
    if files and not sources and not scripts:
        lines.append([("", "no question bank among these files.")])
    show(lines)
    found = [mistake for source in sources for mistake in source.mistakes]
    found += [mistake for script in scripts for mistake in script.mistakes]
    return int(any(not mistake.warning or strict for mistake in found))


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="Id of the bank: lower-case letters, digits, -.")],
) -> None:
    """Write a short commented example into your bank folder and open it in your editor."""
    import re

    from mlprep.storage.own_banks import new_bank

    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise MlprepError(f"'{name[:40]}': use lower-case letters, digits and hyphens")
    path = new_bank(name)
    if not common.is_interactive():
        print(path)
        return
    from mlprep.terminal.editing import edit_bank

    print(edit_bank(path))
    print(f"mlprep drill --bank {name}")


@app.command("list")
def list_(
    bank: BankName = None,
    topic: Annotated[
        str | None, typer.Option(help="Only this topic.", autocompletion=common.complete_topic)
    ] = None,
    as_json: Json = False,
) -> None:
    """List the banks, or the questions of one."""
    from mlprep.terminal.banks import bank_lines, bank_rows, question_lines
    from mlprep.terminal.lines import columns, show, within

    library = common.open_library()
    name = common.known(bank, library.heads, "bank") if bank else ""
    place = common.known(topic, library.topics(), "topic") if topic else ""
    rows = bank_rows(library, name, place)
    if as_json:
        common.print_json({"version": 1, "questions": rows})
    elif name or place:
        show(within(question_lines(rows, columns()), columns()))
    else:
        show(within(bank_lines(library, rows, columns()), columns()))


@app.command("show")
def show_question(
    key: Key,
    seed: Annotated[int, typer.Option(help="Of the draw of an estimate.")] = 0,
) -> None:
    """Show a question with its answer, points and sources."""
    from mlprep.core.rubric import Level
    from mlprep.session.ask import draw_ask
    from mlprep.terminal.banks import shown_question
    from mlprep.terminal.lines import columns, show

    library = common.open_library()
    for n, item in enumerate(library.find(key)):
        ask = draw_ask(item, library.question(item.key), seed=seed, level=Level.PRINCIPAL)
        show([*([[]] if n else []), *shown_question(ask, columns())])
