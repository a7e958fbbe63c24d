"""Which questions a mock draws."""

from collections import Counter

import pytest

from mlprep.core.formats import Draw, Format, Section
from mlprep.core.memory import Rating
from mlprep.errors import MlprepError
from tests.session.banks import answer, at, drill, library, open_question, recall, shelf
from tests.session.mocking import CASE, a_case, begin

ONE = Format("one", "One", "", (Section("One", 5, Draw(kinds=("recall",))),))


def drawn(store, questions, script=ONE, **known):
    return [part.item for part in begin(store, questions, script, **known).state.parts]


def recalls(many):
    return library(*(recall(f"q{n}") for n in range(many)))


def test_the_same_seed_draws_the_same_interview(store):
    script = ONE._replace(sections=(ONE.sections[0]._replace(draw=Draw(number=5)),))
    first = begin(store, recalls(30), script, seed=5, again=True).state.parts

    assert first == begin(store, recalls(30), script, seed=5, again=True).state.parts
    assert first != begin(store, recalls(30), script, seed=6, again=True).state.parts


def test_what_the_last_three_mocks_asked_is_not_drawn(store):
    keys = [drawn(store, recalls(4), seed=n)[0] for n in range(8)]

    assert all(len(set(keys[n : n + 4])) == 4 for n in range(5))


def test_where_nothing_else_is_left_a_question_is_drawn_again(store):
    assert [drawn(store, recalls(1), seed=n) for n in range(3)] == [["b/q0"]] * 3


def test_weak_questions_are_drawn_rather_than_known_ones(store):
    questions = recalls(2)
    a_drill = drill(store, questions, items=("b/q0",))
    answer(a_drill, rating=Rating.GOOD)
    keys = Counter(
        drawn(store, questions, ONE, seed=n, now=at(minute=n))[0]
        for n in range(0, 60, 4)
        if not _clear(store)
    )

    assert keys["b/q1"] > 3 * keys["b/q0"]


def _clear(store):
    store._db.execute("DELETE FROM session WHERE kind = 'mock'")


def test_no_question_is_drawn_twice(store):
    script = ONE._replace(
        sections=(Section("A", 5, Draw(number=2)), Section("B", 5, Draw(number=2)))
    )

    assert {"b/q0", "b/q1", "b/q2", "b/q3"} == set(drawn(store, recalls(4), script))


@pytest.mark.parametrize(
    ("draw", "found"),
    [
        (Draw(banks=("y",)), {"y/b"}),
        (Draw(topics=("x",)), {"x/a", "x/c"}),
        (Draw(tags=("hot",)), {"x/c"}),
        (Draw(levels=("staff",)), {"y/b"}),
        (Draw(kinds=("open",)), {"x/c"}),
        (Draw(question="y/b"), {"y/b"}),
    ],
)
def test_a_draw_lets_through_what_it_names(store, draw, found):
    questions = shelf(x=[recall("a"), open_question("c", tags=["hot"])],
                      y=[recall("b", level="staff")])  # fmt: skip
    draw = draw._replace(number=9)

    assert found == set(drawn(store, questions, ONE._replace(sections=(Section("S", 5, draw),))))


def test_the_named_question_takes_the_place_of_the_first_draw(store):
    sections = (Section("Break", 1, None), *ONE.sections, Section("More", 5, Draw(number=2)))
    script = ONE._replace(sections=sections)
    keys = drawn(store, recalls(9), script, question="b/q7")

    assert keys[:2] == ["", "b/q7"]
    assert len(set(keys)) == 4


def test_a_section_that_finds_nothing_is_named(store):
    with pytest.raises(MlprepError, match=r"format 'case': section 'Case' finds no question"):
        begin(store, recalls(2), CASE)


def test_questions_above_the_level_are_not_drawn(store):
    from mlprep.core.rubric import Level
    from mlprep.session.mock import start_mock
    from mlprep.session.study import Study

    questions = library(recall("low"), recall("high", level="principal"))
    script = ONE._replace(sections=(Section("S", 5, Draw(number=9)),))
    mock = start_mock(Study(store, questions, at()), script, Level.STAFF, at(), seed=1)

    assert [part.item for part in mock.state.parts] == ["b/low"]


def test_a_case_brings_all_its_phases(store):
    assert len(drawn(store, library(a_case()), CASE)) == 3
