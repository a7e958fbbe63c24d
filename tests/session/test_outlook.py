"""One function tells how ready one is; forecasts are kept, and memory is fitted at the end."""

from random import Random

import pytest

from mlprep.core.fitting import LEAST
from mlprep.core.memory import Rating
from mlprep.core.planner import HISTORY
from mlprep.session.memory_fit import fit_memory, memory_report
from mlprep.session.options import Done
from mlprep.session.outlook import habit, outlook
from mlprep.session.plan_report import keep_outcome, plan_report, report_document
from mlprep.session.reports import today_document
from mlprep.session.study import Study
from mlprep.session.summary import summarize
from tests.session.banks import TODAY, answer, at, choice, drill, open_question, shelf

LIBRARY = shelf(
    training=[choice(f"c{n}") for n in range(15)],
    serving=[open_question(f"o{n}") for n in range(15)],
)


def studied(store, *, date="2026-12-20", days=4, right=0.6):
    """Answer for some days, and return the study of the day after."""
    store.set("date", date)
    rng = Random(1)
    for day in range(days):
        today = drill(store, LIBRARY, at(day), minutes=60)
        for _ in range(10):
            if isinstance(today.next(at(day)), Done):
                break
            rating = Rating.GOOD if rng.random() < right else Rating.AGAIN
            answer(today, at(day), rating)
        today.end(at(day))
    return Study(store, LIBRARY, at(days))


def test_before_20_answers_nothing_is_told(store):
    study = studied(store, days=1)

    assert study.answers < HISTORY
    assert outlook(study) == (None, None, None)
    assert store.forecasts(study.plan.date) == []


def test_what_is_told_is_kept_once_a_day(store):
    study = studied(store)
    told = outlook(study)
    again = outlook(study)

    assert told == again
    assert [(TODAY + 4, tuple(told.forecast))] == store.forecasts(study.plan.date)


def test_every_document_and_screen_tells_the_same(store):
    study = studied(store)
    told = outlook(study).to_plain()

    assert told.items() <= today_document(study).items()
    assert told.items() <= report_document(study).items()
    assert told["forecast"]["mean"] == summarize(drill(store, LIBRARY, at(4))).outlook.forecast.mean


def test_earlier_forecasts_that_missed_widen_the_range(store):
    study = studied(store)
    before = outlook(study).forecast
    store.keep_forecast(study.day - 20, study.plan.date, (0.1, 0.09, 0.11))
    after = outlook(study).forecast

    assert before.mean == after.mean
    assert after.high - after.low > before.high - before.low


def test_a_forecast_for_another_date_does_not_count(store):
    study = studied(store)
    before = outlook(study)
    store.keep_forecast(study.day - 20, study.plan.date + 1, (0.1, 0.09, 0.11))

    assert before == outlook(study)


def test_missed_days_are_counted(store):
    study = studied(store, days=2)
    later = Study(store, LIBRARY, at(8))

    assert habit(study) == (2, 2)
    assert habit(later) == (2, 8)


@pytest.mark.parametrize(("day", "left"), [(0, 7), (7, 0), (8, 42), (90, None)])
def test_the_nearest_of_several_dates_counts(store, day, left):
    store.set("date", "2026-11-20,2026-12-08,2027-01-20")
    study = Study(store, LIBRARY, at(day))

    assert left == study.plan.days_left(study.day)


def test_minutes_of_weekdays_count(store):
    store.set("date", "2026-12-08")
    store.set("week", {"sat": 60})
    study = Study(store, LIBRARY, at())

    assert study.plan.minutes == 30
    assert study.minutes_left() == 6 * 30 + 60
    assert Study(store, LIBRARY, at(4)).plan.minutes == 60  # Sat 5 Dec


def test_after_the_date_it_goes_on_without_one(store):
    studied(store, date="2026-12-03", days=2)
    study = Study(store, LIBRARY, at(5))
    report = plan_report(study)

    assert (study.plan.days_left(study.day), report.outlook.forecast) == (None, None)
    assert report.came == study.readiness(study.plan.date)
    assert report.went is None
    keep_outcome(study, "offer at staff")
    assert plan_report(Study(store, LIBRARY, at(5))).went == "offer at staff"


def test_every_unseen_question_comes_or_is_left_out(store):
    report = plan_report(studied(store, days=2))

    for row in (*report.topics, report.whole):
        assert row.items == row.seen + row.coming + len(row.left_out)
    assert report.whole.items == len(LIBRARY.items)


def test_more_minutes_leave_less_out(store):
    study = studied(store, days=2)
    store.set("minutes", 2)
    few = plan_report(Study(store, LIBRARY, at(2)))
    store.set("minutes", 60)
    many = plan_report(Study(store, LIBRARY, at(2)))

    assert len(many.whole.left_out) < len(few.whole.left_out)
    assert [minutes for minutes, _ in few.minutes] == [2, 12, 32]
    assert study.plan.minutes == 30


@pytest.mark.parametrize("right", [0.02, 0.9])
def test_memory_is_fitted_from_30_second_reviews_on(store, right):
    study = studied(store, days=10, right=right)
    before = store.histories()
    report = memory_report(study)
    assert report.reviews >= LEAST
    assert (report.tried, report.words) == (0, "")

    words = fit_memory(study)
    after = Study(store, LIBRARY, at(10))

    assert before == store.histories()
    told = memory_report(after)
    assert told.tried == report.reviews
    assert bool(words) == told.kept == ("parameters" in after.settings)
    assert told.kept == (told.loss < told.average)
    assert told.next_at > told.reviews
    assert fit_memory(after) == ""  # not until a tenth more have come


def test_few_reviews_are_not_fitted(store):
    study = studied(store, days=1)

    assert fit_memory(study) == ""
    assert "fit" not in store.settings()
