"""The table of roles and actions, cell by cell."""

import pytest

from bankhall.apps.access.rules import ACTIONS, MAY, Action, check_may, may, narrowed
from bankhall.kernel.errors import NotAllowed
from bankhall.kernel.scope import ROLES, Actor, Role, Scope

TABLE = """
                 teller lobby_manager relationship_manager branch_manager supervisor regional head_office risk auditor administrator
see_own_notices  x      x             x                    x              x          x        x           x    x       x
see_own_roster   x      x             x                    x              x          .        .           .    .       .
see_own_speed    x      x             x                    x              x          .        .           .    .       .
see_speeds       .      .             .                    x              .          .        .           .    .       .
ask_for_oneself  x      x             x                    x              x          .        .           .    .       .
see_leave_calendar x    x             x                    x              x          x        .           .    .       .
see_requests     .      .             .                    x              x          x        .           .    .       .
answer_requests  .      .             .                    x              .          x        .           .    .       .
correct_balance  .      .             .                    x              .          x        .           .    .       .
see_year         .      .             .                    x              x          x        x           x    x       .
plan_year        .      .             .                    x              .          x        .           .    .       .
note_year        .      .             .                    .              x          .        .           .    .       .
see_network      .      x             .                    x              x          x        x           x    x       .
see_plan         .      x             .                    x              x          x        x           x    x       .
see_forecast     .      x             .                    x              x          x        x           x    x       .
see_records      .      .             .                    x              x          x        x           x    x       .
see_metrics      .      x             .                    x              x          x        x           x    x       .
see_findings     .      .             .                    x              x          x        x           x    x       .
see_runs         .      .             .                    x              x          x        x           x    x       x
plan_week        .      .             .                    x              x          x        x           .    .       .
edit_roster      .      .             .                    x              .          .        .           .    .       .
propose_roster   .      .             .                    x              .          .        .           .    .       .
confirm_roster   .      .             .                    .              x          .        .           .    .       .
approve_roster   .      .             .                    .              .          x        .           .    .       .
publish_roster   .      .             .                    x              .          .        .           .    .       .
change_today     .      .             .                    x              .          .        .           .    .       .
mark_attendance  .      .             .                    x              .          .        .           .    .       .
see_lending      .      .             .                    x              x          x        x           x    x       .
offer_loan       .      .             .                    .              .          x        .           .    .       .
agree_loan       .      .             .                    x              .          .        .           .    .       .
acknowledge_loan x      x             x                    x              x          .        .           .    .       .
import_records   .      .             .                    x              .          x        x           .    .       .
export_records   .      .             .                    x              .          x        x           x    .       .
edit_reference   .      .             .                    .              .          .        x           .    .       .
edit_calendar    .      .             .                    .              .          .        x           .    .       .
edit_rules       .      .             .                    .              .          .        x           .    .       .
cancel_run       .      .             .                    x              x          x        x           .    .       x
edit_timetable   .      .             .                    .              .          .        x           .    .       x
see_audit        .      .             .                    .              .          .        x           x    x       .
verify_audit     .      .             .                    .              .          .        .           x    x       x
manage_users     .      .             .                    .              .          .        .           .    .       x
"""  # noqa: E501
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(row[0], role, mark == "x") for row in _ROWS for role, mark in zip(_HEAD, row[1:], strict=True)]


def holding(role: Role, *branches: str) -> Scope:
    return Scope(Actor("somebody"), {role: frozenset(branches)})


@pytest.mark.parametrize(("action", "role", "allowed"), CELLS)
def test_the_cell_is_as_agreed(action: Action, role: Role, allowed: bool) -> None:
    assert may(holding(role, "B01"), action, "B01") is allowed
    assert may(holding(role), action) is allowed


def test_every_action_and_role_stands_in_the_agreed_table() -> None:
    assert {row[0] for row in _ROWS} == set(ACTIONS) == set(MAY)
    assert set(_HEAD) == set(ROLES)


def test_the_auditor_only_reads() -> None:
    reading = ("see_", "verify_")
    assert all(action.startswith(reading) for action in ACTIONS if "auditor" in MAY[action])


def test_the_administrator_has_no_business_right() -> None:
    assert {action for action in ACTIONS if "administrator" in MAY[action]} == {
        "see_own_notices", "see_runs", "cancel_run", "edit_timetable", "verify_audit", "manage_users",
    }  # fmt: skip


def test_a_teller_sees_their_own_roster_and_asks_for_themselves_only() -> None:
    own = {
        "see_own_notices", "see_own_roster", "see_own_speed", "ask_for_oneself", "see_leave_calendar",
        "acknowledge_loan",
    }  # fmt: skip
    assert {action for action in ACTIONS if "teller" in MAY[action]} == own


def test_a_role_at_one_branch_is_none_at_another() -> None:
    scope = holding("branch_manager", "B01")
    assert not may(scope, "see_plan", "B02")
    with pytest.raises(NotAllowed, match="branch_out_of_scope"):
        check_may(scope, "see_plan", "B02")


def test_roles_are_not_mixed_between_branches() -> None:
    scope = Scope(Actor("wu"), {"branch_manager": frozenset({"B01"}), "teller": frozenset({"B02"})})
    assert may(scope, "propose_roster", "B01")
    with pytest.raises(NotAllowed, match="role_may_not"):
        check_may(scope, "propose_roster", "B02")
    assert narrowed(scope, "see_plan") == {"B01"}


def test_the_system_may_everything() -> None:
    assert all(may(Scope.system("a test"), action) for action in ACTIONS)


def test_nobody_without_a_role_may_anything() -> None:
    assert not any(may(Scope(Actor("guest")), action) for action in ACTIONS)
