"""Who may take which step when, and what stops publishing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bankhall.analytics.rostering.costs import CostLine, overtime_of
from bankhall.apps.access.queries import check_may, may
from bankhall.apps.audit.queries import LastAct, last_on
from bankhall.apps.people.states import MISSING
from bankhall.apps.rosters.models import Loan, LoanStep, Roster, StepTaken, YearWeek
from bankhall.apps.rosters.states import (
    LOAN_STEPS,
    REVIEW,
    SAME_DAY,
    STEPS,
    LoanState,
    LoanStepKind,
    RosterState,
    Step,
)
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import rules_on
from bankhall.kernel.breach import Breach
from bankhall.kernel.business_calendar import BusinessCalendar
from bankhall.kernel.errors import BadInput, NotAllowed, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

JUDGED_BY_ANOTHER: Mapping[str, tuple[str, ...]] = {"confirm": ("propose",), "approve": ("propose", "confirm")}
OWN = {"propose": "own_proposal", "confirm": "own_confirmation"}
BACK = frozenset(name for name, step in STEPS.items() if step.target == RosterState.DRAFT)
PUBLISHES_ON = 4  # Thursday
PUBLISHES_AT_HOUR = 18


def check_step(roster: Roster, step: Step, *, by: Actor, scope: Scope, edit: int) -> None:
    """Role, state, newest edit, and never one's own proposal."""
    check_may(scope, step.action, roster.branch_code)
    if roster.state not in step.sources:
        raise Refused("step_not_now", step=step.name, state=roster.state, last=last_step(roster))
    check_newest(roster, edit)
    check_by_another(step, standing_steps(roster.steps.all()), by)


def last_step(roster: Roster) -> LastAct | None:
    """What was done last on the week's newest version: for whoever comes second."""
    newest = Roster.objects.filter(branch_code=roster.branch_code, week=roster.week).order_by("-version").first()
    found = newest or roster
    return last_on(Subject("roster", f"{found.branch_code}/{found.week}/{found.version}", found.branch_code))


def check_newest(roster: Roster, edit: int) -> None:
    """Nobody decides on a version that has changed since they saw it."""
    if roster.edit != edit:
        raise Refused("roster_changed_meanwhile", edit=edit, newest=roster.edit, last=last_step(roster))


def check_by_another(step: Step, taken: Iterable[StepTaken], by: Actor) -> None:
    """Proposing, confirming and approving are three people: by account, and by staff number where both have one."""
    for before in taken:
        if before.step in JUDGED_BY_ANOTHER.get(step.name, ()) and _same_person(before, by):
            raise NotAllowed(OWN[before.step], step=step.name)


def _same_person(before: StepTaken | LoanStep, by: Actor) -> bool:
    return before.by_code == by.code or (bool(by.staff_no) and before.by_staff_no == by.staff_no)


def standing_steps(taken: Iterable[StepTaken]) -> list[StepTaken]:
    """The steps since the version was last a draft: what a return to the draft undid no longer counts."""
    standing: list[StepTaken] = []
    for one in taken:
        standing = [] if one.step in BACK else [*standing, one]
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


def check_lawful(breaches: Sequence[Breach], *, on: date | None = None) -> None:
    """What breaks law or control is neither confirmed nor published.

    A day that is over by `on` cannot be mended any more: who fell ill on Monday does not stop a change of Friday. Who
    is missing today does, until their day is published without them: no version is published with work for the absent.
    """
    against = [
        breach
        for breach in breaches
        if breach.rule_class == "law_control" and not (on and breach.business_date and breach.business_date < on)
    ]
    if against:
        raise _unlawful(against)


def _unlawful(against: Sequence[Breach]) -> Refused:
    """Where nothing but work of people who are missing stands against it, the day is mended first."""
    if all(breach.rule_code == "absence" and breach.facts.get("kind") == MISSING for breach in against):
        count = len({breach.staff_no for breach in against})
        return Refused("missing_not_mended", branch_code=against[0].branch_code, count=count)
    return Refused("roster_breaches_law", count=len(against), rule_code=against[0].rule_code)


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
    told = tuple(lines)
    overtime, premium = overtime_of(told)
    extra = premium + sum(line.amount_fen for line in told if line.item == "lent_day")
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


def check_not_lent(staff_no: str, first: date, last: date) -> None:
    """What two rosters hold is not changed in one of them: a lent day is neither offered nor given free."""
    lent = Loan.objects.filter(staff_no=staff_no, business_date__range=(first, last), state=LoanState.ROSTERED)
    found = lent.order_by("business_date").first()
    if found is not None:
        raise Refused("lent_that_day", day=found.business_date)


def subject_of_loan(loan: Loan) -> Subject:
    """The subject of audit lines and notices."""
    return Subject("loan", loan.code, loan.from_branch)


def concerns(loan: Loan, scope: Scope) -> bool:
    """Whether a loan is the reader's to see: one of the two branches is theirs, or it is their own."""
    if scope.everywhere or (scope.actor.staff_no and scope.actor.staff_no == loan.staff_no):
        return True
    ends = (loan.from_branch, loan.to_branch)
    if loan.state == LoanState.SUGGESTED:  # a thought of the region's: the branches hear of what is offered
        return any(may(scope, "offer_loan", code) for code in ends if scope.sees(code))
    return any(scope.sees(code) and may(scope, "see_lending", code) for code in ends)


def check_loan_step(loan: Loan, step: LoanStepKind, *, by: Actor, scope: Scope, on: date) -> None:
    """Role at the right end, state, the day not past; two people agree, and nobody to their own loan."""
    _check_end(loan, step, by, scope)
    if step.action == "acknowledge_loan" and getattr(loan, "ask", None) is not None:
        raise Refused("loan_asked_today", loan=loan.code)
    if LoanState(loan.state) not in step.moves:
        raise Refused("loan_step_not_now", step=step.name, state=loan.state, last=last_on(subject_of_loan(loan)))
    if loan.business_date < on:
        raise Refused("loan_day_past", loan=loan.code)
    if step.action == "agree_loan" and by.staff_no and by.staff_no == loan.staff_no:
        raise NotAllowed("own_loan", loan=loan.code)
    if step.name.startswith("agree_") and any(_same_person(one, by) for one in _agreements(loan)):
        raise NotAllowed("loan_agreed_by_same", loan=loan.code)


def _agreements(loan: Loan) -> list[LoanStep]:
    return [one for one in loan.steps.all() if one.step.startswith("agree_")]


def _check_end(loan: Loan, step: LoanStepKind, by: Actor, scope: Scope) -> None:
    """Who may: the region over both branches, the managers of either, the person alone for themselves."""
    if step.action == "acknowledge_loan":
        check_may(scope, step.action)
        if not by.staff_no or by.staff_no != loan.staff_no:
            raise NotAllowed("loan_of_another", loan=loan.code)
    elif step.action == "offer_loan":
        check_may(scope, step.action, loan.from_branch)
        check_may(scope, step.action, loan.to_branch)
    elif step.name == "refuse_loan":
        if not any(speaks_for(loan, code, scope) for code in (loan.from_branch, loan.to_branch)):
            raise NotAllowed("role_may_not", action=step.action, branch_code=loan.from_branch)
    else:
        code = loan.from_branch if step.name == "agree_giving" else loan.to_branch
        if not speaks_for(loan, code, scope):
            raise NotAllowed("role_may_not", action=step.action, branch_code=code)


def speaks_for(loan: Loan, branch_code: str, scope: Scope) -> bool:
    """Its manager; for a pool's base, which has none, the region too."""
    if not scope.sees(branch_code):
        return False
    pool = branch_code == loan.from_branch and loan.from_pool
    return may(scope, "agree_loan", branch_code) or (pool and may(scope, "offer_loan", branch_code))


def agreeing_step(loan: Loan, scope: Scope) -> LoanStepKind:
    """The end for which the asker speaks; who speaks for both agrees for the one that is still missing."""
    ends = {"agree_giving": loan.from_branch, "agree_taking": loan.to_branch}
    mine = [LOAN_STEPS[name] for name, code in ends.items() if speaks_for(loan, code, scope)]
    if not mine:
        raise NotAllowed("role_may_not", action="agree_loan", branch_code=loan.from_branch)
    return next((step for step in mine if LoanState(loan.state) in step.moves), mine[0])


def check_year_of_another(row: YearWeek, by: Actor) -> None:
    """Nobody decides on their own leave or rotation."""
    if by.staff_no and by.staff_no == row.staff_no:
        raise NotAllowed("own_year_week")


def check_told(reason: str) -> None:
    """A no has a reason."""
    if not reason.strip():
        raise BadInput("reason_wanted")


def check_review(roster: Roster, *, by: Actor, scope: Scope) -> None:
    """A supervisor, of a version that was published on its own day, and never of one's own publication."""
    check_may(scope, "confirm_roster", roster.branch_code)
    steps = list(roster.steps.all())
    change = getattr(roster, "change", None)
    if change is None or change.source.partition(":")[0] not in SAME_DAY:
        raise Refused("nothing_to_review")
    if any(step.step == REVIEW for step in steps):
        raise Refused("reviewed_already", last=last_step(roster))
    if any(step.step == "publish" and _same_person(step, by) for step in steps):
        raise NotAllowed("own_publication")
