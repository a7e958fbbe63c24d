"""What a review and a draft keep of an attempt."""

import json

import pytest

from mlprep.core.grading import Attempt
from mlprep.core.memory import Rating
from mlprep.core.review import Draft, Review

ATTEMPT = Attempt(
    answer="all-gather",
    confidence=2,
    seconds=61.5,
    hints=1,
    marks={"cost": True, "when": False},
    flags=frozenset({0, 2}),
)


def test_a_review_gives_the_attempt_back():
    review = Review(
        "id", "b/q", 1, 2, Rating.HARD, 7, answer="all-gather", confidence=2, seconds=61.5,
        hints=1, marks=ATTEMPT.marks, flags=ATTEMPT.flags,
    )  # fmt: skip

    assert review.attempt == ATTEMPT
    assert {"cost"} == review.attempt.hit


@pytest.mark.parametrize("revealed", [True, False])
def test_a_draft_passes_through_json(revealed):
    draft = Draft("b/q", 5, 7, ATTEMPT, revealed=revealed, undone=not revealed)

    plain = json.loads(json.dumps(draft.to_plain()))

    assert draft == Draft.from_plain("b/q", 5, "all-gather", plain)


@pytest.mark.parametrize(
    ("draft", "touched"),
    [
        (Draft("b/q", 1, 7), False),
        (Draft("b/q", 1, 7, Attempt(answer=" \n")), False),
        (Draft("b/q", 1, 7, Attempt(answer="x")), True),
        (Draft("b/q", 1, 7, revealed=True), True),
        (Draft("b/q", 1, 7, undone=True), True),
    ],
)
def test_a_draft_without_anything_in_it_is_not_offered(draft, touched):
    assert touched == draft.touched
