"""A year of a learner, the same every time, written through the real store."""

import json
from datetime import datetime, timedelta
from random import Random

from mlprep.core.days import millis, study_day
from mlprep.core.grading import SURE
from mlprep.core.library import Library
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS, MEASURED_KINDS
from mlprep.core.review import Review
from mlprep.core.rubric import coverage, expected_points
from mlprep.storage.store import Store

DAYS, A_DAY = 365, 6
MOCKS = (60, 20)  # days before the end
WORDS = "cost bandwidth memory shard state overlap gather so the all".split()  # noqa: SIM905


class Year:
    """Writes answers day by day: an item is known the better, the more often it was answered."""

    def __init__(self, store: Store, library: Library, end: datetime, seed: int) -> None:
        self._store, self._library, self._end = store, library, end
        self._rng = Random(seed)
        self._known: dict[str, float] = {}
        self._items = list(library.items.values())

    def write(self, days: int = DAYS, a_day: int = A_DAY) -> None:
        """Write the year: its drills, what was undone, two mocks, some audits."""
        rng, store = self._rng, self._store
        with store.changing():
            for ago in range(days, -1, -1):
                if ago not in MOCKS and rng.random() < 0.2:
                    continue
                if ago in MOCKS:
                    self._mock(self._end - timedelta(days=ago), 0.5 + 0.01 * (60 - ago))
                self._day(
                    self._end - timedelta(days=ago, minutes=-60), 1 + rng.randrange(2 * a_day)
                )
            for review, _ in store.counts().auditable(study_day(self._end) - 3)[::17]:
                [found] = [r for r in store.reviews() if r.id == review][:1]
                marks = {k: hit and rng.random() < 0.8 for k, hit in found.marks.items()}
                store.counts().add_audit(f"audit-{review}", review, millis(self._end), marks)

    def _day(self, when: datetime, many: int) -> None:
        session = f"session-{when:%Y%m%d}"
        self._store.start_session(session, "drill", millis(when))
        for number in range(many):
            item = self._rng.choice(self._items)
            for again in range(1 + (self._rng.random() < 0.15)):
                at = when + timedelta(minutes=4 * number + 2 * again)
                review = self._review(item, at, session)
                self._store.add_review(review)
                if self._rng.random() < 0.02:
                    self._store.retract(review.id, millis(at))

    def _review(self, item, when: datetime, session: str, source: str = "drill") -> Review:
        rng = self._rng
        chance = self._known.get(item.key, rng.uniform(0.2, 0.7))
        self._known[item.key] = min(0.95, chance + 0.12)
        marks: dict[str, bool] = {}
        covered = None
        right = rng.random() < chance
        if item.kind in JUDGED_KINDS:
            rubric = self._library.question(item.key).rubric
            marks = {p.key: rng.random() < chance for p in rubric}
            hit = {key for key, said in marks.items() if said}
            covered = coverage(expected_points(rubric, 3), hit)
            right = covered >= 0.5
        rating = rng.choice([Rating.HARD, Rating.GOOD, Rating.EASY]) if right else Rating.AGAIN
        confidence = rng.choice([None, 0, 1, 2, SURE, SURE])
        overruled = ""
        if item.kind in MEASURED_KINDS and rng.random() < 0.05:
            overruled = rng.choice(["knew", "guessed"])
        typed = rng.random() < 0.7
        return Review(
            id=f"{rng.getrandbits(128):032x}",
            item=item.key,
            at=millis(when),
            day=study_day(when),
            rating=rating,
            seed=rng.getrandbits(32),
            source=source,
            session=session,
            seconds=None if rng.random() < 0.1 else round(rng.uniform(0.2, 2) * item.minutes * 60),
            coverage=covered,
            confidence=confidence,
            overruled=overruled,
            answer=" ".join(rng.choices(WORDS, k=30)) if typed and item.kind != "choice" else "",
            marks=marks,
        )

    def _mock(self, when: datetime, share: float) -> None:
        session = f"mock-{when:%Y%m%d}"
        scores = {name: 1 + round(3 * share * self._rng.random())
                  for name in ("framing", "numbers", "data", "systems", "time")}  # fmt: skip
        part = {"item": "", "title": "Design", "minutes": 45, "answers": ["…"], "follow_ups": [],
                "told": [], "flags": [], "spent": 2500.0}  # fmt: skip
        card = {"verdict": "hire", "headline": "Hire at staff. Principal not yet: 4 of 6 deciding"
                " points.", "supported": "staff", "rows": scores}  # fmt: skip
        state = {"session": session, "format": "design", "title": "Design interview",
                 "level": "principal", "seed": 1, "parts": [part], "stage": "scored",
                 "started": millis(when), "card": card}  # fmt: skip
        self._store.start_session(session, "mock", millis(when), "design")
        self._store.keep_session_state(session, json.loads(json.dumps(state)))
        for item in self._rng.sample(self._items, 3):
            self._store.add_review(self._review(item, when, session, "mock"))
