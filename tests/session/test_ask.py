"""A question as it is put: its draw, and what is known of earlier answers."""

from collections import Counter

import pytest

from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.core.rubric import Level
from mlprep.session.ask import draw_ask
from tests.session import banks


def ask(entry, seed=1, level=Level.PRINCIPAL, **known):
    questions = banks.library(entry)
    item = next(iter(questions.items.values()))
    return draw_ask(item, questions.question(item.key), seed=seed, level=level, **known)


def review(name, rating=Rating.AGAIN, day=10, **marks):
    return Review(name, "b/q", 1, day, rating, seed=7, marks=marks)


@pytest.mark.parametrize("entry", [banks.choice("q"), banks.order("q"), banks.estimate("q")])
def test_a_seed_draws_the_same_question_again(entry):
    drawn = [(one.order, one.truth, one.question.prompt) for one in (ask(entry, 5), ask(entry, 5))]

    assert drawn[0] == drawn[1]
    assert len({(ask(entry, n).order, ask(entry, n).truth) for n in range(30)}) > 1


def test_options_stand_in_every_order_about_equally_often():
    orders = Counter(ask(banks.choice("q"), seed).order for seed in range(600))

    assert len(orders) == 6
    assert min(orders.values()) > 60


def test_steps_never_stand_in_the_right_order_already():
    assert (0, 1, 2, 3) not in {ask(banks.order("q"), seed).order for seed in range(300)}


def test_an_estimate_shows_what_it_computes_with():
    drawn = ask(banks.estimate("q"))
    number = int(drawn.truth) // 4

    assert f"How many bytes do {number} weights take?" == drawn.question.prompt
    assert (f"{number} times four",) == drawn.question.hints
    assert f"4 times {number} is {4 * number} bytes." == drawn.question.answer


def test_letters_stand_for_what_is_shown_beside_them():
    drawn = ask(banks.order("q"))

    assert drawn.order == drawn.picks_of("abcd")
    assert "".join(drawn.letter_of(index) for index in drawn.order) == "abcd"


def test_points_above_the_level_stand_last():
    points = [{"point": "hard", "id": "hard", "level": "staff"}, {"point": "plain", "id": "plain"}]
    drawn = ask(banks.open_question("q", rubric=points), level=Level.SENIOR)

    assert [point.key for point in drawn.points] == ["plain", "hard"]
    assert [drawn.is_extra(point) for point in drawn.points] == [False, True]


def test_what_was_said_before_in_this_session_is_not_asked_again():
    before = (review("r", p0=True, p1=False, p2=False, p3=True),)
    drawn = ask(banks.open_question("q"), before=before, earlier=before)

    assert drawn.returned
    assert {"p0", "p3"} == drawn.said
    assert [point.key for point in drawn.points] == ["p1", "p2"]


def test_an_item_that_was_not_missed_in_this_session_does_not_return():
    before = (review("r", Rating.HARD, p0=True),)
    drawn = ask(banks.open_question("q"), before=before, earlier=before)

    assert not drawn.returned
    assert len(drawn.points) == 4


def test_a_point_tells_when_it_was_missed_and_how_often():
    earlier = (
        review("r1", day=8, p0=False, p1=False),
        review("r2", day=9, p0=False, p1=True),
        review("r3", day=10, p2=True),
    )
    drawn = ask(banks.open_question("q"), earlier=earlier)
    missed, said, new = drawn.points[0], drawn.points[1], drawn.points[3]

    assert (drawn.missed_on(missed), drawn.times_missed(missed)) == (9, 2)
    assert (drawn.missed_on(said), drawn.times_missed(said)) == (None, 1)
    assert (drawn.missed_on(new), drawn.times_missed(new)) == (None, 0)
