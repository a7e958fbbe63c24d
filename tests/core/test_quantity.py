import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.quantity import (
    QuantityError,
    format_quantity,
    parse_quantity,
    stated_number,
    unit_of,
)

UNITS = [
    "bytes", "GB", "kB", "PB", "GiB", "PiB", "GiB/s", "bits", "Gbit", "bytes/s", "TB/s", "Gbit/s",
    "FLOP", "PFLOP", "FLOP/s", "TFLOP/s", "Hz", "GHz", "ns", "ms", "s", "min", "h", "days", "weeks",
    "months", "years", "req/s", "kqps", "$", "$M", "$/hour", "%", "GPU-hours", "GPU-days", "GPUs",
    "tokens/s", "million tokens", "bytes/param", "x",
]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "text", "unit"),
    [
        (17.5e9, "17.5 GB", "bytes"),
        (17.5e9, "17.5gb", "bytes"),
        (17.5e9, "about 17.5 GB", "bytes"),
        (17.5, "17.5 GB.", "GB"),
        (16.3 * 2**30, "16.3 GiB", "bytes"),
        (17.0, "~17", "bytes"),
        (70.0, "70B", "bytes"),
        (20e6, "20M", "bytes"),
        (0.02, "20M", "GB"),
        (20_000.0, "20k", "ms"),
        (5e9, "5 billion bytes", "bytes"),
        (2.0**30, "2^30", "bytes"),
        (100e3, "100 kb", "bytes"),
        (100e3, "100 kb", "bits"),
        (1.2e24, "1.2e24", "FLOP"),
        (1.2e24, "1.2 e24", "FLOP"),
        (1.2e24, "1.2 x 10^24", "FLOP"),
        (1.2e24, "1.2 × 10²⁴ FLOPs", "FLOP"),
        (1e12, "10^12", "FLOP"),
        (4e14, "400 TFLOPS", "FLOP/s"),
        (4e14, "400 tflops", "FLOP/s"),
        (4e17, "400 PFLOPs", "FLOP"),
        (4e17, "400 PFLOP/s", "FLOP/s"),
        (4e11, "400 Gbps", "bits/s"),
        (4e11, "400 Gbit/s", "bits/s"),
        (5e10, "50 GBps", "bytes/s"),
        (21.0, "3 weeks", "days"),
        (150.0, "2 min 30 s", "s"),
        (90.0, "1h30m", "min"),
        (300.0, "5 m", "s"),
        (12.0, "12%", "%"),
        (12.0, "12 percent", "%"),
        (0.12, "0.12", "%"),
        (1200.0, "1,200", "GPUs"),
        (1200.0, "1 200", "GPUs"),
        (1200.0, "1_200 gpu", "GPUs"),
        (1500.0, "1.5k", "users"),
        (70e9, "70B params", "parameters"),
        (1.2e6, "1.2 Million users", "users"),
        (1 / 3, "1/3", "x"),
        (6.0, "6x", "x"),
        (1.2e6, "$1.2M", "$"),
        (1.2e6, "1.2M USD", "$"),
        (-1.2e6, "-$1.2 million", "$"),
        (2.5, "$2.5/hour", "$/hour"),
        (1500.0, "1.5k qps", "req/s"),
        (3e6, "3 million requests per second", "req/s"),
        (1200.0, "1200/s", "req/s"),
        (2500.0, "2.5k gpu hours", "GPU-hours"),
        (1.4e9, "1.4 ghz", "Hz"),
        (5.0, "5 million tokens", "million tokens"),
        (64.0, "64 H100s", "H100s"),
    ],
)
def test_typed_quantities_are_read(expected, text, unit):
    assert math.isclose(expected, parse_quantity(text, unit))


@pytest.mark.parametrize(
    ("sentence", "text", "unit"),
    [
        ("seconds cannot be read as bytes; answer in bytes, e.g. 17.5 GB", "3 s", "bytes"),
        ("bits cannot be read as bytes; answer in bytes, e.g. 17.5 GB", "17.5 Gb", "bytes"),
        ("bits/s cannot be read as bytes/s; answer in bytes/s, e.g. 3.2 TB/s", "4 gbps", "GB/s"),
        ("'hosts' cannot be read as GPUs; answer in GPUs, e.g. 1,200 GPUs", "64 hosts", "GPUs"),
        ("'a lot' cannot be read as seconds; answer in seconds, e.g. 36 days", "a lot", "s"),
    ],
)
def test_what_cannot_be_read_is_answered_with_an_example(sentence, text, unit):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text, unit)
    assert sentence == str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "nan", "inf", "-inf", "1e400", "10 20", "10-20", "1/0", "0^-1", "2:30", "17,5",
     "1,2,3", "1.2.3", "3 h 2 days", "2 min 30", "5 5 s", "s", "$", "%", "٣",
     "1" * 5000, "x" * 5000, None],
)  # fmt: skip
def test_garbage_is_refused_at_once(text):
    begun = time.perf_counter()
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text, "s")
    assert len(str(caught.value)) <= 300
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    ("expected", "value", "unit"),
    [
        ("17.5 GB", 17.5e9, "bytes"),
        ("1.12 TB", 1.12e12, "bytes"),
        ("17.5 GB", 17.5, "GB"),
        ("1 TB", 999.9, "GB"),
        ("16.3 GiB", 16.3, "GiB"),
        ("2 TiB", 2048, "GiB"),
        ("1e21 bytes", 1e21, "bytes"),
        ("0 bytes", 0, "GB"),
        ("17.9 %", 17.9, "%"),
        ("2.4 h", 8640, "s"),
        ("36 days", 36 * 86400, "s"),
        ("3 weeks", 3, "weeks"),
        ("90 s", 90, "s"),
        ("1.5 s", 1500, "ms"),
        ("-5 s", -5, "s"),
        ("$1.24M", 1.24e6, "$"),
        ("$2.50", 2.5, "$"),
        ("$0.0025", 0.0025, "$"),
        ("$69,400", 69_444, "$"),
        ("$2.50/hour", 2.5, "$/hour"),
        ("8.4e23 FLOP", 8.4e23, "FLOP"),
        ("140 GFLOP", 140e9, "FLOP"),
        ("400 TFLOP/s", 400e12, "FLOP/s"),
        ("400 Gbit/s", 400e9, "bits/s"),
        ("69,400 req/s", 69_444.4, "req/s"),
        ("1,430 GPU-hours", 1432.3, "GPU-hours"),
        ("1,024 GPUs", 1024, "GPUs"),
        ("123,000,000 tokens", 123_456_789, "tokens"),
        ("1.2 billion tokens", 1.2e9, "tokens"),
        ("1.2e18 tokens", 1.2e18, "tokens"),
        ("0.179 x", 0.1786, "x"),
    ],
)
def test_quantities_are_written_as_people_do(expected, value, unit):
    assert expected == format_quantity(value, unit)


@given(
    st.sampled_from(UNITS),
    st.floats(-9, 30),
    st.sampled_from([1, -1]),
)
def test_what_is_written_is_read_again(unit, exponent, sign):
    value = sign * 10.0**exponent
    text = format_quantity(value, unit)
    assert math.isclose(value, parse_quantity(text, unit), rel_tol=0.005)
    assert "e+" not in text
    assert "inf" not in text


def test_a_value_that_is_not_finite_is_never_written():
    for value in (math.inf, -math.inf, math.nan, 1e308):
        with pytest.raises(QuantityError):
            format_quantity(value, "GB")


@pytest.mark.parametrize(
    ("expected", "unit"),
    [
        ("bytes", "GB"), ("bytes", "KiB"), ("bits", "Gb"), ("bytes/s", "GB/s"), ("bits/s", "Gbps"),
        ("FLOP", "PFLOPs"), ("FLOP/s", "TFLOPS"), ("s", "days"), ("s", "ms"), ("Hz", "GHz"),
        ("req/s", "requests per second"), ("$", "dollars"), ("%", "percent"), ("GPUs", " GPUs "),
        ("GPU-hours", "GPU-h"), ("GPU-hours", "gpu hours"), ("tokens/s", "tokens per second"),
    ],
)  # fmt: skip
def test_a_unit_has_one_spelling(expected, unit):
    assert expected == unit_of(unit).kind


def test_a_scaled_noun_is_a_unit():
    assert (unit_of("million tokens").kind, unit_of("million tokens").factor) == ("tokens", 1e6)


@pytest.mark.parametrize("unit", ["", "12", "3 s", "x" * 61, "a\x1b[0m"])
def test_what_is_no_unit_is_refused(unit):
    with pytest.raises(QuantityError):
        unit_of(unit)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (("17.5 GB", [17.5, 17.5e9]), "17.5 GB of state"),
        (("17.5e9 bytes", [17.5e9]), "17.5e9 bytes"),
        (("$1.2M", [1.2, 1.2e6]), "$1.2M a year"),
        (("12%", [0.12, 12.0]), "12% MFU"),
        (("1.2 billion tokens", [1.2, 1.2e9]), "1.2 billion tokens."),
        (None, "1,120 * 3"),
        (None, "about right"),
    ],
)
def test_a_stated_number_has_its_unit(expected, text):
    assert expected == stated_number(text)


TYPED = st.text(alphabet="0123456789.,_ '/^x*eE-+~$%kMBGTsmind", max_size=99)


@given(st.one_of(st.text(max_size=120), TYPED), st.sampled_from(UNITS) | st.text(max_size=70))
def test_any_text_gives_a_finite_value_or_the_error(text, unit):
    try:
        assert math.isfinite(parse_quantity(text, unit))
    except QuantityError as error:
        assert len(str(error)) <= 300
    stated_number(text)
