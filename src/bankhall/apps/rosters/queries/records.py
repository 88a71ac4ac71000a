"""The store's rows as kernel records: what both the pages and the science's questions are made of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet

from bankhall.analytics.lending.guests import Guest, guest_of, with_guests
from bankhall.analytics.rostering.problem import Unmet
from bankhall.apps.imports.queries import bank
from bankhall.apps.people import queries as people
from bankhall.apps.people.states import MISSING
from bankhall.apps.rosters.models import Loan, Proposal, Roster, Stretch
from bankhall.apps.rosters.states import STANDING, LoanState, ProposalState, RosterState
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.breach import Breach
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.plain import from_plain
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import PAST_WEEKS, Week

HERE = Q(at_branch_code="") | Q(at_branch_code=F("roster__branch_code"))
"""Stretches at the roster's own branch, not of somebody who is lent."""


def bank_of(branch_code: str, week: Week | None = None, also: Iterable[str] = ()) -> Bank:
    """Everything that planning one branch needs, as kernel records. Whoever asks was checked before.

    With a week the people lent to the branch in it are among its staff, at hand in the times of their loans alone;
    `also` are loans that are agreed to and not in the rosters yet.
    """
    own = bank(Scope.system("records for planning"), branch_code).for_branch(branch_code)
    if week is None:
        return own
    return with_guests(_missing_here(own, branch_code, week), guests_of(branch_code, week, also), week)


def _missing_here(own: Bank, branch_code: str, week: Week) -> Bank:
    """Who is missing while they are lent is missing there: at home for the rest of the day alone."""
    names = {one.staff_no for one in own.absences if one.kind == MISSING}
    away = _away(branch_code, week, names)
    return replace(own, absences=tuple(part for one in own.absences for part in _at_home(one, away))) if away else own


def _away(branch_code: str, week: Week, names: Collection[str]) -> dict[tuple[str, date], Loan]:
    if not names:
        return {}
    lent = Loan.objects.filter(from_branch=branch_code, week=str(week), staff_no__in=names, state=LoanState.ROSTERED)
    return {(one.staff_no, one.business_date): one for one in lent}


def _at_home(one: Absence, away: Mapping[tuple[str, date], Loan]) -> list[Absence]:
    loan = away.get((one.staff_no, one.starts_at.date()))
    if one.kind != MISSING or loan is None:
        return [one]
    leaves, comes = (
        datetime.combine(loan.business_date, time()) + timedelta(minutes=minutes)
        for minutes in (loan.start - loan.travel_minutes, loan.end + loan.travel_minutes)
    )
    parts = ((one.starts_at, min(one.ends_at, leaves)), (max(one.starts_at, comes), one.ends_at))
    return [replace(one, starts_at=start, ends_at=end) for start, end in parts if start < end]


def missing_at(scope: Scope, roster: Roster, day: date) -> tuple[Absence, ...]:
    """The absences of a day that take somebody from the branch itself: of those who are lent, what is left of it at
    home, and only where it touches hours there."""
    standing = stood_at(roster, day)
    marked = people.missing_absences(scope, roster.branch_code, day, standing)
    away = _away(roster.branch_code, Week.of(day), {one.staff_no for one in marked})
    found: list[Absence] = []
    for one in marked:
        parts, spans = _at_home(one, away), standing.get(one.staff_no, ())
        if (one.staff_no, day) not in away or any(_touches(part, day, span) for part in parts for span in spans):
            found += parts
    return tuple(found)


def _touches(one: Absence, day: date, span: tuple[int, int]) -> bool:
    start, end = (datetime.combine(day, time()) + timedelta(minutes=minutes) for minutes in span)
    return one.starts_at < end and start < one.ends_at


def stood_on(day: date) -> QuerySet[Stretch]:
    """Work at the roster's own branch, as it is published and as it was before the day was mended."""
    mended = Proposal.objects.filter(business_date=day, state=ProposalState.PUBLISHED).values("roster")
    in_force = Q(roster__state=RosterState.PUBLISHED) | Q(roster__in=mended)
    return Stretch.objects.filter(HERE, in_force, business_date=day).exclude(kind="break")


def stood_at(roster: Roster, day: date) -> dict[str, list[tuple[int, int]]]:
    """By person when they work at the branch itself on a day, or were to before it was mended."""
    mine = stood_on(day).filter(roster__branch_code=roster.branch_code, roster__week=roster.week)
    found: dict[str, list[tuple[int, int]]] = {}
    for staff_no, start, end in mine.values_list("staff_no", "start", "end"):
        found.setdefault(staff_no, []).append((start, end))
    return found


def guests_of(branch_code: str, week: Week, also: Iterable[str] = ()) -> tuple[Guest, ...]:
    """Who is lent to a branch in a week, or will be by the loans that are named."""
    spans: dict[str, list[tuple[date, int, int]]] = {}
    here = Loan.objects.filter(to_branch=branch_code, week=str(week))
    for loan in here.filter(Q(state=LoanState.ROSTERED) | Q(code__in=list(also))):
        spans.setdefault(loan.staff_no, []).append((loan.business_date, loan.start, loan.end))
    if not spans:
        return ()
    told: dict[str, Any] = people.records_of(Scope.system("people who are lent"), sorted(spans))
    records = Bank(**told)
    known = {person.staff_no for person in records.staff}
    return tuple(guest_of(records, who, spans[who]) for who in sorted(known))


def requirement_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    """Stored `requirement` rows as records."""
    return tuple(
        Requirement(
            row["branch_code"], date.fromisoformat(row["business_date"]), parse_minutes(row["slot_start"]),
            row["post_code"], row["people"], row["least"], row["driven_by"],
        )
        for row in rows
    )  # fmt: skip


def loan_stretches(branch_code: str, week: Week) -> tuple[Assignment, ...]:
    """What loans in the rosters bind in a branch's week: its people elsewhere, others here."""
    rows = Loan.objects.filter(week=str(week), state=LoanState.ROSTERED).order_by("code")
    near = rows.filter(Q(from_branch=branch_code) | Q(to_branch=branch_code))
    return tuple(
        replace(
            from_plain(Assignment, row), branch_code=branch_code, locked=True,
            at_branch_code=loan.to_branch if loan.from_branch == branch_code else "",
        )
        for loan in near for row in loan.stretches
    )  # fmt: skip


def counting_version(branch_code: str, week: Week) -> Roster | None:
    """The published version of a week, else the one on its way; None when nothing was planned."""
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week), state__in=[RosterState.PUBLISHED, *STANDING])
    found = sorted(rows.select_related("plan"), key=lambda row: row.state != RosterState.PUBLISHED)
    return found[0] if found else None


def assignments_of(roster: Roster) -> tuple[Assignment, ...]:
    """The version's assignments, by person and time."""
    rows = roster.stretches.order_by("staff_no", "business_date", "start", "id")
    return tuple(as_assignment(roster.branch_code, row) for row in rows)


def as_assignment(branch_code: str, row: Stretch) -> Assignment:
    """Row to value."""
    return Assignment(
        branch_code, row.staff_no, row.business_date, row.start, row.end, row.kind, row.code, row.post_code,  # type: ignore[arg-type]
        row.at_branch_code, row.locked,
    )  # fmt: skip


def as_row(roster: Roster, one: Assignment) -> Stretch:
    """Value to row."""
    return Stretch(
        roster=roster, staff_no=one.staff_no, business_date=one.business_date, start=one.start, end=one.end,
        kind=one.kind, code=one.code, post_code=one.post_code, at_branch_code=one.at_branch_code, locked=one.locked,
    )  # fmt: skip


def past_of(branch_code: str, week: Week) -> tuple[Assignment, ...]:
    """Published assignments of the quarter before and, where one was published, of this week: from the lake."""
    snapshot = lake_snapshot()
    if snapshot is None or "rosters" not in snapshot.names():
        return ()
    from bankhall.data.exchange.codec import read_assignments

    first, last = week.first_day() - timedelta(weeks=PAST_WEEKS), week.days()[-1]
    table = snapshot.table("rosters", branch_code=branch_code, first=first, last=last)
    import pyarrow.compute as pc

    return read_assignments(table.filter(pc.equal(table["state"], "published")))


def lake_snapshot() -> Any:
    """The lake as it stands; None before the first import."""
    from bankhall.data.lake import Lake

    root = Path(settings.LAKE)
    return Lake(root).snapshot() if root.is_dir() else None


def breaches_of(roster: Roster) -> tuple[Breach, ...]:
    """The breaches of the newest edit, as stored."""
    return tuple(from_plain(Breach, row) for row in roster.breaches)


def unmet_of(roster: Roster) -> tuple[Unmet, ...]:
    """What the newest edit does not meet, as stored."""
    return tuple(from_plain(Unmet, row) for row in roster.unmet)
