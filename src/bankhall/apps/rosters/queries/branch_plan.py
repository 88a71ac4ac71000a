"""The page of a branch's week."""

from dataclasses import dataclass
from datetime import date

from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.apps.access.queries import check_may, may
from bankhall.apps.metrics import queries as metrics
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.models import Outlook, Roster
from bankhall.apps.rosters.queries import turns
from bankhall.apps.rosters.queries.day_plan import Drawn, day_plan, day_total, drawn
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.obstacles import obstacles_of
from bankhall.apps.rosters.queries.ordinary import ordinary_day
from bankhall.apps.rosters.queries.pages import (
    ConflictLine,
    DayPlan,
    DayTab,
    PlanPage,
    RosterRef,
    RunBeside,
    Trust,
)
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.states import STANDING, RosterState
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.states import RunState
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

TRUST = ("forecast_wape", "forecast_wape_baseline", "forecast_coverage_80", "wait_coverage_80")
Versions = tuple[tuple[int, RosterState], ...]


@dataclass(frozen=True)
class _Beside:
    """The run that computes now, and the one whose answer may still be accepted."""

    run: RunBeside | None
    waiting: int | None


def branch_plan(
    scope: Scope, branch_code: str, week: Week, *, day: date | None = None, version: int | None = None, on: date
) -> PlanPage:
    """Everything that the page shows of a version (by default the standing, else the published, else the newest).

    The number of queries does not depend on the number of people, days or stretches.
    """
    check_may(scope, "see_plan", branch_code)
    node = network.branch(scope, branch_code)
    versions = _versions(branch_code, week)
    roster = _roster(branch_code, week, _chosen(versions, version))
    bank = bank_of(branch_code, week)
    view = drawn(roster, branch_code, week, bank)
    unknown = rules.unknown_years(bank, branch_code, week)
    beside = _beside(scope, branch_code, week, roster)
    taken = list(roster.steps.all()) if roster else []
    region = bank.node(node.parent_code)
    draft = roster is not None and roster.state == RosterState.DRAFT
    return PlanPage(
        branch_code=branch_code, branch_name=node.name, region_name=region.name if region else Bilingual(),
        week=week, slot_minutes=bank.slot_minutes, synthetic=bank.synthetic,
        ref=_ref(roster, week), state=RosterState(roster.state) if roster else None,
        status=roster.status if roster else "",  # type: ignore[arg-type]
        versions=versions, days=_tabs(view, week), day=_day(view, week, day, on),
        obstacles=obstacles_of(view.breaches, view.unmet, unknown, slot_minutes=bank.slot_minutes),
        conflict=_conflict(view), trust=_trust(scope, branch_code, roster),
        steps_done=turns.steps_done(taken), step_next=turns.step_next(roster, scope, unknown, on) if roster else None,
        way_back=turns.way_back(roster, scope) if roster else "",
        may_edit=draft and may(scope, "edit_roster", branch_code), may_plan=may(scope, "plan_week", branch_code),
        may_undo=draft and _may_undo(roster), assumed_days=tuple(d.date for d in _calendar(view, week) if d.assumed),
        unknown_years=unknown, approval_needed=bool(roster and roster.approval_needed),
        run=beside.run, answer_waiting=beside.waiting, names=names_of(bank, branch_code, view.assignments),
        inputs_hash=roster.inputs_hash if roster else "", made_at=roster.made_at if roster else None,
        proving=_proving(scope, branch_code, week) if draft else None,
        proof_stale=bool(roster and roster.proof_edit != roster.edit and view.plan and view.plan.proof),
        window_posts=_window_posts(bank),
    )  # fmt: skip


def _window_posts(bank: Bank) -> tuple[str, ...]:
    groups = sorted(posts_with_windows(bank), key=lambda group: -len(group.windows))
    return tuple(group.post.post_code for group in groups)


def _versions(branch_code: str, week: Week) -> Versions:
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week)).order_by("version")
    return tuple((number, RosterState(state)) for number, state in rows.values_list("version", "state"))


def _chosen(versions: Versions, version: int | None) -> int | None:
    if version is not None:
        if version not in dict(versions):
            raise NotFound("roster", version=version)
        return version
    standing = [number for number, state in versions if state in STANDING]
    published = [number for number, state in versions if state == RosterState.PUBLISHED]
    newest = [number for number, _ in versions]
    return next((numbers[-1] for numbers in (standing, published, newest) if numbers), None)


def _roster(branch_code: str, week: Week, version: int | None) -> Roster | None:
    if version is None:
        return None
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week), version=version)
    return rows.select_related("plan").prefetch_related("steps").first()


def _ref(roster: Roster | None, week: Week) -> RosterRef | None:
    return RosterRef(roster.branch_code, week, roster.version, roster.edit) if roster else None


def _tabs(view: Drawn, week: Week) -> tuple[DayTab, ...]:
    short = [row.business_date for row in view.unmet for _ in range(row.people_short)]
    broken = [b.business_date for b in view.breaches if b.rule_class != "wish"]
    return tuple(
        DayTab(
            view.situation.calendar_day(day), bool(view.situation.open_spans(day)), day_total(view.plan, day),
            short.count(day), broken.count(day),
        )
        for day in week.days()
    )  # fmt: skip


def _calendar(view: Drawn, week: Week) -> list[CalendarDay]:
    return [view.situation.calendar_day(day) for day in week.days()]


def _day(view: Drawn, week: Week, day: date | None, on: date) -> DayPlan | None:
    """The day that is asked for, else the first special one, else the first open one."""
    if view.plan is None:
        return None
    days = week.days()
    if day is not None and day not in days:
        raise NotFound("day", day=day.isoformat(), week=str(week))
    opened = [one for one in days if view.situation.open_spans(one)]
    special = [one for one in opened if view.situation.calendar_day(one).markers]
    chosen = day or next(iter(special or opened), days[0])
    usual = chosen in special or view.situation.calendar_day(chosen).kind in ("holiday", "makeup_workday")
    known = ordinary_day(view.situation.branch, chosen, before=on, slot_minutes=view.bank.slot_minutes) if usual else {}
    return day_plan(view, chosen, known)


def _conflict(view: Drawn) -> tuple[ConflictLine, ...]:
    rows = view.plan.conflict if view.plan else []
    return tuple(
        ConflictLine(
            row["rule_code"], row["staff_no"],
            date.fromisoformat(row["business_date"]) if row["business_date"] else None,
            tuple((key, value) for key, value in row["facts"]),
        )
        for row in rows
    )  # fmt: skip


def _trust(scope: Scope, branch_code: str, roster: Roster | None) -> Trust:
    found = metrics.latest(scope, TRUST, [branch_code])
    value = {code: found[(code, branch_code)].value for code in TRUST if (code, branch_code) in found}
    span = found.get((TRUST[0], branch_code))
    outlook = Outlook.objects.filter(branch_code=branch_code).order_by("-as_of").first()
    return Trust(
        days=len(outlook.error_dates) if outlook else 0,
        forecast_error=value.get(TRUST[0]), baseline_error=value.get(TRUST[1]), coverage_80=value.get(TRUST[2]),
        wait_coverage_80=value.get(TRUST[3]),
        first=span.first if span else None, last=span.last if span else None,
        cost_fen=roster.cost_fen if roster else None, avoidable_fen=roster.avoidable_fen if roster else None,
        moves=roster.moves if roster else None,
    )  # fmt: skip


def _may_undo(roster: Roster | None) -> bool:
    return roster is not None and roster.edits.filter(undone=False).count() > 1


def _proving(scope: Scope, branch_code: str, week: Week) -> RunBeside | None:
    """The newest proof of an edit that has been asked for and is not there yet, or that failed."""
    found = runs.runs(scope, kind="prove_roster", branch_code=branch_code, limit=1)
    run = next((one for one in found if one.business_date == week.first_day()), None)
    if run is None or run.state in (RunState.DONE, RunState.CANCELLED):
        return None
    return RunBeside(run.run_id, run.state, run.per_cent, run.message, run.reason)


def _beside(scope: Scope, branch_code: str, week: Week, roster: Roster | None) -> _Beside:
    found = runs.runs(scope, kind="plan_branch", branch_code=branch_code, limit=5)
    newest = next((run for run in found if run.business_date == week.first_day()), None)
    if newest is None or (roster and roster.run_id == newest.run_id):
        return _Beside(None, None)
    beside = RunBeside(newest.run_id, newest.state, newest.per_cent, newest.message, newest.reason)
    fresh = roster is None or roster.run_id is None or newest.run_id > roster.run_id
    if newest.state == RunState.DONE:
        return _Beside(None, newest.run_id if fresh else None)
    return _Beside(beside if newest.state != RunState.CANCELLED and fresh else None, None)
