"""Writes into the user's bank folder: a new bank, a copy of a built-in question."""

from pathlib import Path

from mlprep.core.library import Library
from mlprep.core.nodes import split_lines
from mlprep.errors import MlprepError
from mlprep.storage import folders
from mlprep.storage.bank_files import bank_paths, read_bank, read_text, shown

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
    text = _entry_text(Path(source.path), line)
    path = _own_file(bank)
    before = path.read_text(encoding="utf-8") if path.exists() else f"bank: {bank}\nquestions:\n"
    if not before.endswith("\n"):
        before += "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + text, encoding="utf-8")
    return path, before.count("\n") + 1


def _own_file(bank: str) -> Path:
    """Return the user's file of a bank whose last key is its questions, or one to be made."""
    for path in bank_paths(folders.own_banks()):
        if read_bank(path).head.get("bank") == bank:
            return path
    return folders.own_banks() / f"{bank}.yaml"


def _entry_text(path: Path, line: int) -> str:
    """Return the lines of one question as they stand in a bank, indented by two."""
    lines = split_lines(read_text(path)[0])
    first = lines[line - 1]
    indent = len(first) - len(first.lstrip())
    end = line
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent
    ):
        end += 1
    kept = [row[indent:] for row in lines[line - 1 : end]]
    return "".join(f"  {row}\n" if row else "\n" for row in kept).rstrip("\n") + "\n"
