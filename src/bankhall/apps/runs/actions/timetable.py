"""What runs by the clock: submitted when it is due, at hours that an administrator may set.

Each entry is due once for a (kind, branch, business date), which is the run's unique slot: any number of keepers submit
it once. After an outage the newest missed dates are caught up, as many as the entry says.
"""

from dataclasses import asdict
from datetime import date, datetime

from django.utils import timezone

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.runs import queries
from bankhall.apps.runs.actions.submitting import submit
from bankhall.apps.runs.models import Run, SetHour
from bankhall.apps.runs.queries import Hour
from bankhall.apps.runs.rules import Timed, slot_of, timed, timed_kind
from bankhall.apps.runs.states import OPEN
from bankhall.kernel.errors import BadInput, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

SET = action_name("runs.set_hour")
TIMETABLE_REASON = "timetable"
A_TURN = 25
"""So many runs of an entry are submitted at once; the keeper has a trail to seal between them."""
MOST_CATCH_UP_DAYS = 14
_submitted: set[str] = set()


def submit_due(now: datetime) -> int:
    """Submits what is due at a local instant (with its zone); answers how many runs were submitted."""
    hours = queries.hours()
    return sum(_submit(entry, day) for entry in timed() for day in hours[entry.kind].due_dates(now))


def set_hour(kind: str, hour: Hour, *, by: Actor, scope: Scope) -> None:
    """Another hour for a kind of the timetable, or none at all. Refused for one that a rule of the trade fixes."""
    check_may(scope, "edit_timetable")
    if timed_kind(kind).fixed:
        raise Refused("hour_is_fixed", kind=kind)
    if not hour.weekdays <= frozenset(range(1, 8)) or not hour.weekdays:
        raise BadInput("weekdays_none")
    if not 1 <= hour.catch_up_days <= MOST_CATCH_UP_DAYS:
        raise BadInput("catch_up_days_unusable", most=MOST_CATCH_UP_DAYS)
    with audit.act(SET, by=by, scope=scope, subject=Subject("timetable", kind)) as act:
        before = queries.hours()[kind]
        told = {
            "at": hour.at, "weekdays": "".join(map(str, sorted(hour.weekdays))), "catch_up_days": hour.catch_up_days,
            "is_on": hour.is_on, "set_by": by.code, "set_name": by.name, "set_at": timezone.now(),
        }  # fmt: skip
        SetHour.objects.update_or_create(kind=kind, defaults=told)
        act.note(before=_said(before), after=_said(hour))


def _said(hour: Hour) -> dict[str, object]:
    return asdict(hour) | {"at": str(hour.at)}


def _submit(entry: Timed, day: date) -> int:
    mark = f"{entry.kind}@{day}"
    if mark in _submitted or Run.objects.filter(kind__in=entry.after, business_date=day, state__in=OPEN).exists():
        return 0
    by = Scope.system(TIMETABLE_REASON).actor
    done = set(Run.objects.filter(kind=entry.kind, business_date=day).values_list("slot", flat=True))
    waiting = [due for due in entry.dues(day) if slot_of(entry.kind, due.branch_code, day) not in done]
    for due in waiting[:A_TURN]:
        slot = slot_of(entry.kind, due.branch_code, day)
        submit(entry.kind, due.ask(), by=by, branch_code=due.branch_code, business_date=day, slot=slot)
    if len(waiting) <= A_TURN:
        _submitted.add(mark)  # a cache only: the unique slot decides
    return len(waiting[:A_TURN])
