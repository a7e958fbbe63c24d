"""A mock interview as plain data: its parts, its clock, the interviewer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mlprep.core.question import Fact, FollowUp

NO_FACT = "Your call. Say what you assume."
LAST_MINUTE, FIVE_MINUTES = 60, 300
SIGNAL_SECONDS = 60  # so long a word stands beside the clock


class Part(NamedTuple):
    """One question of an interview, one phase of a case, or a break; with what was said."""

    item: str  # empty: a break
    title: str
    minutes: float
    seed: int = 0
    scored: bool = True
    answers: tuple[str, ...] = ("",)  # to the prompt, then to each follow-up
    follow_ups: tuple[int, ...] = ()  # indices of those that were asked
    told: tuple[int, ...] = ()  # indices of the facts that were told
    spent: float = 0  # seconds
    paused: float = 0  # seconds
    ticks: Mapping[str, bool] | None = None  # made so far, by key of a point
    marks: Mapping[str, bool] | None = None  # once all are made; None: not yet
    flags: tuple[int, ...] = ()  # red flags that were said
    rating: int | None = None  # of a question that is not judged by points

    @property
    def text(self) -> str:
        """Return everything that was said."""
        return "\n".join(answer for answer in self.answers if answer.strip())

    @property
    def ticked(self) -> bool:
        """Return whether its score is known."""
        return not self.item or self.marks is not None or self.rating is not None

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Part":
        """Build a part from its `_asdict()` after a way through JSON."""
        lists = ("answers", "follow_ups", "told", "flags")
        return cls(**{**plain, **{key: tuple(plain[key]) for key in lists}})


# The clock


def signal(left: float, whole: float) -> str:
    """Return the word beside the clock, from the seconds that are left of a whole."""
    if left < 0:
        over = int(-left)
        return f"over by {over // 60}:{over % 60:02d}"
    if left <= LAST_MINUTE < whole:
        return "last minute"
    for seconds, word in ((FIVE_MINUTES, "5 minutes left"), (whole / 2, "half time")):
        if seconds - SIGNAL_SECONDS < left <= seconds < whole:
            return word
    return ""


# The interviewer


def questions_in(text: str) -> list[str]:
    """Return the finished lines of an answer that ask the interviewer something."""
    return [line[1:].strip() for line in text.split("\n")[:-1] if line.startswith("?")]


def reply(facts: Sequence[Fact], question: str) -> int | None:
    """Return the index of the fact that a candidate's question asks for, by its words."""
    words = set(_words(question))
    best, most = None, 0
    for index, fact in enumerate(facts):
        about = [set(_words(text)) for text in fact.about]
        found = sum(len(entry) for entry in about if entry and entry <= words)
        if found > most:
            best, most = index, found
    return best


def _words(text: str) -> list[str]:
    """Return the words of a text without their endings, so that `costs` asks for `cost`."""
    return [re.sub(r"(?<=\w{3})(ies|es|s)\Z", "", w) for w in re.findall(r"\w+", text.lower())]


def next_follow_up(
    follow_ups: Sequence[FollowUp], asked: Iterable[int], missing: Iterable[str]
) -> int | None:
    """Return the follow-up to ask next: first those that dig for what the answer has not covered.

    missing: ids of points that the answer has not covered.
    """
    left = [n for n in range(len(follow_ups)) if n not in set(asked)]
    gaps = set(missing)
    digs = [n for n in left if follow_ups[n].when in gaps]
    free = [n for n in left if not follow_ups[n].when]
    return next(iter(digs or free), None)
