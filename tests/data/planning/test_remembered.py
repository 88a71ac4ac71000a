"""A re-solve uses the forecast and requirement of before while nothing under them changed; the bytes are the same."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from bankhall.analytics.planning.question import PlanQuestion
from bankhall.analytics.planning.requirement import week_requirement
from bankhall.data.exchange.codec import bank_tables, rows_table
from bankhall.data.lake import Lake
from bankhall.data.plan_jobs import plan_branch_job, planned
from bankhall.data.planning.question import PlanRequest
from bankhall.data.planning.remembered import PEOPLE, forget_speeds
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import SPEEDS_OFF
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import to_plain
from tests.analytics.planning.small_bank import question as asked_of_a_small_bank
from tests.data.rows import step, table, visit
from tests.data.test_measure_jobs import AS_OF, counts
from tests.factories.bank import MONDAY, WEEK, agreed, small_bank

ALL = ["forecast_branch", "fit_services", "week_requirement"]
LOCKED = Assignment("B01", "T101", MONDAY, 540, 600, "window", "W1", "teller", locked=True)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "lake")
    made.publish({"arrival_counts": rows_table("arrival_counts", counts(AS_OF))})
    tables = {name: table for name, table in bank_tables(small_bank()).items() if table.num_rows}
    made.publish_reference(tables, on=AS_OF)
    return made


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made anew."""
    done: list[str] = []

    def watch(place: str) -> None:
        module, _, name = place.rpartition(".")
        function: Callable[..., Any] = getattr(import_module(module), name)

        def told(*args: Any, **options: Any) -> Any:
            done.append(name)
            return function(*args, **options)

        monkeypatch.setattr(place, told)

    watch("bankhall.data.planning.question.forecast_branch")
    watch("bankhall.data.planning.question.fit_services")
    watch("bankhall.analytics.planning.plan.week_requirement")
    return done


def days_at_windows(minutes: dict[str, float]) -> dict[str, pa.Table]:
    """Fifty services a person on four days, in minutes that go up and down a little."""
    rows = [
        (who, visit(slot * 9, day=AS_OF - timedelta(days=back), visit_id=f"{who}-{back}-{slot}"), usual)
        for who, usual in minutes.items() for back in (3, 4, 5, 6) for slot in range(50)
    ]  # fmt: skip
    times = (0.6, 0.8, 1.0, 1.2, 1.4)
    steps = [
        step(one, service=usual * times[n % 5], staff_no=who, service_code="cash")
        for n, (who, one, usual) in enumerate(rows)
    ]
    return {"visits": table("visits", [one for _, one, _ in rows]), "steps": table("steps", steps)}


def question(lake: Lake, keep: Path | None, *, bank: Bank | None = None, locked: tuple[Assignment, ...] = ()) -> str:
    asked = {
        "lake": str(lake.root), "version": lake.snapshot().version, "branch_code": "B01", "week": str(WEEK), "seed": 7,
        "as_of": AS_OF.isoformat(), "bank": to_plain((bank or small_bank()).for_branch("B01")), "past": [],
        "regions_branches": ["B01"], "locked": to_plain(locked), "keep": str(keep) if keep else None,
        "effort": {"requirement_days": 20, "proof_days": 20, "moves": 2000},
    }  # fmt: skip
    return json.dumps(asked)


def solve(lake: Lake, keep: Path | None, *, bank: Bank | None = None, locked: tuple[Assignment, ...] = ()) -> str:
    return json.dumps(plan_branch_job(json.loads(question(lake, keep, bank=bank, locked=locked))))


def test_a_re_solve_makes_neither_forecast_nor_requirement_and_has_the_same_bytes(
    lake: Lake, tmp_path: Path, made: list[str]
) -> None:
    keep = tmp_path / "keep"
    first = solve(lake, keep)
    assert made == ALL
    again, around = solve(lake, keep), solve(lake, keep, locked=(LOCKED,))
    assert made == ALL
    assert again == first == solve(lake, None)
    assert around == solve(lake, None, locked=(LOCKED,)) != first
    assert json.loads(first)["forecasts"]


def test_new_records_of_the_past_make_all_of_it_anew(lake: Lake, tmp_path: Path, made: list[str]) -> None:
    keep = tmp_path / "keep"
    first = solve(lake, keep)
    friday = [row | {"count": 90} for row in counts(AS_OF) if row["business_date"] == AS_OF - timedelta(days=3)]
    lake.publish({"arrival_counts": rows_table("arrival_counts", friday)})
    del made[:]
    assert solve(lake, keep) != first
    assert made == ALL


def test_plans_of_others_and_people_of_ones_own_change_nothing_under_it(
    lake: Lake, tmp_path: Path, made: list[str]
) -> None:
    keep, bank = tmp_path / "keep", small_bank()
    solve(lake, keep)
    row = {"rule_code": "wish", "rule_class": "wish", "branch_code": "B02"}
    lake.publish({"breaches": rows_table("breaches", [row])})
    del made[:]
    solve(lake, keep, bank=replace(bank, staff=bank.staff[:2]))
    assert made == []


def test_a_new_promise_makes_the_requirement_anew_and_keeps_the_forecast(
    lake: Lake, tmp_path: Path, made: list[str]
) -> None:
    keep, bank = tmp_path / "keep", small_bank()
    solve(lake, keep)
    del made[:]
    stricter = replace(bank, promises=(replace(bank.promises[0], wait_minutes=2.0),))
    assert solve(lake, keep, bank=stricter) == solve(lake, None, bank=stricter)
    assert made[0] == "week_requirement"


def test_speeds_are_kept_apart_until_they_are_forgotten(lake: Lake, tmp_path: Path, made: list[str]) -> None:
    lake.publish(days_at_windows({"T101": 4.0, "T102": 8.0}))
    keep = tmp_path / "keep"
    first = solve(lake, keep)
    (kept,) = keep.glob("*speeds*")
    speeds = json.loads(kept.read_text())["answer"]
    assert speeds["T101"] > 1.3 * speeds["T102"]
    assert not [path for path in keep.iterdir() if path != kept and "T101" in path.read_text()]
    forget_speeds(keep, "B0")
    assert kept.exists()
    forget_speeds(keep, "B01")
    assert not kept.exists()
    del made[:]
    assert solve(lake, keep) == first
    assert made == ["fit_services"]


def test_speeds_that_the_rules_forbid_are_neither_fitted_nor_kept_nor_used(lake: Lake, tmp_path: Path) -> None:
    keep, bank = tmp_path / "keep", small_bank(rules=(agreed(SPEEDS_OFF, 1),))
    same = {"T101": 6.0, "T102": 6.0}
    lake.publish(days_at_windows({"T101": 4.0, "T102": 8.0}))
    off = PlanRequest(json.loads(question(lake, keep, bank=bank))).read()
    assert off.speeds == {}
    assert not list(keep.glob("*speeds*"))
    assert PlanRequest(json.loads(question(lake, None, bank=bank))).people() == ()
    assert PlanRequest(json.loads(question(lake, None))).read().speeds.keys() == same.keys()


def test_no_requirement_rests_on_the_people() -> None:
    asked: PlanQuestion = asked_of_a_small_bank()
    nobody = replace(asked, bank=replace(asked.bank, **dict.fromkeys(PEOPLE, ())))  # type: ignore[arg-type]
    assert week_requirement(nobody) == week_requirement(asked)


def test_a_like_question_finds_no_shared_effects_again_and_has_the_same_bytes(lake: Lake) -> None:
    bank = small_bank(2)
    bank = replace(bank, services=tuple(reversed(bank.services)))  # not the lake's order: each has its own
    second = [row | {"branch_code": "B02"} for row in counts(AS_OF)]
    lake.publish({"arrival_counts": rows_table("arrival_counts", second)})
    lake.publish_reference({name: t for name, t in bank_tables(bank).items() if t.num_rows}, on=AS_OF)
    both = {"regions_branches": ["B01", "B02"]}
    first = PlanRequest(json.loads(question(lake, None, bank=bank)) | both)
    asked = {**first.plain, "branch_code": "B02", "bank": to_plain(bank.for_branch("B02"))}
    alone, alike = PlanRequest(asked), PlanRequest(asked, first)
    assert json.dumps(planned(alike)) == json.dumps(planned(alone))
    assert list(alike.histories) == ["B02"]
    assert alike.pooled is first.pooled
