"""One step of a loan, and a loan in the two rosters: what asking for weeks and asking for today have in common."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.problem import BranchWeek
from bankhall.analytics.lending.problem import Loan as Lent
from bankhall.apps.audit.queries import last_on
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions.revising import revise
from bankhall.apps.rosters.models import Loan, LoanStep, Roster
from bankhall.apps.rosters.problems import lent_of, problem_of
from bankhall.apps.rosters.states import LOAN_STEPS, LoanState
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Actor
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

REASON = "loan"


def subject_of(loan: Loan) -> Subject:
    """The subject of audit lines and notices."""
    return rules.subject_of_loan(loan)


def move_loan(loan: Loan, name: str, *, by: Actor, now: datetime, reason: str) -> None:
    """One conditional update: of two at once one is refused; a person who is bound elsewhere that day is not bound."""
    target = LOAN_STEPS[name].moves[LoanState(loan.state)]
    try:
        with transaction.atomic():
            moved = Loan.objects.filter(pk=loan.pk, state=loan.state).update(state=target)
    except IntegrityError as error:
        raise Refused("loan_person_taken", staff_no=loan.staff_no) from error
    if not moved:
        raise Refused("loan_changed_meanwhile", loan=loan.code, last=last_on(subject_of(loan)))
    loan.state = target
    note_step(loan, name, by=by, now=now, reason=reason)


def note_step(loan: Loan, name: str, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Who took which step."""
    LoanStep.objects.create(
        loan=loan, step=name, by_code=by.code, by_name=by.name, by_staff_no=by.staff_no, at=now, reason=reason
    )


def put_in_rosters(loan: Loan, *, by: Actor, now: datetime) -> None:
    """New versions at both ends: at home the person is away, at the other branch they stand at their window."""
    stretches = lent_of(loan).stretches

    def join(roster: Roster, rows: tuple[Assignment, ...]) -> list[Assignment]:
        return [*rows, *(replace(one, branch_code=roster.branch_code, locked=True) for one in stretches)]

    put_away(loan, by=by, now=now)
    revise(loan.to_branch, Week.parse(loan.week), join, **_told(loan, by, now))  # type: ignore[arg-type]


def put_away(loan: Loan, *, by: Actor, now: datetime) -> None:
    """At home the person is away; a pool's base without a roster begins one with it."""
    week, lent = Week.parse(loan.week), lent_of(loan)

    def leave(roster: Roster, rows: tuple[Assignment, ...]) -> list[Assignment]:
        return Home(BranchWeek(problem_of(roster), rows)).lending(lent)

    base = loan.from_pool and not _has_roster(lent, week)
    revise(loan.from_branch, week, leave, base=base, **_told(loan, by, now))  # type: ignore[arg-type]


def _told(loan: Loan, by: Actor, now: datetime) -> dict[str, object]:
    return {"what": f"{REASON}:{loan.code}", "by": by, "now": now, "reason": f"{REASON} {loan.code}"}


def _has_roster(lent: Lent, week: Week) -> bool:
    return Roster.objects.filter(branch_code=lent.from_branch, week=str(week)).exists()
