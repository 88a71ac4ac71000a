"""What a request does to a week, as pure functions: a shift that changes hands, work taken out for an absence, and
what the rules then say that they did not say before."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.costs import unmet_of
from bankhall.analytics.rostering.problem import RosterProblem, Unmet
from bankhall.analytics.rostering.spans import outside
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach

SHORT = "requirement_short"
"""Fewer people than the forecast requires: no rule of the pack, but a reason to say no."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A changed week: what newly breaks law or control, an agreement, or leaves a post short."""

    assignments: tuple[Assignment, ...]
    law: tuple[Breach, ...]
    agreement: tuple[Breach, ...]
    short: tuple[Breach, ...]

    @property
    def findings(self) -> tuple[Breach, ...]:
        """Everything that speaks against it, what stops first."""
        return (*self.law, *self.short, *self.agreement)


def hand_over(
    assignments: Iterable[Assignment], giver: str, taker: str, day: date, return_day: date | None = None
) -> tuple[Assignment, ...]:
    """The giver's work of a date becomes the taker's; with a return date the taker's of that date comes back."""

    def owner(row: Assignment) -> str:
        if row.staff_no == giver and row.business_date == day:
            return taker
        return giver if row.staff_no == taker and row.business_date == return_day else row.staff_no

    return tuple(replace(row, staff_no=owner(row)) for row in assignments)


def take_out(assignments: Iterable[Assignment], absence: Absence) -> tuple[Assignment, ...]:
    """The week without the absent person's work in the span; what lies partly in it is cut."""
    return tuple(part for row in assignments for part in _rest_of(row, absence))


def _rest_of(row: Assignment, absence: Absence) -> list[Assignment]:
    if row.staff_no != absence.staff_no:
        return [row]
    starts, ends = _minutes(absence, row.business_date)
    return [replace(row, start=start, end=end) for start, end in outside((row.start, row.end), [(starts, ends)])]


def _minutes(absence: Absence, day: date) -> tuple[int, int]:
    """The absence on the clock of a date; (0, 0) when it does not touch it."""
    if not absence.starts_at.date() <= day <= absence.ends_at.date():
        return 0, 0
    starts = absence.starts_at.hour * 60 + absence.starts_at.minute if absence.starts_at.date() == day else 0
    ends = absence.ends_at.hour * 60 + absence.ends_at.minute if absence.ends_at.date() == day else 24 * 60
    return starts, ends


def judge(
    before: RosterProblem, assignments: Sequence[Assignment], after: RosterProblem, changed: Sequence[Assignment]
) -> Judged:
    """What stands against the change. Both questions are the same week; the second may know of an absence more."""
    new = _more(find_breaches(after, changed), find_breaches(before, assignments))
    short = _shortages(unmet_of(before, assignments), unmet_of(after, changed), before.bank.slot_minutes)
    by_class = {name: tuple(b for b in new if b.rule_class == name) for name in ("law_control", "agreement")}
    return Judged(tuple(changed), by_class["law_control"], by_class["agreement"], short)


def _more(after: Iterable[Breach], before: Iterable[Breach]) -> list[Breach]:
    known = {_key(breach) for breach in before}
    return [breach for breach in after if _key(breach) not in known]


def _key(breach: Breach) -> tuple[object, ...]:
    facts = tuple(sorted((name, str(value)) for name, value in breach.facts.items()))
    return breach.rule_code, breach.staff_no, breach.business_date, breach.start, breach.end, facts


def _shortages(before: Iterable[Unmet], after: Iterable[Unmet], slot_minutes: int) -> tuple[Breach, ...]:
    """Half hours that are shorter than they were, neighbours of one post as one."""
    known = Counter({(u.business_date, u.post_code, u.slot_start): u.people_short for u in before})
    worse = [
        u for u in sorted(after, key=lambda u: (u.business_date, u.post_code, u.slot_start))
        if u.people_short > known[u.business_date, u.post_code, u.slot_start]
    ]  # fmt: skip
    found: list[Breach] = []
    for one in worse:
        end = one.slot_start + slot_minutes
        last = found[-1] if found else None
        if last and (last.business_date, last.facts["post_code"], last.end) == (
            one.business_date, one.post_code, one.slot_start,
        ):  # fmt: skip
            found[-1] = replace(last, end=end)
            continue
        facts: dict[str, str | int | float] = {"post_code": one.post_code, "people": one.people_short}
        found.append(Breach(SHORT, "agreement", one.branch_code, "", one.business_date, one.slot_start, end, facts))
    return tuple(found)
