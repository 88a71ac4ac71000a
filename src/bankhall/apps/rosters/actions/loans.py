"""A loan's life: suggested by the flow, offered by the region, agreed by both branches, acknowledged by the person.

With the acknowledgement it stands in both rosters, as new versions with the reason. Whoever comes second is told.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.lend import homes_with, keeps_rules
from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import telling
from bankhall.apps.rosters.actions.ending_asks import end_ask
from bankhall.apps.rosters.actions.holding import hold_weeks
from bankhall.apps.rosters.actions.lending_today import BETWEEN
from bankhall.apps.rosters.actions.moving_loans import move_loan, put_in_rosters, subject_of
from bankhall.apps.rosters.actions.proposing import propose_today
from bankhall.apps.rosters.models import Ask, Loan
from bankhall.apps.rosters.problems import branch_week_of, lend_question, lent_of
from bankhall.apps.rosters.states import AWAITING, LOAN_STEPS, OPEN_ASKS, AskState, LoanState
from bankhall.apps.runs import actions as runs
from bankhall.kernel.errors import NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

KIND = "lend_region"
NAMES = {name: action_name(f"rosters.{name}") for name in LOAN_STEPS}
SUGGEST = action_name("rosters.suggest_loans")
LAPSE = action_name("rosters.lapse_loans")


def request_loans(node_code: str, week: Week, *, by: Actor, scope: Scope, now: datetime) -> int:
    """Queues the search for a region's loans of a week; answers the run's id."""
    check_may(scope, "offer_loan")
    question = lend_question(scope, node_code, week, now=now)
    return runs.submit(KIND, question, by=by, business_date=week.first_day(), lane="batch")


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    scope = Scope.system(f"run {run.run_id}")
    take_suggestions(
        dict(run.question), dict(run.answer), by=run.asked_by, scope=scope, now=run.asked_at, run_id=run.run_id
    )


def take_suggestions(
    question: Mapping[str, Any], answer: Mapping[str, Any], *, by: Actor, scope: Scope, now: datetime, run_id: int = 0
) -> int:
    """Stores what the flow found instead of what it suggested before; answers how many."""
    week, codes = str(answer["week"]), list(question["branches"])
    with audit.act(SUGGEST, by=by, scope=scope) as act:
        pools = {node.node_code for node in network.pools(scope)}
        Loan.objects.filter(week=week, from_branch__in=codes, state=LoanState.SUGGESTED).delete()
        rows = [
            _suggestion(row, f"{week}-{run_id}-{place:03d}", now, run_id, pools)
            for place, row in enumerate(answer["loans"], 1)
        ]
        Loan.objects.bulk_create(rows)
        act.note(after={"week": week, "loans": len(rows)})
    return len(rows)


def _suggestion(row: Mapping[str, Any], code: str, now: datetime, run_id: int, pools: set[str]) -> Loan:
    day = date.fromisoformat(row["business_date"])
    names = (
        "from_branch", "to_branch", "staff_no", "start", "end", "post_code", "window_code", "travel_minutes",
        "half_hours_saved", "cost_fen", "saved_fen", "wait_p90_saved", "stretches",
    )  # fmt: skip
    told = {name: row[name] for name in names} | {"from_pool": row["from_branch"] in pools}
    return Loan(code=code, week=str(Week.of(day)), business_date=day, made_at=now, run_id=run_id or None, **told)


def offer_loan(code: str, *, by: Actor, scope: Scope, now: datetime, on: date, reason: str = "") -> None:
    """The region puts a suggestion to both branches, if today's rosters still bear it."""
    loan = _loan(code, scope)
    rules.check_loan_step(loan, LOAN_STEPS["offer_loan"], by=by, scope=scope, on=on)
    check_fits(loan)
    _take(loan, "offer_loan", by=by, scope=scope, now=now, on=on, reason=reason)


def agree_loan(code: str, *, by: Actor, scope: Scope, now: datetime, on: date, reason: str = "") -> None:
    """One of the two branches agrees: the one whose manager this is."""
    loan = _loan(code, scope)
    step = rules.agreeing_step(loan, scope)
    rules.check_loan_step(loan, step, by=by, scope=scope, on=on)
    _take(loan, step.name, by=by, scope=scope, now=now, on=on, reason=reason)


def refuse_loan(code: str, reason: str, *, by: Actor, scope: Scope, now: datetime, on: date) -> None:
    """One of the two branches says no, with the reason."""
    _end(code, "refuse_loan", reason, by=by, scope=scope, now=now, on=on)


def withdraw_loan(code: str, reason: str, *, by: Actor, scope: Scope, now: datetime, on: date) -> None:
    """The region takes its offer back, with the reason."""
    _end(code, "withdraw_loan", reason, by=by, scope=scope, now=now, on=on)


def decline_loan(code: str, reason: str, *, by: Actor, scope: Scope, now: datetime, on: date) -> None:
    """The person cannot go, with the reason."""
    _end(code, "decline_loan", reason, by=by, scope=scope, now=now, on=on)


def acknowledge_loan(code: str, *, by: Actor, scope: Scope, now: datetime, on: date) -> None:
    """The person has read it and goes: from here it stands in both rosters, all or nothing."""
    loan = _loan(code, scope)
    rules.check_loan_step(loan, LOAN_STEPS["acknowledge_loan"], by=by, scope=scope, on=on)
    with audit.act(NAMES["acknowledge_loan"], by=by, scope=scope, subject=subject_of(loan)) as act:
        _hold_both(loan)
        move_loan(loan, "acknowledge_loan", by=by, now=now, reason="")
        put_in_rosters(loan, by=by, now=now)
        act.note(after={"state": loan.state})
        telling.loan_moved(loan, LoanState.AGREED, on=on, by=by, scope=scope)


def lapse_due(on: date) -> int:
    """Nobody answered before the day came: the loan lapses, and both branches and the region hear of it. Answers how
    many."""
    scope = Scope.system("a day that has come")
    late = list(Loan.objects.filter(business_date__lte=on, state__in=[LoanState.SUGGESTED, *AWAITING]).order_by("code"))
    if not late:
        return 0
    with audit.act(LAPSE, by=scope.actor, scope=scope) as act:
        lapsed = [loan.code for loan in late if _lapse(loan, on, scope)]
        act.note(after={"loans": lapsed})
    return len(lapsed)


def _lapse(loan: Loan, on: date, scope: Scope) -> bool:
    """Whether it was still open; those who were to answer an offer are told that it is off."""
    before = loan.state
    if not Loan.objects.filter(pk=loan.pk, state=before).update(state=LoanState.LAPSED):
        return False
    loan.state = LoanState.LAPSED
    if before != LoanState.SUGGESTED:
        telling.loan_moved(loan, before, on=on, by=scope.actor, scope=scope)
    return True


def check_fits(loan: Loan) -> None:
    """Both rosters as they stand today bear the loan: no new breach of law, control, or of an agreement with them."""
    week, lent = Week.parse(loan.week), lent_of(loan)
    giver, taker = (Home(branch_week_of(code, week)) for code in (loan.from_branch, loan.to_branch))
    after = homes_with(giver.problem.bank, giver, taker, lent)
    if not (keeps_rules(giver, after[0], lent) and keeps_rules(taker, after[1], lent)):
        raise Refused("loan_stale", loan=loan.code)


def _loan(code: str, scope: Scope) -> Loan:
    """A loan that concerns the asker: one of the two branches, or themselves; else there is none."""
    loan = Loan.objects.filter(code=code).first()
    if loan is None or not rules.concerns(loan, scope):
        raise NotFound("loan", loan=code)
    return loan


def _hold_both(loan: Loan) -> None:
    hold_weeks(Week.parse(loan.week), (loan.from_branch, loan.to_branch))


def _end(code: str, name: str, reason: str, *, by: Actor, scope: Scope, now: datetime, on: date) -> None:
    rules.check_told(reason)
    loan = _loan(code, scope)
    rules.check_loan_step(loan, LOAN_STEPS[name], by=by, scope=scope, on=on)
    _take(loan, name, by=by, scope=scope, now=now, on=on, reason=reason)


def _take(loan: Loan, name: str, *, by: Actor, scope: Scope, now: datetime, on: date, reason: str) -> None:
    before = loan.state
    open_scope = Scope.system("a loan between branches") if not scope.sees(loan.from_branch) else scope
    with audit.act(NAMES[name], by=by, scope=open_scope, subject=subject_of(loan), reason=reason) as act:
        _hold_both(loan)
        move_loan(loan, name, by=by, now=now, reason=reason)
        act.note(before={"state": before}, after={"state": loan.state})
        telling.loan_moved(loan, before, on=on, by=by, scope=open_scope)
        _hear(loan, by=by, now=now)


def _hear(loan: Loan, *, by: Actor, now: datetime) -> None:
    """What hangs on a loan for today: with both yeses the day is planned anew, with a no nobody need come."""
    row = Ask.objects.filter(loan=loan, state__in=OPEN_ASKS).first()
    if row is None:
        return
    accepted = row.state == AskState.ACCEPTED
    if loan.state in (LoanState.REFUSED, LoanState.WITHDRAWN):
        row.loan = loan
        end_ask(row, AskState.WITHDRAWN, by=by, scope=BETWEEN, now=now)
    if accepted and loan.state != LoanState.GIVING_AGREED:
        propose_today(row.branch_code, now=now, by=by, scope=BETWEEN)
