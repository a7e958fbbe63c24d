"""What a session came to, for its last screen."""

from collections.abc import Sequence
from typing import NamedTuple

from mlprep.core.grading import SURE
from mlprep.core.library import Library
from mlprep.core.memory import Rating
from mlprep.core.question import Item
from mlprep.core.review import Review
from mlprep.session.auditing import audit_offer
from mlprep.session.drill import Drill
from mlprep.session.outlook import Outlook, outlook


class Answered(NamedTuple):
    """One item of the session: its first answer, and the last one where it came back."""

    key: str
    first: Review
    last: Review

    @property
    def came_back(self) -> bool:
        """Return whether it was asked again."""
        return self.first.id != self.last.id

    @property
    def sure_and_wrong(self) -> bool:
        """Return whether the first answer was given surely and missed."""
        return self.first.rating is Rating.AGAIN and self.first.confidence == SURE


class Summary(NamedTuple):
    """The figures of a session."""

    answered: tuple[Answered, ...]
    minutes: float
    said: int  # points
    missed: int
    regained: int  # points said that were missed the last time
    readiness_before: float | None
    readiness: float | None
    readiness_then: float | None  # on the interview date, if nothing more is studied
    left: float | None  # minutes of the day
    tomorrow: int  # the next study day
    planned: tuple[Item, ...]  # for it
    planned_new: int
    last: Answered | None
    outlook: Outlook
    memory: str = ""  # what a fit of memory at the end of the session came to, in words
    audit: bool = False  # an own answer of days ago may be ticked again


def summarize(drill: Drill, *, memory: str = "") -> Summary:
    """Return what the session came to so far. memory: see `Summary`."""
    study, library = drill.study, drill.library
    reviews = drill.reviews()
    answered = _answered(reviews, library)
    first = [a.first for a in answered]
    said = sum(hit for r in first for hit in r.marks.values())
    missed = sum(not hit for r in first for hit in r.marks.values())
    tomorrow = study.next_study_day(study.day)
    planned = study.forecast_session(tomorrow)
    plan = study.plan
    told = outlook(study)
    spent = study.minutes_spent(study.day)
    return Summary(
        answered=tuple(answered),
        minutes=sum(study.minutes_of(r.item, r.seconds) for r in reviews),
        said=said,
        missed=missed,
        regained=sum(_regained(r, drill) for r in first),
        readiness_before=drill.readiness_before,
        readiness=told.now,
        readiness_then=told.stopping if plan.days_left(study.day) else None,
        left=max(0.0, plan.minutes - spent),
        tomorrow=tomorrow,
        planned=tuple(planned),
        planned_new=sum(item.key not in study.learner.memories for item in planned),
        last=next((a for a in answered if reviews and a.last.id == reviews[-1].id), None),
        outlook=told,
        audit=audit_offer(study, study.answers - len(reviews)),
        memory=memory,
    )


def _answered(reviews: Sequence[Review], library: Library) -> list[Answered]:
    found: dict[str, Answered] = {}
    for review in reviews:
        key = library.current(review.item)
        first = found[key].first if key in found else review
        found[key] = Answered(key, first, review)
    return list(found.values())


def _regained(review: Review, drill: Drill) -> int:
    """Return how many points were said that were missed the last time they were marked."""
    key = drill.library.current(review.item)
    names = drill.library.names(key) if key in drill.library.items else [review.item]
    earlier = [r for r in drill.store.reviews(items=names) if r.session != review.session]
    before: dict[str, bool] = {}
    for other in earlier:
        before |= other.marks
    return sum(hit and before.get(point) is False for point, hit in review.marks.items())
