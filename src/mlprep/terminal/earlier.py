"""Answers that were given before, the latest first."""

from collections.abc import Sequence

from mlprep.core.days import day_text
from mlprep.core.grading import CONFIDENCE_WORDS
from mlprep.core.review import Review
from mlprep.core.text import visible
from mlprep.terminal import parts
from mlprep.terminal.lines import Line
from mlprep.terminal.rows import percent
from mlprep.terminal.view import View


def earlier_lines(view: View, most: int) -> list[Line]:
    """Return the answers to the item on the screen, the latest first."""
    reviews = [*view.ask.earlier]
    if view.outcome and view.outcome.review:
        reviews.append(view.outcome.review)
    return history_lines(view.ask.item.key, reviews, most)


def history_lines(key: str, reviews: Sequence[Review], most: int) -> list[Line]:
    """Return the answers to an item, the latest first."""
    lines: list[Line] = [[("bold", f" {key}")]]
    for review in reversed(reviews):
        share = "" if review.coverage is None else f"   {percent(review.coverage)}"
        sure = "" if review.confidence is None else f"   {CONFIDENCE_WORDS[review.confidence]}"
        lines += [[], [("dim", f" {day_text(review.day)}   {review.rating.word}{share}{sure}")]]
        text = visible(review.answer.strip()) or "(nothing typed)"
        rows = parts.text_rows(text, min(most - 3, 90))
        lines += [[("accent", f" {parts.BAR} "), ("", row)] for _, row in rows]
    return lines
