"""Checks bank files thoroughly, with all mistakes of each, for `mlprep bank check`."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mlprep.core.library import Library, Source
from mlprep.storage import folders
from mlprep.storage.bank_files import bank_paths, read_bank, to_source

if TYPE_CHECKING:
    from mlprep.core.bank import BankFile


def check_banks(
    named: Iterable[Path] = (), *, strict: bool = False, pure: bool = False
) -> list[Source]:
    """Return every bank file, checked thoroughly, with all its mistakes; only those named, if any.

    strict: with the warnings of a reviewer's check-list.
    """
    named = _real(named)
    shipped, own = (
        _real(bank_paths(folders.shipped_banks())),
        _real(bank_paths(folders.own_banks())),
    )
    wanted = dict.fromkeys(shipped, False) | dict.fromkeys(own, True)
    wanted |= {path: True for path in named if path not in wanted}
    parsed = []
    for path, is_own in wanted.items():
        bank = read_bank(path, thorough=not named or path in named, pure=pure)
        if bank.is_bank:
            parsed.append((to_source(path, bank, own=is_own), bank))
    bodies = {source.path: bank for source, bank in parsed}
    Library([source for source, _ in parsed], lambda s, n: bodies[s.path].entries[n].mapping)
    if strict:
        _lint(parsed, [str(path) for path in named])
    for source, _ in parsed:
        source.mistakes.sort(key=lambda mistake: (mistake.line, mistake.column))
    return [source for source, _ in parsed if not named or Path(source.path) in named]


def _real(paths: Iterable[Path]) -> list[Path]:
    return [
        Path(os.path.realpath(path)) for path in paths
    ]  # Path.resolve raises on a loop of links


def _lint(parsed: list[tuple[Source, "BankFile"]], named: list[str]) -> None:
    from mlprep.core.lint import lint_file, lint_set

    tags = coverage_tags()
    whole = [(source, bank) for source, bank in parsed if not bank.broken]
    for source, bank in whole:
        if not named or source.path in named:
            source.mistakes.extend(lint_file(bank, tags))
    for source, mistake in lint_set(whole, named):
        source.mistakes.append(mistake)


def coverage_tags() -> list[str]:
    """Return the tags of the map of the role that the shipped banks cover."""
    import yaml

    text = Path(__file__).with_name("coverage.yaml").read_text(encoding="utf-8")
    return [row["tag"] for row in yaml.safe_load(text)]
