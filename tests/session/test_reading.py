"""Answers given as lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.rubric import Level
from mlprep.session.ask import draw_ask
from mlprep.session.reading import UnreadableError, read_letters, read_ticks, read_value
from tests.session import banks


def ask(entry):
    questions = banks.library(entry)
    item = next(iter(questions.items.values()))
    return draw_ask(item, questions.question(item.key), seed=1, level=Level.PRINCIPAL)


CHOICE, ORDER = ask(banks.choice("q")), ask(banks.order("q"))
OPEN = ask(banks.open_question("q", red_flags=["no", "never"]))


@pytest.mark.parametrize(
    ("text", "letters"),
    [("b", "b"), ("2", "b"), ("B", "b"), ("a,c", "ac"), ("ca", "ac"), ("3 1", "ac"), ("1,b", "ab")],
)
def test_options_are_letters_or_numbers(text, letters):
    assert letters == read_letters(CHOICE, text)


@pytest.mark.parametrize("text", ["", "d", "4", "0", "aa", "a,a", "1,a", "12", "yes", "-", "²"])
def test_other_options_are_not_taken(text):
    with pytest.raises(UnreadableError, match="give letters"):
        read_letters(CHOICE, text)


@pytest.mark.parametrize(
    ("text", "letters"), [("cabd", "cabd"), ("3,1,2,4", "cabd"), ("c a b d", "cabd")]
)
def test_an_order_is_all_letters(text, letters):
    assert letters == read_letters(ORDER, text)


@pytest.mark.parametrize("text", ["", "abc", "abcc", "abcde", "1 2 3", "3124"])
def test_an_order_that_is_not_whole_is_not_taken(text):
    with pytest.raises(UnreadableError, match="all letters in order"):
        read_letters(ORDER, text)


@pytest.mark.parametrize(
    ("text", "hit", "flags"),
    [
        ("1,3", {"p0", "p2"}, set()),
        ("2", {"p1"}, set()),
        ("4 f2", {"p3"}, {1}),
        ("f1,F2", set(), {0, 1}),
        ("-", set(), set()),
    ],
)
def test_ticks_are_numbers_and_flags(text, hit, flags):
    marks, flagged = read_ticks(OPEN, text)

    assert {"p0", "p1", "p2", "p3"} == set(marks)
    assert hit == {key for key, said in marks.items() if said}
    assert flags == flagged


@pytest.mark.parametrize("text", ["", "5", "0", "f3", "f0", "all", "1-3", "1;2"])
def test_other_ticks_are_not_taken(text):
    with pytest.raises(UnreadableError, match="or - for none"):
        read_ticks(OPEN, text)


@pytest.mark.parametrize(
    ("text", "unit", "value", "said"),
    [("17.5 GB", "bytes", 17.5e9, "read as 17.5 GB"), ("16", "%", 16, "read as 16 %")],
)
def test_a_value_is_read_in_its_unit_and_echoed(text, unit, value, said):
    assert (value, said) == read_value(text, unit)


def test_what_is_no_quantity_is_said_in_a_sentence():
    with pytest.raises(UnreadableError):
        read_value("plenty", "bytes")


@given(st.text(max_size=12))
def test_no_line_raises_anything_else(text):
    for read in (read_letters, read_ticks):
        for asked in (CHOICE, ORDER, OPEN):
            try:
                read(asked, text)
            except UnreadableError as error:
                assert str(error).startswith("give ")
