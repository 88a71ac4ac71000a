"""The hall from a minute of the day on: who stands in line, who is served, who may still come. The same customers
whoever sits at the windows, so that what a change saves is the change's own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import gcd

import numpy as np

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.forecasting.draws import draw_days
from bankhall.analytics.planning.during_day.values import Moment
from bankhall.analytics.planning.hours import DayHours
from bankhall.analytics.planning.models import on_day
from bankhall.analytics.planning.proof import hall_of, people_at_windows
from bankhall.analytics.planning.question import PlanQuestion
from bankhall.analytics.queueing.customers import Counts, Customers, draw_customers
from bankhall.analytics.queueing.hall import Booking, Hall, PersonSpan
from bankhall.analytics.queueing.simulate import Records, run_hall
from bankhall.kernel.bank.roster import Assignment

TICK = 5


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The hall without people, the customers of every replication, and when each busy person is free again."""

    question: PlanQuestion
    hall: Hall
    customers: Customers
    free_again: dict[str, float]

    def run(self, rows: Iterable[Assignment], extra: tuple[PersonSpan, ...] = ()) -> Records:
        """The rest of the day under a plan's people, and those from outside."""
        day = self.question.forecast.business_dates[0]
        planned = people_at_windows(self.question, self.question.bank, day, rows)
        spans = [replace(span, start=self._from(span)) for span in (*planned, *extra)]
        people = tuple(span for span in spans if span.start < span.end)
        return run_hall(replace(self.hall, people=people), self.customers)

    def _from(self, span: PersonSpan) -> float:
        """Nobody is called before now, and who serves somebody finishes first."""
        now = float(self.hall.start_minute)
        return max(span.start, self.free_again.get(span.person, now) if span.start <= now else now)


def tick_of(slot_minutes: int) -> int:
    """The grid on which the rest of a day begins: five minutes, where slots can be cut so."""
    return gcd(TICK, slot_minutes)


def scene_of(question: PlanQuestion, moment: Moment, hours: DayHours) -> Scene | None:
    """The rest of `question.forecast`'s one date, which was updated before; None when the branch has closed."""
    tick = tick_of(hours.slot_minutes)
    start = max(moment.minute // tick * tick, hours.starts[0])
    if start >= hours.spans[-1][1]:
        return None
    bare = hall_of(question, hours, ())
    counts = _counts(question, hours, bare.codes(), start, tick)
    waiting = tuple(
        Booking(one.service_code, min(one.minute, start - 1e-6)) for one in moment.waiting
        if one.service_code in bare.codes()
    )  # fmt: skip
    hall = replace(
        bare, start_minute=start, slot_minutes=tick, slots=counts.shape[2], bookings=waiting,
        closes=tuple(end for end in bare.closes if end > start),
    )  # fmt: skip
    hall.check()
    customers = _still_patient(draw_customers(hall, counts, seed=question.seed), start)
    services = {model.code: model for model in hall.services}
    free = {
        one.staff_no: start + _left_of(services[one.service_code].time.mean, services[one.service_code].time.cv)
        for one in moment.busy if one.service_code in services
    }  # fmt: skip
    return Scene(question, hall, customers, free)


def _counts(question: PlanQuestion, hours: DayHours, codes: tuple[str, ...], start: int, tick: int) -> Counts:
    """Arrivals by tick [day, service, tick] from `start` on; those of a half hour fall evenly on its ticks."""
    rng = stream(question.seed, question.branch_code, hours.date.isoformat(), "during the day", start)
    parts = hours.slot_minutes // tick
    drawn = draw_days(question.forecast, 0, question.effort.proof_days, rng)
    slots = on_day(question.forecast, drawn, codes, hours).astype(np.int64)
    ticks = rng.multinomial(slots, [1.0 / parts] * parts)
    whole = ticks.reshape(*slots.shape[:2], -1)
    return np.ascontiguousarray(whole[:, :, (start - hours.starts[0]) // tick :])


def _still_patient(customers: Customers, start: float) -> Customers:
    """Who stands in line has not lost patience yet: what is left is drawn as if it began now, which is exact where
    patience has no memory."""
    stood = np.maximum(start - customers.arrived, 0.0)
    return customers._replace(patience=customers.patience + stood, absent=customers.absent & (stood <= 0))


def _left_of(mean: float, cv: float) -> float:
    """Mean minutes left of a service that somebody walks in on: m(1 + cv²)/2."""
    return mean * (1.0 + cv * cv) / 2.0
