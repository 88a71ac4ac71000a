"""A year's mandatory leave 强制休假 and rotation 轮岗 as a question: who is due by when, who may not be away together,
and which weeks are out.

Each due one takes one week: of leave, or of handing the post over. A *key post* is one that few hold as their usual
post. Never in one week: two of a key post, one of a key post and somebody who could stand in for them, the last holders
of a certificate. Of any other post a sixth may be away at once, one at least.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from bankhall.analytics.rostering.checks.rotation import held_since, last_mandatory_leave
from bankhall.analytics.rostering.one_person import held_on
from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.bank.people import Person
from bankhall.kernel.week import Week

Kind = Literal["mandatory_leave", "rotation"]
KEY_HOLDERS = 3
"""A post that at most so many hold as their usual one is a key post."""
SHARE_AWAY = 6
"""Of any other post one in so many may be away in the same week."""
LONG_HOLIDAY, RUSH_DAYS = 5, 10
"""Before a holiday of so many dates the branch is busy for so many days."""


@dataclass(frozen=True, slots=True)
class Due:
    """Who must have been on leave, or have left the post, by a date; counted since another."""

    staff_no: str
    kind: Kind
    since: date
    due: date
    post_code: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """One week of one person."""

    staff_no: str
    kind: Kind
    week: Week


@dataclass(frozen=True, slots=True)
class YearProblem:
    """`apart` holds pairs of staff numbers in order; `limits` how many of a group of people may be away at once;
    `barred` weeks that are out for everybody, with the code of why; `away` the weeks in which somebody is granted to be
    away already; `fixed` stands."""

    weeks: tuple[Week, ...]
    dues: tuple[Due, ...]
    apart: frozenset[tuple[str, str]] = frozenset()
    limits: tuple[tuple[frozenset[str], int], ...] = ()
    barred: Mapping[Week, str] = field(default_factory=dict)
    away: Mapping[str, frozenset[Week]] = field(default_factory=dict)
    fixed: tuple[Placed, ...] = ()


def home_of(situation: Situation, day: date) -> tuple[Person, ...]:
    """The branch's own people who are employed on a date."""
    people = (p for p in situation.people.values() if p.branch_code == situation.branch)
    return tuple(sorted((p for p in people if situation.employed(p, day)), key=lambda p: p.staff_no))


def dues_of(situation: Situation, today: date, until: date) -> tuple[Due, ...]:
    """Everybody who falls due up to a date, what is overdue too; leave that is granted ahead counts as taken."""
    found = [due for person in home_of(situation, today) for due in _dues(situation, person, today, until)]
    return tuple(sorted(found, key=lambda due: (due.due, due.staff_no, due.kind)))


def _dues(situation: Situation, person: Person, today: date, until: date) -> Iterator[Due]:
    most = situation.value("mandatory_leave_due", today)
    since = last_mandatory_leave(situation, person.staff_no, until + timedelta(days=1))
    if most is not None and since is not None and since + timedelta(days=most) <= until:
        yield Due(person.staff_no, "mandatory_leave", since, since + timedelta(days=most))
    most = situation.value("rotation_due", today)
    held = ((held_since(situation, person.staff_no, post, today), post) for post in person.posts)
    rotations = sorted((since, post) for since, post in held if since is not None)
    if most is not None and rotations and rotations[0][0] + timedelta(days=most) <= until:
        since, post = rotations[0]
        yield Due(person.staff_no, "rotation", since, since + timedelta(days=most), post)


def apart_of(situation: Situation, today: date) -> frozenset[tuple[str, str]]:
    """Who may not be away together: key posts and those who stand in for them, and the last holders of certificates."""
    home = home_of(situation, today)
    usual = Counter(person.posts[0] for person in home if person.posts)
    key = {post for post, people in usual.items() if people <= KEY_HOLDERS}
    found = {_pair(a.staff_no, b.staff_no) for a, b in combinations(home, 2) if _stand_in(a, b, key)}
    holders = [one.staff_nos for one in held_on(situation, today)]
    found |= {_pair(*names) for names in holders if len(names) == 2}
    alone = sorted({names[0] for names in holders if len(names) == 1})
    return frozenset(found | set(combinations(alone, 2)))


def _stand_in(a: Person, b: Person, key: set[str]) -> bool:
    """Whether one holds as the usual post a key post that the other may hold."""
    return any(one.posts and one.posts[0] in key and one.posts[0] in other.posts for one, other in ((a, b), (b, a)))


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def limits_of(situation: Situation, today: date) -> tuple[tuple[frozenset[str], int], ...]:
    """Of each post that is no key post: who holds it as the usual one, and how many of them may be away at once."""
    groups: dict[str, set[str]] = defaultdict(set)
    for person in home_of(situation, today):
        groups[person.posts[0] if person.posts else ""].add(person.staff_no)
    wide = (groups[post] for post in sorted(groups) if len(groups[post]) > KEY_HOLDERS)
    return tuple((frozenset(people), max(1, len(people) // SHARE_AWAY)) for people in wide)


def peaks_of(situation: Situation, weeks: Iterable[Week]) -> frozenset[Week]:
    """Weeks of a public holiday, or next to one, or in the rush before a long one. An unknown year has none."""
    return frozenset(week for week in weeks if _is_peak(situation, week.first_day()))


def _is_peak(situation: Situation, monday: date) -> bool:
    near = range(-1, 8)
    if any(_holiday(situation, monday + timedelta(days=n)) for n in near):
        return True
    ahead = [_holiday(situation, monday + timedelta(days=n)) for n in range(7, 6 + RUSH_DAYS + LONG_HOLIDAY)]
    return any(all(ahead[n : n + LONG_HOLIDAY]) for n in range(len(ahead) - LONG_HOLIDAY + 1))


def _holiday(situation: Situation, day: date) -> bool:
    return situation.calendar_day(day).kind == "holiday"


def weeks_away(situation: Situation, weeks: Iterable[Week]) -> dict[str, frozenset[Week]]:
    """The weeks in which each person has a granted absence on some date."""
    wanted = tuple(weeks)
    found = {
        name: frozenset(w for w in wanted if any(situation.absence_spans(name, day) for day in w.days()))
        for name in situation.people
        if situation.granted_absences(name)
    }
    return {name: when for name, when in found.items() if when}
