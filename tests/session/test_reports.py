"""The documents that commands print as JSON."""

import json

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.session import reports
from mlprep.session.study import Study
from tests.session import banks
from tests.session.banks import TODAY, at, attempt, drill

AGAIN, HARD, GOOD, EASY = Rating
LIBRARY = banks.shelf(
    training=[
        banks.open_question("o", topic="loss"),
        banks.recall("r", topic="loss/scaling"),
        banks.choice("c", topic="parallelism"),
    ],
    serving=[banks.estimate("e"), banks.order("w", formerly=["v"]), banks.design("d")],
)


@pytest.fixture
def filled(store):
    """Return a progress file with a few answers of earlier days."""
    rows = [
        ("training/o", 3, AGAIN, {"p0": True, "p1": False}),
        ("training/o", 2, HARD, {"p0": True, "p1": True}),
        ("training/c", 2, GOOD, {}),
        ("serving/v", 2, AGAIN, {}),
        ("serving/v", 1, AGAIN, {}),
        ("serving/v", 1, GOOD, {}),
    ]
    for number, (item, ago, rating, marks) in enumerate(rows):
        day = TODAY - ago
        store.add_review(
            Review(f"r{number}", item, number, day, rating, 1, seconds=30, marks=marks)
        )
    return store


def study(store):
    return Study(store, LIBRARY, at())


def plain(document):
    """Return a document as it comes out of JSON."""
    return json.loads(json.dumps(document, allow_nan=False))


def test_today_names_what_comes(filled):
    now = study(filled)
    document = plain(reports.today_document(now))

    assert document["day"] == "2026-12-01"
    assert document["planned"] == [item.key for item in now.forecast_session(TODAY)] != []
    assert {"minutes": 30, "minutes_spent": 0, "answers": 6, "readiness": None}.items() <= (
        document.items()
    )


def test_the_plan_is_told_as_it_was_set(filled):
    for key, value in (
        ("date", "2026-12-08"),
        ("minutes", 35),
        ("off", ["sun"]),
        ("level", "staff"),
    ):
        filled.set(key, value)

    assert plain(reports.plan_document(study(filled))) == {
        "version": 1, "date": "2026-12-08", "days_left": 7, "minutes": 35, "off": ["sun"],
        "level": "staff", "weights": {}, "retention": 0.9, "scope": 8, "seen": 3,
        "minutes_left": 6 * 35, "answers": 6, "readiness": None, "readiness_then": None,
    }  # fmt: skip


@pytest.mark.parametrize("key", list(LIBRARY.items))
def test_a_question_is_given_without_its_answer(store, key):
    ask = drill(store, LIBRARY).ask(key, 7, at())

    document = plain(reports.ask_document(ask))

    assert (document["key"], document["seed"], document["kind"]) == (key, 7, ask.question.kind)
    for secret in ("answer", "truth", "correct", "solution", "compute"):
        assert secret not in document
    if ask.question.kind in ("choice", "order"):
        assert list(document["options"]) == list("abcd")[: len(ask.order)]
    if ask.question.kind == "design":
        assert (document["case"]["prompt"], len(document["points"])) == ("Design d", 2)


@pytest.mark.parametrize(
    ("key", "rating", "right"),
    [
        ("training/c", AGAIN, 1),
        ("serving/w", HARD, 4),
        ("training/r", GOOD, 0),
        ("training/o", HARD, 0),
    ],
)
def test_an_outcome_tells_the_answer(store, key, rating, right):
    today = drill(store, LIBRARY)
    ask = today.ask(key, 7, at())
    document = plain(reports.outcome_document(today.record(ask, attempt(ask, rating), at())))

    assert (document["key"], document["kept"], document["rating"]) == (key, True, rating.word)
    assert len(document["right"]) == right
    assert document["recall_after"] > 0
    if key == "training/o":
        assert (document["coverage"], document["missed"]) == (0.5, ["point 2", "point 3"])


def test_an_outcome_tells_the_true_value(store):
    today = drill(store, LIBRARY)
    ask = today.ask("serving/e", 7, at())
    outcome = today.record(ask, Attempt(value=ask.truth), at())

    assert reports.outcome_document(outcome)["true_value"] == ask.truth


def test_history_is_told_in_order(filled):
    reviews = filled.reviews(items=LIBRARY.names("training/o"))

    items = plain(reports.history_document({"training/o": reviews}))["items"]

    assert [(one["day"], one["rating"], one["points"]) for one in items["training/o"]] == [
        ("2026-11-28", "missed", {"p0": True, "p1": False}),
        ("2026-11-29", "partly", {"p0": True, "p1": True}),
    ]
