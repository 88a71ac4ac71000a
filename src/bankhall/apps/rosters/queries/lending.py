"""The lending board: where half hours are short or to spare in a week, and the loans between branches.

A loan is shown to the two branches, to those above both, and to the person once both branches have agreed; a suggestion
to the region alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from bankhall.analytics.lending.balance import part_balances, slot_balances
from bankhall.apps.access.queries import check_may, may, narrowed
from bankhall.apps.identity.queries import account_names, as_signed
from bankhall.apps.network import queries as network
from bankhall.apps.people import queries as people
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.models import Loan, LoanStep, Plan, Roster, Stretch
from bankhall.apps.rosters.queries.records import as_assignment, requirement_of
from bankhall.apps.rosters.queries.values import RunBeside
from bankhall.apps.rosters.states import LOAN_STEPS, STANDING, LoanState, RosterState
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.states import ENDED, RunState
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

KIND = "lend_region"
OWN = (LoanState.AGREED, LoanState.ROSTERED)
"""States in which the person hears of it."""


@dataclass(frozen=True, slots=True)
class LendingFilters:
    """Fields of the filter bar; None or empty = every. `part`: morning, afternoon; `gap`: short,
    spare."""

    day: date | None = None
    post_code: str = ""
    gap: str = ""
    part: str = ""
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A branch's post in one part of a date: half hours short and spare, and from when to when."""

    branch_code: str
    name: Bilingual
    day: date
    post_code: str
    part: str
    short: float
    spare: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LoanDone:
    """A step that was taken."""

    step: str
    by_name: Bilingual
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One loan. `steps` are those that the reader may take now; `wait_p90_saved` None: not proved."""

    code: str
    state: LoanState
    from_branch: str
    from_name: Bilingual
    to_branch: str
    to_name: Bilingual
    staff_no: str
    name: Bilingual
    day: date
    start: int
    end: int
    post_code: str
    window_code: str
    travel_minutes: int
    half_hours_saved: int
    cost_fen: int
    saved_fen: int
    wait_p90_saved: float | None
    steps: tuple[str, ...]
    history: tuple[LoanDone, ...]


@dataclass(frozen=True, slots=True)
class LendingPage:
    """A week's board. `planned` of the branches have a roster; `balanced` when those need nobody more and have nobody
    to spare; `run` computes suggestions right now, `looked` is when some were computed last."""

    week: Week
    filters: LendingFilters
    lines: tuple[BalanceLine, ...]
    loans: tuple[LoanLine, ...]
    short: float
    spare: float
    branches: int
    planned: int
    balanced: bool
    may_offer: bool
    run: RunBeside | None
    looked: datetime | None
    posts: Mapping[str, Bilingual] = field(default_factory=dict)
    regions: Mapping[str, Bilingual] = field(default_factory=dict)


def lending_page(scope: Scope, week: Week, *, filters: LendingFilters = LendingFilters(), on: date) -> LendingPage:
    """The board of the branches at which the reader may see lending. Queries do not depend on how many there are."""
    check_may(scope, "see_lending")
    codes = narrowed(scope, "see_lending")
    names, found = _names(), _counting(sorted(codes), week)
    lines = _balances(found, names)
    halls = codes - {pool.node_code for pool in network.pools(scope)}
    regions = {code: parent for code, parent in network.tree().parents.items() if code in halls}
    wanted = tuple(
        line for line in lines
        if _wanted(line, filters) and filters.region_code in ("", regions.get(line.branch_code))
    )  # fmt: skip
    return LendingPage(
        week, filters, tuple(sorted(wanted, key=_worst_first)), _loans(scope, codes, week, names, on),
        sum(line.short for line in lines), sum(line.spare for line in lines), len(halls), len(halls & found.keys()),
        not lines, may(scope, "offer_loan"), *_searches(scope, week),
        {post.post_code: post.name for post in people.posts(scope)}, network.node_names(set(regions.values())),
    )  # fmt: skip


def my_loans(scope: Scope, *, on: date) -> tuple[LoanLine, ...]:
    """What the reader is asked to do elsewhere, from today on."""
    if not scope.actor.staff_no or not may(scope, "acknowledge_loan"):
        return ()
    mine = Q(staff_no=scope.actor.staff_no, state__in=OWN, business_date__gte=on)
    return _lines(scope, mine, _names(), on)


def _names() -> dict[str, Bilingual]:
    everywhere = Scope.system("names of branches on loans")
    return {n.node_code: n.name for n in (*network.branches(everywhere), *network.pools(everywhere))}


def _balances(found: Mapping[str, Roster], names: Mapping[str, Bilingual]) -> list[BalanceLine]:
    step = network.details(Scope.system("length of a slot")).slot_minutes
    standing = _stretches(found.values())
    needed = dict(
        Plan.objects.filter(roster_id__in=[r.pk for r in found.values()]).values_list("roster_id", "requirement")
    )
    return [
        BalanceLine(
            code, names.get(code, Bilingual()), part.business_date, part.post_code, part.part,
            len(part.short_slots) * step / 30, len(part.spare_slots) * step / 30,
            min((*part.short_slots, *part.spare_slots)), max((*part.short_slots, *part.spare_slots)) + step,
        )
        for code, roster in found.items()
        for part in part_balances(
            slot_balances(code, requirement_of(needed.get(roster.pk, ())), standing.get(roster.pk, ()), step)
        )
    ]  # fmt: skip


def _counting(codes: Sequence[str], week: Week) -> dict[str, Roster]:
    """Of each branch the published version, else the one on its way; none where the plan found no roster."""
    counted = Roster.objects.filter(
        week=str(week), branch_code__in=codes, state__in=[RosterState.PUBLISHED, *STANDING]
    ).exclude(status="infeasible")
    rows = counted.only("id", "branch_code", "state")
    ordered = sorted(rows, key=lambda row: (row.branch_code, row.state == RosterState.PUBLISHED))
    return {row.branch_code: row for row in ordered}


def _stretches(rosters: Iterable[Roster]) -> dict[int, list[Assignment]]:
    by_id = {roster.pk: roster for roster in rosters}
    found: dict[int, list[Assignment]] = {}
    for row in Stretch.objects.filter(roster_id__in=list(by_id)):
        found.setdefault(row.roster_id, []).append(as_assignment(by_id[row.roster_id].branch_code, row))
    return found


def _wanted(line: BalanceLine, filters: LendingFilters) -> bool:
    return (
        filters.day in (None, line.day)
        and filters.post_code in ("", line.post_code)
        and filters.part in ("", line.part)
        and (filters.gap != "short" or line.short > 0)
        and (filters.gap != "spare" or line.spare > 0)
    )


def _worst_first(line: BalanceLine) -> tuple[float, date, str, str, bool]:
    return -line.short, line.day, line.branch_code, line.post_code, line.part != "morning"


def _loans(
    scope: Scope, codes: Collection[str], week: Week, names: Mapping[str, Bilingual], on: date
) -> tuple[LoanLine, ...]:
    near = Q(from_branch__in=codes) | Q(to_branch__in=codes)
    return _lines(scope, Q(week=str(week)) & near, names, on)


def _lines(scope: Scope, which: Q, names: Mapping[str, Bilingual], on: date) -> tuple[LoanLine, ...]:
    rows = (
        Loan.objects.filter(which)
        .order_by("business_date", "start", "code")
        .select_related("ask")
        .prefetch_related("steps")
    )
    mine = [loan for loan in rows if rules.concerns(loan, scope)]
    who = people.names(scope, {loan.staff_no for loan in mine})
    called = account_names({step.by_code for loan in mine for step in loan.steps.all()})
    return tuple(_line(loan, scope, names, called | who, on) for loan in mine)


def _line(loan: Loan, scope: Scope, names: Mapping[str, Bilingual], who: Mapping[str, Bilingual], on: date) -> LoanLine:
    return LoanLine(
        loan.code, LoanState(loan.state), loan.from_branch, names.get(loan.from_branch, Bilingual()), loan.to_branch,
        names.get(loan.to_branch, Bilingual()), loan.staff_no, who.get(loan.staff_no, Bilingual(loan.staff_no)),
        loan.business_date, loan.start, loan.end, loan.post_code, loan.window_code, loan.travel_minutes,
        loan.half_hours_saved, loan.cost_fen, loan.saved_fen, loan.wait_p90_saved, _may_take(loan, scope, on),
        tuple(_done(step, who) for step in loan.steps.all()),
    )  # fmt: skip


def _done(step: LoanStep, called: Mapping[str, Bilingual]) -> LoanDone:
    return LoanDone(step.step, as_signed(step.by_code, step.by_name, called), step.at, step.reason)


def _may_take(loan: Loan, scope: Scope, on: date) -> tuple[str, ...]:
    """Asked by the very rules that the actions will ask."""
    found = []
    for name, step in LOAN_STEPS.items():
        if loan.state not in step.moves:
            continue  # a refusal would look up who was first, once a loan
        try:
            rules.check_loan_step(loan, step, by=scope.actor, scope=scope, on=on)
        except BankhallError:
            continue
        found.append("agree_loan" if name.startswith("agree_") else name)
    return tuple(dict.fromkeys(found))


def _searches(scope: Scope, week: Week) -> tuple[RunBeside | None, datetime | None]:
    """The newest search for loans of the week, while it runs or when it failed; when one was done last."""
    found = [run for run in runs.runs(scope, kind=KIND, limit=20) if run.business_date == week.first_day()]
    done = next((run.ended_at for run in found if run.state == RunState.DONE), None)
    if not found or (found[0].state in ENDED and found[0].state != RunState.FAILED):
        return None, done
    run = found[0]
    return RunBeside(run.run_id, run.state, run.per_cent, run.message, run.reason), done
