"""What every check, price and search looks up, read once from a problem: rules in force, opening, people, duties.

Nothing here decides anything; it only answers "what holds on that date for that person, post or window".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.spans import Span, union
from bankhall.kernel.bank.branch import Segment, Service, Window
from bankhall.kernel.bank.lookup import price_of, rules_on
from bankhall.kernel.bank.opening import open_at_all, open_spans
from bankhall.kernel.bank.people import Absence, Certificate, Person, Post, Protection, ProtectionKind
from bankhall.kernel.bank.roster import Assignment, Duty, Rule
from bankhall.kernel.breach import Breach, RuleClass
from bankhall.kernel.business_calendar import BusinessCalendar, CalendarDay
from bankhall.kernel.minutes import MINUTES_A_DAY

R = TypeVar("R", Certificate, Protection, Absence)

ALWAYS_LAW = frozenset({"certificate_valid", "duty_people", "absence", "system_rights"})
"""Rules that apply without a row, and are law and control whatever a row says."""


@dataclass(frozen=True, slots=True)
class DutyCall:
    """A duty on a date, with its starts in minutes from local midnight."""

    duty: Duty
    earliest: int
    latest: int


class Situation:
    """The problem, indexed. Build it once and hand it to every check."""

    def __init__(self, problem: RosterProblem) -> None:
        bank = problem.bank
        self.problem = problem
        self.branch = problem.branch_code
        self.days = problem.week.days()
        self.people: dict[str, Person] = {p.staff_no: p for p in bank.staff}
        self.posts: dict[str, Post] = {p.post_code: p for p in bank.posts}
        self.services: dict[str, Service] = {s.service_code: s for s in bank.services}
        self.windows = {w.window_code: w for w in bank.windows if w.branch_code == self.branch}
        self.duties = _duties_of(bank.duties, self.branch)
        self.zone = ZoneInfo(bank.zone_of(self.branch))
        self._calendar = BusinessCalendar(bank.calendar)
        self._region = bank.region_of(self.branch)
        self._rules: dict[date, dict[str, Rule]] = {}
        self._opening: dict[tuple[date, str], tuple[Span, ...]] = {}
        self._absent: dict[tuple[str, date], tuple[tuple[Span, Absence], ...]] = {}
        self._amounts: dict[tuple[str, str, date, float], float] = {}

    # -- dates --------------------------------------------------------------------------------------------------

    def calendar_day(self, day: date) -> CalendarDay:
        """The kind of day at the branch's region."""
        return self._calendar.day(day, self._region)

    def rules(self, day: date) -> Mapping[str, Rule]:
        """The rule pack in force on a date."""
        if day not in self._rules:
            self._rules[day] = rules_on(self.problem.bank.rules, self.branch, day)
        return self._rules[day]

    def value(self, code: str, day: date) -> int | None:
        """A rule's value on a date; None = the rule does not apply."""
        rule = self.rules(day).get(code)
        return None if rule is None else int(rule.value)

    def week_value(self, code: str) -> int | None:
        """A rule's value for the whole week: as it stands on the Monday."""
        return self.value(code, self.days[0])

    def open_spans(self, day: date, segment: Segment | None = None) -> tuple[Span, ...]:
        """Opening of a segment, or of any (the union)."""
        key = (day, segment or "")
        if key not in self._opening:
            hours, when = self.problem.bank.opening_hours, self.calendar_day(day)
            self._opening[key] = (
                open_spans(hours, self.branch, segment, when) if segment else open_at_all(hours, self.branch, when)
            )
        return self._opening[key]

    def window_open(self, window: Window, day: date) -> tuple[Span, ...]:
        """When a window may be manned: while a segment of its services is open (without services: any)."""
        segments = sorted({self.services[code].segment for code in window.services if code in self.services})
        if not segments:
            return self.open_spans(day)
        return union([span for segment in segments for span in self.open_spans(day, segment)])

    def duty_calls(self, day: date) -> tuple[DutyCall, ...]:
        """The duties that must be manned on a date, by code."""
        opening = self.open_spans(day)
        return tuple(
            DutyCall(duty, base + duty.earliest, base + max(duty.earliest, duty.latest))
            for duty in self.duties.values()
            if (base := _base(duty, day, opening)) is not None
        )

    def price(self, item: str, post_code: str, day: date, default: float = 0.0) -> float:
        """The amount of an item for a post on a date."""
        key = (item, post_code, day, default)
        if key not in self._amounts:
            self._amounts[key] = price_of(self.problem.bank.prices, item, post_code, day, default)
        return self._amounts[key]

    # -- people -------------------------------------------------------------------------------------------------

    def employed(self, person: Person, day: date) -> bool:
        """Whether a person is on the books on a date."""
        return person.employed_on(day)

    def on_probation(self, staff_no: str, day: date) -> bool:
        """Whether the probation has not ended."""
        person = self.people.get(staff_no)
        return bool(person and person.probation_until and day <= person.probation_until)

    def certificates(self, staff_no: str, day: date) -> frozenset[str]:
        """Certificates held on a date."""
        held = self._certificates.get(staff_no, ())
        return frozenset(c.certificate_code for c in held if c.validity.holds(day))

    def protected(self, staff_no: str, day: date) -> frozenset[ProtectionKind]:
        """Protected states on a date."""
        states = self._protections.get(staff_no, ())
        return frozenset(p.kind for p in states if p.validity.holds(day))

    def absence_spans(self, staff_no: str, day: date) -> tuple[tuple[Span, Absence], ...]:
        """Granted absences on a date, in minutes from local midnight."""
        key = (staff_no, day)
        if key not in self._absent:
            mine = ((self._local_span(absence, day), absence) for absence in self._absences.get(staff_no, ()))
            self._absent[key] = tuple((span, absence) for span, absence in mine if span is not None)
        return self._absent[key]

    def granted_absences(self, staff_no: str) -> tuple[Absence, ...]:
        """Granted absences of a person, of all dates."""
        return tuple(self._absences.get(staff_no, ()))

    def local_date(self, instant: datetime) -> date:
        """An instant's date at the branch."""
        return self._local(instant).date()

    def counts_for_presence(self, stretch: Assignment) -> bool:
        """Whether a person in this stretch counts as one of two: not on a break, not at a duty away."""
        if stretch.kind == "break" or self.is_away(stretch):
            return False
        post = self.posts.get(self.post_held(stretch))
        return bool(post and post.counts_for_presence)

    def is_away(self, stretch: Assignment) -> bool:
        """At a duty away from the window."""
        duty = self.duties.get(stretch.code) if stretch.kind == "duty" else None
        return bool(duty and duty.away_from_window)

    def post_held(self, stretch: Assignment) -> str:
        """The post of a stretch; a duty without one is done in the person's usual post."""
        if stretch.post_code:
            return stretch.post_code
        person = self.people.get(stretch.staff_no)
        return person.posts[0] if person and person.posts else ""

    def is_here(self, stretch: Assignment) -> bool:
        """Work at this branch, not lent away."""
        return (stretch.at_branch_code or stretch.branch_code) == self.branch

    def windows_of(self, post_code: str) -> tuple[Window, ...]:
        """The branch's windows that a post mans, the last to close first."""
        return self._windows_by_post.get(post_code, ())

    def certified_for(self, staff_no: str, window: Window, day: date, during: Span) -> bool:
        """Whether every service of the window that is open in that time may be done by the person."""
        held = self.certificates(staff_no, day)
        return not any(set(s.certificates) - held for s in self.services_at(window, day, during))

    def services_at(self, window: Window, day: date, during: Span) -> tuple[Service, ...]:
        """The window's services whose segment is open at some time of the span."""
        listed = (self.services[code] for code in window.services if code in self.services)
        return tuple(s for s in listed if _touches(self.open_spans(day, s.segment), during))

    # -- breaches -----------------------------------------------------------------------------------------------

    def breach(
        self,
        code: str,
        /,
        *,
        day: date | None,
        staff_no: str = "",
        start: int | None = None,
        end: int | None = None,
        subjects: tuple[str, ...] = (),
        named: Mapping[str, str | int | float] | None = None,
        **facts: str | int | float,
    ) -> Breach:
        """One breach, with the class and the value of the rule's row where it has one. `named` are further facts."""
        facts = {**facts, **(named or {})}
        rule = self.rules(day or self.days[0]).get(code)
        if rule is not None:
            facts = {"value": rule.value if rule.value % 1 else int(rule.value), **facts}
        whom = (f"staff:{staff_no}",) if staff_no else ()
        return Breach(code, self.rule_class(code, day), self.branch, staff_no, day, start, end, facts, whom + subjects)

    def rule_class(self, code: str, day: date | None = None) -> RuleClass:
        """The class that the row names; law and control for what always applies."""
        rule = self.rules(day or self.days[0]).get(code)
        return rule.rule_class if rule and code not in ALWAYS_LAW else "law_control"

    # -- indexes ------------------------------------------------------------------------------------------------

    @cached_property
    def _certificates(self) -> dict[str, list[Certificate]]:
        return _by_person(self.problem.bank.certificates)

    @cached_property
    def _protections(self) -> dict[str, list[Protection]]:
        return _by_person(self.problem.bank.protections)

    @cached_property
    def _absences(self) -> dict[str, list[Absence]]:
        return _by_person(a for a in self.problem.bank.absences if a.state == "granted")

    @cached_property
    def kind_owner(self) -> dict[str, str]:
        """Which post mans a kind of window: the first of the table that names it."""
        owners: dict[str, str] = {}
        for post in self.problem.bank.posts:
            for kind in post.window_kinds:
                owners.setdefault(kind, post.post_code)
        return owners

    @cached_property
    def _windows_by_post(self) -> dict[str, tuple[Window, ...]]:
        grouped: dict[str, list[Window]] = defaultdict(list)
        for window in self.windows.values():
            if window.kind in self.kind_owner and window.kind != "self_service":
                grouped[self.kind_owner[window.kind]].append(window)
        return {post: tuple(sorted(windows, key=_closing_rank)) for post, windows in grouped.items()}

    def _local(self, instant: datetime) -> datetime:
        return instant if instant.tzinfo is None else instant.astimezone(self.zone).replace(tzinfo=None)

    def _local_span(self, absence: Absence, day: date) -> Span | None:
        midnight = datetime.combine(day, time())
        starts = (self._local(absence.starts_at) - midnight) / timedelta(minutes=1)
        ends = (self._local(absence.ends_at) - midnight) / timedelta(minutes=1)
        span = (max(0, int(starts)), min(MINUTES_A_DAY, int(ends)))
        return span if span[0] < span[1] else None


def _closing_rank(window: Window) -> tuple[int, str]:
    order = 1_000_000 if window.closes_first is None else window.closes_first
    return (-order, window.window_code)


def _touches(spans: Iterable[Span], during: Span) -> bool:
    return any(start < during[1] and during[0] < end for start, end in spans)


def _duties_of(duties: Iterable[Duty], branch: str) -> dict[str, Duty]:
    fits = sorted((d for d in duties if d.branch_code in ("", branch)), key=lambda d: bool(d.branch_code))
    return dict(sorted({duty.duty_code: duty for duty in fits}.items()))


def _base(duty: Duty, day: date, opening: tuple[Span, ...]) -> int | None:
    """What the duty's starts count from; None = it does not fall on that date."""
    if duty.weekdays and day.isoweekday() not in duty.weekdays:
        return None
    if not opening:
        return 0 if duty.relative_to == "clock" and duty.weekdays else None
    return {"opening": opening[0][0], "closing": opening[-1][1], "clock": 0}[duty.relative_to]


def _by_person(records: Iterable[R]) -> dict[str, list[R]]:
    grouped: dict[str, list[R]] = defaultdict(list)
    for record in records:
        grouped[record.staff_no].append(record)
    return grouped
