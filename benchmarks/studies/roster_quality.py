"""Roster quality: the annealed roster against CP-SAT and HiGHS on the same model, ten branch-weeks of the demo bank.

    python -m benchmarks.studies.roster_quality --folder DEMO_FOLDER [--week 2026-W10] [--seconds 240] [--only curve]

Ten branches (the first by code), one week. Per branch-week: CP-SAT with two workers and HiGHS, so many seconds each,
and the bound that they prove; then the annealing for several numbers of moves. Finished parts stand in `results/work/`
and are not computed again: stop it and start it as you like. The report is `results/roster_quality.md`.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.planning.plan import roster_problem
from bankhall.analytics.planning.requirement import week_requirement
from bankhall.analytics.rostering.anneal import anneal, first_state, rebuild, schedule_of, weighted
from bankhall.analytics.rostering.arrays import Arrays, State
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.decode import decode, prune_duties
from bankhall.analytics.rostering.encode import encode
from bankhall.analytics.rostering.linear import Solved, solve_by_cp_sat, solve_by_highs
from bankhall.analytics.rostering.model import build_model
from bankhall.analytics.rostering.polish import state_of
from bankhall.analytics.rostering.prices import GRAINS
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.question import Question, ask
from bankhall.analytics.rostering.roster_model import RosterModel
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.plain import from_plain, to_plain

RESULTS = Path(__file__).parent.parent / "results"
WORK = RESULTS / "work"
MOVES = (50_000, 200_000, 500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000)
SEEDS = (1, 2)
Figures = dict[str, Any]


def main() -> None:
    """Every branch-week that is not finished, then the report."""
    options = _options()
    WORK.mkdir(parents=True, exist_ok=True)
    branches = [n.node_code for n in ExchangeFolder(options.folder).bank().branches()][:10]
    for branch in branches if options.only != "report" else ():
        problem = _kept(WORK / f"roster_problem_{branch}.json", lambda b=branch: _problem(options, b))  # type: ignore[misc]
        case = _Case(from_plain(RosterProblem, problem))
        if options.only != "curve":
            for name in ("cp_sat", "highs"):
                _kept(WORK / f"roster_{name}_{branch}.json", lambda n=name, c=case: c.referee(n, options.seconds))  # type: ignore[misc]
        if options.only != "referees":
            _kept(WORK / f"roster_curve_{branch}.json", case.curve)
        print(branch, "finished", flush=True)
    (RESULTS / "roster_quality.md").write_text(report(branches, options), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--week", default="2026-W10")
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--only", choices=("all", "referees", "curve", "report"), default="all")
    return parser.parse_args()


def _kept(path: Path, compute: Callable[[], Any]) -> Any:
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_text(json.dumps(compute(), ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    return json.loads(path.read_text(encoding="utf-8"))


def _problem(options: argparse.Namespace, branch: str) -> Figures:
    asked = PlanRequest({"folder": str(options.folder), "branch_code": branch, "week": options.week, "seed": 7}).read()
    plain: Figures = to_plain(roster_problem(asked, week_requirement(asked).rows))
    return plain


class _Case:
    """One branch-week, made ready once."""

    def __init__(self, problem: RosterProblem) -> None:
        self.question: Question = ask(problem)
        self.arrays: Arrays = encode(self.question.situation, self.question.columns, self.question.grids)
        self.schedule = schedule_of(self.arrays)

    def referee(self, name: str, seconds: float) -> Figures:
        """One solver's answer on the model, as the price list and the checks see it."""
        model = self._model()
        began, cpu = time.perf_counter(), time.process_time()
        if name == "cp_sat":
            found = solve_by_cp_sat(model.linear, workers=2, seed=1, seconds=seconds)
        else:
            found = solve_by_highs(model.linear, seconds=seconds)
        spent = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
        size = {"variables": len(model.linear.low), "rows": len(model.linear.rows)}
        bound = {"status": found.status, "bound_fen": found.bound / GRAINS}
        return {**spent, **size, **bound, **self._told(model, found)}

    def curve(self) -> list[Figures]:
        """The annealing for each number of moves and seed."""
        anneal(self.arrays, first_state(self.arrays), moves=400, rng=stream(0, "warm"))
        return [self._annealed(moves, seed) for moves in MOVES for seed in SEEDS]

    def _annealed(self, moves: int, seed: int) -> Figures:
        cpu = time.process_time()
        state = anneal(self.arrays, first_state(self.arrays), moves=moves, rng=stream(seed, "study"))
        return {"moves": moves, "seed": seed, "cpu_seconds": time.process_time() - cpu, **self._figures(state)}

    def _model(self) -> RosterModel:
        columns, days = self.question.columns, self.question.situation.days
        return build_model(self.arrays, columns.people, days, self.schedule.agreement)

    def _told(self, model: RosterModel, found: Solved) -> Figures:
        return self._figures(state_of(model, found.values)) if found.values else {}

    def _figures(self, state: State) -> Figures:
        prune_duties(self.arrays, state)
        state = rebuild(self.arrays, state.option, state.tasks)
        rows = decode(self.question.situation, self.question.columns, state)
        cost = roster_cost(self.question.situation, rows)
        breaches = [breach.rule_class for breach in breaches_of(self.question.situation, rows)]
        return {
            "cost_fen": cost.cost_fen,
            "avoidable_fen": cost.avoidable_fen,
            "unmet": cost.unmet_half_hours,
            "objective_fen": weighted(state.cost, self.schedule.law, self.schedule.agreement) / GRAINS,
            "law": breaches.count("law_control"),
            "agreement": breaches.count("agreement"),
        }


def report(branches: Iterable[str], options: argparse.Namespace) -> str:
    """The page: gaps against the better referee by moves, and every branch-week."""
    cases = [case for case in map(_finished, branches) if case]
    lines = [
        "# Roster quality",
        "",
        f"`benchmarks.studies.roster_quality --folder DEMO --week {options.week} --seconds {options.seconds:.0f}`",
        "",
        f"{len(cases)} of 10 branch-weeks finished. Referee: the better (by objective: money and priced agreements) of",
        "CP-SAT (two workers) and HiGHS on the same columns, wall seconds as stated, machine shared with other work.",
        "Gaps: cost and avoidable cost in money, annealed over referee less one; unmet half hours as a difference.",
        "Seconds are CPU seconds of annealing on one core. Two seeds a point.",
        "",
        "## Gap against time (median and worst over branch-weeks and seeds)",
        "",
        "| moves | CPU s | cost gap | worst | avoidable gap | worst | unmet | worst | agreements | objective gap |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_curve_line(cases, moves) for moves in MOVES),
        "",
        "## Branch-weeks",
        "",
        "| branch | referee | cost | avoidable | unmet | agreements broken | proven bound | CP-SAT | HiGHS |",
        "|---|---|---|---|---|---|---|---|---|",
        *map(_case_line, cases),
        "",
    ]
    return "\n".join(lines)


def _finished(branch: str) -> Figures | None:
    paths = {name: WORK / f"roster_{name}_{branch}.json" for name in ("cp_sat", "highs", "curve")}
    if not all(path.exists() for path in paths.values()):
        return None
    found: Figures = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    named = {name: found[name] for name in ("cp_sat", "highs") if "cost_fen" in found[name]}
    if not named:
        return None
    best = min(named, key=lambda name: (named[name]["law"], named[name]["objective_fen"]))
    return {**found, "branch": branch, "best": best, "referee": named[best]}


def _curve_line(cases: list[Figures], moves: int) -> str:
    rows = [(case["referee"], run) for case in cases for run in case["curve"] if run["moves"] == moves]
    if not rows:
        return f"| {moves:,} | - | - | - | - | - | - | - | - | - |"
    cost = [run["cost_fen"] / best["cost_fen"] - 1 for best, run in rows]
    avoidable = [(run["avoidable_fen"] - best["avoidable_fen"]) / max(1, best["avoidable_fen"]) for best, run in rows]
    unmet = [run["unmet"] - best["unmet"] for best, run in rows]
    spent = median(run["cpu_seconds"] for _, run in rows)
    broken = median(run["agreement"] - best["agreement"] for best, run in rows)
    whole = median(run["objective_fen"] / best["objective_fen"] - 1 for best, run in rows)
    return (
        f"| {moves:,} | {spent:.1f} | {median(cost):.1%} | {max(cost):.1%} "
        f"| {median(avoidable):.1%} | {max(avoidable):.1%} "
        f"| {median(unmet):+.0f} | {max(unmet):+d} | {broken:+.0f} | {whole:.1%} |"
    )


def _case_line(case: Figures) -> str:
    best = case["referee"]
    bound = max(case[name]["bound_fen"] for name in ("cp_sat", "highs"))
    told = [
        f"{case[name]['objective_fen'] / 100:,.0f} ({case[name]['status']}, {case[name]['cpu_seconds']:.0f} CPU s)"
        if "objective_fen" in case[name]
        else case[name]["status"]
        for name in ("cp_sat", "highs")
    ]
    return (
        f"| {case['branch']} | {case['best']} | {best['cost_fen'] / 100:,.0f} "
        f"| {best['avoidable_fen'] / 100:,.0f} | {best['unmet']} "
        f"| {best['agreement']} | {bound / 100:,.0f} | {told[0]} | {told[1]} |"
    )


if __name__ == "__main__":
    main()
