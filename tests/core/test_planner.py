"""The planner against DESIGN's formulas, written out once more with py-fsrs and plain loops."""

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.memory import Rating, default_parameters
from mlprep.core.planner import (
    History,
    Learner,
    Plan,
    Today,
    choose,
    importance,
    outline,
    readiness,
    score,
)
from mlprep.core.question import Item
from mlprep.core.rubric import Level

PARAMETERS = default_parameters()
DAY = 1000
KINDS = ("open", "recall", "choice", "design")
TOPICS = ("training/parallelism", "training/loops/inner", "serving", "monitoring/drift")


def item(key, *, topic="training", kind="recall", minutes=1.0, weight=1.0, requires=(), level=1):
    question = key.rpartition("/")[0] if kind == "design" else key
    return Item(
        key=key,
        question=question,
        kind=kind,
        topic=topic,
        level=Level(level),
        weight=weight,
        minutes=minutes,
        dimension="systems",
        tags=(),
        requires=tuple(requires),
    )


def learner(items, **reviews):
    """Return a learner from lists of (days before DAY, rating) by name."""
    histories = {
        f"b/{name}": History(tuple((DAY - ago, rating) for ago, rating in history))
        for name, history in reviews.items()
    }
    return Learner(items, histories, PARAMETERS)


def order(items, known, plan=None, today=None, most=20, minutes=None):
    """Return the names of what is chosen one after the other, each in its time box."""
    plan, today = plan or Plan(date=DAY + 30), today or Today(DAY)
    names = []
    while len(names) < most and (found := choose(items, known, plan, today)) is not None:
        names.append(found.key.removeprefix("b/"))
        today = today.after(found, minutes or found.minutes, new=found.key not in known.memories)
    return names


# The reference


class Reference:
    """What DESIGN says of a learner, in the plainest words."""

    def __init__(self, items, histories, plan, day):
        self.items, self.histories, self.plan, self.day = items, histories, plan, day

    def stability(self, key):
        scheduler = fsrs.Scheduler(PARAMETERS, learning_steps=(), relearning_steps=())
        card, latest = fsrs.Card(card_id=1), None
        for day, rating in self.histories[key].reviews:
            latest = day if latest is None else max(latest, day)
            moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=latest)
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), moment)
        return card.stability, latest

    def firsts(self, field=None):
        right = asked = 0
        for one in self.items:
            if one.key in self.histories and field in (None, one.topic.split("/")[0]):
                asked += 1
                right += self.histories[one.key].reviews[0][1] >= 2
        return right, asked

    def prior(self, field):
        right, asked = self.firsts()
        overall = (6 * 0.35 + right) / (6 + asked)
        right, asked = self.firsts(field)
        return (6 * overall + right) / (6 + asked)

    def pace(self, kind):
        spent = boxes = 600
        for one in self.items:
            if one.kind == kind and one.key in self.histories:
                spent += self.histories[one.key].seconds
                boxes += self.histories[one.key].timed * 60 * one.minutes
        return spent / boxes

    def expected_recall(self, one, day=None):
        prior = self.prior(one.topic.split("/")[0])
        if one.key not in self.histories:
            return prior
        stability, last = self.stability(one.key)
        elapsed = max(0, (self.day if day is None else day) - last)
        decay = PARAMETERS[20]
        recall = (1 + (0.9 ** (-1 / decay) - 1) * elapsed / stability) ** -decay
        missed = any(rating == 1 for _, rating in self.histories[one.key].reviews)
        return recall if missed else max(recall, prior)

    def topic_weight(self, topic):
        parts = topic.split("/")
        for end in range(len(parts), 0, -1):
            if "/".join(parts[:end]) in self.plan.weights:
                return self.plan.weights["/".join(parts[:end])]
        return 1

    def importance(self, one):
        return one.weight * self.topic_weight(one.topic) * one.minutes

    def score(self, one):
        need = 1 - self.expected_recall(one)
        return one.weight * self.topic_weight(one.topic) * need / self.pace(one.kind)

    def readiness(self, day):
        total = sum(self.importance(one) for one in self.items)
        known = sum(self.importance(one) * self.expected_recall(one, day) for one in self.items)
        return known / total

    def may_be_chosen(self, one, today):
        seen = one.key in self.histories
        if one.key in today.asked or one.question in today.cases:
            return False
        if today.minutes is not None and today.minutes - today.spent < one.minutes / 2:
            return False
        if not seen:
            if self.plan.date == today.day or today.new == today.most_new:
                return False
            in_scope = {other.key for other in self.items}
            return all(r in self.histories or r not in in_scope for r in one.requires)
        return today.early or self.expected_recall(one) < self.plan.retention

    def choice(self, today):
        ready = [one for one in self.items if self.may_be_chosen(one, today)]
        if today.minutes is not None and today.spent < 0.5 * today.minutes:
            due = [one for one in ready if one.key in self.histories
                   and self.expected_recall(one) < self.plan.retention]  # fmt: skip
            ready = due or ready
        if len(today.fields) >= 2 and today.fields[-1] == today.fields[-2]:
            others = [one for one in ready if one.field != today.fields[-1]]
            ready = others or ready
        best = None
        for one in ready:
            if best is None or self.score(one) > self.score(best):
                best = one
        return best


def random_state(seed):
    """Return a small bank, histories, a plan and the state of a session."""
    rng = Random(seed)
    items, before = [], []
    for number in range(rng.randint(4, 9)):
        kind = rng.choice(KINDS)
        key = f"b/q{number % 5}/p{number}" if kind == "design" else f"b/q{number}"
        one = item(
            key,
            topic=rng.choice(TOPICS),
            kind=kind,
            minutes=rng.choice((1, 2.5, 4)),
            weight=rng.choice((0.5, 1, 2)),
            requires=rng.sample(before, min(len(before), rng.choice((0, 0, 1)))),
        )
        items.append(one)
        before.append(key)
    histories = {}
    for one in items:
        if rng.random() < 0.6:
            days = sorted(rng.choices(range(DAY - 60, DAY + 1), k=rng.randint(1, 5)))
            if rng.random() < 0.1:
                days[-1] -= 400  # a clock was set back
            reviews = tuple((day, rng.randint(1, 4)) for day in days)
            histories[one.key] = History(reviews, rng.uniform(0, 900), rng.randint(0, len(days)))
    weights = rng.choice(({}, {"training": 2}, {"training/loops": 0.5, "serving": 3}))
    date = rng.choice((None, DAY, DAY + 20))
    plan = Plan(date=date, weights=weights, retention=rng.choice((0.8, 0.9, 0.95)))
    today = Today(
        DAY,
        spent=rng.choice((0, 5, 14, 29)),
        minutes=rng.choice((None, 15, 30)),
        fields=rng.choice(((), ("training", "training"), ("serving", "training"))),
        most_new=rng.choice((None, 0, 2)),
        early=rng.random() < 0.5,
    )
    return items, histories, plan, today


@pytest.mark.parametrize("seed", range(200))
def test_figures_of_a_state_are_those_of_the_reference(seed):
    items, histories, plan, today = random_state(seed)
    known, wanted = Learner(items, histories, PARAMETERS), Reference(items, histories, plan, DAY)

    def close(expected):
        return pytest.approx(expected, rel=1e-4)

    for one in items:
        recall = known.expected_recall(one, DAY)
        assert close(wanted.prior(one.field)) == known.prior(one.field)
        assert close(wanted.pace(one.kind)) == known.pace(one.kind)
        assert close(wanted.expected_recall(one)) == recall
        assert close(wanted.importance(one)) == importance(one, plan)
        assert close(wanted.score(one)) == score(one, plan, recall, known.pace(one.kind))
    assert close(wanted.readiness(DAY + 20)) == readiness(items, known, plan, DAY + 20)
    assert wanted.choice(today) == choose(items, known, plan, today)


# The order of a session


def test_due_items_come_first_for_half_of_the_minutes():
    items = [item(f"b/due{n}", topic=f"t{n}", minutes=2) for n in range(9)]
    items += [item(f"b/new{n}", topic=f"n{n}", minutes=2) for n in range(9)]
    known = learner(items, **{f"due{n}": [(30, 3)] for n in range(9)})

    names = order(items, known, today=Today(DAY, minutes=30))

    assert names[:8] == [f"due{n}" for n in range(8)]
    assert {"new"} == {name[:3] for name in names[8:12]}


def test_what_is_due_has_an_expected_recall_below_the_desired_retention():
    items = [item("b/old"), item("b/fresh")]
    known = learner(items, old=[(30, 1)], fresh=[(1, 4)])

    assert order(items, known, today=Today(DAY, early=False)) == ["old"]
    assert order(items, known, today=Today(DAY, early=True)) == ["old", "fresh"]


def test_everything_comes_by_score_then_early_items_too():
    items = [item("b/early"), item("b/heavy", weight=3), item("b/new")]
    known = learner(items, early=[(1, 4)])

    assert order(items, known) == ["heavy", "new", "early"]


def test_ties_come_in_bank_order():
    items = [item(f"b/{name}", topic=name) for name in "cab"]

    assert order(items, learner(items)) == ["c", "a", "b"]


def test_an_item_is_chosen_at_most_once_a_day():
    items = [item("b/a"), item("b/b")]

    assert order(items, learner(items), today=Today(DAY, asked=frozenset({"b/a"}))) == ["b"]


def test_on_the_interview_day_only_seen_items_come():
    items = [item("b/new"), item("b/seen")]
    known = learner(items, seen=[(3, 3)])

    assert order(items, known, Plan(date=DAY)) == ["seen"]
    assert {"new", "seen"} == set(order(items, known, Plan(date=DAY + 1)))


def test_no_more_than_two_of_a_field_come_in_a_row_while_others_wait():
    items = [item(f"b/heavy{n}", topic="training/x", weight=5) for n in range(5)]
    items += [item("b/light1", topic="serving"), item("b/light2", topic="serving")]

    assert order(items, learner(items)) == [
        "heavy0",
        "heavy1",
        "light1",
        "heavy2",
        "heavy3",
        "light2",
        "heavy4",
    ]


def test_an_unseen_item_waits_for_what_it_requires():
    items = [item("b/second", requires=["b/first"], weight=9), item("b/first")]

    assert order(items, learner(items)) == ["first"]
    assert order(items, learner(items, first=[(1, 4)]))[0] == "second"


def test_what_is_out_of_scope_is_not_waited_for():
    items = [item("b/second", requires=["b/first"])]

    assert order(items, learner(items)) == ["second"]


def test_what_is_in_scope_is_waited_for_even_when_it_cannot_be_asked_now():
    items = [item("b/second", requires=["b/first"])]

    assert choose(items, learner(items), Plan(), Today(DAY), {"b/first", "b/second"}) is None


def test_a_seen_item_waits_for_nothing():
    items = [item("b/second", requires=["b/first"]), item("b/first")]

    assert "second" in order(items, learner(items, second=[(9, 3)]))


def test_at_most_one_phase_of_a_case_comes_a_day():
    items = [item("b/case/one", kind="design"), item("b/case/two", kind="design"), item("b/a")]
    known = learner(items, **{"case/one": [(9, 1)], "case/two": [(9, 1)]})

    assert order(items, known) == ["case/one", "a"]


@pytest.mark.parametrize(("spent", "begun"), [(28, True), (28.01, False)])
def test_a_question_is_begun_while_half_its_time_box_is_left(spent, begun):
    items = [item("b/a", minutes=4)]

    assert begun == bool(order(items, learner(items), today=Today(DAY, spent=spent, minutes=30)))


def test_without_a_date_ten_new_items_come_a_day():
    items = [item(f"b/q{n}", topic=f"t{n}") for n in range(20)]
    today = Today(DAY, minutes=60, most_new=10)

    assert len(order(items, learner(items), Plan(), today)) == 10


def test_an_outline_takes_each_item_at_the_pace_of_its_kind():
    items = [item(f"b/q{n}", topic=f"t{n}", minutes=2) for n in range(30)]
    histories = {"b/q0": History(((DAY - 1, 4),), seconds=2 * 600, timed=0)}
    slow = Learner(items, histories, PARAMETERS)  # 1800 s in boxes of 600 s: pace 3

    assert len(outline(items, slow, Plan(date=DAY + 9), Today(DAY, minutes=30))) == 5


# Properties

RATINGS = st.sampled_from(Rating)
HISTORIES = st.dictionaries(
    st.sampled_from([f"b/q{n}" for n in range(8)]),
    st.lists(st.tuples(st.integers(DAY - 90, DAY), RATINGS), min_size=1, max_size=4),
)


@given(HISTORIES, st.integers(0, 7), st.sampled_from([Rating.HARD, Rating.GOOD, Rating.EASY]),
       st.integers(0, 120))  # fmt: skip
def test_a_right_first_answer_never_lowers_readiness(reviews, number, rating, days):
    items = [item(f"b/q{n}", topic=TOPICS[n % 4], minutes=1 + n % 3) for n in range(8)]
    before = {key: History(tuple(history)) for key, history in reviews.items()}
    before.pop(f"b/q{number}", None)
    after = {**before, f"b/q{number}": History(((DAY, rating),))}

    def ready(histories):
        return readiness(items, Learner(items, histories, PARAMETERS), Plan(), DAY + days)

    assert ready(before) <= ready(after) + 1e-12


@given(HISTORIES, st.integers(0, 200), st.integers(-500, 500))
def test_expected_recall_is_a_probability_on_any_day_of_any_clock(reviews, back, day):
    items = [item(f"b/q{n}") for n in range(8)]
    known = Learner(items, {k: History(tuple(h)) for k, h in reviews.items()}, PARAMETERS)

    for one in items:
        assert 0 < known.expected_recall(one, DAY - back + day) <= 1


@given(HISTORIES, st.floats(0.7, 0.99))
def test_the_due_day_is_the_first_below_the_desired_retention(reviews, retention):
    items = [item(f"b/q{n}") for n in range(8)]
    known = Learner(items, {k: History(tuple(h)) for k, h in reviews.items()}, PARAMETERS)
    for one in items:
        day = known.due_day(one, retention)
        if day is not None:
            assert known.expected_recall(one, day) < retention
            assert known.expected_recall(one, day - 1) >= retention


# The plan


def test_a_topic_takes_the_weight_of_the_nearest_topic_above_it():
    plan = Plan(weights={"training": 2, "training/parallelism": 3})

    assert [
        plan.topic_weight(topic)
        for topic in ("training/parallelism/fsdp", "training/loss", "training", "trainings")
    ] == [3, 2, 2, 1]


@pytest.mark.parametrize(("level", "covered"), [(1, 1), (2, 2), (3, 3)])
def test_scope_is_what_is_at_or_below_the_level(level, covered):
    plan = Plan(level=Level(level))

    assert covered == sum(plan.covers(item(f"b/{n}", level=n)) for n in (1, 2, 3))


@pytest.mark.parametrize(("date", "left"), [(None, None), (DAY - 1, None), (DAY, 0), (DAY + 9, 9)])
def test_days_left_until_the_interview(date, left):
    assert left == Plan(date=date).days_left(DAY)


def test_days_off_are_weekdays():
    saturday = datetime(2026, 12, 5).toordinal()
    plan = Plan(days_off=frozenset({5, 6}))

    assert [plan.is_off(saturday + n) for n in range(-1, 3)] == [False, True, True, False]


def test_there_is_no_readiness_without_items():
    assert readiness([], learner([]), Plan(), DAY) is None
