"""Roles x addresses: each cell agrees with the one table of rights, and another branch is nobody's business."""

from typing import Any

import pytest

from bankhall.apps.access.queries import MAY, Action
from bankhall.kernel.scope import ROLES, Role
from tests.api.callers import ROOT, caller, document, small_world, there

pytestmark = pytest.mark.django_db
Cell = tuple[str, str, Action | None]
WEEK = "/branches/{branch_code}/weeks/{week}"
TODAY = "/branches/{branch_code}/today"
READ: dict[str, Action | None] = {
    "/me": None, "/branches": "see_network", "/branches/{branch_code}": "see_network", "/services": "see_network",
    "/network/{week}": "see_network", "/branches/{branch_code}/weeks": "see_plan", WEEK: "see_plan",
    f"{WEEK}/versions/{{version}}": "see_plan", f"{WEEK}/compare?from=1&to=1": "see_plan",
    f"{WEEK}/why?version=1&edit=1&day=2026-11-30&minute=540": "see_plan",
    "/branches/{branch_code}/forecast": "see_forecast", f"{WEEK}/what-ifs": "see_plan",
    "/what-ifs/{number}": "see_plan",
    "/my/roster/{week}": "see_own_roster", "/my/requests": "ask_for_oneself", "/my/wishes": "ask_for_oneself",
    "/my/offers": "ask_for_oneself", "/my/offers/open": "ask_for_oneself", "/my/balances": "ask_for_oneself",
    "/my/loans": "see_own_roster", "/branches/{branch_code}/requests": "see_requests",
    "/branches/{branch_code}/offers": "see_requests", "/branches/{branch_code}/leave-calendar": "see_leave_calendar",
    "/lending/{week}": "see_lending", "/season": "see_plan", "/branches/{branch_code}/season": "see_plan",
    "/runs": "see_runs", "/runs/{run_id}": None, "/findings": "see_findings", "/metrics": "see_metrics",
    "/branches/{branch_code}/metrics": "see_metrics", "/imports": "see_records", "/imports/{batch_code}": "see_records",
    "/imports/{batch_code}/quarantine": "see_records", "/audit": "see_audit", "/calendar/{year}": "see_network",
    "/branches/{branch_code}/today": "see_plan", "/branches/{branch_code}/day": "see_plan",
    "/branches/{branch_code}/attendance": "see_metrics", "/my/asks": "ask_for_oneself",
    "/my/acknowledgements": "see_own_roster", "/my/notices": "see_own_notices",
    "/rules": "see_plan", "/prices": "see_plan", "/duties": "see_plan",
    "/timetable": "see_runs",
}  # fmt: skip
SEEN: dict[str, Any] = {"version": 1, "edit": 1}
STRETCH = SEEN | {"staff_no": "T101", "day": "2026-11-30", "start": 540}
LEAVE = {"kind": "leave", "first": "2026-12-01", "last": "2026-12-01"}
CHANGES = [{"kind": "demand", "per_cent": 10.0, "service_code": "", "day": "2026-11-30"}]
ACT: dict[str, tuple[Action | None, dict[str, Any]]] = {
    f"{WEEK}/plan": ("plan_week", {}), f"{WEEK}/accept": ("edit_roster", {"run_id": 1}),
    f"{WEEK}/edits/lock": ("edit_roster", STRETCH),
    f"{WEEK}/edits/move": ("edit_roster", STRETCH | {"to_start": 540, "to_end": 600}),
    f"{WEEK}/edits/swap": ("edit_roster", SEEN | {"staff_no": "T101", "other_no": "T102", "day": "2026-11-30"}),
    f"{WEEK}/edits/retype": ("edit_roster", STRETCH | {"kind": "post", "code": "teller", "post_code": "teller"}),
    f"{WEEK}/edits/remove": ("edit_roster", STRETCH), f"{WEEK}/edits/undo": ("edit_roster", SEEN),
    f"{WEEK}/steps/propose": ("propose_roster", SEEN), f"{WEEK}/steps/confirm": ("confirm_roster", SEEN),
    f"{WEEK}/steps/approve": ("approve_roster", SEEN), f"{WEEK}/steps/publish": ("publish_roster", SEEN),
    f"{WEEK}/steps/reject": ("see_plan", SEEN),
    f"{WEEK}/what-ifs": ("see_plan", SEEN | {"day": "2026-11-30", "changes": CHANGES}),
    "/what-ifs/{number}/name": ("plan_week", {"name": "a name"}), "/what-ifs/{number}/put": ("edit_roster", {}),
    "/my/requests/check": ("ask_for_oneself", LEAVE), "/my/requests": ("ask_for_oneself", LEAVE),
    "/my/requests/{number}/withdraw": ("ask_for_oneself", {}),
    "/my/wishes": ("ask_for_oneself", {"day": "2026-12-02", "kind": "off"}),
    "/my/offers/check": ("ask_for_oneself", {"day": "2026-11-30"}),
    "/my/offers": ("ask_for_oneself", {"day": "2026-11-30"}),
    "/my/offers/{number}/take": ("ask_for_oneself", {}), "/my/offers/{number}/withdraw": ("ask_for_oneself", {}),
    "/branches/{branch_code}/requests/{number}/answer": ("answer_requests", {"agreed": True}),
    "/branches/{branch_code}/offers/{number}/answer": ("answer_requests", {"agreed": True}),
    "/lending/{week}/find": ("offer_loan", {}), "/loans/{code}/offer": ("offer_loan", {}),
    "/loans/{code}/agree": ("agree_loan", {}), "/loans/{code}/acknowledge": ("acknowledge_loan", {}),
    "/loans/{code}/refuse": ("agree_loan", {}), "/loans/{code}/withdraw": ("offer_loan", {}),
    "/loans/{code}/decline": ("acknowledge_loan", {}), "/branches/{branch_code}/season": ("plan_week", {}),
    "/runs/{run_id}/cancel": ("cancel_run", {}),
    f"{TODAY}/missing": ("change_today", {"staff_no": "T101", "kind": "sick"}),
    f"{TODAY}/missing/{{number}}/take-back": ("change_today", {}), f"{TODAY}/propose": ("change_today", {}),
    f"{TODAY}/proposals/{{number}}/publish": ("change_today", {"reason": "short"}),
    f"{TODAY}/asks": ("change_today", {"staff_no": "T101"}), f"{TODAY}/asks/{{number}}/withdraw": ("change_today", {}),
    f"{TODAY}/review": ("confirm_roster", {"week": "2026-W49", "version": 1}),
    "/branches/{branch_code}/day/look": ("see_plan", {}),
    "/branches/{branch_code}/day/take": ("edit_roster", {"look_id": 1, "place": 0}),
    "/branches/{branch_code}/attendance": (
        "mark_attendance", {"staff_no": "T101", "day": "2026-11-23", "came": 400, "left": 470}
    ),
    "/my/notices/open": ("see_own_notices", {"notice_ids": [1]}),
    "/my/asks/{number}/answer": ("ask_for_oneself", {"accepted": True}),
    "/my/acknowledgements/{number}": ("see_own_roster", {}),
}  # fmt: skip


def filled(path: str) -> str:
    return path.format(**there(path))


def test_the_table_below_names_every_address() -> None:
    told = {(method, path.removeprefix(ROOT)) for path, methods in document()["paths"].items() for method in methods}
    tables = {("get", path.partition("?")[0]) for path in READ} | {("post", path) for path in ACT}
    listed = {
        (method, f"{path.rpartition('/')[0]}/{{step}}" if path.startswith("/loans/") or "/steps/" in path else path)
        for method, path in tables
    }
    assert told == listed


@pytest.mark.parametrize("role", ROLES)
def test_each_cell_agrees_with_the_table_of_rights(role: Role) -> None:
    small_world()
    asking = caller(role, staff_no="T103")
    wrong: list[tuple[str, int, object]] = []
    for path, action in READ.items():
        status = asking.get(filled(path)).status_code
        if (status == 403) != (action is not None and role not in MAY[action]) or status >= 500:
            wrong.append((path, status, None))
    for path, (action, body) in ACT.items():
        told = asking.post(filled(path), body)
        refused = told.status_code == 403 and told.json()["code"] in ("role_may_not", "branch_out_of_scope")
        if refused != (action is not None and role not in MAY[action]) or told.status_code >= 500:
            wrong.append((path, told.status_code, told.json()))
    assert not wrong


@pytest.mark.parametrize("role", ["branch_manager", "supervisor", "regional"])
def test_another_branch_is_refused_at_every_address_that_names_one(role: Role) -> None:
    small_world()
    asking = caller(role, node_code="B02", staff_no="T203")
    for path in READ:
        if "{branch_code}" in path:
            assert asking.get(filled(path)).status_code == 403, path
    for path, (_, body) in ACT.items():
        if "{branch_code}" in path:
            assert asking.post(filled(path), body).status_code == 403, path


def test_lists_hold_ones_own_branches_only() -> None:
    small_world()
    asking = caller("branch_manager", node_code="B02", staff_no="T203")
    assert [one["node_code"] for one in asking.get("/branches").json()["items"]] == ["B02"]
    assert asking.get("/findings").json()["items"] == []
    assert asking.get(filled("/what-ifs/{number}")).status_code == 403
