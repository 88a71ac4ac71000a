"""The page of today: who is there, who is missing, the proposal, who could come, who was asked, who has seen it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.db.models import Q

from bankhall.analytics.rostering.day_changes import DayChange, day_changes
from bankhall.apps.access.queries import check_may, may
from bankhall.apps.identity.queries import account_names, as_signed
from bankhall.apps.network import queries as network
from bankhall.apps.people import queries as people
from bankhall.apps.people.queries import MissingLine
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.models import Acknowledgement, Proposal, Roster, StepTaken
from bankhall.apps.rosters.queries.asks import AckLine, AskLine, CandidateLine, ask_lines, candidate_lines
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import PlanNames, RosterRef, RunBeside
from bankhall.apps.rosters.queries.records import assignments_of, bank_of, stood_at
from bankhall.apps.rosters.states import REVIEW, SAME_DAY, ProposalState, RosterState
from bankhall.apps.runs import queries as runs
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.plain import from_plain
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

PersonState = Literal["due", "begun", "ended", "missing", "late"]


@dataclass(frozen=True, slots=True)
class PersonToday:
    """One who stands on today's roster or is missing from it. `number` takes the mark back; `kind` may be hidden;
    `home` is where somebody lent comes from."""

    staff_no: str
    post_code: str
    start: int
    end: int
    rows: tuple[Assignment, ...]
    state: PersonState
    until: int | None = None
    kind: str = ""
    number: int | None = None
    home: str = ""


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposal with its answer (None while it is computed), and whose days it changes beside the missing.

    `published` are the rows of the proof of the day as it was published; `arrives` is when the first begins of those
    who come or come earlier.
    """

    number: int
    at: datetime
    answer: Mapping[str, Any] | None
    run: RunBeside | None
    published: tuple[Mapping[str, Any], ...]
    changes: tuple[DayChange, ...]
    arrives: int | None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A version published on its own day that no supervisor has confirmed yet."""

    ref: RosterRef
    by_name: Bilingual
    at: datetime
    reason: str
    may: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Everything that the page shows. `ref` None: nothing is published for today."""

    branch_code: str
    branch_name: Bilingual
    day: date
    minute: int
    week: Week
    ref: RosterRef | None
    people: tuple[PersonToday, ...]
    proposal: ProposalShown | None
    candidates: tuple[CandidateLine, ...]
    asks: tuple[AskLine, ...]
    acknowledgements: tuple[AckLine, ...]
    reviews: tuple[ReviewLine, ...]
    may_change: bool
    names: PlanNames
    synthetic: bool


def today_page(scope: Scope, branch_code: str, now: datetime) -> TodayPage:
    """The number of queries does not depend on the number of people, asks or versions."""
    check_may(scope, "see_plan", branch_code)
    node = network.branch(scope, branch_code)
    there = now.astimezone(ZoneInfo(node.zone))
    day, minute = there.date(), there.hour * 60 + there.minute
    week = Week.of(day)
    bank = bank_of(branch_code, week)
    roster = _published(branch_code, week)
    rows = assignments_of(roster) if roster else ()
    may_change = may(scope, "change_today", branch_code)
    missing = people.missing_on(scope, branch_code, day, stood_at(roster, day) if roster else None)
    gone = frozenset(line.staff_no for line in missing)
    proposal = _proposal(branch_code, day, rows, gone) if may_change else None
    asks = ask_lines(branch_code, day) if may_change else ()
    candidates = candidate_lines(proposal.answer, asks, day) if proposal and proposal.answer else ()
    return TodayPage(
        branch_code=branch_code, branch_name=node.name, day=day, minute=minute, week=week,
        ref=RosterRef(branch_code, week, roster.version, roster.edit) if roster else None,
        people=_people(bank, branch_code, rows, missing=missing, day=day, minute=minute), proposal=proposal,
        candidates=candidates, asks=asks,
        acknowledgements=_acknowledgements(roster, day, node.zone) if may_change and roster else (),
        reviews=awaiting_review(scope, branch_code, week), may_change=may_change,
        names=_names(scope, names_of(bank, branch_code, rows), candidates, asks), synthetic=bank.synthetic,
    )  # fmt: skip


def _names(scope: Scope, known: PlanNames, candidates: Iterable[CandidateLine], asks: Iterable[AskLine]) -> PlanNames:
    """With the names of people of other branches who could come or were asked, and of their homes."""
    others = {*(one.staff_no for one in candidates), *(one.staff_no for one in asks)} - set(known.staff)
    if not others:
        return known
    elsewhere = Scope.system("names of branches on loans")
    nodes = (*network.branches(elsewhere), *network.pools(elsewhere))
    return replace(
        known, staff=dict(known.staff) | people.names(scope, others), branches={n.node_code: n.name for n in nodes}
    )


def awaiting_review(scope: Scope, branch_code: str, week: Week) -> tuple[ReviewLine, ...]:
    """What a supervisor has yet to confirm in a week, oldest first; two queries."""
    check_may(scope, "see_plan", branch_code)
    sources = [Q(change__source__startswith=f"{source}:") for source in SAME_DAY]
    changed = Roster.objects.filter(reduce(or_, sources), branch_code=branch_code, week=str(week))
    waiting = changed.exclude(steps__step=REVIEW).select_related("change").prefetch_related("steps")
    rows = [
        (row, next(step for step in row.steps.all() if step.step == "publish")) for row in waiting.order_by("version")
    ]
    called = account_names({published.by_code for _, published in rows})
    return tuple(
        _review(row, published, as_signed(published.by_code, published.by_name, called), scope)
        for row, published in rows
    )


def _review(row: Roster, published: StepTaken, by_name: Bilingual, scope: Scope) -> ReviewLine:
    try:
        rules.check_review(row, by=scope.actor, scope=scope)
        why_not = ""
    except BankhallError as error:
        why_not = error.code
    ref = RosterRef(row.branch_code, Week.parse(row.week), row.version, row.edit)
    return ReviewLine(ref, by_name, published.at, row.change.reason, not why_not, why_not)


def _published(branch_code: str, week: Week) -> Roster | None:
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week), state=RosterState.PUBLISHED)
    return rows.select_related("plan").first()


def _people(
    bank: Bank, branch_code: str, rows: Iterable[Assignment], *, missing: Iterable[MissingLine], day: date, minute: int
) -> tuple[PersonToday, ...]:
    """Who is missing first, then by beginning."""
    mine: dict[str, list[Assignment]] = {}
    for row in rows:
        if row.business_date == day:
            mine.setdefault(row.staff_no, []).append(row)
    gone = {line.staff_no: line for line in missing}
    posts = {p.staff_no: p.posts[0] if p.posts else "" for p in bank.staff}
    homes = {p.staff_no: p.branch_code for p in bank.staff if p.branch_code != branch_code}
    found = [
        replace(_person(who, mine.get(who, []), gone.get(who), posts, minute), home=homes.get(who, ""))
        for who in {*mine, *gone}
    ]
    order = {"missing": 0, "late": 1, "begun": 2, "due": 2, "ended": 3}
    return tuple(sorted(found, key=lambda one: (order[one.state], one.start, one.staff_no)))


def _person(
    who: str, rows: list[Assignment], line: MissingLine | None, posts: Mapping[str, str], minute: int
) -> PersonToday:
    ordered, post = tuple(sorted(rows, key=lambda row: row.start)), posts.get(who, "")
    work = [row for row in ordered if row.kind != "break"]
    back = line is not None and line.late and minute >= (line.until or 0) and bool(work)
    if line is not None and not back:
        state: PersonState = "late" if line.late else "missing"
        return PersonToday(who, post, line.start, line.end, ordered, state, line.until, line.kind, line.number or None)
    start, end = min(row.start for row in work), max(row.end for row in work)
    state = "due" if minute < start else "begun" if minute < end else "ended"
    return PersonToday(who, post, start, end, ordered, state)


def _proposal(
    branch_code: str, day: date, rows: tuple[Assignment, ...], missing: frozenset[str]
) -> ProposalShown | None:
    """The standing one; None when nobody is missing or it is published."""
    standing = Proposal.objects.filter(branch_code=branch_code, business_date=day, state=ProposalState.PROPOSED)
    row = standing.select_related("roster__plan").first()
    if row is None:
        return None
    after = [from_plain(Assignment, one) for one in row.answer["assignments"]] if row.answer else list(rows)
    changes = tuple(one for one in day_changes(rows, after) if one.staff_no not in missing)
    begins = [one.begins for one in changes if one.day == day and one.after and one.comes_sooner]
    today = tuple(p for p in row.roster.plan.proof if p["business_date"] == day.isoformat())
    return ProposalShown(row.pk, row.at, row.answer, _run(row), today, changes, min(begins, default=None))


def _run(row: Proposal) -> RunBeside | None:
    if row.answer is not None or row.run_id is None:
        return None
    run = runs.run_page(Scope.system("the run of a proposal"), row.run_id)
    return RunBeside(run.run_id, run.state, run.per_cent, run.message, run.reason)


def _acknowledgements(roster: Roster, day: date, zone: str) -> tuple[AckLine, ...]:
    """Of what was changed today, the newest of each person; who has not pressed first."""
    rows = Acknowledgement.objects.filter(roster__branch_code=roster.branch_code, roster__week=roster.week)
    newest: dict[str, AckLine] = {}
    for row in rows.select_related("roster").order_by("roster__version"):
        if row.wanted_at.astimezone(ZoneInfo(zone)).date() == day:
            newest[row.staff_no] = AckLine(row.pk, row.staff_no, row.roster.version, row.wanted_at, row.at)
    return tuple(sorted(newest.values(), key=lambda one: (one.at is not None, one.staff_no)))
