"""Reads answers given as lines: letters, ticks, quantities. Plain mode and scripts share it."""

from mlprep.session.ask import LETTERS, Ask


class UnreadableError(Exception):
    """A line that cannot be taken; its text says what can."""


def read_letters(ask: Ask, text: str) -> str:
    """Return the letters of options, or of all steps in order, however they were given.

    Raises UnreadableError.
    """
    known = LETTERS[: len(ask.order)]
    words = text.lower().replace(",", " ").split()
    if len(words) == 1 and not words[0].isdecimal():
        words = list(words[0])
    numbers = {str(number): letter for number, letter in enumerate(known, start=1)}
    letters = [numbers.get(word, word) for word in words]
    in_order = ask.question.kind == "order"
    right_count = len(letters) == len(known) if in_order else bool(letters)
    if not right_count or len(set(letters)) != len(letters) or not set(letters) <= set(known):
        what = "all letters in order, e.g. " + known[::-1] if in_order else "letters, e.g. b or a,c"
        raise UnreadableError(f"give {what}")
    return "".join(letters if in_order else sorted(letters))


def read_ticks(ask: Ask, text: str) -> tuple[dict[str, bool], frozenset[int]]:
    """Return the marks of all points and the red flags that were said; `-` ticks none.

    Raises UnreadableError.
    """
    words = text.lower().replace(",", " ").split()
    numbers = {str(n): point.key for n, point in enumerate(ask.points, start=1)}
    flags = {f"f{n}": n - 1 for n in range(1, len(ask.question.red_flags) + 1)}
    said = [word for word in words if word != "-"]
    if not words or not set(said) <= {*numbers, *flags}:
        raise UnreadableError("give numbers, e.g. 1,3 or 1,f1, or - for none")
    marks = {key: number in said for number, key in numbers.items()}
    return marks, frozenset(flags[word] for word in said if word in flags)


def read_value(text: str, unit: str) -> tuple[float, str]:
    """Return the value of a quantity in a unit, and how it was read. Raises UnreadableError."""
    from mlprep.core.quantity import QuantityError, format_quantity, parse_quantity

    try:
        value = parse_quantity(text, unit)
    except QuantityError as error:
        raise UnreadableError(str(error)) from None
    return value, f"read as {format_quantity(value, unit)}"
