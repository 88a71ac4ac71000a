"""What a day can still bear: whether the people who are there can fill what its busiest half hours require.

A person fills one place at a time, in any post that they may hold: that is a matching, not a subtraction, since a
universal teller may stand in for several posts but for one at a time. Rest days and breaks are the roster's matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Requirement

Need = Mapping[str, int]
"""People required by post, in one half hour."""


@dataclass(frozen=True, slots=True)
class PostDay:
    """One post on one date: who usually holds it and is there, the most required at once, who can still be spared."""

    post_code: str
    people: int
    required: int
    spare: int


def needs_of(rows: Iterable[Requirement]) -> tuple[Need, ...]:
    """The different half hours of a date, those that another one covers left out."""
    by_slot: dict[int, dict[str, int]] = {}
    for row in rows:
        by_slot.setdefault(row.slot_start, {})[row.post_code] = row.people
    distinct = [dict(items) for items in {tuple(sorted(need.items())) for need in by_slot.values()}]
    kept = [n for n in distinct if not any(n is not other and n != other and _covers(other, n) for other in distinct)]
    return tuple(sorted(kept, key=lambda need: sorted(need.items())))


def can_meet(people: Sequence[Person], needs: Iterable[Need]) -> bool:
    """Whether the people fill every one of the half hours."""
    return all(missing(people, need) == 0 for need in needs)


def missing(people: Sequence[Person], need: Need) -> int:
    """How many places of a half hour stay empty, at best."""
    places = [post for post, number in sorted(need.items()) for _ in range(number)]
    taken: dict[int, int] = {}
    return sum(not _place(place, places, people, taken, set()) for place in range(len(places)))


def spare_of(people: Sequence[Person], needs: Sequence[Need], post_code: str) -> int:
    """How many of a post's usual people can be away besides, the least versatile first."""
    left = list(people)
    mine = sorted((p for p in people if p.posts[:1] == (post_code,)), key=lambda p: (len(p.posts), p.staff_no))
    for count, person in enumerate(mine):
        left.remove(person)
        if not can_meet(left, needs):
            return count
    return len(mine)


def post_days(people: Sequence[Person], needs: Sequence[Need]) -> tuple[PostDay, ...]:
    """Every post that is required or held that date, by code."""
    usual = [person.posts[0] for person in people if person.posts]
    posts = sorted({*usual, *(post for need in needs for post in need)})
    most = {post: max((need.get(post, 0) for need in needs), default=0) for post in posts}
    return tuple(PostDay(post, usual.count(post), most[post], spare_of(people, needs, post)) for post in posts)


def there_on(people: Iterable[Person], away: Iterable[str], day: date) -> tuple[Person, ...]:
    """The employed who are not away."""
    gone = frozenset(away)
    return tuple(p for p in people if p.staff_no not in gone and p.employed_on(day))


def _covers(other: Need, need: Need) -> bool:
    return all(other.get(post, 0) >= number for post, number in need.items())


def _place(place: int, places: Sequence[str], people: Sequence[Person], taken: dict[int, int], tried: set[int]) -> bool:
    """One augmenting path: a free person, or one whose place somebody else can fill."""
    for index, person in enumerate(people):
        if index in tried or places[place] not in person.posts:
            continue
        tried.add(index)
        if index not in taken or _place(taken[index], places, people, taken, tried):
            taken[index] = place
            return True
    return False
