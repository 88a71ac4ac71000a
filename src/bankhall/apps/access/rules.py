"""Roles x actions: the one table of who may do what. Printed to the reference, tested cell by cell."""

from datetime import date, datetime, timedelta
from typing import Literal, get_args

from bankhall.kernel.errors import BadInput, NotAllowed, Refused
from bankhall.kernel.scope import ROLES, Actor, Role, Scope

Action = Literal[
    "see_own_notices",
    "see_own_roster",
    "see_own_speed",
    "see_speeds",
    "ask_for_oneself",
    "see_leave_calendar",
    "see_requests",
    "answer_requests",
    "correct_balance",
    "see_year",
    "plan_year",
    "note_year",
    "see_network",
    "see_plan",
    "see_forecast",
    "see_records",
    "see_metrics",
    "see_findings",
    "see_runs",
    "plan_week",
    "edit_roster",
    "propose_roster",
    "confirm_roster",
    "approve_roster",
    "publish_roster",
    "change_today",
    "mark_attendance",
    "see_lending",
    "offer_loan",
    "agree_loan",
    "acknowledge_loan",
    "import_records",
    "export_records",
    "edit_reference",
    "edit_calendar",
    "edit_rules",
    "cancel_run",
    "edit_timetable",
    "see_audit",
    "verify_audit",
    "manage_users",
]
ACTIONS: tuple[Action, ...] = get_args(Action)

_BRANCH: frozenset[Role] = frozenset({"branch_manager", "supervisor"})
_ABOVE: frozenset[Role] = frozenset({"regional", "head_office"})
_READERS: frozenset[Role] = frozenset({"risk", "auditor"})
_STAFF: frozenset[Role] = frozenset({"teller", "lobby_manager", "relationship_manager"})

MAY: dict[Action, frozenset[Role]] = {
    "see_own_notices": frozenset(ROLES),
    "see_own_roster": _STAFF | _BRANCH,
    "see_own_speed": _STAFF | _BRANCH,
    "see_speeds": frozenset({"branch_manager"}),
    "ask_for_oneself": _STAFF | _BRANCH,
    "see_leave_calendar": _STAFF | _BRANCH | {"regional"},
    "see_requests": _BRANCH | {"regional"},
    "answer_requests": frozenset({"branch_manager", "regional"}),
    "correct_balance": frozenset({"branch_manager", "regional"}),
    "see_year": _BRANCH | _ABOVE | _READERS,
    "plan_year": frozenset({"branch_manager", "regional"}),
    "note_year": frozenset({"supervisor"}),
    "see_network": _BRANCH | _ABOVE | _READERS | {"lobby_manager"},
    "see_plan": _BRANCH | _ABOVE | _READERS | {"lobby_manager"},
    "see_forecast": _BRANCH | _ABOVE | _READERS | {"lobby_manager"},
    "see_records": _BRANCH | _ABOVE | _READERS,
    "see_metrics": _BRANCH | _ABOVE | _READERS | {"lobby_manager"},
    "see_findings": _BRANCH | _ABOVE | _READERS,
    "see_runs": _BRANCH | _ABOVE | _READERS | {"administrator"},
    "plan_week": _BRANCH | _ABOVE,
    "edit_roster": frozenset({"branch_manager"}),
    "propose_roster": frozenset({"branch_manager"}),
    "confirm_roster": frozenset({"supervisor"}),
    "approve_roster": frozenset({"regional"}),
    "publish_roster": frozenset({"branch_manager"}),
    "change_today": frozenset({"branch_manager"}),
    "mark_attendance": frozenset({"branch_manager"}),
    "see_lending": _BRANCH | _ABOVE | _READERS,
    "offer_loan": frozenset({"regional"}),
    "agree_loan": frozenset({"branch_manager"}),
    "acknowledge_loan": _STAFF | _BRANCH,
    "import_records": _ABOVE | {"branch_manager"},
    "export_records": _ABOVE | {"branch_manager", "risk"},
    "edit_reference": frozenset({"head_office"}),
    "edit_calendar": frozenset({"head_office"}),
    "edit_rules": frozenset({"head_office"}),
    "cancel_run": _BRANCH | _ABOVE | {"administrator"},
    "edit_timetable": frozenset({"head_office", "administrator"}),
    "see_audit": frozenset({"auditor", "risk", "head_office"}),
    "verify_audit": frozenset({"auditor", "risk", "administrator"}),
    "manage_users": frozenset({"administrator"}),
}
"""Everybody reads their own notices. The teller and the relationship manager see their own roster only, and answer for
their own loans; the auditor only reads; the administrator has accounts, grants and machinery, and no business right."""


def may(scope: Scope, action: Action, branch_code: str = "") -> bool:
    """Whether one of the actor's roles allows it: at the branch when one is named, else anywhere."""
    if scope.everywhere:
        return True
    held = scope.roles_at(branch_code) if branch_code else frozenset(scope.branches)
    return not held.isdisjoint(MAY[action])


def check_may(scope: Scope, action: Action, branch_code: str = "") -> None:
    """NotAllowed when no role of the actor allows it there."""
    if branch_code:
        scope.check_sees(branch_code)
    if not may(scope, action, branch_code):
        raise NotAllowed("role_may_not", action=action, branch_code=branch_code)


def narrowed(scope: Scope, action: Action) -> frozenset[str]:
    """The branches at which the actor may do it: the filter of a list page."""
    allowing = (codes for role, codes in scope.branches.items() if role in MAY[action])
    return frozenset().union(*allowing)


def check_span(valid_from: date, valid_until: date | None) -> None:
    """A grant ends on or after the day on which it starts."""
    if valid_until is not None and valid_until < valid_from:
        raise BadInput("grant_ends_before_it_starts", valid_from=str(valid_from), valid_until=str(valid_until))


def check_not_self(username: str, by: Actor) -> None:
    """Nobody gives or ends their own grants."""
    if by.code == username:
        raise NotAllowed("own_grant")


LONGEST_DAYS, MOST_TOKENS, LONGEST_NAME = 366, 20, 40
SPAN, CALLS_A_SPAN = timedelta(minutes=1), 600
"""A program that asks ten times a second for a minute on end is broken, or not ours."""


def check_token(name: str, days: int, held: int) -> None:
    """A token has a name by which its owner knows it, and an end; nobody needs more than a few."""
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput("token_name", most=LONGEST_NAME)
    if not 0 < days <= LONGEST_DAYS:
        raise BadInput("token_days", most=LONGEST_DAYS)
    if held >= MOST_TOKENS:
        raise Refused("token_too_many", most=MOST_TOKENS)


def check_calls(calls: int, since: datetime, now: datetime) -> None:
    """Refused with the seconds to wait, once the minute's calls are used up."""
    if calls > CALLS_A_SPAN:
        raise Refused("too_many_calls", seconds=max(1, int((since + SPAN - now).total_seconds())))
