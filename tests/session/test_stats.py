"""A generated year gives the figures that an independent recomputation gives."""

import json
import math
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest

from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.session.item_life import item_life
from mlprep.session.stats import FIRST_SCREEN, report
from mlprep.session.stats_document import item_document, plain, stats_document, write_tables
from mlprep.session.study import Study
from tests.session import banks
from tests.session.banks import TODAY, at
from tests.session.recount import Recount, recall
from tests.session.year import Year

AGAIN, GOOD = Rating.AGAIN, Rating.GOOD
INTERVIEW = TODAY + 13
EXACT = {"rel": 1e-9, "abs": 1e-9}
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "stats.schema.json").read_text("utf-8"))


def questions(field):
    """Return twenty questions of a field: of every kind, in topics at two depths."""
    found = []
    for n in range(4):
        cues = [{"point": f"{field} bandwidth {n}", "id": "p0", "cues": ["bandwidth"], "weight": 2},
                {"point": "memory", "id": "p1", "cues": ["memory"]},
                {"point": "far ahead", "id": "p2", "level": "principal"}]  # fmt: skip
        found += [
            banks.open_question(f"open{n}", topic="deep/er", rubric=cues, weight=1 + n % 2),
            banks.recall(f"recall{n}", topic="deep"),
            banks.choice(f"choice{n}", topic="wide", minutes=2),
            banks.estimate(f"estimate{n}"),
            banks.story(f"story{n}", topic="wide"),
        ]
    found[0]["formerly"] = ["open-of-old"]
    return [*found, banks.design("case", phases=2)]


LIBRARY = banks.shelf(**{field: questions(field) for field in ("training", "serving", "ops")})


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Return the progress file of a year, of which one question was renamed since."""
    store = banks.open_store(tmp_path_factory.mktemp("year") / "progress.sqlite")
    Year(store, LIBRARY, at(), seed=6).write()
    for number, ago in enumerate((300, 200)):
        day = TODAY - ago
        moment = int(at(-ago).timestamp() * 1000)
        store.add_review(
            Review(f"old{number}", "ops/open-of-old", moment, day, GOOD, 1, coverage=1.0)
        )
    store.add_review(Review("gone", "deleted/question", 1, TODAY - 400, GOOD, 1))
    store.set("date", "2026-12-14")
    yield store
    store.close()


def study(store, library=LIBRARY, now=None):
    return Study(store, library, now or at(), traced=True)


@pytest.fixture(scope="module")
def whole(year):
    return report(study(year))


@pytest.fixture(scope="module")
def again(year):
    return Recount(year.export(), LIBRARY, TODAY, INTERVIEW)


@pytest.mark.parametrize("topic", ["training", "serving", "ops", "ops/deep", "ops/deep/er"])
def test_figures_of_topics(whole, again, topic):
    [row] = [row for row in whole.topics if row.topic == topic]
    found = row._asdict() | {"right": row.recalled.right, "asked": row.recalled.asked}

    for name, expected in again.topic(topic).items():
        wanted = expected if expected is None or type(expected) is int else pytest.approx(
            expected, **EXACT)  # fmt: skip
        assert wanted == found[name], name


def test_the_costliest_topics_and_readiness(whole, again):
    leaves = {item.topic for item in LIBRARY.items.values()}
    costs = {topic: own_cost(again, topic) for topic in leaves}

    assert sorted(costs, key=lambda t: -costs[t])[:3] == [weak.topic for weak in whole.weakest]
    assert pytest.approx(again.readiness(TODAY, TODAY), **EXACT) == whole.readiness
    assert pytest.approx(again.readiness(INTERVIEW, TODAY), **EXACT) == whole.readiness_then
    assert pytest.approx(again.readiness(INTERVIEW, TODAY - 28), **EXACT) == whole.readiness_before


def own_cost(again, topic):
    """Return the cost of the items of a topic itself, without those of topics below it."""
    below = {row.topic for row in LIBRARY.items.values() if row.topic.startswith(f"{topic}/")}
    return again.topic(topic)["cost"] - sum(own_cost(again, name) for name in below)


def test_readiness_over_time(whole, again):
    for point in whole.history[::9]:
        assert pytest.approx(again.readiness(point.day, point.day), **EXACT) == point.mean
    assert whole.history[-1].day == TODAY


def test_calibration(whole, again):
    trials = again.trials()
    found = whole.calibration

    assert len(trials) == found.answers
    assert pytest.approx(sum(p for p, _ in trials) / len(trials), **EXACT) == found.said
    assert pytest.approx(sum(r for _, r in trials) / len(trials), **EXACT) == found.came
    assert pytest.approx(again.log_loss(trials), **EXACT) == found.log_loss
    baseline = again.log_loss([(found.came, right) for _, right in trials])
    assert pytest.approx(baseline, **EXACT) == found.baseline
    for row in found.bins:
        group = [t for t in trials if row.low <= t[0] < row.high]
        assert len(group) == row.answers
        assert pytest.approx(sum(p for p, _ in group) / len(group), **EXACT) == row.said
        assert pytest.approx(sum(r for _, r in group) / len(group), **EXACT) == row.came


def test_confidence_and_what_was_sure_and_wrong(whole, again):
    rows = {(row.topic, row.confidence): (row.answers, row.right) for row in whole.confidence}
    wrong = {row.item: row.times for row in whole.sure_and_wrong}

    assert again.confidence() == rows
    assert wrong == {
        key: times
        for key, rows in again.by_item.items()
        if (times := sum(r["confidence"] == 3 and r["rating"] == AGAIN for r in rows))
    }


def test_days_of_all_answers_those_to_deleted_questions_too(whole, again):
    found = {row["day"]: [row["answers"], row["missed"], row["minutes"]]
             for row in plain(whole.days)}  # fmt: skip

    assert again.days().keys() == found.keys()
    for day, (answers, missed, minutes) in again.days().items():
        assert [answers, missed, pytest.approx(minutes, **EXACT)] == found[day]
    assert len(again.kept) == whole.counted == whole.answers


def test_points_missed_again_and_again(whole, again):
    found = {(row.item, row.point): (row.missed, row.said) for row in whole.missed_points}
    assert again.points() == found


def test_what_was_overruled(whole, again):
    rows = [(LIBRARY.items[key], row) for key, rows in again.by_item.items() for row in rows]
    ticked = [
        (cue in row["answer"], again.marks[row["id"]][point])
        for item, row in rows
        if item.name.startswith("open") and row["answer"] and row["confidence"] != 0
        for cue, point in (("bandwidth", "p0"), ("memory", "p1"))
        if point in again.marks[row["id"]]
    ]
    found = whole.overruled

    assert found.judged == sum(item.kind in ("choice", "estimate") for item, _ in rows)
    assert found.knew == sum(row["overruled"] == "knew" for _, row in rows)
    assert found.guessed == sum(row["overruled"] == "guessed" for _, row in rows)
    assert found.offered == sum(cue for cue, _ in ticked) > 0
    assert found.unticked == sum(cue and not said for cue, said in ticked)
    assert found.overlooked == sum(said and not cue for cue, said in ticked)


def test_memory_of_items_and_what_becomes_due(whole, again):
    for row in whole.items:
        memory = again.memory(row.item, TODAY)
        assert (memory is None) == (row.stability is None)
        if memory:
            assert pytest.approx(memory[0], **EXACT) == row.stability
            assert len(again.by_item[row.item]) == row.answers
    due = [max(TODAY, row.due_day) for row in whole.items if row.due_day is not None]
    assert [due.count(TODAY + n) for n in range(30)] == [row.items for row in whole.load]
    assert sum(row.items for row in whole.stability) == sum(bool(r.answers) for r in whole.items)


def test_audits_of_a_field(whole, year, again):
    gone = {row["review"] for row in again.export["retraction"]}
    marks = {}
    for row in again.export["audit_mark"]:
        marks.setdefault(row["audit"], {})[row["point"]] = bool(row["hit"])
    weights = {"p0": 2, "p1": 1, "p2": 1}
    item_of = {row["id"]: row["item"] for row in again.kept}
    differences = {}
    for audit in again.export["audit"]:
        if audit["review"] in gone:
            continue
        item = LIBRARY.items[item_of[audit["review"]]]
        weight = weights if item.name.startswith("open") else {"p0": 1, "p1": 1}

        def covered(ticks, weight=weight):
            return sum(weight[k] for k, hit in ticks.items() if hit) / sum(weight[k] for k in ticks)

        difference = covered(again.marks[audit["review"]]) - covered(marks[audit["id"]])
        differences.setdefault(item.field, []).append(difference)

    assert whole.audits
    assert {field: (len(found), pytest.approx(sum(found) / len(found), **EXACT))
            for field, found in differences.items()} == {
        row.topic: (row.audits, row.over_rating) for row in whole.audits}  # fmt: skip


def test_mocks_are_numbered_as_they_are_shown(whole):
    assert [(mock.number, mock.verdict, mock.minutes) for mock in whole.mocks] == [
        (1, "hire", 2500 / 60),
        (2, "hire", 2500 / 60),
    ]


def test_since_counts_only_later_answers(year, again):
    since = TODAY - 30
    found = report(study(year), since=since)
    rows = [row for row in again.kept if row["day"] >= since]

    assert len(rows) == found.counted == sum(day.answers for day in found.days)
    repeats = [b for key in list(again.by_item) for _, b in again.repeats(key)]
    fields = [row for row in found.topics if "/" not in row.topic]
    assert sum(b["day"] >= since for b in repeats) == sum(r.recalled.asked for r in fields)


def test_a_screen_asks_only_for_its_parts_and_gets_the_same(year, whole):
    first = report(study(year), parts=FIRST_SCREEN)

    assert first.days == first.items == ()
    for name in FIRST_SCREEN - {"topics"}:
        assert getattr(whole, name) == getattr(first, name)
    assert {row.topic: row for row in whole.topics}.items() >= {
        row.topic: row for row in first.topics
    }.items()


# Edges


def few(store, *rows):
    for number, (item, ago, rating) in enumerate(rows):
        store.add_review(
            Review(f"r{number}", item, number, TODAY - ago, rating, 1, seconds=30, confidence=3)
        )
    return store


def finite(document):
    """Return whether a document holds neither NaN nor infinity."""
    return json.loads(json.dumps(document, allow_nan=False))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("ops/open0", 0, AGAIN)],
        [("ops/open0", 5, GOOD), ("ops/open0", 0, GOOD), ("ops/open0", 9, AGAIN)],
        [("deleted/question", 3, GOOD)],
        [("ops/open0", -400, GOOD)],
    ],
    ids=["empty", "one review", "clock set back", "deleted bank", "from the future"],
)
def test_odd_histories_give_finite_figures(store, rows):
    found = report(study(few(store, *rows)))

    assert finite(stats_document(found))
    assert len(rows) == found.answers
    assert math.isclose(1, sum(r.weight for r in found.topics if "/" not in r.topic))


def test_a_scope_of_nothing(store):
    store.set("level", "senior")
    library = banks.library(banks.recall("r"), level="principal")
    found = report(study(store, library))

    assert (found.topics, found.weakest, found.readiness) == ((), (), None)
    assert finite(stats_document(found))


def test_topics_of_no_weight_cost_nothing(store):
    store.set("weights", {"ops": 0, "training": 0, "serving": 0})
    found = report(study(few(store, ("ops/open0", 3, AGAIN))))

    assert {row.cost for row in found.topics} == {0}
    assert finite(stats_document(found))


def test_answers_move_with_a_question_to_its_new_topic(store):
    few(store, ("b/r", 9, GOOD), ("b/r", 2, AGAIN))
    moved = banks.library(banks.recall("r", topic="new"), banks.recall("s", topic="old"))
    found = {row.topic: row for row in report(study(store, moved)).topics}

    assert (found["b/new"].answers, found["b/old"].answers) == (2, 0)


def test_a_return_on_the_same_day_is_no_test_of_memory(store):
    found = report(study(few(store, ("ops/open0", 3, AGAIN), ("ops/open0", 3, GOOD))))

    assert found.calibration.answers == 1
    assert sum(row.recalled.asked for row in found.topics) == 0


# Documents


def validator(kind):
    whole = {**SCHEMA, "oneOf": [{"$ref": f"#/$defs/{kind}"}]}
    return jsonschema.Draft202012Validator(whole)


def test_the_documents_follow_their_schema(year, whole):
    validator("stats").validate(finite(stats_document(whole)))
    life = item_life(study(year), "ops/open0")
    validator("item").validate(finite(item_document(life)))


def test_the_schema_refuses_what_it_does_not_know(whole):
    document = {**finite(stats_document(whole)), "extra": 1}
    assert not validator("stats").is_valid(document)


def test_tables_hold_every_row_and_no_formula(year, whole, tmp_path):
    written = write_tables(whole._replace(topic="=cmd()"), tmp_path / "new" / "folder")
    rows = {path.stem: path.read_text("utf-8-sig").splitlines() for path in written}

    assert len(whole.items) + 1 == len(rows["items"])
    assert "topic,'=cmd()" in rows["summary"]
    assert rows["topics"][0].startswith("topic,weight,items,seen,answers,recalled_right")


def test_the_life_of_an_item(year, again):
    life = item_life(study(year), "ops/open0")
    rows = again.by_item["ops/open0"]

    assert [row["day"] for row in rows] == [event.day for event in life.events]
    assert {"old0", "old1"} <= {row["id"] for row in rows}
    for (a, b), event in zip(pairwise(rows), life.events[1:], strict=True):
        stability = again.memory("ops/open0", a["day"])[0]
        if b["day"] > a["day"]:
            gap = b["day"] - a["day"]
            assert pytest.approx(recall(gap, stability), **EXACT) == event.before
    assert [p.point for p in life.points] == ["p0", "p1", "p2"]
    assert {len(point.marks) for point in life.points} == {len(rows)}
    assert all(0 < point.recall <= 1 for point in life.curve)
