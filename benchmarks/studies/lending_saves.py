"""What lending saves: eight weeks of a bank's branches, planned each by itself, then with the loans of the flow.

    python -m benchmarks.studies.lending_saves --folder DEMO_FOLDER [--first 2026-W38] [--weeks 8] [--limit MINUTES]

Every branch-week is planned as of its Monday (effort as stated in the report), then loans are found and proved with and
without on the same simulated days. Finished parts stand in `results/work/lending/`: stop it and start it as you like;
`--limit` stops before the next part when so many minutes have passed. The report says what was run.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from bankhall.data.exchange import ExchangeFolder
from bankhall.data.lend_jobs import lend_region_job
from bankhall.data.plan_jobs import plan_branch_job
from bankhall.data.planning.written import published_before
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import PAST_WEEKS, Week

RESULTS = Path(__file__).parent.parent / "results"
WORK = RESULTS / "work" / "lending"
EFFORT = {"requirement_days": 60, "proof_days": 20, "moves": 200_000}
PROOF_DAYS = 200
SEED = 7
Figures = dict[str, Any]


def main() -> None:
    """Weeks one after another, then the report over those that are whole."""
    options = _options()
    WORK.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    weeks = [Week.parse(options.first).plus(n) for n in range(options.weeks)]
    for week in weeks:
        if options.limit and time.monotonic() - began > options.limit * 60:
            break
        _week(options.folder, week, began, options.limit)
    report = report_of([(week, found) for week in weeks if (found := _read(f"lend_{week}"))])
    (RESULTS / "lending_saves.md").write_text(report, encoding="utf-8")
    print(report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--first", default="2026-W38")
    parser.add_argument("--weeks", type=int, default=8)
    parser.add_argument("--limit", type=float, default=0.0)
    return parser.parse_args()


def _week(folder: Path, week: Week, began: float, limit: float) -> None:
    bank = ExchangeFolder(folder).bank()
    codes = [n.node_code for n in bank.branches()]
    for code in codes:
        if limit and time.monotonic() - began > limit * 60:
            return
        _kept(f"plan_{week}_{code}", lambda c=code: _plan(folder, week, c, codes))
    plans = {code: _read(f"plan_{week}_{code}") for code in codes}
    past = published_before(ExchangeFolder(folder), week)
    branches = {
        code: {
            "rosters": plan["rosters"],
            "requirement": plan["requirement"],
            "past": to_plain(past.get(code, [])),
        }
        for code, plan in plans.items()
        if plan and plan.get("status") == "feasible"
    } | {pool.node_code: {} for pool in bank.pools()}
    question = {
        "folder": str(folder.resolve()), "week": str(week), "seed": SEED, "regions_branches": codes,
        "bank": to_plain(bank), "branches": branches, "proof_days": PROOF_DAYS,
    }  # fmt: skip
    _kept(f"lend_{week}", lambda: lend_region_job(question))
    print(week, "finished", flush=True)


def _plan(folder: Path, week: Week, code: str, codes: list[str]) -> Figures:
    question = {
        "folder": str(folder.resolve()), "branch_code": code, "regions_branches": codes, "week": str(week),
        "seed": SEED, "effort": EFFORT,
    }  # fmt: skip
    try:
        answer = plan_branch_job(question)
    except BankhallError as error:  # a branch that opened later has no history yet
        return {"status": error.code}
    return {name: answer[name] for name in ("status", "rosters", "requirement", "unmet_half_hours", "cost_fen")}


def _kept(name: str, compute: Any) -> None:
    path = WORK / f"{name}.json"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_text(json.dumps(compute(), ensure_ascii=False), encoding="utf-8")
        part.replace(path)


def _read(name: str) -> Figures | None:
    path = WORK / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def report_of(weeks: list[tuple[Week, Figures]]) -> str:
    """The page: a row a week and their sum."""
    columns = (
        "week", "half hours short", "filled", "left", "loans", "from the pool", "cost, yuan", "saved, yuan",
        "P90 minutes saved, mean of the days helped", "put aside by rules",
    )  # fmt: skip
    lines = [
        "# What lending saves",
        "",
        f"`benchmarks.studies.lending_saves`, {len(weeks)} weeks of 12 synthetic branches and a float pool of three,",
        f"each branch planned by itself as of its Monday (moves {EFFORT['moves']:,}, {EFFORT['requirement_days']} days",
        f"for the requirement, past {PAST_WEEKS} weeks known), loans proved on {PROOF_DAYS} days with and without,",
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
