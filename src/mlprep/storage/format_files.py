"""Finds and reads `formats:` files: the built-in one and those in the user's bank folder."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from mlprep.core.formats import Format, Section, build_formats, parse_formats
from mlprep.core.library import Library
from mlprep.core.mistake import Mistake
from mlprep.errors import MlprepError
from mlprep.storage import folders
from mlprep.storage.bank_files import bank_paths, load_library, read_text, shown

_TOP_KEY = re.compile(r"^formats:", re.MULTILINE)


class FormatSource(NamedTuple):
    """One file of formats, with its mistakes."""

    path: Path
    own: bool
    ids: tuple[str, ...]
    mistakes: list[Mistake]

    @property
    def origin(self) -> str:
        """Return the path as the user would open it."""
        return shown(self.path)


def load_formats() -> dict[str, Format]:
    """Return every format by id; a user's one stands in the place of a built-in one."""
    return _read([*bank_paths(folders.shipped_banks()), *bank_paths(folders.own_banks())])[0]


def check_formats(named: list[Path] | None, *, pure: bool = False) -> list[FormatSource]:
    """Return each file that holds formats, with its mistakes; only those named, if any."""
    every = [*bank_paths(folders.shipped_banks()), *bank_paths(folders.own_banks())]
    wanted = [path.resolve() for path in named or every]
    others = [path for path in every if path.resolve() not in wanted]
    known = {path.resolve() for path in every}
    library = load_library(path for path in wanted if path not in known)
    sources = _read([*others, *wanted], library, pure=pure)[1]
    return [source for source in sources if source.path in wanted]


def _read(
    paths: list[Path], library: Library | None = None, *, pure: bool = False
) -> tuple[dict[str, Format], list[FormatSource]]:
    """Return the formats and their files. library: warn of sections that find nothing in it."""
    entries: list[dict[str, Any]] = []
    places: list[tuple[FormatSource, int, int]] = []
    sources: list[FormatSource] = []
    shipped = folders.shipped_banks().resolve()
    for path in paths:
        text, wrong = read_text(path)
        if wrong or not _TOP_KEY.search(text):
            continue
        file = parse_formats(text, pure=pure)
        ids = tuple(entry["id"] for entry, _, _ in file.entries)
        source = FormatSource(path, path.resolve().parent != shipped, ids, file.mistakes)
        sources.append(source)
        entries += [entry for entry, _, _ in file.entries]
        places += [(source, line, column) for _, line, column in file.entries]
    formats, contradictions = build_formats(entries)
    for number, said in contradictions:
        source, line, column = places[number]
        source.mistakes.append(Mistake(line, column, said))
    for entry, (source, line, column) in zip(entries, places, strict=True):
        for title in _empty_sections(entry, library) if library else ():
            said = f"section '{title}' finds no question; mlprep bank list shows what there is"
            source.mistakes.append(Mistake(line, column, said, warning=True))
    return formats, sources


def _empty_sections(entry: dict[str, Any], library: Library) -> Iterator[str]:
    """Yield the titles of a format's sections for which no bank has a question."""
    for section in map(Section.from_mapping, entry.get("sections") or ()):
        if section.draw is None:
            continue
        if section.draw.question:
            with suppress(MlprepError):
                library.find(section.draw.question)
                continue
        elif any(map(section.draw.lets, library.items.values())):
            continue
        yield section.title
