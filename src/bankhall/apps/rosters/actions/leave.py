"""Leave and training: checked at once by the roster's rules, asked for, answered, taken back.

A day of a published week is judged by that roster without the person; any other by what the forecast requires of the
people who are there. A granted absence takes the person's work out: a published week gets a further version.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from bankhall.analytics.rostering.changes import take_out
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.people import actions as people
from bankhall.apps.people import queries as people_queries
from bankhall.apps.people.actions import Asking
from bankhall.apps.people.actions.absences import ASKABLE, absence_of
from bankhall.apps.people.queries import AbsenceLine
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions import telling
from bankhall.apps.rosters.actions.changing import Changing, change_week, check_no_other_version, replace_in_draft
from bankhall.apps.rosters.actions.cover import see_cover
from bankhall.apps.rosters.actions.versions import standing_version, subject_of
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.problems.bearing import Horizon, horizon
from bankhall.apps.rosters.problems.weeks import judge_absence, published_of
from bankhall.apps.rosters.queries.records import assignments_of, bank_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput, Refused
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

TAKE_OUT = action_name("rosters.take_out_absent")
SEARCH_DAYS = 28
LONGEST_DAYS = 60
ACCOUNTS = ("leave", "comp")


@dataclass(frozen=True, slots=True)
class LeaveCheck:
    """What the rules say of a request. `nearest` is the first day from which the same would go; None: none found."""

    asking: Asking
    findings: tuple[Breach, ...]
    balance: int | None
    nearest: date | None

    @property
    def goes(self) -> bool:
        """Nothing speaks against it."""
        return not self.findings and not self.too_much

    @property
    def too_much(self) -> bool:
        """More than the account holds."""
        return self.balance is not None and self.asking.amount > self.balance


def check_leave(asking: Asking, *, on: date, by: Actor, scope: Scope) -> LeaveCheck:
    """Asked before it is asked for: nothing is written."""
    who = people_queries.person(scope, by.staff_no)
    check_may(scope, "ask_for_oneself", who.branch_code)
    _check_span(asking, on)
    rules.check_not_lent(who.staff_no, asking.first, asking.last)
    ahead = _ahead(who.branch_code, asking, on)
    counted = _counted(asking, ahead)
    findings = _findings(counted, who.staff_no, ahead)
    balance = people_queries.balance_of(who.staff_no, asking.pays) if asking.pays else None
    nearest = _nearest(counted, who.staff_no, ahead, on) if findings else None
    return LeaveCheck(counted, findings, balance, nearest)


def ask_leave(asking: Asking, *, anyway: bool = False, on: date, now: datetime, by: Actor, scope: Scope) -> AbsenceLine:
    """Asks. What the rules say no to is asked only knowingly (`anyway`): whoever answers sees why."""
    found = check_leave(asking, on=on, by=by, scope=scope)
    if found.too_much:
        raise Refused("balance_short")
    if found.findings and not anyway:
        raise Refused("day_cannot_bear", day=found.findings[0].business_date or asking.first)
    tell = partial(telling.leave_asked, on=on, by=by, scope=scope)
    return people.ask_absence(found.asking, findings=to_plain(found.findings), then=tell, now=now, by=by, scope=scope)


def answer_leave(
    request_id: int, granted: bool, *, reason: str = "", on: date, now: datetime, by: Actor, scope: Scope
) -> AbsenceLine:
    """Grants or refuses, judged again on today's rows, all in one transaction with what the roster must give up."""
    line = people_queries.absence_line(scope, request_id)
    tell = partial(telling.leave_answered, by=by, scope=scope)
    if not granted:
        return people.answer_absence(request_id, False, reason=reason, then=tell, now=now, on=on, by=by, scope=scope)
    check_may(scope, "answer_requests", line.branch_code)
    rules.check_not_lent(line.staff_no, line.first, line.last)
    asking = Asking(line.kind, line.first, line.last, line.start, line.end, line.pays, line.amount)
    found = _findings(asking, line.staff_no, _ahead(line.branch_code, asking, on))
    rules.check_lawful(found)
    if found and not reason.strip():
        raise Refused("answer_against_findings")
    with transaction.atomic():
        if line.pays and people_queries.balance_of(line.staff_no, line.pays) < line.amount:
            raise Refused("balance_short")
        done = people.answer_absence(request_id, True, reason=reason, then=tell, now=now, on=on, by=by, scope=scope)
        _take_out(done, now=now, by=by, scope=scope)
        _look_at_cover(done, by=by, scope=scope)
    return done


def withdraw_leave(request_id: int, *, on: date, by: Actor, scope: Scope) -> AbsenceLine:
    """Taken back by the person. A roster that was changed for it stays: the branch manager plans with them again."""
    tell = partial(telling.leave_withdrawn, on=on, by=by, scope=scope)
    with transaction.atomic():
        done = people.withdraw_absence(request_id, then=tell, on=on, by=by, scope=scope)
        _look_at_cover(done, by=by, scope=Scope.system("cover after leave was taken back"))
    return done


def _check_span(asking: Asking, on: date) -> None:
    if asking.kind not in ASKABLE or asking.pays not in ("", *ACCOUNTS):
        raise BadInput("form_incomplete")
    part = (asking.start, asking.end)
    if asking.last < asking.first or (None in part and part != (None, None)):
        raise BadInput("span_impossible")
    if asking.start is not None and (asking.first != asking.last or asking.start >= (asking.end or 0)):
        raise BadInput("span_impossible")
    if asking.first <= on:
        raise BadInput("too_late_to_ask", day=on + timedelta(days=1))
    if (asking.last - asking.first).days >= LONGEST_DAYS:
        raise BadInput("span_too_long", days=LONGEST_DAYS)


@dataclass(frozen=True)
class _Ahead:
    """What a branch's days can bear, and its published weeks, each read once."""

    days: Horizon
    _published: dict[Week, tuple[Roster, RosterProblem] | None] = field(default_factory=dict)
    _at_work: dict[Week, frozenset[tuple[str, date]]] = field(default_factory=dict)

    def published(self, week: Week) -> tuple[Roster, RosterProblem] | None:
        if week not in self._published:
            roster = published_of(self.days.branch_code, week)
            self._published[week] = (roster, problem_of(roster)) if roster else None
        return self._published[week]

    def off(self, staff_no: str, day: date) -> bool:
        """Whether a published week lets the person be off anyway."""
        published = self.published(Week.of(day))
        if published is None:
            return False
        week = Week.of(day)
        if week not in self._at_work:
            rows = assignments_of(published[0])
            self._at_work[week] = frozenset((row.staff_no, row.business_date) for row in rows)
        return (staff_no, day) not in self._at_work[week]


def _ahead(branch_code: str, asking: Asking, on: date) -> _Ahead:
    bank = bank_of(branch_code)
    reach = timedelta(days=SEARCH_DAYS + 7)
    return _Ahead(horizon(branch_code, bank, max(on, asking.first - reach), asking.last + reach))


def _counted(asking: Asking, ahead: _Ahead) -> Asking:
    """What the span draws on its account: open days of the branch, a part of one by its share of a day's hours."""
    dates = [day for day in _dates(asking) if ahead.days.opens(day)]
    if not asking.pays:
        return replace(asking, amount=0)
    day_minutes = ahead.days.situation.value("hours_day", asking.first) or 480
    minutes = len(dates) * day_minutes if asking.start is None else (asking.end or 0) - asking.start
    return replace(asking, amount=minutes if asking.pays == "comp" else round(100 * minutes / day_minutes))


def _dates(asking: Asking) -> list[date]:
    return [asking.first + timedelta(days=n) for n in range((asking.last - asking.first).days + 1)]


def _findings(asking: Asking, staff_no: str, ahead: _Ahead) -> tuple[Breach, ...]:
    """What speaks against it: law and control first, then who would be short."""
    absence = absence_of(asking, staff_no, "granted")
    found: list[Breach] = []
    for week, dates in _by_week(_dates(asking)).items():
        published = ahead.published(week)
        if published is not None:
            found += judge_absence(published[0], absence, published[1]).findings
        else:
            found += [ahead.days.why_not(staff_no, d) for d in dates if not ahead.days.bears(staff_no, d)]
    return tuple(sorted(found, key=lambda breach: breach.rule_class != "law_control"))


def _by_week(dates: Iterable[date]) -> dict[Week, list[date]]:
    weeks: dict[Week, list[date]] = {}
    for day in dates:
        weeks.setdefault(Week.of(day), []).append(day)
    return weeks


def _nearest(asking: Asking, staff_no: str, ahead: _Ahead, on: date) -> date | None:
    """The nearest start, before or after, from which the same length would go: a day that the branch is open, and that
    a published roster does not leave the person free anyway."""
    for distance in range(1, SEARCH_DAYS + 1):
        for shift in (timedelta(days=distance), timedelta(days=-distance)):
            other = replace(asking, first=asking.first + shift, last=asking.last + shift)
            possible = other.first > on and ahead.days.opens(other.first) and not ahead.off(staff_no, other.first)
            if possible and not _taken(other, staff_no, ahead) and not _findings(other, staff_no, ahead):
                return other.first
    return None


def _taken(asking: Asking, staff_no: str, ahead: _Ahead) -> bool:
    return any(staff_no in ahead.days.away(day) for day in _dates(asking))


def _look_at_cover(line: AbsenceLine, *, by: Actor, scope: Scope) -> None:
    """A published day without the person, or with them again."""
    for week in _by_week(_dates(Asking(line.kind, line.first, line.last))):
        see_cover(line.branch_code, week, by=by, scope=scope)


def _take_out(line: AbsenceLine, *, now: datetime, by: Actor, scope: Scope) -> None:
    asking = Asking(line.kind, line.first, line.last, line.start, line.end)
    absence = absence_of(asking, line.staff_no, "granted")
    for week in _by_week(_dates(asking)):
        published = published_of(line.branch_code, week)
        roster = published or standing_version(line.branch_code, week)
        if roster is None:
            continue
        before = assignments_of(roster)
        after = take_out(before, absence)
        if after == before:
            continue
        if published is not None:
            check_no_other_version(line.branch_code, week)
            changing = Changing(after, f"absence:{line.request_id}", line.answer_reason or f"absence {line.request_id}")
            change_week(published, changing, now=now, by=by, scope=scope)
        elif roster.state == RosterState.DRAFT:
            with audit.act(TAKE_OUT, by=by, scope=scope, subject=subject_of(roster)) as act:
                replace_in_draft(roster, after, before, by)
                act.note(after={"edit": roster.edit})
