"""Definitions are installed by somebody who reviewed them; measurements are recorded and never rewritten."""

from collections.abc import Sequence
from datetime import datetime

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.metrics.models import Measurement, Metric
from bankhall.apps.metrics.rules import Value
from bankhall.apps.metrics.states import DEFINITIONS, Definition
from bankhall.kernel.errors import BadInput, NotAllowed, Refused
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

INSTALL = action_name("metrics.install")
RECORD = action_name("metrics.record")
AUTHOR = "bankhall"
"""Who wrote the definitions that come with the product."""


def install_definitions(*, by: Actor, scope: Scope, now: datetime) -> int:
    """Stores the definitions that are not there yet, reviewed by `by`; answers how many.

    A definition whose words were changed without a new version is Refused (`metric_changed_without_version`).
    """
    check_may(scope, "edit_rules")
    if by.code == AUTHOR:
        raise NotAllowed("own_definition")
    stored = {(row.metric_code, row.version): row.words for row in Metric.objects.all()}
    fresh = [one for one in DEFINITIONS if (one.code, one.version) not in stored]
    for one in DEFINITIONS:
        if stored.get((one.code, one.version), to_plain(one)) != to_plain(one):
            raise Refused("metric_changed_without_version", metric=one.code, version=one.version)
    with audit.act(INSTALL, by=by, scope=scope, subject=Subject("metrics", AUTHOR)) as act:
        Metric.objects.bulk_create([_row(one, by, now) for one in fresh])
        act.note(after=[one.code for one in fresh])
    return len(fresh)


def _row(one: Definition, by: Actor, now: datetime) -> Metric:
    return Metric(
        metric_code=one.code, version=one.version, words=to_plain(one), author=AUTHOR, reviewer=by.code, reviewed_at=now
    )


def record(values: Sequence[Value], *, by: Actor, scope: Scope, now: datetime, run_id: int | None = None) -> None:
    """Stores values of one branch; a current value of the same period is superseded and stays readable."""
    if not values:
        return
    branch_code = values[0].branch_code
    newest = {row.metric_code: row for row in Metric.objects.order_by("version")}
    for value in values:
        if value.code not in newest:
            raise BadInput("unknown_metric", metric=value.code)
    with audit.act(RECORD, by=by, scope=scope, subject=Subject("branch", branch_code, branch_code)) as act:
        for value in values:
            _supersede(newest[value.code], value)
        Measurement.objects.bulk_create([_measurement(newest[v.code], v, now, run_id) for v in values])
        act.note(after=[f"{value.code}={value.value}" for value in values])


def _supersede(metric: Metric, value: Value) -> None:
    Measurement.objects.filter(
        metric=metric, branch_code=value.branch_code, service_code=value.service_code,
        first=value.first, last=value.last, superseded=False,
    ).update(superseded=True)  # fmt: skip


def _measurement(metric: Metric, value: Value, now: datetime, run_id: int | None) -> Measurement:
    return Measurement(
        metric=metric, branch_code=value.branch_code, service_code=value.service_code, first=value.first,
        last=value.last, numerator=value.numerator, denominator=value.denominator, value=value.value, low=value.low,
        high=value.high, complete=value.complete, run_id=run_id, measured_at=now,
    )  # fmt: skip
