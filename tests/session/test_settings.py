"""What can be set, how it is read, and the plan that it makes."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.memory import default_parameters
from mlprep.core.planner import Plan
from mlprep.core.rubric import Level
from mlprep.errors import MlprepError
from mlprep.session.settings import SETTINGS, find_setting, parameters_of, plan_of, read_setting


@pytest.mark.parametrize(
    ("key", "text", "kept"),
    [
        ("date", "2026-12-14", "2026-12-14"),
        ("minutes", "35", 35),
        ("minutes", "12.5", 12.5),
        ("off", "sat,sun", ["sat", "sun"]),
        ("off", "Sunday sat", ["sat", "sun"]),
        ("off", "none", []),
        ("level", "p", "principal"),
        ("level", "Staff", "staff"),
        ("retention", "0.85", 0.85),
        ("keys", "vi", "vi"),
    ],
)
def test_a_setting_is_read(key, text, kept):
    assert kept == read_setting(key, text)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("date", "soon", "date: 'soon' cannot be read; write the day as 2026-12-14"),
        ("minutes", "0", "minutes: '0' cannot be read; write minutes a day from 1 to 720"),
        ("minutes", "nan", "minutes: 'nan' cannot be read; write minutes a day from 1 to 720"),
        ("off", "weekend", "off: 'weekend' cannot be read; 'weekend' is no weekday"),
        ("level", "s", "level: 's' cannot be read; write senior, staff or principal"),
        ("retention", "90", "retention: '90' cannot be read; write a share from 0.7 to 0.99"),
        ("datum", "1", "no setting 'datum'; did you mean 'date'?"),
        ("xyz", "1", "no setting 'xyz'; one of date, minutes, "),
    ],
)
def test_what_cannot_be_set_says_what_can(key, text, said):
    with pytest.raises(MlprepError) as error:
        read_setting(key, text)

    assert str(error.value).startswith(said)


@given(st.sampled_from(sorted(SETTINGS)), st.text(max_size=20))
def test_any_text_is_read_and_shown_or_refused_in_one_line(key, text):
    try:
        kept = read_setting(key, text)
    except MlprepError as error:
        assert "\n" not in str(error)
    else:
        assert find_setting(key).show(json.loads(json.dumps(kept)))


def test_without_settings_there_is_a_plan():
    assert plan_of({}) == Plan(level=Level.PRINCIPAL, minutes=30, retention=0.9)


def test_the_plan_is_what_was_set():
    settings = {
        "date": "2026-12-14", "minutes": 35, "off": ["sat", "sun"], "level": "staff",
        "weights": {"training": 2}, "retention": 0.8,
    }  # fmt: skip

    assert plan_of(settings) == Plan(
        date(2026, 12, 14).toordinal(), 35, frozenset({5, 6}), Level.STAFF, {"training": 2}, 0.8
    )


def test_parameters_are_those_of_many_learners_until_they_are_fitted():
    fitted = [0.5] * 21

    assert default_parameters() == parameters_of({})
    assert tuple(fitted) == parameters_of({"parameters": fitted})
