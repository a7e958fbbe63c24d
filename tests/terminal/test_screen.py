"""The bridge to prompt_toolkit: where the cursor is, and what stops with the program."""

import signal

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import DummyInput
from prompt_toolkit.output import DummyOutput

from mlprep.terminal.page import Page
from mlprep.terminal.screen import Screen, index_at


@pytest.fixture
def screen():
    """Return how to open a screen that no terminal shows."""

    def screen(**known):
        nothing = {"press": bool, "typing": lambda: True, "typed": lambda text, cursor: None,
                   "idle": lambda: None, "suspended": lambda away: None}  # fmt: skip
        with create_app_session(input=DummyInput(), output=DummyOutput()):
            return Screen(draw=lambda most, rows: Page([[("", "body")]]), **(nothing | known))

    return screen


@pytest.mark.parametrize(
    ("text", "column", "index"),
    [("abc", 0, 0), ("abc", 2, 2), ("abc", 3, 3), ("abc", 5, 5), ("日本x", 4, 2), ("日本", 6, 4)],
)
def test_a_column_is_found_among_wide_characters(text, column, index):
    assert index_at([("", text[:1]), ("dim", text[1:])], column) == index


def test_a_text_from_an_editor_is_made_safe(screen):
    told = []
    opened = screen(typed=lambda text, cursor: told.append((text, cursor)))
    opened.buffer.text = "a\x1b[2J\tb"
    assert opened.buffer.text == "a␛[2J   b"
    assert told[-1][0] == "a␛[2J   b"


@pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="there is no background")
def test_the_clock_stands_still_while_the_program_is_stopped(screen, monkeypatch):
    order = []
    monkeypatch.setattr("os.kill", lambda process, number: order.append(number))
    screen(suspended=order.append)._stop()
    assert order == [True, signal.SIGTSTP, False]
