"""The rule pack as its page shows it: the rows that bind today or later, and the rules that a row can set."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from bankhall.apps.access.queries import check_may
from bankhall.apps.network.bases import at_branches, rows_of
from bankhall.apps.rosters.models import RuleRow
from bankhall.data.exchange.codec import read_record
from bankhall.kernel.bank.lookup import SPEEDS_OFF
from bankhall.kernel.bank.roster import Rule
from bankhall.kernel.scope import Scope

SET_BY_ROWS: Mapping[str, str] = {
    "hours_day": "minutes", "hours_week": "minutes", "hours_week_average": "minutes", "average_weeks": "weeks",
    "overtime_day": "minutes", "overtime_month": "minutes", "comp_time_share": "share", "rest_days_in_seven": "days",
    "nursing_minutes": "minutes", "no_overtime_protected": "", "two_person_presence": "people",
    "opening_pair": "people", "closing_pair": "people", "hall_presence": "people", "incompatible_duties": "",
    "probation_not_alone": "", "rest_between_shifts": "minutes", "consecutive_days": "days", "break_after": "minutes",
    "break_minutes": "minutes", "break_earliest": "minutes from midnight", "break_latest": "minutes from midnight",
    "split_shift": "", "saturdays_quarter": "days", "lunches_quarter": "days", "mandatory_leave_due": "days",
    "rotation_due": "days", "wish": "", "approval_overtime_minutes": "minutes", "approval_extra_cost": "fen",
    SPEEDS_OFF: "",
}  # fmt: skip
"""Rules that do not apply without a row, with the unit of their value; the others always hold (exchange.md)."""


def rule_pack(scope: Scope, on: date) -> tuple[Rule, ...]:
    """The rows that hold on a day or later, of every branch in scope: law first, then by rule and branch."""
    check_may(scope, "see_network")
    near = at_branches("branch_code", None if scope.everywhere else scope.codes())
    open_ended = Q(valid_until=None) | Q(valid_until__gte=on)
    pack: list[Rule] = [read_record("rules", row) for row in rows_of(RuleRow, "rules", near & open_ended)]
    order = {"law_control": 0, "agreement": 1, "wish": 2}
    return tuple(sorted(pack, key=lambda rule: order[rule.rule_class]))
