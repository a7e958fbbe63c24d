"""Reads one bank file: text in, checked questions and every mistake with its place out."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mlprep.core import schema
from mlprep.core.checks import check_question, judged_parts
from mlprep.core.mistake import Mistake
from mlprep.core.nodes import (
    Mapping,
    Node,
    Place,
    Scalar,
    Sequence,
    YamlError,
    compose,
    split_lines,
)
from mlprep.core.reader import Reader
from mlprep.core.rubric import point_key
from mlprep.core.text import count, did_you_mean, one_line

MOST_MISTAKES = 200


@dataclass(slots=True)
class Entry:
    """One question as checked plain data, with the places of what other banks may contradict."""

    mapping: dict[str, Any]
    place: Place
    places: dict[str, list[Place]] = field(default_factory=dict)  # of each requires and formerly


@dataclass(slots=True)
class BankFile:
    """What one file holds. broken: its YAML or its head cannot be used, so none of it is."""

    head: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    left_out: int = 0  # questions with a mistake
    broken: bool = False
    is_bank: bool = True  # False: a file of mock formats


def parse_bank(text: str, *, thorough: bool = False, pure: bool = False) -> BankFile:
    """Parse a bank. thorough: check every draw of an estimate, or 200, not only the extremes.

    pure: use PyYAML's Python parser. Raises nothing: what is wrong is in the result.
    """
    file = BankFile()
    end: Mistake | None = None  # where YAML breaks off
    try:
        root, refused = compose(text, pure=pure)
    except YamlError as error:
        root, refused, end = error.root, error.refused, error.mistake
    if isinstance(root, Mapping) and root.key("formats") and not root.key("bank"):
        file.is_bank = False
        return file
    reader = Reader(split_lines(text))
    if end is None:
        _read_file(root, file, reader, refused, thorough)
    else:
        _read_before(root, reader, thorough)
        refused.append(end)
        file.broken = True
    file.mistakes = _sorted(reader.mistakes + refused, reader.said + len(refused))
    return file


def _sorted(mistakes: list[Mistake], total: int) -> list[Mistake]:
    """Return mistakes in the order of the file; of more than `MOST_MISTAKES` the number."""
    mistakes = sorted(mistakes, key=lambda m: (m.line, m.column))
    rest = mistakes[MOST_MISTAKES:]
    if not rest:
        return mistakes
    warning = all(m.warning for m in rest)
    more = count(total - MOST_MISTAKES, "more warning" if warning else "more mistake")
    return [
        *mistakes[:MOST_MISTAKES],
        Mistake(rest[0].line, rest[0].column, f"and {more}", warning),
    ]


def _read_before(root: Node | None, reader: Reader, thorough: bool) -> None:
    """Note what is wrong in the questions that were whole before YAML broke off."""
    questions = root.get("questions") if isinstance(root, Mapping) else None
    if isinstance(questions, Sequence):
        for node in questions.items[:-1]:
            _read_question(node, reader, thorough)


def _read_file(
    root: Node | None, file: BankFile, reader: Reader, refused: list[Mistake], thorough: bool
) -> None:
    if not isinstance(root, Mapping):
        place: Node = root or Scalar("", 1, 1)
        reader.say(place, "a bank starts with 'bank: an-id' and holds 'questions:';"
                   " mlprep bank new writes an example")  # fmt: skip
        file.broken = True
        return
    questions = root.get("questions")
    head = Mapping(root.line, root.column, root.flow, {**root.named})
    head.named.pop("questions", None)
    file.head = reader.table(head, schema.BANK, "the file", "this bank") or {}
    nodes = questions.items if isinstance(questions, Sequence) else []
    if not nodes:
        place = root.key("questions") or root
        reader.say(place, "'questions' must list at least one question, each starting with '- id:'")
    spans = _spans(questions) if isinstance(questions, Sequence) else []
    hurt = [_span_of(mistake, spans) for mistake in refused]
    file.broken = reader.errors > 0 or None in hurt
    _read_questions(nodes, file, reader, set(hurt), thorough)


def _spans(questions: Sequence) -> list[Place]:
    """Return where each question starts, and where the last one ends."""
    return [*((node.line, node.column) for node in questions.items), questions.end]


def _span_of(mistake: Mistake, spans: list[Place]) -> int | None:
    """Return the number of the question in which a mistake stands."""
    number = bisect_right(spans, (mistake.line, mistake.column)) - 1
    return number if 0 <= number < len(spans) - 1 else None


def _read_questions(
    nodes: list[Node], file: BankFile, reader: Reader, hurt: set[int | None], thorough: bool
) -> None:
    """Read each question; leave out those with a mistake. hurt: positions with refused YAML."""
    ids: dict[str, int] = {}
    for position, node in enumerate(nodes):
        if reader.is_full and reader.errors:
            file.broken = True  # no bank that anyone drills; what follows may be millions
            return
        before = reader.errors
        mapping = _read_question(node, reader, thorough)
        name = mapping.get("id") if mapping else None
        if name in ids:
            place = node.get("id") if isinstance(node, Mapping) else None
            reader.say(place or node, f"question '{name}' stands already in line {ids[name]};"
                       " give one of them another id")  # fmt: skip
        if mapping is None or reader.errors > before or position in hurt:
            file.left_out += 1
            continue
        ids[mapping["id"]] = node.line
        for part, _ in judged_parts(mapping):  # here, once, and not at every start
            for point in part.get("rubric", ()):
                point["key"] = point_key(point)
        file.entries.append(
            Entry(mapping, (node.line, node.column), dict(_places(node)))  # type: ignore[arg-type]
        )


def _read_question(node: Any, reader: Reader, thorough: bool) -> dict[str, Any] | None:
    if not isinstance(node, Mapping):
        reader.say(node, "a question must be a mapping that starts with '- id:'")
        return None
    given, named = node.get("kind"), node.get("id")
    kind = schema.kind_of(
        given.text.strip() if isinstance(given, Scalar) else None,
        judged=node.key("rubric") is not None,
    )
    name = one_line(named.text, 40) if isinstance(named, Scalar) and named.text else ""
    owner = f"question '{name}'" if name else "this question"
    mapping = reader.table(node, kind.table, "a question", owner)
    if mapping is None:
        return None
    if not kind.known:
        reader.say(given or node, f"unknown kind '{one_line(kind.name, 40)}'"
                   + (did_you_mean(kind.name, schema.KINDS)
                      or f"; one of {', '.join(schema.KINDS)}"))  # fmt: skip
        return mapping
    mapping["kind"] = kind.name
    check_question(mapping, node, reader, thorough=thorough)
    return mapping


def _places(node: Mapping) -> Iterator[tuple[str, list[Place]]]:
    for name in ("requires", "formerly"):
        value = node.get(name)
        if isinstance(value, Sequence):
            yield name, [(item.line, item.column) for item in value.items]
        elif value is not None:
            yield name, [(value.line, value.column)]
