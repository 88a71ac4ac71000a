"""Who can stand where in a week, for how many hours, and what that leaves short."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bankhall.analytics.lending.balance import standing_people
from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.season.values import RecentWeek
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Person
from bankhall.kernel.week import Week

WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Hand:
    """A person in a week: hours they can work and the posts that they can stand at."""

    staff_no: str
    hours: float
    posts: frozenset[str]


def hands_of(bank: Bank, branch_code: str, week: Week) -> tuple[tuple[Hand, ...], int, int]:
    """Everybody of the branch, the absent person-days, and the open days of the week."""
    opened = [day for day in week.days() if hours_on(bank, branch_code, day).spans]
    hands, absent = [], 0
    for person in bank.staff:
        employed = [day for day in opened if person.employed_on(day)]  # who comes later or has left is not on leave
        there = [day for day in employed if not is_absent(bank, person, day)]
        absent += len(employed) - len(there)
        away = len(opened) - len(there)
        daily = person.hours_week / WORKDAYS
        hours = min(person.hours_week - daily * away, daily * len(there))
        hands.append(Hand(person.staff_no, max(0.0, hours), able_posts(bank, person, week.first_day())))
    return tuple(hands), absent, len(opened)


def is_absent(bank: Bank, person: Person, day: date) -> bool:
    """In a granted absence at noon."""
    noon = datetime.combine(day, time(12))
    return any(
        a.staff_no == person.staff_no and a.state == "granted" and _naive(a.starts_at) <= noon < _naive(a.ends_at)
        for a in bank.absences
    )


def able_posts(bank: Bank, person: Person, day: date, extra: str = "") -> frozenset[str]:
    """Posts of the person; at one with windows, only with every certificate of one of them (`extra` counts as held)."""
    held = {c.certificate_code for c in bank.certificates if c.staff_no == person.staff_no and c.validity.holds(day)}
    held |= {extra} - {""}
    windows = {group.post.post_code: group.windows for group in posts_with_windows(bank)}
    needs = {s.service_code: frozenset(s.certificates) for s in bank.services}
    return frozenset(
        post
        for post in person.posts
        if post not in windows or any(all(needs.get(c, frozenset()) <= held for c in w.services) for w in windows[post])
    )


def short_hours(hands: Sequence[Hand], needed: Mapping[str, float], useful: float) -> dict[str, float]:
    """What nobody can stand: a flow of minutes from people to posts."""
    from ortools.graph.python import max_flow

    posts = [post for post in sorted(needed) if needed[post] > 0]
    network = max_flow.SimpleMaxFlow()
    source, sink, first = 0, 1, 2
    for place, hand in enumerate(hands):
        network.add_arc_with_capacity(source, first + place, round(hand.hours * useful * 60))
        for at, post in enumerate(posts):
            if post in hand.posts:
                network.add_arc_with_capacity(first + place, first + len(hands) + at, 10_000)
    arcs = [
        network.add_arc_with_capacity(first + len(hands) + at, sink, round(needed[post] * 60))
        for at, post in enumerate(posts)
    ]
    if not posts or network.solve(source, sink) != network.OPTIMAL:
        return dict.fromkeys(posts, 0.0)
    return {post: (round(needed[post] * 60) - network.flow(arc)) / 60 for post, arc in zip(posts, arcs, strict=True)}


def useful_share(recent: Sequence[RecentWeek]) -> float:
    """Of the hours worked in the recent published rosters, the part at windows and posts: duties take the rest. 1
    without a roster."""
    rows = [a for one in recent for a in one.roster if a.kind != "break"]
    worked = sum(a.end - a.start for a in rows)
    return sum(a.end - a.start for a in rows if a.kind != "duty") / worked if worked else 1.0


def fit_share(recent: Sequence[RecentWeek]) -> float | None:
    """Of the hours stood in the recent published rosters, the part in which somebody was needed; None without one."""
    stood = met = 0
    for one in (week for week in recent if week.roster):
        step = one.asked.bank.slot_minutes
        standing = standing_people(one.asked.branch_code, one.roster, step)
        stood += sum(standing.values())
        met += sum(min(r.people, standing[(r.business_date, r.slot_start, r.post_code)]) for r in one.simulated)
    return met / stood if stood else None


def _naive(instant: datetime) -> datetime:
    return instant.replace(tzinfo=None) if instant.tzinfo is None else instant.astimezone().replace(tzinfo=None)


def with_one_more(hands: Sequence[Hand], posts: frozenset[str], hours: float) -> tuple[Hand, ...]:
    """The same week with a new person."""
    return (*hands, Hand("", hours, posts))
