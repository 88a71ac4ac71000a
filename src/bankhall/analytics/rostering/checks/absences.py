"""Where and when a person may not work at all: granted absences, branches without system rights."""

from collections.abc import Iterator

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import common
from bankhall.analytics.rostering.timesheet import WorkDay
from bankhall.kernel.breach import Breach


def absence(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Work in a granted absence; asked and refused do not bind. Facts: kind."""
    for span, record in situation.absence_spans(workday.staff_no, workday.day):
        for start, end in common(workday.work, span):
            yield situation.breach(
                "absence", day=workday.day, staff_no=workday.staff_no, start=start, end=end, kind=record.kind
            )


def system_rights(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Work at a branch that is neither home nor in the person's system rights. Facts: at_branch_code."""
    person = situation.people.get(workday.staff_no)
    if person is None:
        return
    allowed = {person.branch_code, *person.system_rights}
    for stretch in workday.stretches:
        at = stretch.at_branch_code or stretch.branch_code
        if stretch.kind != "break" and at not in allowed:
            yield situation.breach(
                "system_rights",
                day=workday.day,
                staff_no=workday.staff_no,
                start=stretch.start,
                end=stretch.end,
                at_branch_code=at,
            )
