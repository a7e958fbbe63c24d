"""Styled lines: measured, wrapped, set side by side, and made safe."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlprep.terminal import lines
from mlprep.terminal.lines import (
    clip,
    columns,
    cut,
    flow,
    line_width,
    plain,
    sides,
    spans,
    to_ansi,
    to_ascii,
    width,
    within,
    wrap,
)

WORDS = st.lists(st.text("abc日é👨-", min_size=1, max_size=12), max_size=20)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("✓ ┃ ·", 5),
        ("日本", 4),
        ("e\u0301", 1),
        ("👨\u200d👩", 4),
        ("\x1b", 0),
    ],
)
def test_width_counts_cells(text, cells):
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
     ("abc", 1, "…"), ("abc", 0, "")],
)  # fmt: skip
def test_cut_shortens_a_text_at_its_end(text, most, shown):
    assert cut(text, most) == shown


def test_spans_take_out_the_marks_of_bold_and_code():
    assert spans("a **b** `c` *d*") == [("", "a "), ("bold", "b"), ("", " "), ("", "c"),
                                        ("", " "), ("", "d")]  # fmt: skip


def test_what_only_looks_like_marks_stays():
    assert plain(spans("2 * 3 * 4, a_b_c, [link](x) and [red]")) == (
        "2 * 3 * 4, a_b_c, [link](x) and [red]"
    )


@given(WORDS, st.integers(2, 30), st.integers(0, 4))
@settings(max_examples=100)
def test_wrapped_lines_fit_and_lose_no_word(words, most, indent):
    indent = min(indent, most - 2)
    rows = wrap([("", " ".join(words))], most, indent)
    assert all(line_width(row) <= most for row in rows)
    assert "".join(plain(row) for row in rows).replace(" ", "") == "".join(words)


def test_a_newline_within_a_text_does_not_break_its_line():
    assert wrap([("", "one\ntwo")], 20) == [[("", "one two")]]


def test_rows_after_the_first_are_indented():
    assert [plain(row) for row in wrap([("accent", "- "), ("", "one two three")], 9, 2)] == [
        "- one two",
        "  three",
    ]


def test_flow_keeps_paragraphs_lists_and_code():
    text = "One\ntwo.\n\n- item that\n  goes on\n1. first\n\n\n```\ncode  here\n```\n"
    assert [plain(line) for line in flow(text, 20)] == [
        "One two.",
        "",
        "- item that goes on",
        "1. first",
        "",
        "  code  here",
    ]


def test_prose_stops_at_ninety_columns():
    assert max(line_width(line) for line in flow("word " * 100, 200)) <= 90


def test_sides_stand_at_both_ends():
    assert plain(sides([("", "left")], [("dim", "right")], 12)) == "left   right"


def test_the_right_side_gives_way_and_is_left_out_where_little_of_it_would_stand():
    assert plain(sides([("", "left")], [("dim", "r" * 20)], 20)) == "left  " + "r" * 13 + "…"
    assert plain(sides([("", "l" * 18)], [("dim", "right side")], 20)) == "l" * 18


@pytest.mark.parametrize("most", [0, 3, 8, 30])
def test_clip_and_within_fit(most):
    line = [("bold", "日本語 "), ("", "and more text")]
    assert line_width(clip(line, most)) <= most
    assert all(line_width(row) <= max(most, 5) for row in within([line], max(most, 5)))


def test_styles_become_the_four_that_every_theme_has():
    styled = [[("bold", "a"), ("", "b"), ("dim", "c"), ("accent", "d"), ("warn", "e")]]
    assert to_ansi(styled, color=True) == (
        "\x1b[1ma\x1b[0mb\x1b[2mc\x1b[0m\x1b[36md\x1b[0m\x1b[33me\x1b[0m"
    )
    assert to_ansi(styled, color=False) == "abcde"


def test_no_control_character_of_a_text_is_printed():
    assert to_ansi([[("", "\x1b[2J\x07\x9b31m\u202e")]], color=False) == "␛[2J␇\\u009b31m\\u202e"


def test_signs_become_ascii_one_for_one():
    signs = "✓ ✗ ❯ ┃ ━ ─ · … é 日"
    assert to_ascii(signs) == "+ x > | = - . ~ ? ?"


def test_the_last_column_stays_empty(monkeypatch):
    monkeypatch.setattr(lines, "terminal_size", lambda: (80, 24))
    assert columns() == 79


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_color_can_be_declined(monkeypatch, variable, value):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert lines.has_color()
    monkeypatch.setenv(variable, value)
    assert not lines.has_color()
