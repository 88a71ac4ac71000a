"""Drafts as a plan's answer would make them, and the people who decide on them."""

from datetime import UTC, date, datetime
from typing import Any

from bankhall.apps.metrics import actions as metrics
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Role, Scope
from tests.factories.bank import MONDAY, WEEK
from tests.factories.imports import SYSTEM

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def at(role: Role, *branches: str, code: str = "", staff_no: str = "") -> Scope:
    """Somebody with one role at some branches."""
    return Scope(Actor(code or role, staff_no=staff_no), {role: frozenset(branches or ("B01",))})


MANAGER, SUPERVISOR, REGION = at("branch_manager"), at("supervisor"), at("regional")


def work(staff_no: str, day: date = MONDAY, start: int = 540, end: int = 1020, **more: Any) -> Assignment:
    """A stretch at window W1."""
    return Assignment(
        more.pop("branch_code", "B01"), staff_no, day, start, end, more.pop("kind", "window"), more.pop("code", "W1"),
        more.pop("post_code", "teller"), **more,
    )  # fmt: skip


USUAL = (work("T101"), work("T102", kind="post", code="teller"))


def answer(assignments: tuple[Assignment, ...] = USUAL, *, branch_code: str = "B01", people: int = 2) -> dict[str, Any]:
    """What the plan job would say of a Monday: two tellers wanted from nine to ten, 20 arrivals, waits."""
    day = MONDAY.isoformat()
    ranges = {"p05": 1.0, "p10": 2.0, "p25": 5.0, "p50": 9.0, "p75": 12.0, "p90": 18.0, "p95": 20.0}
    slots = ("09:00", "09:30")
    proof = [
        {"branch_code": branch_code, "service_code": service, "business_date": day, "slot_start": start,
         "measure": measure, "value": value, "p05": value, "p10": value, "p90": value, "p95": value}
        for service in ("", "cash")
        for start in (None, *slots)
        for measure, value in (("arrivals", 20.0), ("wait_p50", 4.0), ("wait_p90", 17.0), ("kept_share", 0.9),
                               ("left_share", 0.05))
    ]  # fmt: skip
    return {
        "status": "feasible", "inputs_hash": "a" * 64, "seed": 7, "moves": 1000, "conflict": [], "notes": [],
        "cost_fen": 100, "avoidable_fen": 10, "unmet_half_hours": 0, "shortfalls": [], "proof": proof,
        "forecasts": [
            {"made_at": "2026-11-23T00:00:00+00:00", "branch_code": branch_code, "service_code": service,
             "business_date": day, "slot_start": start, "mean": 10.0, **ranges}
            for service in ("", "cash") for start in slots
        ],
        "day_totals": [
            {"service_code": service, "business_date": day, "mean": 20.0, **ranges} for service in ("", "cash")
        ],
        "requirement": [
            {"branch_code": branch_code, "business_date": day, "slot_start": start, "post_code": "teller",
             "people": people, "least": 1, "driven_by": "load"}
            for start in slots
        ],
        "rosters": to_plain(assignments),
    }  # fmt: skip


def infeasible() -> dict[str, Any]:
    """An answer without a roster, and what conflicts."""
    member = {"rule_code": "two_person_presence", "staff_no": "", "business_date": MONDAY.isoformat(), "facts": []}
    return answer(()) | {"status": "infeasible", "conflict": [member], "proof": []}


def draft(said: dict[str, Any] | None = None, *, branch_code: str = "B01") -> RosterRef:
    """Takes an answer into the branch's draft. Definitions are installed on the way."""
    metrics.install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=NOW)
    question = {"branch_code": branch_code, "week": str(WEEK), "seed": 7, "as_of": "2026-11-23"}
    told = answer(branch_code=branch_code) if said is None else said
    return actions.take_plan(question, told, by=SYSTEM.actor, scope=SYSTEM, now=NOW)


def proposed(said: dict[str, Any] | None = None) -> RosterRef:
    """A proposed version."""
    return actions.propose(draft(said), by=MANAGER.actor, scope=MANAGER, now=NOW)


def confirmed(said: dict[str, Any] | None = None) -> RosterRef:
    """A confirmed version."""
    return actions.confirm(proposed(said), by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)


def published(said: dict[str, Any] | None = None, *, reason: str = "") -> RosterRef:
    """A published version."""
    return actions.publish(confirmed(said), by=MANAGER.actor, scope=MANAGER, now=NOW, reason=reason)
