"""What the first run says beside its questions."""

from datetime import date

import pytest

from mlprep.terminal import first_run

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("minutes", "when", "note"),
    [
        (30, None, "30 min a day"),
        (30, date(2026, 12, 14), "6 hours until then"),
        (30, date(2026, 12, 3), "60 min until then"),
        (30, TODAY, "30 min a day"),
    ],
)
def test_minutes_are_told_as_hours_until_the_interview(minutes, when, note):
    assert first_run._hours_note(minutes, when, TODAY) == note


def test_a_date_is_told_with_weekday_and_days():
    assert first_run._date_note(date(2026, 12, 14), TODAY) == "Mon 14 Dec 2026, in 13 days"
