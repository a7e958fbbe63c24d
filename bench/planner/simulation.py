"""The days of one learner under one policy."""

from policies import Policy
from worlds import Truth, World


def simulate(world: World, policy: Policy) -> Truth:
    """Let one learner follow a policy until the interview, and return their memory then.

    A question is begun while half of its time box is left; what it takes too long is taken from
    the next day, so that all policies have the same minutes.
    """
    truth = world.truth()
    policy.start(world)
    shortest = min(item.minutes for item in world.items)
    debt = 0.0
    for day in range(world.scenario.days):
        if not world.present[day]:
            continue
        budget = world.scenario.minutes - debt
        spent = 0.0
        policy.sitting(day, budget)
        for n in policy.ranked(day):
            if budget - spent < shortest / 2:
                break
            if budget - spent < world.items[n].minutes / 2 or truth.last[n] == day:
                continue
            showing = policy.seen.get(n, 0)
            rating, seconds = world.attempt(n, showing, truth.recall(n, day))
            truth.answer(n, day, rating)
            policy.record(n, day, rating, seconds)
            spent += seconds / 60
        debt = max(0.0, spent - budget)
        policy.close(day)
    return truth
