"""Weeks that were published and lived are settled: overtime goes into the ledger, and comp time 补休 that it earns.

How much comp time overtime earns is the bank's rule `comp_time_share` (per cent); without a row it earns none.
"""

from collections.abc import Iterable
from datetime import date, datetime

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import Timesheet, week_overtime
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.people import actions as people
from bankhall.apps.people import queries as people_queries
from bankhall.apps.people.actions import Booking
from bankhall.apps.people.states import Account, LineKind
from bankhall.apps.rosters.actions.versions import subject_of
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

SETTLE = action_name("rosters.settle_week")
SHARE = "comp_time_share"


def settle_weeks(now: datetime, on: date) -> int:
    """Settles every published week that is over and was not settled; answers how many."""
    del now
    rows = Roster.objects.filter(state=RosterState.PUBLISHED, first__lt=on).select_related("plan")
    due = [r for r in rows.order_by("first", "branch_code") if Week.parse(r.week).days()[-1] < on and not _settled(r)]
    for roster in due:
        _settle(roster)
    return len(due)


def _settle(roster: Roster) -> None:
    scope = Scope.system("the week is over")
    with audit.act(SETTLE, by=scope.actor, scope=scope, subject=subject_of(roster)) as act:
        bookings = list(_bookings(roster))
        act.note(after={"lines": people.book(bookings, by=scope.actor)})


def _settled(roster: Roster) -> bool:
    return people_queries.has_entry(_source(roster))


def _source(roster: Roster) -> str:
    return f"roster {roster.branch_code}/{roster.week}"


def _bookings(roster: Roster) -> Iterable[Booking]:
    situation = Situation(problem_of(roster))
    sheet = Timesheet(situation, assignments_of(roster))
    sunday, share = situation.days[-1], situation.week_value(SHARE) or 0
    guests = {p.staff_no for p in situation.people.values() if p.branch_code != roster.branch_code}
    for staff_no in sorted({*sheet.people()} - guests):  # a guest's hours are counted at home, where all of them stand
        minutes = sum(day.minutes for day in week_overtime(situation, sheet, staff_no, situation.days))
        yield Booking(staff_no, Account.OVERTIME, LineKind.WORKED, sunday, minutes, _source(roster))
        yield Booking(staff_no, Account.COMP, LineKind.EARNED, sunday, minutes * share // 100, _source(roster))
