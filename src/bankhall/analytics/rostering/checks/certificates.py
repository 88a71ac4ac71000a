"""Certificates: at a window for its open services, at a duty for the duty. Expired is not held."""

from collections.abc import Iterator

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import WorkDay
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach


def at_windows(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A service that the window gives in that time, without its certificate. Facts: service_code, certificate_code."""
    held = situation.certificates(workday.staff_no, workday.day)
    for stretch in workday.stretches:
        window = situation.windows.get(stretch.code) if stretch.kind == "window" else None
        if window is None or not situation.is_here(stretch):
            continue
        for service in situation.services_at(window, workday.day, (stretch.start, stretch.end)):
            for missing in sorted(set(service.certificates) - held):
                subjects = (f"window:{stretch.code}", f"service:{service.service_code}")
                yield _missing(situation, stretch, missing, subjects, service_code=service.service_code)


def at_duties(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A duty without one of its certificates. Facts: duty_code, certificate_code."""
    held = situation.certificates(workday.staff_no, workday.day)
    for stretch in workday.stretches:
        duty = situation.duties.get(stretch.code) if stretch.kind == "duty" else None
        for missing in sorted(set(duty.certificates) - held) if duty else ():
            yield _missing(situation, stretch, missing, (f"duty:{stretch.code}",), duty_code=stretch.code)


def _missing(
    situation: Situation, stretch: Assignment, certificate: str, subjects: tuple[str, ...], **facts: str | int | float
) -> Breach:
    return situation.breach(
        "certificate_valid",
        day=stretch.business_date,
        staff_no=stretch.staff_no,
        start=stretch.start,
        end=stretch.end,
        subjects=subjects,
        named={"certificate_code": certificate, **facts},
    )
