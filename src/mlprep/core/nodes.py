"""YAML as a tree that knows where everything stands, and that holds text, lists and mappings only.

PyYAML's events, its C parser's where it is there: three times faster than CSafeLoader, and a line
and column for every key. Tags, anchors, aliases, merge keys and second documents are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mlprep.core.mistake import Mistake

MAX_DEPTH = 20
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")


@dataclass(slots=True)
class Scalar:
    """A text. end: line and column after its last character, from 0."""

    text: str
    line: int
    column: int
    plain: bool = False
    end: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    line: int
    column: int
    flow: bool = False
    entries: list[tuple[Scalar, "Node"]] = field(default_factory=list)

    def get(self, name: str) -> "Node | None":
        """Return the value of a key."""
        return next((value for key, value in self.entries if key.text == name), None)

    def key(self, name: str) -> "Scalar | None":
        """Return the key itself, for its place."""
        return next((key for key, _ in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping


class YamlError(Exception):
    """YAML that cannot be read on from here."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.text)
        self.mistake = mistake


def split_lines(text: str) -> list[str]:
    """Return the lines as YAML counts them."""
    return _LINE_END.split(text)


def compose(text: str, *, pure: bool = False) -> tuple[Node | None, list[Mistake]]:
    """Return the tree of a YAML text, None where it is empty, and what had to be refused in it.

    pure: use PyYAML's Python parser even where the C parser is there.
    Raises YamlError where the text cannot be read as YAML.
    """
    import yaml

    control = _CONTROL.search(text)
    if control:
        line, column = _place(text, control.start())
        raise YamlError(
            Mistake(line, column, f"control character U+{ord(control[0]):04X}; remove it")
        )
    fast = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    builder = _Builder()
    try:
        return builder.document(yaml.parse(text, Loader=yaml.BaseLoader if pure else fast))
    except yaml.YAMLError as error:
        if not pure and fast is not yaml.BaseLoader and len(text) < 1 << 20:
            return compose(text, pure=True)  # one wording and one place of errors everywhere
        raise YamlError(_explain(error, text)) from None


def _place(text: str, index: int) -> tuple[int, int]:
    before = split_lines(text[:index])
    return len(before), len(before[-1]) + 1


class _Builder:
    """Puts events together; refuses what could surprise."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def document(self, events: Iterator[Any]) -> tuple[Node | None, list[Mistake]]:
        from yaml import events as kinds

        root: Node | None = None
        stack: list[Sequence | Mapping] = []
        keys: list[Scalar | None] = []  # one a level: the key that waits for its value
        seen: list[set[str]] = []
        documents = 0
        for event in events:
            if isinstance(event, kinds.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(event, "a second document starts here; remove the '---'")
            elif isinstance(event, kinds.AliasEvent):
                self._refuse(event, _SLIPS["*"])
                root = self._add(stack, keys, seen, Scalar("", *_start(event)), root)
            elif isinstance(event, kinds.ScalarEvent):
                self._check(event)
                root = self._add(stack, keys, seen, _scalar(event), root)
            elif isinstance(event, kinds.CollectionStartEvent):
                self._check(event)
                node: Sequence | Mapping
                if isinstance(event, kinds.MappingStartEvent):
                    node = Mapping(*_start(event), flow=bool(event.flow_style))
                else:
                    node = Sequence(*_start(event))
                root = self._add(stack, keys, seen, node, root)
                if len(stack) >= MAX_DEPTH:
                    raise self._stop(event, f"nested deeper than {MAX_DEPTH} levels; flatten it")
                stack.append(node)
                keys.append(None)
                seen.append(set())
            elif isinstance(event, kinds.CollectionEndEvent):
                stack.pop()
                keys.pop()
                seen.pop()
        return root, self.mistakes

    def _add(
        self,
        stack: list[Sequence | Mapping],
        keys: list[Scalar | None],
        seen: list[set[str]],
        node: Node,
        root: Node | None,
    ) -> Node | None:
        if not stack:
            return node
        parent = stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif keys[-1] is None:
            keys[-1] = self._key(node, seen[-1])
        else:
            if keys[-1].text is not _REFUSED:
                parent.entries.append((keys[-1], node))
            keys[-1] = None
        return root

    def _key(self, node: Node, seen: set[str]) -> Scalar:
        if not isinstance(node, Scalar):
            self._note(node, "a key must be a word; put quotes around text that starts with { or [")
        elif node.text == "<<" and node.plain:
            self._note(node, "merge keys are not taken; write the keys out")
        elif node.text in seen:
            self._note(node, f"key '{node.text[:60]}' stands here twice; remove one")
        else:
            seen.add(node.text)
            return node
        return Scalar(_REFUSED, node.line, node.column)

    def _check(self, event: Any) -> None:
        if event.anchor:
            self._refuse(event, _SLIPS["&"])
        if event.tag:
            self._refuse(event, _SLIPS["!"])

    def _refuse(self, event: Any, text: str) -> None:
        self.mistakes.append(Mistake(*_start(event), text))

    def _note(self, node: Node, text: str) -> None:
        self.mistakes.append(Mistake(node.line, node.column, text))

    def _stop(self, event: Any, text: str) -> YamlError:
        return YamlError(Mistake(*_start(event), text))


_REFUSED = "\0"  # stands for a key that was refused; cannot come from a file
_QUOTE = "put quotes around the whole text"
_SLIPS = {
    "*": f"text that starts with '*' is an alias to YAML, which is not taken; {_QUOTE}",
    "&": f"text that starts with '&' is an anchor to YAML, which is not taken; {_QUOTE}",
    "!": f"text that starts with '!' is a tag to YAML, which is not taken; {_QUOTE}",
    "@": f"text cannot start with '@'; {_QUOTE}",
    "`": f"text cannot start with a backtick; {_QUOTE}",
    "%": f"text cannot start with '%'; {_QUOTE}",
    "\t": "a tab; indent with spaces",
}
_FLOW = (
    "this { } or [ ] cannot be read; close it, and put quotes around each text in it"
    " that holds a comma, ': ', ' #', '?' or a bracket"
)
_PROBLEMS = (
    ("mapping values are not allowed", f"': ' inside unquoted text; {_QUOTE}"),
    ("expected ',' or '}'", _FLOW),
    ("expected ',' or ']'", _FLOW),
    ("could not find expected ':'", "a key without ': ' after it, or text that needs quotes"),
    ("found unexpected end of stream", "the quotes that open here are never closed"),
    (
        "expected <block end>",
        "this line does not fit those above; mend its indentation,"
        " or put quotes around the whole text",
    ),
    ("found unexpected document separator", "the quotes that open above are never closed"),
    ("unknown escape character", "an unknown escape; double the backslash or use single quotes"),
    ("while scanning an alias", _SLIPS["*"]),
    ("while scanning an anchor", _SLIPS["&"]),
    ("while scanning a tag", _SLIPS["!"]),
    ("undefined tag handle", _SLIPS["!"]),
    ("while scanning a directive", _SLIPS["%"]),
)


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _scalar(event: Any) -> Scalar:
    end = event.end_mark
    return Scalar(event.value, *_start(event), event.style in (None, ""), (end.line, end.column))


def _explain(error: Any, text: str) -> Mistake:
    """Say in a candidate's words what PyYAML's error means."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", error))
    context = str(getattr(error, "context", None) or "")
    if mark is None:
        position = getattr(error, "position", 0)
        line, column = _place(text, position if isinstance(position, int) else 0)
        return Mistake(line, column, f"{problem[:120]}; save the file as UTF-8 text")
    start = getattr(error, "context_mark", None)
    if "end of stream" in problem and start is not None:
        mark = start
    lines = split_lines(text)
    at = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    said = _SLIPS.get(at) if "cannot start any token" in problem else None
    if said is None:
        said = next((mend for sign, mend in _PROBLEMS if sign in f"{context}; {problem}"), None)
    return Mistake(mark.line + 1, mark.column + 1, said or f"{problem[:120]}; {_QUOTE}")
