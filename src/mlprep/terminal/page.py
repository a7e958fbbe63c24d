"""One screen as lines: a body at its top, keys at its bottom."""

from collections.abc import Sequence
from typing import NamedTuple

from mlprep.terminal.lines import Line, flow, indented, line_width, sides, width, wrap


class Page(NamedTuple):
    """What stands on the screen: the body at its top, the keys at its bottom."""

    body: list[Line]
    keys: Sequence[Line] = ()
    cursor: tuple[int, int] | None = None  # row of the body, column
    hidden: int = 0  # lines of the body that did not fit

    def lines(self, rows: int) -> list[Line]:
        """Return the lines of a screen of so many rows, the keys on its last ones."""
        keys = list(self.keys)[:rows]
        body = self.body[: max(0, rows - len(keys))]
        return [*body, *([[]] * (rows - len(keys) - len(body))), *keys]


def key_line(left: Sequence[str], right: str, most: int) -> list[Line]:
    """Return a key line, on more than one where one is too narrow; no key loses its word."""
    rows = [""]
    for key in left:
        joined = f"{rows[-1]}  {key}" if rows[-1].strip() else f" {key.strip()}"
        if width(joined) > most and rows[-1].strip():
            rows.append(f" {key.strip()}")
        else:
            rows[-1] = joined
    lines = [line for row in rows for line in wrap([("dim", row)], most, 1)]
    if not right:
        return lines
    if line_width(lines[-1]) + width(right) + 2 <= most:
        return [*lines[:-1], sides(lines[-1], [("dim", right)], most)]
    return [*lines, *wrap([("dim", right.rjust(most))], most, 1)]


def note_lines(note: str, most: int) -> list[Line]:
    """Return a remark that stands above the keys."""
    return indented(wrap([("warn", note)], most - 1)) if note else []


def answer_lines(text: str, most: int) -> list[Line]:
    """Return a Markdown answer; tables and the like need rich, the rest does not."""
    if not text:
        return []
    if "|" in text or text.startswith("#") or "\n#" in text:
        from mlprep.terminal.markdown import markdown_lines

        return markdown_lines(text, most)
    return flow(text, most)
