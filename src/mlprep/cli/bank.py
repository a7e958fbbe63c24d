"""`mlprep bank`: list, show, check and write question banks."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError

if TYPE_CHECKING:
    from mlprep.core.library import Source
    from mlprep.terminal.lines import Line

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
    from mlprep.storage.bank_files import check_banks
    from mlprep.terminal.lines import show

    for file in files or ():
        if not file.is_file():
            raise MlprepError(f"{file}: no such file; mlprep bank path names the bank folder")
    sources = check_banks(files or (), strict=strict, pure=pure)
    lines = [line for source in sources for line in _report(source)]
    shipped = [source for source in sources if not source.own and not source.mistakes]
    if shipped:
        total = sum(len(source.entries) for source in shipped)
        lines.append([("dim", f"{len(shipped)} built-in banks: {total} questions, no mistakes.")])
    if files and not sources:
        lines.append([("", "no question bank among these files.")])
    show(lines)
    wrong = any(not m.warning or strict for source in sources for m in source.mistakes)
    return 1 if wrong else 0


def _report(source: "Source") -> "list[Line]":
    """Return a line for each mistake, on a terminal with its source line, then the count."""
    from mlprep.core.text import count
    from mlprep.storage.bank_files import read_text

    if not source.own and not source.mistakes:
        return []
    text = read_text(Path(source.path))[0]
    lines: list[Line] = []
    for mistake in source.mistakes:
        where = f"{source.origin}:{mistake.line}:{mistake.column}"
        kind = "warning: " if mistake.warning else ""
        lines.append([("", f"{where}: {kind}{mistake.text}")])
        if sys.stdout.isatty():
            lines += _source_line(text, mistake.line, mistake.column)
    errors = sum(not m.warning for m in source.mistakes)
    warnings = len(source.mistakes) - errors
    questions = count(len(source.entries) + source.left_out, "question")
    parts = [count(errors, "mistake") if errors else "no mistakes"]
    if source.broken:
        parts.append("the file is left out")
    elif source.left_out:
        parts.append(f"{count(source.left_out, 'question')} left out, the others can be drilled")
    if warnings:
        parts.append(count(warnings, "warning"))
    lines.append([("bold", source.origin), ("", f": {questions}, {'; '.join(parts)}.")])
    if source.own and not source.mistakes:
        lines[-1].append(("accent", f"   mlprep drill --bank {source.head['bank']}"))
    return lines


def _source_line(text: str, number: int, column: int) -> "list[Line]":
    from mlprep.core.nodes import split_lines
    from mlprep.core.text import visible
    from mlprep.terminal.lines import columns, cut, width

    rows = split_lines(text)
    if not 0 < number <= len(rows):
        return []
    row = visible(rows[number - 1])
    word = row[column - 1 :].split(" ")[0].rstrip(":")
    most = columns() - 8
    return [
        [("dim", f"{number:5} | {cut(row, most)}")],
        [("dim", "      | "), ("", " " * width(row[: column - 1])),
         ("warn", "^" * max(1, min(len(word), most - column)))],
    ]  # fmt: skip


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
    from mlprep.terminal.lines import columns, show

    library = common.open_library()
    name = common.known(bank, library.heads, "bank") if bank else ""
    place = common.known(topic, library.topics(), "topic") if topic else ""
    rows = bank_rows(library, name, place)
    if as_json:
        common.print_json({"version": 1, "questions": rows})
    elif name or place:
        show(question_lines(rows, columns()))
    else:
        show(bank_lines(library, rows, columns()))


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
