"""The week's roster as a mixed integer model over the same columns as the search.

CP-SAT finds with it what conflicts and polishes; CP-SAT and HiGHS are referees of the search. Variables: one for each
option, one for each duty task of a person-day and the post held there. Law and control are rows; agreement is priced
with the search's weights. Three things are simplified, all towards a lower bound or a stricter rule, and told by the
checks afterwards if it matters: the median of fairness is that of the weeks before, overtime of a day by the week is
limited by the week's sum, and overtime of a month that changes within the week by the sum of both.
"""

from collections import defaultdict
from datetime import date

from bankhall.analytics.rostering.arrays import Arrays
from bankhall.analytics.rostering.branch_rows import add_cover, add_duties, add_pairs, add_presence, add_probation
from bankhall.analytics.rostering.person_rows import add_fairness, add_hours, add_rest
from bankhall.analytics.rostering.roster_model import DATES, RosterModel, Terms


def build_model(
    arrays: Arrays,
    people: tuple[str, ...],
    days: tuple[date, ...],
    agreement_weight: int,
    duty_codes: tuple[tuple[str, ...], ...] = (),
) -> RosterModel:
    """All variables and rows. `duty_codes` by date name the duties of a conflict."""
    model = RosterModel(arrays, agreement_weight, people=people, days=days, duty_codes=duty_codes)
    _add_options(model)
    _add_tasks(model)
    for d in range(DATES):
        add_presence(model, d)
        add_duties(model, d)
        add_pairs(model, d)
        add_probation(model, d)
        add_cover(model, d)
    for p in range(len(people)):
        add_hours(model, p)
        add_rest(model, p)
        add_fairness(model, p)
    return model


def _add_options(model: RosterModel) -> None:
    arrays, linear = model.arrays, model.linear
    for p in range(len(model.people)):
        for d in range(DATES):
            options = model.options(p, d)
            idle = [n for n in options if arrays.option_template[n] == 0]
            base = int(arrays.option_money[idle[0]]) if idle else 0
            linear.constant += base
            for n in model.working(p, d):
                model.x[n] = linear.add(0, 1, _option_price(model, p, d, n) - base)
            chosen = [(model.x[n], 1) for n in model.working(p, d)]
            if chosen:
                linear.demand(chosen, low=0 if idle else 1, high=1)


def _option_price(model: RosterModel, p: int, d: int, n: int) -> int:
    arrays = model.arrays
    extra = model.daily_overtime(n) * int(arrays.premium[p, d])
    return int(arrays.option_money[n]) + extra + int(arrays.option_agreement[n]) * model.agreement_weight


def role_at(arrays: Arrays, n: int, d: int, k: int) -> int:
    """The post that an option holds all through a task, -1 = none."""
    t = arrays.option_template[n]
    if not arrays.fits[t] >> k & 1:
        return -1
    return int(arrays.role_of[arrays.code[t, arrays.task_from[d, k]]])


def _add_tasks(model: RosterModel) -> None:
    arrays, linear = model.arrays, model.linear
    for p in range(len(model.people)):
        for d in range(DATES):
            for k in range(int(arrays.task_count[d])):
                carriers: dict[int, Terms] = defaultdict(list)
                for n in model.working(p, d):
                    r = role_at(arrays, n, d, k)
                    if r >= 0 and arrays.duty_code[p, d, k, r] > 0:
                        carriers[r].append((model.x[n], -1))
                for r, terms in carriers.items():
                    model.y[(p, d, k, r)] = linear.add(0, 1, int(arrays.duty_money[p, d, k, r]))
                    linear.demand([(model.y[(p, d, k, r)], 1), *terms], high=0)
                if arrays.forced[p, d] >> k & 1 and carriers:
                    linear.demand([(model.y[(p, d, k, r)], 1) for r in carriers], low=1)
            _add_clashes(model, p, d)


def _add_clashes(model: RosterModel, p: int, d: int) -> None:
    tasks = int(model.arrays.task_count[d])
    for k in range(tasks):
        for other in range(k):
            if model.arrays.task_clash[d, k] >> other & 1:
                both = [(v, 1) for c, _, v in model.duties(p, d) if c in (k, other)]
                if len(both) > 1:
                    model.linear.demand(both, high=1)
