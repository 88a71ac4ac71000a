"""Runs as pages show them: where they stand, what was asked, what came out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from bankhall.apps.runs import rules
from bankhall.apps.runs.models import Run
from bankhall.apps.runs.states import ENDED, OPEN, RunState
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run. `reason` says why it failed; `message` how far it is."""

    run_id: int
    kind: str
    lane: str
    state: RunState
    per_cent: int
    message: str
    cancel_asked: bool
    branch_code: str
    business_date: date | None
    asked_by: str
    asked_name: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    attempt: int
    reason: str
    code_version: str

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class RunList:
    """A page of runs, newest first; `older_id` asks for the next one (0: there is none)."""

    lines: tuple[RunPage, ...]
    older_id: int


def run_page(scope: Scope, run_id: int) -> RunPage:
    """A run within the scope, or asked by the actor; else NotFound."""
    row = _in_scope(scope).filter(pk=run_id).defer("question", "answer").first()
    if row is None:
        raise NotFound("run", run_id=run_id)
    return _as_page(row)


def runs(scope: Scope, *, kind: str = "", branch_code: str = "", limit: int = 50) -> tuple[RunPage, ...]:
    """The newest runs within the scope."""
    wanted = {"kind": kind, "branch_code": branch_code}
    rows = _in_scope(scope).filter(**{field: value for field, value in wanted.items() if value})
    return tuple(_as_page(row) for row in rows.defer("question", "answer").order_by("-id")[:limit])


def run_list(
    scope: Scope, *, kind: str = "", states: Collection[RunState] = (), before_id: int = 0, size: int = 50
) -> RunList:
    """The runs within the scope, of a kind or in some states, older than one."""
    rows = _in_scope(scope).filter(**({"kind": kind} if kind else {}))
    rows = rows.filter(state__in=states) if states else rows
    rows = rows.filter(pk__lt=before_id) if before_id else rows
    found = [_as_page(row) for row in rows.defer("question", "answer").order_by("-id")[: size + 1]]
    more = len(found) > size
    return RunList(tuple(found[:size]), found[size - 1].run_id if more else 0)


def open_run(scope: Scope, *, kind: str, branch_code: str = "") -> RunPage | None:
    """The newest queued or running run of a kind at a branch: what a page polls."""
    rows = _in_scope(scope).filter(kind=kind, branch_code=branch_code, state__in=OPEN)
    row = rows.defer("question", "answer").order_by("-id").first()
    return _as_page(row) if row else None


def answer_of(scope: Scope, run_id: int) -> object:
    """The answer of a done run as plain JSON; None while there is none."""
    row = _in_scope(scope).filter(pk=run_id).only("answer").first()
    if row is None:
        raise NotFound("run", run_id=run_id)
    return row.answer


def question_of(scope: Scope, run_id: int) -> object:
    """What was asked, as plain JSON."""
    row = _in_scope(scope).filter(pk=run_id).only("question").first()
    if row is None:
        raise NotFound("run", run_id=run_id)
    return row.question


def ends_of(scope: Scope, run_ids: Collection[int]) -> dict[int, RunState]:
    """Of some runs those that have ended, and how; one query."""
    rows = _in_scope(scope).filter(pk__in=run_ids, state__in=ENDED)
    return {run_id: RunState(state) for run_id, state in rows.values_list("pk", "state")}


def kinds() -> tuple[str, ...]:
    """Every kind of run that there is."""
    return tuple(kind.name for kind in rules.kinds())


def _in_scope(scope: Scope) -> QuerySet[Run]:
    if scope.everywhere:
        return Run.objects.all()
    return Run.objects.filter(Q(branch_code__in=["", *scope.codes()]) | Q(asked_by=scope.actor.code))


def _as_page(row: Run) -> RunPage:
    return RunPage(
        row.pk, row.kind, row.lane, RunState(row.state), row.per_cent, row.message, row.cancel_asked,
        row.branch_code, row.business_date, row.asked_by, row.asked_name, row.asked_at,
        row.started_at, row.ended_at, row.attempt, row.reason, row.code_version,
    )  # fmt: skip
