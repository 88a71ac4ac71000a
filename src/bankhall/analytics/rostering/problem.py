"""The question that a roster answers, and the answer. Both are plain values that cross process borders as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.breach import Breach
from bankhall.kernel.week import Week


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """One branch, one week.

    `bank` holds the branch's own records (`Bank.for_branch`, plus lent people when there are any). `past` are the
    assignments of the published weeks before; `locked` must stand in the answer as they are.
    """

    branch_code: str
    week: Week
    bank: Bank
    requirement: tuple[Requirement, ...] = ()
    past: tuple[Assignment, ...] = ()
    locked: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """People of a post short in one slot."""

    branch_code: str
    business_date: date
    slot_start: int
    post_code: str
    people_short: int


@dataclass(frozen=True, slots=True)
class ConflictMember:
    """One member of an irreducible conflicting set: drop any one and the rest can be met."""

    rule_code: str
    staff_no: str = ""
    business_date: date | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """Money of a roster in fen. `avoidable` is the cost less the cost of exactly covering the requirement."""

    cost_fen: int
    avoidable_fen: int
    unmet_half_hours: int


@dataclass(frozen=True, slots=True)
class RosterAnswer:
    """Infeasible is a status with its conflict, not an exception."""

    status: Literal["feasible", "infeasible"]
    assignments: tuple[Assignment, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    breaches: tuple[Breach, ...] = ()
    conflict: tuple[ConflictMember, ...] = ()
    cost: Cost = Cost(0, 0, 0)
    moves: int = 0
