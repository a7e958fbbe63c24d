"""The pre-ticks of the shipped banks, against typed answers that a listener has marked."""

import runpy
from pathlib import Path

import pytest

BENCH = runpy.run_path(str(Path(__file__).parents[1] / "bench" / "cues.py"))


@pytest.fixture(scope="module")
def ticks() -> list:
    return list(BENCH["ticks"]())


def test_a_hundred_open_questions_are_measured(ticks: list) -> None:
    assert len({tick.key for tick in ticks}) == 100


def test_the_ticks_agree_with_a_listener(ticks: list) -> None:
    result = BENCH["agreement"](ticks)
    assert result.precision >= 0.9
    assert result.recall >= 0.7


def test_fluent_but_empty_answers_earn_almost_nothing(ticks: list) -> None:
    assert BENCH["agreement"](ticks).empty <= 0.02
