"""Numbers as people write them, and safe arithmetic on them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable, Mapping

MAX_LENGTH = 1000  # characters; the longest shipped expression has about 150
MAX_DEPTH = 100  # levels of the syntax tree; simpleeval spends three stack frames on each
# Only what is arithmetic reaches Python's parser: no strings, 1j, 0x1f, 1_000, %, comparisons.
# Possessive, or a long name before a stray sign would take exponential time.
_LITERAL = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?![\w.])"
_TOKENS = rf"(?:\s|[A-Za-z_]\w*+|{_LITERAL}|[-+*/(),])*+"

# What people type: 1,200  1_200  1.2 e24  1.2 x 10^24  2^30  1/3
_NUMBER = (
    r"(?P<mantissa>[0-9]{1,3}(?P<mark>[ ,_'])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:\s?e(?P<exponent>[-+]?[0-9]{1,4})(?![0-9])"
    r"|\s?[x*]\s?10\s?(?:\^|\*\*)\s?(?P<tens>[-+]?[0-9]{1,4})"
    r"|\s?(?:\^|\*\*)\s?(?P<power>[-+]?[0-9]{1,4})"
    r"|\s?/\s?(?P<divisor>[0-9]+(?:\.[0-9]+)?))?"
)
_ABOUT = r"(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|[~≈=]|\s)*+"
_TYPED = rf"(?i:{_ABOUT}(?P<sign>[-+]?)\s?(?P<dollar>(?:US)?\$)?\s?{_NUMBER})(?P<tail>.*)"


class ExpressionError(ValueError):
    """An expression that is not arithmetic, or whose result is not a number."""


def evaluate(expression: str, names: Mapping[str, float]) -> float:
    """Return the value of an arithmetic expression over the given names.

    log is natural; ceil and floor forgive a rounding error of 1e-12. Raises ExpressionError.
    """
    # simpleeval, because its operators and functions are a closed table of ours and it runs no
    # code of Python's. asteval runs a whole language (loops, imports to switch off); numexpr
    # brings NumPy, and is for arrays. Neither bounds the size of a power.
    from simpleeval import SimpleEval  # type: ignore[import-untyped]

    tree = _parsed(expression)
    for name in _free_names(tree):
        _check_name(name, names)
    evaluator = SimpleEval(operators=_operators(), functions=_functions(), names=dict(names))
    try:
        value = float(evaluator.eval(expression, previously_parsed=tree))
    except ExpressionError:
        raise
    except ZeroDivisionError:
        raise ExpressionError("division by zero") from None
    except OverflowError:
        raise ExpressionError("the result is not finite") from None
    except Exception:  # whatever the library meets, the author of a bank reads one sentence
        raise _unreadable(expression) from None
    return _finite(value)


def names_in(expression: str) -> frozenset[str]:
    """Return the free names of an expression, without the functions.

    Raises ExpressionError when it is not arithmetic.
    """
    return frozenset(_free_names(_parsed(expression)))


def read_number(text: str) -> tuple[float, str, str]:
    """Return the number that begins a text, as written with its `$`, and what follows.

    Reads what people type, `about 1,200`, `1.2 × 10²⁴`, `1/3`. Raises ExpressionError.
    """
    plain = _plain_typing(text)
    typed = re.fullmatch(_TYPED, plain)
    if typed is None:
        raise ExpressionError(f"{quoted(text)} does not begin with a number")
    mantissa = re.sub("[ ,_']", "", typed["mantissa"])
    try:
        if typed["power"]:
            value = _power(float(mantissa), float(typed["power"]))
        elif typed["divisor"]:
            value = float(mantissa) / float(typed["divisor"])
        else:
            value = float(f"{mantissa}e{typed['exponent'] or typed['tens'] or 0}")
    except ZeroDivisionError:
        raise ExpressionError("division by zero") from None
    start = typed.start("dollar" if typed["dollar"] else "mantissa")
    written = plain[start : typed.start("tail")]
    return _finite(-value if typed["sign"] == "-" else value), written, typed["tail"]


def format_number(value: float) -> str:
    """Return a number with three significant digits, as `17.5`, `69,400`, `8.4e23`, `1.2e-5`."""
    rounded = rounded_to_show(value)
    if rounded == 0:
        return "0"
    if 1e-4 <= abs(rounded) < 1e15:
        digits = max(0, 2 - math.floor(math.log10(abs(rounded))))
        text = f"{rounded:,.{digits}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, exponent = f"{rounded:.2e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def format_whole(value: float) -> str:
    """Return a whole number in full below 1e15, any other with three significant digits."""
    if abs(value) < 1e15 and math.isclose(value, round(value), rel_tol=1e-12):
        return f"{round(value):,}"
    return format_number(value)


def rounded_to_show(value: float) -> float:
    """Return a number rounded to the three significant digits that are shown."""
    return float(f"{value:.3g}")


def quoted(text: object, limit: int = 60) -> str:
    """Return a text in quotes, cut to `limit` characters, fit for an error message."""
    shown = "".join(char if char.isprintable() else "?" for char in str(text)[: limit + 1])
    return f"'{shown}'" if len(shown) <= limit else f"'{shown[: limit - 1]}…'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest known word, or an empty string."""
    import difflib

    near = difflib.get_close_matches(word[:60], list(known), n=1)
    return f"; did you mean {quoted(near[0])}?" if near else ""


def _plain_typing(text: str) -> str:
    """Return a typed text with plain spaces, signs and powers: `3 × 10²⁴` is `3 x 10^24`."""
    plain = " ".join(text.translate(str.maketrans("−–×·’", "--x*'")).split())
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: "^" + power[0].translate(digits), plain)


def _unreadable(expression: object) -> ExpressionError:
    return ExpressionError(f"{quoted(expression, 100)} cannot be read as arithmetic")


def _parsed(expression: str) -> ast.expr:
    """Return the syntax tree, which holds nothing but arithmetic."""
    import ast

    if not isinstance(expression, str) or not expression.strip():
        raise _unreadable(expression)
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(f"{quoted(expression)} is longer than {MAX_LENGTH} characters")
    if not re.fullmatch(_TOKENS, expression, re.ASCII):
        raise _unreadable(expression)
    try:
        tree = ast.parse(" ".join(expression.split()), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise _unreadable(expression) from None
    _check_tree(tree, expression)
    return tree


def _check_tree(tree: ast.expr, expression: str) -> None:
    """Refuse every node that is not arithmetic, and trees too deep to walk.

    The walk keeps its own stack: a hostile tree must not exhaust Python's.
    """
    import ast

    operators = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
    waiting: list[tuple[ast.expr, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ExpressionError(f"{quoted(expression)} is nested too deeply")
        match node:
            case ast.BinOp(left=left, op=op, right=right) if isinstance(op, operators):
                children = [left, right]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                children = [operand]
            case ast.Call(func=ast.Name(id=function), args=args, keywords=[]):
                _check_call(function, len(args))
                children = args
            case ast.Name() | ast.Constant(value=int() | float()):
                children = []
            case _:
                raise _unreadable(expression)
        # The tokens let True through: to the tree it is a constant, and a bool is an int.
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            raise _unreadable(expression)
        waiting.extend((child, depth + 1) for child in children)


def _check_call(function: str, count: int) -> None:
    known = _functions()
    if function not in known:
        raise ExpressionError(
            f"{quoted(function)} is not a function here; known are {', '.join(known)}"
        )
    if function in {"min", "max"} and count < 2:
        raise ExpressionError(f"{function} needs two numbers or more")
    if function not in {"min", "max"} and count != 1:
        raise ExpressionError(f"{function} needs one number")


def _free_names(tree: ast.expr) -> list[str]:
    """Return the names in the order in which they stand, so that errors name the first."""
    import ast

    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return [node.id for node in sorted(found, key=lambda node: node.col_offset)]


def _check_name(name: str, names: Mapping[str, float]) -> None:
    if name not in names:
        raise ExpressionError(f"{quoted(name)} is not given{did_you_mean(name, names)}")
    value = names[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ExpressionError(f"{quoted(name)} is not a number")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ExpressionError("the result is not finite")
    return value


def _operators() -> dict[type, Callable[..., float]]:
    """Return what simpleeval may do; each step is checked, or 1 / 1e999 would pass for 0."""
    import ast

    return {
        ast.Add: lambda a, b: _finite(float(a) + float(b)),
        ast.Sub: lambda a, b: _finite(float(a) - float(b)),
        ast.Mult: lambda a, b: _finite(float(a) * float(b)),
        ast.Div: lambda a, b: _finite(float(a) / float(b)),
        ast.Pow: _power,
        ast.USub: lambda a: -float(a),
    }


def _functions() -> dict[str, Callable[..., float]]:
    return {
        "min": min,
        "max": max,
        "sqrt": _square_root,
        "log": lambda x: math.log(_positive(x)),
        "log2": lambda x: math.log2(_positive(x)),
        "log10": lambda x: math.log10(_positive(x)),
        "exp": math.exp,
        "ceil": lambda x: _whole(x, math.ceil),
        "floor": lambda x: _whole(x, math.floor),
    }


def _power(base: float, exponent: float) -> float:
    """Return base ** exponent in floats, where 9**9**9 overflows at once."""
    try:
        value = float(base) ** float(exponent)
    except OverflowError:
        raise ExpressionError("the power is too large") from None
    if isinstance(value, complex):
        raise ExpressionError("a negative number has no fractional power")
    return _finite(value)


def _square_root(value: float) -> float:
    if value < 0:
        raise ExpressionError("a negative number has no square root")
    return math.sqrt(value)


def _positive(value: float) -> float:
    if value <= 0:
        raise ExpressionError("only a number above zero has a logarithm")
    return value


def _whole(value: float, rounded: Callable[[float], int]) -> float:
    # 0.1 * 30 is 3.0000000000000004: four GPUs would be a wrong answer.
    nearest = round(value)
    return float(nearest if math.isclose(value, nearest, rel_tol=1e-12) else rounded(value))
