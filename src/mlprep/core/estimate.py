"""The draws, templates, tolerances and stated equations of estimate questions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlprep.core.expression import (
    ExpressionError,
    did_you_mean,
    evaluate,
    format_whole,
    quoted,
    rounded_to_show,
)
from mlprep.core.quantity import format_quantity, stated_number

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

_SLACK = 1e-9  # relative; a value that is exactly 10 % off is within 10 %
_PLACE = r"\{(?:(?P<name>[A-Za-z_]\w*)|=(?P<expression>[^{}]*))\}"


class TemplateError(ValueError):
    """A place in a text that cannot be filled."""


class Given(NamedTuple):
    """What one input of a question is drawn from, its ends included."""

    values: tuple[float, ...]  # the list to draw from; empty for a range
    low: float  # the least and the largest that can be drawn
    high: float
    step: float  # of a range; 0 for a list, and for a range drawn by its logarithm

    @classmethod
    def from_mapping(cls, raw: object) -> Given:
        """Return the reading of a list of numbers, {low, high, step} or {low, high, log: true}.

        Raises ValueError.
        """
        if isinstance(raw, Mapping):
            return cls._from_range(raw)
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
            raise ValueError("an input is a list of numbers, or has low, high and step or log")
        if not raw:
            raise ValueError("the list to draw from is empty")
        values = tuple(_shown(_number(value, "a value of the list")) for value in raw)
        return cls(values, min(values), max(values), 0)

    @classmethod
    def _from_range(cls, raw: Mapping[str, object]) -> Given:
        if raw.get("low") is None or raw.get("high") is None:
            raise ValueError("a range needs low and high")
        low, high = _number(raw["low"], "low"), _number(raw["high"], "high")
        log, stepped = raw.get("log") is True, raw.get("step") is not None
        step = _number(raw["step"], "step") if stepped else 0
        mistakes = (
            (low > high, f"low, {low:g}, is above high, {high:g}"),
            (log and stepped, "a range has step or log, not both"),
            (not log and not stepped, "a range needs step, or log: true"),
            (log and low <= 0, "a range drawn by its logarithm needs low above 0"),
            (stepped and step <= 0, "step is not above 0"),
            (stepped and step * 1e12 < high - low, "step is too small for the range"),
        )
        for wrong, sentence in mistakes:
            if wrong:
                raise ValueError(sentence)
        # The last step is taken even when it misses high by a rounding error.
        last = low + step * math.floor((high - low) / step + _SLACK) if stepped else high
        return cls((), low, last, step)

    @property
    def many(self) -> int | None:
        """How many values there are to draw; None for a range drawn by its logarithm."""
        steps = round((self.high - self.low) / self.step) + 1 if self.step else None
        return len(self.values) or steps

    def at(self, place: float) -> float:
        """Return the value at a place in [0, 1) of what can be drawn."""
        if self.many is not None:
            index = int(place * self.many)
            return self.values[index] if self.values else _shown(self.low + index * self.step)
        logarithm = (1 - place) * math.log(self.low) + place * math.log(self.high)
        value = min(max(rounded_to_show(math.exp(logarithm)), self.low), self.high)
        whole = float(self.low).is_integer() and float(self.high).is_integer()
        return _shown(round(value) if whole else value)


def draw(given: Mapping[str, Given], rng: random.Random) -> dict[str, float]:
    """Return one value for each input; integers stay int, others have three significant digits.

    A range by logarithm between two integers draws integers.
    """
    # Only random() gives the same numbers for a stored seed on every version of Python.
    return {name: source.at(rng.random()) for name, source in given.items()}


def draws_to_check(given: Mapping[str, Given], limit: int = 200) -> Iterator[dict[str, float]]:
    """Yield every combination of inputs when there are at most `limit`, else `limit` of them.

    All-low and all-high are always among them; the same ones come every time.
    """
    import itertools
    import random

    counts = [source.many for source in given.values()]
    if None not in counts and math.prod(count or 1 for count in counts) <= limit:
        places = [[(i + 0.5) / (count or 1) for i in range(count or 1)] for count in counts]
        for combination in itertools.product(*places):
            yield {n: s.at(p) for (n, s), p in zip(given.items(), combination, strict=True)}
        return
    yield {name: _shown(source.low) for name, source in given.items()}
    yield {name: _shown(source.high) for name, source in given.items()}
    rng = random.Random(0)
    for _ in range(limit - 2):
        yield draw(given, rng)


def true_value(compute: str, inputs: Mapping[str, float]) -> float:
    """Return the answer to the drawn inputs, in the question's unit.

    Raises ExpressionError, also for 0: no typed value is within 10 % of it.
    """
    value = evaluate(compute, inputs)
    if value == 0:
        raise ExpressionError("the result is 0, against which no answer can be judged")
    return value


def fill(text: str, inputs: Mapping[str, float], answer: float | None, unit: str) -> str:
    """Return a text with `{name}`, `{answer}` and `{= expression}` filled in; other braces stay.

    answer: in `unit`; None where it may not be told yet. Raises TemplateError.
    """

    def filled(place: re.Match[str]) -> str:
        name, expression = place["name"], place["expression"]
        if expression is not None:
            try:
                return format_whole(evaluate(expression, inputs))
            except ExpressionError as error:
                raise TemplateError(f"in {quoted(place[0])}: {error}") from None
        if name in inputs:
            return format_whole(inputs[name])
        if name != "answer":
            hint = did_you_mean(name, [*inputs, "answer"])
            raise TemplateError(f"'{{{name[:60]}}}' is not given{hint}")
        if answer is None:
            raise TemplateError("'{answer}' would tell the answer here")
        return format_quantity(answer, unit)

    return re.sub(_PLACE, filled, text)


class Tolerance(NamedTuple):
    """How far from the true value an answer may be."""

    amount: float  # a share in (0, 1], or a factor in (1, 100]
    by_factor: bool

    @classmethod
    def from_text(cls, text: str) -> Tolerance:
        """Return the tolerance that `10%` or `x2` names.

        Raises ValueError.
        """
        found = re.fullmatch(r"\s*([xX×]?)\s?([0-9]{1,9}(?:\.[0-9]{1,9})?)\s?(%?)\s*", str(text))
        if found is None or bool(found[1]) == bool(found[3]):
            raise ValueError(f"{quoted(text)} is not a tolerance; write 10% or x2")
        amount = float(found[2])
        if found[1] and not 1 < amount <= 100:
            raise ValueError(f"{quoted(text)} is not a factor above 1 and at most 100")
        if found[3] and not 0 < amount <= 100:
            raise ValueError(f"{quoted(text)} is not above 0 % and at most 100 %")
        return cls(amount if found[1] else amount / 100, bool(found[1]))

    def holds(self, value: float, true: float) -> bool:
        """Return whether a value is within the tolerance; zero and a wrong sign never are."""
        return self._within(value, true, self.amount)

    def nearly(self, value: float, true: float) -> bool:
        """Return whether a value is within twice the tolerance, or within the factor squared."""
        return self._within(value, true, self.amount**2 if self.by_factor else 2 * self.amount)

    def _within(self, value: float, true: float, amount: float) -> bool:
        ratio = value / true if true else math.inf
        if not 0 < ratio < math.inf:
            return False
        if self.by_factor:
            return max(ratio, 1 / ratio) <= amount * (1 + _SLACK)
        return abs(ratio - 1) <= amount + _SLACK

    @property
    def text(self) -> str:
        """The tolerance in words: `within 10 %`, `within a factor of 2`."""
        how_far = f"a factor of {self.amount:g}" if self.by_factor else f"{100 * self.amount:g} %"
        return f"within {how_far}"


def off_by(value: float, true: float, unit: str) -> str:
    """Return how far a value is off: `22 % is 1.23 times 17.9 %`."""
    mine, right = format_quantity(value, unit), format_quantity(true, unit)
    ratio = value / true if true else math.inf
    if ratio == 0 or not math.isfinite(ratio):
        return f"{mine}, not {right}"
    if ratio < 0:
        return f"{mine} has the wrong sign; it is {right}"
    if mine == right:
        return f"{mine} is right to three digits"
    if 0.1 <= ratio <= 1000:
        return f"{mine} is {format_whole(ratio)} times {right}"
    times = max(ratio, 1 / ratio)
    shown = format_whole(times) if times < 1e6 else "over a million"
    return f"{mine} is {shown} times too {'high' if ratio > 1 else 'low'}; it is {right}"


def check_equation(equation: str) -> str | None:
    """Return None when an equation holds within 2 % or its own `+- 5%`, else one sentence.

    In a chain `a = b = c` each part is compared with the first.
    """
    if len(equation) > 1000:
        return f"{quoted(equation)} is longer than 1000 characters"
    parts, share = _equation_parts(equation)
    if len(parts) < 2 or not all(parts):
        return f"{quoted(equation)} is no equation; write '16 * 70e9 / 64 = 17.5e9 bytes'"
    if not 0 < share <= 1:
        return f"{quoted(equation)} has a tolerance that is not above 0 % and at most 100 %"
    try:
        readings = [_readings(part) for part in parts]
    except ExpressionError as error:
        return str(error)
    for part, values in zip(parts[1:], readings[1:], strict=True):
        if not any(abs(b - a) <= (share + _SLACK) * abs(a) for a in readings[0] for b in values):
            left, right = quoted(parts[0])[1:-1], quoted(part)[1:-1]
            return f"{left} gives {_engineering(readings[0][0])}, not {right}"
    return None


def equation_numbers(equation: str) -> list[str]:
    """Return the numbers with their units that stand on the right sides, as written."""
    stated = [stated_number(part) for part in _equation_parts(equation)[0][1:]]
    return [found[0] for found in stated if found]


def _equation_parts(equation: str) -> tuple[list[str], float]:
    """Return the sides of an equation and its tolerance as a share."""
    found = re.search(r"(?:\+-|\+/-|±)\s?([0-9]{1,9}(?:\.[0-9]{1,9})?)\s?%\s*$", equation)
    sides = equation[: found.start()] if found else equation
    parts = re.split(r"[=≈~][=≈~\s]*", sides.strip())
    return [" ".join(part.split()) for part in parts], float(found[1]) / 100 if found else 0.02


def _readings(part: str) -> list[float]:
    """Return what a side can mean: a number in its unit or without it, or an expression's value.

    Raises ExpressionError.
    """
    plain = part.translate(str.maketrans("×·÷−", "**/-")).replace("^", "**")
    plain = re.sub(r"(?<=[0-9)]) ?x ?(?=[0-9(])", " * ", plain)
    if not re.search("min|max", plain):  # min(1,200) has two numbers
        plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain)
    try:
        return [evaluate(plain, {})]  # first: `32 / sqrt(256)` is no number with a unit
    except ExpressionError:
        if stated := stated_number(part):
            return stated[1]
        without_unit = re.match(r"(.*[0-9)]) ?[A-Za-z%$][^()0-9*+^<>]*$", plain)
        if without_unit is None:
            raise
        return [evaluate(without_unit[1], {})]


def _engineering(value: float) -> str:
    """Return four significant digits with an exponent that is a multiple of 3: `17.5e9`."""
    if value == 0 or 1e-3 <= abs(value) < 1e6:
        return f"{float(f'{value:.4g}'):,.10g}"
    exponent = 3 * math.floor(math.log10(abs(value)) / 3)
    return f"{value / 10.0**exponent:.4g}e{exponent}"


def _number(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        raise ValueError(f"{what} is not a number: {quoted(value)}")
    return value


def _shown(value: float) -> float:
    """Return the number that is both shown and computed with."""
    value = value if isinstance(value, int) else float(f"{value:.12g}")  # 0.1 + 0.2 is 0.3
    rounded = value if float(value).is_integer() else rounded_to_show(value)
    return int(rounded) if float(rounded).is_integer() and abs(rounded) < 1e15 else rounded
