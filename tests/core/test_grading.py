"""Every row of DESIGN's grading table, and what lowers or raises a grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlprep.core.grading import FAIRLY, GUESS, NO_IDEA, SURE, Attempt, grade
from mlprep.core.memory import Rating
from mlprep.core.question import Option, Question
from mlprep.core.rubric import Level, Point

AGAIN, HARD, GOOD, EASY = Rating
KINDS = ("open", "story", "design", "choice", "order", "estimate", "recall")
TRUTH = 200.0
QUICK, SLOW = 10.0, 1000.0  # seconds, of a time box of two minutes


def question(kind="open", points=(), **fields):
    return Question(
        key=f"b/{kind}",
        kind=kind,
        prompt="?",
        topic="t",
        level=Level.SENIOR,
        weight=1,
        minutes=2,
        dimension="systems",
        rubric=tuple(points),
        **fields,
    )


def of_kind(kind, **fields):
    """Return a question of a kind: five points, two options right, four steps, 10 %."""
    return question(
        kind,
        points=[Point(f"p{n}", f"point {n}") for n in range(5)],
        options=(Option("a", True, ""), Option("b", False, ""), Option("c", True, "")),
        steps=("one", "two", "three", "four"),
        tolerance=fields.pop("tolerance", "10%"),
        **fields,
    )


def right(kind, **fields):
    """Return an attempt without a fault, slower than half the time box."""
    evidence = {
        "choice": {"picks": (0, 2)},
        "order": {"picks": (0, 1, 2, 3)},
        "estimate": {"value": TRUTH},
        "recall": {"said": GOOD},
    }.get(kind, {"marks": {f"p{n}": True for n in range(5)}})
    return Attempt(**{"confidence": FAIRLY, "seconds": SLOW, **evidence, **fields})


def rated(kind, attempt, level=Level.PRINCIPAL, **fields):
    returned = fields.pop("returned", False)
    verdict = grade(of_kind(kind, **fields), attempt, level, truth=TRUTH, returned=returned)
    return verdict.rating


# The table


@pytest.mark.parametrize("kind", ["open", "story", "design"])
@pytest.mark.parametrize(
    ("hit", "rating"), [(0, AGAIN), (2, AGAIN), (3, HARD), (4, GOOD), (5, GOOD)]
)
def test_points_by_coverage(kind, hit, rating):
    attempt = right(kind, marks={f"p{n}": n < hit for n in range(5)})

    assert rating is rated(kind, attempt)


@pytest.mark.parametrize(
    ("hit", "coverage", "rating"),
    [("a", 0.375, AGAIN), ("ad", 0.5, HARD), ("bcd", 0.625, HARD), ("abc", 0.875, GOOD)],
)
def test_coverage_is_by_weight(hit, coverage, rating):
    weights = {"a": 1.5, "b": 1, "c": 1, "d": 0.5}
    weighted = question(points=[Point(key, key, weight=w) for key, w in weights.items()])

    verdict = grade(weighted, Attempt(marks=dict.fromkeys(hit, True)), Level.SENIOR)

    assert (rating, coverage) == (verdict.rating, verdict.coverage)


@pytest.mark.parametrize(("weight", "rating"), [(1.9, GOOD), (2, HARD), (3, HARD)])
def test_a_point_of_weight_two_decides(weight, rating):
    others = [Point(f"p{n}", "other", weight=5) for n in range(4)]
    decided = question(points=[*others, Point("key", "decides", weight=weight)])
    attempt = Attempt(marks={f"p{n}": True for n in range(4)})

    assert rating is grade(decided, attempt, Level.SENIOR).rating


@pytest.mark.parametrize(
    ("level", "expected", "rating"),
    [(Level.SENIOR, "ab", GOOD), (Level.STAFF, "abc", HARD), (Level.PRINCIPAL, "abcd", HARD)],
)
def test_points_above_the_level_are_not_expected(level, expected, rating):
    leveled = question(
        points=[Point("a", "a"), Point("b", "b", level=Level.SENIOR),
                Point("c", "c", level=Level.STAFF), Point("d", "d", level=Level.PRINCIPAL)],
    )  # fmt: skip
    attempt = Attempt(marks={"a": True, "b": True})

    verdict = grade(leveled, attempt, level)

    assert expected == "".join(p.key for p in verdict.expected)
    assert rating is verdict.rating
    assert set(expected) - {"a", "b"} == {p.key for p in verdict.missed(attempt)}


def test_where_no_point_is_expected_all_are():
    above = question(points=[Point("a", "a", level=Level.STAFF), Point("b", "b", level=Level(3))])

    assert grade(above, Attempt(marks={"a": True}), Level.SENIOR).coverage == 0.5


@pytest.mark.parametrize(
    ("picks", "rating"),
    [((0, 2), GOOD), ((2, 0), GOOD), ((0,), AGAIN), ((0, 1, 2), AGAIN), ((1,), AGAIN), ((), AGAIN)],
)
def test_a_choice_is_all_right_options_and_only_them(picks, rating):
    assert rating is rated("choice", right("choice", picks=picks))


@pytest.mark.parametrize(
    ("picks", "rating"),
    [
        ((0, 1, 2, 3), GOOD),
        ((1, 0, 2, 3), HARD),
        ((0, 1, 3, 2), HARD),
        ((1, 0, 3, 2), AGAIN),
        ((2, 1, 0, 3), AGAIN),
        ((1, 2, 0, 3), AGAIN),
        ((3, 2, 1, 0), AGAIN),
        ((0, 1, 2), AGAIN),
        ((), AGAIN),
    ],
)
def test_an_order_may_have_one_neighboring_pair_swapped(picks, rating):
    assert rating is rated("order", right("order", picks=picks))


@pytest.mark.parametrize(
    ("tolerance", "value", "rating"),
    [
        ("10%", TRUTH * 1.1, GOOD),
        ("10%", TRUTH * 0.9, GOOD),
        ("10%", TRUTH * 1.11, HARD),
        ("10%", TRUTH * 0.8, HARD),
        ("10%", TRUTH * 1.21, AGAIN),
        ("x2", TRUTH * 2, GOOD),
        ("x2", TRUTH / 2, GOOD),
        ("x2", TRUTH * 4, HARD),
        ("x2", TRUTH / 4, HARD),
        ("x2", TRUTH * 4.1, AGAIN),
        ("x2", -TRUTH, AGAIN),
        ("10%", 0.0, AGAIN),
        ("10%", None, AGAIN),
    ],
)
def test_an_estimate_is_within_its_tolerance_or_twice_it(tolerance, value, rating):
    assert rating is rated("estimate", right("estimate", value=value), tolerance=tolerance)


@pytest.mark.parametrize("said", [AGAIN, HARD, GOOD])
def test_a_recall_is_what_the_candidate_says(said):
    assert said is rated("recall", right("recall", said=said))


# What raises a grade


@pytest.mark.parametrize("kind", KINDS)
def test_a_sure_quick_whole_answer_without_a_hint_is_easy(kind):
    assert EASY is rated(kind, right(kind, confidence=SURE, seconds=QUICK))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "fault",
    [
        {"confidence": FAIRLY},
        {"confidence": None},
        {"seconds": 60.0},
        {"seconds": None},
        {"returned": True},
    ],
    ids=str,
)
def test_without_one_of_the_conditions_it_is_good(kind, fault):
    returned = fault.get("returned", False)
    changes = {name: value for name, value in fault.items() if name != "returned"}
    attempt = right(kind, **{"confidence": SURE, "seconds": QUICK, **changes})

    assert GOOD is rated(kind, attempt, returned=returned)


def test_four_of_five_points_are_good_but_never_easy():
    most = {f"p{n}": n < 4 for n in range(5)}

    assert GOOD is rated("open", right("open", marks=most, confidence=SURE, seconds=QUICK))


# What lowers a grade


@pytest.mark.parametrize("kind", KINDS)
def test_no_idea_is_missed_whatever_was_ticked(kind):
    assert AGAIN is rated(kind, right(kind, confidence=NO_IDEA))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("guess", [{"confidence": GUESS}, {"overruled": "guessed"}], ids=str)
def test_a_guess(kind, guess):
    expected = AGAIN if kind in ("choice", "order") else HARD

    assert expected is rated(kind, right(kind, **guess))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [{"hints": 1}, {"hints": 3}, {"flags": frozenset({0})}], ids=str)
def test_a_hint_or_a_red_flag_allows_at_most_partly(kind, fault):
    assert HARD is rated(kind, right(kind, **fault, confidence=SURE, seconds=QUICK))


def test_a_hint_leaves_partly_and_missed_as_they_are():
    partly = {f"p{n}": n < 3 for n in range(5)}

    assert HARD is rated("open", right("open", marks=partly, hints=2))
    assert AGAIN is rated("open", right("open", marks={}, hints=1))


@pytest.mark.parametrize("kind", ["choice", "order", "estimate"])
def test_the_candidate_may_overrule_the_program(kind):
    wrong = Attempt(confidence=SURE, seconds=QUICK, overruled="knew", hints=1)

    assert GOOD is rated(kind, wrong)


@pytest.mark.parametrize("kind", ["open", "recall"])
def test_the_candidate_never_overrules_their_own_judgment(kind):
    assert AGAIN is rated(kind, Attempt(confidence=SURE, overruled="knew"))


# Properties


@st.composite
def attempts(draw):
    """Return a kind and any attempt at it."""
    kind = draw(st.sampled_from(KINDS))
    return kind, Attempt(
        confidence=draw(st.sampled_from([None, NO_IDEA, GUESS, FAIRLY, SURE])),
        seconds=draw(st.none() | st.floats(0, 400)),
        hints=draw(st.integers(0, 2)),
        marks=draw(st.dictionaries(st.sampled_from([f"p{n}" for n in range(5)]), st.booleans())),
        flags=draw(st.frozensets(st.integers(0, 2))),
        picks=tuple(draw(st.lists(st.integers(0, 3), max_size=4, unique=True))),
        value=draw(st.none() | st.floats(TRUTH / 5, TRUTH * 5)),
        said=draw(st.sampled_from([None, AGAIN, HARD, GOOD])),
        overruled=draw(st.sampled_from(["", "guessed", "knew"])),
    )


@given(attempts(), st.sampled_from(["hint", "flag", "guess", "slower"]))
def test_no_fault_ever_raises_a_grade(drawn, fault):
    kind, attempt = drawn
    worse = {
        "hint": attempt._replace(hints=attempt.hints + 1),
        "flag": attempt._replace(flags=attempt.flags | {3}),
        "guess": attempt._replace(overruled="guessed"),
        "slower": attempt._replace(seconds=None),
    }[fault]

    assert rated(kind, worse) <= rated(kind, attempt)


@given(attempts(), st.booleans())
def test_easy_comes_only_under_all_its_conditions(drawn, returned):
    kind, attempt = drawn
    if rated(kind, attempt, returned=returned) is EASY:
        assert (SURE, 0, frozenset(), False) == (
            attempt.confidence, attempt.hints, attempt.flags, returned,
        )  # fmt: skip
        assert attempt.seconds < 60
        assert kind in ("choice", "order", "estimate", "recall") or len(attempt.hit) == 5


@given(attempts(), st.sampled_from([f"p{n}" for n in range(5)]))
def test_a_point_more_never_lowers_a_grade(drawn, point):
    kind, attempt = drawn
    more = attempt._replace(marks={**attempt.marks, point: True})

    assert rated(kind, attempt) <= rated(kind, more)


@given(attempts())
def test_coverage_is_a_share_and_only_of_points(drawn):
    kind, attempt = drawn
    share = grade(of_kind(kind), attempt, Level.STAFF, truth=TRUTH).coverage

    assert (kind in ("open", "story", "design")) == (share is not None)
    assert share is None or 0 <= share <= 1
