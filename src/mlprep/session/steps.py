"""Steps back: what was done last, and how it is taken back with everything kept."""

from datetime import datetime
from random import Random
from typing import Any

from mlprep.core.days import millis
from mlprep.core.grading import NO_IDEA
from mlprep.core.library import Library
from mlprep.core.question import MEASURED_KINDS
from mlprep.core.review import Draft
from mlprep.storage.store import Store

SOURCE = "drill"  # of the reviews that can be taken back; those of a mock stand


def begun(store: Store, library: Library) -> dict[str, Draft]:
    """Return by item what was begun and is not finished, the latest first."""
    found: dict[str, Draft] = {}
    for draft in store.drafts():
        key = library.current(draft.item)
        if draft.touched and key in library.items:
            found.setdefault(key, draft._replace(item=key))
    return found


class Steps:
    """Notes what was done beside answering, and takes the last step back."""

    def __init__(self, store: Store, library: Library, rng: Random) -> None:
        self._store, self._library, self._rng = store, library, rng

    def note(self, session: str, act: dict[str, Any]) -> None:
        """Note what undo must know, and after which review it happened."""
        with self._store.changing():
            state = self._store.session_state(session)
            acts = [*state.get("acts", ()), {**act, "after": self._store.last_row(SOURCE)}]
            self._store.keep_session_state(session, {**state, "acts": acts})

    def back(self, now: datetime) -> tuple[str, str] | None:
        """Take the last step back; return its item and the review taken back, if it was one.

        The review of an answer becomes a draft again. None where there is nothing to take back.
        """
        with self._store.changing():
            item = self._undo_act(now)
            return (item, "") if item is not None else self._undo_review(now)

    def _undo_act(self, now: datetime) -> str | None:
        """Take back the last "later", "tomorrow" or "set aside", if no answer came after it."""
        latest = reversed(self._store.session_states("drill"))
        states = [(session, state) for session, state in latest if state.get("acts")]
        if not states:
            return None
        session, state = max(states, key=lambda found: found[1]["acts"][-1]["after"])
        if state["acts"][-1]["after"] < self._store.last_row(SOURCE):
            return None
        *acts, act = state["acts"]
        if act["act"] == "hold":
            self._store.drop_hold(act["row"])
        self._store.keep_session_state(session, {**state, "acts": acts})
        item = self._library.current(act["item"])
        last = self._store.reviews(last=1, source=SOURCE)
        if item in self._library.items and not (
            act["act"] == "hold" and last and self._library.current(last[0].item) == item
        ):  # else it was set aside once it was answered, and its answer stands
            kept = begun(self._store, self._library).get(item)
            draft = kept or Draft(item, 0, self._rng.getrandbits(32))
            self._store.keep_draft(draft._replace(at=self._latest(now), undone=True))
        return item

    def _undo_review(self, now: datetime) -> tuple[str, str] | None:
        last = self._store.reviews(last=1, source=SOURCE)
        if not last:
            return None
        review = last[0]
        self._store.retract(review.id, millis(now))
        item = self._library.current(review.item)
        if item in self._library.items:
            ticked = self._library.items[item].kind not in MEASURED_KINDS
            revealed = ticked and review.confidence != NO_IDEA  # which skipped the ticking
            at = self._latest(now)
            draft = Draft(item, at, review.seed, review.attempt, revealed, undone=True)
            self._store.keep_draft(draft)
        return item, review.id

    def _latest(self, now: datetime) -> int:
        """Return a moment after that of every draft: what is undone is asked first."""
        return max([millis(now), *(draft.at + 1 for draft in self._store.drafts())])
