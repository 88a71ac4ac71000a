"""Two branches a quarter of an hour apart: at one a teller is missing all Monday, at the other one is to spare."""

from dataclasses import replace
from datetime import date

from bankhall.analytics.lending.problem import BranchWeek, LendingProblem
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Travel, Window
from bankhall.kernel.bank.roster import Assignment, Price, Requirement
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.rosters import work

SLOTS = range(540, 1020, 30)


def bank(*, rights: tuple[str, ...] = ("B01",), minutes: int = 15) -> Bank:
    small = small_bank(branches=2)
    return replace(
        small,
        windows=tuple(Window(code, f"W{n}", "cash", ("cash",)) for code in ("B01", "B02") for n in (1, 2, 3)),
        travel=(Travel("B02", "B01", minutes), Travel("B01", "B02", minutes)),
        staff=tuple(replace(p, system_rights=rights) if p.branch_code == "B02" else p for p in small.staff),
        prices=(Price("hour", 6000.0), Price("missing_half_hour", 12000.0), Price("lent_day", 12000.0)),
    )


def needed(branch: str, people: int, day: date = MONDAY, slots: range = SLOTS) -> tuple[Requirement, ...]:
    return tuple(Requirement(branch, day, slot, "teller", people) for slot in slots)


def teller(staff_no: str, window: str, branch: str, start: int = 540, end: int = 1020) -> Assignment:
    return work(staff_no, MONDAY, start, end, code=window, branch_code=branch)


def asked(
    records: Bank | None = None,
    *,
    here: tuple[Assignment, ...] = (),
    there: tuple[Assignment, ...] = (),
    need_here: tuple[Requirement, ...] = (),
    need_there: tuple[Requirement, ...] = (),
) -> LendingProblem:
    """By default two tellers are needed at B01 where one stands, and two at B02 where three stand."""
    told = records or bank()
    one = here or (teller("T101", "W1", "B01"),)
    other = there or tuple(teller(f"T20{n}", f"W{n}", "B02") for n in (1, 2, 3))
    weeks = (("B01", need_here or needed("B01", 2), one), ("B02", need_there or needed("B02", 2), other))
    return LendingProblem(
        WEEK,
        told,
        tuple(BranchWeek(RosterProblem(c, WEEK, told.for_branch(c), required), rows) for c, required, rows in weeks),
    )
