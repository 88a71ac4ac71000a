"""Reviewed definitions, and what was measured by them."""

from django.db import models
from django.db.models import F, Q

from bankhall.apps.audit.bases import BusinessRow


class Metric(BusinessRow):
    """One version of one definition, in words; the formula itself stands in `rules`. Reviewed by someone else."""

    metric_code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    words = models.JSONField()
    author = models.CharField(max_length=60)
    reviewer = models.CharField(max_length=60)
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["metric_code", "version"], name="one_metric_version"),
            models.CheckConstraint(condition=~Q(author=F("reviewer")), name="metric_reviewed_by_another"),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.metric_code} {self.version}"


class Measurement(BusinessRow):
    """One value of a metric for a branch (empty: a group) and a period. A later one supersedes it; both stay."""

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="+")
    branch_code = models.CharField(max_length=60, blank=True)
    service_code = models.CharField(max_length=60, blank=True)
    first = models.DateField()
    last = models.DateField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    complete = models.BooleanField(default=True)
    run_id = models.BigIntegerField(null=True)
    measured_at = models.DateTimeField()
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["metric", "branch_code", "service_code", "first", "last"],
                condition=Q(superseded=False), name="one_current_measurement",
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="measurement_period_runs_forward"),
        )  # fmt: skip
        indexes = (models.Index(fields=["branch_code", "last"], name="measurement_branch"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.metric_id} {self.branch_code} {self.first} {self.value}"
