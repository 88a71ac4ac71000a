"""What the machine did: runs, the timetable, imports and their quarantine, metrics, findings, the audit trail."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import acting, caller, caller_who_may
from bankhall.api.inputs import Before, BranchPath, CodeText, Done, MaybeCode, NumberPath, PageNumber, PageSize
from bankhall.api.shapes import page_shape, paged, plain, shape, slice_shape
from bankhall.apps.audit import queries as audit
from bankhall.apps.audit.queries import Asked, TrailLine
from bankhall.apps.findings import queries as findings
from bankhall.apps.findings.queries import FindingLine
from bankhall.apps.imports import queries as imports
from bankhall.apps.imports.queries import BatchDetail, BatchLine, RefusalLine
from bankhall.apps.metrics import queries as metrics
from bankhall.apps.metrics.queries import MeasurementLine, MetricLine
from bankhall.apps.runs import actions as run_actions
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.queries import RunPage
from bankhall.apps.runs.states import RunState

router = Router()


@router.get("/runs", response=slice_shape(RunPage))
def run_list(
    request: HttpRequest, kind: MaybeCode = "", state: RunState | None = None, before: Before = 0, size: PageSize = 50
) -> Any:
    """Runs, newest first."""
    who = caller_who_may(request, "see_runs")
    found = runs.run_list(who.scope, kind=kind, states=[state] if state else (), before_id=before, size=size)
    return {"items": plain(found.lines), "before": found.older_id}


@router.get("/runs/{run_id}", response=shape(RunPage))
def run(request: HttpRequest, run_id: NumberPath) -> Any:
    """One run: of a branch in scope, or one's own."""
    return plain(runs.run_page(caller(request).scope, run_id))


@router.post("/runs/{run_id}/cancel", response=Done)
def cancel(request: HttpRequest, run_id: NumberPath) -> Any:
    """Takes it out of the queue, or asks its worker to stop."""
    return acting(request, lambda by, scope: run_actions.cancel(run_id, by=by, scope=scope))


@router.get("/findings", response=page_shape(FindingLine))
def finding_list(request: HttpRequest, branch_code: MaybeCode = "", kind: MaybeCode = "", page: PageNumber = 1) -> Any:
    """Stored gaps with the rows behind them, the last seen first."""
    who = caller_who_may(request, "see_findings", branch_code)
    found = findings.findings(who.scope, branch_code=branch_code, kind=kind, page=page)
    return {"items": plain(found.lines), "page": found.page, "pages": found.pages}


@router.get("/metrics", response=page_shape(MetricLine))
def metric_list(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """The definitions of everything that is measured."""
    return paged(metrics.definitions(caller_who_may(request, "see_metrics").scope), page, size)


@router.get("/branches/{branch_code}/metrics", response=page_shape(MeasurementLine))
def measured(request: HttpRequest, branch_code: BranchPath, page: PageNumber = 1, size: PageSize = 50) -> Any:
    """The newest value of each metric at a branch."""
    who = caller_who_may(request, "see_metrics", branch_code)
    codes = [one.code for one in metrics.REGISTERED]
    return paged(metrics.latest(who.scope, codes, [branch_code]).values(), page, size)


@router.get("/imports", response=page_shape(BatchLine))
def batches(request: HttpRequest, page: PageNumber = 1) -> Any:
    """Imports, newest first."""
    found = imports.batches(caller_who_may(request, "see_records").scope, page)
    return {"items": plain(found.lines), "page": found.page, "pages": found.pages}


@router.get("/imports/{batch_code}", response=shape(BatchDetail))
def batch(request: HttpRequest, batch_code: CodeText) -> Any:
    """One import: the account of every table, row by row, and its notes."""
    return plain(imports.batch(caller_who_may(request, "see_records").scope, batch_code))


@router.get("/imports/{batch_code}/quarantine", response=page_shape(RefusalLine))
def quarantine(request: HttpRequest, batch_code: CodeText, table: MaybeCode = "", page: PageNumber = 1) -> Any:
    """Rows that were put aside, each with its rule."""
    found = imports.quarantine(caller_who_may(request, "see_records").scope, batch_code, table, page)
    return {"items": plain(found.lines), "page": found.page, "pages": found.pages}


@router.get("/audit", response=slice_shape(TrailLine))
def trail(
    request: HttpRequest,
    *,
    branch_code: MaybeCode = "",
    actor_code: MaybeCode = "",
    name: MaybeCode = "",
    before: Before = 0,
    size: PageSize = 50,
) -> Any:
    """Lines of the trail, newest first; `name` is the act's."""
    who = caller_who_may(request, "see_audit")
    found = audit.trail(who.scope, Asked(branch_code, actor_code, name, None, before), size=size)
    return {"items": plain(found.lines), "before": found.next_before_id}
