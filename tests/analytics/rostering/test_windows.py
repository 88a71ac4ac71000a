from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.windows import seat_people
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan, Service, Window
from bankhall.kernel.bank.people import Person, Post
from bankhall.kernel.bank.roster import Assignment, Requirement
from tests.analytics.rostering.problems import BRANCH, MONDAY, WEEK


def seated(needed: int, first: tuple[str, ...] = ("cash",)) -> dict[str, list[tuple[str, int, int]]]:
    """A works 9-12 and B 9-17 at two windows; window 2 closes first. `needed` tellers all afternoon."""
    bank = Bank(
        nodes=(Node(BRANCH, "branch"),),
        opening_hours=(OpeningSpan(BRANCH, "personal", opens=540, closes=1020),),
        services=(Service("cash"), Service("remit")),
        windows=(Window(BRANCH, "1", "cash", first, 2), Window(BRANCH, "2", "cash", ("cash",), 1)),
        posts=(Post("teller", window_kinds=("cash",)),),
        staff=(Person("A", "A", BRANCH, posts=("teller",)), Person("B", "B", BRANCH, posts=("teller",))),
    )
    requirement = tuple(Requirement(BRANCH, MONDAY, start, "teller", needed) for start in range(720, 1020, 30))
    work = [
        Assignment(BRANCH, name, MONDAY, 540, end, "post", "teller", "teller")
        for name, end in (("A", 720), ("B", 1020))
    ]
    found: dict[str, list[tuple[str, int, int]]] = {}
    for row in seat_people(Situation(RosterProblem(BRANCH, WEEK, bank, requirement)), work):
        found.setdefault(row.staff_no, []).append((row.code, row.start, row.end))
    return found


def test_nobody_changes_seats_while_people_suffice() -> None:
    assert seated(needed=1) == {"A": [("1", 540, 720)], "B": [("2", 540, 1020)]}


def test_when_people_are_short_the_window_that_closes_first_is_the_one_that_closes() -> None:
    assert seated(needed=2)["B"] == [("2", 540, 720), ("1", 720, 1020)]


def test_a_window_with_more_services_is_kept_open_though_people_suffice() -> None:
    assert seated(needed=1, first=("cash", "remit"))["B"][-1][0] == "1"
