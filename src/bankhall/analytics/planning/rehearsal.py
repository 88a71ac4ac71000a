"""A made-up branch of four people, planned and mended once, so that every loop is compiled before anybody waits for it.

Compiling takes half a minute after an upgrade; what is compiled stays on the disk for every process afterwards.
"""

from datetime import datetime, time

import numpy as np

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.forecasting.forecast import Forecast, with_ranges
from bankhall.analytics.forecasting.spread import spread_from
from bankhall.analytics.planning.plan import plan_branch
from bankhall.analytics.planning.question import Effort, PlanAnswer, PlanQuestion
from bankhall.analytics.queueing.fit import Fits, ServiceFit
from bankhall.analytics.rostering.disruption import Disruption
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.replan import Replan, replan
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan, Promise, Service, Window
from bankhall.kernel.bank.people import Absence, Person, Post
from bankhall.kernel.bank.roster import Price, Rule
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.week import Week

WEEK = Week(2026, 49)
SLOTS = range(18, 34)
BANK = Bank(
    nodes=(Node("B", "branch"),),
    calendar=tuple(CalendarDay(day, "workday" if day.isoweekday() < 6 else "weekend") for day in WEEK.days()),
    opening_hours=tuple(OpeningSpan("B", "personal", weekday, opens=540, closes=1020) for weekday in range(1, 6)),
    services=(Service("cash", family="cash"), Service("account", family="account")),
    windows=(
        *(Window("B", str(n), "cash", ("cash",), n) for n in (1, 2, 3)),
        Window("B", "4", "open_desk", ("account",)),
    ),
    posts=(Post("teller", window_kinds=("cash",), counts_for_presence=True), Post("desk", window_kinds=("open_desk",))),
    staff=tuple(Person(f"T{n}", f"T{n}", "B", posts=("teller", "desk")) for n in range(4)),
    promises=(Promise(wait_minutes=15, share=0.9),),
    rules=(Rule("hours_day", 480, "law_control"), Rule("hours_week", 2400, "law_control")),
    prices=(Price("hour", 6000), Price("missing_half_hour", 9000)),
)
EFFORT = Effort(requirement_days=4, proof_days=4, moves=2000)


def rehearse() -> PlanAnswer:
    """The plan of the made-up week; of no interest in itself."""
    return plan_branch(
        PlanQuestion("B", WEEK, 1, BANK, _forecast(), Fits((_fit("account"), _fit("cash")), "seen"), effort=EFFORT)
    )


def rehearse_mending(planned: PlanAnswer) -> Replan:
    """The made-up week after somebody is ill on its first morning."""
    roster, monday = planned.roster.assignments, WEEK.first_day()
    today = datetime.combine(monday, time())
    ill = Absence(roster[0].staff_no, today, datetime.combine(WEEK.days()[1], time()), "sick", "granted")
    problem = RosterProblem("B", WEEK, BANK, planned.requirement.rows)
    return replan(
        problem, roster, Disruption(datetime.combine(monday, time(7, 30)), (ill,)), seed=1, moves=EFFORT.moves
    )


def _forecast() -> Forecast:
    """Eight customers in every open half hour."""
    days, nothing = WEEK.days(), np.zeros((3, 0, 3))
    opened = np.zeros((7, 2, len(SLOTS)), dtype=np.bool_)
    opened[:5] = True
    return with_ranges(
        Forecast(
            "B", days[0], days, ("account", "cash"), SLOTS, 30, opened, np.where(opened, 8.0, 0.0),
            nothing, nothing, nothing,
            (spread_from(nothing, nothing, 1.0),) * 7,
        )
    )  # fmt: skip


def _fit(code: str) -> ServiceFit:
    time, patience = Duration("lognormal", 6.0, 0.8), Duration("exponential", 40.0)
    return ServiceFit(code, time, 0, 6.0, 6.0, 0.0, patience, 0.05, 0, 0, {})
