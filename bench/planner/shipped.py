"""The shipped planner and fitting code, driven as the program drives them."""

from collections.abc import Iterator

from policies import Policy
from worlds import World

from mlprep.core.fitting import fit, is_due, second_reviews
from mlprep.core.forecast import Forecast, Habit, forecast, times_missed
from mlprep.core.memory import Memory, Rating, default_parameters, replay
from mlprep.core.planner import History, Learner, Plan, Today, choose
from mlprep.core.question import Item

WEEK = 7


def _replayed(history: History, parameters: tuple[float, ...]) -> Memory:
    memory = replay(history.reviews, parameters)
    assert memory is not None
    return memory


class Shipped(Policy):
    """The planner of mlprep, with memory fitted at the ends of sessions."""

    def __init__(self, name: str = "mlprep", *, fitted: bool = True) -> None:
        super().__init__(name)
        self.fitted = fitted

    def start(self, world: World) -> None:
        super().start(world)
        self.items = {item.key: n for n, item in enumerate(world.items)}
        self.histories: dict[str, History] = {}
        self.asked: dict[str, Item] = {}
        self._know(default_parameters())
        self.plan = Plan(1 + self.end, world.scenario.minutes, weights=world.field_weights)
        self.tried = 0
        self.today = Today(0)
        self.first_week: dict[str, float] = {}
        self.missed_on: dict[int, int] = {}
        self.came_back: list[float] = []  # study days until a missed item was asked again
        self.studied: list[int] = []

    def _know(self, parameters: tuple[float, ...]) -> None:
        """Replay everything under parameters."""
        self.memories = {key: _replayed(h, parameters) for key, h in self.histories.items()}
        self.learner = Learner(self.asked.values(), self.histories, parameters, self.memories)

    def sitting(self, day: int, budget: float) -> None:
        """Begin a day of so many minutes."""
        self.today = Today(1 + day, minutes=budget)
        self.studied.append(day)

    def ranked(self, day: int) -> Iterator[int]:
        while item := choose(self.world.items, self.learner, self.plan, self.today):
            yield self.items[item.key]

    def record(self, n: int, day: int, rating: int, seconds: float) -> None:
        item = self.world.items[n]
        before = self.histories.get(item.key, History(()))
        history = History(
            (*before.reviews, (1 + day, rating)), before.seconds + seconds, before.timed + 1
        )
        new = item.key not in self.asked
        self.asked[item.key], self.histories[item.key] = item, history
        self.memories[item.key] = _replayed(history, self.learner.parameters)
        self.learner = Learner(
            self.asked.values(), self.histories, self.learner.parameters, self.memories
        )
        self.today = self.today.after(item, seconds / 60, new=new)
        if day < WEEK:
            self.first_week[item.kind] = self.first_week.get(item.kind, 0) + seconds
        self._watch(n, day, rating)
        super().record(n, day, rating, seconds)

    def _watch(self, n: int, day: int, rating: int) -> None:
        if n in self.missed_on:
            since = self.missed_on.pop(n)
            self.came_back.append(sum(since < d <= day for d in self.studied))
        if rating == Rating.AGAIN:
            self.missed_on[n] = day

    def waiting(self) -> list[float]:
        """Return study days that missed items had waited at the end without coming back."""
        return [sum(since < d for d in self.studied) for since in self.missed_on.values()]

    def close(self, day: int) -> None:
        if not self.fitted:
            return
        reviews = [history.reviews for history in self.histories.values()]
        many = second_reviews(reviews)
        if not is_due(many, self.tried):
            return
        self.tried = many
        found = fit(reviews, default_parameters())
        if found.parameters:
            self._know(found.parameters)


class Forecasting(Shipped):
    """The same, with a forecast each week and at one and two thirds, as the program makes them."""

    def start(self, world: World) -> None:
        super().start(world)
        self.forecasts: list[tuple[int, Forecast]] = []
        self.stages: list[tuple[Forecast, float]] = []  # and its widening by the earlier ones
        self.told, self.right = 0.0, 0  # of later reviews: expected, and what came
        self.later = 0

    def sitting(self, day: int, budget: float) -> None:
        super().sitting(day, budget)
        place = len(self.stages)
        at_stage = place < 3 and day >= self.end * place / 3
        if at_stage or day >= self.forecasts[-1][0] + WEEK:
            past = [forecast for _, forecast in self.forecasts]
            now = self._forecast(day)
            self.forecasts.append((day, now))
            if at_stage:
                self.stages.append((now, times_missed(past, now.mean)))

    def record(self, n: int, day: int, rating: int, seconds: float) -> None:
        item = self.world.items[n]
        if item.key in self.learner.memories:
            self.later += 1
            self.told += self.learner.expected_recall(item, 1 + day)
            self.right += rating > Rating.AGAIN
        super().record(n, day, rating, seconds)

    def _forecast(self, day: int) -> Forecast:
        habit = Habit(len(self.studied) - 1, day)
        found = forecast(
            self.world.items, self.learner, self.histories, self.plan, 1 + day, habit=habit
        )
        assert found is not None
        return found
