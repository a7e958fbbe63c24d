"""What a drill asks, one question after the other, and when it ends."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.core.review import Draft, Review
from mlprep.core.rubric import Level
from mlprep.session.ask import Ask
from mlprep.session.options import Done
from tests.session import banks
from tests.session.banks import TODAY, answer, at, attempt, drill, keys

AGAIN, HARD, GOOD, EASY = Rating


@pytest.fixture
def dated(store):
    """Let the interview be in a month, so that nothing but minutes ends a session."""
    store.set("date", "2026-12-31")
    return store


def recalls(many, **fields):
    return banks.library(*[banks.recall(f"q{n:02}", **fields) for n in range(many)])


def seen(store, *items, ago=1, rating=GOOD, seconds=None):
    """Let items be answered before today."""
    for item in items:
        name = f"{item} {ago} {store.count_reviews()}"
        day = TODAY - ago
        store.add_review(Review(name, item, day * 86_400_000, day, rating, 1, seconds=seconds))


def reason(step):
    assert isinstance(step, Done), step
    return step.reason


# The end of a session


def test_a_session_ends_when_the_minutes_of_the_day_are_spent(dated):
    today = drill(dated, recalls(40))

    assert len(keys(today, 30)) == 30
    assert reason(today.next(at())) == "time"
    assert reason(drill(dated, recalls(40)).next(at(0, 23))) == "time"


def test_minutes_count_since_four_over_all_drills_of_the_day(dated):
    keys(drill(dated, recalls(60), at(0, 3)), 20, at(0, 3))
    early = drill(dated, recalls(60), at(0, 5))
    keys(early, 10, at(0, 5))
    early.end(at(0, 5))

    evening = drill(dated, recalls(60), at(0, 20))
    keys(evening, 20, at(0, 20))

    assert reason(evening.next(at(0, 20))) == "time"


def test_minutes_of_an_own_run_count_from_its_start(dated):
    keys(drill(dated, recalls(60)), 30)

    more = drill(dated, recalls(60), minutes=5)

    assert len(keys(more, 5)) == 5
    assert reason(more.next(at())) == "time"


def test_minutes_of_an_own_run_do_not_grow_when_the_day_turns(dated):
    keys(drill(dated, recalls(90)), 30)
    night = drill(dated, recalls(90), at(1, 3, 50), minutes=10)
    keys(night, 4, at(1, 3, 55))

    assert len(keys(night, 6, at(1, 4, 5))) == 6
    assert reason(night.next(at(1, 4, 10))) == "time"


def test_the_minutes_of_a_new_day_are_there_at_four(dated):
    night = drill(dated, recalls(90), at(1, 3, 30))
    keys(night, 30, at(1, 3, 30))
    assert reason(night.next(at(1, 3, 59))) == "time"

    assert len(keys(night, 30, at(1, 4))) == 30


def test_extra_goes_on_past_the_day_and_takes_early_items(store):
    more = drill(store, recalls(45), extra=True)

    assert len(keys(more, 45)) == 45
    assert reason(more.next(at())) == "nothing"


def test_a_limit_counts_the_questions_of_this_run(dated):
    keys(drill(dated, recalls(20)), 2)

    more = drill(dated, recalls(20), limit=3)

    assert len(keys(more, 3)) == 3
    assert reason(more.next(at())) == "limit"


def test_a_limit_holds_although_a_draft_waits(dated):
    for item in ("b/q05", "b/q06"):
        dated.keep_draft(Draft(item, 1, 7, Attempt(answer="half")))
    more = drill(dated, recalls(20), limit=1)
    answer(more)

    assert reason(more.next(at())) == "limit"


def test_without_a_date_due_items_and_ten_new_ones_end_the_day(store):
    library = recalls(40)
    seen(store, "b/q38", "b/q39", ago=60)
    seen(store, "b/q37", ago=1, rating=EASY)

    today = drill(store, library)
    asked = keys(today, 12)

    assert {"b/q38", "b/q39"} == set(asked[:2])
    assert "b/q37" not in asked
    assert reason(today.next(at())) == "nothing"


def test_new_says_how_many_unseen_ones_come_today(dated):
    seen(dated, "b/q19", ago=1, rating=EASY)
    today = drill(dated, recalls(20), new=3)

    assert keys(today, 4) == ["b/q00", "b/q01", "b/q02", "b/q19"]
    assert reason(today.next(at())) == "nothing"


def test_nothing_left_says_when_the_next_is_due(store):
    today = drill(store, recalls(1))
    answer(today)
    done = today.next(at())

    assert done.reason == "nothing"
    assert done.next_due > TODAY
    assert isinstance(drill(store, recalls(1), at(done.next_due - TODAY)).next(
        at(done.next_due - TODAY)), Ask)  # fmt: skip


def test_what_is_due_but_cannot_come_today_is_due_tomorrow(store):
    seen(store, "b/d/part1", "b/d/part2", ago=90, rating=AGAIN)
    today = drill(store, banks.library(banks.design("d", phases=2)))
    answer(today)

    assert Done("nothing", TODAY + 1) == today.next(at())


@pytest.mark.parametrize("options", [{"minutes": 10}, {"extra": True}, {"items": ("b/q01",)}])
def test_a_day_off_says_so_but_what_is_asked_for_is_given(dated, options):
    dated.set("off", ["tue"])

    assert reason(drill(dated, recalls(5)).next(at())) == "day off"
    assert isinstance(drill(dated, recalls(5), **options).next(at()), Ask)


def test_a_half_time_box_must_be_left(dated):
    dated.set("minutes", 5)
    today = drill(dated, banks.library(*[banks.open_question(f"q{n}", minutes=4) for n in (1, 2)]))
    answer(today, seconds=181)

    assert reason(today.next(at())) == "time"


def test_on_the_interview_day_only_what_was_seen_comes(store):
    store.set("date", "2026-12-01")
    seen(store, "b/q03", "b/q04", rating=EASY)
    today = drill(store, recalls(9))

    assert {"b/q03", "b/q04"} == set(keys(today, 2))
    assert reason(today.next(at())) == "nothing"


# What is asked for


def mixed():
    return banks.shelf(
        training=[
            banks.recall("a", topic="loss", tags=["fsdp"]),
            banks.choice("c", topic="parallelism", level="staff"),
            banks.open_question("o", topic="lossy", dimension="numbers"),
        ],
        serving=[banks.recall("s", tags=["kv", "fsdp"]), banks.recall("p", level="principal")],
    )


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({"topics": ("training",)}, "aco"),
        ({"topics": ("training/loss",)}, "a"),
        ({"topics": ("training/loss", "serving")}, "asp"),
        ({"banks": ("serving",)}, "sp"),
        ({"kinds": ("recall", "open")}, "aosp"),
        ({"tags": ("fsdp",)}, "as"),
        ({"dimensions": ("numbers",)}, "o"),
        ({"levels": (Level.STAFF, Level.PRINCIPAL)}, "cp"),
        ({"kinds": ("recall",), "banks": ("training",)}, "a"),
    ],
)
def test_filters(dated, options, asked):
    today = drill(dated, mixed(), extra=True, **options)

    found = keys(today, len(asked))

    assert sorted(asked) == sorted(key.rpartition("/")[2] for key in found)
    assert isinstance(today.next(at()), Done)


def test_a_filter_that_nothing_passes_says_so(dated):
    assert reason(drill(dated, mixed(), tags=("gpu",)).next(at())) == "no match"


def test_a_question_is_asked_for_by_its_key_as_often_as_one_likes(dated):
    for _ in range(2):
        one = drill(dated, recalls(5), items=("b/q03",))
        assert keys(one, 1) == ["b/q03"]
        assert isinstance(one.next(at()), Done)
        one.end(at())


def test_a_question_above_the_level_comes_when_it_is_asked_for(dated):
    dated.set("level", "senior")

    assert keys(drill(dated, mixed(), items=("serving/p",)), 1) == ["serving/p"]


def test_a_case_that_is_asked_for_comes_phase_by_phase(dated):
    library = banks.library(banks.design("d"))
    whole = drill(dated, library, items=tuple(library.items))

    assert list(library.items) == keys(whole, 3)


def test_a_drill_is_narrowed_to_topics(dated):
    today = drill(dated, mixed(), extra=True)
    today.only(["serving"])

    assert {"serving/s", "serving/p"} == set(keys(today, 2))
    assert isinstance(today.next(at()), Done)


def test_the_first_question_of_all_is_a_short_one(dated):
    library = banks.library(banks.open_question("long", weight=9), banks.choice("short"))
    today = drill(dated, library)

    assert keys(today, 2) == ["b/short", "b/long"]


# Prerequisites and cases


def test_a_phase_waits_for_the_one_before_and_comes_on_another_day(dated):
    library = banks.library(banks.design("d"))
    days = [keys(drill(dated, library, at(day)), 1, at(day))[0] for day in range(3)]

    assert days == ["b/d/part1", "b/d/part2", "b/d/part3"]
    assert reason(drill(dated, library, at(0)).next(at(0))) == "nothing"


def test_a_phase_that_is_put_off_to_tomorrow_opens_no_later_one(dated):
    today = drill(dated, banks.library(banks.design("d")))
    today.bury("b/d/part1", at())

    assert isinstance(today.next(at()), Done)


def test_a_filter_opens_no_question_before_what_it_requires(dated):
    library = banks.library(banks.recall("first"), banks.choice("second", requires=["first"]))

    assert isinstance(drill(dated, library, kinds=("choice",)).next(at()), Done)


def test_a_suspended_prerequisite_is_not_waited_for(dated):
    library = banks.library(banks.recall("first"), banks.choice("second", requires=["first"]))
    today = drill(dated, library)
    today.suspend("b/first", at())

    assert keys(today, 1) == ["b/second"]


# Missed items


def test_a_missed_item_returns_after_five_others(dated):
    today = drill(dated, recalls(20))
    assert answer(today, rating=AGAIN).returns
    others = keys(today, 5)

    assert "b/q00" not in others
    assert keys(today, 1) == ["b/q00"]
    assert "b/q00" not in keys(today, 10)


def test_it_returns_at_most_three_times(dated):
    dated.set("minutes", 60)
    today = drill(dated, recalls(40))
    returns = []
    for _ in range(30):
        ask = today.next(at())
        missed = ask.item.key == "b/q00"
        outcome = today.record(ask, attempt(ask, AGAIN if missed else GOOD), at())
        if missed:
            returns.append(outcome.returns)

    assert returns == [True, True, True, False]


def test_several_missed_items_return_the_longest_waiting_first(dated):
    today = drill(dated, recalls(20))
    missed = keys(today, 2, rating=AGAIN)
    keys(today, 4)

    assert missed == keys(today, 2)


def test_a_return_counts_both_answers_and_is_never_easy(dated):
    library = banks.library(
        banks.open_question("o", weight=9), *[banks.recall(f"q{n}") for n in range(6)]
    )
    seen(dated, "b/q0")
    today = drill(dated, library)
    ask = today.next(at())
    marks = {"p0": True, "p1": False, "p2": False, "p3": False}
    today.record(ask, Attempt(confidence=3, seconds=5, marks=marks), at())
    keys(today, 5)

    again = today.next(at())
    assert (again.item.key, again.returned) == ("b/o", True)
    assert [point.key for point in again.points] == ["p1", "p2", "p3"]
    rest = dict.fromkeys(("p1", "p2", "p3"), True)
    outcome = today.record(again, Attempt(confidence=3, seconds=5, marks=rest), at())

    assert (outcome.grade.rating, outcome.grade.coverage) == (GOOD, 1)
    assert {"p0", "p1", "p2", "p3"} == outcome.review.attempt.hit


def test_a_return_spends_minutes_of_the_session(dated):
    dated.set("minutes", 6)
    today = drill(dated, recalls(20))
    answer(today, rating=AGAIN)
    keys(today, 5)

    assert reason(today.next(at())) == "time"


def test_with_fewer_than_five_others_left_it_opens_the_next_session(dated):
    dated.set("minutes", 4)
    today = drill(dated, recalls(20))
    missed = keys(today, 1, rating=AGAIN)
    keys(today, 3)
    assert reason(today.next(at())) == "time"
    today.end(at())

    tomorrow = drill(dated, recalls(20), at(1))
    assert missed == keys(tomorrow, 1, at(1))
    assert missed[0] not in keys(tomorrow, 3, at(1))


def test_it_opens_the_next_session_of_the_same_day_too(dated):
    today = drill(dated, recalls(20))
    missed = keys(today, 1, rating=AGAIN)
    today.end(at())

    assert missed == keys(drill(dated, recalls(20), at(0, 20)), 1, at(0, 20))


def test_what_came_back_three_times_does_not_open_the_next_session(dated):
    today = drill(dated, recalls(40), minutes=60)
    for _ in range(30):
        ask = today.next(at())
        today.record(ask, attempt(ask, AGAIN if ask.item.key == "b/q00" else GOOD), at())
    today.end(at())

    assert drill(dated, recalls(40), at(0, 20), extra=True).next(at(0, 20)).item.key != "b/q00"


def test_what_was_answered_since_does_not_open_the_next_session(dated):
    today = drill(dated, recalls(20))
    missed = keys(today, 1, rating=AGAIN)
    today.end(at())
    one = drill(dated, recalls(20), at(0, 12), items=tuple(missed))
    answer(one, at(0, 12))
    one.end(at(0, 12))

    assert missed[0] not in keys(drill(dated, recalls(20), at(0, 20)), 5, at(0, 20))


def test_a_missed_item_that_is_set_aside_does_not_return(dated):
    today = drill(dated, recalls(20))
    missed = keys(today, 1, rating=AGAIN)[0]
    today.suspend(missed, at())

    assert missed not in keys(today, 12)


# Later, tomorrow, set aside


def test_later_comes_after_five_others(dated):
    today = drill(dated, recalls(20))
    ask = today.next(at())
    today.later(ask, at())
    others = keys(today, 5)

    assert ask.item.key not in others
    assert [ask.item.key] == keys(today, 1)


def test_later_comes_at_the_end_where_fewer_are_left(dated):
    today = drill(dated, recalls(3))
    today.later(today.next(at()), at())

    assert keys(today, 3) == ["b/q01", "b/q02", "b/q00"]
    assert isinstance(today.next(at()), Done)


def test_what_was_typed_before_later_stands_there_again(dated):
    today = drill(dated, banks.library(*[banks.choice(f"q{n}") for n in range(9)]))
    ask = today.next(at())
    today.keep(ask, Attempt(answer="half", hints=1), at())
    today.later(ask, at())
    keys(today, 5)

    again = today.next(at())
    assert (ask.item, ask.seed) == (again.item, again.seed)
    assert (again.draft.attempt.answer, again.draft.attempt.hints) == ("half", 1)


def test_an_item_that_returned_can_be_put_off_as_well(dated):
    today = drill(dated, recalls(30))
    missed = keys(today, 1, rating=AGAIN)[0]
    keys(today, 5)
    again = today.next(at())
    assert missed == again.item.key
    today.later(again, at())

    assert missed not in keys(today, 5)
    assert [missed] == keys(today, 1)


def test_what_was_put_off_counts_as_new_and_as_the_phase_of_its_case(dated):
    library = banks.library(banks.design("d"), *[banks.recall(f"q{n}") for n in range(9)])
    seen(dated, "b/d/part1", "b/d/part2", ago=60, rating=AGAIN)
    today = drill(dated, library)
    ask = today.next(at())
    assert ask.item.question == "b/d"
    today.later(ask, at())

    asked = keys(today, 10)
    assert sum(key.startswith("b/d/") for key in asked) == 1


def test_later_does_not_make_room_for_more_new_items(store):
    today = drill(store, recalls(30))
    today.later(today.next(at()), at())

    assert len(keys(today, 10)) == 10
    assert reason(today.next(at())) == "nothing"


def test_later_is_forgotten_when_the_session_ends(dated):
    today = drill(dated, recalls(20))
    ask = today.next(at())
    today.later(ask, at())
    today.end(at())

    assert ask.item == drill(dated, recalls(20)).next(at()).item


def test_tomorrow_is_tomorrow(dated):
    today = drill(dated, recalls(3))
    today.bury("b/q01", at(0, 23))

    assert keys(today, 2) == ["b/q00", "b/q02"]
    assert isinstance(today.next(at()), Done)
    assert keys(drill(dated, recalls(3), at(1, 4)), 1, at(1, 4)) == ["b/q01"]


def test_set_aside_is_for_good(dated):
    today = drill(dated, recalls(3))
    today.suspend("b/q00", at())

    assert keys(today, 2) == ["b/q01", "b/q02"]
    assert "b/q00" not in keys(drill(dated, recalls(3), at(90)), 2, at(90))


# Drafts


def test_what_was_half_typed_comes_first_at_the_next_start(dated):
    today = drill(dated, recalls(20))
    keys(today, 2)
    ask = today.next(at())
    today.keep(ask, Attempt(answer="half an ans", seconds=12), at())

    again = drill(dated, recalls(20), seed=99).next(at(0, 9, 5))

    assert (ask.item, ask.seed) == (again.item, again.seed)
    assert (again.draft.attempt.answer, again.draft.attempt.seconds) == ("half an ans", 12)


def test_what_was_revealed_opens_at_its_ticks(dated):
    today = drill(dated, banks.library(banks.open_question("o"), banks.open_question("p")))
    ask = today.next(at())
    today.keep(ask, Attempt(confidence=2, marks={"p0": True}), at(), revealed=True)

    draft = drill(dated, banks.library(banks.open_question("o"))).next(at()).draft

    assert (
        draft.revealed, draft.attempt.confidence, draft.attempt.marks,
    ) == (True, 2, {"p0": True})  # fmt: skip


def test_an_empty_draft_is_not_offered(dated):
    today = drill(dated, recalls(20))
    today.keep(drill(dated, recalls(20), items=("b/q09",)).next(at()), Attempt(), at())

    assert today.next(at()).item.key == "b/q00"


def test_a_draft_of_a_renamed_question_is_asked_once(dated):
    dated.keep_draft(Draft("b/old", 5, 7, Attempt(answer="half")))
    library = banks.library(banks.recall("a"), banks.recall("new", formerly=["old"]))
    today = drill(dated, library)

    assert today.next(at()).draft.attempt.answer == "half"
    assert keys(today, 2) == ["b/new", "b/a"]
    assert isinstance(today.next(at()), Done)


def test_a_draft_of_a_deleted_question_is_left_alone(dated):
    dated.keep_draft(Draft("b/gone", 5, 7, Attempt(answer="half")))

    assert drill(dated, recalls(3)).next(at()).item.key == "b/q00"
    assert [draft.item for draft in dated.drafts()] == ["b/gone"]


def test_a_draft_that_a_filter_leaves_out_waits_for_another_drill(dated):
    dated.keep_draft(Draft("serving/s", 5, 7, Attempt(answer="half")))

    assert "training/" in drill(dated, mixed(), topics=("training",)).next(at()).item.key
    assert drill(dated, mixed()).next(at()).item.key == "serving/s"


@pytest.mark.parametrize("hold", ["bury", "suspend"])
def test_a_draft_that_is_set_aside_is_not_offered(dated, hold):
    today = drill(dated, recalls(3))
    ask = today.next(at())
    today.keep(ask, Attempt(answer="half"), at())
    getattr(today, hold)(ask.item.key, at())

    assert today.next(at()).item.key == "b/q01"


# Reviews


def test_a_review_says_how_it_came_about(dated):
    today = drill(dated, banks.library(banks.open_question("o", minutes=4)))
    ask = today.next(at())
    marks = {"p0": True, "p1": True, "p2": False, "p3": False}
    today.record(ask, Attempt("text", 2, 61.26, 1, marks, frozenset({0})), at())

    review = dated.reviews()[0]
    assert ("b/o", TODAY, HARD, "drill", ask.seed) == (
        review.item, review.day, review.rating, review.source, review.seed,
    )  # fmt: skip
    assert (0.5, 2, 1, 61.3, "text", marks, {0}) == (
        review.coverage, review.confidence, review.hints, review.seconds, review.answer,
        review.marks, review.flags,
    )  # fmt: skip
    assert today.session == review.session


@pytest.mark.parametrize(("seconds", "kept"), [(None, None), (30, 30), (180, 180), (9999, 180)])
def test_time_is_kept_up_to_three_time_boxes(dated, seconds, kept):
    answer(drill(dated, recalls(1)), seconds=seconds)

    assert kept == dated.reviews()[0].seconds


def test_without_an_idea_every_point_is_missed(dated):
    today = drill(dated, banks.library(banks.open_question("o")))
    outcome = today.record(today.next(at()), Attempt(confidence=0), at())

    assert (outcome.grade.rating, outcome.grade.coverage) == (AGAIN, 0)
    assert dict.fromkeys(("p0", "p1", "p2", "p3"), False) == dated.reviews()[0].marks


def test_a_review_belongs_to_the_day_that_turned_at_four(dated):
    answer(drill(dated, recalls(3), at(1, 3)), at(1, 3))

    assert dated.reviews()[0].day == TODAY


def test_the_outcome_tells_recall_before_and_after(dated):
    today = drill(dated, recalls(2))
    outcome = answer(today)

    assert pytest.approx(0.35) == outcome.before
    assert outcome.after == today.study.learner.expected_recall(
        outcome.ask.item, today.study.plan.date
    )
    assert outcome.after > outcome.before
    assert outcome.due > TODAY


def test_a_renamed_question_is_answered_like_any_other(dated):
    seen(dated, "b/old", "b/old", ago=3)
    library = banks.library(banks.recall("new", formerly=["old"]))
    outcome = answer(drill(dated, library))

    assert outcome.review.item == "b/new"
    assert len(drill(dated, library).study.histories["b/new"].reviews) == 3


@pytest.mark.parametrize("word", ["guessed", "knew"])
def test_overruling_replaces_the_review_and_keeps_both_in_the_log(dated, word):
    today = drill(dated, banks.library(banks.choice("c")))
    outcome = answer(today, rating=AGAIN if word == "knew" else GOOD)

    other = today.overrule(outcome, word, at(0, 9, 1))

    assert (AGAIN if word == "guessed" else GOOD) is other.grade.rating
    assert [(other.review.id, word)] == [(r.id, r.overruled) for r in dated.reviews()]
    assert len(dated.export()["review"]) == 2


def test_an_overruled_review_keeps_its_day_and_its_place(dated):
    night = drill(dated, banks.library(banks.choice("c")), at(1, 3, 59))
    outcome = answer(night, at(1, 3, 59))

    other = night.overrule(outcome, "guessed", at(1, 4, 1))

    assert (outcome.review.day, outcome.review.at) == (other.review.day, other.review.at)


def test_overruling_a_return_counts_what_was_said_before(dated):
    library = banks.library(
        banks.open_question("o", weight=9), *[banks.recall(f"q{n}") for n in range(6)]
    )
    seen(dated, "b/q0")
    today = drill(dated, library)
    ask = today.next(at())
    today.record(ask, Attempt(marks={"p0": True, "p1": False, "p2": False, "p3": False}), at())
    keys(today, 5)
    rest = dict.fromkeys(("p1", "p2", "p3"), True)
    outcome = today.record(today.next(at()), Attempt(confidence=3, marks=rest), at())

    other = today.overrule(outcome, "guessed", at())

    assert (other.grade.rating, other.grade.coverage) == (HARD, 1)
    assert len(dated.reviews(items=["b/o"])) == 2


def test_overruling_twice_leaves_one_review(dated):
    today = drill(dated, banks.library(banks.choice("c")))
    outcome = today.overrule(answer(today), "guessed", at())
    outcome = today.overrule(outcome, "knew", at())

    assert [(r.rating, r.overruled) for r in dated.reviews()] == [(GOOD, "knew")]


def test_a_script_may_give_the_rating(dated):
    today = drill(dated, banks.library(banks.open_question("o")))
    outcome = today.record(today.ask("b/o", None, at()), Attempt(), at(), rating=EASY)

    assert EASY is outcome.review.rating


def test_a_question_is_asked_out_of_turn_with_its_seed(dated):
    today = drill(dated, banks.library(banks.order("o"), banks.recall("r")))
    seed = today.ask("b/o", None, at()).seed

    assert seed == today.ask("b/o", seed, at()).seed
    assert today.ask("b/o", seed, at()).order == today.ask("b/o", seed, at()).order


# Several runs, clocks


def test_a_session_that_was_broken_off_goes_on(dated):
    first = drill(dated, recalls(20))
    missed = keys(first, 1, rating=AGAIN)
    keys(first, 2)

    second = drill(dated, recalls(20), at(0, 10))
    assert first.session == second.session
    assert second.next(at(0, 10)).number == 4
    keys(second, 3, at(0, 10))
    assert missed == keys(second, 1, at(0, 10))


def test_a_session_of_another_day_is_closed(dated):
    first = drill(dated, recalls(20))
    answer(first)

    second = drill(dated, recalls(20), at(1))
    answer(second, at(1))

    assert {row["id"]: row["ended"] is None for row in dated.export()["session"]} == {
        first.session: False,
        second.session: True,
    }


def test_a_drill_without_an_answer_leaves_no_session(dated):
    today = drill(dated, recalls(3))
    today.next(at())
    today.end(at())

    assert dated.export()["session"] == []


@pytest.mark.parametrize(
    ("zone", "evening", "night", "morning"),
    [
        # 02:00 becomes 03:00; the times are UTC
        ("America/New_York", (2026, 3, 8, 3, 0), (2026, 3, 8, 7, 59), (2026, 3, 8, 8, 0)),
        # 03:00 becomes 02:00
        ("Europe/Berlin", (2026, 10, 24, 20, 0), (2026, 10, 25, 2, 59), (2026, 10, 25, 3, 0)),
    ],
)
def test_the_night_the_clocks_change(dated, travel, zone, evening, night, morning):
    there = travel(zone)
    times = [datetime(*utc, tzinfo=UTC).astimezone(there) for utc in (evening, night, morning)]
    sessions = []
    for now in times:
        a_drill = drill(dated, recalls(20), now)
        answer(a_drill, now)
        sessions.append(a_drill.session)

    days = [review.day for review in dated.reviews()]
    assert sessions[0] == sessions[1] != sessions[2]
    assert days == [days[0], days[0], days[0] + 1]


def test_a_flight_to_yesterday_harms_nothing(dated, travel):
    now = datetime(2026, 12, 2, 8, tzinfo=travel("Asia/Tokyo"))
    first = drill(dated, recalls(1), now)
    answer(first, now, AGAIN)
    first.end(now)

    landed = now.astimezone(travel("America/Los_Angeles")) + timedelta(hours=1)
    second = answer(drill(dated, recalls(1), landed), landed)

    assert [review.day - TODAY for review in dated.reviews()] == [1, 0]
    assert second.after > 0


def test_a_clock_set_back_by_a_year_harms_nothing(dated):
    today = drill(dated, recalls(20))
    keys(today, 3, rating=AGAIN)
    ask = today.next(at())
    today.keep(ask, Attempt(answer="half"), at())

    past = drill(dated, recalls(20), at(-365))
    outcome = answer(past, at(-365))
    assert ask.item == outcome.ask.item
    assert outcome.review.day == TODAY - 365
    keys(past, 8, at(-365), rating=AGAIN)
    assert past.undo(at(-365))

    back = drill(dated, recalls(20), at(0, 12))
    assert answer(back, at(0, 12)).review
    for memory in back.study.learner.memories.values():
        assert memory.stability > 0
        assert memory.day <= TODAY


def test_banks_that_were_edited_are_used_at_once(dated):
    today = drill(dated, recalls(2))
    answer(today)
    today.use(banks.library(banks.recall("q01", prompt="Edited?")), at())

    assert today.next(at()).question.prompt == "Edited?"


# Every rule, whatever happens


def random_library(rng):
    """Return three banks with prerequisites, cases, levels and weights."""
    made = {}
    for bank in ("x", "y", "z"):
        questions = []
        for number in range(rng.randint(3, 7)):
            fields = {"weight": rng.choice((1, 2)), "level": rng.choice(("senior", "staff"))}
            before = [q["id"] for q in questions if q["kind"] != "design"]
            if before and rng.random() < 0.4:
                fields["requires"] = [rng.choice(before)]
            make = rng.choice((banks.recall, banks.choice, banks.open_question, banks.design))
            questions.append(make(f"{bank}{number}", **fields))
        made[bank] = questions
    return banks.shelf(**made)


class Watch:
    """Checks each question against the rules, from its own log of what was answered."""

    def __init__(self, library, plan):
        self.library, self.plan = library, plan
        self.holds = {}  # until which day, None: for good
        self.log = []  # (day, session, key, rating)

    def keys(self, day=None):
        return [key for when, _, key, _ in self.log if day in (None, when)]

    def check(self, ask, day, session, spent, learner):
        key, item = ask.item.key, ask.item
        until = self.holds.get(key, 0)
        assert until is not None
        assert until <= day
        assert self.plan.minutes - spent >= item.minutes / 2
        mine = [(other, rating) for _, of, other, rating in self.log if of == session]
        if key in [other for other, _ in mine]:
            self.check_return(key, mine)
        elif key in self.keys(day):
            assert AGAIN is [rating for _, _, other, rating in self.log if other == key][-1]
        else:
            self.check_choice(item, day, learner)

    def check_return(self, key, mine):
        times = [n for n, (other, _) in enumerate(mine) if other == key]
        assert mine[times[-1]][1] is AGAIN
        assert len(times) <= 3
        assert len({other for other, _ in mine[times[-1] + 1 :]}) >= 5

    def check_choice(self, item, day, learner):
        assert item.level <= self.plan.level
        if item.key not in self.keys():
            assert self.plan.date != day
            for first in item.requires:
                in_scope = self.library.items[first].level <= self.plan.level
                suspended = self.holds.get(first, 0) is None
                assert first in self.keys() or suspended or not in_scope
            new = {
                key for key in self.keys(day) if self.keys().count(key) == self.keys(day).count(key)
            }
            assert self.plan.date is not None or len(new) < 10
        elif self.plan.date is None:
            assert learner.expected_recall(item, day) < self.plan.retention
        if item.kind == "design":
            assert item.question not in {self.library.items[key].question for key in self.keys(day)}


@pytest.mark.parametrize("seed", range(24))
def test_sessions_obey_every_rule_whatever_happens(store, seed):
    rng = Random(seed)
    library = random_library(rng)
    store.set("level", rng.choice(("senior", "staff")))
    store.set("minutes", rng.choice((8, 15, 30)))
    if rng.random() < 0.6:
        store.set("date", f"2026-12-0{rng.randint(3, 7)}")
    watch = Watch(library, drill(store, library).study.plan)

    for day in (0, 0, 1, 1, 2, 3, 4, 4, 5):
        session = drill(store, library, at(day), seed=rng.random())
        while isinstance(ask := session.next(at(day)), Ask):
            study = session.study
            spent = study.minutes_spent(study.day)
            watch.check(ask, study.day, session.session, spent, study.learner)
            do_something(session, ask, at(day), rng, watch)
        if rng.random() < 0.7:
            session.end(at(day))

    assert len(watch.log) > 10


def do_something(session, ask, now, rng, watch):
    """Answer a question, or set it aside."""
    key, dice = ask.item.key, rng.random()
    if dice < 0.05:
        session.bury(key, now)
        watch.holds[key] = session.study.day + 1
    elif dice < 0.07:
        session.suspend(key, now)
        watch.holds[key] = None
    elif dice < 0.12:
        session.later(ask, now)
    else:
        rating = rng.choice((AGAIN, AGAIN, HARD, GOOD))
        outcome = session.record(ask, attempt(ask, rating), now)
        watch.log.append((session.study.day, session.session, key, outcome.grade.rating))
