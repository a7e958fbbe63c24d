"""Writes docs/coverage.md: which questions cover each part of a principal ML engineer's loop.

python bench/coverage.py          print the table
python bench/coverage.py --write  write it to docs/coverage.md
"""

import sys
import tempfile
from pathlib import Path

import yaml

from mlprep.storage import folders
from mlprep.storage.bank_files import BankFiles, bank_paths

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "coverage.md"
WANTED = ROOT / "src" / "mlprep" / "storage" / "coverage.yaml"
HEAD = """# Coverage

What a senior, staff or principal ML engineer's loop covers, and the built-in questions that carry
each tag. This page is written by `python bench/coverage.py --write`; a test keeps it current.

| field | what | tag | least | questions |
|---|---|---|---|---|
"""


def keys_by_tag() -> dict[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        cache = BankFiles(Path(folder) / "banks.sqlite")
        library = cache.library(bank_paths(folders.shipped_banks()), ())
    found: dict[str, dict[str, None]] = {}
    for item in library.items.values():
        for tag in item.tags:
            found.setdefault(tag, {})[item.question] = None
    return {tag: list(keys) for tag, keys in found.items()}


def table() -> str:
    tags = keys_by_tag()
    rows = []
    for row in yaml.safe_load(WANTED.read_text(encoding="utf-8")):
        keys = tags.get(row["tag"], [])
        listed = ", ".join(f"`{key}`" for key in keys)
        rows.append(
            f"| {row['field']} | {row['what']} | `{row['tag']}` | {row['min']} |"
            f" {len(keys)}: {listed} |"
        )
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        TARGET.write_text(table(), encoding="utf-8")
    else:
        sys.stdout.write(table())
