"""A branch of seven people with two lines, and eight weeks of its arrivals, made from a seed."""

from datetime import date, timedelta

import numpy as np

from bankhall.analytics.chance.durations import Duration
from bankhall.analytics.forecasting.days import Days, days_between
from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.history import build_history
from bankhall.analytics.planning.question import Effort, PlanQuestion
from bankhall.analytics.queueing.fit import Fits, ServiceFit
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan, Promise, Service, Window
from bankhall.kernel.bank.people import Certificate, Person, Post
from bankhall.kernel.bank.roster import Price, Rule
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay
from bankhall.kernel.week import Week

WEEK = Week.parse("2026-W49")
AS_OF = date(2026, 11, 23)
FIRST = AS_OF - timedelta(days=56)

BANK = Bank(
    nodes=(Node("H", "head_office"), Node("R", "region", "H"), Node("B", "branch", "R")),
    calendar=tuple(
        CalendarDay(day, "weekend" if day.isoweekday() > 5 else "workday")
        for day in (FIRST + timedelta(days=n) for n in range(90))
    ),
    opening_hours=tuple(OpeningSpan("B", "personal", weekday, opens=540, closes=1020) for weekday in range(1, 6)),
    services=(
        Service("cash", family="cash", certificates=("counterfeit",), dual_control=True),
        Service("account", family="account"),
    ),
    windows=(
        Window("B", "1", "cash", ("cash",), 2),
        Window("B", "2", "cash", ("cash",), 1),
        Window("B", "3", "open_desk", ("account",)),
    ),
    posts=(
        Post("teller", window_kinds=("cash",), counts_for_presence=True),
        Post("universal_teller", window_kinds=("cash", "open_desk"), counts_for_presence=True),
        Post("authoriser", counts_for_presence=True),
        Post("lobby_manager"),
    ),
    staff=(
        *(Person(f"T{n}", f"T{n}", "B", posts=("teller", "universal_teller")) for n in range(4)),
        Person("A1", "A1", "B", posts=("authoriser",)),
        Person("A2", "A2", "B", posts=("authoriser", "teller")),
        Person("L1", "L1", "B", posts=("lobby_manager",)),
    ),
    certificates=tuple(Certificate(f"T{n}", "counterfeit") for n in range(3)),
    promises=(Promise(wait_minutes=15, share=0.9),),
    rules=(
        Rule("hours_day", 480, "law_control"),
        Rule("hours_week", 2400, "law_control"),
        Rule("two_person_presence", 2, "law_control"),
        Rule("hall_presence", 1, "agreement"),
    ),
    prices=(Price("hour", 6000), Price("missing_half_hour", 9000)),
)


def days(first: date, last: date) -> Days:
    return days_between(
        first,
        last,
        branch_code="B",
        services=BANK.services,
        calendar=BusinessCalendar(BANK.calendar),
        opening=BANK.opening_hours,
    )


def forecast() -> Forecast:
    rng = np.random.default_rng(3)
    known = days(FIRST, AS_OF - timedelta(days=1))
    rows = [
        (service, day, slot, float(rng.poisson(mean)))
        for day in known.dates
        if day.isoweekday() < 6
        for slot in range(18, 34)
        for service, mean in (("cash", 4.0), ("account", 2.0))
    ]
    week = WEEK.days()
    return forecast_branch(build_history("B", rows, known), days(week[0], week[-1]), as_of=AS_OF)


def fit(code: str) -> ServiceFit:
    return ServiceFit(
        service_code=code,
        time=Duration("lognormal", 6.0, 0.8),
        time_n=500,
        time_low=5.8,
        time_high=6.2,
        turnaround_minutes=0.0,
        patience=Duration("exponential", 40.0),
        absent_share=0.0,
        patience_n=500,
        lost_n=50,
        left_out={},
    )


def question(**more: object) -> PlanQuestion:
    told: dict[str, object] = {
        "branch_code": "B",
        "week": WEEK,
        "seed": 7,
        "bank": BANK,
        "forecast": forecast(),
        "fits": Fits((fit("cash"), fit("account")), "seen"),
        "effort": Effort(requirement_days=40, proof_days=60, moves=60_000),
    }
    return PlanQuestion(**{**told, **more})  # type: ignore[arg-type]
