"""Dates as people write them; what is no date is no date, and never an error."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlprep.core.dates import read_date

TODAY = date(2026, 11, 16)


def day(*parts):
    return date(*parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-14", day(2026, 12, 14)),
        ("14 dec", day(2026, 12, 14)),
        ("14 Dec", day(2026, 12, 14)),
        ("dec 14", day(2026, 12, 14)),
        ("December 14th, 2026", day(2026, 12, 14)),
        ("14. december 27", day(2027, 12, 14)),
        ("sept 1", day(2027, 9, 1)),
        ("16 nov", day(2026, 11, 16)),
        ("15 nov", day(2027, 11, 15)),
        ("29 feb", day(2028, 2, 29)),
        ("4 weeks", day(2026, 12, 14)),
        ("in 4 weeks", day(2026, 12, 14)),
        ("4w", day(2026, 12, 14)),
        ("1 week", day(2026, 11, 23)),
        ("10 days", day(2026, 11, 26)),
        ("2 months", day(2027, 1, 15)),
        ("today", day(2026, 11, 16)),
        (" Tomorrow ", day(2026, 11, 17)),
        ("14.12.", day(2026, 12, 14)),
        ("12.11.2027", day(2027, 11, 12)),
        ("14/12", day(2026, 12, 14)),
        ("12/14/26", day(2026, 12, 14)),
        ("12/12", day(2026, 12, 12)),
    ],
)
def test_a_text_that_means_one_day(text, expected):
    assert [expected] == read_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/11", [day(2026, 12, 11), day(2027, 11, 12)]),
        ("12-11-2026", [day(2026, 11, 12), day(2026, 12, 11)]),
        ("1/2/27", [day(2027, 1, 2), day(2027, 2, 1)]),
    ],
)
def test_a_text_that_means_two_days_has_both_readings(text, expected):
    assert expected == read_date(text, TODAY)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "dec", "14", "14 dezember", "decaf 14", "31 nov", "29 feb 2027", "0 dec", "32/13",
     "2026-13-01", "14 dec nov", "14 dec 2026 9", "14 dec 20266", "-3 weeks", "4 years", "99999 w",
     "1e3 days", "dec 14 dec"],
)  # fmt: skip
def test_what_is_no_date(text):
    assert read_date(text, TODAY) == []


PIECES = st.sampled_from(["dec", "14", "2026", "/", ".", "-", " ", "weeks", "in", "²", "٣", "29",
                          "feb", "9" * 30, "th", "0", ",", "d", "m", "W50"])  # fmt: skip


@given(st.text(max_size=40) | st.lists(PIECES, max_size=7).map("".join))
@example("dec ²")
@example("1 dec " + "9" * 5000)
@example("999 months")
def test_no_text_ever_raises(text):
    found = read_date(text, TODAY)

    assert len(found) <= 2
    assert sorted(found) == found


@given(st.dates(TODAY, date(2034, 11, 15)))
def test_every_day_can_be_written(when):
    assert [when] == read_date(when.isoformat(), TODAY)
    assert [when] == read_date(f"{when.day} {when:%b} {when.year}", TODAY)
