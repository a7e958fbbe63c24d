"""What must hold inside one question beyond the types of its keys."""

from collections.abc import Iterator
from typing import Any

from mlprep.core.estimate import (
    Given,
    TemplateError,
    Tolerance,
    check_equation,
    draws_to_check,
    fill,
    true_value,
)
from mlprep.core.expression import ExpressionError, names_in
from mlprep.core.nodes import Mapping, Node, Scalar, Sequence
from mlprep.core.quantity import QuantityError, unit_of
from mlprep.core.reader import Reader
from mlprep.core.text import did_you_mean, one_line

MOST_LETTERS = 7  # a to g pick an option
_TEMPLATES = ("prompt", "hint", "solution", "answer")


def check_question(
    mapping: dict[str, Any], node: Mapping, reader: Reader, *, thorough: bool
) -> None:
    """Note every mistake of meaning.

    mapping: what could be read of the question, None for the rest.
    thorough: check an estimate over every draw, or 200, instead of its extremes.
    """
    kind = mapping["kind"]
    if kind == "choice":
        _check_choice(mapping, node, reader)
    elif kind == "order":
        _check_order(mapping, node, reader)
    elif kind == "estimate":
        _check_estimate(mapping, node, reader, 200 if thorough else 2)
    elif kind == "design":
        _check_design(mapping, node, reader)
    for part, place in _judged_parts(mapping, node):
        _check_points(part, place, reader)
        if thorough:
            _check_arithmetic(part, place, reader)
    for key in ("requires", "formerly"):
        if mapping.get("id") in (mapping.get(key) or ()):
            reader.say(node.get(key) or node, f"'{key}' names the question itself; remove it")


def node_at(node: Node, *path: str | int) -> Node:
    """Return the node at a path of keys and indices, or the nearest one above it."""
    for step in path:
        below: Node | None = None
        if isinstance(step, str) and isinstance(node, Mapping):
            below = node.get(step)
        elif isinstance(step, int) and isinstance(node, Sequence) and step < len(node.items):
            below = node.items[step]
        if below is None:
            return node
        node = below
    return node


def judged_parts(mapping: dict[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[str | int, ...]]]:
    """Yield the question, or each phase and the change of a design, with its path."""
    if mapping["kind"] != "design":
        yield mapping, ()
        return
    for index, phase in enumerate(mapping.get("phases") or ()):
        if phase:
            yield phase, ("phases", index)
    if mapping.get("change"):
        yield mapping["change"], ("change",)


def _judged_parts(mapping: dict[str, Any], node: Node) -> Iterator[tuple[dict[str, Any], Node]]:
    for part, path in judged_parts(mapping):
        yield part, node_at(node, *path)


def _check_choice(mapping: dict[str, Any], node: Mapping, reader: Reader) -> None:
    options = mapping.get("options") or []
    place = node.key("options") or node
    unread = any(option is None or option["correct"] is None for option in options)
    if options and not unread and not any(option["correct"] for option in options):
        reader.say(place, "no option is correct; add 'correct: true' to the right one")
    _check_letters(options, place, "options", reader)
    _check_different([(o or {}).get("text") for o in options], node, "options", reader)


def _check_order(mapping: dict[str, Any], node: Mapping, reader: Reader) -> None:
    steps = mapping.get("steps") or []
    _check_letters(steps, node.key("steps") or node, "steps", reader)
    _check_different(steps, node, "steps", reader)


def _check_letters(values: list[Any], place: Node, what: str, reader: Reader) -> None:
    if len(values) > MOST_LETTERS:
        reader.say(place, f"{len(values)} {what}, but the keys a to g pick at most {MOST_LETTERS};"
                   " leave some out")  # fmt: skip


def _check_different(texts: list[Any], node: Mapping, key: str, reader: Reader) -> None:
    for index in _repeated(texts):
        reader.say(node_at(node, key, index), f"these {key} are the same; change or remove one")


def _repeated(values: list[Any]) -> Iterator[int]:
    """Yield where a value stands that stood before; None does not count."""
    seen = {None}
    for index, value in enumerate(values):
        if value is not None and value in seen:
            yield index
        seen.add(value)


def _check_estimate(mapping: dict[str, Any], node: Mapping, reader: Reader, limit: int) -> None:
    before = reader.errors
    given: dict[str, Given] = {}
    for name, draws in (mapping.get("given") or {}).items():
        try:
            if _is_whole(draws):
                given[name] = Given.from_mapping(draws)
        except ValueError as error:
            reader.say(node_at(node, "given", name), f"'{name}': {error}")
    if "answer" in given:
        reader.say(node_at(node, "given", "answer"), "'answer' is the result; use another name")
    _try(
        reader,
        node.get("tolerance"),
        lambda: Tolerance.from_text(mapping.get("tolerance") or "10%"),
    )
    unit = mapping.get("unit")
    _try(reader, node.get("unit"), lambda: unit and unit_of(unit))
    compute = mapping.get("compute")
    if reader.errors > before or not (given and compute and unit):
        return
    place = node.get("compute") or node
    try:
        for name in sorted(names_in(compute) - set(given)):
            near = did_you_mean(name, given)
            reader.say(place, f"'compute': '{one_line(name, 60)}' is not given{near}")
        if reader.errors == before:
            _check_draws(mapping, node, given, reader, limit)
    except ExpressionError as error:
        reader.say(place, f"'compute': {error}")


def _is_whole(draws: Any) -> bool:
    """Return whether an input was read without a mistake."""
    if isinstance(draws, dict):
        return "low" in draws and "high" in draws and None not in draws.values()
    return bool(draws) and None not in draws


def _check_draws(
    mapping: dict[str, Any], node: Mapping, given: dict[str, Given], reader: Reader, limit: int
) -> None:
    """Compute every draw, or `limit` of them, and fill every text; the first failure is enough."""
    for inputs in draws_to_check(given, limit):
        shown = one_line(", ".join(f"{name} = {value:g}" for name, value in inputs.items()))
        try:
            answer = true_value(mapping["compute"], inputs)
        except ExpressionError as error:
            reader.say(node.get("compute") or node, f"'compute': {error}, with {shown}")
            return
        failed = False
        for key in _TEMPLATES:
            for text in _texts(mapping.get(key)):
                try:
                    fill(text, inputs, answer, mapping["unit"])
                except (TemplateError, ExpressionError) as error:
                    reader.say(node.get(key) or node, f"'{key}': {error}")
                    failed = True
        if failed:
            return


def _check_design(mapping: dict[str, Any], node: Mapping, reader: Reader) -> None:
    ids = [(phase or {}).get("id") for phase in mapping.get("phases") or ()]
    for index in _repeated(ids):
        place = node_at(node, "phases", index, "id")
        reader.say(place, f"phase '{ids[index]}' stands already above; give one another id")
    if "change" in ids:
        place = node_at(node, "phases", ids.index("change"), "id")
        reader.say(place, "'change' names the change of requirements; use another id")
    known = [name for name in ids if name]
    after = (mapping.get("change") or {}).get("after")
    if after and known and after not in known:
        reader.say(node_at(node, "change", "after"),
                   f"'after' names no phase: '{after}'{did_you_mean(after, known)}")  # fmt: skip


def _check_points(part: dict[str, Any], place: Node, reader: Reader) -> None:
    points = [point or {} for point in part.get("rubric") or ()]
    ids = [point.get("id") for point in points]
    twice = set(_repeated(ids))
    for index in sorted(twice):
        text = f"point id '{ids[index]}' stands already above; give one another id"
        reader.say(node_at(place, "rubric", index, "id"), text)
    for index in _repeated([point.get("point") for point in points]):
        if index not in twice:
            text = "this point stands already above; change or remove one"
            reader.say(node_at(place, "rubric", index), text)
    known = [name for name in ids if name]
    for index, follow_up in enumerate(part.get("follow_ups") or ()):
        when = (follow_up or {}).get("when")
        if when and when not in known:
            reader.say(
                node_at(place, "follow_ups", index, "when"),
                f"'when' names no point id of this rubric: '{when}'{did_you_mean(when, known)}",
            )


def _check_arithmetic(part: dict[str, Any], place: Node, reader: Reader) -> None:
    for index, equation in enumerate(part.get("arithmetic") or ()):
        wrong = equation and check_equation(equation)
        if wrong:
            reader.say(node_at(place, "arithmetic", index), f"'arithmetic': {wrong}")


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for text in value if text]
    return [value] if value else []


def _try(reader: Reader, place: Node | None, check: Any) -> None:
    try:
        check()
    except (QuantityError, ValueError) as error:
        reader.say(place or Scalar("", 1, 1), str(error))
