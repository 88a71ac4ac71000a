"""Definitions and measurements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bankhall.apps.access.queries import check_may
from bankhall.apps.metrics import rules
from bankhall.apps.metrics.models import Measurement, Metric
from bankhall.apps.metrics.states import DEFINITIONS, Definition
from bankhall.kernel.scope import Scope

Value = rules.Value
REGISTERED: tuple[Definition, ...] = DEFINITIONS
of_plan = rules.of_plan
of_records = rules.of_records


@dataclass(frozen=True, slots=True)
class MetricLine:
    """A definition with who wrote and who reviewed it; `reviewer` empty: not reviewed at this site yet."""

    definition: Definition
    author: str
    reviewer: str
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeasurementLine:
    """One value. `complete` False: more records of the period may come."""

    metric_code: str
    version: int
    branch_code: str
    service_code: str
    first: date
    last: date
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    complete: bool
    run_id: int | None
    measured_at: datetime


def definitions(scope: Scope) -> tuple[MetricLine, ...]:
    """Every definition in its present version, in the order of the registry."""
    check_may(scope, "see_metrics")
    stored = {(row.metric_code, row.version): row for row in Metric.objects.all()}
    return tuple(_line(one, stored.get((one.code, one.version))) for one in DEFINITIONS)


def _line(definition: Definition, row: Metric | None) -> MetricLine:
    if row is None:
        return MetricLine(definition, "", "", None)
    return MetricLine(definition, row.author, row.reviewer, row.reviewed_at)


def latest(
    scope: Scope, codes: Iterable[str], branch_codes: Iterable[str], *, until: date | None = None
) -> Mapping[tuple[str, str], MeasurementLine]:
    """The newest current value of each metric at each branch (period ends no later than `until`), by (code, branch).

    One query, whatever the number of branches; values of services are left out.
    """
    wanted = [code for code in branch_codes if scope.sees(code)]
    rows = Measurement.objects.filter(
        metric__metric_code__in=list(codes), branch_code__in=wanted, service_code="", superseded=False
    )
    if until is not None:
        rows = rows.filter(last__lte=until)
    ordered = rows.select_related("metric").order_by("last", "id")
    return {(row.metric.metric_code, row.branch_code): _measured(row) for row in ordered}


def of_period(
    scope: Scope, codes: Iterable[str], branch_codes: Iterable[str], *, first: date, last: date
) -> Mapping[tuple[str, str], MeasurementLine]:
    """Current values whose period is exactly that one, by (code, branch)."""
    wanted = [code for code in branch_codes if scope.sees(code)]
    rows = Measurement.objects.filter(
        metric__metric_code__in=list(codes), branch_code__in=wanted, service_code="", superseded=False,
        first=first, last=last,
    ).select_related("metric")  # fmt: skip
    return {(row.metric.metric_code, row.branch_code): _measured(row) for row in rows.order_by("metric__version")}


def _measured(row: Measurement) -> MeasurementLine:
    return MeasurementLine(
        row.metric.metric_code, row.metric.version, row.branch_code, row.service_code, row.first, row.last,
        row.numerator, row.denominator, row.value, row.low, row.high, row.complete, row.run_id, row.measured_at,
    )  # fmt: skip
