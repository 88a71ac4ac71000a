from itertools import product

import numpy as np

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.queueing.hall import Promised, ServiceModel
from bankhall.analytics.staffing.goals import set_goals
from bankhall.analytics.staffing.problem import StaffedGroup, StaffedService, StaffingProblem
from bankhall.analytics.staffing.trial import Trial, make_trial

ARRIVALS = (5.0, 9.0, 4.0)


def problem() -> StaffingProblem:
    cash = ServiceModel("cash", Duration("lognormal", 5.0, 0.9), Duration("exponential", 40.0), Promised(8.0, 0.8))
    card = ServiceModel("card", Duration("lognormal", 9.0, 0.7), promise=Promised(12.0, 0.7))
    services = (StaffedService(cash, ARRIVALS), StaffedService(card, tuple(count / 3 for count in ARRIVALS)))
    groups = (StaffedGroup("teller", ("cash",)), StaffedGroup("desk", ("cash", "card")))
    return StaffingProblem(540, 30, services, groups)


def trial(days: int = 50) -> Trial:
    counts = np.random.default_rng(3).poisson([s.arrivals for s in problem().services], (days, 2, 3))
    return make_trial(problem(), counts, seed=3)


def test_giving_up_early_and_running_all_days_judge_alike() -> None:
    tried = trial()
    goals = set_goals(problem(), tried.arrivals, caution=0.0)
    judged = []
    for tellers, desks in product(range(4), range(4)):
        people = np.array([[tellers] * 3, [desks] * 3])
        judged.append(tried.holds(people, goals))
        assert judged[-1] == goals.hold(tried.broken(people))
    assert {True, False} == set(judged)


def test_a_plan_that_is_hopeless_is_not_run_to_the_last_day() -> None:
    tried = trial()
    nobody = np.zeros((2, 3), dtype=np.int64)
    tried.tables.outcome[:] = -1
    assert not tried.holds(nobody, set_goals(problem(), tried.arrivals, caution=0.0))
    assert (tried.tables.outcome == -1).any()
