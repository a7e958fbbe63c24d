"""Reads a tree of YAML by the tables of the schema; says what is wrong where."""

import math
import re
from itertools import pairwise
from typing import Any

from mlprep.core import schema
from mlprep.core.mistake import Mistake
from mlprep.core.nodes import Mapping, Node, Scalar, Sequence
from mlprep.core.schema import Table
from mlprep.core.slips import QUOTE
from mlprep.core.text import did_you_mean, nearest, one_line, visible

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\Z", re.ASCII)
_NAME = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*\Z")
_MOST_NAME = 100  # characters
MOST_SAID = 1000  # mistakes that are kept of a file
_THOUSANDS = re.compile(r"\d{3}\Z", re.ASCII)


class Reader:
    """Collects mistakes while it reads; a value that is wrong reads as None."""

    def __init__(self, lines: list[str]) -> None:
        self.mistakes: list[Mistake] = []
        self.said = 0  # mistakes, also those that were too many to keep
        self.errors = 0  # mistakes that are not warnings
        self._lines = lines

    def say(self, node: Node, text: str, *, warning: bool = False) -> None:
        """Note a mistake at the place of a node; of what was refused enough is said."""
        self.errors += not warning
        if isinstance(node, Scalar) and node.refused:
            return
        self.said += 1
        if self.said <= MOST_SAID:
            self.mistakes.append(Mistake(node.line, node.column, text, warning))

    @property
    def is_full(self) -> bool:
        """Return whether more is wrong than anyone would mend in what is read."""
        return self.said > MOST_SAID

    def read(self, node: Node, kind: schema.Type, what: str) -> Any:
        """Return the plain value of a node. what: how a message names it, e.g. `'minutes'`."""
        match kind:
            case schema.Text():
                return self._text(node, what)
            case schema.Many():
                return self._many(node, kind, what)
            case schema.Table():
                return self.table(node, kind, what)
            case schema.Named():
                return self._named(node, kind, what)
            case schema.Draws():
                if isinstance(node, Mapping):
                    return self.table(node, kind.range, what)
                return self._many(node, schema.Many(schema.ANY_NUMBER, least=1), what)
        text = self._text(node, what)
        return None if text is None else self._scalar(node, kind, what, text)

    def _scalar(self, node: Node, kind: schema.Type, what: str, text: str) -> Any:
        match kind:
            case schema.Word(words):
                if text in words:
                    return text
                near = did_you_mean(text, words)
                one_of = f"{' One' if near else '; one'} of {', '.join(words)}"
                self.say(node, f"{what} is '{one_line(text, 40)}'{near}{one_of}")
            case schema.Name(parts):
                if _NAME.match(text) and text.count("/") < parts and len(text) <= _MOST_NAME:
                    return text
                slash = " and /" if parts > 1 else ""
                most = f", {_MOST_NAME} at most" if len(text) > _MOST_NAME else ""
                self.say(node, f"{what} is '{one_line(text, 40)}'; use lower-case letters,"
                         f" digits, hyphens{slash}{most}")  # fmt: skip
            case schema.Number(low, high):
                number = float(text) if _NUMBER.match(text) and len(text) < 400 else math.nan
                if low <= number <= high:
                    return int(number) if number == int(number) and abs(number) < 1e15 else number
                bounds = "" if high >= 1e300 else f" from {low:g} to {high:g}"
                self.say(node, f"{what} is '{one_line(text, 40)}'; write a number{bounds}")
            case schema.Flag():
                if text in ("true", "false"):
                    return text == "true"
                self.say(node, f"{what} is '{one_line(text, 40)}'; write true or false")
        return None

    def _text(self, node: Node, what: str) -> str | None:
        if isinstance(node, Scalar):
            self._look_for_comment(node)
            text = visible(node.text).strip("\n").rstrip()
            if text.strip():
                return text
            self.say(node, f"{what} is empty; write its text or remove it")
        elif isinstance(node, Mapping) and node.braced:
            self.say(node, f"{what}: text that starts with '{{' is a mapping to YAML; {QUOTE}")
        elif isinstance(node, Mapping):
            self.say(node, f"{what} is split at ': '; {QUOTE}")
        else:
            self.say(node, f"{what} must be one text, not a list; a text that starts with '['"
                     " needs quotes")  # fmt: skip
        return None

    def _look_for_comment(self, node: Scalar) -> None:
        if not node.plain or node.end[0] >= len(self._lines):
            return
        rest = self._lines[node.end[0]][node.end[1] :]
        if rest.startswith(" #"):  # two spaces and more are how people set off a real comment
            self.say(node, "YAML takes the rest of the line after ' #' for a comment; put quotes"
                     " around the text, or two spaces before a real comment",
                     warning=True)  # fmt: skip

    def _many(self, node: Node, kind: schema.Many, what: str) -> Any:
        if not isinstance(node, Sequence):
            if not kind.lone or not isinstance(node, Scalar):
                self.say(node, f"{what} must be a list, each entry on a line that starts with '- '")
                return None
            items: list[Node] = [node]
        else:
            items = node.items
        if len(items) < kind.least:
            need = "an entry" if kind.least == 1 else f"{kind.least} entries"
            self.say(node, f"{what} needs at least {need}")
        noun = kind.of.noun if isinstance(kind.of, Table) else f"an entry of {what}"
        if isinstance(kind.of, schema.Text | schema.Name):
            self._look_for_thousands(items, what)
        return [self.read(item, kind.of, noun) for item in items]

    def _look_for_thousands(self, items: list[Node], what: str) -> None:
        for one, two in pairwise(items):
            if not (isinstance(one, Scalar) and isinstance(two, Scalar)):
                continue
            touching = (two.line - 1, two.column - 2) == one.end  # the comma alone between them
            if touching and one.text.isdecimal() and _THOUSANDS.match(two.text):
                self.say(one, f"'{one_line(one.text, 40)},{two.text}' is two entries of {what}"
                         " to YAML; put quotes around the number, or a space after the comma",
                         warning=True)  # fmt: skip

    def _named(self, node: Node, kind: schema.Named, what: str) -> Any:
        if not isinstance(node, Mapping) or not node.named:
            self.say(node, f"{what} must map names to what they are drawn from,"
                     " e.g. {gpus: [64, 256]}")  # fmt: skip
            return None
        for key, _ in node.entries:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", key.text):
                self.say(key, f"'{one_line(key.text, 40)}' in {what}; use a lower-case name")
        return {
            key.text: self.read(value, kind.of, f"'{one_line(key.text, 40)}'")
            for key, value in node.entries
        }

    def table(self, node: Node, table: Table, what: str, owner: str = "") -> dict[str, Any] | None:
        """Return the known keys of a mapping with defaults filled in, or None.

        owner: how messages about its keys name it, e.g. `question 'ddp-vs-fsdp'`.
        """
        if table.short and isinstance(node, Scalar):
            text = self._text(node, what)
            return None if text is None else {table.short: text, **_defaults(table)}
        if not isinstance(node, Mapping):
            brackets = "; a text that starts with '[' needs quotes" if table.short else ""
            self.say(node, f"{what} must be a mapping with {_some(table)}{brackets}")
            return None
        owner = owner or f"this {table.noun}"
        result = _defaults(table)
        before = ""
        meant = set()
        for key, value in node.entries:
            if key.text in table.keys:
                result[key.text] = self.read(value, table.keys[key.text].type, f"'{key.text}'")
                before = key.text
            else:
                self._unknown(node, key, value, table, owner, before)
                if _is_split(node, key, table):
                    return None
                if not self.is_full:
                    meant.add(nearest(key.text, table.keys))
        for name, rule in table.keys.items():
            if rule.required and node.key(name) is None and name not in meant:
                self.say(node, f"{owner} has no '{name}'; add it")
        return result

    def _unknown(
        self, node: Mapping, key: Scalar, value: Node, table: Table, owner: str, before: str
    ) -> None:
        name = one_line(key.text, 40)
        if self.is_full:
            self.say(key, f"unknown key '{name}' in {owner}")
        elif _is_split(node, key, table):
            self.say(key, f"this {table.noun} is split at ': '; {QUOTE}")
        elif node.flow and before and isinstance(value, Scalar) and value.text == "":
            self.say(key, f"did you mean a comma in the text of '{before}'? put quotes around it")
        else:
            homes = [kind for kind, home in schema.KINDS.items() if key.text in home.keys]
            if table.noun == "question" and homes:
                self.say(key, f"key '{name}' in {owner} belongs to kind {' or '.join(homes)};"
                         " remove it or set the kind")  # fmt: skip
            else:
                near = did_you_mean(key.text, table.keys) or f"; it takes {_some(table)}"
                self.say(key, f"unknown key '{name}' in {owner}{near}")


def _is_split(node: Mapping, key: Scalar, table: Table) -> bool:
    """Return whether a text that may stand for the table was taken for a mapping at its ': '."""
    alone = bool(table.short) and not node.braced and len(node.named) == 1
    return alone and (" " in key.text or not nearest(key.text, table.keys))


def _defaults(table: Table) -> dict[str, Any]:
    return {name: key.default for name, key in table.keys.items() if key.default is not None}


def _some(table: Table) -> str:
    return ", ".join(table.keys)
