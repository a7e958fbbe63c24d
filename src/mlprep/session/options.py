"""What a drill was asked for, and why it ends."""

from typing import NamedTuple

from mlprep.core.question import Item
from mlprep.core.rubric import Level


class Options(NamedTuple):
    """What a drill was asked for. Empty tuples let everything pass."""

    minutes: float | None = None  # from now on; None: the plan's, less what was spent today
    limit: int | None = None  # questions
    new: int | None = None  # unseen ones
    extra: bool = False  # no end
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    banks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()

    def lets(self, item: Item) -> bool:
        """Return whether an item is one of those that were asked for."""
        topics = self.topics
        return (
            (not self.items or item.key in self.items)
            and (not topics or any(f"{item.topic}/".startswith(f"{t}/") for t in topics))
            and (not self.banks or item.bank in self.banks)
            and (not self.kinds or item.kind in self.kinds)
            and (not self.tags or bool(set(self.tags) & set(item.tags)))
            and (not self.dimensions or item.dimension in self.dimensions)
            and (not self.levels or item.level in self.levels)
        )

    @property
    def open_ended(self) -> bool:
        """Return whether a day off and a finished day are no reason to stop."""
        return self.extra or self.minutes is not None or bool(self.items)


class Done(NamedTuple):
    """Why there is no next question."""

    reason: str  # day off, time, limit, nothing, no match
    next_due: int | None = None  # day, when nothing is due now
