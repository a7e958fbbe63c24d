"""How ready one will be: the plan rolled forward with what is uncertain drawn.

Each draw takes another learner whom the reviews so far would fit (how memory fades, how much of
each field is known unseen, pace, missed days), lets the planner's rule ask a sample of the bank
until the interview, and answers by chance. The range is that of the draws.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import exp, sqrt
from random import Random
from statistics import fmean, pstdev
from typing import NamedTuple

from mlprep.core.fitting import evidence
from mlprep.core.memory import Rating
from mlprep.core.planner import History, Learner, Plan
from mlprep.core.question import Item
from mlprep.core.rolling import (
    Bank,
    Draw,
    Session,
    State,
    bank_of,
    mean_draw,
    roll,
    sample,
    sessions_of,
    strata,
)

DRAWS = 24
CANDIDATES = 96  # learners; those are drawn who would have answered as this one did
ITEMS = 240  # of the bank in one draw, more where there are few sessions
SAMPLED = 9600  # items times sessions
ANSWERS = 1200  # in one draw, at most: where a plan has more, the sample is smaller
LEAST_ITEMS = 60
Z80 = 1.2816  # standard deviations to each side that hold 80 %
WIDEN, FLOOR = 1.3, 0.01  # times the range of the draws, and what no draw knows of
MOST_EVIDENCE = 2000  # second reviews, the latest
TEMPER = 0.5  # of the evidence: the memory model is no more than a model of the learner
ATTEND = (8.0, 2.0)  # as if so many study days had been kept, and missed
RATED = {Rating.HARD: 4.0, Rating.GOOD: 13.0, Rating.EASY: 3.0}  # as if so many had been right
PACE_SPREAD, PACE_SECONDS = 0.25, 1200  # of the log of the pace, before so many seconds are known
# How fields differ from each other, and learners in all of them: as if so many first answers of
# a field, and of all, were known.
PRIOR_STRENGTH, COMMON_STRENGTH = 7, 11
LOWEST, HIGHEST = 0.02, 0.98  # of a drawn prior
# How learners differ from the average one, standard deviations: of the log of the stability that
# a first answer leaves, of the same once more where it was right (old knowledge hardly fades),
# of growth at a right answer, of the log of what a lapse leaves, of the log of the curve's slope.
FIRST, RIGHT, GROWTH, LAPSE, SLOPE = 0.5, 0.8, 0.3, 0.3, 0.3
RIGHT_MEAN = 0.7  # by which the second of these lies above the average learner's
SLOPES = (0.1, 0.8)  # bounds of the library
STABILITIES = (0.001, 100.0)


class Forecast(NamedTuple):
    """Readiness on the day if the plan is followed; eight of ten end between low and high."""

    mean: float
    low: float
    high: float

    def widened(self, times: float) -> "Forecast":
        """Return the same mean with a wider range."""
        return Forecast(
            self.mean,
            max(0.0, self.mean - times * (self.mean - self.low)),
            min(1.0, self.mean + times * (self.high - self.mean)),
        )


class Habit(NamedTuple):
    """How many study days there were since the first answer, and on how many one was kept."""

    studied: int = 0
    open: int = 0

    @property
    def attends(self) -> float:
        """Return the share of study days that are expected to be kept."""
        return (ATTEND[0] + self.studied) / (sum(ATTEND) + self.open)


NO_HABIT = Habit()


def forecast(
    items: Sequence[Item],
    learner: Learner,
    histories: Mapping[str, History],
    plan: Plan,
    day: int,
    *,
    spent: float = 0,
    habit: Habit = NO_HABIT,
    draws: int = DRAWS,
) -> Forecast | None:
    """Return the readiness on the interview date if the plan is followed; None without a date.

    items: those in scope. spent: minutes of today that are used. The same for the same input.
    """
    if plan.date is None or plan.days_left(day) is None or not items:
        return None
    known = [histories[item.key] for item in items if item.key in histories]
    bank = bank_of(items, histories, plan)
    sessions = sessions_of(plan, day, spent)
    share = _sample_size(bank, sessions) / len(items)
    groups = strata(bank, histories, plan) if share < 1 else []
    found = []
    for draw in _draws(bank, known, learner, habit, draws, plan.date):
        state = State(bank, draw)
        whole = state.readiness(plan.date)
        if groups:
            some = sample(groups, share, draw.rng)
            state = State(bank_of(some, histories, plan), draw)
        before = state.readiness(plan.date)
        roll(state, sessions, plan, draw, state.bank.minutes / bank.minutes)
        found.append(whole + state.readiness(plan.date) - before)
    mean = min(1.0, max(0.0, fmean(found)))
    spread = Z80 * sqrt((WIDEN * pstdev(found)) ** 2 + (FLOOR if sessions else 0) ** 2)
    return Forecast(mean, max(0.0, mean - spread), min(1.0, mean + spread))


def _sample_size(bank: Bank, sessions: Sequence[Session]) -> int:
    wanted = max(ITEMS, SAMPLED // max(1, len(sessions)))
    passes = sum(session.minutes for session in sessions) / bank.minutes  # through all items
    return max(LEAST_ITEMS, min(wanted, int(ANSWERS / passes) if passes else wanted))


def coming(
    items: Sequence[Item],
    learner: Learner,
    histories: Mapping[str, History],
    plan: Plan,
    day: int,
    *,
    spent: float = 0,
    habit: Habit = NO_HABIT,
) -> frozenset[str]:
    """Return the keys of the items that will be asked, as far as can be told today."""
    if plan.date is None or plan.days_left(day) is None or not items:
        return frozenset()
    bank = bank_of(items, histories, plan)
    draw = mean_draw(learner, {i.field for i in items}, {i.kind for i in items}, 1,
                     _split(histories.values()), plan.date)  # fmt: skip
    kept = habit.attends
    sessions = [Session(s.day, s.minutes * kept, s.days) for s in sessions_of(plan, day, spent)]
    asked = roll(State(bank, draw), sessions, plan, draw)
    return frozenset(items[n].key for n in asked)


def _draws(
    bank: Bank, known: Sequence[History], learner: Learner, habit: Habit, many: int, seed: int
) -> list[Draw]:
    """Return learners who might be the one; with another plan the same ones.

    known: the reviews of the bank's items.
    """
    rng = Random(seed)
    fields = sorted({item.field for item in bank.items})
    kinds = sorted({item.kind for item in bank.items})
    split = _split(known)
    found = []
    for parameters in _memories(known, learner.parameters, many, rng):
        attends = rng.betavariate(
            ATTEND[0] + habit.studied, ATTEND[1] + max(0, habit.open - habit.studied)
        )
        spread = PACE_SPREAD / sqrt(1 + learner.paced_seconds / PACE_SECONDS)
        times = exp(rng.gauss(0, spread))
        pace = {kind: learner.pace(kind) * times for kind in kinds}
        priors = _priors(learner, fields, rng)
        dice = Random(rng.getrandbits(64))
        found.append(Draw(parameters, priors, pace, attends, split, dice))
    return found


def _priors(learner: Learner, fields: Sequence[str], rng: Random) -> dict[str, float]:
    """Return drawn shares of right first answers: what all fields have in common, and their own."""
    asked = sum(map(learner.asked, fields))
    overall = learner.overall
    common = rng.gauss(0, sqrt(overall * (1 - overall) / (COMMON_STRENGTH + asked)))
    found = {}
    for name in fields:
        mean, known = learner.prior(name), learner.asked(name)
        own = rng.gauss(0, sqrt(mean * (1 - mean) / (PRIOR_STRENGTH + known)))
        shared = common * PRIOR_STRENGTH / (PRIOR_STRENGTH + known)
        found[name] = min(HIGHEST, max(LOWEST, mean + shared + own))
    return found


def _memories(
    histories: Sequence[History], known: tuple[float, ...], many: int, rng: Random
) -> list[tuple[float, ...]]:
    """Return parameters of learners who would have answered as this one did.

    Candidates scatter around the parameters in force; each is drawn as often as it is likely.
    """
    from fsrs_rs_python import FSRS

    reviews = evidence(history.reviews for history in histories)[-MOST_EVIDENCE:]
    candidates = [known, *(_scattered(known, rng) for _ in range(CANDIDATES - 1))]
    if not reviews:
        return [candidates[n % CANDIDATES] for n in range(1, many + 1)]
    losses = [FSRS(list(candidate)).evaluate(reviews).log_loss for candidate in candidates]
    best = min(losses)
    weights = [exp(-TEMPER * len(reviews) * (loss - best)) for loss in losses]
    return _systematic(candidates, weights, many, rng)


def _scattered(known: tuple[float, ...], rng: Random) -> tuple[float, ...]:
    drawn = list(known)
    level, right = rng.gauss(0, FIRST), rng.gauss(RIGHT_MEAN, RIGHT)
    low = STABILITIES[0]
    for n in range(4):
        moved = known[n] * exp(level + (right if n else 0))
        drawn[n] = low = min(STABILITIES[1], max(low, moved))  # a better answer never leaves less
    drawn[8] = min(4.5, max(0.0, known[8] + rng.gauss(0, GROWTH)))
    drawn[11] = min(5.0, known[11] * exp(rng.gauss(0, LAPSE)))
    drawn[20] = min(SLOPES[1], max(SLOPES[0], known[20] * exp(rng.gauss(0, SLOPE))))
    return tuple(drawn)


def _systematic(
    candidates: Sequence[tuple[float, ...]], weights: Sequence[float], many: int, rng: Random
) -> list[tuple[float, ...]]:
    step = sum(weights) / many
    at = rng.random() * step
    found: list[tuple[float, ...]] = []
    total = 0.0
    for candidate, weight in zip(candidates, weights, strict=True):
        total += weight
        while at < total and len(found) < many:
            found.append(candidate)
            at += step
    rng.shuffle(found)
    return found + [candidates[0]] * (many - len(found))


def _split(histories: Iterable[History]) -> tuple[float, float]:
    """Return the share of right answers that are partly, and that are at most good."""
    counts = dict(RATED)
    for history in histories:
        for _, rating in history.reviews:
            if rating in counts:
                counts[Rating(rating)] += 1
    whole = sum(counts.values())
    partly = counts[Rating.HARD] / whole
    return partly, partly + counts[Rating.GOOD] / whole


def times_missed(past: Iterable[Forecast], now: float) -> float:
    """Return by how many times their range forecasts for one day missed what is told now.

    1 where they held: what is told today lies as near to them as they said that it would.
    """
    missed = [
        ((forecast.mean - now) / half) ** 2
        for forecast in past
        if (half := (forecast.high - forecast.low) / 2 / Z80) > 0
    ]
    return max(1.0, sqrt(fmean(missed))) if missed else 1.0
