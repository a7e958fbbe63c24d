"""Questions, and the items that are scheduled."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mlprep.core.rubric import Level, Point

JUDGED_KINDS = ("open", "story", "design")  # by points that the candidate ticks
MEASURED_KINDS = ("choice", "order", "estimate")  # by the program


class BankHead(NamedTuple):
    """What a bank says once for all its questions."""

    id: str
    title: str = ""
    topic: str = ""
    level: str = "senior"
    weight: float = 1
    dimension: str = "systems"

    def topic_of(self, topic: str | None) -> str:
        """Return a question's topic below the bank's."""
        prefix = self.topic or self.id
        if not topic or topic == prefix:
            return prefix
        return topic if topic.startswith(prefix + "/") else f"{prefix}/{topic}"


class Item(NamedTuple):
    """The unit that is scheduled: a question, or one phase of a design question."""

    key: str
    question: str  # key of the question
    kind: str
    topic: str
    level: Level
    weight: float
    minutes: float  # time box
    dimension: str
    tags: tuple[str, ...]
    requires: tuple[str, ...]  # item keys that come first, phases of a case before it too

    @property
    def field(self) -> str:
        """Return the first segment of the topic."""
        return self.topic.partition("/")[0]

    @property
    def bank(self) -> str:
        """Return the bank's id."""
        return self.key.partition("/")[0]

    @property
    def name(self) -> str:
        """Return the key without its bank."""
        return self.key.partition("/")[2]


class Option(NamedTuple):
    """One answer of a choice question."""

    text: str
    correct: bool
    why: str


class FollowUp(NamedTuple):
    """Where an interviewer would push. when: the point that it digs for."""

    ask: str
    look_for: str = ""
    when: str = ""


class Fact(NamedTuple):
    """What the interviewer of a design case says when asked."""

    about: tuple[str, ...]
    say: str


class Case(NamedTuple):
    """What stands around a phase of a design question."""

    prompt: str
    facts: tuple[Fact, ...]
    assume: str


class Question(NamedTuple):
    """One entry of a bank, or one phase of a design entry. Keys of other kinds are empty."""

    key: str
    kind: str
    prompt: str
    topic: str
    level: Level
    weight: float
    minutes: float
    dimension: str
    tags: tuple[str, ...] = ()
    title: str = ""
    answer: str = ""
    hints: tuple[str, ...] = ()
    rubric: tuple[Point, ...] = ()
    red_flags: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    sources: tuple[str, ...] = ()
    arithmetic: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    steps: tuple[str, ...] = ()
    given: Mapping[str, Any] | None = None  # as the bank writes it; core.estimate draws from it
    compute: str = ""
    unit: str = ""
    tolerance: str = ""
    phases: tuple["Question", ...] = ()
    case: Case | None = None

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any], head: BankHead) -> "Question":
        """Build a question from checked bank data: the one constructor, for parser and cache."""
        question = cls(
            key=f"{head.id}/{mapping['id']}",
            kind=mapping["kind"],
            prompt=mapping["prompt"],
            topic=head.topic_of(mapping.get("topic")),
            level=Level.of(mapping.get("level") or head.level),
            weight=mapping.get("weight") or head.weight,
            minutes=_minutes(mapping),
            dimension=mapping.get("dimension") or head.dimension,
            tags=_texts(mapping, "tags"),
            answer=mapping.get("answer", ""),
            hints=_texts(mapping, "hint"),
            sources=_texts(mapping, "sources"),
            arithmetic=_texts(mapping, "arithmetic"),
            options=tuple(
                Option(o["text"], o.get("correct", False), o.get("why", ""))
                for o in mapping.get("options", ())
            ),
            steps=_texts(mapping, "steps"),
            given=mapping.get("given"),
            compute=mapping.get("compute", ""),
            unit=mapping.get("unit", ""),
            tolerance=mapping.get("tolerance", ""),
            **_judged(mapping),
        )
        if question.kind == "estimate":
            return question._replace(answer=_joined(mapping, "solution", "answer"))
        return question._replace(phases=_phases(mapping, question))

    def part(self, item: str) -> "Question":
        """Return what is asked for an item of this question: itself, or the phase."""
        return next((phase for phase in self.phases if phase.key == item), self)

    @property
    def correct(self) -> frozenset[int]:
        """Return the indices of the right options."""
        return frozenset(i for i, option in enumerate(self.options) if option.correct)


def item_heads(mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what scheduling needs of each item of a question, in order, as plain data."""
    light = ("id", "kind", "topic", "level", "weight", "dimension", "tags", "requires", "formerly")
    head = {key: mapping[key] for key in light if key in mapping}
    head["minutes"] = _minutes(mapping)
    if mapping["kind"] != "design":
        return [head]
    return [
        {
            **head,
            "phase": phase["id"],
            **{k: phase[k] for k in ("minutes", "level", "weight", "dimension") if k in phase},
        }
        for phase in _phase_mappings(mapping)
    ]


def _phases(mapping: Mapping[str, Any], case: Question) -> tuple[Question, ...]:
    facts = tuple(Fact(tuple(f["about"]), f["say"]) for f in mapping.get("facts", ()))
    return tuple(
        case._replace(
            key=f"{case.key}/{phase['id']}",
            prompt=phase["ask"],
            title=phase["title"],
            level=Level.of(phase["level"]) if "level" in phase else case.level,
            weight=phase.get("weight", case.weight),
            minutes=phase["minutes"],
            dimension=phase.get("dimension", case.dimension),
            answer=phase["answer"],
            hints=_texts(phase, "hint"),
            sources=_texts(phase, "sources") or case.sources,
            arithmetic=_texts(phase, "arithmetic"),
            case=Case(case.prompt, facts, phase.get("assume", "")),
            **_judged(phase),
        )
        for phase in _phase_mappings(mapping)
    )


def _phase_mappings(mapping: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the phases in the order in which they run, the change of requirements among them."""
    phases: list[Mapping[str, Any]] = []
    change = mapping.get("change")
    for phase in mapping.get("phases", ()):
        phases.append(phase)
        if change and change["after"] == phase["id"]:
            title = "Change of requirements"
            phases.append({**change, "id": "change", "title": title, "ask": change["say"]})
    return phases


def _judged(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rubric": tuple(Point.from_mapping(p) for p in mapping.get("rubric", ())),
        "red_flags": _texts(mapping, "red_flags"),
        "follow_ups": tuple(
            FollowUp(f["ask"], f.get("look_for", ""), f.get("when", ""))
            for f in mapping.get("follow_ups", ())
        ),
    }


def _minutes(mapping: Mapping[str, Any]) -> float:
    if mapping["kind"] == "design":
        return sum(float(phase["minutes"]) for phase in mapping["phases"])
    minutes: float = mapping["minutes"]
    return minutes


def _texts(mapping: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(mapping.get(key, ()))


def _joined(mapping: Mapping[str, Any], *keys: str) -> str:
    return "\n\n".join(mapping[key] for key in keys if mapping.get(key))
