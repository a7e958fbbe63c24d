"""A month with the shipped banks at 30 minutes a day: what was missed returns, and soon."""

from statistics import median

import pytest

from mlprep.core.memory import Rating
from mlprep.storage import folders
from mlprep.storage.bank_files import load_library
from tests.session.banks import open_store
from tests.session.simulate import study

DAYS, MINUTES = 30, 30
NEVER = 1000  # days


@pytest.fixture(scope="module", params=["2026-12-31", None], ids=["with a date", "without"])
def month(request, tmp_path_factory):
    """Return every answer of a month."""
    folder = tmp_path_factory.mktemp("month")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLPREP_HOME", str(folder))
        store = open_store(folders.progress_file())
        store.set("minutes", MINUTES)
        store.set("date", request.param)
        answers = list(study(store, load_library(), DAYS))
        store.close()
    return answers


def days_until_it_returned(answers):
    """Return for each item missed on a day after how many days it came again; all study."""
    first = {}
    for answer in answers:
        first.setdefault((answer.item, answer.day), answer.rating)
    gaps = []
    for (item, day), rating in first.items():
        if rating is Rating.AGAIN and day < DAYS - 3:  # later ones had no time to return
            again = [other for name, other in first if name == item and other > day]
            gaps.append(min(again, default=NEVER) - day)
    return gaps


def test_a_missed_item_returns_within_three_study_days(month):
    gaps = days_until_it_returned(month)
    within = sum(gap <= 3 for gap in gaps) / len(gaps)

    print(f"{len(gaps)} missed, back after {median(gaps):g} days; {within:.0%} within 3")
    assert len(gaps) > 30
    assert median(gaps) <= 3


def test_a_third_of_the_first_week_goes_to_open_and_design_questions(month):
    week = [answer for answer in month if answer.day < 7]
    large = sum(answer.minutes for answer in week if answer.kind in ("open", "design"))
    share = large / sum(answer.minutes for answer in week)

    print(f"{share:.0%} of the first week's minutes are open and design")
    assert share >= 1 / 3


def test_first_answers_are_right_as_often_as_was_meant(month):
    firsts = {}
    for answer in month:
        firsts.setdefault(answer.item, answer.rating)
    right = sum(rating is not Rating.AGAIN for rating in firsts.values()) / len(firsts)

    print(f"{right:.0%} of {len(firsts)} first answers right")
    assert 0.15 < right < 0.5


def test_each_day_takes_its_minutes(month):
    for day in range(DAYS):
        spent = sum(answer.minutes for answer in month if answer.day == day)
        assert MINUTES - 10 < spent < MINUTES + 10
