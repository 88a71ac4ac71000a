"""Who may take which step when, and what stops publishing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bankhall.analytics.rostering.costs import CostLine
from bankhall.apps.access.queries import check_may
from bankhall.apps.rosters.models import Roster, StepTaken
from bankhall.apps.rosters.states import STEPS, RosterState, Step
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import rules_on
from bankhall.kernel.breach import Breach
from bankhall.kernel.business_calendar import BusinessCalendar
from bankhall.kernel.errors import NotAllowed, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

JUDGED_BY_ANOTHER: Mapping[str, tuple[str, ...]] = {"confirm": ("propose",), "approve": ("propose", "confirm")}
OWN = {"propose": "own_proposal", "confirm": "own_confirmation"}
PUBLISHES_ON = 4  # Thursday
PUBLISHES_AT_HOUR = 18


def check_step(roster: Roster, step: Step, *, by: Actor, scope: Scope, edit: int) -> None:
    """Role, state, newest edit, and never one's own proposal."""
    check_may(scope, step.action, roster.branch_code)
    if roster.state not in step.sources:
        raise Refused("step_not_now", step=step.name, state=roster.state)
    check_newest(roster, edit)
    check_by_another(step, standing_steps(roster.steps.all()), by)


def check_newest(roster: Roster, edit: int) -> None:
    """Nobody decides on a version that has changed since they saw it."""
    if roster.edit != edit:
        raise Refused("roster_changed_meanwhile", edit=edit, newest=roster.edit)


def check_by_another(step: Step, taken: Iterable[StepTaken], by: Actor) -> None:
    """Proposing, confirming and approving are three people: by account, and by staff number where both have one."""
    for before in taken:
        if before.step in JUDGED_BY_ANOTHER.get(step.name, ()) and _same_person(before, by):
            raise NotAllowed(OWN[before.step], step=step.name)


def _same_person(before: StepTaken, by: Actor) -> bool:
    return before.by_code == by.code or (bool(by.staff_no) and before.by_staff_no == by.staff_no)


def standing_steps(taken: Iterable[StepTaken]) -> list[StepTaken]:
    """The steps since the version was last a draft: what a return to the draft undid no longer counts."""
    standing: list[StepTaken] = []
    for one in taken:
        standing = [] if STEPS[one.step].target == RosterState.DRAFT else [*standing, one]
    return standing


def check_draft(roster: Roster, edit: int, *, scope: Scope) -> None:
    """Only a draft is edited, only in its newest edit."""
    check_may(scope, "edit_roster", roster.branch_code)
    if roster.state != RosterState.DRAFT:
        raise Refused("roster_not_draft", state=roster.state)
    check_newest(roster, edit)


def check_feasible(roster: Roster) -> None:
    """An infeasible plan has no roster that could be proposed."""
    if roster.status != "feasible":
        raise Refused("roster_infeasible")


def check_lawful(breaches: Sequence[Breach]) -> None:
    """What breaks law or control is neither confirmed nor published."""
    against = [breach for breach in breaches if breach.rule_class == "law_control"]
    if against:
        raise Refused("roster_breaches_law", count=len(against), rule_code=against[0].rule_code)


def check_reason(breaches: Sequence[Breach], reason: str) -> None:
    """What departs from an agreement is published with a reason."""
    against = sum(breach.rule_class == "agreement" for breach in breaches)
    if against and not reason.strip():
        raise Refused("reason_needed", count=against)


def check_calendar(bank: Bank, branch_code: str, week: Week) -> None:
    """A year that the calendar does not know stops publishing, never planning."""
    for year in unknown_years(bank, branch_code, week):
        raise Refused("calendar_year_missing", year=year)


def unknown_years(bank: Bank, branch_code: str, week: Week) -> tuple[int, ...]:
    """Years of the week's days of which the calendar has no row."""
    calendar, region = BusinessCalendar(bank.calendar), bank.region_of(branch_code)
    years = sorted({day.year for day in week.days()})
    return tuple(year for year in years if not calendar.knows_year(year, region))


def check_approved(roster: Roster) -> None:
    """Publishing waits for the region where the rules say so."""
    if roster.approval_needed and roster.state == RosterState.CONFIRMED:
        raise Refused("approval_awaited")


def needs_approval(bank: Bank, branch_code: str, monday: date, lines: Iterable[CostLine]) -> tuple[bool, int, int]:
    """Whether the region approves, with the week's overtime in minutes and its extra cost in fen.

    Extra cost is the premium of overtime and the price of lent days. A rule without a row asks for nothing.
    """
    rules = rules_on(bank.rules, branch_code, monday)
    overtime = sum(line.minutes for line in lines if line.item.startswith("overtime_"))
    extra = sum(line.amount_fen for line in lines if line.item.startswith("overtime_") or line.item == "lent_day")
    passed = [
        amount > rules[code].value
        for code, amount in (("approval_overtime_minutes", overtime), ("approval_extra_cost", extra))
        if code in rules
    ]
    return any(passed), overtime, extra


def publishes_at(week: Week, zone: str) -> datetime:
    """The set hour: Thursday 18:00 of the week before, local time."""
    thursday = week.plus(-1).first_day() + timedelta(days=PUBLISHES_ON - 1)
    return datetime(thursday.year, thursday.month, thursday.day, PUBLISHES_AT_HOUR, tzinfo=ZoneInfo(zone))
