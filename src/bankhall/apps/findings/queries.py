"""Findings as pages list them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from bankhall.apps.access.queries import check_may
from bankhall.apps.findings.models import Finding, Sighting
from bankhall.apps.findings.states import FindingState
from bankhall.kernel.scope import Scope
from bankhall.kernel.subject import Subject

PAGE = 50


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with its newest sighting. `times` counts the periods in which it was seen."""

    finding_id: int
    kind: str
    subject: Subject
    state: FindingState
    facts: Mapping[str, object]
    rows: tuple[Mapping[str, object], ...]
    period: str
    first_seen: date
    last_seen: date
    times: int
    reason: str


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A page of findings, the last seen first."""

    lines: tuple[FindingLine, ...]
    page: int
    pages: int


def findings(scope: Scope, *, branch_code: str = "", kind: str = "", page: int = 1) -> FindingPage:
    """Findings at the scope's branches: a count, the page, and its newest sightings; three queries."""
    check_may(scope, "see_findings", branch_code)
    rows = Finding.objects.order_by("-last_seen", "id")
    if not scope.everywhere:
        rows = rows.filter(branch_code__in=scope.codes())
    wanted = {"branch_code": branch_code, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    pages = max(1, ceil(rows.count() / PAGE))
    shown = list(rows[(page - 1) * PAGE : page * PAGE])
    newest = {s.finding_id: s for s in Sighting.objects.filter(finding__in=shown).order_by("first")}
    return FindingPage(tuple(_line(row, newest.get(row.pk)) for row in shown), page, pages)


def periods_seen(scope: Scope, kind: str, subject: Subject) -> frozenset[str]:
    """The periods in which a kind of gap of a subject stands as seen."""
    scope.check_sees(subject.branch_code)
    mine = {"finding__kind": kind, "finding__subject_kind": subject.kind, "finding__subject_code": subject.code}
    return frozenset(Sighting.objects.filter(**mine).values_list("period", flat=True))


def subjects_seen(scope: Scope, kind: str, branch_code: str) -> frozenset[str]:
    """The codes of a branch's subjects of which a kind of gap is open."""
    scope.check_sees(branch_code)
    rows = Finding.objects.filter(kind=kind, branch_code=branch_code, state=FindingState.OPEN)
    return frozenset(rows.values_list("subject_code", flat=True))


def _line(row: Finding, seen: Sighting | None) -> FindingLine:
    return FindingLine(
        row.pk, row.kind, Subject(row.subject_kind, row.subject_code, row.branch_code), FindingState(row.state),
        seen.facts if seen else {}, tuple(seen.rows) if seen else (), seen.period if seen else "",
        row.first_seen, row.last_seen, row.times, row.reason,
    )  # fmt: skip
