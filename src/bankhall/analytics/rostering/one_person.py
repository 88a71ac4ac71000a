"""Certificates that a branch's windows and duties ask for, and who holds them: one holder away is a service shut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bankhall.analytics.rostering.situation import Situation


@dataclass(frozen=True, slots=True)
class Held:
    """A needed certificate, and who of the branch holds it on a date."""

    certificate_code: str
    staff_nos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thin:
    """A needed certificate that one person alone holds, from a date to a date."""

    certificate_code: str
    staff_no: str
    first: date
    last: date


def needed_certificates(situation: Situation) -> tuple[str, ...]:
    """What the services of the branch's windows and its duties ask for."""
    given = {code for window in situation.windows.values() for code in window.services}
    services = (situation.services[code].certificates for code in given if code in situation.services)
    duties = (duty.certificates for duty in situation.duties.values())
    return tuple(sorted({code for wanted in (*services, *duties) for code in wanted}))


def held_on(situation: Situation, day: date) -> tuple[Held, ...]:
    """Every needed certificate with its holders among the branch's own people who are employed on a date."""
    home = [p for p in situation.people.values() if p.branch_code == situation.branch and situation.employed(p, day)]
    held = {person.staff_no: situation.certificates(person.staff_no, day) for person in home}
    return tuple(
        Held(code, tuple(sorted(name for name, codes in held.items() if code in codes)))
        for code in needed_certificates(situation)
    )


def held_by_one(situation: Situation, first: date, days: int) -> tuple[Thin, ...]:
    """Needed certificates that one person alone holds on some date of a span, with the first and last such date."""
    found: dict[tuple[str, str], Thin] = {}
    for day in (first + timedelta(days=n) for n in range(days)):
        for code, holder in _alone(situation, day):
            since = found.get((code, holder), Thin(code, holder, day, day)).first
            found[code, holder] = Thin(code, holder, since, day)
    return tuple(found[key] for key in sorted(found))


def _alone(situation: Situation, day: date) -> Iterator[tuple[str, str]]:
    for one in held_on(situation, day):
        if len(one.staff_nos) == 1:
            yield one.certificate_code, one.staff_nos[0]
