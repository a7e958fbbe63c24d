"""Simulated learners and banks, and the ground truths of how they forget. Nothing here is shipped.

A learner knows some questions from the start, and such old knowledge hardly fades once it was
shown. Everything else is forgotten as one of four truths says. The same showing of a question
meets the same luck under every policy.
"""

from dataclasses import dataclass, field
from itertools import count
from math import exp, log
from random import Random

from mlprep.core.memory import default_parameters
from mlprep.core.question import Item
from mlprep.core.rubric import Level

KINDS = {"choice": (1.0, 0.4), "estimate": (3.0, 0.2), "open": (4.0, 0.25), "design": (7.0, 0.15)}
Luck = tuple[float, float, float]
WEIGHTS = ((1, 2, 3), (5, 3, 2))  # of questions, and how often
FIELD_WEIGHTS = (0.5, 1, 2)
FIELDS = 8
PHASES = 5  # of a design case
# fsrs-rs, SimulatorConfig: Hard, Good, Easy among right answers; seconds of Again to Easy.
FIRST_SPLIT, LATER_SPLIT = (0.124, 0.775), (0.224, 0.855)  # cumulative
FIRST_COST, LATER_COST = (1.582, 1.518, 1.113, 0.865), (1.565, 1.421, 1.0, 0.722)
DURABLE = 0.8  # of old knowledge does not fade after a showing
LOWER = (0.001,) * 4 + (1, 0.001, 0.001, 0.001, 0, 0, 0.001, 0.001, 0.001, 0.001, 0, 0, 1, 0, 0, 0,
         0.1)  # fmt: skip
UPPER = (100.0,) * 4 + (10, 4, 4, 0.75, 4.5, 0.8, 3.5, 5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8)


@dataclass(frozen=True)
class Scenario:
    """One cell of the grid."""

    days: int
    minutes: float
    questions: int
    truth: str = "fsrs"
    seed: int = 1
    prior: float = 0.35  # mean chance that an unseen question can be answered
    miss: tuple[float, float] = (0.1, 0.3)  # chance to miss a day, by learner


def clip(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def make_bank(scenario: Scenario, rng: Random) -> tuple[list[Item], dict[str, float]]:
    """Return items of uneven length and weight, and weights of their fields."""
    names = [f"field{n}" for n in range(FIELDS)]
    kinds, shares = list(KINDS), [share for _, share in KINDS.values()]
    items: list[Item] = []
    cases = count()
    while len(items) < scenario.questions:
        kind = rng.choices(kinds, [s / PHASES if k == "design" else s
                                   for k, s in zip(kinds, shares, strict=True)])[0]  # fmt: skip
        topic, weight = rng.choice(names), rng.choices(*WEIGHTS)[0]
        minutes = KINDS[kind][0]
        question, requires = f"b/q{next(cases):03}", ()
        for phase in range(PHASES if kind == "design" else 1):
            key = f"{question}/p{phase}" if kind == "design" else question
            items.append(Item(key, question, kind, topic, Level.STAFF, weight, minutes, "systems",
                              (), requires))  # fmt: skip
            requires = (key,)
    return items[: scenario.questions], {name: rng.choice(FIELD_WEIGHTS) for name in names}


@dataclass
class World:
    """One learner before a bank."""

    scenario: Scenario
    learner: int
    items: list[Item]
    field_weights: dict[str, float]
    known: list[float] = field(default_factory=list)  # chance to answer while unseen
    knows: list[bool] = field(default_factory=list)  # whether it can be answered
    pace: list[float] = field(default_factory=list)
    present: list[bool] = field(default_factory=list)
    order: list[int] = field(default_factory=list)  # of the bank, for who takes it as it comes

    def __post_init__(self) -> None:
        sc = self.scenario
        rng = Random(f"{sc.seed} {sc.days} {sc.minutes} {sc.questions} {self.learner}")
        mean = clip(rng.betavariate(10 * sc.prior, 10 * (1 - sc.prior)), 0.03, 0.97)
        by_field = {name: clip(rng.betavariate(6 * mean, 6 * (1 - mean)), 0.02, 0.98)
                    for name in self.field_weights}  # fmt: skip
        self.known = [clip(by_field[i.field] + rng.gauss(0, 0.12), 0.01, 0.99) for i in self.items]
        self.knows = [rng.random() < known for known in self.known]
        own = rng.lognormvariate(0, 0.25)
        self.pace = [own * rng.lognormvariate(0, 0.3) for _ in self.items]
        miss = rng.uniform(*sc.miss)
        self.present = [rng.random() >= miss for _ in range(sc.days)]
        self.order = rng.sample(range(len(self.items)), len(self.items))
        weights = [i.weight * self.field_weights[i.field] * i.minutes for i in self.items]
        self.importance = [w / sum(weights) for w in weights]
        self._luck = [(Random(f"{rng.getrandbits(64)}"), list[Luck]()) for _ in self.items]
        self._truth_seed = rng.getrandbits(64)

    def truth(self) -> "Truth":
        """Return the learner's memory, fresh."""
        return TRUTHS[self.scenario.truth](self, Random(self._truth_seed))

    def attempt(self, n: int, showing: int, recall: float) -> tuple[int, float]:
        """Return rating and seconds of a showing, the first is 0; same luck for all policies."""
        rng, drawn = self._luck[n]
        while len(drawn) <= showing:
            drawn.append((rng.random(), rng.random(), rng.gauss(0, 1)))
        right, split, noise = drawn[showing]
        low, high = LATER_SPLIT if showing else FIRST_SPLIT
        rating = 1 if right >= recall else 2 + (split > low) + (split > high)
        cost = (LATER_COST if showing else FIRST_COST)[rating - 1]
        return rating, self.items[n].minutes * 60 * self.pace[n] * cost * exp(0.3 * noise)


def make_worlds(scenario: Scenario, learners: range) -> list[World]:
    """Return learners before one bank."""
    rng = Random(f"bank {scenario.seed} {scenario.questions} {scenario.days}")
    items, weights = make_bank(scenario, rng)
    return [World(scenario, learner, items, weights) for learner in learners]


def scattered(rng: Random) -> list[float]:
    """Return FSRS-6 parameters of one of many learners, within the official bounds."""
    w = list(default_parameters())
    level = exp(rng.gauss(0, 0.5))
    w[:4] = sorted(value * level * exp(rng.gauss(0, 0.25)) for value in w[:4])
    for k, spread in {4: 0.08, 5: 0.1, 6: 0.2, 9: 0.15, 10: 0.2, 11: 0.25, 13: 0.15, 14: 0.15,
                      15: 0.12, 16: 0.12, 20: 0.25}.items():  # fmt: skip
        w[k] *= exp(rng.gauss(0, spread))
    w[8] += rng.gauss(0, 0.25)
    return [clip(*bounded) for bounded in zip(w, LOWER, UPPER, strict=True)]


class Truth:
    """The learner forgets as FSRS-6 says, with parameters of their own."""

    def __init__(self, world: World, rng: Random) -> None:
        from fsrs_rs_python import FSRS

        self.world = world
        self.parameters = self.drawn(rng)
        self._model = FSRS(self.parameters)
        self._decay = self.parameters[20]
        self._factor = 0.9 ** (-1 / self._decay) - 1
        self._floor = [DURABLE * knows for knows in world.knows]
        self._memory: list[object] = [None] * len(world.items)
        self.last: list[int | None] = [None] * len(world.items)

    def drawn(self, rng: Random) -> list[float]:
        return scattered(rng)

    def trace(self, n: int, day: int) -> float:
        """Return recall from showings alone, of what was shown."""
        elapsed = day - (self.last[n] or 0)
        stability = self._memory[n].stability  # type: ignore[attr-defined]
        return (1 + self._factor * elapsed / stability) ** -self._decay

    def recall(self, n: int, day: int) -> float:
        """Return the chance of a right answer: what old knowledge leaves open the trace fills."""
        if self.last[n] is None:
            return float(self.world.knows[n])
        return self._floor[n] + (1 - self._floor[n]) * self.trace(n, day)

    def answer(self, n: int, day: int, rating: int) -> None:
        elapsed = 0 if self.last[n] is None else day - self.last[n]
        states = self._model.next_states(self._memory[n], 0.9, elapsed)
        self._memory[n] = (states.again, states.hard, states.good, states.easy)[rating - 1].memory
        self.last[n] = day

    def readiness(self, day: int) -> float:
        """Return the weighted chance to answer, of a question that was not shown by its prior."""
        return sum(
            w * (known if self.last[n] is None else self.recall(n, day))
            for n, (w, known) in enumerate(
                zip(self.world.importance, self.world.known, strict=True)
            )
        )  # fmt: skip


class Steep(Truth):
    """Forgetting two to three times as steep, and weaker growth."""

    def drawn(self, rng: Random) -> list[float]:
        w = scattered(rng)
        w[20] = clip(w[20] * 2.6, 0.1, 0.8)
        w[8] = max(0.0, w[8] - 0.5)
        return w


class HalfLife(Truth):
    """Half-life regression: exponential forgetting, no spacing effect, half-life by counts."""

    def __init__(self, world: World, rng: Random) -> None:
        super().__init__(world, rng)
        own = rng.lognormvariate(log(2), 0.5)
        self._base = [own * rng.lognormvariate(0, 0.5) for _ in world.items]
        self._half = [0.0] * len(world.items)
        self._up, self._down = rng.gauss(1.1, 0.15), rng.gauss(0.6, 0.1)

    def trace(self, n: int, day: int) -> float:
        return 0.5 ** ((day - (self.last[n] or 0)) / self._half[n])

    def answer(self, n: int, day: int, rating: int) -> None:
        grade = (0, 0.6, 1, 1.4)[rating - 1]
        if self.last[n] is None:
            self._half[n] = self._base[n] * 2 ** (1.5 * grade)
        else:
            move = self._up * grade if rating > 1 else -self._down
            self._half[n] = clip(self._half[n] * 2**move, 0.3, 400)
        self.last[n] = day


class ActR(Truth):
    """ACT-R with the spacing-dependent decay of Pavlik and Anderson: power-law traces."""

    NOISE = 0.4

    def __init__(self, world: World, rng: Random) -> None:
        super().__init__(world, rng)
        self._a = clip(rng.gauss(0.18, 0.03), 0.08, 0.4)
        self._c = clip(rng.gauss(0.25, 0.05), 0.05, 0.5)
        tau = rng.gauss(-0.35, 0.15)
        self._tau = [tau + rng.gauss(0, 0.2) for _ in world.items]
        old = [(-60, self._a), (-90, self._a)]  # traces of old knowledge, months old
        self._traces = [list(old) if knows else [] for knows in world.knows]

    def _activation(self, n: int, day: int) -> float:
        total = sum(max(day - t, 0.02) ** -decay for t, decay in self._traces[n])
        return log(max(total, 1e-9))

    def trace(self, n: int, day: int) -> float:
        return 1 / (1 + exp(-(self._activation(n, day) - self._tau[n]) / self.NOISE))

    def answer(self, n: int, day: int, rating: int) -> None:
        strong = (1.15, 1.0, 0.95, 0.85)[rating - 1]
        decay = (self._c * exp(min(self._activation(n, day), 1.5)) + self._a) * strong
        self._traces[n].append((day, decay))
        self.last[n] = day


TRUTHS: dict[str, type[Truth]] = {"fsrs": Truth, "steep": Steep, "hlr": HalfLife, "actr": ActR}
