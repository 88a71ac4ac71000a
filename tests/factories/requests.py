"""A small branch that can spare one of its three tellers, and the people who ask."""

from datetime import date, timedelta

from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.scope import Actor, Scope
from tests.factories.bank import MONDAY
from tests.factories.rosters import work

TUESDAY = MONDAY + timedelta(days=1)


def staff(staff_no: str, branch: str = "B01") -> Scope:
    """A teller with an account of their own."""
    return Scope(Actor(f"user{staff_no}", f"人{staff_no}", staff_no), {"teller": frozenset({branch})})


FIRST, SECOND, THIRD = staff("T101"), staff("T102"), staff("T103")


def hall(staff_no: str, day: date = MONDAY, start: int = 540, end: int = 1020) -> Assignment:
    """A stretch in the post of a teller, at no window."""
    return work(staff_no, day, start, end, kind="post", code="teller")


TWO_ON_MONDAY = (work("T101"), hall("T102"))
TWO_ALL_WEEK = tuple(
    row for n in range(5) for day in (MONDAY + timedelta(days=n),) for row in (work("T101", day), hall("T102", day))
)
