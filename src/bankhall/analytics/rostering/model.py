"""The week's roster as a mixed integer model over the same columns as the search.

CP-SAT finds with it what conflicts and polishes; CP-SAT and HiGHS are referees of the search. Variables: one for each
option, one for each duty task of a person-day and the post held there. Law and control are rows; agreement is priced
with the search's weights. Three things are simplified, all towards a lower bound or a stricter rule, and told by the
checks afterwards if it matters: the median of fairness is that of the weeks before, overtime of a day by the week is
limited by the week's sum, and overtime of a month that changes within the week by the sum of both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from bankhall.analytics.rostering.arrays import I64, LAW, SPANNING_RULES, Arrays
from bankhall.analytics.rostering.linear import FREE, LinearModel
from bankhall.analytics.rostering.problem import ConflictMember

DATES = 7
Terms = list[tuple[int, int]]


@dataclass
class RosterModel:
    """The model with the meaning of its variables."""

    arrays: Arrays
    agreement_weight: int
    linear: LinearModel = field(default_factory=LinearModel)
    members: list[ConflictMember] = field(default_factory=list)
    x: dict[int, int] = field(default_factory=dict)
    y: dict[tuple[int, int, int, int], int] = field(default_factory=dict)
    overtime: dict[tuple[int, int], int] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    duty_codes: tuple[tuple[str, ...], ...] = ()

    def options(self, p: int, d: int) -> range:
        """The options of a person-day, the one without work too."""
        key = p * DATES + d
        return range(int(self.arrays.option_from[key]), int(self.arrays.option_from[key + 1]))

    def working(self, p: int, d: int) -> list[int]:
        """The options with work."""
        return [n for n in self.options(p, d) if self.arrays.option_template[n] > 0]

    def tag(self, rule: int | str, p: int = -1, d: int = -1, **facts: str) -> int:
        """The index of a member of conflicts."""
        code = rule if isinstance(rule, str) else SPANNING_RULES[rule]
        member = ConflictMember(
            code, self.people[p] if p >= 0 else "", self.days[d] if d >= 0 else None, tuple(sorted(facts.items()))
        )
        if member not in self.members:
            self.members.append(member)
        return self.members.index(member)

    def least(self, terms: Iterable[tuple[int, int]], low: int, rule: int, amount: int, **where: int) -> None:
        """A row of at least: hard for law, priced by the minutes `amount` of a unit short for agreement."""
        named = "duty" in where and bool(self.duty_codes)
        facts = {"duty_code": self.duty_codes[where["d"]][where["duty"]]} if named else {}
        channel = int(self.arrays.channel[rule])
        listed = list(terms)
        if channel == LAW:
            tag = self.tag(rule, where.get("p", -1), where.get("d", -1), **facts)
            self.linear.demand(listed, low=low, tag=tag)
        elif channel > 0:
            short = self.linear.add(0, 10**6, amount * self.agreement_weight)
            self.linear.demand([*listed, (short, 1)], low=low)

    def most(self, terms: Iterable[tuple[int, int]], high: int, rule: int, amount: int, **where: int) -> None:
        """A row of at most, likewise."""
        self.least([(v, -c) for v, c in terms], -high, rule, amount, **where)


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
        _add_presence(model, d)
        _add_duties(model, d)
        _add_pairs(model, d)
        _add_probation(model, d)
        _add_cover(model, d)
    for p in range(len(people)):
        _add_hours(model, p)
        _add_rest(model, p)
        _add_fairness(model, p)
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
    extra = _daily_overtime(arrays, n) * int(arrays.premium[p, d])
    return int(arrays.option_money[n]) + extra + int(arrays.option_agreement[n]) * model.agreement_weight


def _daily_overtime(arrays: Arrays, n: int) -> int:
    worked = int(arrays.work[arrays.option_template[n]])
    return max(0, worked - arrays.hours_day) if arrays.hours_day >= 0 else 0


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
                both = [(v, 1) for (a, b, c, _), v in _tasks_of(model, p, d) if c in (k, other)]
                if len(both) > 1:
                    model.linear.demand(both, high=1)


def _tasks_of(model: RosterModel, p: int, d: int) -> Iterator[tuple[tuple[int, int, int, int], int]]:
    roles = model.arrays.required.shape[2]
    for k in range(int(model.arrays.task_count[d])):
        for r in range(roles):
            found = model.y.get((p, d, k, r))
            if found is not None:
                yield (p, d, k, r), found


def _at_cell(model: RosterModel, d: int, c: int, weight: I64, people: Iterable[int]) -> Terms:
    """Who counts in a cell: options by the code that stands there, corrected for duties that take its place."""
    arrays, terms = model.arrays, []
    for p in people:
        span = model.options(p, d)
        templates = arrays.option_template[span.start : span.stop]
        counted = weight[arrays.code[templates, c]]
        terms += [(model.x[n], int(w)) for n, w in zip(span, counted, strict=True) if w and n in model.x]
        for (_, _, k, r), variable in _tasks_of(model, p, d):
            if arrays.task_from[d, k] <= c < arrays.task_until[d, k]:
                change = int(weight[arrays.duty_code[p, d, k, r]]) - int(weight[1 + r])
                if change:
                    terms.append((variable, change))
    return terms


def _add_presence(model: RosterModel, d: int) -> None:
    everyone = range(len(model.people))
    for group, rule in enumerate((0, 1, 15)):
        for c in range(model.arrays.cell_minutes.shape[1]):
            need = int(model.arrays.need[group, d, c])
            if need > 0 and model.arrays.channel[rule] > 0:
                weight = model.arrays.counts[group].astype(np.int64)
                terms = _at_cell(model, d, c, weight, everyone)
                model.least(terms, need, rule, int(model.arrays.cell_minutes[d, c]), d=d)


def _add_duties(model: RosterModel, d: int) -> None:
    arrays, linear = model.arrays, model.linear
    for u in range(int(arrays.duty_count[d])):
        tasks = [k for k in range(int(arrays.task_count[d])) if arrays.task_duty[d, k] == u]
        starts = {k: linear.add(0, 1) for k in tasks}
        people = int(arrays.duty_people[d, u])
        for k, start in starts.items():
            doing = [(v, 1) for (_, b, c, _), v in model.y.items() if (b, c) == (d, k)]
            linear.demand([*doing, (start, -people)], low=-_given(model, d, k))
        model.least([(start, 1) for start in starts.values()], 1, 5, 120 * people, d=d, duty=u)


def _given(model: RosterModel, d: int, k: int) -> int:
    """The people who are held at a task by a shift that is what it is: nothing of it is left to choose."""
    held = np.flatnonzero(model.arrays.forced[:, d] >> k & 1)
    return sum(all((p, d, k, r) not in model.y for r in range(model.arrays.required.shape[2])) for p in held.tolist())


def _add_pairs(model: RosterModel, d: int) -> None:
    arrays, linear = model.arrays, model.linear
    weight, everyone = arrays.counts[0].astype(np.int64), range(len(model.people))
    for rule, side in ((2, arrays.before), (3, arrays.after)):
        need = int(arrays.pair[rule - 2, d])
        cells = [c for c in range(arrays.cell_minutes.shape[1]) if side[d, c]]
        if not cells or need == 0 or arrays.channel[rule] < 0:
            continue
        present = {c: _at_cell(model, d, c, weight, everyone) for c in cells}
        for k in range(int(arrays.task_count[d])):
            reach = [c for c in cells if (arrays.task_from[d, k] <= c if rule == 2 else c < arrays.task_until[d, k])]
            doing = [v for (_, b, e, _), v in model.y.items() if (b, e) == (d, k)]
            given = _given(model, d, k) > 0
            if reach and (doing or given):
                used = linear.add(int(given), 1)
                for v in doing:
                    linear.demand([(v, 1), (used, -1)], high=0)
                for c in reach:
                    model.least([*present[c], (used, -need)], 0, rule, int(arrays.cell_minutes[d, c]), d=d)


def _add_probation(model: RosterModel, d: int) -> None:
    arrays, weight = model.arrays, model.arrays.at_work.astype(np.int64)
    new = [p for p in range(len(model.people)) if arrays.probation[p, d]]
    senior = [p for p in range(len(model.people)) if not arrays.probation[p, d]]
    for c in range(arrays.cell_minutes.shape[1]):
        if not new or arrays.channel[4] < 0 or arrays.cell_minutes[d, c] == 0:
            continue
        guards = _at_cell(model, d, c, weight, senior)
        for p in new:
            alone = [(v, -w) for v, w in _at_cell(model, d, c, weight, (p,))]
            if alone:
                model.least([*guards, *alone], 0, 4, int(arrays.cell_minutes[d, c]), p=p, d=d)


def _add_cover(model: RosterModel, d: int) -> None:
    arrays, linear = model.arrays, model.linear
    for s in range(int(arrays.slot_count[d])):
        first, until = int(arrays.slot_from[d, s]), int(arrays.slot_until[d, s])
        for r in range(arrays.required.shape[2]):
            need = int(arrays.required[d, s, r])
            if need == 0:
                continue
            terms: Terms = []
            for p in range(len(model.people)):
                terms += _covering(model, p, d, (first, until), r)
            short = linear.add(0, need, int(arrays.missing[d, r]))
            linear.demand([*terms, (short, 1)], low=need)


def _covering(model: RosterModel, p: int, d: int, cells: tuple[int, int], r: int) -> Terms:
    arrays, span = model.arrays, model.options(p, d)
    templates = arrays.option_template[span.start : span.stop]
    whole = (arrays.code[templates, cells[0] : cells[1]] == 1 + r).all(axis=1)
    terms = [(model.x[n], 1) for n, covers in zip(span, whole, strict=True) if covers and n in model.x]
    for (_, _, k, held), variable in _tasks_of(model, p, d):
        if held == r and arrays.task_from[d, k] < cells[1] and cells[0] < arrays.task_until[d, k]:
            terms.append((variable, -1))
    return terms


def _minutes(model: RosterModel, p: int, days: Iterable[int], *, regular: bool = False, extra: bool = False) -> Terms:
    """Work of a person on dates: all, without daily overtime, or the daily overtime alone."""
    terms = []
    for d in days:
        for n in model.working(p, d):
            worked, over = int(model.arrays.work[model.arrays.option_template[n]]), _daily_overtime(model.arrays, n)
            weight = worked - over if regular else over if extra else worked
            if weight:
                terms.append((model.x[n], weight))
    return terms


def _add_hours(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if arrays.hours_week >= 0:
        _add_week_overtime(model, p)
        limit = arrays.hours_week + arrays.overtime_day
        model.most(_minutes(model, p, range(DATES), regular=True), min(limit, FREE - 1), 6, 1, p=p)
        shut = [d for d in range(DATES) if arrays.protected[p, d]]
        if shut:
            regular = _minutes(model, p, range(max(shut) + 1), regular=True)
            model.most(regular, arrays.hours_week, 9, 1, p=p)
    _add_month(model, p)
    if arrays.channel[8] > 0:
        left = int(arrays.average_limit * arrays.average_weeks[p] - arrays.average_past[p])
        model.most(_minutes(model, p, range(DATES)), left, 8, 1, p=p)


def _add_week_overtime(model: RosterModel, p: int) -> None:
    """Overtime by the week up to each date, priced at the premium of the date on which it falls."""
    arrays, linear, week = model.arrays, model.linear, model.arrays.hours_week
    premium = [int(arrays.premium[p, d]) for d in range(DATES)]
    for d in range(DATES):
        price = premium[d] - (premium[d + 1] if d + 1 < DATES else 0)
        if price == 0:
            continue
        worked, most = _minutes(model, p, range(d + 1), regular=True), DATES * 1440
        over = model.overtime[(p, d)] = linear.add(0, most, price)
        linear.demand([(over, 1), *((v, -c) for v, c in worked)], low=-week)
        if price < 0:
            beyond = linear.add(0, 1)
            linear.demand([(over, 1), (beyond, -most)], high=0)
            linear.demand([(over, 1), *((v, -c) for v, c in worked), (beyond, most)], high=most - week)


def _add_month(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if arrays.channel[7] < 0:
        return
    months = sorted(set(arrays.month_of.tolist()))
    left = sum(max(0, int(arrays.month_limit[m] - arrays.month_balance[p, m])) for m in months)
    over = model.overtime.get((p, DATES - 1))
    terms = _minutes(model, p, range(DATES), extra=True)
    if arrays.hours_week < 0:
        model.most(terms, left, 7, 1, p=p)
        return
    if over is None:
        over = model.linear.add(0, DATES * 1440)
        regular = _minutes(model, p, range(DATES), regular=True)
        model.linear.demand([(over, 1), *((v, -c) for v, c in regular)], low=-arrays.hours_week)
    model.most([*terms, (over, 1)], left, 7, 1, p=p)


def _works(model: RosterModel, p: int, days: Iterable[int]) -> Terms:
    return [(model.x[n], 1) for d in days for n in model.working(p, d) if model.arrays.work[_template(model, n)] > 0]


def _template(model: RosterModel, n: int) -> int:
    return int(model.arrays.option_template[n])


def _add_rest(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if arrays.channel[10] > 0:
        model.most(_works(model, p, range(DATES)), DATES - arrays.rest_days, 10, 480, p=p)
    if arrays.channel[11] > 0:
        _add_consecutive(model, p)
    if arrays.channel[12] > 0:
        _add_rest_between(model, p)


def _add_consecutive(model: RosterModel, p: int) -> None:
    most, streak = int(model.arrays.consecutive), int(model.arrays.streak[p])
    for first in range(-min(streak, most), DATES - most):
        last = max(first + most, 0)
        if last < DATES:
            row = _works(model, p, range(max(first, 0), last + 1))
            model.most(row, last - max(first, 0), 11, 480, p=p)


def _add_rest_between(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    for d in range(DATES):
        before = [(int(arrays.end[_template(model, n)]), n) for n in model.working(p, d - 1)] if d else []
        for end in sorted({end for end, _ in before} | ({int(arrays.last_end[p])} if d == 0 else set())):
            earliest = arrays.rest_between - 1440 + end
            late = [(model.x[n], 1) for n in model.working(p, d) if arrays.start[_template(model, n)] < earliest]
            if late and end >= 0:
                ends = [(model.x[n], 1) for other, n in before if other >= end]
                model.most([*ends, *late], 1 if d else 0, 12, 120, p=p, d=d)


def _add_fairness(model: RosterModel, p: int) -> None:
    arrays = model.arrays
    if not arrays.fair[p]:
        return
    fair = arrays.fair.astype(bool)
    saturday_limit = int(arrays.fairness_limit[0, arrays.quarter_of[5]])
    if saturday_limit >= 0:
        middle = int(np.floor(np.median(arrays.saturdays[fair])))
        left = middle + saturday_limit - int(arrays.saturdays[p])
        model.most(_works(model, p, (5,)), max(0, left), 13, 480, p=p)
    for q in range(2):
        limit = int(arrays.fairness_limit[1, q])
        days = [d for d in range(DATES) if arrays.quarter_of[d] == q]
        terms = [(model.x[n], 1) for d in days for n in model.working(p, d) if arrays.noon[_template(model, n)]]
        if limit >= 0 and terms:
            middle = int(np.floor(np.median(arrays.lunches[fair, q])))
            model.most(terms, max(0, middle + limit - int(arrays.lunches[p, q])), 14, 60, p=p)
