"""`mlprep mock`: a timed mock interview and its scorecard."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError
from mlprep.terminal import clock

if TYPE_CHECKING:
    from mlprep.core.formats import Format
    from mlprep.session.mock import Mock

DEFAULT_FORMAT = "ml-system-design-45"
EPILOG = """\b
Examples:
  mlprep mock --list
  mlprep mock ml-system-design-45
  mlprep mock --resume
  mlprep mock lightning-15 --for-friend script.md
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mock", epilog=EPILOG)(mock)


def _complete_format(incomplete: str) -> list[str]:
    from mlprep.storage.format_files import load_formats

    return [name for name in load_formats() if name.startswith(incomplete)]


def mock(
    script: Annotated[
        str | None,
        typer.Argument(metavar="FORMAT", help="Of --list.", autocompletion=_complete_format),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="The formats.")] = False,
    level: Annotated[str | None, typer.Option(help="senior, staff or principal.")] = None,
    question: Annotated[
        str | None,
        typer.Option(help="This question first.", autocompletion=common.complete_key),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where you left.")] = False,
    score: Annotated[bool, typer.Option("--score", help="Tick a finished mock.")] = False,
    aloud: Annotated[bool, typer.Option("--aloud", help="You speak; notes are optional.")] = False,
    seed: Annotated[int | None, typer.Option(help="Draws the same interview again.")] = None,
    history: Annotated[bool, typer.Option("--history", help="All your mocks.")] = False,
    show: Annotated[int | None, typer.Option(help="Print mock N whole.")] = None,
    export: Annotated[
        Path | None, typer.Option(help="Keep a mock as .md, .html or .json; with --show N.")
    ] = None,
    for_friend: Annotated[
        Path | None, typer.Option(help="Write the interviewer's script, .md or .html.")
    ] = None,
    record_form: Annotated[Path | None, typer.Option(help="Take a filled script back.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, no drawing.")] = False,
    time_scale: Annotated[float, typer.Option(hidden=True)] = 1,
) -> None:
    """Run a timed mock interview, then score it."""
    if list_:
        return _list()
    if history:
        return _history()
    if record_form is not None:
        return _record_form(record_form)
    if show is not None or export is not None:
        return _show(show, export)
    interactive = common.is_interactive() and not plain
    if score:
        return _score(interactive)
    common.positive(time_scale)
    if for_friend is not None:
        _must_end(for_friend, ".md", ".html")
    named = script or question or level or for_friend or seed is not None
    found = _open() if resume or not named else None
    if resume or found is not None:
        return _resume(found, interactive, offered=not resume)
    started = _start(script, level, question, seed, aloud, time_scale, keep=for_friend is None)
    if for_friend is not None:
        return _write_script(started, for_friend)
    from mlprep.terminal.interviewing import run_mock

    return run_mock(started, started.store, started.library, resumed=False, interactive=interactive)


def _formats() -> "dict[str, Format]":
    from mlprep.storage.format_files import load_formats

    return load_formats()


def _list() -> None:
    from mlprep.terminal.lines import columns
    from mlprep.terminal.lines import show as print_lines
    from mlprep.terminal.mock_card import format_table

    print_lines(format_table(list(_formats().values()), columns()))


def _start(
    script: str | None,
    level: str | None,
    question: str | None,
    seed: int | None,
    aloud: bool,
    time_scale: float,
    *,
    keep: bool,
) -> "Mock":
    from mlprep.core.rubric import Level
    from mlprep.session.mock import start_mock

    formats = _formats()
    name = common.known(script or DEFAULT_FORMAT, formats, "format")
    study = common.open_study()
    word = common.known(level, [str(each) for each in Level], "level") if level else None
    wanted = Level.of(word) if word else study.plan.level
    drawn = common.rng().getrandbits(32) if seed is None else seed
    key = study.library.find(question)[0].question if question else ""
    return start_mock(
        study, formats[name], wanted, clock.now(), seed=drawn, again=seed is not None,
        question=key, aloud=aloud,
        time_scale=time_scale, with_friend=not keep,
    )  # fmt: skip


def _open() -> "Mock | None":
    from mlprep.session.mock import open_mock

    return open_mock(common.open_store(), common.open_library(), clock.now())


def _resume(found: "Mock | None", interactive: bool, *, offered: bool) -> None:
    if found is None:
        raise MlprepError("no mock to go on with; mlprep mock --list shows the formats")
    if offered:
        print("An interview is open and goes on. For another: mlprep mock FORMAT.")
    from mlprep.terminal.interviewing import run_mock

    run_mock(found, found.store, found.library, resumed=True, interactive=interactive)


def _score(interactive: bool) -> None:
    from mlprep.session.mock import mocks
    from mlprep.terminal.interviewing import score_mock

    store, library = common.open_store(), common.open_library()
    waiting = [found for found in mocks(store, library) if found.state.stage == "ended"]
    if not waiting:
        raise MlprepError("no finished mock waits for its ticks; mlprep mock --history shows all")
    score_mock(waiting[-1], store, library, interactive=interactive)


def _history() -> None:
    from mlprep.session.mock import mocks, open_mock
    from mlprep.terminal.lines import columns
    from mlprep.terminal.lines import show as print_lines
    from mlprep.terminal.mock_card import history_table

    store, library = common.open_store(), common.open_library()
    open_mock(store, library, clock.now())  # closes those that are too old
    print_lines(history_table(mocks(store, library), columns()))


def _chosen(number: int | None) -> "Mock":
    """Return mock N of the history, the latest without one. Raises MlprepError."""
    from mlprep.session.mock import mocks

    found = mocks(common.open_store(), common.open_library())
    if not found or not 1 <= (number or len(found)) <= len(found):
        raise MlprepError(f"no mock {number or 1}; mlprep mock --history shows {len(found)}")
    return found[(number or len(found)) - 1]


def _show(number: int | None, target: Path | None) -> None:
    from mlprep.session.mock_export import as_json, to_html, transcript

    if target is not None:
        _must_end(target, ".md", ".html", ".json")
    chosen = _chosen(number)
    if target is None:
        from mlprep.terminal.lines import columns, indented
        from mlprep.terminal.lines import show as print_lines
        from mlprep.terminal.markdown import markdown_lines

        print_lines(indented(markdown_lines(transcript(chosen), columns() - 1)))
        return
    if target.suffix == ".json":
        text = as_json(chosen)
    elif target.suffix == ".html":
        text = to_html(transcript(chosen), chosen.state.title)
    else:
        text = transcript(chosen)
    _write(target, text)


def _write_script(chosen: "Mock", target: Path) -> None:
    from mlprep.session.mock_form import friend_page, friend_script

    _write(target, friend_page(chosen) if target.suffix == ".html" else friend_script(chosen))


def _must_end(target: Path, *endings: str) -> None:
    if target.suffix not in endings:
        raise MlprepError(f"{target}: name a file that ends in {', '.join(endings)}")


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MlprepError(f"{target}: {error.strerror}; choose another file") from None
    print(target)


def _record_form(file: Path) -> None:
    from mlprep.session.mock_form import take_form
    from mlprep.terminal.interviewing import show_card

    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise MlprepError(f"{file}: {error.strerror}") from None
    store, library = common.open_store(), common.open_library()
    show_card(take_form(text, store, library, clock.now()), store, library)
