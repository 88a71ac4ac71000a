"""Mend a published week after somebody falls ill: cover restored with the fewest changed person-days.

Examples:
  bankhall replan --folder my-bank --branch B01 --now 2026-12-01T07:30 --absent S0109 --out mended
  bankhall replan --folder my-bank --branch B01 --now 2026-12-01T08:40 --absent S0109 \\
    --until 2026-12-01T10:00 --out mended

The folder's table `rosters` holds the published week (its latest version), `absences` what was granted before. What is
past and whoever has begun at --now stay as they are. Times are the branch's own. The mended week is written as a draft
with the next version number. Exit 1 when it breaks law or control rules: then nobody can mend the week by its rules
alone, and the breaches say what is lacking.
"""

import argparse
import json
from datetime import date, datetime, timedelta
from pathlib import Path

from bankhall.analytics.rostering.disruption import Disruption
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.replan import MOVES, Replan, replan
from bankhall.cli.roster import asked_requirement, breach_lines
from bankhall.data.exchange import ExchangeFolder, write_table
from bankhall.data.exchange.codec import read_assignments, read_rows, rosters_table, rows_table
from bankhall.data.planning.answer import breach_row, unmet_row
from bankhall.data.planning.written import newest_versions, published_before
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--branch B --now INSTANT [--absent STAFF_NO]… [--until INSTANT] [--requirement FILE] --out DIR`."""
    parser.add_argument("--branch", required=True, metavar="B", help="the branch's code")
    parser.add_argument(
        "--now", required=True, type=_instant, metavar="INSTANT", help="nothing before it changes: 2026-12-01T07:30"
    )
    parser.add_argument(
        "--absent", action="append", default=[], metavar="STAFF_NO", help="who is missing from --now on (repeatable)"
    )
    parser.add_argument(
        "--until", type=_instant, metavar="INSTANT", help="when they are back (default: the next midnight)"
    )
    parser.add_argument(
        "--requirement", type=Path, metavar="FILE", help="people needed (default: the folder's own table)"
    )
    parser.add_argument("--moves", type=int, default=MOVES, metavar="N", help="how long to search, in moves")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="same inputs and seed give the same bytes")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where rosters.csv and the rest go")


def run(options: argparse.Namespace) -> int:
    """Mend, write, say who changes and what stays open."""
    folder, week = ExchangeFolder(options.folder), Week.of(options.now.date())
    version, standing = _standing(folder, options.branch, week)
    problem = _problem(folder, options, week)
    disruption = Disruption(options.now, tuple(_absence(problem, name, options) for name in options.absent))
    found = replan(problem, standing, disruption, seed=options.seed, moves=options.moves)
    _write(options.out, week, version + 1, found)
    print(json.dumps(_plain(found), ensure_ascii=False) if options.json else _words(found))
    return int(not found.lawful)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _problem(folder: ExchangeFolder, options: argparse.Namespace, week: Week) -> RosterProblem:
    bank = folder.bank()
    if options.branch not in {node.node_code for node in bank.branches()}:
        raise BadInput("branch_unknown", branch_code=options.branch)
    need, past = asked_requirement(folder, options, week), tuple(published_before(folder, week).get(options.branch, []))
    return RosterProblem(options.branch, week, bank.for_branch(options.branch), requirement=need, past=past)


def _standing(folder: ExchangeFolder, branch: str, week: Week) -> tuple[int, tuple[Assignment, ...]]:
    """The published week and its version."""
    table = folder.need("rosters", what_for="replan")
    mine = [
        row
        for row in read_rows(table)
        if row["branch_code"] == branch and row["week"] == str(week) and row["state"] == "published"
    ]
    if not mine:
        raise BadInput("roster_not_published", branch_code=branch, week=str(week))
    rows = newest_versions(mine)
    return max(int(str(row["version"] or 1)) for row in rows), read_assignments(rows_table("rosters", rows))


def _absence(problem: RosterProblem, name: str, options: argparse.Namespace) -> Absence:
    if name not in {person.staff_no for person in problem.bank.staff}:
        raise BadInput("staff_not_here", staff_no=name, branch_code=problem.branch_code)
    until = options.until or datetime.combine(options.now.date() + timedelta(days=1), datetime.min.time())
    if until <= options.now:
        raise BadInput("until_before_now", until=until.isoformat(timespec="minutes"))
    return Absence(name, options.now, until, "sick", "granted")


def _write(out: Path, week: Week, version: int, found: Replan) -> None:
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "rosters.csv", rosters_table(found.assignments, week=week, version=version, state="draft"))
    write_table(out / "unmet.csv", rows_table("unmet", [unmet_row(row) for row in found.unmet]))
    write_table(out / "breaches.csv", rows_table("breaches", [breach_row(row) for row in found.breaches]))
    text = json.dumps(_plain(found), ensure_ascii=False, indent=1, sort_keys=True)
    (out / "replan.json").write_text(text + "\n", encoding="utf-8")


def _plain(found: Replan) -> dict[str, object]:
    classes = [breach.rule_class for breach in found.breaches]
    return {
        "changed": [{"staff_no": name, "business_date": str(day)} for name, day in found.changed],
        "people_short_before": sum(row.people_short for row in found.uncovered),
        "people_short_after": sum(row.people_short for row in found.unmet),
        "cost_fen": found.cost.cost_fen,
        "breaches": {name: classes.count(name) for name in ("law_control", "agreement", "wish")},
    }


def _words(found: Replan) -> str:
    before, after = (sum(row.people_short for row in rows) for rows in (found.uncovered, found.unmet))
    lines = [
        f"people short, slot by slot: {before} if nothing is done, {after} with the change",
        f"changed person-days: {len(found.changed)}",
        *(f"  {name} {day}: {_hours(found, name, day)}" for name, day in found.changed),
        f"cost of the week {found.cost.cost_fen / 100:,.2f} yuan",
        *breach_lines(found.breaches),
    ]
    return "\n".join(lines)


def _hours(found: Replan, name: str, day: date) -> str:
    mine = [row for row in found.assignments if row.staff_no == name and row.business_date == day]
    if not mine:
        return "off"
    first, last = min(row.start for row in mine), max(row.end for row in mine)
    return f"{first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}"
