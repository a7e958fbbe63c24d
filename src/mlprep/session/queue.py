"""What a drill asks next: a picture of one moment, read from what is on disk."""

from collections.abc import Collection, Mapping, Sequence

from mlprep.core.memory import Rating
from mlprep.core.planner import Today, choose
from mlprep.core.question import Item
from mlprep.core.review import Review
from mlprep.session.options import Done, Options
from mlprep.session.study import Study

RETURN_AFTER = 5  # other items between a missed one and its return
MOST_RETURNS = 3
SHORT_MINUTES = 1


class Queue:
    """The order of a session.

    past: the reviews of the session. run: ids of those of this run. waiting: the items put off,
    and how many reviews the session had then. before: the reviews of the session before.
    """

    def __init__(
        self,
        study: Study,
        options: Options,
        past: Sequence[Review],
        *,
        run: Collection[str],
        waiting: Mapping[str, int],
        before: Sequence[Review],
    ) -> None:
        self._study, self._options = study, options
        self._past, self._run = past, run
        self._waiting, self._before = waiting, before
        self._library = study.library
        self.today = self._today()
        self.items = self._items()

    def pick(self) -> Item | None:
        """Return the item to ask, None where the session is over."""
        items, past, waiting = self.items, self._past, self._waiting
        if self._options.items:
            answered = {self._library.current(r.item) for r in past if r.id in self._run}
            return next((item for item in items if item.key not in answered), None)
        if not self._study.answers:  # the first question of all is a short one
            items = [item for item in items if item.minutes <= SHORT_MINUTES] or items
        today = self._set_aside(self.today)
        by_key = {item.key: item for item in items}
        for key in (*self._left_over(), *self._back()):
            if key in by_key and key not in waiting and today.fits(by_key[key]):
                return by_key[key]
        ready = [key for key, since in waiting.items() if len(past) - since >= RETURN_AFTER]
        found = choose(items, self._study.learner, self._study.plan, today, self._study.scope_keys)
        if found is None or ready:
            later = [by_key[key] for key in ready or waiting if key in by_key]
            return next((item for item in later if today.fits(item)), found)
        return found

    def done(self) -> Done:
        """Return why there is nothing to ask."""
        study, today, items = self._study, self.today, self.items
        if today.minutes is not None and not any(today.fits(item) for item in items):
            return Done("time")
        unlimited = today._replace(minutes=None)
        if choose(items, study.learner, study.plan, unlimited, study.scope_keys) is not None:
            return Done("time")
        due = study.next_due(items)
        return Done("nothing", due and max(due, study.day + 1))

    def _items(self) -> list[Item]:
        """Return what may be asked: of the scope, and what was asked for by its key."""
        named = [
            self._library.items[key] for key in self._options.items if key in self._library.items
        ]
        if self._options.items:
            return [item for item in named if not self._study.is_held(item.key, self._study.day)]
        return [item for item in self._study.free(self._study.day) if self._options.lets(item)]

    def _today(self) -> Today:
        options, study = self._options, self._study
        spent = study.minutes_spent(study.day)
        minutes: float | None = study.plan.minutes
        if options.extra:
            minutes = None
        elif options.minutes is not None:
            minutes = options.minutes
            run = [review for review in self._past if review.id in self._run]
            spent = sum(study.minutes_of(review.item, review.seconds) for review in run)
        today = study.today(study.day, minutes=minutes, spent=spent)
        if not options.extra:
            today = study.limited(today)
        if options.new is not None:
            today = today._replace(most_new=options.new)
        return today

    def _set_aside(self, today: Today) -> Today:
        """Return the state in which what was put off is not chosen, but counts as taken."""
        items = [self._library.items[key] for key in self._waiting if key in self._library.items]
        new = [item for item in items if item.key not in self._study.learner.memories]
        cases = {item.question for item in items if item.kind == "design"}
        return today._replace(
            asked=today.asked | set(self._waiting),
            cases=today.cases | cases,
            new=today.new + len(new),
        )

    def _back(self) -> list[str]:
        """Return the missed items whose turn to come back has come, the longest waiting first."""
        keys = [self._library.current(review.item) for review in self._past]
        found = []
        for key in dict.fromkeys(keys):
            times = [n for n, other in enumerate(keys) if other == key]
            others = len(set(keys[times[-1] + 1 :]))
            missed = self._past[times[-1]].rating is Rating.AGAIN
            if missed and len(times) <= MOST_RETURNS and others >= RETURN_AFTER:
                found.append(key)
        return found

    def _left_over(self) -> list[str]:
        """Return what was missed at the end of the session before and did not come back in it."""
        answered = {self._library.current(review.item) for review in self._past}
        times: dict[str, list[Review]] = {}
        for review in self._before:
            times.setdefault(self._library.current(review.item), []).append(review)
        return [
            key
            for key, reviews in times.items()
            if reviews[-1].rating is Rating.AGAIN
            and len(reviews) <= MOST_RETURNS
            and key not in answered
            and self._study.histories[key].reviews[-1] == (reviews[-1].day, Rating.AGAIN)
        ]
