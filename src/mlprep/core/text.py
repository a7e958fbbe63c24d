"""Text of banks and answers, made safe to show, and near misses of words."""

import re
from collections.abc import Iterable

# C0 but tab and newline, DEL, C1, line and paragraph separators, bidi marks, surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\ufeff]"
)


def visible(text: str) -> str:
    """Return text in which no character can move the cursor, set colors or reorder a line.

    Line ends become newlines, tabs spaces, other control and bidi characters a readable sign.
    """
    if text.isprintable():  # most texts are one line of plain characters
        return text
    text = text.replace("\r\n", "\n").expandtabs(4)
    return _UNSAFE.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's pictures of control characters
    if code == 0x7F:
        return "\u2421"
    return f"\\u{code:04x}"


def one_line(text: str, most: int = 120) -> str:
    """Return visible text on one line, cut at its end to at most `most` characters."""
    text = " ".join(visible(text).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word of `words` that was probably meant, if any is close."""
    from difflib import get_close_matches

    found = get_close_matches(word[:80], list(words), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return `; did you mean 'x'?`, or nothing where no word is close."""
    near = nearest(word, words)
    return f"; did you mean '{one_line(near, 80)}'?" if near else ""


def count(number: int, noun: str, plural: str = "") -> str:
    """Return `1 question`, `2 questions`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
