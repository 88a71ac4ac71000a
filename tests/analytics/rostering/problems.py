"""Branches to roster: a realistic one of any size, and a bare one to which a test adds the rule that it is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np

from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan, Service, Window
from bankhall.kernel.bank.people import Certificate, Person, Post
from bankhall.kernel.bank.roster import Assignment, Duty, Price, Requirement, Rule, Wish
from bankhall.kernel.breach import RuleClass
from bankhall.kernel.week import Week

WEEK = Week(2026, 10)
MONDAY = WEEK.first_day()
BRANCH = "B01"

POSTS = (
    Post("teller", window_kinds=("cash",), counts_for_presence=True, incompatible_with=("authoriser",)),
    Post("universal_teller", window_kinds=("cash", "open_desk"), counts_for_presence=True),
    Post("authoriser", counts_for_presence=True),
    Post("lobby_manager"),
    Post("relationship_manager", window_kinds=("adviser",)),
)

SERVICES = (
    Service("cash", family="cash", certificates=("anti_counterfeit",)),
    Service("account", family="account"),
    Service("corporate", segment="corporate", family="corporate"),
    Service("wealth", family="wealth", certificates=("fund",)),
)

PRICES = (
    Price("hour", 6000),
    Price("hour", 7500, "relationship_manager"),
    Price("hour", 7000, "authoriser"),
    Price("overtime_factor_workday", 1.5),
    Price("overtime_factor_restday", 2.0),
    Price("overtime_factor_holiday", 3.0),
    Price("missing_half_hour", 15000),
    Price("missing_half_hour", 9000, "lobby_manager"),
    Price("unmet_wish", 8000),
    Price("lent_day", 10000),
    Price("changed_shift", 5000),
)


def law(code: str, value: float, kind: RuleClass = "law_control") -> Rule:
    """One rule of every branch."""
    return Rule(code, value, kind)


RULES = (
    law("hours_day", 480),
    law("hours_week", 2400),
    law("overtime_day", 180),
    law("overtime_month", 2160),
    law("hours_week_average", 2640),
    law("average_weeks", 4),
    law("rest_days_in_seven", 1),
    law("two_person_presence", 2),
    law("opening_pair", 2),
    law("closing_pair", 2),
    law("incompatible_duties", 1),
    law("probation_not_alone", 1),
    law("nursing_minutes", 60),
    law("no_overtime_protected", 1),
    law("rest_between_shifts", 660),
    law("consecutive_days", 6, "agreement"),
    law("break_after", 300, "agreement"),
    law("break_minutes", 60, "agreement"),
    law("break_earliest", 660, "agreement"),
    law("break_latest", 840, "agreement"),
    law("split_shift", 1, "agreement"),
    law("saturdays_quarter", 2, "agreement"),
    law("lunches_quarter", 8, "agreement"),
    law("wish", 1, "wish"),
)

DUTIES = (
    Duty("opening", relative_to="opening", earliest=-30, latest=-30, minutes=30, people=2, away_from_window=False),
    Duty("cash_box_out", relative_to="opening", earliest=-30, latest=-15, minutes=15, people=2, posts=("teller",)),
    Duty("balancing", relative_to="closing", earliest=0, latest=0, minutes=30, people=2, away_from_window=False),
    Duty("cash_box_in", relative_to="closing", earliest=0, latest=15, minutes=15, people=1, posts=("teller",),
         different_from=("cash_box_out",)),
    Duty("patrol", relative_to="clock", earliest=840, latest=900, minutes=30, people=1),
)  # fmt: skip


def opening(days: Iterable[int], *spans: tuple[int, int], segment: str = "personal") -> tuple[OpeningSpan, ...]:
    """Spans of opening on weekdays of every branch."""
    return tuple(OpeningSpan("", segment, weekday=d, opens=a, closes=b) for d in days for a, b in spans)  # type: ignore[arg-type]


def windows(cash: int = 5, advisers: int = 2) -> tuple[Window, ...]:
    """Cash windows, the last of them the first to close, and advisers' desks."""
    gives = ("cash", "account", "corporate")
    counters = [Window(BRANCH, f"C{n}", "cash", gives, cash - n + 1) for n in range(1, cash + 1)]
    return (*counters, *(Window(BRANCH, f"A{n}", "adviser", ("wealth",), n) for n in range(1, advisers + 1)))


def people(count: int) -> tuple[Person, ...]:
    """Half tellers, some universal, authorisers, a lobby manager or two, advisers."""
    some, hall, adviser = ("teller", "lobby_manager"), ("lobby_manager", "teller"), ("relationship_manager",)
    both = ("universal_teller", "teller", "lobby_manager")
    teller, chief = ("teller",), ("authoriser",)
    helping = (*chief, "lobby_manager")
    mix = (some, teller, both, both[1::-1], chief, hall, adviser, teller, helping, some, (*adviser, hall[0]), teller)
    return tuple(Person(f"S{n:03d}", f"S{n:03d}", BRANCH, posts=mix[n % len(mix)]) for n in range(count))


def certificates(staff: Iterable[Person]) -> tuple[Certificate, ...]:
    """Everybody may handle cash; advisers may sell funds."""
    return tuple(
        Certificate(p.staff_no, code)
        for p in staff
        for code in ("anti_counterfeit", *(("fund",) if "relationship_manager" in p.posts else ()))
    )


def bank(staff: tuple[Person, ...], **changes: object) -> Bank:
    """Monday to Friday 9-17, Saturday 10-16."""
    base = Bank(
        nodes=(Node(BRANCH, "branch"),),
        opening_hours=(
            *opening(range(1, 6), (540, 1020)),
            *opening((6,), (600, 960)),
            *opening(range(1, 6), (540, 690), (810, 990), segment="corporate"),
        ),
        services=SERVICES,
        windows=windows(),
        posts=POSTS,
        staff=staff,
        certificates=certificates(staff),
        duties=DUTIES,
        rules=RULES,
        prices=PRICES,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def requirement(days: Iterable[date], seed: int, tellers: float) -> tuple[Requirement, ...]:
    """Two humps a day for tellers, one lobby manager, an adviser or two."""
    rng = np.random.default_rng(seed)
    rows = []
    for day in days:
        start, end = (600, 960) if day.isoweekday() == 6 else (540, 1020)
        level = tellers * rng.uniform(0.75, 1.15) * (0.7 if day.isoweekday() == 6 else 1)
        for slot in range(start, end, 30):
            hump = 0.75 + 0.4 * np.exp(-(((slot - 630) / 60) ** 2)) + 0.3 * np.exp(-(((slot - 890) / 60) ** 2))
            need = max(1, round(level * hump + rng.normal(0, 0.3)))
            rows.append(Requirement(BRANCH, day, slot, "teller", min(5, need), 1))
            rows.append(Requirement(BRANCH, day, slot, "lobby_manager", 1))
            if 570 <= slot < 960:
                rows.append(Requirement(BRANCH, day, slot, "relationship_manager", 1))
    return tuple(rows)


def realistic(count: int = 12, seed: int = 1, **changes: object) -> RosterProblem:
    """A branch with so many people; everything is present, nothing is too tight."""
    staff = people(count)
    rng = np.random.default_rng(seed)
    wishes = tuple(
        Wish(p.staff_no, WEEK.days()[int(rng.integers(6))], ("off", "early", "late")[int(rng.integers(3))])
        for p in staff[::2]
    )
    need = requirement(WEEK.days()[:6], seed, tellers=count / 4.2)
    problem = RosterProblem(BRANCH, WEEK, bank(staff, wishes=wishes), need)
    return replace(problem, **changes)  # type: ignore[arg-type]


def bare(staff: tuple[Person, ...], *, rules: Iterable[Rule] = (), **changes: object) -> RosterProblem:
    """Monday to Friday 9-17 without duties or rules but those given."""
    parts = {"opening_hours": opening(range(1, 6), (540, 1020)), "duties": (), "rules": tuple(rules)}
    need = changes.pop("requirement", ())
    rest = {key: changes.pop(key) for key in ("past", "locked") if key in changes}
    return RosterProblem(BRANCH, WEEK, bank(staff, **{**parts, **changes}), need, **rest)  # type: ignore[arg-type]


def at(
    staff_no: str,
    day: int,
    start: int,
    end: int,
    kind: str = "post",
    code: str = "teller",
    post: str = "teller",
    **more: object,
) -> Assignment:
    """One stretch; day 0 is the Monday of the week, negative days lie before it."""
    when = date.fromordinal(MONDAY.toordinal() + day)
    if kind == "break":
        code = post = ""
    return Assignment(BRANCH, staff_no, when, start, end, kind, code, post, **more)  # type: ignore[arg-type]
