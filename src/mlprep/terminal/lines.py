"""Styled lines: what every screen is made of, before rich or prompt_toolkit is loaded.

A line is a list of (style, text) spans, prompt_toolkit's own shape. Four styles, and plain:
bold for what answers the screen, dim for the secondary, accent for what can be typed or has the
focus, warn for what went wrong.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from mlprep.core.text import visible

Span = tuple[str, str]
Line = list[Span]

LEAST_RIGHT = 10  # columns below which a cut part at the right says nothing
LEAST_COLUMNS = 19  # of a terminal of 20; on a narrower one lines are cut
PROSE = 90  # columns at which prose stops on a wide terminal
SGR = {
    "bold": "1",
    "dim": "2",
    "accent": "36",
    "warn": "33",
    "accent bold": "1;36",
    "warn bold": "1;33",
}
_ASCII = str.maketrans({
    "✓": "+", "✗": "x", "❯": ">", "┃": "|", "━": "=", "─": "-", "·": ".", "…": "~", "±": "~",
    "–": "-", "—": "-", "×": "x", "≥": ">", "≤": "<", "→": ">", "•": "*", "│": "|",
    "░": ".", "▒": ":", "▓": "+", "█": "#", "●": "o", "◆": "X",
    "▁": "_", "▂": "_", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#",
    "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ",
})  # fmt: skip
_INLINE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|`(?P<code>[^`\n]+)`"
    r"|(?<![\w)*])\*(?P<plain>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w(*])"
)
# Latin, and the signs of the screens: a cell each, without asking wcwidth for its tables.
_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff‐-†•…‹›⁰-₉→≈-≥─-▟✓✗❯Α-ω]*")
_LIST = re.compile(r"(?P<lead>\s*(?:[-*•]|\d+[.)])\s+)(?P<text>.*)")


def columns() -> int:
    """Return the columns that a screen may use: the last one stays empty."""
    return max(LEAST_COLUMNS, terminal_size()[0] - 1)


def terminal_size() -> tuple[int, int]:
    """Return columns and rows of the terminal, 80 and 24 where there is none."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return 80, 24
    return (size.columns or 80, size.lines or 24)


def width(text: str) -> int:
    """Return the cells that a text takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcwidth

    return sum(max(0, wcwidth(character)) for character in text)


def line_width(line: Line) -> int:
    """Return the cells that a line takes."""
    return sum(width(text) for _, text in line)


def plain(line: Line) -> str:
    """Return the text of a line."""
    return "".join(text for _, text in line)


def cut(text: str, most: int) -> str:
    """Return a text cut at its end to at most `most` cells."""
    if width(text) <= most:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > most - 1:
            break
        kept += character
    return kept + "…" if most > 0 else ""


def spans(text: str, style: str = "") -> Line:
    """Return a text with its **bold** and `code` as spans."""
    found: Line = []
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            found.append((style, text[end : match.start()]))
        inner = match["bold"] or match["code"] or match["plain"]
        found.append((("bold" if match["bold"] and not style else style), inner))
        end = match.end()
    if end < len(text):
        found.append((style, text[end:]))
    return found


def wrap(line: Line, most: int, indent: int = 0) -> list[Line]:
    """Return a line broken at spaces into lines of at most `most` cells.

    indent: of all but the first. A word that is too long is broken where the line ends.
    """
    rows: list[Line] = [[]]
    used = 0
    for style, whole_word in _words(line):
        word = whole_word
        cells = width(word)
        if used + cells > most and word.isspace():
            continue
        if used + cells > most and used > (indent if len(rows) > 1 else 0):
            _strip(rows[-1])
            rows.append([("", " " * indent)] if indent else [])
            used = indent
            if word.isspace():
                continue
        while used + width(word) > most and most - used > 0:
            head = cut_exact(word, most - used)
            if not head:
                break
            rows[-1].append((style, head))
            word = word[len(head) :]
            rows.append([("", " " * indent)] if indent else [])
            used = indent
        if word:
            rows[-1].append((style, word))
            used += width(word)
    return [join(row) for row in rows]


def cut_exact(text: str, most: int) -> str:
    """Return the longest beginning of a text that fits into so many cells."""
    cells = 0
    for end, character in enumerate(text):
        cells += width(character)
        if cells > most:
            return text[:end]
    return text


def join(line: Line) -> Line:
    """Return a line with neighboring spans of one style as one span."""
    joined: Line = []
    for style, text in line:
        if joined and joined[-1][0] == style:
            joined[-1] = (style, joined[-1][1] + text)
        else:
            joined.append((style, text))
    return joined


def _words(line: Line) -> Iterator[Span]:
    for style, text in line:
        for word in re.findall(r"\s+|[^\s]+", text):
            yield style, " " if "\n" in word else word


def _strip(line: Line) -> None:
    while line and line[-1][1].isspace():
        line.pop()


def flow(text: str, most: int, style: str = "") -> list[Line]:
    """Return a text of paragraphs, lists and fenced code as lines of at most `most` cells."""
    most = min(most, PROSE)
    found: list[Line] = []
    paragraph: list[str] = []
    fenced = False

    def finish() -> None:
        if paragraph:
            found.extend(_block(paragraph, most, style))
            paragraph.clear()

    for raw in text.strip("\n").split("\n"):
        if raw.lstrip().startswith("```"):
            finish()
            fenced = not fenced
        elif fenced:
            found += wrap([(style, "  " + raw)], most, 4) if raw else [[]]
        elif not raw.strip():
            finish()
            if found and found[-1]:
                found.append([])
        elif _LIST.fullmatch(raw):
            finish()
            paragraph.append(raw)
        else:
            paragraph.append(raw)
    finish()
    return found


def _block(paragraph: Sequence[str], most: int, style: str) -> list[Line]:
    item = _LIST.fullmatch(paragraph[0])
    lead = item["lead"] if item else ""
    first = item["text"] if item else paragraph[0].strip()
    text = " ".join([first, *(part.strip() for part in paragraph[1:])])
    return wrap([(style, lead), *spans(text, style)] if lead else spans(text, style),
                most, width(lead))  # fmt: skip


def sides(left: Line, right: Line, most: int) -> Line:
    """Return a line with one part at its left and one at its right; the right one gives way."""
    gap = most - line_width(left) - line_width(right)
    if not right or gap >= 2:
        return join([*left, ("", " " * gap), *right]) if right else left
    room = most - line_width(left) - 2
    if room < LEAST_RIGHT:
        return left
    return [*left, ("", "  "), *clip(right, room)]


def within(lines: Iterable[Line], most: int) -> list[Line]:
    """Return lines with those that are too wide wrapped."""
    return [row for line in lines for row in (wrap(line, most, 2) if line else [line])]


def clip(line: Line, most: int) -> Line:
    """Return a line cut at its end to at most `most` cells."""
    kept: Line = []
    left = most
    for style, text in line:
        if width(text) > left:
            kept.append((style, cut(text, left)))
            return kept
        kept.append((style, text))
        left -= width(text)
    return kept


def indented(lines: Iterable[Line], by: str = " ", style: str = "") -> list[Line]:
    """Return lines with something before each that is not empty."""
    return [join([(style, by), *line]) if line else [] for line in lines]


def to_ansi(lines: Iterable[Line], *, color: bool) -> str:
    """Return lines as text for a terminal, without the last newline; nothing in them moves it."""

    def styled(style: str, text: str) -> str:
        return f"\x1b[{SGR[style]}m{visible(text)}\x1b[0m" if style and color else visible(text)

    return "\n".join("".join(styled(style, text) for style, text in line) for line in lines)


def speaks_unicode() -> bool:
    """Return whether standard output can show more than ASCII."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    return encoding.startswith("utf")


def to_ascii(text: str) -> str:
    """Return a text with the signs of the screens in ASCII, and what else there is as `?`."""
    return text.translate(_ASCII).encode("ascii", "replace").decode("ascii")


def has_color() -> bool:
    """Return whether standard output should be colored."""
    return (
        sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )


def show(lines: Iterable[Line], *, color: bool | None = None) -> None:
    """Print lines."""
    text = to_ansi(lines, color=has_color() if color is None else color)
    sys.stdout.write((text if speaks_unicode() else to_ascii(text)) + "\n")
    sys.stdout.flush()
