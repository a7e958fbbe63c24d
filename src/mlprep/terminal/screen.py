"""Drives a drill on a terminal: keys in, screens out, by prompt_toolkit in the normal screen."""

import os
import signal
from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point as Position
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition, FilterOrBool
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import BufferControl, UIContent
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from mlprep.core.text import visible
from mlprep.terminal.lines import (
    LEAST_COLUMNS,
    Line,
    has_color,
    plain,
    speaks_unicode,
    to_ascii,
    width,
)
from mlprep.terminal.page import Page

STYLE = Style.from_dict({"accent": "ansicyan", "warn": "ansiyellow", "dim": "dim", "bold": "bold"})
PLAIN = Style.from_dict({"dim": "", "accent": "", "warn": "", "bold": "bold"})
PASTE_END = "\x1b[201~"
SAVE_SECONDS = 0.4  # the draft is on disk so soon after the last key


def silent_output() -> Output:
    """Return the terminal as prompt_toolkit writes to it, never asked where its cursor stands.

    Some never answer. Every page starts at line 1, and a question wants no more than its rows.
    """
    output = create_output()
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False
    return output


def index_at(line: Line, column: int) -> int:
    """Return the index of the character that stands in a column, past the end if need be."""
    cells = 0
    for index, character in enumerate(plain(line)):
        if cells >= column:
            return index
        cells += width(character)
    return len(plain(line)) + column - cells


class _PageControl(BufferControl):
    """The whole screen as one control over the buffer of the answer, so that it edits in place."""

    def __init__(self, buffer: Buffer, draw: Callable[[], tuple[Page, int]]) -> None:
        super().__init__(buffer=buffer, focusable=True)
        self._draw = draw

    def create_content(self, width: int, height: int, preview_search: bool = False) -> UIContent:
        page, rows = self._draw()
        lines = page.lines(rows)
        ascii_only = not speaks_unicode()
        row, column = page.cursor or (max(0, len(page.body) - 1), 0)
        row = min(row, len(lines) - 1)
        index = index_at(lines[row], column)

        def line(number: int) -> Any:
            # prompt_toolkit finds the cursor only where a character stands
            room = " " * (index + 1 - len(plain(lines[row]))) if number == row else ""
            return [
                (f"class:{style.replace(' ', ' class:')}" if style else "",
                 to_ascii(text) if ascii_only else text)
                for style, text in [*lines[number], ("", room)]
            ]  # fmt: skip

        return UIContent(
            get_line=line,
            line_count=len(lines),
            cursor_position=Position(x=index, y=row),
            show_cursor=page.cursor is not None,
        )

    def preferred_height(self, *args: Any, **kwargs: Any) -> int | None:
        return None


class Screen:
    """One page of a session: shows what `draw` returns and gives keys to `press`.

    draw: (columns, rows) to page. press: a key's name to whether the page is left. typed: the
    text and the cursor after a change of the answer. idle: called a few times a second.
    whole_screen: in the alternate screen, drawn anew every refresh_seconds, for a clock.
    """

    def __init__(
        self,
        *,
        draw: Callable[[int, int], Page],
        press: Callable[[str], bool],
        typing: Callable[[], bool],
        typed: Callable[[str, int], None],
        idle: Callable[[], None],
        suspended: Callable[[bool], None],
        text: str = "",
        cursor: int = 0,
        one_line: bool = False,
        vi: bool = False,
        whole_screen: bool = False,
        refresh_seconds: float | None = None,
    ) -> None:
        self._draw, self._press, self._typed = draw, press, typed
        self._idle, self._suspended = idle, suspended
        self._typing = typing
        self._one_line = one_line
        self._left = False
        self.buffer = Buffer(
            document=Document(text, cursor),
            multiline=not one_line,
            on_text_changed=self._changed,
            on_cursor_position_changed=lambda b: typed(b.text, b.cursor_position),
        )
        self._app: Application[None] = Application(
            layout=Layout(
                Window(
                    _PageControl(self.buffer, self._page),
                    height=lambda: Dimension.exact(self._rows()),
                    wrap_lines=False,
                    always_hide_cursor=Condition(lambda: not self._has_cursor()),
                )
            ),
            key_bindings=self._bindings(),
            style=STYLE if has_color() else PLAIN,
            color_depth=ColorDepth.DEPTH_4_BIT if has_color() else ColorDepth.DEPTH_1_BIT,
            editing_mode=EditingMode.VI if vi else EditingMode.EMACS,
            enable_page_navigation_bindings=False,
            output=silent_output(),
            full_screen=whole_screen,
            refresh_interval=refresh_seconds,
            mouse_support=False,
        )
        self._app.ttimeoutlen = 0.05

    def run(self) -> None:
        """Show the page until it is left. Raises KeyboardInterrupt on ^C."""

        def begin() -> None:
            self._app.create_background_task(self._save())

        self._app.run(pre_run=begin, handle_sigint=False)

    def edit_answer(self) -> None:
        """Open the answer in the user's editor."""
        self.buffer.tempfile_suffix = ".md"
        self.buffer.open_in_editor()

    def _changed(self, buffer: Buffer) -> None:
        """Tell of a new text; what an editor or a quoted key brought in is made safe first."""
        text = visible(buffer.text)
        if text != buffer.text:
            before = visible(buffer.text[: buffer.cursor_position])
            buffer.document = Document(text, min(len(before), len(text)))
            return
        self._typed(text, buffer.cursor_position)

    async def _save(self) -> None:
        from asyncio import sleep

        while True:
            await sleep(SAVE_SECONDS)
            self._idle()

    def _rows(self) -> int:
        rows = self._app.output.get_size().rows
        return min(rows, self._page()[1]) if self._left else rows

    def _page(self) -> tuple[Page, int]:
        size = self._app.output.get_size()
        page = self._draw(max(LEAST_COLUMNS, size.columns - 1), size.rows)
        if not self._left:
            return page, size.rows
        body = page.body[: size.rows - 1]  # what stays in the scrollback has no keys
        return Page([*body, []]), len(body) + 1

    def _has_cursor(self) -> bool:
        return self._typing() and not self._left

    def _leave(self) -> None:
        self._left = True
        self._app.exit()

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        typing = Condition(self._typing)

        def on(key: str, when: FilterOrBool = True, name: str = "") -> None:
            def handle(event: KeyPressEvent) -> None:
                self._handle(name or key, event)

            keys.add(key, filter=when, eager=True)(handle)

        on("tab")
        on("c-x")
        on("enter", when=~typing)
        on("enter", when=typing & Condition(lambda: self._one_line))
        on("up", when=~typing)
        on("down", when=~typing)
        on("backspace", when=~typing)
        on("c-e", when=~typing, name="e")
        on("escape", when=~typing)
        at_end = Condition(lambda: self.buffer.cursor_position == len(self.buffer.text))
        on("c-d", when=typing & at_end, name="tab")
        on("c-d", when=~typing, name="enter")

        @keys.add(Keys.Any, filter=~typing, eager=True)
        def _letter(event: KeyPressEvent) -> None:
            self._handle(event.data, event)

        self._add_text(keys, typing)
        self._add_controls(keys)
        return keys

    def _add_text(self, keys: KeyBindings, typing: Condition) -> None:
        """Take what is typed or pasted, and no control character of it."""

        @keys.add(Keys.Any, filter=typing)
        def _text(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text(visible(event.data))

        @keys.add(Keys.BracketedPaste, eager=True)
        def _paste(event: KeyPressEvent) -> None:
            text = event.data + self._rest_of_paste()
            if not self._typing():  # a paste is text; it never presses a key
                return
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            if self._one_line:
                text = " ".join(text.split("\n")).strip()
            event.current_buffer.insert_text(visible(text))

    def _add_controls(self, keys: KeyBindings) -> None:
        """Take the keys that mean the same everywhere."""

        @keys.add("c-c", eager=True)
        def _interrupt(event: KeyPressEvent) -> None:
            self._left = True
            event.app.exit(exception=KeyboardInterrupt())

        @keys.add("c-l", eager=True)
        def _redraw(event: KeyPressEvent) -> None:
            event.app.renderer.clear()

        @keys.add("c-z", eager=True)
        def _suspend(event: KeyPressEvent) -> None:
            if hasattr(signal, "SIGTSTP"):
                run_in_terminal(self._stop)

    def _stop(self) -> None:
        """Go into the background until the shell brings the program back."""
        self._suspended(True)
        os.kill(0, signal.SIGTSTP)
        self._suspended(False)

    def _rest_of_paste(self) -> str:
        """Return what follows an end of a paste that was itself pasted, up to the true end."""
        queue = self._app.key_processor.input_queue
        waiting = "".join(key.data for key in queue)
        text, end, _ = waiting.rpartition(PASTE_END)
        if not end:
            return ""
        left = len(text) + len(end)
        while left > 0:
            left -= len(queue.popleft().data)
        return PASTE_END + text

    def _handle(self, name: str, event: KeyPressEvent) -> None:
        if self._press(name):
            self._leave()

    def drop_waiting_keys(self) -> None:
        """Forget the keys that were pressed before this screen was drawn."""
        self._app.key_processor.empty_queue()
        try:
            import sys
            import termios

            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
        except (ImportError, OSError, ValueError):
            pass


def show_keyed(draw: Callable[[int, int], Page], press: Callable[[str], bool]) -> None:
    """Show a page on which nothing is typed, until a key leaves it. Raises KeyboardInterrupt."""
    Screen(
        draw=draw,
        press=press,
        typing=lambda: False,
        typed=lambda _text, _cursor: None,
        idle=lambda: None,
        suspended=lambda _away: None,
    ).run()
