"""Attendance entered by hand: when somebody came and left. It stands among the imported records, in the lake.

Branches without a clock at the door have no other; where one is wrong, the times that are entered replace the first
and the last of the person's date, and what lies between them stays. What was entered for the wrong person or date is
taken out. The trail keeps who did it and what stood before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.people.models import StaffRow
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

if TYPE_CHECKING:
    import pyarrow as pa

    from bankhall.data.lake import Lake

MARK_ATTENDANCE = action_name("people.mark_attendance")
REMOVE_ATTENDANCE = action_name("people.remove_attendance")
TABLE = "attendance"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attending:
    """When somebody came, and left (None: still there, or not known), in minutes of the branch's day."""

    staff_no: str
    branch_code: str
    day: date
    came: int
    left: int | None = None


def mark_attendance(entry: Attending, *, by: Actor, scope: Scope, now: datetime) -> None:
    """Keeps it. BadInput for what has not happened yet or runs backwards, NotFound for nobody of the branch."""
    check_may(scope, "mark_attendance", entry.branch_code)
    zone = ZoneInfo(network.branch(scope, entry.branch_code).zone)
    span = _span(entry, zone, now)
    subject = Subject("person", entry.staff_no, entry.branch_code)
    with audit.act(MARK_ATTENDANCE, by=by, scope=scope, subject=subject) as act:
        _hold_the_branch(entry.staff_no, entry.branch_code)
        standing = _standing(entry.branch_code, entry.day)
        before = [row for row in standing if row["staff_no"] == entry.staff_no]
        others = [row for row in standing if row["staff_no"] != entry.staff_no]
        rows = _rows(entry, span, before)
        act.note(before=_told(before, entry.day), after=_told(rows, entry.day))
        _publish([*others, *rows], f"attendance {entry.branch_code} {entry.day} {entry.staff_no}")


def remove_attendance(staff_no: str, branch_code: str, day: date, *, by: Actor, scope: Scope) -> None:
    """Takes the person's record of a date out. NotFound where none stands, so that of two only one removes it."""
    check_may(scope, "mark_attendance", branch_code)
    with audit.act(REMOVE_ATTENDANCE, by=by, scope=scope, subject=Subject("person", staff_no, branch_code)) as act:
        _hold_the_branch(staff_no, branch_code)
        rows = [row for row in _standing(branch_code, day) if row["staff_no"] == staff_no]
        if not rows:
            raise NotFound("attendance_none", staff_no=staff_no)
        act.note(before=_told(rows, day), after=_told((), day))
        _lake().remove(TABLE, _table(rows), batch=f"attendance {branch_code} {day} {staff_no}")


def _span(entry: Attending, zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime | None]:
    midnight = datetime.combine(entry.day, datetime.min.time(), zone)
    came = midnight + timedelta(minutes=entry.came)
    left = None if entry.left is None else midnight + timedelta(minutes=entry.left)
    if (left or came) > now or came > now:
        raise BadInput("attendance_not_yet")
    if left is not None and left <= came:
        raise BadInput("attendance_backwards")
    return came, left


def _rows(entry: Attending, span: tuple[datetime, datetime | None], before: list[Row]) -> list[Row]:
    """The person's spans between the two times, the first from the one and the last until the other."""
    came, left = span
    inside = [
        row for row in sorted(before, key=lambda row: row["started_at"])
        if (row["ended_at"] is None or row["ended_at"] > came) and (left is None or row["started_at"] < left)
    ]  # fmt: skip
    own = {"staff_no": entry.staff_no, "branch_code": entry.branch_code, "business_date": entry.day}
    spans = [[row["started_at"], row["ended_at"]] for row in inside] or [[came, left]]
    spans[0][0], spans[-1][1] = came, left
    return [own | {"started_at": start, "ended_at": end} for start, end in spans]


def _hold_the_branch(staff_no: str, branch_code: str) -> None:
    """Of two who enter at once the second waits for the first and keeps what they wrote."""
    mine = StaffRow.objects.select_for_update().filter(branch_code=branch_code).order_by("pk")
    known = set(mine.values_list("staff_no", flat=True))
    if (
        staff_no not in known
        and not StaffRow.objects.filter(staff_no=staff_no, system_rights__contains=branch_code).exists()
    ):
        raise NotFound("person", staff_no=staff_no)


def _lake() -> "Lake":
    from bankhall.data.lake import Lake

    return Lake(Path(settings.LAKE))


def _standing(branch_code: str, day: date) -> list[Row]:
    if not Path(settings.LAKE).is_dir():
        return []
    found = _lake().snapshot().table(TABLE, branch_code=branch_code, first=day, last=day)
    return list(found.to_pylist())


def _table(rows: Iterable[Row]) -> "pa.Table":
    from bankhall.data.exchange.codec import rows_table

    return rows_table(TABLE, list(rows))


def _publish(rows: list[Row], batch: str) -> None:
    _lake().publish({TABLE: _table(rows)}, complete_days=True, batch=batch)


def _told(rows: Iterable[Row], day: date) -> dict[str, object]:
    spans = [[row["started_at"].isoformat(), row["ended_at"].isoformat() if row["ended_at"] else ""] for row in rows]
    return {"day": day.isoformat(), "spans": spans}
