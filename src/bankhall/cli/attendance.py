"""Was the plan kept, was the promise kept, and which of the two was at fault: four weeks of a branch, or of all.

Example: bankhall attendance --folder my-bank --branch B01 --week 2026-W47

Half hours in which fewer people stood at windows than were planned did not keep the plan; those in which the promised
share of customers waited longer did not keep the promise (below five customers nobody can say). A broken promise is
attendance's fault where the plan was not kept then or just before, the plan's where it was. Reads rosters, visits,
steps, window_sessions and attendance, and, where they are there, requirement and forecasts.
"""

import argparse
import json
import sys
from typing import Any

from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week

_HEAD = (
    f"{'branch':8}{'week':10}{'promise not kept':>18}{'plan not kept':>15}{'plan':>6}{'att.':>6}{'both':>6}{'?':>4}"
    "  verdict"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`[--branch B] --week W [--weeks 4]`."""
    parser.add_argument("--branch", metavar="B", help="one branch (default: every one)")
    parser.add_argument("--week", required=True, type=Week.parse, metavar="W", help="the last week, as 2026-W47")
    parser.add_argument("--weeks", type=int, default=4, metavar="N", help="how many weeks up to it (default 4)")


def run(options: argparse.Namespace) -> int:
    """Read, account, tell. 1 when a promise was not kept."""
    from bankhall.data.attendance_jobs import attendance_job
    from bankhall.data.exchange import ExchangeFolder

    if options.weeks < 1:
        raise BadInput("days_not_positive", days=options.weeks, horizon=1)
    codes = [node.node_code for node in ExchangeFolder(options.folder).bank().branches()]
    if options.branch not in (None, *codes):
        raise BadInput("branch_unknown", branch_code=options.branch)
    found: dict[str, Any] = {}
    for code in [options.branch] if options.branch else codes:
        print(code, file=sys.stderr)
        asked = {"folder": str(options.folder), "branch_code": code, "week": str(options.week), "weeks": options.weeks}
        found[code] = attendance_job(asked)
    print(json.dumps({"branches": found}, ensure_ascii=False, sort_keys=True) if options.json else _words(found))
    return int(any(one["total"]["promise_broken"] for one in found.values()))


def _words(found: dict[str, Any]) -> str:
    lines = [_HEAD]
    for code, one in found.items():
        lines += [_line(code, week["week"], week) for week in one["weeks"]]
        lines.append(_line(code, "together", one["total"]))
    return "\n".join(lines)


def _line(code: str, name: str, row: dict[str, Any]) -> str:
    promise, plan = f"{row['promise_broken']} of {row['judged']}", f"{row['plan_broken']} of {row['recorded']}"
    faults = "".join(f"{row[fault]:6d}" for fault in ("plan", "attendance", "both"))
    return f"{code:8}{name:10}{promise:>18}{plan:>15}{faults}{row['unknown']:4d}  {row['verdict']}"
