"""What planning reads and writes: duties, rules, prices, wishes, requirement, assignments."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.breach import RuleClass

AssignmentKind = Literal["window", "post", "duty", "break"]
WishKind = Literal["off", "early", "late"]
DrivenBy = Literal["load", "presence", "duty"]


@dataclass(frozen=True, slots=True)
class Duty:
    """What must be manned and is not a customer.

    `earliest` and `latest` are starts: minutes after (or, negative, before) opening or closing, or times of day when
    `relative_to` is `clock`. Empty weekdays = every day of opening; empty branch = every branch.
    """

    duty_code: str
    branch_code: str = ""
    name: Bilingual = Bilingual()
    weekdays: tuple[int, ...] = ()
    relative_to: Literal["opening", "closing", "clock"] = "opening"
    earliest: int = 0
    latest: int = 0
    minutes: int = 30
    people: int = 1
    posts: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    away_from_window: bool = True
    different_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule pack. The branch's own row beats the row of every branch."""

    rule_code: str
    value: float
    rule_class: RuleClass
    branch_code: str = ""
    unit: str = ""
    source: str = ""
    validity: Validity = Validity()


@dataclass(frozen=True, slots=True)
class Price:
    """One row of the price list: fen, or a factor for the overtime items. Empty post = every post."""

    item: str
    amount: float
    post_code: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for one date with its weight."""

    staff_no: str
    business_date: date
    kind: WishKind
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Requirement:
    """People of a post needed in a slot; `least` is the part that rules demand whatever the load."""

    branch_code: str
    business_date: date
    slot_start: int
    post_code: str
    people: int
    least: int = 0
    driven_by: DrivenBy = "load"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One stretch of one person's day: a window, a post in the hall, a duty or a break. `code` is the window, the post,
    the duty, or empty for a break; `post_code` is the post held there."""

    branch_code: str
    staff_no: str
    business_date: date
    start: int
    end: int
    kind: AssignmentKind
    code: str = ""
    post_code: str = ""
    at_branch_code: str = ""
    locked: bool = False
