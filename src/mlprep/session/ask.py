"""One question as it is put to the candidate: its draw, and what is known of earlier answers."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS, Item, Question
from mlprep.core.review import Draft, Review
from mlprep.core.rubric import Level, Point, expected_points

LETTERS = "abcdefg"


class Ask(NamedTuple):
    """A drawn question. Its texts hold the drawn inputs."""

    item: Item
    question: Question
    seed: int
    level: Level
    order: tuple[int, ...] = ()  # of the options or steps that stand under a, b, c …
    truth: float | None = None  # of an estimate
    draft: Draft | None = None
    earlier: tuple[Review, ...] = ()  # all kept reviews of the item, in order
    before: tuple[Review, ...] = ()  # those of this session
    number: int = 1  # of the question in its session
    spent: float = 0  # minutes
    minutes: float | None = None  # of the day; None: no end

    @property
    def returned(self) -> bool:
        """Return whether it was missed in this session and comes back."""
        return bool(self.before) and self.before[-1].rating is Rating.AGAIN

    @property
    def said(self) -> frozenset[str]:
        """Return the points said in this session already."""
        if not self.returned or self.question.kind not in JUDGED_KINDS:
            return frozenset()
        return self.before[-1].attempt.hit

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the points to tick: expected ones, then those above the level."""
        expected = expected_points(self.question.rubric, self.level)
        extra = tuple(p for p in self.question.rubric if p not in expected)
        return tuple(p for p in (*expected, *extra) if p.key not in self.said)

    def is_extra(self, point: Point) -> bool:
        """Return whether a point is above the candidate's level."""
        return point not in expected_points(self.question.rubric, self.level)

    def missed_on(self, point: Point) -> int | None:
        """Return the day on which a point was missed the last time it was marked, if it was."""
        for review in reversed(self.earlier):
            if point.key in review.marks:
                return None if review.marks[point.key] else review.day
        return None

    def times_missed(self, point: Point) -> int:
        """Return how often a point was missed before."""
        return sum(review.marks.get(point.key) is False for review in self.earlier)

    def picks_of(self, letters: str) -> tuple[int, ...]:
        """Return the options or steps that letters stand for here."""
        return tuple(self.order[LETTERS.index(letter)] for letter in letters)

    def letter_of(self, index: int) -> str:
        """Return the letter under which an option or step stands here."""
        return LETTERS[self.order.index(index)]


def draw_ask(
    item: Item,
    question: Question,
    *,
    seed: int,
    level: Level,
    draft: Draft | None = None,
    earlier: Sequence[Review] = (),
    before: Sequence[Review] = (),
    number: int = 1,
    spent: float = 0,
    minutes: float | None = None,
) -> Ask:
    """Return a question with its inputs, or the order of its options, drawn from a seed."""
    rng = Random(seed)
    ask = Ask(
        item,
        question,
        seed,
        level,
        draft=draft,
        earlier=tuple(earlier),
        before=tuple(before),
        number=number,
        spent=spent,
        minutes=minutes,
    )
    if question.kind == "estimate":
        return _draw_estimate(ask, rng)
    many = len(question.options or question.steps)
    order = list(range(many))
    rng.shuffle(order)
    if question.kind == "order" and order == sorted(order):
        order.reverse()  # the given order must not be the answer
    return ask._replace(order=tuple(order))


def _draw_estimate(ask: Ask, rng: Random) -> Ask:
    from mlprep.core.estimate import Given, draw, fill, true_value

    question = ask.question
    given = {name: Given.from_mapping(value) for name, value in (question.given or {}).items()}
    inputs = draw(given, rng)
    truth = true_value(question.compute, inputs)

    def filled(text: str) -> str:
        return fill(text, inputs, truth, question.unit)

    return ask._replace(
        truth=truth,
        question=question._replace(
            prompt=filled(question.prompt),
            hints=tuple(filled(hint) for hint in question.hints),
            answer=filled(question.answer),
        ),
    )
