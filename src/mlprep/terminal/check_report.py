"""What `mlprep bank check` says: each mistake with its place, on a terminal with its line."""

import sys
from collections.abc import Iterable
from pathlib import Path

from mlprep.core.library import Source
from mlprep.core.mistake import Mistake
from mlprep.core.nodes import split_lines
from mlprep.core.text import count, visible
from mlprep.storage.bank_files import read_text
from mlprep.storage.format_files import FormatSource
from mlprep.terminal.lines import Line, columns, cut, width


def bank_report(source: Source) -> list[Line]:
    """Return the mistakes of a bank file, then what became of its questions."""
    if not source.own and not source.mistakes:
        return []
    lines = _mistakes(source.origin, Path(source.path), source.mistakes)
    said = [_errors(source.mistakes)]
    if source.broken:
        said.append("the file is left out")
    elif source.left_out:
        left = f"{count(source.left_out, 'question')} left out"
        rest = len(source.entries)
        said.append(f"{left}, {'the other' if rest == 1 else f'the other {rest}'} can be drilled"
                    if rest else f"{left}: none can be drilled yet")  # fmt: skip
    said += _warnings(source.mistakes)
    questions = count(len(source.entries) + source.left_out, "question")
    last: Line = [("bold", source.origin), ("", f": {questions}, {'; '.join(said)}.")]
    if source.own and not source.mistakes:
        last.append(("accent", f"   mlprep drill --bank {source.head['bank']}"))
    return [*lines, last]


def format_report(source: FormatSource) -> list[Line]:
    """Return the mistakes of a file of mock formats, then how many it has."""
    if not source.own and not source.mistakes:
        return []
    lines = _mistakes(source.origin, source.path, source.mistakes)
    formats = count(len(source.ids), "format")
    said = "; ".join([_errors(source.mistakes), *_warnings(source.mistakes)])
    last: Line = [("bold", source.origin), ("", f": {formats}, {said}.")]
    if source.ids and not source.mistakes:
        last.append(("accent", f"   mlprep mock {source.ids[0]}"))
    return [*lines, last]


def _errors(mistakes: Iterable[Mistake]) -> str:
    errors = sum(not mistake.warning for mistake in mistakes)
    return count(errors, "mistake") if errors else "no mistakes"


def _warnings(mistakes: Iterable[Mistake]) -> list[str]:
    warnings = sum(mistake.warning for mistake in mistakes)
    return [count(warnings, "warning")] if warnings else []


def _mistakes(origin: str, path: Path, mistakes: Iterable[Mistake]) -> list[Line]:
    rows = split_lines(read_text(path)[0]) if sys.stdout.isatty() else []
    lines: list[Line] = []
    for mistake in mistakes:
        kind = "warning: " if mistake.warning else ""
        place = f"{origin}:{mistake.line}:{mistake.column}"
        lines.append([("", f"{place}: {kind}{mistake.text}")])
        if 0 < mistake.line <= len(rows):
            lines += _source_line(visible(rows[mistake.line - 1]), mistake)
    return lines


def _source_line(row: str, mistake: Mistake) -> list[Line]:
    """Return the line of a mistake, with carets below the word at which it starts."""
    most = columns() - 8
    word = row[mistake.column - 1 :].split(" ", maxsplit=1)[0].rstrip(":")
    carets = "^" * max(1, min(len(word), most - mistake.column))
    return [
        [("dim", f"{mistake.line:5} | {cut(row, most)}")],
        [("dim", "      | "), ("", " " * width(row[: mistake.column - 1])), ("warn", carets)],
    ]
