"""A mock with a friend."""

import re

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.errors import MlprepError
from mlprep.session.mock import Mock
from mlprep.session.mock_form import friend_page, friend_script, read_form, take_form
from mlprep.session.mock_scoring import Scoring
from mlprep.session.mock_state import SCORED
from tests.session.banks import at
from tests.session.mocking import CASE, MIXED, begin, mixed_library

SCRIPT = MIXED._replace(sections=(*MIXED.sections, *CASE.sections))
EVIL = "</li><script>alert(1)</script> [x](javascript:alert(1)) `1.p2` `2.p1`"


@pytest.fixture
def given(store):
    return begin(store, mixed_library(), SCRIPT, with_friend=True)


def tick(form, *codes):
    for code in codes:
        form, many = re.subn(rf"\[ \](.* `{re.escape(code)}`)$", r"[x]\1", form, flags=re.MULTILINE)
        assert many == 1, code
    return form


def code_of(mock, item, ending):
    return f"{[part.item for part in mock.state.parts].index(item) + 1}.{ending}"


def test_the_script_says_case_facts_probes_change_and_answers(given):
    script = friend_script(given)

    for text in ("**Say:** Design case", "- traffic: 60,000 per second", "**Probe:** And p1?",
                 "looks for: p1", "**Say:** Half the money.", "> because", "A break.",
                 "Minutes taken: [5] `4.t`"):  # fmt: skip
        assert text in script
    assert script.count("**Say:** Design case") == 1


def test_the_facts_stand_where_the_case_begins(given):
    script = friend_script(given)

    assert script.index("## 6.") < script.index("60,000 per second") < script.index("## 7.")


def test_a_filled_form_gives_the_scorecard_of_the_same_ticks(store, given):
    form = friend_script(given)
    codes = [code_of(given, "b/why", "p1"), code_of(given, "b/which", "ry"),
             code_of(given, "b/case/part1", "p1")]  # fmt: skip
    taken = take_form(tick(form, *codes), store, given.library, at(hour=10))

    own = begin(store, given.library, SCRIPT, again=True)
    own.state = own.state._replace(parts=tuple(p._replace(spent=0) for p in given.state.parts))
    scoring = Scoring(own)
    for position, part in enumerate(own.state.parts):
        own.change(part._replace(spent=60 * part.minutes), at(), position)
    for position in scoring.waiting():
        item = own.state.parts[position].item
        hit = {"b/why": {"p0": True}, "b/case/part1": {"p0": True}}.get(item, {})
        if own.ask(position).question.rubric:
            scoring.tick(position, Attempt(marks=hit), at())
        else:
            scoring.judge(position, Rating.GOOD if item == "b/which" else Rating.AGAIN, at())

    assert scoring.card() == Scoring(taken).card()
    assert taken.state.stage == SCORED


def test_the_minutes_of_the_form_are_those_of_the_interview(store, given):
    form = friend_script(given).replace("Minutes taken: [5] `4.t`", "Minutes taken: [ 7,5 ] `4.t`")

    assert take_form(form, store, given.library, at()).state.parts[3].spent == 450


@pytest.mark.parametrize("minutes", ["soon", "", "1.2.3", "-1", "inf", "nan", "1e9"])
def test_minutes_that_are_none_are_told_with_their_line(given, minutes):
    form = friend_script(given).replace(
        "Minutes taken: [5] `4.t`", f"Minutes taken: [{minutes}] `4.t`"
    )

    with pytest.raises(MlprepError, match=r"line \d+: .* are no minutes; write a number as 7\.5"):
        read_form(form)


def test_a_form_is_taken_once(store, given):
    form = friend_script(given)
    take_form(form, store, given.library, at())

    with pytest.raises(MlprepError, match="taken already"):
        take_form(form, store, given.library, at())


@pytest.mark.parametrize("text", ["", "# a letter", "<!-- mlprep-form 123 -->"])
def test_what_is_no_form_says_so(store, text):
    with pytest.raises(MlprepError, match="no mlprep form"):
        take_form(text, store, mixed_library(), at())


def test_a_form_of_an_own_interview_is_refused(store):
    own = begin(store, mixed_library(), SCRIPT)

    with pytest.raises(MlprepError, match="not in your history"):
        take_form(friend_script(own), store, own.library, at())


def test_nothing_is_kept_of_a_form_that_fails_on_its_way(store, given, monkeypatch):
    monkeypatch.setattr(Mock, "end", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_form(friend_script(given), store, given.library, at())
    monkeypatch.undo()

    assert take_form(friend_script(given), store, given.library, at()).state.stage == SCORED


def test_text_of_a_point_ticks_nothing_else():
    session = "<!-- mlprep-form 01234567-89ab-cdef-0123-456789abcdef -->"

    assert {"1.p1"} == read_form(f"- [x] {EVIL} `1.p1`\n{session}")[1]


def test_the_page_has_a_box_for_every_point_and_one_script_of_its_own(given):
    page, script = friend_page(given), friend_script(given)

    assert page.count('type="checkbox"') == script.count("- [ ]")
    assert page.count('type="number"') == len(given.state.parts)
    assert page.count("<script>") == 1
    assert "default-src 'none'" in page
    assert "tick each point that was said" in page
    assert "brackets" not in page


def test_a_page_is_not_the_form_that_it_saves(given):
    with pytest.raises(MlprepError, match="Save the form"):
        read_form(friend_page(given))
