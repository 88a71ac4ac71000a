"""Leave, mandatory leave, sickness and training: in the past, and in the week that is to be planned."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import numpy as np

from bankhall.analytics.chance.streams import stream
from bankhall.data.synthetic.characters import MARKET
from bankhall.data.synthetic.outline import Outline, Site
from bankhall.kernel.bank.people import Absence, AbsenceKind, AbsenceState, Person

Taken = Counter[tuple[str, date]]
WEEKS_BETWEEN_LEAVES = 52


def absences(outline: Outline, site: Site, staff: tuple[Person, ...]) -> tuple[Absence, ...]:
    """All absences of a branch. Of a post's people at most one in three is away on the same date."""
    rng = stream(outline.seed, "absences", site.number)
    taken: Taken = Counter()
    found: list[Absence] = []
    for place, person in enumerate(staff):
        found += _mandatory(outline, site, person, place)
    for absence in found:
        _take(taken, staff, absence)
    for person in staff:
        found += _ordinary(outline, site, rng, person, staff, taken)
    return tuple(sorted((*found, *_planned(outline, site, staff)), key=lambda a: (a.starts_at, a.staff_no)))


def _whole_days(staff_no: str, first: date, days: int, kind: AbsenceKind, state: AbsenceState = "granted") -> Absence:
    return Absence(
        staff_no, datetime.combine(first, time()), datetime.combine(first + timedelta(days=days), time()), kind, state
    )


def _mandatory(outline: Outline, site: Site, person: Person, place: int) -> list[Absence]:
    """A Monday to Friday within the last year and one the year before, spread over the weeks, so that nobody is overdue
    only because records begin late; one person of every third branch is overdue."""
    weeks_ago = 4 + (place * 5 + site.number * 3) % 44
    if site.number % 3 == 0 and place == 2:
        weeks_ago = 60
    mondays = [outline.planned_week.plus(-weeks).first_day() for weeks in (weeks_ago, weeks_ago + WEEKS_BETWEEN_LEAVES)]
    return [
        _whole_days(person.staff_no, monday, 5, "mandatory_leave")
        for monday in mondays
        if person.employed_from is None or monday >= person.employed_from
    ]


def _ordinary(  # noqa: PLR0917
    outline: Outline, site: Site, rng: np.random.Generator, person: Person, staff: tuple[Person, ...], taken: Taken
) -> list[Absence]:
    """Two leaves, some sick days and a training day a year, where the post can spare the person."""
    year = ((outline.last - outline.first).days + 1) / 365.25
    wanted: list[tuple[AbsenceKind, int]] = []
    wanted += [("leave", int(rng.integers(2, 6))) for _ in range(int(rng.poisson(2.0 * year)))]
    wanted += [("sick", int(rng.integers(1, 3))) for _ in range(int(rng.poisson(1.5 * year)))]
    wanted += [("training", 1) for _ in range(int(rng.poisson(1.0 * year)))]
    found: list[Absence] = []
    span = max(1, (outline.last - outline.first).days - 6)
    for kind, days in wanted:
        absence = _whole_days(person.staff_no, outline.first + timedelta(days=int(rng.integers(0, span))), days, kind)
        if _spare(site, person, absence, taken):
            _take(taken, staff, absence)
            found.append(absence)
    return found


def _dates(absence: Absence) -> list[date]:
    days = (absence.ends_at - absence.starts_at).days
    return [absence.starts_at.date() + timedelta(days=n) for n in range(days)]


def _post(staff: tuple[Person, ...], staff_no: str) -> str:
    return next(p.posts[0] for p in staff if p.staff_no == staff_no)


def _take(taken: Taken, staff: tuple[Person, ...], absence: Absence) -> None:
    for day in _dates(absence):
        taken[_post(staff, absence.staff_no), day] += 1
        taken[absence.staff_no, day] += 1


def _spare(site: Site, person: Person, absence: Absence, taken: Taken) -> bool:
    most = max(1, site.character.people[person.posts[0]] // 3)
    early = person.employed_from is not None and absence.starts_at.date() < person.employed_from
    return not early and all(
        taken[person.posts[0], day] < most and not taken[person.staff_no, day] for day in _dates(absence)
    )


def _planned(outline: Outline, site: Site, staff: tuple[Person, ...]) -> list[Absence]:
    """The week to plan: a granted leave at some branches, a request, and the market's Saturday that cannot work."""
    monday = outline.planned_week.first_day()
    if site.character.name_zh == MARKET:
        return _market_week(monday, staff)
    found: list[Absence] = []
    if site.number % 3 == 1:
        found.append(_whole_days(staff[3].staff_no, monday + timedelta(days=2), 2, "leave"))
    if site.number % 4 == 2:
        found.append(_whole_days(staff[-2].staff_no, monday + timedelta(days=3), 1, "training"))
    found.append(_whole_days(staff[-3].staff_no, monday + timedelta(days=11), 3, "leave", "asked"))
    return found


def _market_week(monday: date, staff: tuple[Person, ...]) -> list[Absence]:
    """Of those who count as one of two, all but one are away on the Saturday."""
    counting = [p for p in staff if {"teller", "universal_teller", "authoriser"} & set(p.posts)]
    on_leave = [p for p in counting if p.name in ("孟涛", "吕洁")]
    others = [p for p in counting if p not in on_leave]
    saturday = monday + timedelta(days=5)
    leaves = [_whole_days(p.staff_no, monday + timedelta(days=3), 3, "leave") for p in on_leave]
    return [*leaves, *(_whole_days(p.staff_no, saturday, 1, "training") for p in others[1:])]
