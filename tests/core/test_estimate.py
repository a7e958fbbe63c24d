import math
import random
import time

import pytest
from hypothesis import given as holds_for
from hypothesis import strategies as st

from mlprep.core.estimate import (
    Given,
    TemplateError,
    Tolerance,
    check_equation,
    draw,
    draws_to_check,
    equation_numbers,
    fill,
    off_by,
    true_value,
)
from mlprep.core.expression import ExpressionError

SIZES = Given.from_mapping([7, 13, 70, 405])
GPUS = Given.from_mapping([64, 256, 1024])
USERS = Given.from_mapping({"low": 1000, "high": 10**6, "log": True})


@pytest.mark.parametrize(
    ("sentence", "raw"),
    [
        ("the list to draw from is empty", []),
        ("a value of the list is not a number: 'a'", [1, "a"]),
        ("low, 5, is above high, 3", {"low": 5, "high": 3, "step": 1}),
        ("step is not above 0", {"low": 1, "high": 3, "step": 0}),
        ("step is not above 0", {"low": 1, "high": 3, "step": -1}),
        ("step is too small for the range", {"low": 1, "high": 1e9, "step": 1e-9}),
        ("a range drawn by its logarithm needs low above 0", {"low": 0, "high": 3, "log": True}),
        ("a range has step or log, not both", {"low": 1, "high": 3, "step": 1, "log": True}),
        ("a range needs step, or log: true", {"low": 1, "high": 3}),
        ("a range needs step, or log: true", {"low": 1, "high": 3, "log": False}),
        ("a range needs low and high", {"low": 1, "step": 1}),
        ("high is not a number: 'nan'", {"low": 1, "high": math.nan, "step": 1}),
        ("an input is a list of numbers, or has low, high and step or log", "7"),
        ("an input is a list of numbers, or has low, high and step or log", None),
    ],
)
def test_a_wrong_range_is_said_in_one_sentence(sentence, raw):
    with pytest.raises(ValueError) as caught:
        Given.from_mapping(raw)
    assert sentence == str(caught.value)


def test_every_combination_is_checked_when_there_are_few():
    draws = list(draws_to_check({"params_b": SIZES, "gpus": GPUS}))
    assert len(draws) == 12
    assert {"params_b": 7, "gpus": 64} in draws
    assert {"params_b": 405, "gpus": 1024} in draws


def test_many_combinations_are_sampled_with_both_ends():
    source = {"users": USERS, "days": Given.from_mapping({"low": 1, "high": 100, "step": 2})}
    draws = list(draws_to_check(source, limit=50))
    assert len(draws) == 50
    assert draws[:2] == [{"users": 1000, "days": 1}, {"users": 10**6, "days": 99}]
    assert draws == list(draws_to_check(source, limit=50))


def test_no_input_is_one_combination():
    assert list(draws_to_check({})) == [{}]


def test_a_step_range_includes_both_ends_without_rounding_errors():
    source = Given.from_mapping({"low": 0.1, "high": 0.3, "step": 0.1})
    assert [d["x"] for d in draws_to_check({"x": source})] == [0.1, 0.2, 0.3]


def test_integers_stay_integers():
    source = {"a": SIZES, "b": USERS, "c": Given.from_mapping({"low": 2, "high": 64, "step": 2})}
    drawn = draw(source, random.Random(5))
    assert all(isinstance(value, int) for value in drawn.values())


def test_the_same_seed_draws_the_same():
    assert draw({"a": SIZES, "b": USERS}, random.Random(3)) == draw(
        {"a": SIZES, "b": USERS}, random.Random(3)
    )


numbers = st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)


@holds_for(numbers, numbers, st.floats(1e-3, 1e6), st.booleans(), st.integers(0, 99))
def test_what_is_drawn_lies_in_the_range(low, high, step, log, seed):
    raw = {"low": low, "high": high} | ({"log": True} if log else {"step": step})
    try:
        source = Given.from_mapping(raw)
    except ValueError as error:
        assert len(str(error)) <= 300
        return
    value = draw({"x": source}, random.Random(seed))["x"]
    slack = 0.0051 * max(abs(low), abs(high))
    assert low - slack <= value <= high + slack
    assert fill("{x}", {"x": value}, None, "s") == fill("{= x}", {"x": value}, None, "s")


def test_the_true_value_is_computed():
    assert true_value("16 * params_b * 1e9 / gpus", {"params_b": 70, "gpus": 64}) == 17.5e9


def test_a_result_of_zero_is_an_error():
    with pytest.raises(ExpressionError, match="the result is 0"):
        true_value("floor(0.5)", {})


INPUTS = {"params_b": 70, "rows": 20_000_000, "rate": 0.125}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("70 B", "{params_b} B"),
        ("20,000,000 rows at 0.125", "{rows} rows at {rate}"),
        ("17.5 GB per GPU", "{answer} per GPU"),
        ("1,120,000,000,000 bytes", "{= 16 * params_b * 1e9} bytes"),
        ("8.4e23", "{= 6 * params_b * 1e9 * 2e12}"),
        ("23.3", "{=params_b/3}"),
        ("{ x {} {1, 2} {{ }} {a: 1} { params_b }", "{ x {} {1, 2} {{ }} {a: 1} { params_b }"),
        ("{70}", "{{params_b}}"),
    ],
)
def test_places_are_filled_and_other_braces_stay(expected, text):
    assert expected == fill(text, INPUTS, 17.5e9, "bytes")


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("'{param_b}' is not given; did you mean 'params_b'?", "{param_b}"),
        ("'{answer}' would tell the answer here", "{answer}"),
        ("in '{= 1/0}': division by zero", "{= 1/0}"),
        ("in '{= gpu}': 'gpu' is not given", "{= gpu}"),
        ("in '{=}': '' cannot be read as arithmetic", "{=}"),
    ],
)
def test_a_place_that_cannot_be_filled_is_an_error(sentence, text):
    with pytest.raises(TemplateError) as caught:
        fill(text, INPUTS, None, "bytes")
    assert sentence == str(caught.value)


@pytest.mark.parametrize(
    ("amount", "by_factor", "words", "text"),
    [
        (0.1, False, "within 10 %", "10%"),
        (0.125, False, "within 12.5 %", " 12.5 % "),
        (2.0, True, "within a factor of 2", "x2"),
        (2.5, True, "within a factor of 2.5", "×2.5"),
    ],
)
def test_tolerances_are_read(amount, by_factor, words, text):
    tolerance = Tolerance.from_text(text)
    assert tolerance == Tolerance(amount, by_factor)
    assert words == tolerance.text


@pytest.mark.parametrize(
    "text",
    ["", "10", "0%", "101%", "-5%", "x1", "x0.5", "x101", "x", "%", "x2%", "nan%", "x" * 900],
)
def test_what_is_no_tolerance_is_refused(text):
    with pytest.raises(ValueError) as caught:
        Tolerance.from_text(text)
    assert len(str(caught.value)) <= 300


@pytest.mark.parametrize(
    ("holds", "nearly", "value", "text"),
    [
        (True, True, 110.0, "10%"),
        (True, True, 90.0, "10%"),
        (False, True, 120.0, "10%"),
        (False, True, 80.0, "10%"),
        (False, False, 121.0, "10%"),
        (True, True, 200.0, "x2"),
        (True, True, 50.0, "x2"),
        (False, True, 400.0, "x2"),
        (False, False, 401.0, "x2"),
        (False, False, 0.0, "100%"),
        (False, False, -100.0, "100%"),
        (False, False, -100.0, "x2"),
    ],
)
def test_a_tolerance_has_exact_edges(holds, nearly, value, text):
    tolerance = Tolerance.from_text(text)
    assert holds is tolerance.holds(value, 100.0)
    assert nearly is tolerance.nearly(value, 100.0)


def test_a_negative_answer_can_be_met():
    assert Tolerance.from_text("10%").holds(-105.0, -100.0)


@pytest.mark.parametrize(
    ("expected", "value", "true", "unit"),
    [
        ("22 % is 1.23 times 17.9 %", 22, 17.9, "%"),
        ("14 % is 0.782 times 17.9 %", 14, 17.9, "%"),
        ("17.5 TB is 1,000 times 17.5 GB", 17.5e12, 17.5e9, "bytes"),
        ("17.5 PB is over a million times too high; it is 17.5 kB", 17.5e15, 17.5e3, "bytes"),
        ("17.5 kB is 1,000 times too low; it is 17.5 MB", 17.5e3, 17.5e6, "bytes"),
        ("-3 s has the wrong sign; it is 3 s", -3, 3, "s"),
        ("0 s, not 3 s", 0, 3, "s"),
        ("17.9 % is right to three digits", 17.91, 17.9, "%"),
    ],
)
def test_how_far_a_value_is_off(expected, value, true, unit):
    assert expected == off_by(value, true, unit)


@holds_for(st.floats(-1e200, 1e200), st.floats(-1e200, 1e200))
def test_grading_survives_every_pair_of_numbers(value, true):
    assert len(off_by(value, true, "s")) <= 300
    for text in ("10%", "x2"):
        tolerance = Tolerance.from_text(text)
        assert tolerance.nearly(value, true) >= tolerance.holds(value, true)


@pytest.mark.parametrize(
    "equation",
    [
        "16 * 70e9 / 64 = 17.5e9 bytes",
        "16 * 70e9 / 64 = 17.5 GB",
        "16 * 70 / 64 = 17.5 GB per GPU",
        "16 × 70e9 ÷ 64 ≈ 17.6e9",
        "16 * 70e9 / 64 = 1120e9 / 64 = 17.5e9 bytes",
        "16 * 70e9 bytes = 1.12 TB",
        "100 / 3 = 35 +- 5%",
        "100 / 3 = 35 ± 5 %",
        "2^10 = 1,024",
        "1,000,000 * 3 = 3M rows",
        "2 x 512 ~ 1000 +- 3%",
        "0.4 * 0.3 = 12 %",
        "12 * 100000 = $1.2M a year",
        "0.04 = 40 ms",
        "min(1, 200) = 1",
        "1 - 1 = 0",
    ],
)
def test_equations_that_hold(equation):
    assert check_equation(equation) is None


@pytest.mark.parametrize(
    ("sentence", "equation"),
    [
        ("16 * 70e9 / 64 gives 17.5e9, not 18e9 bytes", "16 * 70e9 / 64 = 18e9 bytes"),
        ("2 * 3 gives 6, not 7", "2 * 3 = 6 = 7"),
        ("100 / 3 gives 33.33, not 36", "100 / 3 = 36 +- 5%"),
        ("1 / 8000 gives 125e-6, not 1", "1 / 8000 = 1"),
        ("'3 GPUs * 2' cannot be read as arithmetic", "3 GPUs * 2 = 3"),
        ("'5 <' cannot be read as arithmetic", "5 <= 6"),
        ("'two' is not given", "2 = two"),
        ("division by zero", "(1) / 0 = 5"),
    ],
)
def test_equations_that_do_not_hold(sentence, equation):
    assert sentence == check_equation(equation)


NO_EQUATIONS = ["", "5", "5 =", "= 5", "=", "5 = 5 +- 0%", "5 = 5 +- 101%", "1" * 5000]


@pytest.mark.parametrize("equation", NO_EQUATIONS)
def test_what_is_no_equation_is_said(equation):
    assert check_equation(equation)
    assert len(check_equation(equation)) <= 300


def test_the_stated_numbers_are_found():
    assert equation_numbers("16 * 70e9 / 64 = 1120e9 / 64 = 17.5e9 bytes +- 5%") == ["17.5e9 bytes"]
    assert equation_numbers("a = 12 % = 0.12") == ["12 %", "0.12"]
    assert equation_numbers("nothing") == []


EQUATION = st.text(alphabet="0123456789.,eE+-*/() =≈~%x^kMGBs$±", max_size=80)


@holds_for(st.text(max_size=80) | EQUATION)
def test_any_text_gives_a_verdict_in_bounded_time(text):
    begun = time.perf_counter()
    assert len(check_equation(text) or "") <= 300
    equation_numbers(text)
    try:
        fill(text, INPUTS, 1.0, "s")
        fill("{" + text + "}", INPUTS, 1.0, "s")
    except TemplateError as error:
        assert len(str(error)) <= 300
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "equation", ["32 / sqrt(256) = 2", "100 / sqrt(400) = 5 %", "3 / 1e-4 = 30000"]
)
def test_a_division_by_a_function_is_computed(equation: str) -> None:
    assert check_equation(equation) is None


def test_a_wrong_division_by_a_function_is_found() -> None:
    assert check_equation("7 / sqrt(9) = 7") is not None
