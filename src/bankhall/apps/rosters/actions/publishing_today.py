"""The changed day is published at once; whom it concerns acknowledges it; the supervisor confirms it afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from bankhall.analytics.rostering.day_changes import DayChange, day_changes, not_agreed, too_late, with_days
from bankhall.analytics.rostering.spans import Span
from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.queries import last_at
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.notices import actions as notices
from bankhall.apps.people import queries as people
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import telling
from bankhall.apps.rosters.actions.ending_asks import end_unneeded
from bankhall.apps.rosters.actions.lending_today import scope_at, take_over
from bankhall.apps.rosters.actions.proposing import OF_THE_DAY, agreed_asks, hold_today
from bankhall.apps.rosters.actions.revising import revise
from bankhall.apps.rosters.actions.versions import read_assignments, ref_of, subject_of, version_of
from bankhall.apps.rosters.models import Acknowledgement, Proposal, Roster, StepTaken
from bankhall.apps.rosters.problems.weeks import published_of
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import assignments_of, stood_at
from bankhall.apps.rosters.states import PROPOSAL_MOVES, REPLAN, REVIEW, ProposalState, RosterState
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import NotAllowed, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

PUBLISH = action_name("rosters.publish_today")
ACKNOWLEDGE = action_name("rosters.acknowledge_roster")
CONFIRM_AFTER = action_name("rosters.review_today")


@audit.repeatable(PUBLISH, int)
def publish_today(number: int, reason: str, *, now: datetime, by: Actor, scope: Scope, key: UUID | None = None) -> int:
    """Publishes a proposal as the week's next version, with its reason; answers the version.

    Refused when it breaks law or control, when the version it was made for has changed, when somebody whom it changes
    has begun, and when somebody would be given hours to which they did not agree.
    """
    row = _proposal(number, scope)
    check_may(scope, "change_today", row.branch_code)
    rules.check_told(reason)
    with audit.act(PUBLISH, by=by, scope=scope, subject=subject_of(row.roster), reason=reason, key=key) as act:
        hold_today(row.branch_code, row.business_date, also=_homes(row))
        row = _proposal(number, scope)
        after, changes = _checked(row, now)
        _move(row)
        week = Week.parse(row.roster.week)
        after = take_over(agreed_asks(row.branch_code, row.business_date), after, by=by, now=now)
        source = f"{REPLAN}:{row.pk}"
        revise(row.branch_code, week, _rewrite(row, after), what=source, by=by, now=now, reason=reason)
        made = published_of(row.branch_code, week)
        assert made is not None
        row.made_version = made.version
        row.save()
        _tell(made, changes, _missing(row), now=now, by=by, scope=scope)
        if not (row.answer or {})["short_after"]:
            end_unneeded(row.branch_code, row.business_date, by=by, scope=scope, now=now)
        telling.review_waits(made, on=row.business_date, by=by, scope=scope)
        act.note(subject=subject_of(made), after={"proposal": row.pk, "changed": len(changes)})
    return made.version


def acknowledge_roster(number: int, *, now: datetime, by: Actor, scope: Scope) -> int | None:
    """The person says that they have seen it: this version and those of the week before it. Saying it again is fine.

    Answers the version that still waits for them, when the week was changed once more meanwhile.
    """
    row = Acknowledgement.objects.filter(pk=number).select_related("roster").first()
    if row is None or not (scope.sees(row.roster.branch_code) or row.staff_no == scope.actor.staff_no):
        raise NotFound("acknowledgement")
    check_may(scope, "see_own_roster")
    if not by.staff_no or by.staff_no != row.staff_no:
        raise NotAllowed("acknowledgement_of_another")
    same = {"roster__branch_code": row.roster.branch_code, "roster__week": row.roster.week}
    open_ones = Acknowledgement.objects.filter(staff_no=row.staff_no, at=None, **same)
    if open_ones.filter(roster__version__lte=row.roster.version).exists():
        _say_seen(open_ones, row, now=now, by=by, scope=scope)
    later = open_ones.filter(roster__version__gt=row.roster.version)
    return later.order_by("-roster__version").values_list("roster__version", flat=True).first()


def _say_seen(
    open_ones: QuerySet[Acknowledgement], row: Acknowledgement, *, now: datetime, by: Actor, scope: Scope
) -> None:
    """One act and one line, also of two that are begun at once: the second finds nothing left to say."""
    here = scope_at(row.roster.branch_code, scope)  # somebody lent sees their own home alone
    with transaction.atomic():
        held = open_ones.filter(roster__version__lte=row.roster.version).select_for_update(of=("self",))
        seen = list(held.select_related("roster").order_by("pk"))
        if not seen:
            return
        with audit.act(ACKNOWLEDGE, by=by, scope=here, subject=subject_of(row.roster)) as act:
            Acknowledgement.objects.filter(pk__in=[one.pk for one in seen]).update(at=now)
            mine = tuple(subject_of(one.roster) for one in seen)
            notices.settle(*mine, kinds=("acknowledgement_wanted",), to=[row.staff_no], by=by)
            act.note(after={"staff_no": row.staff_no})


def review_today(ref: RosterRef, *, now: datetime, by: Actor, scope: Scope, reason: str = "") -> None:
    """The supervisor confirms a version that was published on the day itself: never who published it, and once."""
    roster = version_of(ref, scope)
    rules.check_review(roster, by=by, scope=scope)
    with audit.act(CONFIRM_AFTER, by=by, scope=scope, subject=subject_of(roster), reason=reason):
        locked = Roster.objects.select_for_update().get(pk=roster.pk)
        if locked.steps.filter(step=REVIEW).exists():
            raise Refused("reviewed_already", last=rules.last_step(roster))
        StepTaken.objects.create(
            roster=roster, step=REVIEW, by_code=by.code, by_name=by.name, by_staff_no=by.staff_no, at=now,
            edit=roster.edit, reason=reason,
        )  # fmt: skip
        telling.reviewed(roster, by=by)


def _proposal(number: int, scope: Scope) -> Proposal:
    row = Proposal.objects.filter(pk=number).select_related("roster__plan").first()
    if row is None or not scope.sees(row.branch_code):
        raise NotFound("proposal")
    return row


def _checked(row: Proposal, now: datetime) -> tuple[tuple[Assignment, ...], tuple[DayChange, ...]]:
    """The proposed week and whose days it changes, on what is known now."""
    if row.state != ProposalState.PROPOSED or row.answer is None or row.roster.state != RosterState.PUBLISHED:
        raise Refused("proposal_overtaken", last=last_at(row.branch_code, OF_THE_DAY))
    if row.answer["law_breaches"]:
        breaches = row.answer["law_breaches"]
        raise Refused("roster_breaches_law", count=len(breaches), rule_code=breaches[0]["rule_code"])
    today, minute = network.moment(row.branch_code, now)
    after = tuple(read_assignments(row.answer["assignments"]))
    changes = day_changes(assignments_of(row.roster), after)
    if row.business_date != today or too_late(changes, _missing(row), today, minute):
        raise Refused("proposal_outdated")
    if not_agreed(changes, _agreed(row), today):
        raise Refused("hours_not_agreed")
    return after, changes


def _missing(row: Proposal) -> frozenset[str]:
    scope = Scope.system("who is missing today")
    here = stood_at(row.roster, row.business_date)
    return frozenset(one.staff_no for one in people.missing_on(scope, row.branch_code, row.business_date, here))


def _homes(row: Proposal) -> set[str]:
    """Of those who come from elsewhere; a yes that is given later overtakes the proposal."""
    asks = agreed_asks(row.branch_code, row.business_date)
    return {ask.loan.from_branch for ask in asks if ask.loan is not None}


def _agreed(row: Proposal) -> dict[str, Span]:
    asks = agreed_asks(row.branch_code, row.business_date)
    return {ask.staff_no: (ask.start, ask.end) for ask in asks}


def _move(row: Proposal) -> None:
    """One conditional update: of two managers at once one publishes."""
    sources = [state for state, targets in PROPOSAL_MOVES.items() if ProposalState.PUBLISHED in targets]
    if not Proposal.objects.filter(pk=row.pk, state__in=sources).update(state=ProposalState.PUBLISHED):
        raise Refused("today_changed_meanwhile", last=last_at(row.branch_code, OF_THE_DAY))
    row.state = ProposalState.PUBLISHED


def _rewrite(row: Proposal, after: tuple[Assignment, ...]) -> Any:
    """The changed person-days in the published week, with the waits that were simulated for them; and in a draft."""
    base = assignments_of(row.roster)

    def change(roster: Roster, old: tuple[Assignment, ...]) -> Sequence[Assignment]:
        proof = (row.answer or {})["proof_after"]
        if roster.state == RosterState.PUBLISHED and proof:
            day = row.business_date.isoformat()
            roster.plan.proof = [*(p for p in roster.plan.proof if p["business_date"] != day), *proof]
            roster.plan.save()
            roster.proof_edit = roster.edit
        return with_days(old, base, after)

    return change


def _tell(
    made: Roster, changes: tuple[DayChange, ...], missing: frozenset[str], *, now: datetime, by: Actor, scope: Scope
) -> None:
    """Whose days changed was told with the version; all of them but the missing are asked to say that they saw it."""
    wanted = sorted({change.staff_no for change in changes} - missing)
    rows = [Acknowledgement(roster=made, staff_no=staff_no, wanted_at=now) for staff_no in wanted]
    Acknowledgement.objects.bulk_create(rows)
    facts: dict[str, str | int | float] = {"branch": made.branch_code, "week": made.week, "version": made.version}
    told: dict[str, Any] = {"subject": subject_of(made), "urgent": True, "by": by, "scope": scope}
    code = ref_of(made).code
    notices.post("acknowledgement_wanted", to=wanted, facts=facts, key=f"acknowledge {code}", **told)
