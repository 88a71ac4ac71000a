"""A small bank: a region with branches of one cash window and three people each, open on workdays from nine to five."""

from datetime import date

from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan, Promise, Service, Window
from bankhall.kernel.bank.people import Person, Post
from bankhall.kernel.bank.roster import Price, Rule
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.week import Week

WEEK = Week(2026, 49)
MONDAY = WEEK.first_day()
CALENDAR = (
    CalendarDay(date(2026, 1, 1), "holiday", Bilingual("元旦", "New Year"), source="a notice"),
    *(
        CalendarDay(
            day, "workday" if day.isoweekday() < 6 else "weekend", Bilingual("", ""),
            ("pension_day",) if day == date(2026, 12, 1) else (), source="a notice",
        )
        for week in (WEEK.plus(-1), WEEK)
        for day in week.days()
    ),
)  # fmt: skip


def small_bank(
    branches: int = 1, *, rules: tuple[Rule, ...] = (), calendar: tuple[CalendarDay, ...] = CALENDAR
) -> Bank:
    """`branches` of them, B01 on; T101, T102, T103 work at B01, T201 on at B02."""
    codes = [f"B{n:02d}" for n in range(1, branches + 1)]
    return Bank(
        name=Bilingual("试验银行", "Trial Bank"),
        synthetic=True,
        nodes=(
            *(Node(code, "branch", "R01", Bilingual(f"{code}支行", f"Branch {code}")) for code in codes),
            Node("H00", "head_office", "", Bilingual("总行", "Head office")),
            Node("R01", "region", "H00", Bilingual("江州", "Jiangzhou")),
        ),
        calendar=calendar,
        opening_hours=tuple(OpeningSpan("", "personal", weekday, opens=540, closes=1020) for weekday in range(1, 6)),
        services=(Service("cash", Bilingual("现金", "Cash"), family="cash", typical_minutes=6.0),),
        windows=tuple(Window(code, "W1", "cash", ("cash",)) for code in codes),
        posts=(Post("teller", Bilingual("柜员", "Teller"), ("cash",), counts_for_presence=True),),
        staff=tuple(
            Person(f"T{n}0{m}", f"人{n}{m}", code, posts=("teller",))
            for n, code in enumerate(codes, 1)
            for m in (1, 2, 3)
        ),
        promises=(Promise(wait_minutes=15.0, share=0.9),),
        rules=rules,
        prices=(Price("hour", 6000.0), Price("missing_half_hour", 5000.0)),
    )


def law(code: str, value: float) -> Rule:
    """A rule of law and control, from always."""
    return Rule(code, value, "law_control", source="a law", validity=Validity(date(2020, 1, 1)))


def agreed(code: str, value: float) -> Rule:
    """A rule of an agreement."""
    return Rule(code, value, "agreement", source="an agreement", validity=Validity(date(2020, 1, 1)))
