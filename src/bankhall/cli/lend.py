"""Loans between the branches of a region in one week, with what each saves and costs.

Example: bankhall lend --folder my-bank --week 2026-W49 --region R01 --plan plan

The week's rosters and requirement are read from the folder, or from where `bankhall plan --all --out` wrote them. A
loan is proposed when the half hours that it fills are worth more than the lent day, the way and extra hours, and when
neither branch's roster breaks a rule by it. Nothing is changed. Exit 1 when half hours stay short without any loan.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bankhall.kernel.week import Week


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--week W [--region R] [--plan DIR] [--proof-days N] [--seed N]`."""
    parser.add_argument("--week", required=True, type=Week.parse, metavar="W", help="for example 2026-W49")
    parser.add_argument("--region", default="", metavar="R", help="one region's code (default: the whole bank)")
    parser.add_argument("--plan", type=Path, metavar="DIR", help="where `bankhall plan` wrote (default: the folder)")
    parser.add_argument(
        "--proof-days", type=int, default=400, metavar="N", help="days simulated with and without; 0 = no proof"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="same inputs and seed give the same bytes")


def run(options: argparse.Namespace) -> int:
    """Read, match, prove, tell."""
    from bankhall.data.lend_jobs import lend_region_job
    from bankhall.data.planning.lending import folder_question

    question = folder_question(
        options.folder, options.week, region=options.region, plan=options.plan, seed=options.seed
    )
    answer = lend_region_job(question | {"proof_days": options.proof_days}, _progress)
    print(json.dumps(answer, ensure_ascii=False, sort_keys=True) if options.json else _words(answer))
    totals = answer["totals"]
    return int(totals["unmet_half_hours_before"] > 0 and not totals["loans"])


def _progress(per_cent: int, step: str) -> None:
    print(f"{per_cent} % {step}", file=sys.stderr)


def _words(answer: dict[str, Any]) -> str:
    totals = answer["totals"]
    lines = [_line(loan) for loan in answer["loans"]]
    waits = totals["wait_p90_minutes_saved"]
    return "\n".join(
        [
            *lines,
            f"{totals['loans']} loans fill {totals['half_hours_saved']} of {totals['unmet_half_hours_before']} "
            f"half hours short; they cost {totals['cost_fen'] / 100:,.2f} yuan"
            + ("" if waits is None else f" and take {waits:.1f} minutes off the P90 wait of their days"),
        ]
    )


def _line(loan: dict[str, Any]) -> str:
    span = f"{loan['start'] // 60:02d}:{loan['start'] % 60:02d}-{loan['end'] // 60:02d}:{loan['end'] % 60:02d}"
    saved = loan["wait_p90_saved"]
    waits = "" if saved is None else f", P90 {saved:+.1f} min saved"
    return (
        f"{loan['business_date']} {span} {loan['staff_no']} from {loan['from_branch']} to {loan['to_branch']} as "
        f"{loan['post_code']}: {loan['half_hours_saved']} half hours, {loan['cost_fen'] / 100:,.2f} yuan{waits}"
    )
