"""What was asked of a branch's plans, and what came out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bankhall.apps.access.queries import check_may, may
from bankhall.apps.identity.queries import account_names, as_signed
from bankhall.apps.rosters.models import Roster, WhatIf
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import PlanNames, RosterRef, RunBeside
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.states import STANDING, RosterState
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.states import RunState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

NEWEST = 100


@dataclass(frozen=True, slots=True)
class WhatIfLine:
    """One question. `answered`: the answer is there; `ended`: how its run ended without one (empty: it may still come);
    `put_version`: the draft that came of it.
    """

    number: int
    ref: RosterRef
    day: date
    name: str
    changes: tuple[Mapping[str, Any], ...]
    by_name: Bilingual
    at: datetime
    answered: bool
    ended: str
    put_version: int | None


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """One question with its answer (None while it is computed), the run that computes it, and what may be done."""

    line: WhatIfLine
    answer: Mapping[str, Any] | None
    run: RunBeside | None
    may_put: bool
    may_name: bool
    changed_since: bool
    names: PlanNames
    synthetic: bool


def what_ifs(scope: Scope, branch_code: str, week: Week) -> tuple[WhatIfLine, ...]:
    """The newest questions about a week's versions."""
    check_may(scope, "see_plan", branch_code)
    rows = WhatIf.objects.filter(branch_code=branch_code, roster__week=str(week)).select_related("roster")
    found = list(rows.order_by("-id")[:NEWEST])
    ends, called = _ends(found), account_names({row.by_code for row in found})
    return tuple(_line(row, ends, called) for row in found)


def what_if(scope: Scope, number: int) -> WhatIfPage:
    """A question; NotFound where there is none."""
    row = WhatIf.objects.filter(pk=number).select_related("roster").first()
    if row is None:
        raise NotFound("what_if", number=number)
    check_may(scope, "see_plan", row.branch_code)
    bank = bank_of(row.branch_code)
    changed = row.roster.edit != row.edit
    return WhatIfPage(
        _line(row, _ends([row]), account_names([row.by_code])), row.answer, _run(row),
        may_put=not changed and _may_put(row, scope),
        may_name=row.by_code == scope.actor.code or may(scope, "plan_week", row.branch_code),
        changed_since=changed, names=names_of(bank), synthetic=bank.synthetic,
    )  # fmt: skip


def _ends(rows: Iterable[WhatIf]) -> Mapping[int, RunState]:
    """How the runs of questions without an answer have ended."""
    return runs.ends_of(
        Scope.system("runs of questions"), [row.run_id for row in rows if row.run_id and row.answer is None]
    )


def _line(row: WhatIf, ends: Mapping[int, RunState], called: Mapping[str, Bilingual]) -> WhatIfLine:
    end = ends.get(row.run_id or 0)
    ref = RosterRef(row.branch_code, Week.parse(row.roster.week), row.roster.version, row.edit)
    return WhatIfLine(
        row.pk, ref, row.day, row.name, tuple(row.changes), as_signed(row.by_code, row.by_name, called), row.at,
        row.answer is not None, str(end) if end in (RunState.FAILED, RunState.CANCELLED) else "", row.put_version,
    )  # fmt: skip


def _run(row: WhatIf) -> RunBeside | None:
    if row.answer is not None or row.run_id is None:
        return None
    run = runs.run_page(Scope.system("the run of a question"), row.run_id)
    return RunBeside(run.run_id, run.state, run.per_cent, run.message, run.reason)


def _may_put(row: WhatIf, scope: Scope) -> bool:
    """Whether the answer moves people, and the week is open to a draft."""
    answer = row.answer or {}
    if not may(scope, "edit_roster", row.branch_code) or not (answer.get("roster") or {}).get("person_days"):
        return False
    standing = Roster.objects.filter(branch_code=row.branch_code, week=row.roster.week, state__in=STANDING).first()
    return standing is None or (standing.pk == row.roster_id and standing.state == RosterState.DRAFT)
