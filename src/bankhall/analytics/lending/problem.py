"""What lending is asked, and what it answers. A loan is one person, one date, one span, from home to another branch."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.week import Week

Part = Literal["morning", "afternoon", "whole"]
MOST_TRAVEL = 60
"""Minutes on the way that nobody is sent beyond."""


@dataclass(frozen=True, slots=True)
class BranchWeek:
    """A branch's question with the roster that it has. A pool's base asks for nobody and has its people."""

    problem: RosterProblem
    assignments: tuple[Assignment, ...]

    @property
    def branch_code(self) -> str:
        """Whose week it is."""
        return self.problem.branch_code


@dataclass(frozen=True, slots=True)
class LendingProblem:
    """The branches of a region in one week. `bank` holds the records of all of them and the travel between them.

    Nobody is sent further than `most_travel` minutes, nor for fewer than `least_slots` slots short.
    """

    week: Week
    bank: Bank
    branches: tuple[BranchWeek, ...]
    most_travel: int = MOST_TRAVEL
    least_slots: int = 2


@dataclass(frozen=True, slots=True)
class Demand:
    """A place for one helper: so many slots of a post stand short there. `layer` 0 is the first person missing."""

    branch_code: str
    business_date: date
    post_code: str
    part: Part
    layer: int
    start: int
    end: int
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan: `stretches` are what the person does at the taking branch, `travel_minutes` one way.

    Costs are fen: the price of a lent day, the way there and back as paid time, and hours that the person would not
    have worked. `saved_fen` are the missing half hours at their price.
    """

    from_branch: str
    to_branch: str
    staff_no: str
    business_date: date
    part: Part
    start: int
    end: int
    post_code: str
    window_code: str
    travel_minutes: int
    half_hours_saved: int
    cost_fen: int
    saved_fen: int
    stretches: tuple[Assignment, ...]

    @property
    def key(self) -> tuple[str, date]:
        """A person is lent once a day."""
        return self.staff_no, self.business_date


@dataclass(frozen=True, slots=True)
class LendingAnswer:
    """The loans in the order in which they were found to hold, and the rosters with them, by branch."""

    loans: tuple[Loan, ...]
    rosters: dict[str, tuple[Assignment, ...]] = field(default_factory=dict)
    rejected: int = 0
