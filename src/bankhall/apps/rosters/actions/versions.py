"""Finding a version by its reference, and writing its assignments as edits that can be undone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from bankhall.apps.rosters import rules
from bankhall.apps.rosters.models import Edit, Plan, Roster, Stretch
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import as_assignment, as_row
from bankhall.apps.rosters.states import STANDING
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import NotFound, Refused
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week


def version_of(ref: RosterRef, scope: Scope) -> Roster:
    """The version that a reference names, with its plan; NotAllowed outside the scope, NotFound when there is none."""
    scope.check_sees(ref.branch_code)
    rows = Roster.objects.filter(branch_code=ref.branch_code, week=str(ref.week), version=ref.version)
    row = rows.select_related("plan").first()
    if row is None:
        raise NotFound("roster", roster=ref.code)
    return row


def standing_version(branch_code: str, week: Week) -> Roster | None:
    """The version of a week that is still on its way; None when there is none."""
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week), state__in=STANDING)
    return rows.select_related("plan").first()


def new_version(branch_code: str, week: Week, *, made_at: datetime) -> Roster:
    """An empty draft with the next number and an empty plan."""
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week))
    newest = rows.order_by("-version").values_list("version", flat=True).first()
    roster = Roster.objects.create(
        branch_code=branch_code, week=str(week), first=week.first_day(), version=(newest or 0) + 1,
        status="feasible", made_at=made_at,
    )  # fmt: skip
    Plan.objects.create(roster=roster)
    return roster


def ref_of(roster: Roster) -> RosterRef:
    """Row to reference."""
    return RosterRef(roster.branch_code, Week.parse(roster.week), roster.version, roster.edit)


def subject_of(roster: Roster) -> Subject:
    """The subject of findings and audit lines."""
    return Subject("roster", ref_of(roster).code, roster.branch_code)


def advance(roster: Roster) -> None:
    """Takes the next edit number; Refused when somebody else took it in the meantime."""
    if not Roster.objects.filter(pk=roster.pk, edit=roster.edit).update(edit=roster.edit + 1):
        raise Refused("roster_changed_meanwhile", edit=roster.edit, last=rules.last_step(roster))
    roster.edit += 1


def write_edit(
    roster: Roster, before: Sequence[Assignment], after: Sequence[Assignment], *, what: str, by: Actor
) -> None:
    """Replaces what differs, and keeps it as an edit. The number was taken by `advance`."""
    removed = _less(before, after)
    added = _less(after, before)
    replace(roster, removed, added)
    Edit.objects.create(
        roster=roster, number=roster.edit, what=what, by_code=by.code, at=timezone.now(),
        removed=to_plain(removed), added=to_plain(added),
    )  # fmt: skip


def replace(roster: Roster, removed: Iterable[Assignment], added: Iterable[Assignment]) -> None:
    """Takes stretches away and brings others."""
    gone = Counter(removed)
    if gone:
        doomed = [row.pk for row in roster.stretches.all() if _take(gone, row, roster)]
        Stretch.objects.filter(pk__in=doomed).delete()
    Stretch.objects.bulk_create([as_row(roster, one) for one in added], batch_size=500)


def read_assignments(rows: Iterable[object]) -> list[Assignment]:
    """Assignments that were kept as plain JSON."""
    return [from_plain(Assignment, row) for row in rows]


def _take(gone: "Counter[Assignment]", row: Stretch, roster: Roster) -> bool:
    one = as_assignment(roster.branch_code, row)
    gone[one] -= 1
    return gone[one] >= 0


def _less(some: Sequence[Assignment], others: Sequence[Assignment]) -> list[Assignment]:
    return sorted((Counter(some) - Counter(others)).elements(), key=_order)


def _order(one: Assignment) -> tuple[str, date, int, int, str]:
    return one.staff_no, one.business_date, one.start, one.end, one.code
