"""The progress file: what is written is there, once, in order."""

import sqlite3
import threading
from random import Random

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.core.planner import History
from mlprep.core.review import Draft, Review
from mlprep.errors import MlprepError
from mlprep.storage import folders
from mlprep.storage.store import Store


def open_store():
    return Store(folders.progress_file(), folders.backup_folder())


@pytest.fixture
def store(home):
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture
def other(store):
    """Return the same file, opened by another program."""
    opened = open_store()
    yield opened
    opened.close()


def review(name, item="b/q", at=1000, day=10, rating=Rating.GOOD, **fields):
    return Review(name, item, at, day, rating, seed=7, **fields)


def ids(reviews):
    return [kept.id for kept in reviews]


def test_the_file_waits_for_the_disk_and_holds_references(store):
    pragmas = {name: store._db.execute(f"PRAGMA {name}").fetchone()[0]
               for name in ("journal_mode", "synchronous", "foreign_keys")}  # fmt: skip

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_review_comes_back_as_it_was(store):
    store.start_session("s", "drill", 1)
    kept = review(
        "r", session="s", device="desk", seconds=61.5, coverage=0.75, confidence=2, hints=1,
        overruled="guessed", answer="ünï\ncode", marks={"a": True, "~b": False},
        flags=frozenset({0, 3}),
    )  # fmt: skip

    assert kept == store.add_review(kept)
    assert [kept] == store.reviews()


def test_a_review_of_a_session_that_does_not_exist_is_refused(store):
    with pytest.raises(sqlite3.IntegrityError):
        store.add_review(review("r", session="nowhere"))

    assert store.count_reviews() == 0


def test_reviews_are_filtered_and_the_last_ones_come_in_order(store):
    for number in range(6):
        store.add_review(review(f"r{number}", f"b/q{number % 2}", number, day=number // 3))

    assert ids(store.reviews(items=["b/q1"])) == ["r1", "r3", "r5"]
    assert ids(store.reviews(day=1)) == ["r3", "r4", "r5"]
    assert ids(store.reviews(last=2)) == ["r4", "r5"]
    assert store.reviews(items=[]) == []


def test_a_retracted_review_is_not_counted_and_stays_in_the_file(store):
    store.add_review(review("r1", marks={"p": True}))
    store.add_review(review("r2"))
    store.retract("r1", 5)
    store.retract("r1", 6)

    assert ids(store.reviews()) == ["r2"]
    assert {"b/q": History(((10, 3),), 0, 0)} == store.histories()
    assert len(store.export()["review"]) == 2
    assert store.export()["retraction"] == [{"review": "r1", "at": 5}]


def test_histories_are_in_the_order_of_moments(store):
    store.add_review(review("b", at=200, day=12, rating=Rating.HARD, seconds=30))
    store.add_review(review("c", "b/old", at=100, day=11, rating=Rating.AGAIN, seconds=12.5))
    store.add_review(review("a", "b/old", at=300, day=10))

    renamed = {"b/old": "b/q"}
    assert {"b/q": History(((11, 1), (12, 2), (10, 3)), 42.5, 2)} == store.histories(
        lambda key: renamed.get(key, key)
    )


def test_reviews_of_one_moment_are_ordered_by_id(store):
    store.add_review(review("b", "b/1", rating=Rating.GOOD))
    store.add_review(review("a", "b/2", rating=Rating.AGAIN))

    assert store.histories(lambda _: "one")["one"].reviews == ((10, 1), (10, 3))


def test_a_clock_set_back_never_puts_a_review_before_an_earlier_one(store):
    store.add_review(review("r1", at=9000))
    set_back = store.add_review(review("r2", at=5, day=2))
    renamed = store.add_review(review("r3", "b/new", at=6), names=["b/q"])

    assert (set_back.at, renamed.at) == (9001, 9002)
    assert store.reviews()[1].at == 9001


def test_a_review_is_refused_where_another_terminal_was_faster(store, other):
    asked = ids(store.reviews(items=["b/q"]))
    assert other.add_review(review("theirs"), known=[])

    assert store.add_review(review("mine"), known=asked) is None
    assert ids(store.reviews()) == ["theirs"]


def test_it_is_refused_too_where_the_other_one_took_back_and_answered_anew(store, other):
    store.add_review(review("r1"))
    asked = ids(store.reviews(items=["b/q"]))
    other.retract("r1", 5)
    other.add_review(review("r2"))

    assert store.add_review(review("mine"), known=asked) is None


def test_a_review_under_a_former_key_is_known(store):
    store.add_review(review("r1", "b/old"))

    assert store.add_review(review("r2", "b/new"), names=["b/old"], known=["r1"])
    assert store.add_review(review("r3", "b/new"), names=["b/old"], known=["r1"]) is None


def test_a_review_ends_the_drafts_of_its_item_under_every_key(store):
    for item in ("b/old", "b/new", "b/other"):
        store.keep_draft(Draft(item, 1, 7, Attempt(answer="text")))

    store.add_review(review("r", "b/new"), names=["b/old"])

    assert [draft.item for draft in store.drafts()] == ["b/other"]


def test_a_refused_answer_leaves_no_draft_that_would_be_asked_again(store, other):
    store.keep_draft(Draft("b/q", 1, 7, Attempt(answer="text")))
    other.add_review(review("theirs"), known=[])
    store.keep_draft(Draft("b/q", 2, 7, Attempt(answer="text!")))

    store.add_review(review("mine"), known=[])

    assert store.drafts() == []


def test_what_was_spent_on_a_day(store):
    store.add_review(review("r1", "b/1", seconds=30))
    store.add_review(review("r2", "b/2"))
    store.add_review(review("r3", "b/3", day=11))

    assert store.spent_on(10) == [("b/1", 30), ("b/2", None)]


# Sessions, drafts, holds, settings


def test_an_open_session_is_found_until_it_ends(store):
    store.start_session("s1", "drill", 100)
    store.start_session("m", "mock", 150)
    store.start_session("s2", "drill", 200)
    store.keep_session_state("s2", {"acts": [1]})
    assert store.open_session("drill") == ("s2", 200, {"acts": [1]})
    assert store.session_state("s2") == {"acts": [1]}

    store.end_session("s2", 300)
    assert store.open_session("drill") == ("s1", 100, {})
    store.end_session("s1", 300)
    assert store.open_session("drill") is None


def test_the_last_session_is_one_with_a_review_that_stands(store):
    for number in range(3):
        store.start_session(f"s{number}", "drill", number)
    store.add_review(review("r0", session="s0"))
    store.add_review(review("r1", session="s1"))

    assert store.last_session("drill", but="s2") == "s1"
    assert store.last_session("drill", but="s1") == "s0"
    store.retract("r1", 9)
    assert store.last_session("drill", but="s2") == "s0"
    assert store.last_session("mock", but="") is None


def test_drafts_come_the_latest_first_and_are_kept_once(store):
    store.keep_draft(Draft("b/1", 1, 7, Attempt(answer="a")))
    store.keep_draft(Draft("b/2", 2, 7, Attempt(answer="b", marks={"p": True})))
    store.keep_draft(Draft("b/1", 3, 7, Attempt(answer="aa"), revealed=True))

    assert [(draft.item, draft.attempt.answer, draft.revealed) for draft in store.drafts()] == [
        ("b/1", "aa", True),
        ("b/2", "b", False),
    ]


def test_the_latest_hold_of_an_item_counts(store):
    store.add_hold("b/q", None, 1)
    row = store.add_hold("b/q", 12, 2)
    assert store.holds() == {"b/q": 12}

    store.drop_hold(row)
    assert store.holds() == {"b/q": None}


def test_a_setting_is_kept_until_it_is_forgotten(store):
    store.set("off", ["sat"])
    store.set("minutes", 20)
    store.set("minutes", 25)
    assert store.settings() == {"off": ["sat"], "minutes": 25}

    store.set("off", None)
    assert store.settings() == {"minutes": 25}


# All or nothing, one at a time


def test_changes_are_made_all_or_none(store):
    with pytest.raises(ZeroDivisionError), store.changing():
        store.add_review(review("r"))
        store.set("minutes", 1 / 0)

    assert store.count_reviews() == 0
    store.add_review(review("r"))
    assert store.count_reviews() == 1


def test_a_picture_stands_still_while_it_is_read(store, other):
    with store.reading():
        assert store.count_reviews() == 0
        other.add_review(review("r"))
        assert store.count_reviews() == 0

    assert store.count_reviews() == 1


def test_the_version_tells_of_changes_by_others_alone(store, other):
    before = store.version()
    store.set("minutes", 5)
    assert before == store.version()

    other.set("minutes", 6)
    assert before != store.version()


def test_many_programs_open_and_write_at_once(home):
    together = threading.Barrier(6)
    errors = []

    def write(number):
        together.wait()
        try:
            mine = open_store()
            for turn in range(8):
                mine.add_review(review(f"{number}-{turn}", f"b/{number}", at=turn))
                mine.keep_draft(Draft(f"b/{number}", turn, 7, Attempt(answer="x")))
            mine.close()
        except BaseException as error:  # whatever it is, it must reach the assertion
            errors.append(error)

    programs = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()

    assert errors == []
    store = open_store()
    assert store.count_reviews() == 48
    store.close()


# Damage


@pytest.mark.parametrize("content", [b"not a database at all, but long enough" * 40, b"SQLite"])
def test_a_file_that_is_no_database_says_how_to_go_on(home, content):
    home.mkdir()
    folders.progress_file().write_bytes(content)

    with pytest.raises(MlprepError, match="mlprep data restore"):
        open_store()
    assert content == folders.progress_file().read_bytes()


def test_a_folder_in_the_way_says_so(home):
    folders.progress_file().mkdir(parents=True)

    with pytest.raises(MlprepError, match="unable to open"):
        open_store()


def test_a_sound_file_has_no_problems(store):
    store.add_review(review("r", marks={"p": True}))

    assert store.problems() == []


def test_a_mark_without_its_review_is_a_problem(store):
    store._db.execute("PRAGMA foreign_keys = OFF")
    store._db.execute("INSERT INTO point_mark VALUES ('gone', 'p', 1)")

    assert store.problems() == ["table point_mark: a row points nowhere in review"]


@pytest.mark.parametrize("seed", range(6))
def test_pages_that_were_overwritten_are_found(home, seed):
    store = open_store()
    with store.changing():
        for number in range(300):
            store.add_review(review(f"r{number}", f"b/{number}", answer="x" * 200))
    store.close()
    damage(folders.progress_file(), Random(seed))

    store = open_store()
    assert store.problems()
    store.close()


def damage(file, rng):
    """Overwrite a page of a table, but not the first one, which holds the schema."""
    data = bytearray(file.read_bytes())
    page = rng.randrange(8, len(data) // 4096)
    data[page * 4096 : (page + 1) * 4096] = rng.randbytes(4096)
    file.write_bytes(data)
