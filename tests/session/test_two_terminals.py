"""Two terminals at once: neither fails, and no answer is counted twice."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.session.options import Done
from mlprep.storage import folders
from tests.session import banks
from tests.session.banks import answer, at, attempt, drill, keys, open_store

ROOT = Path(__file__).parents[2]
LIBRARY = banks.library(*[banks.recall(f"q{n:02}") for n in range(20)])
RECORD = """
from mlprep.session.options import Done
from mlprep.storage import folders
from mlprep.storage.store import Store
from tests.session import banks
store = Store(folders.progress_file(), folders.backup_folder())
library = banks.library(*[banks.recall(f"q{n:02}") for n in range(40)])
mine = banks.drill(store, library, extra=True)
kept = refused = 0
while not isinstance(ask := mine.next(banks.at()), Done):
    mine.keep(ask, banks.attempt(ask, answer="text"), banks.at())
    outcome = mine.record(ask, banks.attempt(ask), banks.at())
    kept, refused = kept + bool(outcome.review), refused + (outcome.review is None)
print(kept, refused)
"""


@pytest.fixture
def other(store):
    """Return the progress file as another terminal has it open."""
    store.set("date", "2026-12-31")
    opened = open_store(folders.progress_file())
    yield opened
    opened.close()


def test_an_answer_to_what_the_other_one_has_answered_is_not_kept(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    asked, same = mine.next(at()), theirs.next(at())
    assert asked.item == same.item
    assert mine.record(asked, attempt(asked), at()).review

    outcome = theirs.record(same, attempt(same), at())

    assert outcome.review is None
    assert store.count_reviews() == 1
    assert theirs.next(at()).item.key == "b/q01"


def test_a_refused_answer_is_overruled_to_nothing(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    asked, same = mine.next(at()), theirs.next(at())
    mine.record(asked, attempt(asked), at())
    outcome = theirs.record(same, attempt(same), at())

    assert theirs.overrule(outcome, "guessed", at()) is outcome
    assert store.count_reviews() == 1


def test_the_next_question_knows_what_the_other_one_did(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)

    assert [keys(one, 1)[0] for one in (mine, theirs, mine, theirs)] == [
        "b/q00", "b/q01", "b/q02", "b/q03",
    ]  # fmt: skip
    theirs.suspend("b/q04", at())
    assert mine.next(at()).item.key == "b/q05"


def test_two_that_began_together_share_a_session_and_its_returns(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    missed = keys(mine, 1, rating=Rating.AGAIN)
    keys(theirs, 5)

    assert mine.session == theirs.session
    assert keys(mine, 1) == missed


def test_one_that_ends_does_not_end_the_other(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    answer(mine)
    answer(theirs)
    mine.end(at())

    assert keys(theirs, 1) == ["b/q02"]


def test_what_the_other_one_missed_at_its_end_is_no_surprise(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    missed = keys(theirs, 1, rating=Rating.AGAIN)
    theirs.end(at())

    assert keys(mine, 1) == missed


def test_an_answer_that_the_other_one_takes_back_is_asked_again(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    answer(mine)
    theirs.undo(at())

    assert mine.next(at()).item.key == "b/q00"


def test_an_overruled_answer_is_kept_although_the_other_one_added_another(store, other):
    library = banks.library(banks.choice("c"))
    mine = drill(store, library)
    outcome = answer(mine, rating=Rating.AGAIN)
    answer(drill(other, library, items=("b/c",)))

    assert mine.overrule(outcome, "knew", at()).review
    assert [review.overruled for review in store.reviews()] == ["", "knew"]


def test_minutes_are_shared(store, other):
    store.set("minutes", 4)
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    for one in (mine, theirs, mine, theirs):
        answer(one)

    assert isinstance(mine.next(at()), Done)
    assert isinstance(theirs.next(at()), Done)


def test_a_draft_is_not_asked_once_more_after_the_other_one_answered(store, other):
    mine, theirs = drill(store, LIBRARY), drill(other, LIBRARY)
    asked = mine.next(at())
    theirs.record(theirs.next(at()), Attempt(said=Rating.GOOD), at())
    mine.keep(asked, Attempt(answer="still typing"), at())

    mine.record(asked, attempt(asked, answer="done"), at())

    assert mine.next(at()).item.key == "b/q01"


def test_three_processes_that_record_at_once_keep_each_item_once(store):
    programs = [
        subprocess.Popen([sys.executable, "-c", RECORD], cwd=ROOT, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]  # fmt: skip
    said = [program.communicate() for program in programs]

    assert [error for _, error in said] == ["", "", ""]
    assert sum(int(out.split()[0]) for out, _ in said) == 40
    assert set(Counter(review.item for review in store.reviews()).values()) == {1}
