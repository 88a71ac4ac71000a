"""Who is told what: each function posts inside the act that it tells of. A reason never goes along: it may be health.

Nobody is told of their own doing. What changes today or tomorrow is urgent: it does not wait for quiet hours to end.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from bankhall.apps.access.queries import MAY, holders
from bankhall.apps.identity.queries import Person
from bankhall.apps.notices.actions import post, settle
from bankhall.apps.notices.states import Outcome
from bankhall.apps.people.queries import AbsenceLine
from bankhall.apps.people.states import AskedState
from bankhall.apps.rosters.actions.versions import ref_of, subject_of
from bankhall.apps.rosters.models import Ask, Change, Loan, Roster, ShiftOffer, YearWeek
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.queries.turns import whose_turn
from bankhall.apps.rosters.states import LoanState, OfferState, RosterState, Step, next_step
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

ANSWERING = ("branch_manager", "regional")
"""Whose answer is awaited: the nearer role, as long as somebody else than the asker holds it."""
OFFER_ENDS = {OfferState.WITHDRAWN: Outcome.OFF, OfferState.LAPSED: Outcome.LAPSED}
LOAN_ENDS = {
    LoanState.REFUSED: Outcome.ANSWERED, LoanState.WITHDRAWN: Outcome.OFF, LoanState.LAPSED: Outcome.LAPSED,
}  # fmt: skip
Facts = dict[str, str | int | float]


def name_of(by: Actor) -> str:
    """What a notice calls somebody: the staff number, or the account."""
    return by.staff_no or by.code


def answering(branch_code: str, on: date, *besides: str) -> tuple[str, ...]:
    """Who is asked for an answer at a branch: neither of the people whom it concerns."""
    for role in ANSWERING:
        found = _held(branch_code, [role], on, besides)
        if found:
            return found
    return ()


def leave_asked(line: AbsenceLine, *, on: date, by: Actor, scope: Scope) -> None:
    """Who may answer is told that somebody waits."""
    _leave("leave_asked", line, answering(line.branch_code, on, by.code, by.staff_no), by=by, scope=scope)


def leave_answered(line: AbsenceLine, *, by: Actor, scope: Scope) -> None:
    """The person is told the answer."""
    settle(_leave_subject(line), by=by)
    answer = "agreed" if line.state == AskedState.GRANTED else "refused"
    _leave("leave_answered", line, [line.staff_no], by=by, scope=scope, who=name_of(by), answer=answer)


def leave_withdrawn(line: AbsenceLine, *, on: date, by: Actor, scope: Scope) -> None:
    """Who answers is told that the person is there after all."""
    settle(_leave_subject(line), how=Outcome.OFF, by=by)
    _leave("leave_withdrawn", line, answering(line.branch_code, on, by.code, by.staff_no), by=by, scope=scope)


def _leave(kind: str, line: AbsenceLine, to: Iterable[str], *, by: Actor, scope: Scope, **more: str) -> None:
    facts: Facts = {"who": line.staff_no, "first": line.first.isoformat(), "last": line.last.isoformat(), **more}
    post(kind, to=to, facts=facts, subject=_leave_subject(line), key=f"{kind}:{line.request_id}", by=by, scope=scope)


def _leave_subject(line: AbsenceLine) -> Subject:
    return Subject("absence", str(line.request_id), line.branch_code)


def offer_made(row: ShiftOffer, shift: Facts, *, by: Actor, scope: Scope) -> None:
    """A named colleague is told; an open offer stands on everybody's page."""
    _offer("swap_offered", row, [row.to_staff_no], {**shift, "who": row.staff_no}, by=by, scope=scope)


def offer_taken(row: ShiftOffer, shift: Facts, *, on: date, by: Actor, scope: Scope) -> None:
    """Who offered is told, and who has to agree."""
    settle(_offer_subject(row), by=by)
    _offer("swap_taken", row, [row.staff_no], {**shift, "who": row.taken_by}, by=by, scope=scope)
    facts = {**shift, "who": row.staff_no, "taker": row.taken_by}
    _offer("swap_waits", row, answering(row.branch_code, on, row.staff_no, row.taken_by), facts, by=by, scope=scope)


def offer_ended(row: ShiftOffer, shift: Facts, *, by: Actor, scope: Scope) -> None:
    """Both are told the answer; an offer that is taken back or lapses is told to whom it concerned."""
    settle(_offer_subject(row), how=OFFER_ENDS.get(OfferState(row.state), Outcome.ANSWERED), by=by)
    concerned = {row.staff_no, row.taken_by or row.to_staff_no} - {name_of(by)}
    answers = {OfferState.CONFIRMED: "agreed", OfferState.REFUSED: "refused"}
    if answer := answers.get(OfferState(row.state)):
        _offer("swap_answered", row, concerned, {**shift, "who": name_of(by), "answer": answer}, by=by, scope=scope)
    else:
        _offer("swap_off", row, concerned, {**shift, "who": row.staff_no}, by=by, scope=scope)


def _offer(kind: str, row: ShiftOffer, to: Iterable[str], facts: Facts, *, by: Actor, scope: Scope) -> None:
    post(kind, to=sorted(to), facts=facts, subject=_offer_subject(row), key=f"{kind}:{row.pk}", by=by, scope=scope)


def _offer_subject(row: ShiftOffer) -> Subject:
    return Subject("offer", str(row.pk), row.branch_code)


def loan_moved(loan: Loan, before: str, *, on: date, by: Actor, scope: Scope) -> None:
    """Both branch managers and who offered it follow a loan; the person hears of it once both have agreed."""
    kinds = {
        LoanState.OFFERED: "loan_offered", LoanState.AGREED: "loan_agreed", LoanState.ROSTERED: "loan_acknowledged",
        LoanState.REFUSED: "loan_off", LoanState.WITHDRAWN: "loan_off", LoanState.LAPSED: "loan_lapsed",
    }  # fmt: skip
    kind = kinds.get(LoanState(loan.state))
    _settle_loan(loan, on, by)
    if kind is None:
        return
    _loan(kind, loan, _parties(loan, on, by), on, by=by, scope=scope)
    if Ask.objects.filter(loan=loan).exists():  # who is asked for today hears of the question alone
        return
    if loan.state == LoanState.AGREED:
        _loan("loan_acknowledge", loan, [loan.staff_no], on, by=by, scope=scope)
    if kind in ("loan_off", "loan_lapsed") and before == LoanState.AGREED:
        _loan(kind, loan, {loan.staff_no} - {name_of(by)}, on, by=by, scope=scope)


def _settle_loan(loan: Loan, on: date, by: Actor) -> None:
    """The first of two yeses is the answer of that branch alone; every other step ends what waited before it."""
    first = {LoanState.GIVING_AGREED: 0, LoanState.TAKING_AGREED: 1}.get(LoanState(loan.state))
    if first is None:
        called_off = loan.state in LOAN_ENDS and by.staff_no == loan.staff_no
        how = Outcome.OFF if called_off else LOAN_ENDS.get(LoanState(loan.state), Outcome.ANSWERED)
        settle(_loan_subject(loan), how=how, by=by)
        return
    managers = [_held(code, ["branch_manager"], on, ()) for code in (loan.from_branch, loan.to_branch)]
    settle(_loan_subject(loan), to=set(managers[first]) - set(managers[1 - first]), by=by)


def loan_wanted(loan: Loan, *, on: date, by: Actor, scope: Scope) -> None:
    """Somebody is asked to come elsewhere today: their branch's manager is told, and for a pool's people the region."""
    answering_it = ["branch_manager", "regional"] if loan.from_pool else ["branch_manager"]
    to = _held(loan.from_branch, answering_it, on, (by.code, by.staff_no))
    _loan("loan_wanted", loan, to, on, by=by, scope=scope)


def _loan(kind: str, loan: Loan, to: Iterable[str], on: date, *, by: Actor, scope: Scope) -> None:
    facts: Facts = {
        "day": loan.business_date.isoformat(), "start": loan.start, "end": loan.end, "branch": loan.from_branch,
        "post": loan.post_code, "to_branch": loan.to_branch,
    }  # fmt: skip
    if kind in ("loan_wanted", "loan_agreed", "loan_acknowledged"):
        facts["who"] = loan.staff_no
    soon = _soon([loan.business_date], on) and kind != "loan_lapsed"  # which is told at night
    post(
        kind,
        to=to,
        facts=facts,
        subject=_loan_subject(loan),
        key=f"{kind}:{loan.code}",
        urgent=soon,
        by=by,
        scope=scope,
    )


def _loan_subject(loan: Loan) -> Subject:
    return Subject("loan", loan.code, loan.from_branch)


def _parties(loan: Loan, on: date, by: Actor) -> tuple[str, ...]:
    offered = loan.steps.filter(step="offer_loan").values_list("by_staff_no", "by_code").first()
    region = [offered[0] or offered[1]] if offered else _held(loan.from_branch, ["regional"], on, ())
    managers = [
        *_held(loan.from_branch, ["branch_manager"], on, ()),
        *_held(loan.to_branch, ["branch_manager"], on, ()),
    ]
    return tuple(name for name in dict.fromkeys([*managers, *region]) if name and name != name_of(by))


def year_week(kind: str, row: YearWeek, *, by: Actor, scope: Scope) -> None:
    """The person is told their week of mandatory leave or rotation, and when it is free again."""
    facts: Facts = {"who": name_of(by), "week": row.week, "what": row.kind}
    subject = Subject("year_week", str(row.pk), row.branch_code)
    post(kind, to=[row.staff_no], facts=facts, subject=subject, key=f"{kind}:{row.pk}", by=by, scope=scope)


def step_taken(roster: Roster, step: Step, *, on: date, by: Actor, scope: Scope) -> None:
    """Whose turn it is is told; what is sent back is told to who proposed it."""
    settle(subject_of(roster), how=Outcome.OFF if step.name == "take_back" else Outcome.ANSWERED, by=by)
    if step.target == RosterState.DRAFT:
        _roster("roster_returned", roster, _proposers(roster, by), by=by, scope=scope, who=name_of(by))
        return
    awaited = next_step(RosterState(roster.state), approval_needed=roster.approval_needed)
    if awaited is None or (awaited.name == "publish" and Change.objects.filter(roster=roster).exists()):
        return  # a change that the branch agreed to is published with the confirmation
    to = [_called(person) for person in whose_turn(roster, awaited, on) if person.username != by.code]
    _roster("roster_waits", roster, to, by=by, scope=scope, step=f"move.{awaited.name}")


def review_waits(roster: Roster, *, on: date, by: Actor, scope: Scope) -> None:
    """A version that was published on the day itself is confirmed afterwards, by another who supervises."""
    to = _held(roster.branch_code, MAY["confirm_roster"], on, (by.code, by.staff_no))
    _roster("roster_waits", roster, to, by=by, scope=scope, step="move.confirm")


def reviewed(roster: Roster, *, by: Actor) -> None:
    """Once one has confirmed it, it waits for no other of them; who is to acknowledge it is still awaited."""
    settle(subject_of(roster), kinds=("roster_waits",), by=by)


def _proposers(roster: Roster, by: Actor) -> list[str]:
    proposed = roster.steps.filter(step="propose").order_by("-id").values_list("by_staff_no", "by_code").first()
    name = (proposed[0] or proposed[1]) if proposed else ""
    return [name] if name != name_of(by) else []


def published(roster: Roster, before: Roster | None, *, on: date, by: Actor, scope: Scope) -> None:
    """A first version is told to its people, a further one to those whose days changed."""
    settle(subject_of(roster), by=by)
    after = _days_of(assignments_of(roster))
    if before is None:
        _roster("roster_published", roster, sorted({who for who, _ in after}), by=by, scope=scope)
        return
    old = _days_of(assignments_of(before))
    changed = {key for key in after.keys() | old.keys() if after.get(key) != old.get(key)}
    by_days: dict[tuple[int, bool], list[str]] = {}
    for who in sorted({who for who, _ in changed}):
        dates = [day for other, day in changed if other == who]
        by_days.setdefault((len(dates), _soon(dates, on)), []).append(who)
    for (days, soon), people in by_days.items():
        _roster("roster_changed", roster, people, by=by, scope=scope, urgent=soon, days=days)


def _days_of(assignments: Iterable[Assignment]) -> dict[tuple[str, date], set[tuple[object, ...]]]:
    found: dict[tuple[str, date], set[tuple[object, ...]]] = {}
    for one in assignments:
        told = (one.start, one.end, one.kind, one.code, one.at_branch_code)
        found.setdefault((one.staff_no, one.business_date), set()).add(told)
    return found


def _roster(
    kind: str, roster: Roster, to: Iterable[str], *, by: Actor, scope: Scope, urgent: bool = False, **more: str | int
) -> None:
    facts: Facts = {"branch": roster.branch_code, "week": roster.week, "version": roster.version, **more}
    key = f"{kind}:{ref_of(roster).code}:{roster.steps.count()}"
    post(kind, to=to, facts=facts, subject=subject_of(roster), key=key, urgent=urgent, by=by, scope=scope)


def _held(branch_code: str, roles: Iterable[str], on: date, besides: Iterable[str]) -> tuple[str, ...]:
    without = set(besides) - {""}
    found = [person for person in holders(branch_code, roles, on) if not {person.staff_no, person.username} & without]
    return tuple(_called(person) for person in found)


def _called(person: Person) -> str:
    return person.staff_no or person.username


def _soon(days: Iterable[date], on: date) -> bool:
    return any(on <= day <= on + timedelta(days=1) for day in days)
