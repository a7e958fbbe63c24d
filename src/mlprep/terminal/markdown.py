"""Markdown answers as styled lines, by rich: tables, headings, nested lists."""

from io import StringIO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, Markdown
from rich.style import Style

from mlprep.terminal.lines import PROSE, Line, join


class _Heading(Heading):
    """A heading at the left, as every other line; rich centers the first one."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _Markdown(Markdown):
    elements = Markdown.elements | {"heading_open": _Heading}


def markdown_lines(text: str, most: int) -> list[Line]:
    """Return Markdown as lines of at most `most` cells; links and colors stay out."""
    console = Console(
        file=StringIO(), width=min(most, PROSE), color_system=None, legacy_windows=False
    )
    options = console.options.update(width=min(most, PROSE))
    rendered = console.render_lines(
        _Markdown(text, code_theme="bw", hyperlinks=False), options, pad=False
    )
    lines = [
        _stripped(join([(_style(segment.style), segment.text) for segment in row]))
        for row in rendered
    ]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return [line for n, line in enumerate(lines) if line or lines[n - 1]]


def _style(style: Style | None) -> str:
    return "bold" if style is not None and style.bold else ""


def _stripped(line: Line) -> Line:
    while line and not line[-1][1].strip():
        line = line[:-1]
    return [*line[:-1], (line[-1][0], line[-1][1].rstrip())] if line else []
