import pytest

from mlprep.core.rubric import Level, Point, coverage, earned, expected_points, point_key


def words(cue, answer):
    return earned(Point("p", "P", (cue,)), answer)


@pytest.mark.parametrize(
    ("expected", "cue", "answer"),
    [
        ("all-gather", "all-gather", "an all-gather of parameters"),
        ("All-Gather", "all-gather", "An All-Gather of parameters"),
        ("all gather", "all-gather", "an all gather"),
        ("all-gather", "all gather", "an all-gather"),
        ("all\ngather", "all-gather", "all\ngather"),
        ("all-gathers", "all-gather", "two all-gathers"),
        ("fragmentation", "fragment", "fragmentation of the cluster"),
        ("NCCL", "NCCL", "over NCCL,"),
        ("AG", "AG", "(AG)"),
        ("x16", "x16", "an x16 link"),
        ("17.5 GB", "17.5 GB", "about 17.5 GB each"),
        ("(N-1)/N", "(N-1)/N", "2 (N-1)/N S"),
        ("größer", "größer", "es wird größer"),
        ("$5", "$5", "costs US$5 an hour"),
    ],
)
def test_a_cue_earns_the_words_that_it_matched(expected, cue, answer):
    assert (expected,) == words(cue, answer)


@pytest.mark.parametrize(
    ("cue", "answer"),
    [
        ("gather", "forgather"),  # not the start of a word
        ("gang", "x_gang"),
        ("AG", "AGENT"),  # short: a whole word
        ("p99", "p999"),
        ("lag", "lagging"),
        ("NCCL", "nccl"),  # capitals: their case
        ("NCCL", "NCCLX"),
        ("AG", "ag"),
        ("a.b", "axb"),  # no pattern of its own
        ("all-gather", "all, gather"),
        ("-", "a - b"),  # nothing but a hyphen matches nothing
    ],
)
def test_a_cue_stays_silent_elsewhere(cue, answer):
    assert words(cue, answer) == ()


def test_earned_words_come_once_in_the_order_of_the_answer():
    point = Point("p", "P", ("volcano", "gang"))
    assert earned(point, "Gang scheduling by volcano, gang by gang") == ("Gang", "volcano")


def test_a_hostile_cue_takes_no_time():
    assert words("a " * 50 + "b", "a" * 5000) == ()


def test_a_point_is_known_by_its_id():
    assert point_key({"point": "Costs an all-gather", "id": "cost"}) == "cost"
    assert point_key({"point": "Pays with an all-gather", "id": "cost"}) == "cost"


def test_a_point_without_an_id_is_known_by_its_words():
    key = point_key({"point": "Costs an all-gather"})
    assert key == point_key({"point": "Costs  an\nall-gather"})
    assert key != point_key({"point": "Pays with an all-gather"})
    assert key.startswith("~")  # no id starts so


def test_a_point_from_a_bank_is_complete():
    mapping = {"point": "P", "id": "p", "cues": ["a"], "weight": 2, "level": "staff"}
    assert Point("p", "P", ("a",), 2, Level.STAFF) == Point.from_mapping(mapping)
    assert Point.from_mapping(mapping).decides
    assert not Point.from_mapping({"point": "P"}).decides


SENIOR, STAFF, ALWAYS = (
    Point("s", "S", level=Level.SENIOR), Point("t", "T", level=Level.STAFF), Point("a", "A"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "rubric", "level"),
    [
        ((SENIOR, ALWAYS), (SENIOR, STAFF, ALWAYS), Level.SENIOR),
        ((SENIOR, STAFF, ALWAYS), (SENIOR, STAFF, ALWAYS), Level.PRINCIPAL),
        ((STAFF,), (STAFF,), Level.SENIOR),  # none is expected: all are
        ((), (), Level.SENIOR),
    ],
)
def test_points_are_expected_up_to_a_level(expected, rubric, level):
    assert expected == expected_points(rubric, level)


@pytest.mark.parametrize(
    ("expected", "hit"), [(0, []), (0.25, ["a"]), (0.75, ["b"]), (1, ["a", "b", "gone"])]
)
def test_coverage_is_a_share_of_weight(expected, hit):
    assert expected == coverage([Point("a", "A"), Point("b", "B", weight=3)], hit)


def test_no_points_are_not_covered():
    assert coverage([], ["a"]) == 0
