"""Who competes: what other trackers and habits do, each with the same minutes."""

from collections.abc import Callable, Iterator
from math import ceil
from random import Random

from worlds import World

from mlprep.core.memory import default_parameters, interval, retrievability

ALL = 10**6  # no limit on new questions a day
RAMP_DAYS, RAMP_TO = 14, 0.95


class Policy:
    """Ranks the questions of a day. The program asks them in that order while they fit."""

    aware = False  # is told importance and length

    def __init__(self, name: str) -> None:
        self.name = name

    def start(self, world: World) -> None:
        self.world = world
        self.end = world.scenario.days
        self.seen: dict[int, int] = {}  # showings

    def sitting(self, day: int, budget: float) -> None:
        """Begin a day of so many minutes."""

    def ranked(self, day: int) -> Iterator[int]:
        """Yield the places of questions, the first one first."""
        raise NotImplementedError

    def record(self, n: int, day: int, rating: int, seconds: float) -> None:
        self.seen[n] = self.seen.get(n, 0) + 1

    def close(self, day: int) -> None:
        """End the session of a day."""


class Habit(Policy):
    """No memory at all: at random, or round after round in order."""

    def __init__(self, name: str, *, shuffled: bool) -> None:
        super().__init__(name)
        self.shuffled = shuffled

    def ranked(self, day: int) -> Iterator[int]:
        if self.shuffled:
            order = list(range(len(self.world.items)))
            Random(day).shuffle(order)
            return iter(order)
        rounds = [(self.seen.get(n, 0), place) for place, n in enumerate(self.world.order)]
        return (self.world.order[place] for _, place in sorted(rounds))


class Intervals(Policy):
    """A day on which each seen question is due, and new ones besides.

    new: a day, or "quota": all of them in equal parts until the interview. leftover: minutes that
    are left go to further new questions, then to what is not due. new_first: before what is due.
    order: due, low (recall) or worth. finale: in the last days everything seen once more.
    """

    def __init__(self, name: str, *, new: int | str = 20, leftover: bool = False,
                 new_first: bool = False, order: str = "due", finale: bool = False,
                 ) -> None:  # fmt: skip
        super().__init__(name)
        self.new, self.leftover, self.new_first = new, leftover, new_first
        self.order, self.finale = order, finale
        self.aware = order == "worth"

    def start(self, world: World) -> None:
        from fsrs_rs_python import FSRS

        super().start(world)
        self.due: dict[int, float] = {}
        self.memory: dict[int, object] = {}
        self.last: dict[int, int] = {}
        self.parameters = default_parameters()
        self.model = FSRS(list(self.parameters))
        self.worth = [i.weight * world.field_weights[i.field] for i in world.items]
        self.queue = list(world.order)
        if self.aware:
            self.queue.sort(key=lambda n: -self.worth[n])

    def recall(self, n: int, day: int) -> float:
        stability = self.memory[n].stability  # type: ignore[attr-defined]
        return retrievability(day - self.last[n], stability, self.parameters[20])

    def _key(self, day: int) -> Callable[[int], float]:
        if self.order == "due":
            return lambda n: self.due[n]
        if self.order == "low":
            return lambda n: self.recall(n, day)
        return lambda n: -self.worth[n] * (1 - self.recall(n, day))

    def ranked(self, day: int) -> Iterator[int]:
        fresh = [n for n in self.queue if n not in self.seen]
        window = self._window() if self.finale else 0
        if self.end - day <= window:
            todo = [n for n in self.seen if self.last[n] < self.end - window]
            yield from sorted(todo, key=lambda n: self.recall(n, day))
            yield from fresh
            return
        most = self._most_new(len(fresh), day, window)
        due = sorted((n for n in self.seen if self.due[n] <= day), key=self._key(day))
        yield from fresh[:most] + due if self.new_first else due + fresh[:most]
        if self.leftover:
            yield from fresh[most:]
            ahead = [n for n in self.seen if self.due[n] > day and self.last[n] < day]
            yield from sorted(ahead, key=lambda n: self.recall(n, day))

    def _most_new(self, fresh: int, day: int, window: int) -> int:
        if isinstance(self.new, int):
            return self.new
        return ceil(fresh / max(1, self.end - day - window - 1))

    def _window(self) -> int:
        """Return the days that it takes to show all that was seen once more, with some slack."""
        minutes = sum(self.world.items[n].minutes for n in self.seen)
        return max(1, ceil(minutes / (0.8 * self.world.scenario.minutes)))

    def record(self, n: int, day: int, rating: int, seconds: float) -> None:
        elapsed = day - self.last[n] if n in self.last else 0
        states = self.model.next_states(self.memory.get(n), 0.9, elapsed)
        self.memory[n] = (states.again, states.hard, states.good, states.easy)[rating - 1].memory
        late = day - self.due.get(n, day)
        self.last[n] = day
        self.due[n] = day + max(1, round(self.wait(n, day, rating, late)))
        super().record(n, day, rating, seconds)

    def wait(self, n: int, day: int, rating: int, late: float) -> float:
        """Return the days until a question is due again. late: days that it was overdue."""
        raise NotImplementedError


class Fsrs(Intervals):
    """FSRS-6 with the average learner's parameters and one desired retention."""

    def __init__(self, retention: float, name: str = "", *, ramp: bool = False, **options: object
                 ) -> None:  # fmt: skip
        words = [k if v is True else f"{k} {v}" for k, v in options.items() if v]
        super().__init__(name or ", ".join([f"FSRS {retention}", *words]), **options)  # type: ignore[arg-type]
        self.retention, self.ramp = retention, ramp

    def wait(self, n: int, day: int, rating: int, late: float) -> float:
        retention = self.retention
        left = self.end - day
        if self.ramp and left < RAMP_DAYS:
            retention += (RAMP_TO - retention) * (1 - left / RAMP_DAYS)
        stability = self.memory[n].stability  # type: ignore[attr-defined]
        days = interval(retention, stability, self.parameters[20])
        return min(days, left - 1) if self.ramp else days


class Sm2(Intervals):
    """Anki's SM-2: graduates at 1 day (4 when easy), ease 2.5, a lapse goes back to 1 day."""

    def start(self, world: World) -> None:
        super().start(world)
        self.ease: dict[int, float] = {}
        self.days: dict[int, float] = {}

    def wait(self, n: int, day: int, rating: int, late: float) -> float:
        if n not in self.days:
            self.ease[n], self.days[n] = 2.5, 4 if rating == 4 else 1
            return self.days[n]
        late, old, ease = max(0.0, late), self.days[n], self.ease[n]
        good = max((old + late / 2) * ease, old + 1)
        easy = max((old + late) * ease * 1.3, good + 1)
        self.days[n] = float(round((1, max(old * 1.2, old + 1), good, easy)[rating - 1]))
        self.ease[n] = max(1.3, ease + (-0.2, -0.15, 0, 0.15)[rating - 1])
        return self.days[n]


class Leitner(Intervals):
    """Five boxes of 1, 2, 4, 8, 16 days; a miss goes back to the first."""

    def start(self, world: World) -> None:
        super().start(world)
        self.box: dict[int, int] = {}

    def wait(self, n: int, day: int, rating: int, late: float) -> float:
        self.box[n] = 0 if rating == 1 else min(self.box.get(n, 0) + 1, 4)
        return float(2 ** self.box[n])


def peers() -> list[Policy]:
    """Return all peers; the last ones are told importance and length."""
    found: list[Policy] = [
        Fsrs(retention, order=order, leftover=leftover)
        for retention in (0.8, 0.9, 0.95)
        for order in ("due", "low")
        for leftover in (False, True)
    ]
    every: dict[str, object] = {"new": ALL, "leftover": True, "order": "low"}
    return [
        *found,
        Fsrs(0.9, "FSRS 0.9, low, all new", **every),
        Fsrs(0.8, "FSRS 0.8, low, all new first", new_first=True, **every),
        Fsrs(0.9, "FSRS 0.9, low, all new first", new_first=True, **every),
        Sm2("SM-2", leftover=True),
        Leitner("Leitner", leftover=True),
        Fsrs(0.9, "capped, ramp to 0.95", ramp=True, order="low", leftover=True),
        Fsrs(0.9, "all once more at the end", finale=True, order="low", new="quota",
             new_first=True, leftover=True),
        Fsrs(0.9, "equal daily quota", new="quota", new_first=True, order="low", leftover=True),
        Habit("random", shuffled=True),
        Habit("in order", shuffled=False),
        Fsrs(0.9, "told worth: FSRS 0.9", order="worth", new=ALL, leftover=True),
        Fsrs(0.8, "told worth: FSRS 0.8, new first", order="worth", new=ALL, new_first=True,
             leftover=True),
        Fsrs(0.9, "told worth: FSRS 0.9, 20 new", order="worth", leftover=True),
        Fsrs(0.9, "told worth: all once more at the end", order="worth", new="quota", finale=True,
             new_first=True, leftover=True),
    ]  # fmt: skip
