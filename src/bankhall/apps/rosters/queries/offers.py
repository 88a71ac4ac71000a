"""Offered shifts, for those whom they concern."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max, Min, Q

from bankhall.apps.access.queries import check_may
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import Roster, ShiftOffer, Stretch
from bankhall.apps.rosters.states import OPEN_OFFERS, OfferState, RosterState
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer. `version_state` is that of the version which a confirmed one made; empty before.

    `hours` are those of the published shift, told to who could take it.
    """

    offer_id: int
    branch_code: str
    week: Week
    day: date
    staff_no: str
    to_staff_no: str
    return_day: date | None
    taken_by: str
    state: OfferState
    offered_at: datetime
    answered_name: str
    answered_at: datetime | None
    answer_reason: str
    made_version: int | None
    version_state: str = ""
    hours: tuple[int, int] | None = None


def offer_line(row: ShiftOffer, version_state: str = "") -> OfferLine:
    """Row to value."""
    return OfferLine(
        row.pk, row.branch_code, Week.parse(row.week), row.business_date, row.staff_no, row.to_staff_no,
        row.return_date, row.taken_by, OfferState(row.state), row.offered_at, row.answered_name, row.answered_at,
        row.answer_reason, row.made_version, version_state,
    )  # fmt: skip


def own_offers(scope: Scope) -> tuple[OfferLine, ...]:
    """What the reader offered or took, newest first."""
    me = scope.actor.staff_no or "\0"
    return _lines(ShiftOffer.objects.filter(Q(staff_no=me) | Q(taken_by=me)).order_by("-id")[:100])


def offers_open_to(scope: Scope, on: date) -> tuple[OfferLine, ...]:
    """What the reader could take: offered by name first, then to everybody of the branch."""
    me = people.person(scope, scope.actor.staff_no)
    check_may(scope, "ask_for_oneself", me.branch_code)
    rows = ShiftOffer.objects.filter(branch_code=me.branch_code, state=OfferState.OFFERED, business_date__gt=on)
    mine = rows.filter(to_staff_no__in=["", me.staff_no]).exclude(staff_no=me.staff_no)
    return _with_hours(_lines(mine.order_by("-to_staff_no", "business_date", "id")))


def _with_hours(lines: tuple[OfferLine, ...]) -> tuple[OfferLine, ...]:
    rows = Stretch.objects.filter(
        roster__state=RosterState.PUBLISHED, staff_no__in={line.staff_no for line in lines},
        business_date__in={line.day for line in lines},
    )  # fmt: skip
    spans = rows.values_list("staff_no", "business_date").annotate(first=Min("start"), last=Max("end"))
    hours = {(staff_no, day): (first, last) for staff_no, day, first, last in spans}
    return tuple(replace(line, hours=hours.get((line.staff_no, line.day))) for line in lines)


def branch_offers(scope: Scope, branch_code: str, *, open_only: bool = False) -> tuple[OfferLine, ...]:
    """A branch's offers for whoever may see its requests."""
    check_may(scope, "see_requests", branch_code)
    rows = ShiftOffer.objects.filter(branch_code=branch_code).order_by("-id")
    return _lines(rows.filter(state__in=list(OPEN_OFFERS)) if open_only else rows[:100])


def _lines(rows: Iterable[ShiftOffer]) -> tuple[OfferLine, ...]:
    found = list(rows)
    versions = {(r.branch_code, r.week, r.made_version) for r in found if r.made_version}
    states = {
        (r.branch_code, r.week, r.version): r.state
        for r in Roster.objects.filter(
            branch_code__in={b for b, _, _ in versions}, week__in={w for _, w, _ in versions},
            version__in={v for _, _, v in versions},
        )
    }  # fmt: skip
    return tuple(
        offer_line(row, str(states.get((row.branch_code, row.week, row.made_version or 0), ""))) for row in found
    )


def in_force(line: OfferLine) -> bool:
    """Whether the version that the swap made was published."""
    return line.version_state in (RosterState.PUBLISHED, RosterState.SUPERSEDED)
