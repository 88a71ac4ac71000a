"""Mandatory leave 强制休假 and rotation 轮岗 that fall due while a person is rostered."""

from collections.abc import Iterator
from datetime import date, timedelta

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import WorkDay
from bankhall.kernel.breach import Breach


def mandatory_leave_due(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Work later than the value of days after the last granted mandatory leave, or employment. Facts: found, since."""
    most = situation.value("mandatory_leave_due", workday.day)
    since = last_mandatory_leave(situation, workday.staff_no, workday.day)
    if most is None or since is None or not workday.minutes:
        return
    if (found := (workday.day - since).days) > most:
        yield situation.breach(
            "mandatory_leave_due", day=workday.day, staff_no=workday.staff_no, found=found, since=since.isoformat()
        )


def last_mandatory_leave(situation: Situation, staff_no: str, day: date) -> date | None:
    """Last date of the latest granted mandatory leave that ended before a date, else the employment; None = unknown."""
    ended = [
        situation.local_date(absence.ends_at - timedelta(microseconds=1))
        for absence in situation.granted_absences(staff_no)
        if absence.kind == "mandatory_leave"
    ]
    person = situation.people.get(staff_no)
    return max((when for when in ended if when < day), default=person.employed_from if person else None)


def rotation_due(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Work in a post held without interruption for more than the value of days. Facts: post_code, found, since."""
    most = situation.value("rotation_due", workday.day)
    if most is None:
        return
    for post_code in sorted({situation.post_held(s) for s in workday.stretches if s.kind != "break"}):
        since = held_since(situation, workday.staff_no, post_code, workday.day)
        if since is not None and (found := (workday.day - since).days) > most:
            yield situation.breach(
                "rotation_due",
                day=workday.day,
                staff_no=workday.staff_no,
                subjects=(f"post:{post_code}",),
                post_code=post_code,
                found=found,
                since=since.isoformat(),
            )


def held_since(situation: Situation, staff_no: str, post_code: str, day: date) -> date | None:
    """Since when a post has been held at the branch up to a date, through spans that touch; None = unknown."""
    spans = sorted(
        (h.validity.valid_from or date.min, h.validity.valid_until or date.max)
        for h in situation.problem.bank.post_history
        if h.staff_no == staff_no and h.post_code == post_code and h.branch_code in ("", situation.branch)
    )
    since: date | None = None
    reach = date.min
    for start, end in spans:
        if start > day:
            break
        since = start if since is None or start > reach + timedelta(days=1) else since
        reach = max(reach, end if end < date.max - timedelta(days=1) else date.max - timedelta(days=2))
    return since if since not in (None, date.min) and reach >= day else None
