"""Writes into the user's bank folder: a new bank, a copy of a built-in question."""

import re
from itertools import chain, count
from pathlib import Path

from mlprep.core.bank import parse_bank
from mlprep.core.library import Library
from mlprep.core.nodes import split_lines
from mlprep.errors import MlprepError
from mlprep.storage import folders
from mlprep.storage.bank_files import bank_paths, read_text, shown

EXAMPLE = """\
# Questions of your own. The format: mlprep bank new writes this example, the README explains it.
# Check it with: mlprep bank check        Drill it with: mlprep drill --bank {name}
bank: {name}
title: {title}
topic: {name}
level: staff              # who is expected to answer: senior, staff or principal

questions:
  - id: why-this-team     # never changes: the history of your answers hangs on it
    prompt: Why do you want to work on this team, and what would you change first?
    minutes: 4
    answer: |
      Two sentences on what they build that I have built before, then one change with its cost.
    rubric:               # each point is something that a listener can tick
      - Names one system of theirs and one decision in it
      - point: Ties it to something I built, with a number
        weight: 2         # the answer fails without it
        cues: [latency, percent]
      - Says what I would not change, and why

  - id: their-scale
    kind: recall
    prompt: How many requests per second does their main service take at peak?
    answer: Look it up before the interview, and write the source here.
"""


def new_bank(name: str) -> Path:
    """Write a short commented example and return where. Raises MlprepError where it exists."""
    path = folders.own_banks() / f"{name}.yaml"
    if path.exists():
        raise MlprepError(f"{shown(path)}: exists already; open it in an editor, or choose"
                          " another name")  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    title = name.replace("-", " ").capitalize()
    path.write_text(EXAMPLE.format(name=name, title=title), encoding="utf-8")
    return path


def own_question(library: Library, key: str) -> tuple[Path, int]:
    """Return file and line of a question in the user's folder; a built-in one is copied there."""
    source, line = library.entry(key)
    if source.own:
        return Path(source.path), line
    bank = library.items[key].bank
    rows = _entry_rows(Path(source.path), line)
    for path in bank_paths(folders.own_banks()):
        text, added = _extended(path, bank, rows)
        if added:
            break
    else:
        path, text = _unused(bank), f"bank: {bank}\nquestions:\n"
        added = text + _indented(rows, "  ")
        path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(added)
    return path, len(split_lines(text)) + added.startswith("\n")


def _extended(path: Path, bank: str, rows: list[str]) -> tuple[str, str]:
    """Return the text of a file of this bank and what adds a question to it.

    Both are empty where the file is of another bank, or cannot be added to at its end.
    """
    text = read_text(path)[0]
    before = parse_bank(text)
    if before.head.get("bank") != bank or before.broken:
        return "", ""
    firsts = [split_lines(text)[entry.place[0] - 1] for entry in before.entries]
    indent = re.match(" *", firsts[-1])[0] if firsts else "  "  # type: ignore[index]
    added = ("" if text.endswith("\n") else "\n") + _indented(rows, indent)
    after = parse_bank(text + added)
    fits = not after.broken and len(after.entries) == len(before.entries) + 1
    return (text, added) if fits else ("", "")


def _indented(rows: list[str], indent: str) -> str:
    return "".join(f"{indent}{row}\n" if row else "\n" for row in rows)


def _unused(bank: str) -> Path:
    """Return a file that does not exist yet, named as the bank is."""
    names = chain([bank], (f"{bank}-{number}" for number in count(2)))
    paths = (folders.own_banks() / f"{name}.yaml" for name in names)
    return next(path for path in paths if not path.exists())


def _entry_rows(path: Path, line: int) -> list[str]:
    """Return the lines of one question as they stand in a bank, without their indentation."""
    lines = split_lines(read_text(path)[0])
    first = lines[line - 1]
    indent = len(first) - len(first.lstrip())
    end = line
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent
    ):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return [row[indent:] for row in lines[line - 1 : end]]
