"""An own answer of days ago, to be ticked again without its old ticks."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import NamedTuple

from mlprep.core.audit import REST_DAYS, Ticked, is_offered, ticked_again
from mlprep.core.days import millis
from mlprep.core.question import JUDGED_KINDS
from mlprep.core.review import Review
from mlprep.session.ask import Ask, draw_ask
from mlprep.session.study import Study


class Audit(NamedTuple):
    """An answer to tick again, and its question as if it was never answered."""

    review: Review
    ask: Ask


def next_audit(study: Study, rng: Random) -> Audit | None:
    """Return a typed open answer of at least three days ago, None where there is none.

    Of the field with the fewest audits; which of its answers is left to chance.
    """
    library = study.library
    audited: dict[str, int] = {}
    for audit in study.store.counts().audits():
        item = library.items.get(library.current(audit.item))
        if item:
            audited[item.field] = audited.get(item.field, 0) + 1
    found: dict[str, list[tuple[str, str]]] = {}
    for review, key in study.store.counts().auditable(study.day - REST_DAYS):
        item = library.items.get(library.current(key))
        if item and item.kind in JUDGED_KINDS:
            found.setdefault(item.field, []).append((review, item.key))
    if not found:
        return None
    field = min(found, key=lambda name: audited.get(name, 0))
    chosen, item_key = rng.choice(found[field])
    reviews = study.store.reviews(items=library.names(item_key))
    own = next(review for review in reviews if review.id == chosen)
    return Audit(own, _ask(study, item_key, own))


def _ask(study: Study, key: str, review: Review) -> Ask:
    question = study.library.question(key)
    return draw_ask(study.library.items[key], question, seed=review.seed, level=study.plan.level)


def keep_audit(
    study: Study, audit: Audit, marks: Mapping[str, bool], now: datetime
) -> Ticked | None:
    """Append what was ticked again, and return both coverages."""
    from uuid import uuid4

    store = study.store
    with store.changing():
        store.counts().add_audit(str(uuid4()), audit.review.id, millis(now), marks)
    rubric, field = audit.ask.question.rubric, audit.ask.item.field
    return ticked_again(field, rubric, study.plan.level, audit.review.marks, marks)


def audit_offer(study: Study, before: int) -> bool:
    """Return whether the end of a drill offers an audit. before: answers before the drill."""
    counts = study.store.counts()
    if not is_offered(before, study.answers, counts.count_audits()):
        return False
    kinds = {item.key: item.kind for item in study.library.items.values()}
    waiting = counts.auditable(study.day - REST_DAYS)
    return any(kinds.get(study.library.current(item)) in JUDGED_KINDS for _, item in waiting)
