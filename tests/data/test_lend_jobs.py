"""Loans are found and proved from the lake, as plain JSON."""

import json
from pathlib import Path
from typing import Any

from bankhall.data.exchange.codec import bank_tables, rows_table
from bankhall.data.lake import Lake
from bankhall.data.lend_jobs import lend_region_job
from bankhall.data.planning.answer import requirement_row
from bankhall.kernel.plain import to_plain
from tests.analytics.lending.two_branches import asked
from tests.data.test_measure_jobs import AS_OF, counts
from tests.factories.bank import WEEK


def question(root: Path, **more: object) -> dict[str, Any]:
    problem = asked()
    lake = Lake(root)
    rows = [row | {"branch_code": code} for code in ("B01", "B02") for row in counts(AS_OF)]
    lake.publish({"arrival_counts": rows_table("arrival_counts", rows)})
    lake.publish_reference({n: t for n, t in bank_tables(problem.bank).items() if t.num_rows}, on=AS_OF)
    branches = {
        week.branch_code: {
            "rosters": to_plain(week.assignments),
            "requirement": [requirement_row(row) for row in week.problem.requirement],
        }
        for week in problem.branches
    }
    return {
        "lake": str(root), "week": str(WEEK), "seed": 7, "as_of": AS_OF.isoformat(), "bank": to_plain(problem.bank),
        "branches": branches, "regions_branches": ["B01", "B02"], "proof_days": 60, **more,
    }  # fmt: skip


def test_a_loan_is_proved_with_and_without_on_the_same_days(tmp_path: Path) -> None:
    (loan,) = lend_region_job(question(tmp_path))["loans"]
    assert loan["wait_p90_taker_before"] > loan["wait_p90_taker_after"]
    given = loan["wait_p90_giver_after"] - loan["wait_p90_giver_before"]
    gained = loan["wait_p90_taker_before"] - loan["wait_p90_taker_after"]
    assert abs(loan["wait_p90_saved"] - (gained - given)) < 0.001


def test_no_proof_is_asked_for_no_days(tmp_path: Path) -> None:
    (loan,) = lend_region_job(question(tmp_path, proof_days=0))["loans"]
    assert loan["wait_p90_saved"] is None


def test_the_same_question_gives_the_same_bytes(tmp_path: Path) -> None:
    told = question(tmp_path)
    assert json.dumps(lend_region_job(told)) == json.dumps(lend_region_job(told))


def test_balances_and_totals_stand_beside_the_loans(tmp_path: Path) -> None:
    answer = lend_region_job(question(tmp_path, proof_days=0))
    assert {row["branch_code"] for row in answer["balances"]} == {"B01", "B02"}
    assert answer["totals"]["unmet_half_hours_before"] == answer["totals"]["half_hours_saved"] == 16
