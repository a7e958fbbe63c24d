import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.text import count, did_you_mean, nearest, one_line, visible

CONTROLS = [
    chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cc"
]
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("plain text, Größe, 日本語 😀", "plain text, Größe, 日本語 😀"),
        ("␛[31mred", "\x1b[31mred"),
        ("␀␇␈␍␡", "\x00\x07\x08\r\x7f"),
        ("\\u0085\\u009b31m", "\x85\x9b31m"),
        ("\\u202etxt.exe", "\u202etxt.exe"),
        ("\\u2028\\u2029\\ufeff\\ud800", "\u2028\u2029\ufeff\ud800"),
        ("a\nb\nc", "a\r\nb\nc"),
        ("a   b", "a\tb"),
        ("👨\u200d👩", "👨\u200d👩"),  # a joiner makes one sign of two, and moves nothing
    ],
)
def test_what_could_move_or_color_becomes_a_sign(expected, text):
    assert expected == visible(text)


def test_no_control_or_bidi_character_is_left():
    seen = visible("".join(CONTROLS) + BIDI)
    assert [c for c in seen if c != "\n" and (c in CONTROLS or c in BIDI)] == []


@given(st.text())
def test_visible_text_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("expected", "text", "most"),
    [
        ("one two three", " one\ttwo\n\nthree ", 120),
        ("one two", "one two", 7),
        ("one…", "one two", 5),
        ("␛[2J", "\x1b[2J", 10),
    ],
)
def test_one_line_is_squeezed_and_cut(expected, text, most):
    assert expected == one_line(text, most)


@pytest.mark.parametrize(
    ("expected", "word"),
    [("answer", "awnser"), ("answer", "answer"), (None, "zzz"), (None, ""), (None, "x" * 100_000)],
)
def test_the_nearest_word_is_found_where_one_is_near(expected, word):
    assert expected == nearest(word, ["answer", "prompt", "rubric"])


def test_did_you_mean_ends_a_sentence_or_is_silent():
    assert did_you_mean("awnser", ["answer"]) == "; did you mean 'answer'?"
    assert did_you_mean("zzz", ["answer"]) == ""


def test_a_word_that_was_meant_is_cut():
    assert len(did_you_mean("a" * 80, ["a" * 110])) < 110


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [
        ("1 question", (1, "question")),
        ("0 questions", (0, "question")),
        ("1,200 questions", (1200, "question")),
        ("2 entries", (2, "entry", "entries")),
    ],
)
def test_nouns_agree_with_their_number(expected, arguments):
    assert expected == count(*arguments)
