"""What the candidate knows, from the reviews on disk."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from mlprep.core.memory import Rating, default_parameters
from mlprep.core.planner import History
from mlprep.core.review import Review
from mlprep.session.study import Study
from mlprep.storage.store import Store
from tests.core.test_memory import reference
from tests.session import banks
from tests.session.banks import TODAY, at, open_store

ROOT = Path(__file__).parents[2]
QUESTIONS = [banks.recall(f"q{n}", topic=f"t{n % 3}") for n in range(12)]
RENAMED = [banks.recall("better-name", topic="t0", formerly=["q0"]), *QUESTIONS[1:]]
REPLAY = """
import json, sys
from pathlib import Path
from mlprep.core.memory import default_parameters
from mlprep.core.planner import Learner
from mlprep.session.study import Study
from mlprep.storage.store import Store
from tests.session import banks, test_study
store = Store(Path(sys.argv[1]), Path(sys.argv[1]).parent)
study = Study(store, banks.library(*test_study.RENAMED), banks.at(60))
print(json.dumps(study.learner.memories))
"""


@pytest.fixture(scope="module")
def sixty_days(tmp_path_factory):
    """Return a progress file after 60 days, and every review that stands, as (item, day, rating).

    On the way an answer is taken back, a clock is set back by a year, and an item renamed.
    """
    file = tmp_path_factory.mktemp("learner") / "progress.sqlite"
    store, rng, log = open_store(file), Random(60), []
    for day in range(60):
        library = banks.library(*(QUESTIONS if day < 40 else RENAMED))
        now = at(day - 365 if day == 30 else day)
        drill = banks.drill(store, library, now, seed=day, extra=True)
        for _ in range(9):
            ask = drill.next(now)
            rating = rng.choices(list(Rating)[:3], (3, 1, 4))[0]
            drill.record(ask, banks.attempt(ask, rating), now)
            log.append((ask.item.key.replace("better-name", "q0"), drill.study.day, rating))
            if day == 20 and rng.random() < 0.5:
                drill.undo(now)
                log.pop()
        drill.end(now)
    yield file, log
    store.close()


def expected_memories(log):
    """Return stability and difficulty of each item as py-fsrs has them."""
    expected = {}
    for item in {item for item, _, _ in log}:
        reviews, latest = [], 0
        for _, day, rating in (entry for entry in log if entry[0] == item):
            latest = max(latest, day)
            reviews.append((latest - TODAY + 400, rating))
        card = reference(reviews, default_parameters())
        expected[item.replace("q0", "better-name")] = (card.stability, card.difficulty)
    return expected


def test_a_learner_of_60_days_is_remembered_as_by_py_fsrs(sixty_days):
    file, log = sixty_days
    store = Store(file, file.parent)
    expected = expected_memories(log)

    memories = Study(store, banks.library(*RENAMED), at(60)).learner.memories

    assert len(memories) == 12
    for item, memory in memories.items():
        assert pytest.approx(expected[item], rel=1e-4) == memory[:2]
    store.close()


def test_the_60_days_hold_what_makes_them_hard(sixty_days):
    _, log = sixty_days
    same_day = {entry[:2] for entry in log if sum(entry[:2] == other[:2] for other in log) > 1}

    assert len(same_day) > 20
    assert any(day < TODAY for _, day, _ in log)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York"])
def test_memory_is_the_same_in_a_new_process_in_another_zone(sixty_days, zone):
    file, _ = sixty_days
    store = Store(file, file.parent)
    here = Study(store, banks.library(*RENAMED), at(60)).learner.memories
    store.close()
    env = {**os.environ, "TZ": zone, "PYTHONPATH": str(ROOT)}

    said = subprocess.check_output([sys.executable, "-c", REPLAY, str(file)], env=env, text=True)

    assert json.loads(json.dumps(here)) == json.loads(said)


# Histories


def review(name, item, at_ms=1, day=TODAY, rating=Rating.GOOD, seconds=None):
    return Review(name, item, at_ms, day, rating, seed=1, seconds=seconds)


def test_reviews_under_a_former_key_join_in_the_order_of_moments(store):
    library = banks.library(banks.recall("a", formerly=["z", "older/b"]))
    store.add_review(review("1", "older/b", 10, TODAY - 1, Rating.AGAIN, 30))
    store.add_review(review("2", "b/z", 20, TODAY - 2, Rating.HARD), names=["older/b"])
    store.add_review(review("3", "b/a", 30, TODAY - 1, Rating.GOOD, 50), names=["b/z"])

    reviews = ((TODAY - 1, 1), (TODAY - 2, 2), (TODAY - 1, 3))
    assert {"b/a": History(reviews, 80, 2)} == Study(store, library, at()).histories


def test_a_phase_keeps_its_history_when_its_case_is_renamed(store):
    store.add_review(review("1", "b/old/part2"))
    library = banks.library(banks.design("new", formerly=["old"]))

    assert {"b/new/part2"} == set(Study(store, library, at()).learner.memories)


def test_reviews_of_a_deleted_question_are_counted_and_teach_nothing(store):
    store.add_review(review("1", "b/gone", rating=Rating.AGAIN))
    study = Study(store, banks.library(banks.recall("a")), at())

    assert (study.answers, study.learner.memories) == (1, {})
    assert pytest.approx(0.35) == study.learner.overall


# The state of a day


def test_minutes_of_a_day_count_a_time_box_where_the_time_is_unknown(store):
    library = banks.library(banks.recall("a", minutes=3), banks.recall("b", formerly=["c"]))
    for number, (item, seconds) in enumerate([("b/a", None), ("b/c", 90), ("b/gone", None)]):
        store.add_review(review(str(number), item, seconds=seconds))

    assert Study(store, library, at()).minutes_spent(TODAY) == 3 + 1.5 + 1


def test_minutes_start_anew_at_four(store):
    library = banks.library(banks.recall("a"))
    store.add_review(review("1", "b/a", seconds=600))

    assert Study(store, library, at(1, 3, 59)).minutes_spent(TODAY) == 10
    assert Study(store, library, at(1, 4)).day == TODAY + 1


def test_the_state_of_a_day_is_what_was_answered_on_it(store):
    library = banks.library(
        banks.recall("a", topic="x"), banks.recall("c", topic="y"), banks.design("d", topic="z")
    )
    store.add_review(review("1", "b/a", day=TODAY - 1))
    for number, item in enumerate(("b/a", "b/d/part1", "b/c")):
        store.add_review(review(f"n{number}", item))

    today = Study(store, library, at()).today(TODAY, minutes=30, spent=4)

    assert {"b/a", "b/c", "b/d/part1"} == today.asked
    assert ({"b/d"}, ("b", "b"), 2) == (today.cases, today.fields, today.new)


def test_another_terminal_may_answer_while_a_study_is_open(store):
    study = Study(store, banks.library(banks.recall("a")), at())
    store.add_review(review("1", "b/a"))

    assert {"b/a"} == study.today(TODAY, minutes=30, spent=0).asked


def test_scope_is_what_is_covered_and_not_suspended(store):
    library = banks.library(
        banks.recall("a"),
        banks.recall("c", level="principal"),
        banks.recall("d"),
        banks.recall("e"),
    )
    store.set("level", "staff")
    store.add_hold("b/d", None, 1)
    store.add_hold("b/e", TODAY + 1, 1)
    study = Study(store, library, at())

    assert [item.key for item in study.scope] == ["b/a", "b/e"]
    assert [item.key for item in study.free(TODAY)] == ["b/a"]
    assert [item.key for item in study.free(TODAY + 1)] == ["b/a", "b/e"]


def test_readiness_waits_for_twenty_answers(store):
    library = banks.library(*[banks.recall(f"q{n}") for n in range(25)])
    for number in range(19):
        store.add_review(review(str(number), f"b/q{number}"))
    assert Study(store, library, at()).readiness() is None

    store.add_review(review("20", "b/q20"))
    assert 0.5 < Study(store, library, at()).readiness() < 1


def test_minutes_left_until_the_interview(store):
    library = banks.library(banks.recall("a"))
    assert Study(store, library, at()).minutes_left() is None

    store.set("date", "2026-12-08")
    store.set("off", ["sun"])
    store.add_review(review("1", "b/a", seconds=600))
    assert Study(store, library, at()).minutes_left() == 6 * 30 - 10


@pytest.mark.parametrize(
    ("off", "days"),
    [([], 1), (["wed"], 2), (["wed", "thu"], 3), (["mon", "tue", "wed", "thu", "fri", "sat"], 5)],
)
def test_the_next_study_day(store, off, days):
    store.set("off", off)

    assert TODAY + days == Study(store, banks.library(banks.recall("a")), at()).next_study_day(
        TODAY
    )


def test_the_weakest_topics_cost_most(store):
    library = banks.library(
        banks.recall("a", topic="x"),
        banks.open_question("c", topic="y"),
        banks.story("d", topic="z"),
    )

    assert [row.topic for row in Study(store, library, at()).weakest(2)] == ["b/z", "b/y"]


def test_the_session_of_a_day_that_is_only_planned(store):
    library = banks.library(*[banks.recall(f"q{n:02}", topic=f"t{n}") for n in range(40)])
    study = Study(store, library, at())
    assert len(study.forecast_session(TODAY + 1)) == 10

    store.set("date", "2026-12-20")
    study = Study(store, library, at())
    assert len(study.forecast_session(TODAY + 1)) == 30
