"""Reads one bank file: text in, checked questions and every mistake with its place out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mlprep.core import schema
from mlprep.core.checks import check_question, judged_parts
from mlprep.core.mistake import Mistake
from mlprep.core.nodes import Mapping, Scalar, Sequence, YamlError, compose, split_lines
from mlprep.core.reader import Reader
from mlprep.core.rubric import point_key
from mlprep.core.text import count, did_you_mean, one_line

Place = tuple[int, int]  # line and column, from 1
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
    try:
        root, refused = compose(text, pure=pure)
    except YamlError as error:
        file.mistakes.append(error.mistake)
        file.broken = True
        return file
    except RecursionError:
        file.mistakes.append(Mistake(1, 1, "nested too deeply; flatten it"))
        file.broken = True
        return file
    reader = Reader(split_lines(text))
    reader.mistakes += refused
    if isinstance(root, Mapping) and root.key("formats") is not None and not root.key("bank"):
        file.is_bank = False
        return file
    _read_file(root, file, reader, {m.line for m in refused}, thorough)
    file.mistakes = sorted(reader.mistakes, key=lambda m: (m.line, m.column))
    if len(file.mistakes) > MOST_MISTAKES:
        more = count(len(file.mistakes) - MOST_MISTAKES, "more mistake")
        last = file.mistakes[MOST_MISTAKES]
        file.mistakes[MOST_MISTAKES:] = [Mistake(last.line, last.column, f"and {more}")]
    return file


def _read_file(
    root: Any, file: BankFile, reader: Reader, refused: set[int], thorough: bool
) -> None:
    if not isinstance(root, Mapping):
        place = root or Scalar("", 1, 1)
        reader.say(place, "a bank starts with 'bank: an-id' and holds 'questions:';"
                   " mlprep bank new writes an example")  # fmt: skip
        file.broken = True
        return
    questions = root.get("questions")
    head = Mapping(root.line, root.column, root.flow)
    head.entries = [entry for entry in root.entries if entry[0].text != "questions"]
    before = reader.errors
    file.head = reader.table(head, schema.BANK, "the file", "this bank") or {}
    if not isinstance(questions, Sequence) or not questions.items:
        place = root.key("questions") or root
        reader.say(place, "'questions' must list at least one question, each starting with '- id:'")
    file.broken = reader.errors > before or any(
        m.line <= (questions.line if questions else 0) and m.line in refused
        for m in reader.mistakes
        if not m.warning
    )
    if isinstance(questions, Sequence):
        _read_questions(questions, file, reader, refused, thorough)


def _read_questions(
    questions: Sequence, file: BankFile, reader: Reader, refused: set[int], thorough: bool
) -> None:
    ids: dict[str, int] = {}
    ends = [item.line for item in questions.items[1:]] + [1 << 60]
    for node, end in zip(questions.items, ends, strict=True):
        before = reader.errors
        mapping = _read_question(node, reader, thorough)
        name = mapping.get("id") if mapping else None
        if name in ids:
            place = node.get("id") if isinstance(node, Mapping) else None
            reader.say(place or node, f"question '{name}' stands already in line {ids[name]};"
                       " give one of them another id")  # fmt: skip
        if mapping is None or reader.errors > before or any(node.line <= n < end for n in refused):
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
