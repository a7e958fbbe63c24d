"""The scripts of mock interviews: sections, minutes, what is drawn; read as banks are."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from mlprep.core import schema
from mlprep.core.mistake import Mistake
from mlprep.core.nodes import Mapping as MappingNode
from mlprep.core.nodes import Node, Sequence, YamlError, compose, split_lines
from mlprep.core.question import Item
from mlprep.core.reader import Reader
from mlprep.core.schema import Key, Many, Name, Number, Table, Word
from mlprep.core.text import did_you_mean, one_line

DRAW = Table(
    "draw",
    {
        "count": Key(Number(1, 20), default=1),
        "kind": Key(Many(Word(tuple(schema.KINDS)), least=1, lone=True)),
        "topic": Key(Many(Name(4), least=1, lone=True)),
        "bank": Key(Many(Name(), least=1, lone=True)),
        "tag": Key(Many(Name(), least=1, lone=True)),
        "level": Key(Many(Word(schema.LEVELS), least=1, lone=True)),
        "question": Key(Name(2)),
    },
)
SECTION = Table(
    "section",
    {
        "title": Key(schema.TEXT, required=True),
        "minutes": Key(schema.MINUTES, required=True),
        "draw": Key(DRAW),
        "break": Key(schema.FLAG, default=False),
        "scored": Key(schema.FLAG, default=True),
    },
)
FORMAT = Table(
    "format",
    {
        "id": Key(Name(), required=True),
        "title": Key(schema.TEXT, required=True),
        "about": Key(schema.TEXT),
        "sections": Key(Many(SECTION, least=1)),
        "rounds": Key(Many(Name(), least=2)),
        "pause": Key(Number(0, 120), default=10),
    },
)


class Draw(NamedTuple):
    """Which questions a section takes. Empty tuples let every one pass."""

    number: int = 1
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    banks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    question: str = ""  # this one

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Draw":
        """Build a draw from checked data."""
        return cls(
            number=int(mapping.get("count", 1)),
            kinds=tuple(mapping.get("kind") or ()),
            topics=tuple(mapping.get("topic") or ()),
            banks=tuple(mapping.get("bank") or ()),
            tags=tuple(mapping.get("tag") or ()),
            levels=tuple(mapping.get("level") or ()),
            question=mapping.get("question") or "",
        )

    def lets(self, item: Item) -> bool:
        """Tell whether an item passes every condition but that of its name."""
        checks: tuple[tuple[tuple[str, ...], Callable[[str], bool]], ...] = (
            (self.kinds, lambda kind: item.kind == kind),
            (self.topics, lambda topic: f"{item.topic}/".startswith(f"{topic}/")),
            (self.banks, lambda bank: item.bank == bank),
            (self.tags, lambda tag: tag in item.tags),
            (self.levels, lambda level: str(item.level) == level),
        )
        return all(not wanted or any(map(check, wanted)) for wanted, check in checks)


class Section(NamedTuple):
    """One stretch of an interview. draw: None for a break."""

    title: str
    minutes: float
    draw: Draw | None
    scored: bool = True

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Section":
        """Build a section from checked data."""
        is_break = mapping.get("break", False)
        draw = None if is_break else Draw.from_mapping(mapping.get("draw") or {})
        return cls(mapping["title"], mapping["minutes"], draw, mapping.get("scored", True))


class Format(NamedTuple):
    """The script of an interview."""

    id: str
    title: str
    about: str
    sections: tuple[Section, ...]

    @property
    def minutes(self) -> float:
        """Return the minutes of all sections, breaks among them."""
        return sum(section.minutes for section in self.sections)


class FormatFile(NamedTuple):
    """What one file holds, and what is wrong in it."""

    entries: list[tuple[dict[str, Any], int, int]]  # format as plain data, line, column
    mistakes: list[Mistake]


def parse_formats(text: str, *, pure: bool = False) -> FormatFile:
    """Parse a `formats:` file. Raises nothing: what is wrong is in the result."""
    try:
        root, refused = compose(text, pure=pure)
    except YamlError as error:
        return FormatFile([], [error.mistake])
    reader = Reader(split_lines(text))
    reader.mistakes += refused
    entries: list[tuple[dict[str, Any], int, int]] = []
    assert isinstance(root, MappingNode)
    for key, _ in root.entries:
        if key.text != "formats":
            reader.say(key, f"unknown key '{one_line(key.text, 40)}' beside 'formats'; remove it")
    formats = root.get("formats")
    if not isinstance(formats, Sequence) or not formats.items:
        reader.say(root, "'formats' must list at least one format, each starting with '- id:'")
    else:
        for node in formats.items:
            before = reader.errors
            mapping = _read_format(node, reader)
            if mapping is not None and reader.errors == before:
                entries.append((mapping, node.line, node.column))
    return FormatFile(entries, sorted(reader.mistakes, key=lambda m: (m.line, m.column)))


def _read_format(node: Node, reader: Reader) -> dict[str, Any] | None:
    mapping = reader.table(node, FORMAT, "a format")
    if mapping is None or not isinstance(node, MappingNode):
        return mapping
    has_sections, has_rounds = bool(mapping.get("sections")), bool(mapping.get("rounds"))
    if has_sections == has_rounds and node.key("id") is not None:
        reader.say(node, "a format has either 'sections' or 'rounds' (ids of other formats)")
    sections = node.get("sections")
    for place, section in zip(
        sections.items if isinstance(sections, Sequence) else [],
        mapping.get("sections") or [],
        strict=False,
    ):
        if section and not section.get("break") and not section.get("draw"):
            reader.say(place, "this section draws nothing; add 'draw:', or 'break: true'")
        if section and section.get("break") and section.get("draw"):
            reader.say(place, "this section is a break, yet draws; remove 'draw:' or 'break: true'")
    told = [section for section in mapping.get("sections") or [] if section]
    if told and not any(s.get("scored", True) and not s.get("break") for s in told):
        reader.say(node, "nothing of this format is scored; remove a 'scored: false'")
    return mapping


def build_formats(
    entries: list[dict[str, Any]],
) -> tuple[dict[str, Format], list[tuple[int, str]]]:
    """Return all formats by id, rounds put together, and (entry, text) of what contradicts.

    A later format of the same id stands in the place of an earlier one.
    """
    by_id = {entry["id"]: entry for entry in entries}
    wrong: list[tuple[int, str]] = []
    formats: dict[str, Format] = {}
    for number, entry in enumerate(entries):
        rounds = entry.get("rounds") or ()
        for name in rounds:
            if name not in by_id:
                wrong.append((number, f"'rounds' names no format: '{name}'"
                                      f"{did_you_mean(name, by_id)}"))  # fmt: skip
            elif by_id[name].get("rounds"):
                wrong.append((number, f"'{name}' has rounds itself; name its parts"))
        if all(name in by_id and not by_id[name].get("rounds") for name in rounds):
            formats[entry["id"]] = Format(
                entry["id"], entry["title"], entry.get("about", ""), _sections(entry, by_id)
            )
    return formats, wrong


def _sections(entry: Mapping[str, Any], by_id: Mapping[str, Any]) -> tuple[Section, ...]:
    if not entry.get("rounds"):
        return tuple(Section.from_mapping(section) for section in entry["sections"])
    sections: list[Section] = []
    for name in entry["rounds"]:
        if sections and entry.get("pause", 10):
            sections.append(Section("Break", entry.get("pause", 10), None))
        sections += [Section.from_mapping(section) for section in by_id[name]["sections"]]
    return tuple(sections)
