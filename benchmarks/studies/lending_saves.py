"""What lending saves: eight weeks of a bank's branches, planned each by itself, then with the loans of the flow.

    bankhall synthesise FOLDER --branches N
    python -m benchmarks.studies.lending_saves --folder FOLDER [--first 2026-W38] [--weeks 8] [--limit MINUTES]

Every branch-week is planned as of its Monday (effort as stated in the report), then loans are found and proved with and
without on the same simulated days. Finished parts are kept beside the results, in a folder `lending_N`: stop it and
start it as you like; `--limit` stops before the next part when so many minutes have passed. Six branches at a time
share what they know of the calendar. The report, `results/lending_saves_N.md`, says what was run.
"""

import argparse
import json
import math
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import bank_tables
from bankhall.data.lake import Lake
from bankhall.data.lend_jobs import lend_region_job
from bankhall.data.plan_jobs import planned
from bankhall.data.planning.question import PlanRequest
from bankhall.data.planning.written import published_before
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import PAST_WEEKS, Week
from benchmarks.studies.roster_quality import RESULTS, WORK, _kept

SHARING = 6
"""So many branches share calendar effects, in the order of their codes."""
EFFORT = {"requirement_days": 60, "proof_days": 20, "moves": 200_000}
PROOF_DAYS = 200
SEED = 7
Figures = dict[str, Any]


def main() -> None:
    """Weeks one after another, and after each the report over those that are whole."""
    options = _options()
    bank = ExchangeFolder(options.folder).bank()
    number = len(bank.branches())
    kept = WORK / f"lending_{number}"
    kept.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + options.limit * 60 if options.limit else math.inf
    weeks = [Week.parse(options.first).plus(n) for n in range(options.weeks)]
    for week in weeks:
        _week(options.folder, bank, week, kept, until)
        parts = [(one, kept / f"lend_{one}.json") for one in weeks]
        done = [(one, json.loads(part.read_text(encoding="utf-8"))) for one, part in parts if part.exists()]
        if done:
            (RESULTS / f"lending_saves_{number}.md").write_text(report_of(bank, done), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--first", default="2026-W38")
    parser.add_argument("--weeks", type=int, default=8)
    parser.add_argument("--limit", type=float, default=0.0)
    return parser.parse_args()


def _lake(folder: Path, bank: Bank, kept: Path) -> Path:
    """The records by branch and month, as a site keeps them: read once, not once a branch."""
    root, part = kept / "lake", kept / "lake.part"
    if root.exists():
        return root
    shutil.rmtree(part, ignore_errors=True)
    lake, source = Lake(part), ExchangeFolder(folder)
    reference = {name: table for name, table in bank_tables(bank).items() if table.num_rows}
    lake.publish_reference(reference, on=max(day.date for day in bank.calendar))
    visits, steps, rosters = (source.table(name) for name in ("visits", "steps", "rosters"))
    for codes in _groups(bank):
        mine = visits.filter(pc.is_in(visits["branch_code"], pa.array(codes)))
        done = steps.filter(pc.is_in(steps["visit_id"], mine["visit_id"].combine_chunks()))
        there = rosters.filter(pc.is_in(rosters["branch_code"], pa.array(codes)))
        lake.publish({"visits": mine, "steps": done, "rosters": there})
    part.rename(root)
    return root


def _groups(bank: Bank) -> list[list[str]]:
    codes = [node.node_code for node in bank.branches()]
    return [codes[at : at + SHARING] for at in range(0, len(codes), SHARING)]


def _week(folder: Path, bank: Bank, week: Week, kept: Path, until: float) -> None:
    lake = _lake(folder, bank, kept)
    plans: dict[str, Figures] = {}
    for group in _groups(bank):
        for request in _requests(lake, bank, week, group):
            if time.monotonic() > until:
                return
            code = request.branch_code
            plans[code] = _kept(kept / f"plan_{week}_{code}.json", partial(_plan, request))
    past = published_before(ExchangeFolder(folder), week)
    branches = {
        code: {"rosters": plan["rosters"], "requirement": plan["requirement"], "past": to_plain(past.get(code, []))}
        for code, plan in plans.items()
        if plan.get("status") == "feasible"
    } | {pool.node_code: {} for pool in bank.pools()}
    question = {
        "lake": str(lake), "week": str(week), "seed": SEED, "regions_branches": list(plans),
        "bank": to_plain(bank), "branches": branches, "proof_days": PROOF_DAYS,
    }  # fmt: skip
    _kept(
        kept / f"lend_{week}.json", lambda: {**lend_region_job(question), "planned": len(branches) - len(bank.pools())}
    )
    print(week, "finished", flush=True)


def _requests(lake: Path, bank: Bank, week: Week, group: list[str]) -> Iterator[PlanRequest]:
    """Those of a group, which read its histories once."""
    first: PlanRequest | None = None
    for code in group:
        question = {
            "lake": str(lake), "version": None, "bank": to_plain(bank.for_branch(code)), "branch_code": code,
            "regions_branches": group, "week": str(week), "seed": SEED, "effort": EFFORT,
        }  # fmt: skip
        request = PlanRequest(question, first)
        first = first or request
        yield request


def _plan(request: PlanRequest) -> Figures:
    try:
        answer = planned(request)
    except BankhallError as error:  # a branch that opened later has no history yet
        return {"status": error.code}
    return {name: answer[name] for name in ("status", "rosters", "requirement", "unmet_half_hours", "cost_fen")}


def report_of(bank: Bank, weeks: list[tuple[Week, Figures]]) -> str:
    """The page: a row a week and their sum."""
    columns = (
        "week", "half hours short", "filled", "left", "loans", "from the pool", "cost, yuan", "saved, yuan",
        "P90 minutes saved, mean of the days helped", "put aside by rules",
    )  # fmt: skip
    pools = {node.node_code for node in bank.pools()}
    pool = sum(person.branch_code in pools for person in bank.staff)
    planned = [found["planned"] for _, found in weeks]
    lines = [
        "# What lending saves",
        "",
        f"`benchmarks.studies.lending_saves`, {len(weeks)} weeks of {len(bank.branches())} synthetic branches",
        f"({min(planned)} to {max(planned)} with a roster of their own) and a float pool of {pool},",
        f"each branch planned by itself as of its Monday (moves {EFFORT['moves']:,}, {EFFORT['requirement_days']} days",
        f"for the requirement, past {PAST_WEEKS} weeks known, calendar effects shared by {SHARING}), loans proved on",
        f"{PROOF_DAYS} days with and without,",
        "the same days. Saved is the price of the half hours filled, from the price list.",
        "",
        f"| {' | '.join(columns)} |",
        "|---" * len(columns) + "|",
    ]
    for week, found in weeks:
        lines.append(_row(str(week), [found]))
    lines.append(_row("all", [found for _, found in weeks]))
    return "\n".join(lines) + "\n"


def _row(name: str, found: list[Figures]) -> str:
    def total(key: str) -> float:
        return sum(one["totals"][key] or 0 for one in found)

    loans = [loan for one in found for loan in one["loans"]]
    pool = sum(loan["from_branch"].startswith("P") for loan in loans)
    days = total("wait_p90_branch_days")
    mean = f"{total('wait_p90_minutes_saved') / days:.2f}" if days else "–"
    short, filled = total("unmet_half_hours_before"), total("half_hours_saved")
    money = f"{total('cost_fen') / 100:,.0f} | {total('saved_fen') / 100:,.0f}"
    aside = sum(one["rejected"] for one in found)
    return f"| {name} | {short} | {filled} | {short - filled} | {len(loans)} | {pool} | {money} | {mean} | {aside} |"


if __name__ == "__main__":
    main()
