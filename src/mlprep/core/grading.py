"""From an attempt to a rating. The candidate never chooses it; it follows from evidence."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS, MEASURED_KINDS, Question
from mlprep.core.rubric import Level, Point, coverage, expected_points

NO_IDEA, GUESS, FAIRLY, SURE = range(4)  # confidence, said before the reveal
NOTHING: Mapping[str, bool] = {}
CONFIDENCE_WORDS = ("no idea", "a guess", "fairly sure", "sure")


class Attempt(NamedTuple):
    """What the candidate did with a question."""

    answer: str = ""  # as typed; letters for choice and order
    confidence: int | None = None  # 0 to 3; None: not said
    seconds: float | None = None  # from the prompt to Tab; None: unknown
    hints: int = 0
    marks: Mapping[str, bool] = NOTHING  # by key of a point: said or missed
    flags: frozenset[int] = frozenset()  # indices of red flags that were said
    picks: tuple[int, ...] = ()  # indices of options, or of steps in the order given
    value: float | None = None  # of an estimate, in its unit
    said: Rating | None = None  # of a recall: what the candidate says
    overruled: str = ""  # "guessed", or "knew" where the program judged

    @property
    def hit(self) -> frozenset[str]:
        """Return the keys of the points that were said."""
        return frozenset(key for key, hit in self.marks.items() if hit)

    @property
    def guessed(self) -> bool:
        """Return whether it was a guess, said before or after."""
        return self.overruled == "guessed" or (
            self.confidence == GUESS and self.overruled != "knew"
        )


class Grade(NamedTuple):
    """The verdict on an attempt."""

    rating: Rating
    coverage: float | None = None  # of the expected points; None for kinds without points
    expected: tuple[Point, ...] = ()

    def missed(self, attempt: Attempt) -> tuple[Point, ...]:
        """Return the expected points that were not said."""
        return tuple(p for p in self.expected if p.key not in attempt.hit)


def grade(
    question: Question,
    attempt: Attempt,
    level: Level,
    *,
    truth: float | None = None,
    returned: bool = False,
) -> Grade:
    """Return the grade of an attempt at a level.

    truth: an estimate's true value. returned: the item came back in the same session, and its
    marks hold those of the first answer too.
    """
    if question.kind in JUDGED_KINDS:
        expected = expected_points(question.rubric, level)
        share = coverage(expected, attempt.hit)
        whole = all(p.key in attempt.hit for p in expected)
        rating = _judged(share, expected, attempt)
    else:
        expected, share, whole = (), None, True
        rating = _measured(question, attempt, truth)
    if attempt.confidence == NO_IDEA:
        return Grade(Rating.AGAIN, None if share is None else 0.0, expected)
    if attempt.overruled == "knew" and question.kind in MEASURED_KINDS:
        return Grade(Rating.GOOD, share, expected)
    if rating is Rating.GOOD and whole and not returned and _was_easy(question, attempt):
        rating = Rating.EASY
    return Grade(_capped(question, attempt, rating), share, expected)


def _judged(share: float, expected: Sequence[Point], attempt: Attempt) -> Rating:
    if share < 0.5:
        return Rating.AGAIN
    if share < 0.8 or any(p.decides and p.key not in attempt.hit for p in expected):
        return Rating.HARD
    return Rating.GOOD


def _measured(question: Question, attempt: Attempt, truth: float | None) -> Rating:
    if question.kind == "choice":
        return Rating.GOOD if frozenset(attempt.picks) == question.correct else Rating.AGAIN
    if question.kind == "order":
        return _order_rating(attempt.picks, len(question.steps))
    if question.kind == "estimate":
        return _estimate_rating(question, attempt.value, truth)
    return attempt.said or Rating.AGAIN


def _order_rating(picks: Sequence[int], steps: int) -> Rating:
    """Return Good for 0, 1, 2, …; Hard with one neighboring pair swapped; else Again."""
    wrong = [place for place, step in enumerate(picks) if place != step]
    if len(picks) != steps:
        return Rating.AGAIN
    if not wrong:
        return Rating.GOOD
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and picks[wrong[0]] == wrong[1]
    return Rating.HARD if swapped else Rating.AGAIN


def _estimate_rating(question: Question, value: float | None, truth: float | None) -> Rating:
    from mlprep.core.estimate import Tolerance

    if value is None or truth is None:
        return Rating.AGAIN
    tolerance = Tolerance.from_text(question.tolerance)
    if tolerance.holds(value, truth):
        return Rating.GOOD
    return Rating.HARD if tolerance.nearly(value, truth) else Rating.AGAIN


def _was_easy(question: Question, attempt: Attempt) -> bool:
    return (
        attempt.confidence == SURE
        and not attempt.hints
        and attempt.seconds is not None
        and attempt.seconds < question.minutes * 60 / 2
    )


def _capped(question: Question, attempt: Attempt, rating: Rating) -> Rating:
    """Lower a rating for a guess, a hint and a red flag."""
    if attempt.guessed and question.kind in ("choice", "order"):
        return Rating.AGAIN
    if attempt.guessed or attempt.flags or attempt.hints:
        return min(rating, Rating.HARD)
    return rating
