"""Re-plan quality: a week mended after illness against CP-SAT on the same columns, branches of the demo bank.

    python -m benchmarks.studies.replan_quality --folder DEMO_FOLDER [--week 2026-W10] [--seconds 60] [--cases 30]

Ten branches (the first by code), three kinds of morning each: one person ill on Tuesday at 07:30, two ill for two days
from then, one who goes home at 11:00. The exact model starts from the re-plan's own answer, so that it is never worse;
two thirds of its time find the least unrestored cover, one third the fewest changed person-days at that.
Finished cases stand in `results/work/`: stop it and start it as you like. The report is `results/replan_quality.md`.
"""

import argparse
import json
import time
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path
from statistics import median
from typing import Any

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.rostering.anneal import rebuild
from bankhall.analytics.rostering.arrays import LAW, MONEY, State
from bankhall.analytics.rostering.disruption import Disruption, disrupted, repair_of
from bankhall.analytics.rostering.exact_days import bare, options_like, refined
from bankhall.analytics.rostering.linear import Solved, solve_by_cp_sat
from bankhall.analytics.rostering.model import build_model
from bankhall.analytics.rostering.polish import hint_of, place_of, state_of
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.repair import Repair, best_repair
from bankhall.analytics.rostering.replan import MOVES, replan
from bankhall.analytics.rostering.roster_model import RosterModel
from bankhall.analytics.rostering.solve import solve
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import from_plain, to_plain
from benchmarks.studies.roster_quality import RESULTS, WORK, _kept, _problem

Figures = dict[str, Any]
KINDS = ("one ill", "two ill for two days", "one goes home at 11:00")


def main() -> None:
    """Every case that is not finished, then the report."""
    options = _options()
    WORK.mkdir(parents=True, exist_ok=True)
    names = [f"B{n:02d}" for n in range(1, 11)]
    cases = [(branch, kind) for branch in names for kind in range(len(KINDS))][: options.cases]
    for branch, kind in cases:
        problem = from_plain(
            RosterProblem,
            _kept(WORK / f"roster_problem_{branch}.json", lambda b=branch: _problem(options, b)),  # type: ignore[misc]
        )
        rows = _kept(WORK / f"replan_roster_{branch}.json", lambda p=problem: _published(p))  # type: ignore[misc]
        standing = tuple(from_plain(Assignment, row) for row in rows)
        case = WORK / f"replan_case_{branch}_{kind}.json"
        _kept(case, lambda p=problem, s=standing, k=kind: _case(p, s, k, options.seconds))  # type: ignore[misc]
        found = [(b, KINDS[k], WORK / f"replan_case_{b}_{k}.json") for b, k in cases]
        done = [(b, k, json.loads(p.read_text(encoding="utf-8"))) for b, k, p in found if p.exists()]
        (RESULTS / "replan_quality.md").write_text(_report(done, options), encoding="utf-8")
        print(branch, KINDS[kind], "finished", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--week", default="2026-W10")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--cases", type=int, default=30)
    return parser.parse_args()


def _published(problem: RosterProblem) -> list[Figures]:
    found: list[Figures] = to_plain(solve(problem, seed=1, moves=1_000_000).assignments)
    return found


def _disruption(problem: RosterProblem, standing: tuple[Assignment, ...], kind: int) -> Disruption:
    tuesday = problem.week.days()[1]
    now = datetime.combine(tuesday, clock(11) if kind == 2 else clock(7, 30))
    working = sorted({row.staff_no for row in standing if row.business_date == tuesday and row.end > 660})
    rng = stream(kind, "replan study", problem.branch_code)
    chosen = rng.choice(working, size=2 if kind == 1 else 1, replace=False)
    until = datetime.combine(tuesday, clock()) + timedelta(days=2 if kind == 1 else 1)
    return Disruption(now, tuple(Absence(str(name), now, until, "sick", "granted") for name in sorted(chosen)))


def _case(problem: RosterProblem, standing: tuple[Assignment, ...], kind: int, seconds: float) -> Figures:
    disruption = _disruption(problem, standing, kind)
    began, cpu = time.perf_counter(), time.process_time()
    answer = replan(problem, standing, disruption, seed=1)
    spent = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
    week = disrupted(problem, standing, disruption)
    repair = repair_of(week)
    rng = stream(1, "replan", problem.branch_code, str(problem.week))
    _, found = refined(week, repair, best_repair(repair, moves=MOVES, rng=rng))
    mine = rebuild(repair.arrays, options_like(repair.arrays, found), found.tasks)
    told = {
        "lost": sum(row.people_short for row in answer.uncovered),
        "unmet": sum(row.people_short for row in answer.unmet),
        "broken": [breach.rule_code for breach in answer.breaches if breach.rule_class == "law_control"],
    }
    days = week.question.situation.days
    return {**spent, **told, "mine": _worth(repair, mine), "exact": _exact(repair, mine, days, seconds)}


def _worth(repair: Repair, state: State) -> Figures:
    """Law, what the unrestored cover weighs, and the changed person-days, of any state."""
    plain = bare(repair.plain)
    again = rebuild(plain, state.option, state.tasks)
    return {"law": int(again.cost[LAW]), "harm": int(again.cost[MONEY]), "changed": int(repair.changed(again).sum())}


def _exact(repair: Repair, mine: State, days: tuple[Any, ...], seconds: float) -> Figures:
    """The exact model's cover and fewest changes; whatever restores all by one change needs no solver to prove it."""
    worth = _worth(repair, mine)
    whole = worth["law"] == 0 and worth["harm"] == 0
    if whole and worth["changed"] <= 1:
        return {"cover": "optimal", "changes": "optimal", "harm": 0, "fewest": worth["changed"]}
    plain = bare(repair.plain)
    names = tuple(str(p) for p in range(plain.frozen.shape[0]))
    model = build_model(plain, names, days, 0)
    hint = hint_of(model, rebuild(plain, mine.option, mine.tasks))
    if whole:
        first = Solved("optimal", tuple(hint))
        _keep_cover(model, 0)
    else:
        first = solve_by_cp_sat(model.linear, workers=2, seed=1, seconds=seconds * 2 / 3, hint=hint, tight=True)
        if not first.values:
            return {"cover": first.status, "changes": "not asked"}
        _keep_cover(model, model.linear.value(first.values) - model.linear.constant)
    _price_changes(repair, model)
    left = seconds if whole else seconds / 3
    begin = _hint(model, hint, first)
    second = solve_by_cp_sat(model.linear, workers=2, seed=1, seconds=left, hint=begin, tight=True)
    if not second.values:
        return {"cover": first.status, "changes": second.status, **({"harm": 0} if whole else {})}
    last = _worth(repair, state_of(model, second.values))
    fewest = int(model.linear.value(second.values))
    return {"cover": first.status, "changes": second.status, "harm": last["harm"], "fewest": fewest}


def _keep_cover(model: RosterModel, most: int) -> None:
    """No more unrestored than this."""
    model.linear.demand([(v, price) for v, price in enumerate(model.linear.price) if price], high=most)


def _hint(model: RosterModel, mine: list[int], first: Solved) -> list[int]:
    """The re-plan's own answer where it leaves as little unmet, else what was found first."""
    row = model.linear.rows[-1]
    fits = sum(mine[v] * c for v, c in zip(row.variables, row.coefficients, strict=True)) <= row.high
    return mine if fits else list(first.values)


def _price_changes(repair: Repair, model: RosterModel) -> None:
    """One a person-day in another shift than the standing one; duties are free, which is in the model's favour."""
    linear = model.linear
    linear.price, linear.constant = [0] * len(linear.price), 0
    for n, variable in model.x.items():
        p, d = place_of(model.arrays, n)
        stands = int(repair.option[p, d])
        if model.arrays.option_template[stands] == 0:
            linear.price[variable] = 1
        elif n == stands:
            linear.price[variable], linear.constant = -1, linear.constant + 1


def _report(done: list[tuple[str, str, Figures]], options: argparse.Namespace) -> str:
    proved = [case for *_, case in done if case["exact"]["cover"] == "optimal"]
    known = [case for *_, case in done if "harm" in case["exact"]]
    restored = [case for case in known if case["mine"]["harm"] <= case["exact"]["harm"]]
    even = [case for case in restored if "fewest" in case["exact"]]
    proved_few = [case for case in even if case["exact"]["changes"] == "optimal"]
    fully = [case for *_, case in done if case["mine"]["harm"] == 0]
    close = [case for case in even if case["mine"]["changed"] <= 1.5 * case["exact"]["fewest"]]
    lost = [case for *_, case in done if case["exact"]["cover"] == "infeasible"]
    added = [case for *_, case in done if case["broken"] and case not in lost]
    seconds = [case["seconds"] for *_, case in done]
    lines = [
        "# Re-plan quality",
        "",
        f"`benchmarks.studies.replan_quality --folder DEMO --week {options.week} --seconds {options.seconds:.0f}`",
        "",
        f"{len(done)} cases of the synthetic demo bank finished.",
        "",
        "Unrestored: half hours covered as published and no longer, at their price. The exact model starts from the",
        "re-plan's answer. Changed: person-days in another shift or with other duties; its count leaves duties out.",
        "",
        f"- cases in which the exact model found an answer: {len(known)}, its cover proved best in {len(proved)}",
        f"- cover restored as far as by the exact model: {len(restored)} of {len(known)}",
        f"- all that was covered as published is covered again: {len(fully)} of {len(done)}",
        f"- the exact model's count of changes is proved fewest in {len(proved_few)} of {len(even)}",
        f"- changed person-days at most 1.5 times the exact model's fewest: {len(close)} of {len(even)}",
        f"- law or control that no roster of the model keeps any more: {len(lost)} of {len(done)}, counted apart",
        f"- breach of law or control in the answer to the others: {len(added)} of {len(done) - len(lost)}",
        f"- seconds (wall, machine shared): median {median(seconds):.1f}, most {max(seconds):.1f}",
        "",
        (
            "| branch | morning | short as ill | short after | changed | exact fewest | unrestored, over exact (yuan) "
            "| cover | changes | breaches | CPU s |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(_line(*row) for row in done),
        "",
    ]
    return "\n".join(lines)


def _line(branch: str, kind: str, case: Figures) -> str:
    exact, mine = case["exact"], case["mine"]
    over = f"{(mine['harm'] - exact['harm']) / 6000:,.0f}" if "harm" in exact else "-"
    over = f"{mine['harm'] / 6000:,.0f}, {over}"
    return (
        f"| {branch} | {kind} | {case['lost']} | {case['unmet']} | {mine['changed']} | {exact.get('fewest', '-')} "
        f"| {over} | {exact['cover']} | {exact['changes']} | {', '.join(case['broken']) or '-'} "
        f"| {case['cpu_seconds']:.1f} |"
    )


if __name__ == "__main__":
    main()
