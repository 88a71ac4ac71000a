"""Rows of the week's model that bind the people of one date together: presence, duties, pairs, probation, cover."""

from collections.abc import Iterable

import numpy as np

from bankhall.analytics.rostering.arrays import I64
from bankhall.analytics.rostering.roster_model import RosterModel, Terms


def _at_cell(model: RosterModel, d: int, c: int, weight: I64, people: Iterable[int]) -> Terms:
    """Who counts in a cell: options by the code that stands there, corrected for duties that take its place."""
    arrays, terms = model.arrays, []
    for p in people:
        span = model.options(p, d)
        templates = arrays.option_template[span.start : span.stop]
        counted = weight[arrays.code[templates, c]]
        terms += [(model.x[n], int(w)) for n, w in zip(span, counted, strict=True) if w and n in model.x]
        for k, r, variable in model.duties(p, d):
            if arrays.task_from[d, k] <= c < arrays.task_until[d, k]:
                change = int(weight[arrays.duty_code[p, d, k, r]]) - int(weight[1 + r])
                if change:
                    terms.append((variable, change))
    return terms


def add_presence(model: RosterModel, d: int) -> None:
    everyone = range(len(model.people))
    for group, rule in enumerate((0, 1, 15)):
        for c in range(model.arrays.cell_minutes.shape[1]):
            need = int(model.arrays.need[group, d, c])
            if need > 0 and model.arrays.channel[rule] > 0:
                weight = model.arrays.counts[group].astype(np.int64)
                terms = _at_cell(model, d, c, weight, everyone)
                model.least(terms, need, rule, int(model.arrays.cell_minutes[d, c]), d=d)


def add_duties(model: RosterModel, d: int) -> None:
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


def add_pairs(model: RosterModel, d: int) -> None:
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


def add_probation(model: RosterModel, d: int) -> None:
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


def add_cover(model: RosterModel, d: int) -> None:
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
    for k, held, variable in model.duties(p, d):
        if held == r and arrays.task_from[d, k] < cells[1] and cells[0] < arrays.task_until[d, k]:
            terms.append((variable, -1))
    return terms
