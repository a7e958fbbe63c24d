"""Memory fitted at the end of a session, and what is told of it."""

from typing import Any, NamedTuple

from mlprep.core.fitting import fit, in_words, is_due, next_at, second_reviews
from mlprep.core.memory import default_parameters
from mlprep.session.settings import parameters_of
from mlprep.session.study import Study

FIT = "fit"  # the setting that says what the last attempt came to


class MemoryReport(NamedTuple):
    """Which parameters are in force, and why."""

    reviews: int  # second reviews so far
    next_at: int  # from so many on a fit is tried
    words: str  # how the candidate forgets; empty while nothing is fitted
    tried: int  # second reviews at the last attempt; 0: none yet
    held_out: int  # of these, the latest, on which it was tried
    loss: float  # log loss of the fit on them
    average: float  # and of the average learner
    kept: bool  # at the last attempt
    parameters: tuple[float, ...]


def fit_memory(study: Study) -> str:
    """Fit memory where enough reviews have come; return in words what changed, else nothing.

    No review is touched: memory is replayed under the new parameters the next time.
    """
    reviews = [history.reviews for history in study.histories.values()]
    tried = study.settings.get(FIT, {}).get("reviews", 0)
    if not is_due(second_reviews(reviews), tried):
        return ""
    found = fit(reviews, default_parameters())
    kept: dict[str, Any] = {
        "reviews": found.reviews,
        "held_out": found.held_out,
        "loss": found.loss,
        "average": found.average,
        "kept": found.parameters is not None,
    }
    with study.store.changing():
        study.store.set(FIT, kept)
        if found.parameters is not None:
            study.store.set("parameters", list(found.parameters))
    if found.parameters is None:
        return ""
    return f"{in_words(found.parameters, default_parameters())}: fitted to {found.reviews} reviews"


def memory_report(study: Study) -> MemoryReport:
    """Return which parameters memory is replayed under, and why."""
    reviews = second_reviews(history.reviews for history in study.histories.values())
    last = study.settings.get(FIT, {})
    parameters, average = parameters_of(study.settings), default_parameters()
    fitted = "parameters" in study.settings
    return MemoryReport(
        reviews,
        next_at(reviews, last.get("reviews", 0)),
        in_words(parameters, average) if fitted else "",
        last.get("reviews", 0),
        last.get("held_out", 0),
        last.get("loss", 0.0),
        last.get("average", 0.0),
        last.get("kept", False),
        parameters,
    )


def memory_document(study: Study) -> dict[str, Any]:
    """Return what `mlprep plan --memory` shows."""
    return {"version": 1, **memory_report(study)._asdict()}
