"""What the pages of requests are given besides the requests themselves: own shifts, own wishes, colleagues, names."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import Stretch, WishRow
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One day of the reader's published work to come."""

    day: date
    start: int
    end: int


def own_shifts(scope: Scope, on: date) -> tuple[OwnShift, ...]:
    """The reader's published days after a date."""
    rows = Stretch.objects.filter(staff_no=scope.actor.staff_no or "\0", roster__state=RosterState.PUBLISHED)
    days = rows.filter(business_date__gt=on).values("business_date").annotate(first=Min("start"), last=Max("end"))
    return tuple(OwnShift(d["business_date"], d["first"], d["last"]) for d in days.order_by("business_date"))


def own_wishes(scope: Scope, on: date) -> tuple[tuple[date, str], ...]:
    """The reader's wishes after a date."""
    rows = WishRow.objects.filter(staff_no=scope.actor.staff_no or "\0", retired_in="", business_date__gt=on)
    return tuple(rows.order_by("business_date").values_list("business_date", "kind"))


def colleagues(scope: Scope) -> tuple[tuple[str, Bilingual], ...]:
    """Who works at the reader's branch, but for the reader: number and name."""
    me = people.person(scope, scope.actor.staff_no)
    others = people.staff(Scope.system("colleagues by name"), me.branch_code)
    return tuple((p.staff_no, p.called()) for p in others if p.staff_no != me.staff_no)


def names_at(scope: Scope, branch_code: str) -> PlanNames:
    """Words for the codes of a branch, for those who belong there or see it."""
    scope.check_sees(branch_code)
    return names_of(bank_of(branch_code))


def own_post(scope: Scope) -> str:
    """The post that the reader usually holds; empty for who holds none."""
    return next(iter(people.person(scope, scope.actor.staff_no).posts), "")


def home_of(scope: Scope) -> str:
    """The reader's own branch."""
    return people.person(scope, scope.actor.staff_no).branch_code
