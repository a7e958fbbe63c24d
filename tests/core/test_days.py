"""Days turn at 04:00 on the wall clock, wherever it hangs and however it is set."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.days import day_text, in_days, millis, moment, study_day

ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe",
         "Pacific/Kiritimati", "America/St_Johns")  # fmt: skip
TUESDAY = date(2026, 12, 1).toordinal()


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    """Let the machine stand in a time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system's time zone cannot be set by a program")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield ZoneInfo(request.param)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(0, 0, TUESDAY - 1), (3, 59, TUESDAY - 1), (4, 0, TUESDAY), (23, 59, TUESDAY)],
)
@pytest.mark.parametrize("name", ZONES)
def test_a_day_turns_at_four(name, hour, minute, day):
    assert day == study_day(datetime(2026, 12, 1, hour, minute, tzinfo=ZoneInfo(name)))


@pytest.mark.parametrize(
    ("name", "utc", "day"),
    [
        # New York, 8 March 2026: 02:00 becomes 03:00, so the night has an hour less
        ("America/New_York", (2026, 3, 8, 6, 59), date(2026, 3, 7)),  # 01:59
        ("America/New_York", (2026, 3, 8, 7, 59), date(2026, 3, 7)),  # 03:59
        ("America/New_York", (2026, 3, 8, 8, 0), date(2026, 3, 8)),  # 04:00
        # Berlin, 25 October 2026: 03:00 becomes 02:00, so 02:30 comes twice
        ("Europe/Berlin", (2026, 10, 25, 0, 30), date(2026, 10, 24)),  # 02:30
        ("Europe/Berlin", (2026, 10, 25, 1, 30), date(2026, 10, 24)),  # 02:30 again
        ("Europe/Berlin", (2026, 10, 25, 2, 59), date(2026, 10, 24)),  # 03:59
        ("Europe/Berlin", (2026, 10, 25, 3, 0), date(2026, 10, 25)),  # 04:00
    ],
)
def test_the_turn_follows_the_wall_clock_through_summer_time(name, utc, day):
    local = datetime(*utc, tzinfo=UTC).astimezone(ZoneInfo(name))

    assert day == date.fromordinal(study_day(local))


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)), st.sampled_from(ZONES),
       st.integers(0, 3600 * 30))  # fmt: skip
def test_time_that_passes_never_takes_a_day_back(utc, name, seconds):
    now = utc.replace(tzinfo=UTC)
    later = now + timedelta(seconds=seconds)
    days = [study_day(when.astimezone(ZoneInfo(name))) for when in (now, later)]

    assert 0 <= days[1] - days[0] <= 2


def test_a_moment_keeps_its_day_through_storage(zone):
    for hours in range(24 * 366):
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=30)
        local = now.astimezone(zone)

        assert study_day(local) == study_day(moment(millis(local)))


def test_moments_are_utc(zone):
    assert millis(datetime(2025, 12, 1, 9, tzinfo=UTC).astimezone(zone)) == 1_764_579_600_000


def test_days_are_written_in_english_whatever_the_locale():
    assert day_text(date(2026, 12, 14).toordinal()) == "Mon 14 Dec"
    assert day_text(date(2026, 1, 1).toordinal(), year=True) == "Thu 1 Jan 2026"


@pytest.mark.parametrize(
    ("days", "text"), [(0, "today"), (1, "tomorrow"), (2, "in 2 days"), (12, "in 12 days")]
)
def test_how_far_a_day_is(days, text):
    assert text == in_days(days)
