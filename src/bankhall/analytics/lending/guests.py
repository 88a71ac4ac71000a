"""Somebody lent to a branch, among its records: at hand in the time of the loan and at no other."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Absence, Certificate, Person, PostSpan, Protection
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.week import Week

GuestSpan = tuple[date, int, int]


@dataclass(frozen=True, slots=True)
class Guest:
    """A lent person's records and the times of the week at which they are at hand. Of absences only mandatory leave
    and that they are missing today are told: why somebody is away from home is nobody's business elsewhere."""

    person: Person
    spans: tuple[GuestSpan, ...]
    certificates: tuple[Certificate, ...] = ()
    protections: tuple[Protection, ...] = ()
    post_history: tuple[PostSpan, ...] = ()
    absences: tuple[Absence, ...] = ()


def guest_of(bank: Bank, staff_no: str, spans: Iterable[GuestSpan]) -> Guest:
    """A person of a bank's records as a guest elsewhere."""
    person = next(p for p in bank.staff if p.staff_no == staff_no)
    return Guest(
        person,
        tuple(sorted(spans)),
        tuple(c for c in bank.certificates if c.staff_no == staff_no),
        tuple(p for p in bank.protections if p.staff_no == staff_no),
        tuple(h for h in bank.post_history if h.staff_no == staff_no),
        tuple(a for a in bank.absences if a.staff_no == staff_no and a.kind in ("mandatory_leave", "missing")),
    )


def spans_of(rows: Iterable[Assignment], staff_no: str) -> tuple[GuestSpan, ...]:
    """From the first to the last minute of each date on which a guest stands here."""
    mine = [row for row in rows if row.staff_no == staff_no and row.kind != "break"]
    return tuple(
        (day, min(r.start for r in mine if r.business_date == day), max(r.end for r in mine if r.business_date == day))
        for day in sorted({row.business_date for row in mine})
    )


def with_guests(bank: Bank, guests: Iterable[Guest], week: Week) -> Bank:
    """The branch's records with its guests of a week; the rest of that week they are elsewhere, which rules know.

    Whoever was its guest already is brought in anew with all times."""
    some = tuple(guests)
    bank = _without(bank, {g.person.staff_no for g in some})
    return replace(
        bank,
        staff=(*bank.staff, *(g.person for g in some)),
        certificates=(*bank.certificates, *(c for g in some for c in g.certificates)),
        protections=(*bank.protections, *(p for g in some for p in g.protections)),
        post_history=(*bank.post_history, *(h for g in some for h in g.post_history)),
        absences=(*bank.absences, *(a for g in some for a in (*g.absences, *_elsewhere(g, week)))),
    )


def _without(bank: Bank, names: Collection[str]) -> Bank:
    if all(person.staff_no not in names for person in bank.staff):
        return bank
    return replace(
        bank,
        staff=tuple(r for r in bank.staff if r.staff_no not in names),
        certificates=tuple(r for r in bank.certificates if r.staff_no not in names),
        protections=tuple(r for r in bank.protections if r.staff_no not in names),
        post_history=tuple(r for r in bank.post_history if r.staff_no not in names),
        absences=tuple(r for r in bank.absences if r.staff_no not in names),
    )


def _elsewhere(guest: Guest, week: Week) -> list[Absence]:
    days = week.days()
    edges = [_at(days[0], 0)]
    for day, start, end in guest.spans:
        edges += [_at(day, start), _at(day, end)]
    edges.append(_at(days[-1], 0) + timedelta(days=1))
    away = zip(edges[::2], edges[1::2], strict=True)
    return [Absence(guest.person.staff_no, a, b, "elsewhere", "granted") for a, b in away if a < b]


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)
