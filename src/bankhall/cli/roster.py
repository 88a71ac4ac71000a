"""Write a branch's week, or check one that exists, against the folder's rules.

Examples:
  bankhall roster --folder my-bank --branch B01 --week 2026-W49 --requirement requirement.csv --out week49
  bankhall roster --folder my-bank --branch B01 --week 2026-W49 --keep locked.csv --moves 500000 --out week49
  bankhall check-roster week49/rosters.csv --folder my-bank --json

The folder's published rosters of the weeks before count for averages, days in a row and fairness. Exit 1 when no roster
can keep law and control rules (the answer then names what conflicts), or when a checked one breaks them.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.problem import RosterAnswer, RosterProblem
from bankhall.analytics.rostering.solve import DEFAULT_MOVES, solve
from bankhall.data.exchange import ExchangeFolder, read_table, write_table
from bankhall.data.exchange.codec import (
    read_assignments,
    read_requirement,
    read_rows,
    requirement_table,
    rosters_table,
    rows_table,
)
from bankhall.data.planning.answer import breach_row, unmet_row
from bankhall.data.planning.written import newest_versions, published_before
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Requirement
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week

SHOWN = 20


def add_roster_arguments(parser: argparse.ArgumentParser) -> None:
    """`--branch B --week W [--requirement FILE] [--keep LOCKED.csv] [--moves N] [--seed N] --out DIR`."""
    parser.add_argument("--branch", required=True, metavar="B", help="the branch's code")
    parser.add_argument("--week", required=True, metavar="W", help="ISO week, for example 2026-W49")
    parser.add_argument(
        "--requirement", type=Path, metavar="FILE", help="people needed (default: the folder's own table)"
    )
    parser.add_argument("--keep", type=Path, metavar="LOCKED.csv", help="assignments that must stay as they are")
    parser.add_argument("--moves", type=int, default=DEFAULT_MOVES, metavar="N", help="how long to search, in moves")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="same inputs and seed give the same bytes")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where rosters.csv and the rest go")


def run_roster(options: argparse.Namespace) -> int:
    """Search, write, say what it costs and what is missing; or what conflicts."""
    problem = _problem(options)
    answer = solve(problem, seed=options.seed, moves=options.moves, progress=_tell)
    print(file=sys.stderr)
    _write(options.out, problem, answer)
    print(json.dumps(_plain(answer), ensure_ascii=False) if options.json else _words(answer))
    return int(answer.status != "feasible")


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """`ROSTERS.csv`."""
    parser.add_argument(
        "rosters", type=Path, metavar="ROSTERS.csv", help="assignments in the form of the table `rosters`"
    )


def run_check(options: argparse.Namespace) -> int:
    """Every branch and week of the file (its latest version), by every rule."""
    folder = ExchangeFolder(options.folder)
    bank, table = folder.bank(), read_table(options.rosters, "rosters")
    found = [
        breach
        for branch, week in sorted({(str(row["branch_code"]), str(row["week"])) for row in read_rows(table)})
        for breach in _check(folder, bank, table, branch, week)
    ]
    if options.json:
        print(json.dumps({"breaches": [_breach_row(breach) for breach in found]}, ensure_ascii=False))
    else:
        print("\n".join(breach_lines(found)) or "no breach")
    return int(any(breach.rule_class == "law_control" for breach in found))


def _check(folder: ExchangeFolder, bank: Bank, table: pa.Table, branch: str, week: str) -> list[Breach]:
    rows = [row for row in read_rows(table) if (row["branch_code"], row["week"]) == (branch, week)]
    assignments = read_assignments(rows_table("rosters", newest_versions(rows)))
    past = tuple(published_before(folder, Week.parse(week)).get(branch, []))
    return find_breaches(RosterProblem(branch, Week.parse(week), bank.for_branch(branch), past=past), assignments)


def _problem(options: argparse.Namespace) -> RosterProblem:
    folder, week = ExchangeFolder(options.folder), Week.parse(options.week)
    bank = folder.bank()
    if options.branch not in {node.node_code for node in bank.branches()}:
        raise BadInput("branch_unknown", branch_code=options.branch)
    return RosterProblem(
        options.branch,
        week,
        bank.for_branch(options.branch),
        requirement=asked_requirement(folder, options, week),
        past=tuple(published_before(folder, week).get(options.branch, [])),
        locked=read_assignments(read_table(options.keep, "rosters")) if options.keep else (),
    )


def asked_requirement(folder: ExchangeFolder, options: argparse.Namespace, week: Week) -> tuple[Requirement, ...]:
    table = (
        read_table(options.requirement, "requirement")
        if options.requirement
        else folder.need("requirement", what_for="roster")
    )
    days = set(week.days())
    mine = [r for r in read_requirement(table) if r.branch_code == options.branch and r.business_date in days]
    if not mine:
        raise BadInput("requirement_missing", branch_code=options.branch, week=str(week))
    return tuple(mine)


def _tell(share: float) -> None:
    print(f"\rsearching {share:4.0%}", end="", file=sys.stderr, flush=True)


def _write(out: Path, problem: RosterProblem, answer: RosterAnswer) -> None:
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "rosters.csv", rosters_table(answer.assignments, week=problem.week, version=1, state="draft"))
    write_table(out / "requirement.csv", requirement_table(problem.requirement))
    write_table(out / "unmet.csv", rows_table("unmet", [unmet_row(row) for row in answer.unmet]))
    write_table(out / "breaches.csv", rows_table("breaches", [breach_row(row) for row in answer.breaches]))
    text = json.dumps(_plain(answer), ensure_ascii=False, indent=1, sort_keys=True)
    (out / "roster.json").write_text(text + "\n", encoding="utf-8")


def _plain(answer: RosterAnswer) -> dict[str, object]:
    classes = [breach.rule_class for breach in answer.breaches]
    return {
        "status": answer.status,
        "conflict": to_plain(answer.conflict),
        "cost_fen": answer.cost.cost_fen,
        "avoidable_fen": answer.cost.avoidable_fen,
        "unmet_half_hours": answer.cost.unmet_half_hours,
        "breaches": {name: classes.count(name) for name in ("law_control", "agreement", "wish")},
        "moves": answer.moves,
    }


def _words(answer: RosterAnswer) -> str:
    if answer.status != "feasible":
        members = (
            f"  {m.rule_code} {m.business_date or ''} {m.staff_no} {dict(m.facts) or ''}".rstrip()
            for m in answer.conflict
        )
        return "\n".join(
            ["no roster can keep all rules; these conflict (dropping any one makes the rest possible):", *members]
        )
    cost = answer.cost
    lines = [
        f"cost {cost.cost_fen / 100:,.2f} yuan, of it avoidable {cost.avoidable_fen / 100:,.2f}",
        f"half hours that nobody covers: {cost.unmet_half_hours}",
        *breach_lines(answer.breaches),
    ]
    return "\n".join(lines)


def _breach_row(breach: Breach) -> dict[str, object]:
    return {**breach_row(breach), "facts": to_plain(breach.facts)}


def breach_lines(breaches: Iterable[Breach]) -> list[str]:
    rows = list(breaches)
    lines = [
        f"{b.rule_class:12} {b.rule_code:22} {b.business_date or '':10} {b.staff_no:8} {dict(b.facts)}"
        for b in rows[:SHOWN]
    ]
    return [*lines, f"and {len(rows) - SHOWN} more (--json tells all)"] if len(rows) > SHOWN else lines
