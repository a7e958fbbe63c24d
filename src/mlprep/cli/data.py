"""`mlprep data`: the progress file itself."""

from pathlib import Path
from typing import Annotated

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError

app = typer.Typer(
    help="Back up, restore, check and export your progress.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command("path")
def path() -> None:
    """Print where your progress lies."""
    from mlprep.storage import folders

    print(folders.progress_file())


@app.command("backup")
def backup(
    target: Annotated[Path | None, typer.Argument(help="Where to; a folder or a file.")] = None,
) -> None:
    """Copy the progress file, whole, even while a drill runs."""
    from mlprep.storage import folders
    from mlprep.terminal import clock

    name = f"progress-{clock.now():%Y-%m-%d-%H%M%S}.sqlite"
    target = target or folders.backup_folder()
    file = target / name if target.is_dir() or target.suffix == "" else target
    if file.exists():
        raise MlprepError(f"{file}: exists already; name another file")
    try:
        print(common.open_store().backup(file))
    except OSError as error:
        raise MlprepError(f"{file}: {error.strerror}; choose a folder you may write to") from None


@app.command("restore")
def restore(
    source: Annotated[
        Path | None, typer.Argument(help="A backup; without one they are listed.")
    ] = None,
) -> None:
    """Put a backup in the place of the progress file, which is backed up first."""
    from mlprep.storage import backups, folders
    from mlprep.terminal import clock

    if source is None:
        found = backups.listed(folders.backup_folder())
        print("\n".join(map(str, found)) if found else f"no backup in {folders.backup_folder()}")
        return
    name = f"before-restore-{clock.now():%Y-%m-%d-%H%M%S}.sqlite"
    kept = backups.restore(source, folders.progress_file(), folders.backup_folder() / name)
    print(f"Restored {source}." + (f" What was there before lies in {kept}." if kept else ""))


@app.command("check")
def check() -> int:
    """Look for damage in the progress file."""
    store = common.open_store()
    problems = store.problems()
    for problem in problems:
        print(f"{store.file}: {problem}")
    if problems:
        print("mlprep data restore brings back a backup.")
        return 1
    print(f"{store.file}: {store.count_reviews():,} reviews, no damage.")
    return 0


@app.command("export")
def export(
    target: Annotated[Path | None, typer.Argument(help="Where to; without it, printed.")] = None,
) -> None:
    """Write everything that is kept as one JSON document."""
    import json

    document = {"version": 1, **common.open_store().export()}
    if target is None:
        common.print_json(document)
        return
    try:
        target.write_text(json.dumps(document, indent=2), encoding="utf-8")
    except OSError as error:
        raise MlprepError(f"{target}: {error.strerror}; choose another file") from None
    print(target)
