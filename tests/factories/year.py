"""A small branch whose people fall due for mandatory leave in the year, and their weeks."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import YearWeek
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Absence, PostSpan
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.scope import Scope
from tests.factories.bank import agreed, small_bank
from tests.factories.rosters import MANAGER, NOW, TODAY

LAST = {"T101": date(2026, 2, 1), "T102": date(2026, 1, 4), "T103": date(2025, 12, 28), "T201": date(2026, 2, 1)}
"""The last day of each one's latest mandatory leave: due 400 days after."""


def year_bank(branches: int = 2) -> Bank:
    """T101 falls due for rotation as well."""
    leave = tuple(
        Absence(name, _midnight(last, -4), _midnight(last, 1), "mandatory_leave", "granted")
        for name, last in LAST.items()
    )
    held = PostSpan("T101", "teller", "B01", Validity(date(2024, 6, 1)))
    rules = (agreed("mandatory_leave_due", 400), agreed("rotation_due", 1095))
    return replace(small_bank(branches, rules=rules), absences=leave, post_history=(held,))


def _midnight(day: date, plus: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(days=plus)


def proposed_year(scope: Scope = MANAGER) -> dict[tuple[str, str], YearWeek]:
    """The year of B01 proposed, by person and kind."""
    actions.propose_year("B01", on=TODAY, now=NOW, by=scope.actor, scope=scope)
    return weeks()


def weeks(state: str = "proposed") -> dict[tuple[str, str], YearWeek]:
    """B01's weeks of a state, by person and kind."""
    rows = YearWeek.objects.filter(branch_code="B01", state=state)
    return {(row.staff_no, row.kind): row for row in rows}


def fix(number: int, scope: Scope = MANAGER) -> None:
    """Fixes one week."""
    actions.fix_year_week(number, on=TODAY, now=NOW, by=scope.actor, scope=scope)
