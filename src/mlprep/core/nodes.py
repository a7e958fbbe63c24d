"""YAML as a tree that knows where everything stands, and that holds text, lists and mappings only.

PyYAML's events, its C parser's where it is there, keep a line and a column for every key; they
take a third of CSafeLoader's time. Tags, anchors, aliases, merge keys and second documents are
refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mlprep.core import slips
from mlprep.core.mistake import Mistake
from mlprep.core.text import one_line

MAX_DEPTH = 20
Place = tuple[int, int]  # line and column, from 1

_LINE_END = re.compile("\r\n|[\n\r]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# The first three end a line to YAML, but to no editor, and could hide a key; the fourth has no
# width to one of the parsers. All would shift places, so that a sign as wide stands for them.
_HIDDEN = re.compile("[\x85\u2028\u2029\ufeff]")


@dataclass(slots=True)
class Scalar:
    """A text. end: line and column after its last character, from 0."""

    text: str
    line: int
    column: int
    plain: bool = False
    end: Place = (0, 0)
    refused: bool = False  # an alias or a tag, of which is said already what is wrong


@dataclass(slots=True)
class Sequence:
    """A list. end: where it ends."""

    line: int
    column: int
    flow: bool = False
    items: list["Node"] = field(default_factory=list)
    end: Place = (1 << 60, 0)


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    line: int
    column: int
    flow: bool = False
    named: dict[str, tuple[Scalar, "Node"]] = field(default_factory=dict)

    @property
    def entries(self) -> Iterable[tuple[Scalar, "Node"]]:
        """Return the keys with their values."""
        return self.named.values()

    @property
    def braced(self) -> bool:
        """Return whether it is written with { }; `[a: b]` is not, though flow too."""
        first = next(iter(self.entries), None)
        return self.flow and (
            not first or (first[0].line, first[0].column) != (self.line, self.column)
        )

    def get(self, name: str) -> "Node | None":
        """Return the value of a key."""
        entry = self.named.get(name)
        return entry and entry[1]

    def key(self, name: str) -> "Scalar | None":
        """Return the key itself, for its place."""
        entry = self.named.get(name)
        return entry and entry[0]


Node = Scalar | Sequence | Mapping


class YamlError(Exception):
    """YAML that cannot be read on from here. root, refused: what was read before."""

    def __init__(
        self, mistake: Mistake, root: Node | None = None, refused: Iterable[Mistake] = ()
    ) -> None:
        super().__init__(mistake.text)
        self.mistake = mistake
        self.root = root
        self.refused = list(refused)


def split_lines(text: str) -> list[str]:
    """Return the lines as an editor counts them."""
    return _LINE_END.split(text)


def compose(text: str, *, pure: bool = False) -> tuple[Node | None, list[Mistake]]:
    """Return the tree of a YAML text, None where it is empty, and what had to be refused in it.

    pure: use PyYAML's Python parser even where the C parser is there.
    Raises YamlError where the text cannot be read as YAML.
    """
    import yaml

    control = _CONTROL.search(text)
    if control:
        sign = f"control character U+{ord(control[0]):04X}; remove it"
        raise YamlError(_mistake_at(text, control.start(), sign))
    text = _HIDDEN.sub(lambda found: "\ufffd" if found[0] == "\ufeff" else "\u2424", text)
    fast = not pure and hasattr(yaml, "CBaseLoader") and not _is_doubtful(text)
    final = not fast or len(text) > _MOST_PURE
    builder = _Builder()
    try:
        builder.read(yaml.parse(text, Loader=yaml.CBaseLoader if fast else yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        if final:
            raise builder.stop(slips.explained(error, split_lines(text))) from None
    except (ValueError, OverflowError):  # what Python says of "\U00110000"
        found = _NO_CHARACTER.search(text)
        said = "this escape names no character; write the character itself"
        raise builder.stop(_mistake_at(text, found.start() if found else 0, said)) from None
    else:
        if final or not builder.doubtful:
            return builder.root, builder.refused
    return compose(text, pure=True)  # it decides, with one wording and one place of errors


_MOST_PURE = 1 << 20  # characters that the slow parser may take again
# Where the C parser lets pass what the Python one does not: some tabs, and `|-# comment`.
_DOUBTFUL = ("\t", *(f"{sign}#" for sign in "|>-+123456789"))
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")


def _is_doubtful(text: str) -> bool:
    return len(text) <= _MOST_PURE and any(sign in text for sign in _DOUBTFUL)


def _mistake_at(text: str, index: int, said: str) -> Mistake:
    before = split_lines(text[:index])
    return Mistake(len(before), len(before[-1]) + 1, said)


_REFUSED = Scalar("", 0, 0)  # stands for a key that was refused


class _Builder:
    """Puts events together; refuses what could surprise."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.refused: list[Mistake] = []
        self.doubtful = False  # the Python parser may stop where the C one read on

    def stop(self, mistake: Mistake) -> YamlError:
        """Return the error that ends the reading; a sign refused in its line is its cause."""
        last = self.refused[-1:]
        if last and last[0].line == mistake.line and last[0].text in slips.SIGNS:
            mistake = self.refused.pop()
        return YamlError(mistake, self.root, self.refused)

    def read(self, events: Iterable[Any]) -> None:
        """Read all events of a parser. Raises YamlError, and what PyYAML raises."""
        from yaml import events as kinds

        above: list[tuple[Sequence | Mapping | None, Scalar | None]] = []
        parent: Sequence | Mapping | None = None
        key: Scalar | None = None  # of a mapping: the one that waits for its value
        for number, event in enumerate(events):
            if number == _MOST_EVENTS:
                raise YamlError(Mistake(*_start(event), _TOO_MUCH))
            kind = type(event)
            if kind is kinds.ScalarEvent:
                node: Node = self._scalar(event, parent)
            elif kind is kinds.MappingStartEvent:
                node = Mapping(*_start(event), bool(event.flow_style))
            elif kind is kinds.SequenceStartEvent:
                node = Sequence(*_start(event), bool(event.flow_style))
            elif kind is kinds.AliasEvent:
                node = Scalar("", *_start(event), refused=True)
            elif kind is kinds.MappingEndEvent or kind is kinds.SequenceEndEvent:
                if isinstance(parent, Sequence):
                    parent.end = _start(event)
                parent, key = above.pop()
                continue
            else:
                self._check_document(event)
                continue
            if event.anchor or (kind is not kinds.AliasEvent and event.tag):
                self._refuse_sign(event, node)
            key = self._placed(node, parent, key)
            if kind is kinds.MappingStartEvent or kind is kinds.SequenceStartEvent:
                if len(above) == MAX_DEPTH:
                    raise self.stop(Mistake(*_start(event), _TOO_DEEP))
                above.append((parent, key))
                parent, key = node, None  # type: ignore[assignment]

    def _scalar(self, event: Any, parent: Node | None) -> Scalar:
        start, end, plain = event.start_mark, event.end_mark, not event.style
        if plain and "?" in event.value and isinstance(parent, Sequence | Mapping) and parent.flow:
            self.doubtful = True
        return Scalar(event.value, start.line + 1, start.column + 1, plain, (end.line, end.column))

    def _placed(
        self, node: Node, parent: Sequence | Mapping | None, key: Scalar | None
    ) -> Scalar | None:
        """Put a node where it belongs and return the key that waits then."""
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return None
        if parent is None:
            self.root = node
            return None
        if key is None:
            return self._key(node, parent)
        if isinstance(node, Scalar) and node.plain and not node.text:
            _stand_after(key, node)
        if key is not _REFUSED:
            parent.named[key.text] = (key, node)
        return None

    def _key(self, node: Node, parent: Mapping) -> Scalar:
        if not isinstance(node, Scalar):
            self._refuse(node, slips.NO_WORD)
        elif node.text == "<<" and node.plain:
            self._refuse(node, slips.MERGE)
        elif node.text in parent.named:
            self._refuse(node, f"key '{one_line(node.text, 40)}' stands here twice; remove one")
        elif not node.refused:
            return node
        return _REFUSED

    def _refuse_sign(self, event: Any, node: Node) -> None:
        if isinstance(node, Scalar):
            node.refused = node.refused or bool(event.tag)
        if event.anchor:
            self._refuse(node, slips.ANCHOR if hasattr(event, "tag") else slips.ALIAS)
        if getattr(event, "tag", None):
            self._refuse(node, slips.TAG)
            self.doubtful = True  # as to what a tag may be made of

    def _refuse(self, node: Node, said: str) -> None:
        self.refused.append(Mistake(node.line, node.column, said))
        if len(self.refused) == _MOST_REFUSED:
            raise self.stop(Mistake(node.line + 1, 1, "nothing is read from here on"))

    def _check_document(self, event: Any) -> None:
        from yaml import DocumentStartEvent

        if isinstance(event, DocumentStartEvent) and self.root is not None:
            raise self.stop(Mistake(*_start(event), slips.SECOND))


def _stand_after(key: Scalar, empty: Scalar) -> None:
    """Give an empty value its place behind the colon; the parsers do not agree on it."""
    line, column = key.end
    empty.line, empty.column, empty.end = line + 1, column + 2, (line, column + 1)


_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels; flatten it"
_MOST_REFUSED = 1000  # in a file: more is no slip
_MOST_EVENTS = 1_000_000  # twice what 16 MiB of real questions take
_TOO_MUCH = "more than a bank can hold; split it into several files"


def _start(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1
