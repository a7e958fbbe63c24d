"""Quantities as people type and write them: one closed table of units, every other noun a count."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import NamedTuple

from mlprep.core.expression import format_number, quoted, read_number, rounded_to_show

MAX_LENGTH = 100  # characters of a typed quantity; a long one has about 40

_PREFIXES = (
    {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
    | {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15, "exa": 1e18}
    | {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50}
)
# Where a spelling has two kinds (FLOPs), the likelier stands first.
_PREFIXED = (
    ("bytes", "B byte bytes"),
    ("bits", "bit bits b"),
    ("bytes/s", "B/s byte/s bytes/s Bps"),
    ("bits/s", "bit/s bits/s b/s bps"),
    ("FLOP/s", "FLOP/s FLOPs/s FLOPS"),
    ("FLOP", "FLOP FLOPs FLOPS"),
    ("FLOP/s", "FLOPs"),
    ("Hz", "Hz hertz"),
    ("req/s", "req/s reqs/s request/s requests/s query/s queries/s qps rps /s"),
)
_DAY = 86400.0
_PLAIN = (
    ("s", 1e-9, "ns nanosecond nanoseconds"),
    ("s", 1e-6, "µs μs us usec microsecond microseconds"),
    ("s", 1e-3, "ms msec millisecond milliseconds"),
    ("s", 1.0, "s sec secs second seconds"),
    ("s", 60.0, "min m mins minute minutes"),
    ("s", 3600.0, "h hr hrs hour hours"),
    ("s", _DAY, "days day d"),
    ("s", 7 * _DAY, "weeks week w wk wks"),
    ("s", 30.44 * _DAY, "months month mo"),
    ("s", 365.25 * _DAY, "years year y yr yrs"),
    ("$", 1.0, "$ dollar dollars USD US$"),
    ("$", 1e3, "k$ $k"),
    ("$", 1e6, "M$ $M"),
    ("$", 1e9, "B$ $B"),
    ("%", 1.0, "% percent pct"),
    ("GPU-hours", 1.0, "GPU-h GPU-hr GPU-hrs GPU-hour GPU-hours"),
    ("GPU-hours", 24.0, "GPU-day GPU-days"),
)
_MAGNITUDES = {"k": 1e3, "m": 1e6, "b": 1e9, "g": 1e9, "t": 1e12, "p": 1e15, "e": 1e18}
_MAGNITUDE = r"((?i:thousand|million|billion|trillion|mn|bn)|[kKMmBbGgTtPE])(?![^\W\d_])\s?(.*)"
_LADDERS = {  # what a person writes, smallest first
    "bytes": "bytes kB MB GB TB PB",
    "bits": "bits kbit Mbit Gbit Tbit",
    "bytes/s": "bytes/s kB/s MB/s GB/s TB/s PB/s",
    "bits/s": "bits/s kbit/s Mbit/s Gbit/s Tbit/s",
    "FLOP": "FLOP MFLOP GFLOP TFLOP",
    "FLOP/s": "FLOP/s MFLOP/s GFLOP/s TFLOP/s PFLOP/s EFLOP/s",
    "Hz": "Hz kHz MHz GHz",
    "s": "ns µs ms s min h days years",
}
_OWN_RUNGS = {7 * _DAY: "weeks years", 30.44 * _DAY: "months years"}  # only where the unit is one
_LATE_RUNGS = {"min", "h", "days", "weeks", "months", "years"}  # from 2 on: 90 s, not 1.5 min
_EXAMPLES = (
    {"bytes": "17.5 GB", "bits": "4 Gbit", "bytes/s": "3.2 TB/s", "bits/s": "400 Gbit/s"}
    | {"FLOP": "8.4e23 FLOP", "FLOP/s": "400 TFLOP/s", "s": "36 days", "Hz": "1.4 GHz"}
    | {"req/s": "69,400 req/s", "$": "$1.2M", "%": "12 %", "GPU-hours": "1,430 GPU-hours"}
)
_WORDS = {1e12: " trillion", 1e9: " billion"}
_NAMES = {"s": "seconds", "$": "dollars", "%": "percent"}


class QuantityError(ValueError):
    """A text that is not a quantity of the wanted unit; the message shows one that is."""


class Unit(NamedTuple):
    """A unit in which an answer is computed and read."""

    kind: str  # the base unit: bytes, s, FLOP/s, ...; of a count its noun
    factor: float  # how many of the base unit make one; > 0
    spelling: str  # as the bank wrote it


def unit_of(text: str) -> Unit:
    """Return the unit that a text names; a noun that is in no table is a count.

    Raises QuantityError when the text cannot be a unit.
    """
    spelling = _plain_spelling(text)
    known = _table().get(spelling) or _folded().get(spelling.casefold())
    if known:
        return Unit(known[0].kind, known[0].factor, spelling)
    if len(spelling) > 60 or not re.match(r"[^\W\d_]|[$%×/]", spelling) or not text.isprintable():
        raise QuantityError(f"{quoted(text)} is not a unit; write bytes, s, % or a noun like GPUs")
    magnitude, rest = _split_magnitude(spelling)
    if magnitude and spelling.partition(" ")[2] == rest != "":
        inner = unit_of(rest)
        return Unit(inner.kind, magnitude * inner.factor, spelling)
    return Unit(spelling, 1.0, spelling)


def parse_quantity(text: str, unit: str) -> float:
    """Return the value that a candidate typed, in `unit`; a bare number is in it already.

    Raises QuantityError.
    """
    wanted = unit_of(unit)
    if not isinstance(text, str) or len(text) > MAX_LENGTH:
        raise _refused(quoted(text), wanted)
    try:
        number, written, tail = read_number(text.strip().rstrip("."))
        if wanted.kind == "s" and re.search("[0-9]", tail):
            value = _duration(written + tail) / wanted.factor
        else:
            value = number * (_multiple(_unit_words(written, tail.strip()), wanted) / wanted.factor)
        if math.isfinite(value):
            return value
    except QuantityError:
        raise
    except ValueError:
        pass
    raise _refused(quoted(text), wanted)


def format_quantity(value: float, unit: str) -> str:
    """Return a value in `unit` as a person would write it, with three significant digits.

    Raises QuantityError when the value is not finite.
    """
    wanted = unit_of(unit)
    base = abs(value) * wanted.factor
    if not math.isfinite(base):
        raise QuantityError("the value is not finite")
    return ("-" if value < 0 else "") + _written(base, wanted)


def stated_number(text: str) -> tuple[str, list[float]] | None:
    """Return the number and unit that begin a text, as written, and the values it can mean.

    `17.5 GB of state` is `17.5 GB`, which can mean 17.5 or 17.5e9. None for anything else.
    """
    try:
        number, written, tail = read_number(text)
    except ValueError:
        return None
    if re.search(r"^ ?[-(),]|[*+^=<>]|(?:/|\bx) ?[0-9(]| - ?[0-9]", tail):
        return None
    magnitude, _ = _split_magnitude(tail.strip())
    unit = " ".join(tail.split()[: 2 if magnitude > 1 and "$" not in written else 1]).rstrip(".,;")
    _, name = _split_magnitude(_plain_spelling(unit))
    factors = {1.0, magnitude} | ({0.01} if name == "%" else set())
    factors |= {magnitude * known.factor for known in _table().get(name, ())}
    shown = f"{written}{tail[: tail.startswith(' ')]}{unit}".strip()
    return shown, [number * factor for factor in sorted(factors)]


def _unit_words(written: str, tail: str) -> str:
    """Return the words of the unit with the dollar sign among them: `M $/year` of `$1.2M/year`."""
    if "$" not in written:
        return tail
    _, rest = _split_magnitude(tail)
    return f"{tail[: len(tail) - len(rest)]} ${rest}".strip()


def _plain_spelling(text: object) -> str:
    text = re.sub(r"\bper cent\b", "percent", " ".join(str(text).split()))
    text = re.sub(r" ?(?:/|\bper\b) ?", "/", text)
    text = re.sub(r"/(?:seconds?|secs?)\b", "/s", text)
    return re.sub(r"(?i)^gpu[ -]?(?=(?:h|hrs?|hours?|days?)$)", "GPU-", text)


@cache
def _table() -> dict[str, list[Unit]]:
    table: dict[str, list[Unit]] = {}
    rows = [
        (kind, factor, prefix + name)
        for kind, names in _PREFIXED
        for name in names.split()
        for prefix, factor in _PREFIXES.items()
    ]
    rows += [(kind, factor, name) for kind, factor, names in _PLAIN for name in names.split()]
    for kind, factor, name in rows:
        table.setdefault(name, []).append(Unit(kind, factor, name))
    return table


@cache
def _folded() -> dict[str, list[Unit]]:
    """Return the table for careless case. `gbps` is left to bits: networks mean those."""
    folded: dict[str, list[Unit]] = {}
    for name, units in _table().items():
        if not name.endswith("Bps"):
            folded.setdefault(name.casefold(), []).extend(units)
    return folded


def _split_magnitude(words: str) -> tuple[float, str]:
    """Return what `k`, `M`, `billion`, ... in front multiplies by, 1 without, and the rest."""
    found = re.match(_MAGNITUDE, words)
    name = found[1].casefold().replace("thousand", "k") if found else ""
    return _MAGNITUDES.get(name[:1], 1.0), found[2] if found else words


def _multiple(words: str, wanted: Unit) -> float:
    """Return how many base units one of the typed unit is; QuantityError when of another kind."""
    spelling = _plain_spelling(words)
    if not spelling:
        return wanted.factor
    exact, folded = _table().get(spelling, []), _folded().get(spelling.casefold(), [])
    for unit in exact:
        if unit.kind == wanted.kind:
            return unit.factor
    if wanted.kind not in _EXAMPLES and _same_noun(spelling, wanted.kind):
        return 1.0
    magnitude, rest = _split_magnitude(spelling)
    if magnitude > 1 and not (
        re.match(r"[bB]\b", spelling) and wanted.kind[:4] in {"byte", "bits"}
    ):
        # 20M is 20e6 bytes where the unit is GB; but 20k where it is ms are 20,000 ms.
        bare = {"s": wanted.factor}.get(wanted.kind, 1.0)
        return magnitude * (_multiple(rest, wanted) if rest else bare)
    # A capital tells bits from bytes: only a word without one may mean either.
    for unit in folded if spelling.islower() or not exact else ():
        if unit.kind == wanted.kind:
            return unit.factor
    if re.search("[0-9]", spelling) and not exact:
        raise ValueError("two numbers")
    kind = (exact or folded)[0].kind if folded else quoted(spelling)
    raise _refused(_NAMES.get(kind, kind), wanted)


def _same_noun(typed: str, noun: str) -> bool:
    """Return whether the typed words begin the noun: `params` and `token` do, `tok/s` too."""

    def words(text: str) -> list[str]:
        parts = [part for part in re.split(r"[\s/-]+", text.casefold()) if part]
        singular = [part[:-1] if len(part) > 2 and part[-1] == "s" else part for part in parts]
        return ["x" if part in {"time", "×", "fold"} else part for part in singular]

    mine, whole = words(typed), words(noun)
    fits = [a == b or (len(a) > 2 and b.startswith(a)) for a, b in zip(mine, whole, strict=False)]
    return 0 < len(mine) <= len(whole) and all(fits)


def _duration(plain: str) -> float:
    """Return the seconds of `2 min 30 s`; ValueError unless the units go down."""
    parts = re.findall(r"[0-9]+(?:\.[0-9]+)?|[^\W\d_]+|[^ ,]", plain.replace(" and ", " "))
    units = [unit for name in parts[1::2] for unit in _table().get(name, ())]
    factors = [unit.factor for unit in units if unit.kind == "s"]
    if len(parts) != 2 * len(factors) or factors != sorted(set(factors), reverse=True):
        raise ValueError("not a duration")
    return sum(float(part) * factor for part, factor in zip(parts[::2], factors, strict=True))


def _refused(what: str, wanted: Unit) -> QuantityError:
    name = _NAMES.get(wanted.kind, wanted.kind)
    example = _EXAMPLES.get(wanted.kind) or f"1,200 {wanted.kind}"
    return QuantityError(f"{what} cannot be read as {name}; answer in {name}, e.g. {example}")


def _written(base: float, wanted: Unit) -> str:
    if wanted.kind in _LADDERS:
        return _on_ladder(base, wanted)
    if wanted.kind[0] == "$":
        dollars = _grouped(base, {1e12: "T", 1e9: "B", 1e6: "M"})
        return f"${re.sub('(?<=[.][0-9])$', '0', dollars)}{wanted.kind[1:]}"  # $2.50, $1.5M
    if wanted.kind not in _EXAMPLES and base < 10_000 and base == round(base):
        return f"{base:,.0f} {wanted.kind}"  # 1,024 GPUs are not 1,020
    return f"{_grouped(base, _WORDS)} {wanted.kind}"


def _on_ladder(base: float, wanted: Unit) -> str:
    """Return the value in the largest unit of its ladder that leaves a number of 1 or more."""
    ladder = _LADDERS[wanted.kind].replace("years", _OWN_RUNGS.get(wanted.factor, "years"))
    if "iB" in wanted.spelling:
        ladder = re.sub("[kMGTP](?=B)", lambda p: p[0].upper() + "i", ladder)
    rungs = [(base / _table()[label][0].factor, label) for label in ladder.split()]
    fits = [r for r in rungs if rounded_to_show(r[0]) >= (2 if r[1] in _LATE_RUNGS else 1)]
    shown, label = [rungs[0], *fits][-1]
    too_large = rounded_to_show(shown) >= (1e3 if wanted.kind == "FLOP" else 1e6)
    if base == 0 or (too_large and wanted.kind != "s"):
        shown, label = base, wanted.kind
    return f"{_grouped(shown, _WORDS)} {label}"


def _grouped(value: float, names: dict[float, str]) -> str:
    """Return a number with the largest of the names (1e9: `B`) that fits it."""
    rounded = rounded_to_show(value)
    for size, name in names.items():
        if size <= rounded < 1e15:
            return format_number(rounded / size) + name
    return format_number(value)
