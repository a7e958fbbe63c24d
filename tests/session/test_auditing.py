"""An own answer is ticked again: which one, what is kept, when it is offered."""

from random import Random

import pytest

from mlprep.core.audit import audit_figures, is_offered, ticked_again
from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.core.rubric import Level, Point
from mlprep.session.auditing import audit_offer, keep_audit, next_audit
from mlprep.session.stats import report
from mlprep.session.study import Study
from tests.session import banks
from tests.session.banks import TODAY, answer, at, drill

LIBRARY = banks.library(banks.open_question("o"), banks.recall("r"), banks.choice("c"))
TICKS = {"p0": True, "p1": True, "p2": True, "p3": False}


@pytest.fixture
def answered(store):
    """Return a file with one typed open answer of four days ago."""
    past = drill(store, LIBRARY, at(-4), items=("b/o",))
    answer(past, at(-4), marks=TICKS, answer="in my words", confidence=2)
    past.end(at(-4))
    return store


def study(store, days=0):
    return Study(store, LIBRARY, at(days), traced=True)


def test_an_answer_of_days_ago_comes_without_its_ticks(answered):
    audit = next_audit(study(answered), Random(1))

    assert audit.review.answer == "in my words"
    assert audit.ask.earlier == audit.ask.before == ()
    assert len(audit.ask.points) == 4


def test_an_answer_of_the_day_before_yesterday_is_too_young(answered):
    assert next_audit(study(answered, -2), Random(1)) is None
    assert next_audit(study(answered, -1), Random(1)) is not None


def test_what_it_says_is_the_difference_and_the_review_stays(answered):
    now = study(answered)
    audit = next_audit(now, Random(1))
    both = keep_audit(now, audit, {**TICKS, "p0": False, "p1": False}, at())
    [row] = report(study(answered)).audits

    assert (both.then, both.again) == (0.75, 0.25)
    assert (row.topic, row.audits, row.over_rating) == ("b", 1, 0.5)
    assert answered.reviews()[0].marks == TICKS
    assert next_audit(study(answered), Random(1)) is None


def test_an_undone_answer_is_neither_audited_nor_counted(answered):
    now = study(answered)
    audit = next_audit(now, Random(1))
    keep_audit(now, audit, TICKS, at())
    answered.retract(audit.review.id, 1)

    assert report(study(answered)).audits == ()


@pytest.mark.parametrize(
    ("before", "after", "audits", "offered"),
    [(0, 9, 0, False), (9, 10, 0, True), (10, 19, 0, False), (15, 21, 2, False), (15, 21, 1, True)],
)
def test_offered_once_in_ten_answers(before, after, audits, offered):
    assert is_offered(before, after, audits) is offered


def test_not_offered_without_an_answer_to_look_at(answered):
    for number in range(10):
        answered.add_review(Review(f"r{number}", "b/r", number, TODAY - 9, Rating.GOOD, 1))

    assert audit_offer(study(answered), 1)
    assert not audit_offer(study(answered), 11)
    assert not audit_offer(study(answered, -4), 1)


def test_only_points_ticked_both_times_count():
    rubric = [Point("a", "", weight=2), Point("b", ""), Point("new", "")]
    both = ticked_again("f", rubric, Level.STAFF, {"a": True, "b": False}, {"a": False, "b": True})

    assert both == ("f", 2 / 3, 1 / 3)
    assert ticked_again("f", rubric, Level.STAFF, {"gone": True}, {"new": True}) is None
    assert ticked_again("f", [], Level.STAFF, {"x": True}, {"x": False}) == ("f", 1.0, 0.0)
    assert audit_figures([]) == []
