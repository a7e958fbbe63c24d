"""The scorecard as lines: short enough to stay in sight, whole at every width."""

import pytest

from mlprep.core.interview import Part
from mlprep.core.rubric import Level, Point
from mlprep.core.scorecard import Scored, scorecard
from mlprep.session.mock import Mock
from mlprep.session.mock_state import ABANDONED, ENDED, GIVEN, RUNNING, MockState
from mlprep.terminal.lines import line_width, plain
from mlprep.terminal.mock_card import card_lines, history_table

DIMENSIONS = ("framing", "numbers", "data", "modeling", "systems", "evaluation", "reliability",
              "tradeoffs")  # fmt: skip
BEFORE = {"headline": "Hire at senior. Staff not yet: 1 of 4 deciding points.",
          "rows": {"framing": 2, "time": 4}}  # fmt: skip


@pytest.fixture
def card():
    points = [Point("a", "A point that decides, " * 8, weight=2), Point("b", "B")]
    points.append(Point("c", "C", level=Level.PRINCIPAL))
    parts = [
        Scored(Part("", name, 5, spent=300), name, tuple(points), frozenset("c"))
        for name in DIMENSIONS
    ]
    return scorecard(parts, Level.STAFF)


@pytest.fixture
def mock(store, library):
    part = Part("every-kind/recommender/scope", "Scope", 5, answers=("Who pays?",))
    return Mock(
        store,
        library,
        MockState("s", "f", "F", Level.STAFF, 1, (part,), started=10**12 + 36_000_000),
    )


def text(lines):
    return "\n".join(map(plain, lines))


@pytest.mark.parametrize("most", [39, 79, 199])
def test_it_names_verdict_scores_gaps_and_what_to_do(card, mock, most):
    shown = text(card_lines(card, mock, mock.state._replace(card=BEFORE), 3, most))

    for words in ("Strong no hire.", *DIMENSIONS, "Deciding points missed", "Never asked: traffic",
                  "Extra: 8 points above the level.", "mlprep drill --dimension framing",
                  "mlprep mock --show 3"):  # fmt: skip
        assert words in shown


def test_facts_are_not_held_against_one_who_spoke(card, mock):
    spoken = mock.state.parts[0]._replace(answers=("",))
    mock.state = mock.state._replace(parts=(spoken,))

    assert "Never asked" not in text(card_lines(card, mock, mock.state, 3, 79))


@pytest.mark.parametrize("most", [39, 79, 119, 199])
def test_no_line_is_wider_than_the_terminal(card, mock, most):
    lines = card_lines(card, mock, mock.state._replace(card=BEFORE), 3, most)

    assert all(line_width(line) <= most for line in lines)


def test_it_stays_in_sight_with_every_dimension(card, mock):
    assert len(card_lines(card, mock, None, 3, 79)) <= 22


def test_the_scores_of_last_time_stand_beside(card, mock):
    shown = text(card_lines(card, mock, mock.state._replace(card=BEFORE), 3, 79))
    words = " ".join(shown.split())

    assert "Last time, on Sun 9 Sep: Hire at senior." in words
    assert "framing ━─── 1 0 of 2 0 % 2" in words


@pytest.mark.parametrize(
    ("stage", "said"),
    [(RUNNING, "mock --resume"), (ENDED, "mock --score"), (ABANDONED, "abandoned"),
     (GIVEN, "mlprep mock --record-form FILE")],
)  # fmt: skip
@pytest.mark.parametrize("most", [39, 79])
def test_the_history_says_what_became_of_each(mock, stage, said, most):
    mock.state = mock.state._replace(stage=stage)
    lines = history_table([mock], most)

    assert said in " ".join(text(lines).split())
    assert all(line_width(line) <= most for line in lines)
