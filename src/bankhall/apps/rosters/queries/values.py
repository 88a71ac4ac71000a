"""The small values that several pages share.

Times of day are minutes from local midnight, ranges are 8 in 10 (p10 to p90). None is *not known*, never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.week import Week


@dataclass(frozen=True, slots=True)
class Range:
    """A middle (the mean) with the range in which 8 days in 10 fall."""

    middle: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class RosterRef:
    """Which version, and at which edit: an action on an older edit is refused."""

    branch_code: str
    week: Week
    version: int
    edit: int = 0

    @property
    def code(self) -> str:
        """`B01/2026-W49/3`: the code of its subject."""
        return f"{self.branch_code}/{self.week}/{self.version}"


@dataclass(frozen=True, slots=True)
class PlanNames:
    """Words for the codes of a page. `windows` gives the kind of each window, `branches` those that lend or borrow."""

    staff: Mapping[str, Bilingual] = field(default_factory=dict)
    posts: Mapping[str, Bilingual] = field(default_factory=dict)
    services: Mapping[str, Bilingual] = field(default_factory=dict)
    duties: Mapping[str, Bilingual] = field(default_factory=dict)
    windows: Mapping[str, str] = field(default_factory=dict)
    certificates: Mapping[str, Bilingual] = field(default_factory=dict)
    branches: Mapping[str, Bilingual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of a person's day. `rules` names the rules that it breaks."""

    start: int
    end: int
    kind: str
    code: str
    post_code: str
    at_branch_code: str
    locked: bool
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person's day. `absence` is the kind of a granted absence on that day, else empty; `home` the branch that lends
    them, empty for the branch's own people."""

    staff_no: str
    name: Bilingual
    post_code: str
    bars: tuple[Bar, ...]
    work_minutes: int
    week_minutes: int
    absence: str
    may_post_codes: tuple[str, ...]
    home: str = ""


@dataclass(frozen=True, slots=True)
class UnmetSpan:
    """Neighbouring half hours of one post in which the same number of people is short."""

    day: date
    start: int
    end: int
    post_code: str
    people_short: int


@dataclass(frozen=True, slots=True)
class RunBeside:
    """A run that computes for this page right now, or failed last."""

    run_id: int
    state: str
    per_cent: int
    message: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that was taken."""

    step: str
    by_code: str
    by_name: Bilingual
    at: datetime
    reason: str = ""
    by_staff_no: str = ""


@dataclass(frozen=True, slots=True)
class StepNext:
    """The awaited step, whose turn it is, whether the reader may, and if not why (an error code with facts).

    `people` are those who may take it: they hold the role there and took no earlier step.
    """

    step: str
    roles: tuple[str, ...]
    may: bool
    why_not: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    people: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One member of the irreducible set that leaves no plan: drop any one and there is one."""

    rule_code: str
    staff_no: str
    business_date: date | None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WhyFact:
    """One line of the answer to "why?": the codes and facts of `analytics.rostering.why`."""

    code: str
    facts: Mapping[str, str | int | float]
    subjects: tuple[str, ...] = ()
