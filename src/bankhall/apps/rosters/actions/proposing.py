"""Somebody is missing today: marked, and the rest of the published day is planned anew as a proposal.

The proposal is a run in the interactive lane. Whatever changes what it hangs on (another who is missing, somebody who
says that they can come) asks for a new one, which overtakes it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, Q

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import last_at
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.people import actions as people
from bankhall.apps.people import queries as people_queries
from bankhall.apps.people.actions import MARK_MISSING, Marking
from bankhall.apps.rosters.actions.cover import see_cover
from bankhall.apps.rosters.actions.ending_asks import end_asks_of, end_unneeded, open_asks_of
from bankhall.apps.rosters.actions.holding import hold_weeks
from bankhall.apps.rosters.actions.lending_today import scope_at
from bankhall.apps.rosters.actions.versions import subject_of
from bankhall.apps.rosters.models import Ask, Proposal, Roster
from bankhall.apps.rosters.problems import replan_question
from bankhall.apps.rosters.queries.records import missing_at, stood_on
from bankhall.apps.rosters.states import AskState, LoanState, ProposalState, RosterState
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs import queries as run_queries
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

PROPOSE = action_name("rosters.propose_today")
ANSWER = action_name("rosters.answer_proposal")
KIND = "replan_day"
FIRST_OF_ALL = 30
"""People wait at the door: before everything else that was asked for."""
OF_THE_DAY = (
    "people.mark_missing", "people.take_back_missing", "rosters.propose_today", "rosters.publish_today",
    "rosters.accept_ask", "rosters.withdraw_ask", "rosters.revise",
)  # fmt: skip
"""Acts that leave a proposal behind the time."""


@audit.repeatable(MARK_MISSING, int)
def mark_missing(
    branch_code: str, staff_no: str, kind: str, until: int | None = None, *, now: datetime, by: Actor, scope: Scope,
    key: UUID | None = None,
) -> int:  # fmt: skip
    """From now on, until a minute of today or not today any more; the proposal for the rest of the day is asked for."""
    check_may(scope, "change_today", branch_code)
    today, minute = network.moment(branch_code, now)
    with transaction.atomic():
        roster, others = _hold_all(branch_code, staff_no, today)
        start, end = _shift(roster, staff_no, today)
        if end <= minute:
            raise Refused("shift_is_over")
        if until is not None and until >= end:
            kind, until = ("other" if kind == "late" else kind), None
        marking = Marking(staff_no, branch_code, today, kind, minute, until, start, end)
        number = people.mark_missing(marking, now=now, by=by, scope=scope, key=key)
        end_asks_of(staff_no, today, until, by=by, scope=scope, now=now)
        _see_days([branch_code, *others], today, now=now, by=by, scope=scope)
    return number


def take_back_missing(number: int, *, now: datetime, by: Actor, scope: Scope) -> None:
    """They are there after all."""
    branch_code, staff_no = people_queries.missing_place(scope, number)
    today, _ = network.moment(branch_code, now)
    with transaction.atomic():
        _, others = _hold_all(branch_code, staff_no, today)
        people.take_back_missing(number, by=by, scope=scope)
        _see_days([branch_code, *others], today, now=now, by=by, scope=scope)


def _hold_all(branch_code: str, staff_no: str, today: date) -> tuple[Roster, list[str]]:
    """The day here, and where else; refused where a loan came in or ended before the weeks were held."""
    others = _other_branches(staff_no, branch_code, today)
    roster = hold_today(branch_code, today, also=others)
    if _other_branches(staff_no, branch_code, today) != others:
        raise Refused("today_changed_meanwhile", last=last_at(branch_code, OF_THE_DAY))
    return roster, others


def _other_branches(staff_no: str, branch_code: str, today: date) -> list[str]:
    """Where else they were to stand that day: home beside where they are lent to, or the reverse; and who has asked
    them to come."""
    stood = stood_on(today).filter(staff_no=staff_no).values_list("roster__branch_code", flat=True)
    asking = open_asks_of(staff_no, today).values_list("branch_code", flat=True)
    return sorted({*stood, *asking} - {branch_code})


def _see_days(branches: Iterable[str], today: date, *, now: datetime, by: Actor, scope: Scope) -> None:
    """Each branch where they were to stand mends its own day."""
    for code in branches:
        here = scope_at(code, scope)
        see_cover(code, Week.of(today), by=by, scope=here)
        propose_today(code, now=now, by=by, scope=here)


def propose_again(branch_code: str, *, now: datetime, by: Actor, scope: Scope) -> int | None:
    """Asked for by hand: time has passed, or the plan was changed."""
    check_may(scope, "change_today", branch_code)
    return propose_today(branch_code, now=now, by=by, scope=scope)


def propose_today(branch_code: str, *, now: datetime, by: Actor, scope: Scope) -> int | None:
    """Overtakes the standing proposal and asks for another; None where nobody is missing any more, and then
    nobody who was asked need come."""
    today, minute = network.moment(branch_code, now)
    with transaction.atomic():
        return _propose(hold_today(branch_code, today), today, minute, now=now, by=by, scope=scope)


def _propose(roster: Roster, today: date, minute: int, *, now: datetime, by: Actor, scope: Scope) -> int | None:
    branch_code = roster.branch_code
    missing = missing_at(scope, roster, today)
    with audit.act(PROPOSE, by=by, scope=scope, subject=subject_of(roster)) as act:
        _overtake(branch_code, today)
        if not missing:
            end_unneeded(branch_code, today, by=by, scope=scope, now=now)
            act.note(after={"missing": 0})
            return None
        asks = agreed_asks(branch_code, today)
        question = replan_question(roster, today, minute, missing, asks)
        run_id = runs.submit(
            KIND, question, by=by, branch_code=branch_code, business_date=today, lane="interactive",
            priority=FIRST_OF_ALL, only_newest=True,
        )  # fmt: skip
        row = _create(roster, today, now, by, run_id)
        act.note(after={"proposal": row.pk, "missing": len(missing), "agreed": len(asks)})
    return row.pk


def agreed_asks(branch_code: str, today: date) -> list[Ask]:
    """Who said that they come, with their home's yes where that is another branch; by number."""
    rows = Ask.objects.filter(branch_code=branch_code, business_date=today, state=AskState.ACCEPTED)
    at_home = Q(loan=None) | Q(loan__state__in=[LoanState.AGREED, LoanState.ROSTERED])
    return list(rows.filter(at_home).select_related("loan").order_by("staff_no"))


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    rows = Proposal.objects.filter(run_id=run.run_id, answer__isnull=True)
    scope = Scope.system(f"run {run.run_id}")
    with audit.act(ANSWER, by=run.asked_by, scope=scope, branch_code=run.branch_code) as act:
        numbers = list(rows.values_list("pk", flat=True))
        Proposal.objects.filter(pk__in=numbers).update(answer=dict(run.answer))
        act.note(after={"proposals": numbers})


def hold_today(branch_code: str, today: date, also: Iterable[str] = ()) -> Roster:
    """The version in force, held until the transaction ends: what changes a branch's day is done one after another.

    `also` are the homes of those who come from elsewhere, whose weeks the act will change too.
    """
    held = hold_weeks(Week.of(today), [branch_code, *also]).get(branch_code)
    if held is None or held.state != RosterState.PUBLISHED:
        raise Refused("today_not_published")
    return held


def _shift(roster: Roster, staff_no: str, today: date) -> tuple[int, int]:
    mine = roster.stretches.filter(staff_no=staff_no, business_date=today).exclude(kind="break")
    found = mine.aggregate(start=Min("start"), end=Max("end"))
    if found["start"] is None:
        raise Refused("no_shift_that_day", day=today)
    return found["start"], found["end"]


def _overtake(branch_code: str, today: date) -> None:
    standing = Proposal.objects.filter(branch_code=branch_code, business_date=today, state=ProposalState.PROPOSED)
    standing.update(state=ProposalState.OVERTAKEN)


def _create(roster: Roster, today: date, now: datetime, by: Actor, run_id: int) -> Proposal:
    known = run_queries.answer_of(Scope.system("an answer that is there"), run_id)
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                roster=roster, branch_code=roster.branch_code, business_date=today, at=now, by_code=by.code,
                run_id=run_id, answer=known,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("today_changed_meanwhile", last=last_at(roster.branch_code, OF_THE_DAY)) from error
