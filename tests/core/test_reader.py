import math

import pytest

from mlprep.core.nodes import compose, split_lines
from mlprep.core.reader import MOST_SAID, Reader
from mlprep.core.schema import (
    ANY_NUMBER,
    FLAG,
    ID,
    MINUTES,
    POINT,
    RANGE,
    REF,
    TEXT,
    TEXTS,
    Draws,
    Key,
    Many,
    Named,
    Number,
    Table,
    Word,
)


def read(text, kind, what="'it'"):
    """Return the value of a text, and the texts of what is wrong with it."""
    root, _ = compose(text)
    reader = Reader(split_lines(text))
    value = reader.read(root, kind, what)
    return value, [mistake.text for mistake in reader.mistakes]


def value_of(text, kind):
    value, said = read(text, kind)
    assert said == []
    return value


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (4, "4"), (4, "4.0"), (4, '"4"'), (2.5, "2.5"), (0.5, ".5"), (5, "+5"), (5, "5."),
        (100, "1e2"), (4, " 4 "), (180, "180"),
    ],
)  # fmt: skip
def test_numbers_are_decimal(expected, text):
    assert expected == value_of(text, MINUTES)


@pytest.mark.parametrize(
    "text",
    ["nan", ".nan", "inf", "-.inf", "1_0", "yes", "true", "12:30", "0x10", "0b1", "0o7", "1,5",
     "4 min", "٣", "４", "½", "-1", "0", "181", "1e999", "~", "1e", "--1", "9" * 5000],
)  # fmt: skip
def test_what_is_no_number_between_the_bounds_is_refused(text):
    value, said = read(text, MINUTES)
    assert value is None
    assert [line.endswith("write a number from 0.5 to 180") for line in said] == [True]


def test_a_number_keeps_its_kind():
    assert isinstance(value_of("4.0", ANY_NUMBER), int)
    assert isinstance(value_of("4.5", ANY_NUMBER), float)
    assert math.isclose(1e300, value_of("1e300", ANY_NUMBER))


@pytest.mark.parametrize(("expected", "text"), [(True, "true"), (False, "false"), (True, '"true"')])
def test_flags_are_true_or_false(expected, text):
    assert expected is value_of(text, FLAG)


@pytest.mark.parametrize("text", ["yes", "no", "on", "True", "TRUE", "1", "t"])
def test_no_other_word_is_a_flag(text):
    assert (None, [f"'it' is '{text}'; write true or false"]) == read(text, FLAG)


@pytest.mark.parametrize("text", ["a", "no", "1", "a-b", "-", "a" * 100])
def test_names_are_lower_case_letters_digits_and_hyphens(text):
    assert text == value_of(f"'{text}'", ID)


@pytest.mark.parametrize("text", ["A", "a_b", "a b", "ä", "a/b", "a.b", "a\u0131", "a" * 101])
def test_no_other_text_is_a_name(text):
    value, said = read(text, ID)
    assert value is None
    assert "use lower-case letters, digits, hyphens" in said[0]


@pytest.mark.parametrize("text", ["a/b/c", "a/", "/a", "a//b"])
def test_a_reference_has_a_bank_and_a_question(text):
    assert value_of("a/b", REF) == "a/b"
    assert read(text, REF)[0] is None


def test_a_word_is_one_of_a_few():
    level = Word(("senior", "staff"))
    assert value_of("staff", level) == "staff"
    assert read("staf", level)[1] == ["'it' is 'staf'; did you mean 'staff'? One of senior, staff"]
    assert read("x", level)[1] == ["'it' is 'x'; one of senior, staff"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("a # b", '"a # b"'),
        ("first\n\n  code\nlast", "|\n  first\n\n    code\n  last\n\n"),
        ("one two", ">-\n  one\n  two\n"),
        ("␛[31m\\u202e", '"\\e[31m\\u202e"'),
        ("a   b", '"a\\tb"'),
        ("no", "no"),
    ],
)
def test_text_is_taken_as_it_stands_and_made_visible(expected, text):
    assert expected == value_of(text, TEXT)


@pytest.mark.parametrize("text", ['""', '"  "', '"\\n"', "|\n\n", "~x: 1", "[a]", "{a}"])
def test_what_is_no_text_is_said(text):
    value, said = read(text, TEXT)
    assert value is None
    assert len(said) == 1


@pytest.mark.parametrize(
    ("warns", "text"),
    [
        (True, "a: rank #0\n"),
        (True, "a: rank # 0\n"),
        (True, "a: two\n  lines #0\n"),
        (True, "[a, b #c\n, d]"),
        (False, "a: rank  # a comment\n"),
        (False, "a: 'rank' #0\n"),
        (False, "a: |\n  rank #0\n"),
        (False, "a: rank#0\n"),
        (False, "a: rank\n#0\n"),
    ],
)
def test_a_comment_right_behind_text_is_warned_of(warns, text):
    root, _ = compose(text)
    reader = Reader(split_lines(text))
    reader.read(root, Named(TEXT) if ":" in text else TEXTS, "'it'")
    assert warns == any(mistake.warning for mistake in reader.mistakes)
    assert reader.errors == 0


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ([2], "[30,000]"),
        ([5], "[a, 30,000, b]"),
        ([2, 4], "[1,200,000]"),
        ([], "[30, 000]"),
        ([], "[16,64]"),
        ([], "[16, 128]"),
        ([], '["30,000"]'),
        ([], "[a30,000]"),
    ],
)
def test_a_comma_that_splits_a_number_in_two_texts_is_warned_of(places, text):
    root, _ = compose(text)
    reader = Reader(split_lines(text))
    reader.read(root, TEXTS, "'cues'")
    assert [(1, place) for place in places] == [mistake[:2] for mistake in reader.mistakes]
    assert reader.errors == 0


def test_numbers_to_draw_from_may_stand_close_together():
    assert value_of("[64,256]", Many(ANY_NUMBER)) == [64, 256]


def test_one_text_may_stand_for_a_list_of_one():
    assert value_of("a", TEXTS) == ["a"]
    assert value_of("[a, b]", TEXTS) == ["a", "b"]
    said = "'it' must be a list, each entry on a line that starts with '- '"
    assert (None, [said]) == read("a", Many(TEXT))


def test_a_list_that_is_too_short_is_said():
    assert read("[a, b]", Many(TEXT, least=3))[1] == ["'it' needs at least 3 entries"]
    assert read("[]", TEXTS)[1] == ["'it' needs at least an entry"]


def test_a_text_may_stand_for_a_table_with_its_defaults():
    assert value_of("a", POINT) == {"point": "a", "weight": 1}
    assert value_of("{point: a, weight: 2, id: b}", POINT) == {"point": "a", "weight": 2, "id": "b"}


@pytest.mark.parametrize("text", ["Cost: an all-gather", "Note: x", "[Says that: b]"])
def test_a_text_that_yaml_split_is_told_from_a_wrong_key(text):
    kind = Many(POINT) if text.startswith("[") else POINT
    said = "this point is split at ': '; put quotes around the whole text"
    assert [said] == read(text, kind)[1]


def test_a_key_that_is_nearly_right_is_not_missed_too():
    table = Table("thing", {"answer": Key(TEXT, required=True), "hint": Key(TEXT, required=True)})
    assert read("awnser: a\n", table)[1] == [
        "unknown key 'awnser' in this thing; did you mean 'answer'?",
        "this thing has no 'hint'; add it",
    ]


def test_draws_are_a_list_or_a_range():
    draws = Draws(RANGE)
    assert value_of("[1, 2.5]", draws) == [1, 2.5]
    assert value_of("{low: 1, high: 8, log: true}", draws) == {"low": 1, "high": 8, "log": True}


def test_names_of_inputs_are_lower_case():
    assert value_of("{params_b: 7}", Named(Number(0, 10))) == {"params_b": 7}
    assert read("{Params: 7}", Named(Number(0, 10)))[1] == [
        "'Params' in 'it'; use a lower-case name"
    ]


def test_mistakes_are_counted_beyond_those_that_are_kept():
    text = "[" + "A, " * (MOST_SAID + 500) + "]"
    root, _ = compose(text)
    reader = Reader([text])
    reader.read(root, Many(ID), "'tags'")
    assert (len(reader.mistakes), reader.errors) == (MOST_SAID, MOST_SAID + 500)


def test_of_what_was_refused_enough_is_said():
    root, _ = compose("*alias")
    reader = Reader(["*alias"])
    assert reader.read(root, TEXT, "'it'") is None
    assert (reader.mistakes, reader.errors) == ([], 1)
