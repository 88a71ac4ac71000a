"""The rosters of the weeks that are over: written by a plain rotation, as a branch without Bankhall would.

Not by the product's own search: the past must not look as if the future had already been invented.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bankhall.kernel.bank.branch import Window
from bankhall.kernel.bank.people import Person
from bankhall.kernel.week import Week

Spans = tuple[tuple[int, int], ...]
COUNTER = ("teller", "universal_teller", "authoriser")
MIDWEEK = (2, 3, 4)
LONG_DAY = 360
POOL_POSTS = {"cash": "teller", "open_desk": "universal_teller", "adviser": "relationship_manager"}


class Stretch(NamedTuple):
    """One row of a roster, in minutes from local midnight."""

    staff_no: str
    day: date
    start: int
    end: int
    kind: str
    code: str
    post_code: str


@dataclass(frozen=True, slots=True)
class Roll:
    """What the rotation looks at: a branch's people, windows, opening by date, and who is away when."""

    people: tuple[Person, ...]
    windows: tuple[Window, ...]
    opening: Mapping[date, Spans]
    away: frozenset[tuple[str, date]]


def week_roster(roll: Roll, week: Week) -> list[Stretch]:
    """Everybody's week: five days of work at most, Saturdays in turn, days off in the middle of the week."""
    works = _working_days(roll, week)
    return [row for day in week.days() if roll.opening.get(day) for row in _day_roster(roll, day, works[day])]


def _working_days(roll: Roll, week: Week) -> dict[date, list[Person]]:
    opened = [day for day in week.days() if roll.opening.get(day)]
    chosen = {person.staff_no: _days_of(roll, person, opened, week) for person in roll.people}
    works = {day: [p for p in roll.people if day in chosen[p.staff_no]] for day in opened}
    for day in opened:
        _enough(roll, day, works)
    return works


def _days_of(roll: Roll, person: Person, opened: list[date], week: Week) -> set[date]:
    if person.employed_from and person.employed_from > week.days()[-1]:
        return set()
    mates = [p.staff_no for p in roll.people if p.posts[0] == person.posts[0]]
    place, turn = mates.index(person.staff_no), week.first_day().toordinal() // 7
    if len(mates) == 1:
        place = roll.people.index(person)
    free = [day for day in opened if (person.staff_no, day) not in roll.away]
    weekend = [d for d in free if d.isoweekday() > 5 and _in_turn(place + turn + d.isoweekday(), len(mates))]
    days = [d for d in free if d.isoweekday() <= 5]
    order = [MIDWEEK[(place + turn + n) % 3] for n in range(3)]
    for weekday in order:
        if len(days) + len(weekend) > 5:
            days = [d for d in days if d.isoweekday() != weekday]
    return {*days, *weekend}


def _in_turn(number: int, mates: int) -> bool:
    """Whether it is one's turn for a weekend day: about two in five."""
    return number % 2 == 0 if mates == 1 else number % mates < max(1, round(0.4 * mates))


def _enough(roll: Roll, day: date, works: dict[date, list[Person]]) -> None:
    """At least three who count for presence (four on a long day), taken from those with the fewest days."""
    least = 4 if _length(roll.opening[day]) > LONG_DAY else 3
    counting = [p for p in roll.people if p.posts[0] in COUNTER and (p.staff_no, day) not in roll.away]
    while sum(p.posts[0] in COUNTER for p in works[day]) < least:
        spare = [p for p in counting if p not in works[day] and _count(works, p) < 6 and _hired(p, day)]
        if not spare:
            return
        works[day].append(min(spare, key=lambda p: (_count(works, p), p.staff_no)))


def _hired(person: Person, day: date) -> bool:
    return person.employed_from is None or person.employed_from <= day


def _count(works: Mapping[date, list[Person]], person: Person) -> int:
    return sum(person in people for people in works.values())


def _length(spans: Spans) -> int:
    return spans[-1][1] - spans[0][0]


def _day_roster(roll: Roll, day: date, present: list[Person]) -> list[Stretch]:
    people = sorted((p for p in present if _hired(p, day)), key=lambda p: p.staff_no)
    turned = people[day.toordinal() % len(people) :] + people[: day.toordinal() % len(people)] if people else []
    places = _places(roll, turned)
    duties = _duties(roll.opening[day], day, turned)
    return [
        row
        for at, person in enumerate(turned)
        for row in _person_day(roll.opening[day], day, person, places[person.staff_no], _own(duties, person), at)
    ]


class Place(NamedTuple):
    """Where somebody stands: kind and code as in a roster, the post held, and the rank within the line."""

    kind: str
    code: str
    post_code: str
    rank: int


def _places(roll: Roll, people: list[Person]) -> dict[str, Place]:
    posts = {p.staff_no: p.posts[0] for p in people}
    for kind in POOL_POSTS:
        _man(kind, people, posts)
    places: dict[str, Place] = {}
    for kind, post in POOL_POSTS.items():
        free = [w.window_code for w in roll.windows if w.kind == kind]
        for rank, person in enumerate(p for p in people if posts[p.staff_no] == post):
            held = ("window", free[rank]) if rank < len(free) else ("post", post)
            places[person.staff_no] = Place(*held, post, rank)
    rest = [p for p in people if p.staff_no not in places]
    places.update({p.staff_no: Place("post", posts[p.staff_no], posts[p.staff_no], n) for n, p in enumerate(rest)})
    return places


def _man(kind: str, people: list[Person], posts: dict[str, str]) -> None:
    """A line that nobody mans today gets somebody who may, from a line that can spare them."""
    post = POOL_POSTS[kind]
    if post in posts.values():
        return
    able = [p for p in people if post in p.posts and list(posts.values()).count(posts[p.staff_no]) > 1]
    able += [p for p in people if post in p.posts and p.posts[0] == "branch_manager"]
    if able:
        posts[able[0].staff_no] = post


class Task(NamedTuple):
    """A duty given to one person."""

    staff_no: str
    start: int
    end: int
    code: str


def _own(duties: Iterable[Task], person: Person) -> list[Task]:
    return sorted((t for t in duties if t.staff_no == person.staff_no), key=lambda t: t.start)


def _duties(opening: Spans, day: date, people: list[Person]) -> list[Task]:
    opens, closes = opening[0][0], opening[-1][1]
    counter = [p.staff_no for p in people if p.posts[0] in COUNTER]
    hall = [p.staff_no for p in people if p.posts[0] not in COUNTER]
    openers, closers = counter[:2], counter[-2:]
    tasks = [Task(name, opens - 30, opens - 15, "opening") for name in openers]
    tasks += [Task(name, opens - 15, opens, "cash_box_morning") for name in openers]
    tasks += [Task(name, closes, closes + 15, "balancing") for name in closers]
    tasks += [Task(name, closes + 15, closes + 30, "cash_box_evening") for name in closers]
    if day.isoweekday() == 1:
        tasks += [Task(name, opens - 15, opens, "morning_meeting") for name in hall[:2]]
    if day.isoweekday() == 5:
        others = [*hall, *(n for n in counter if n not in closers)]
        tasks += [Task(name, closes, closes + 15, "vault") for name in others[:2]]
    walkers = [p.staff_no for p in people if p.posts[0] in ("lobby_manager", "relationship_manager", "branch_manager")]
    tasks += [Task(name, 630, 660, "patrol") for name in walkers[:1]]
    if day.isoweekday() in (2, 5) and closes > 870:
        loaders = [name for name in (*hall[1:], *counter) if name not in walkers[:1]]
        tasks += [Task(name, 840, 870, "atm_loading") for name in loaders[:2]]
    return tasks


def _person_day(  # noqa: PLR0917
    opening: Spans, day: date, person: Person, place: Place, tasks: list[Task], at: int
) -> list[Stretch]:
    """Duties, the place, and the break, cut so that nothing overlaps."""
    name, opens, closes = person.staff_no, opening[0][0], opening[-1][1]
    pause = _pause(opening, place, at)
    rows = [Stretch(name, day, t.start, t.end, "duty", t.code, place.post_code) for t in tasks]
    if pause:
        rows.append(Stretch(name, day, *pause, "break", "", ""))
    edge = opens
    for busy in sorted([r for r in rows if opens <= r.start < closes], key=lambda r: r.start):
        if busy.start > edge:
            rows.append(Stretch(name, day, edge, busy.start, place.kind, place.code, place.post_code))
        edge = max(edge, busy.end)
    if edge < closes:
        rows.append(Stretch(name, day, edge, closes, place.kind, place.code, place.post_code))
    return sorted(rows, key=lambda r: r.start)


def _pause(opening: Spans, place: Place, at: int) -> tuple[int, int] | None:
    """The branch's own lunch closing, or an hour between 11:00 and 14:00 in turn; none on a short day."""
    if len(opening) > 1:
        return opening[0][1], opening[1][0]
    if _length(opening) <= LONG_DAY:
        return None
    start = 660 + 60 * ((place.rank + (at % 2 if place.kind == "post" else 0)) % 3)
    return start, start + 60
