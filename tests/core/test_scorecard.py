"""The rules of the scorecard, as docs/mock.md states them."""

import pytest

from mlprep.core.interview import Part
from mlprep.core.rubric import Level, Point
from mlprep.core.scorecard import Scored, scorecard

SENIOR, STAFF, PRINCIPAL = Level


def point(key, weight=1.0, level=None):
    return Point(key, f"point {key}", weight=weight, level=level)


def scored(points, hit, *, dimension="data", minutes=10, spent=600.0, **known):
    part = Part("b/q", "Part", minutes, spent=spent, marks={}, **known)
    return Scored(part, dimension, tuple(points), frozenset(hit))


def of_100(hit, **known):
    return scored([point("hit", hit), point("not", 100 - hit)], ["hit"], **known)


def scores(*parts, level=PRINCIPAL):
    return {row.dimension: row.score for row in scorecard(parts, level).rows}


@pytest.mark.parametrize(
    ("share", "score"),
    [(99, 4), (85, 4), (84, 3), (65, 3), (64, 2), (40, 2), (39, 1), (1, 1)],
)
def test_a_dimension_scores_by_the_share_of_the_weight(share, score):
    assert score == scores(of_100(share))["data"]


def test_parts_of_a_dimension_count_together():
    [row, _] = scorecard([of_100(90), of_100(10)], PRINCIPAL).rows

    assert (row.score, row.share, row.hit, row.points) == (2, 0.5, 2, 4)


def test_a_red_flag_takes_one_away():
    assert [scores(of_100(n, flags=(0,)))["data"] for n in (90, 10)] == [3, 1]


def test_points_above_the_level_neither_count_nor_hurt_but_are_told_as_extra():
    part = scored([point("a"), point("b", 2, PRINCIPAL), point("c", 2, PRINCIPAL)], ["a", "b"])
    card = scorecard([part], STAFF)

    assert (card.rows[0].score, card.rows[0].hit, card.rows[0].points) == (4, 1, 1)
    assert (card.extra, card.missed) == (1, ())
    assert scores(part)["data"] == 2


def test_where_no_point_is_expected_all_are():
    card = scorecard([scored([point("b", 2, PRINCIPAL)], ["b"])], SENIOR)

    assert (card.rows[0].score, card.held, card.deciding, card.extra) == (4, 1, 1, 0)


@pytest.mark.parametrize(
    ("minutes", "score"), [(10, 4), (8, 4), (10.5, 3), (10.6, 2), (11.5, 2), (11.6, 1)]
)
def test_time_scores_by_how_far_the_whole_was_over(minutes, score):
    assert score == scores(of_100(99, spent=60 * minutes))["time"]


@pytest.mark.parametrize(
    ("spent", "share", "score"), [(299, 64, 3), (299, 65, 4), (300, 64, 4), (0, 1, 3)]
)
def test_a_part_left_early_with_points_missing_costs_time_one(spent, share, score):
    assert score == scores(of_100(share, spent=spent))["time"]


def test_the_time_row_names_what_was_over_and_what_short():
    card = scorecard([of_100(10, spent=60), of_100(90, spent=840)], PRINCIPAL)

    assert card.rows[-1].why == "Part 4 min over, Part 9 min short"


def test_what_is_not_scored_is_left_out():
    assert {"time"} == set(scores(of_100(90, scored=False)))


@pytest.mark.parametrize(
    ("shares", "spent", "verdict"),
    [
        ((90, 90, 70), 600, "strong hire"),
        ((90, 90, 90, 90, 50), 600, "hire"),
        ((70, 70, 70), 600, "hire"),
        ((90, 90, 90, 90, 10), 600, "no hire"),
        ((50, 50), 600, "no hire"),
        ((10, 10, 10), 600, "strong no hire"),
        ((70, 70, 70), 900, "no hire"),
    ],
)
def test_the_recommendation_follows_from_mean_and_lowest(shares, spent, verdict):
    parts = [of_100(share, dimension=f"d{n}", spent=spent) for n, share in enumerate(shares)]

    assert verdict == scorecard(parts, PRINCIPAL).verdict


@pytest.mark.parametrize(
    ("hit", "aimed", "supported", "headline"),
    [
        ("abcdefghij", PRINCIPAL, PRINCIPAL, "10 of 10 deciding points held."),
        ("abcdefgh", PRINCIPAL, PRINCIPAL, "8 of 10 deciding points held."),
        ("abcdefg", PRINCIPAL, STAFF, "Principal not yet: 7 of 10 deciding points."),
        ("abcd", PRINCIPAL, SENIOR, "Principal not yet: 4 of 10 deciding points."),
        ("abc", PRINCIPAL, None, "Principal not yet: 3 of 10 deciding points."),
        ("abcdefghij", SENIOR, SENIOR, "5 of 5 deciding points held."),
        ("fghij", PRINCIPAL, None, "Principal not yet: 5 of 10 deciding points."),
    ],
)
def test_the_level_is_the_highest_whose_deciding_points_are_held(hit, aimed, supported, headline):
    levels = [None] * 5 + [STAFF] * 3 + [PRINCIPAL] * 2
    points = [point(key, 2, level) for key, level in zip("abcdefghij", levels, strict=True)]
    card = scorecard([scored(points, hit)], aimed)

    assert supported == card.supported
    assert card.headline.endswith(headline)


def test_the_headline_of_an_interview_without_deciding_points_counts_none():
    assert scorecard([scored([point("a")], "a")], STAFF).headline == "Strong hire at staff."


def test_missed_deciding_points_are_named_with_dimension_and_level():
    part = scored([point("a", 2), point("b", 2, STAFF), point("c")], [])

    assert scorecard([part], STAFF).missed == (("point a", "data"), ("point b", "data, staff"))


def test_the_weakest_is_by_score_then_share_and_never_time():
    parts = [of_100(20, dimension="a"), of_100(10, dimension="b"), of_100(90, spent=6000)]

    assert scorecard(parts, STAFF).weakest.dimension == "b"
