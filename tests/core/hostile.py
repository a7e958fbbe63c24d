"""Damaged bank files, and what must hold for whatever is read from them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mlprep.core.bank import MOST_MISTAKES, BankFile, parse_bank
from mlprep.core.library import Library
from mlprep.core.nodes import split_lines
from mlprep.core.text import visible
from mlprep.storage.bank_files import text_of, to_source

KINDS = sorted((Path(__file__).parents[1] / "examples" / "kinds").glob("*.yaml"))
MOST_MESSAGE = 400  # characters
SIGNS = [
    b"\t", b"\n", b"\r", b" ", b"  ", b"\x00", b"\x1b[31m", b"\x7f", b"\xff", b"\xc2\x85",
    b"\xc2\xa0", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xef\xbf\xbf",
    b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b":", b": ", b" #", b"#", b",", b", ", b"-", b"- ",
    b"?", b"? ", b"|", b">", b"'", b'"', b"{", b"}", b"[", b"]", b"{a: ", b"[[[[", b"&a ", b"*a",
    b"!a ", b"!!python/object/apply:os.system ", b"%", b"%YAML 9.9\n", b"@", b"`", b"<<: ",
    b"---\n", b"...\n", b"\\", b'"\\U00110000"', b'"\\uD800"', b'"\\e"', b'"\\0"', b"~", b"null",
    b"nan", b"1_0", b"1e999", b"-1", b"0", b"9" * 400, b"9 ** 9 ** 9", b"/ 0", b"{= ", b"{= 1 / 0}",
    b"{x}", b"x" * 300, b"yes", b"id: one\n", b"  - id: one\n", b"kind: design\n", b"formats:\n",
    b"bank: small\n", b"questions: []\n", b"rubric: [a]\n",
]  # fmt: skip


class Edit(NamedTuple):
    """One change of a file. at: where, as a share of its length. length: bytes that it takes."""

    action: str  # delete, double, swap or insert
    at: float
    length: int
    sign: int  # of SIGNS; what is inserted


def damaged(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a file after some changes."""
    for edit in edits:
        start = int(edit.at * len(raw))
        end = start + edit.length
        before, part, after = raw[:start], raw[start:end], raw[end:]
        match edit.action:
            case "delete":
                raw = before + after
            case "double":
                raw = before + part + part + after
            case "swap":
                raw = before + after[: edit.length] + part + after[edit.length :]
            case _:
                raw = before + SIGNS[edit.sign] + part + after
    return raw


def read(raw: bytes) -> BankFile:
    """Read a bank from bytes with both parsers; what must hold for every file is asserted."""
    text, wrong = text_of(raw)
    if wrong:
        return BankFile(mistakes=[wrong], broken=True)
    bank = parse_bank(text, thorough=True)
    assert bank == parse_bank(text, thorough=True, pure=True)
    lines = split_lines(text)
    assert len(bank.mistakes) <= MOST_MISTAKES + 1
    for mistake in bank.mistakes:
        assert len(mistake.text) <= MOST_MESSAGE
        assert visible(mistake.text) == mistake.text
        assert "\n" not in mistake.text
        assert 1 <= mistake.line <= len(lines)
        assert 1 <= mistake.column <= len(lines[mistake.line - 1]) + 1
    if not bank.broken:
        assert bool(bank.left_out) == any(not m.warning for m in bank.mistakes)
    if bank.is_bank:  # not a file of mock formats, which the library never sees
        library(bank)
    return bank


def library(bank: BankFile) -> Library:
    """Build every question that a bank holds."""
    source = to_source(Path("small.yaml"), bank, own=True)
    library = Library([source], lambda _, position: bank.entries[position].mapping)
    for item in library.items:
        library.question(item)
    return library
