"""Findings are seen, seen again, no longer seen, or dismissed with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.findings.models import Finding, Sighting
from bankhall.apps.findings.states import FindingState
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

SEE = action_name("findings.see")
DISMISS = action_name("findings.dismiss")
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at a kind of gap of a subject in a period. No rows: nothing was seen in it."""

    kind: str
    subject: Subject
    period: str
    first: date
    last: date
    rows: tuple[Row, ...]
    facts: Row
    source: str


def see(look: Seen, *, by: Actor, scope: Scope) -> None:
    """Keeps a look. A second look at the same period replaces what the first saw there; the trail keeps both.

    Periods in which something was seen are counted: that is the recurrence.
    """
    key = {"kind": look.kind, "subject_kind": look.subject.kind, "subject_code": look.subject.code}
    if not look.rows and not Finding.objects.filter(**key).exists():
        return
    with audit.act(SEE, by=by, scope=scope, subject=look.subject) as act:
        span = {"first_seen": look.first, "last_seen": look.last, "branch_code": look.subject.branch_code}
        finding, _ = Finding.objects.get_or_create(**key, defaults=span)
        _write_sighting(finding, look)
        _count(finding)
        act.note(after={"period": look.period, "rows": len(look.rows), "times": finding.times})


def _write_sighting(finding: Finding, look: Seen) -> None:
    if not look.rows:
        Sighting.objects.filter(finding=finding, period=look.period).delete()
        return
    seen = {"first": look.first, "last": look.last, "facts": dict(look.facts), "source": look.source}
    rows = [dict(row) for row in look.rows]
    Sighting.objects.update_or_create(finding=finding, period=look.period, defaults=seen | {"rows": rows})
    if finding.state != FindingState.OPEN:
        finding.state = FindingState.OPEN


def _count(finding: Finding) -> None:
    seen: Sequence[Sighting] = list(finding.sightings.order_by("first"))
    finding.times = len(seen)
    if seen:
        finding.first_seen, finding.last_seen = seen[0].first, max(sighting.last for sighting in seen)
    else:
        finding.state = FindingState.GONE
    finding.save()


def dismiss(finding_id: int, reason: str, *, by: Actor, scope: Scope) -> None:
    """Leaves a finding as it is, with a reason. It opens again when it is seen again."""
    if not reason.strip():
        raise BadInput("reason_missing")
    row = Finding.objects.filter(pk=finding_id).first()
    if row is None or not scope.sees(row.branch_code):
        raise NotFound("finding", finding_id=finding_id)
    check_may(scope, "plan_week", row.branch_code)
    subject = Subject(row.subject_kind, row.subject_code, row.branch_code)
    with audit.act(DISMISS, by=by, scope=scope, subject=subject, reason=reason):
        Finding.objects.filter(pk=finding_id).update(state=FindingState.DISMISSED, reason=reason)
