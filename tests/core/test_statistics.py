"""The rows of a table of topics add up to what readiness says."""

import pytest

from mlprep.core.memory import default_parameters
from mlprep.core.planner import History, Learner, Plan, readiness
from mlprep.core.question import Item
from mlprep.core.rubric import Level
from mlprep.core.statistics import topics

DAY = 1000


def item(key, topic, minutes=1.0):
    return Item(key, key, "recall", topic, Level.SENIOR, 1, minutes, "systems", (), ())


ITEMS = [
    item("b/1", "training/loss"),
    item("b/2", "training/parallelism", 4),
    item("b/3", "serving"),
    item("b/4", "training/loss", 3),
]
HISTORIES = {
    "b/1": History(((DAY - 9, 1), (DAY - 3, 3))),
    "b/2": History(((DAY - 2, 4),)),
}
LEARNER = Learner(ITEMS, HISTORIES, default_parameters())
PLAN = Plan(weights={"training": 2})


def test_topics_stand_in_bank_order_with_their_items():
    rows = topics(ITEMS, LEARNER, PLAN, DAY)

    assert [(row.topic, row.items, row.seen) for row in rows] == [
        ("training/loss", 2, 1),
        ("training/parallelism", 1, 1),
        ("serving", 1, 0),
    ]


def test_recall_is_weighted_by_importance():
    row = topics(ITEMS, LEARNER, PLAN, DAY)[0]
    seen, unseen = (LEARNER.expected_recall(ITEMS[n], DAY) for n in (0, 3))

    assert pytest.approx((seen + 3 * unseen) / 4) == row.recall


@pytest.mark.parametrize("key", [lambda one: one.topic, lambda one: one.field])
def test_costs_add_up_to_what_readiness_lacks(key):
    lacks = 100 * (1 - readiness(ITEMS, LEARNER, PLAN, DAY + 5))

    assert pytest.approx(lacks) == sum(
        row.cost for row in topics(ITEMS, LEARNER, PLAN, DAY + 5, key)
    )


def test_a_topic_without_weight_costs_nothing():
    plan = Plan(weights={"serving": 0})

    assert [row.cost for row in topics([ITEMS[2]], LEARNER, plan, DAY)] == [0]


def test_no_items_have_no_rows():
    assert topics([], LEARNER, PLAN, DAY) == []
