"""What customers will wait under a roster: each day simulated over many days drawn from the forecast.

The draws are not those that sized the requirement, so that the proof does not flatter it. Ranges are over such days.
"""

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.forecasting.draws import draw_days
from bankhall.analytics.planning.halls import manned_services
from bankhall.analytics.planning.hours import DayHours, hours_on
from bankhall.analytics.planning.models import on_day, service_models
from bankhall.analytics.planning.question import PlanQuestion, ProofRow
from bankhall.analytics.queueing.hall import Hall, PersonSpan
from bankhall.analytics.queueing.measures import Measured, measure
from bankhall.analytics.queueing.simulate import simulate
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment

PROVED = ("arrivals", "wait_p50", "wait_p90", "kept_share", "left_share")


def prove_week(question: PlanQuestion, assignments: Iterable[Assignment]) -> tuple[ProofRow, ...]:
    """The proof of every open day."""
    standing = tuple(assignments)
    rows: list[ProofRow] = []
    for index, day in enumerate(question.week.days()):
        hours = hours_on(question.bank, question.branch_code, day)
        if hours.spans:
            today = tuple(a for a in standing if a.business_date == day)
            rows += prove_day(question, index, hours, today)
    return tuple(rows)


def prove_day(
    question: PlanQuestion, index: int, hours: DayHours, assignments: tuple[Assignment, ...]
) -> list[ProofRow]:
    """One day's rows, per service and slot, for the day, and for the hall as a whole."""
    hall = hall_of(question, hours, people_at_windows(question, question.bank, hours.date, assignments))
    measured = measure(simulate(hall, proof_counts(question, index, hours), seed=question.seed))
    return [row for item in measured for row in _rows(question.branch_code, hours.date, item)]


def hall_of(question: PlanQuestion, hours: DayHours, people: tuple[PersonSpan, ...]) -> Hall:
    """A date's hall with these people at its windows."""
    return Hall(
        services=service_models(question.bank, question.branch_code, question.fits, hours.date),
        people=people,
        start_minute=hours.starts[0],
        slot_minutes=hours.slot_minutes,
        slots=len(hours.starts),
        closes=tuple(float(end) for _, end in hours.spans),
        leaving=question.fits.leaving,
    )


def proof_counts(question: PlanQuestion, index: int, hours: DayHours) -> NDArray[np.int64]:
    """Days of a date drawn from the forecast [day, service, slot]: not those that sized the requirement."""
    codes = tuple(service.service_code for service in manned_services(question.bank))
    rng = stream(question.seed, question.branch_code, str(question.week), "proof", index)
    drawn = draw_days(question.forecast, index, question.effort.proof_days, rng)
    return on_day(question.forecast, drawn, codes, hours).astype(np.int64)


def people_at_windows(
    question: PlanQuestion, bank: Bank, day: date, assignments: Iterable[Assignment]
) -> tuple[PersonSpan, ...]:
    """Who stands where by the records of `bank`, how quick they are, and with which services: those of the window for
    which the person holds every certificate that day."""
    needs = {s.service_code: frozenset(s.certificates) for s in bank.services}
    carried = {w.window_code: w.services for w in bank.windows}
    spans = []
    for stretch in sorted(assignments, key=lambda a: (a.start, a.staff_no)):
        if stretch.kind == "window" and stretch.at_branch_code in ("", question.branch_code):
            held = {
                c.certificate_code
                for c in bank.certificates
                if c.staff_no == stretch.staff_no and c.validity.holds(day)
            }
            services = tuple(c for c in carried.get(stretch.code, ()) if needs.get(c, frozenset()) <= held)
            speed = question.speeds.get(stretch.staff_no, 1.0)
            spans.append(PersonSpan(stretch.staff_no, stretch.start, stretch.end, services, speed))
    return tuple(spans)


def _rows(branch_code: str, day: date, item: Measured) -> list[ProofRow]:
    start = None if item.start_minute is None else int(item.start_minute)
    return [
        ProofRow(branch_code, item.service_code, day, start, name, s.value, s.p05, s.p10, s.p90, s.p95)
        for name, s in ((name, item.measures[name]) for name in PROVED)
    ]
