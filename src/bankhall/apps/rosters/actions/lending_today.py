"""Somebody of another branch is asked to come today: a loan that the asking branch has agreed to with its question.

Their home agrees with one tap and they answer for themselves, in either order; the published day takes them over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from bankhall.apps.network import queries as network
from bankhall.apps.rosters.actions import telling
from bankhall.apps.rosters.actions.moving_loans import move_loan, note_step, put_away
from bankhall.apps.rosters.models import Ask, Loan
from bankhall.apps.rosters.states import AWAITING, AskState, LoanState
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import Refused
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

Rows = tuple[Assignment, ...]
BETWEEN = Scope.system("a loan for today")
ENDS = {AskState.DECLINED: "refuse_loan", AskState.WITHDRAWN: "withdraw_loan"}


def scope_at(branch_code: str, scope: Scope) -> Scope:
    """The scope of whoever acts where it sees a branch; the house's own where what they do reaches beyond it."""
    return scope if scope.sees(branch_code) else BETWEEN


def want_loan(row: Ask, found: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """The loan that goes with a question to somebody of another branch; their home and the region are told."""
    day, rows = row.business_date, found["rows"]
    week, pools = Week.of(day), {node.node_code for node in network.pools(BETWEEN)}
    told = {
        "code": f"{week}-ask-{row.pk}", "week": str(week), "from_branch": found["home"], "to_branch": row.branch_code,
        "staff_no": row.staff_no, "business_date": day, "start": row.start, "end": row.end, "stretches": rows,
        "post_code": next((one["post_code"] for one in rows if one["post_code"]), ""), "cost_fen": found["cost_fen"],
        "from_pool": found["home"] in pools, "travel_minutes": found["travel_minutes"],
        "half_hours_saved": found["restores"], "state": LoanState.TAKING_AGREED, "made_at": now,
    }  # fmt: skip
    try:
        with transaction.atomic():
            row.loan = Loan.objects.create(**told)
    except IntegrityError as error:
        raise Refused("loan_person_taken", staff_no=row.staff_no) from error
    row.save()
    note_step(row.loan, "agree_taking", by=by, now=now)
    telling.loan_wanted(row.loan, on=day, by=by, scope=BETWEEN)


def end_loan_of(row: Ask, *, by: Actor, now: datetime) -> None:
    """The question ended without a yes that stands: so does the loan, and those who waited for it are told."""
    loan = row.loan
    if loan is None or loan.state not in AWAITING:
        return
    before, name = loan.state, ENDS.get(AskState(row.state))
    if name:
        move_loan(loan, name, by=by, now=now, reason="")
    else:
        Loan.objects.filter(pk=loan.pk, state=before).update(state=LoanState.LAPSED)
        loan.state = LoanState.LAPSED
    telling.loan_moved(loan, before, on=row.business_date, by=by, scope=BETWEEN)


def take_over(asks: Iterable[Ask], after: Rows, *, by: Actor, now: datetime) -> Rows:
    """Who comes from elsewhere stands in the roster at home as away; answers the day's rows with theirs held fast."""
    rows = after
    for row in asks:
        mine = [one for one in after if (one.staff_no, one.business_date) == (row.staff_no, row.business_date)]
        if row.loan is not None and row.loan.state == LoanState.AGREED and mine:
            held = [replace(one, locked=True) for one in mine]
            _take_over(row, row.loan, held, by=by, now=now)
            rows = (*(one for one in rows if one not in mine), *held)
    return rows


def _take_over(row: Ask, loan: Loan, held: list[Assignment], *, by: Actor, now: datetime) -> None:
    person = Actor(row.staff_no, staff_no=row.staff_no)
    loan.start, loan.end = min(one.start for one in held), max(one.end for one in held)
    loan.stretches = to_plain(held)
    loan.save()
    move_loan(loan, "acknowledge_loan", by=person, now=row.answered_at or now, reason="")
    put_away(loan, by=by, now=now)
    telling.loan_moved(loan, LoanState.AGREED, on=row.business_date, by=by, scope=BETWEEN)
