"""Bank format 1 as data: which keys each kind of question has, with type, bounds and default.

The parser, its did-you-mean and its messages come from these tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LEVELS = ("senior", "staff", "principal")
DIMENSIONS = (
    "framing",
    "numbers",
    "data",
    "modeling",
    "systems",
    "evaluation",
    "reliability",
    "tradeoffs",
)


@dataclass(frozen=True, slots=True)
class Text:
    """Any text that is not empty."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """Lower-case letters, digits and hyphens; slashes between up to `parts` of them."""

    parts: int = 1


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number between two bounds, both inclusive."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at least `least`; with `lone`, one value may stand for a list of one."""

    of: "Type"
    least: int = 0
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table. default: what the reader writes where the key is not given."""

    type: "Type"
    required: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with known keys. short: the key that a lone text stands for."""

    noun: str
    keys: Mapping[str, Key]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from free names to values of one type."""

    of: "Type"


@dataclass(frozen=True, slots=True)
class Draws:
    """What an input is drawn from: a list of numbers, or a range."""

    range: Table


Type = Text | Word | Name | Number | Flag | Many | Table | Named | Draws

TEXT, ID, REF, FLAG = Text(), Name(), Name(2), Flag()
ANY_NUMBER = Number(-1e300, 1e300)
MINUTES = Number(0.5, 180)
WEIGHT = Number(0.01, 100)
TEXTS = Many(TEXT, least=1, lone=True)

POINT = Table(
    "point",
    {
        "point": Key(TEXT, required=True),
        "id": Key(ID),
        "cues": Key(TEXTS),
        "weight": Key(WEIGHT, default=1),
        "level": Key(Word(LEVELS)),
    },
    short="point",
)
FOLLOW_UP = Table(
    "follow-up", {"ask": Key(TEXT, required=True), "look_for": Key(TEXT), "when": Key(ID)}, "ask"
)
OPTION = Table(
    "option",
    {
        "text": Key(TEXT, required=True),
        "correct": Key(FLAG, default=False),
        "why": Key(TEXT),
    },
    short="text",
)
FACT = Table("fact", {"about": Key(TEXTS, required=True), "say": Key(TEXT, required=True)})
RANGE = Table(
    "range",
    {
        "low": Key(ANY_NUMBER, required=True),
        "high": Key(ANY_NUMBER, required=True),
        "step": Key(ANY_NUMBER),
        "log": Key(FLAG),
    },
)
_JUDGED = {
    "rubric": Key(Many(POINT, least=1), required=True),
    "red_flags": Key(TEXTS),
    "follow_ups": Key(Many(FOLLOW_UP, least=1)),
}
PHASE = Table(
    "phase",
    {
        "id": Key(ID, required=True),
        "title": Key(TEXT, required=True),
        "minutes": Key(MINUTES, required=True),
        "ask": Key(TEXT, required=True),
        "answer": Key(TEXT, required=True),
        **_JUDGED,
        "assume": Key(TEXT),
        "dimension": Key(Word(DIMENSIONS)),
        "level": Key(Word(LEVELS)),
        "weight": Key(WEIGHT),
        "hint": Key(TEXTS),
        "arithmetic": Key(TEXTS),
        "sources": Key(TEXTS),
    },
)
CHANGE = Table(
    "change",
    {
        "after": Key(ID, required=True),
        "say": Key(TEXT, required=True),
        "minutes": Key(MINUTES, default=5),
        "answer": Key(TEXT, required=True),
        **_JUDGED,
        "dimension": Key(Word(DIMENSIONS)),
        "level": Key(Word(LEVELS)),
        "weight": Key(WEIGHT),
        "hint": Key(TEXTS),
        "arithmetic": Key(TEXTS),
        "sources": Key(TEXTS),
    },
)
_COMMON = {
    "id": Key(ID, required=True),
    "kind": Key(TEXT),
    "prompt": Key(TEXT, required=True),
    "topic": Key(Name(4)),
    "tags": Key(Many(ID, lone=True)),
    "level": Key(Word(LEVELS)),
    "weight": Key(WEIGHT),
    "dimension": Key(Word(DIMENSIONS)),
    "formerly": Key(Many(REF, least=1, lone=True)),
    "requires": Key(Many(REF, least=1, lone=True)),
    "sources": Key(TEXTS),
}


def _kind(minutes: float, **keys: Key) -> Table:
    timed = {
        "minutes": Key(MINUTES, default=minutes),
        "hint": Key(TEXTS),
        "arithmetic": Key(TEXTS),
    }
    return Table("question", {**_COMMON, **timed, **keys})


_ANSWER = Key(TEXT)
KINDS: Mapping[str, Table] = {
    "recall": _kind(1, answer=Key(TEXT, required=True)),
    "choice": _kind(1, options=Key(Many(OPTION, least=2), required=True), answer=_ANSWER),
    "order": _kind(2, steps=Key(Many(TEXT, least=3), required=True), answer=_ANSWER),
    "estimate": _kind(
        3,
        given=Key(Named(Draws(RANGE)), required=True),
        compute=Key(TEXT, required=True),
        unit=Key(TEXT, required=True),
        tolerance=Key(TEXT, default="10%"),
        solution=_ANSWER,
        answer=_ANSWER,
    ),
    "open": _kind(4, answer=Key(TEXT, required=True), **_JUDGED),
    "story": _kind(5, answer=_ANSWER, **_JUDGED),
    "design": Table(
        "question",
        {
            **_COMMON,
            "facts": Key(Many(FACT, least=1)),
            "phases": Key(Many(PHASE, least=2), required=True),
            "change": Key(CHANGE),
        },
    ),
}
BANK = Table(
    "bank",
    {
        "bank": Key(ID, required=True),
        "title": Key(TEXT),
        "topic": Key(Name(4)),
        "level": Key(Word(LEVELS)),
        "weight": Key(WEIGHT),
        "dimension": Key(Word(DIMENSIONS)),
        "questions": Key(Many(Table("question", _COMMON), least=1)),
    },
)


@dataclass(slots=True)
class Kind:
    """The kind of a question as far as it can be told before the question is read."""

    name: str
    table: Table
    known: bool = field(default=True)


def kind_of(name: str | None, *, judged: bool) -> Kind:
    """Return the kind of a question. judged: it has a rubric, which makes open the default."""
    name = name or ("open" if judged else "recall")
    if name in KINDS:
        return Kind(name, KINDS[name])
    every = {key: value for table in KINDS.values() for key, value in table.keys.items()}
    return Kind(name, Table("question", {k: Key(v.type) for k, v in every.items()}), known=False)
