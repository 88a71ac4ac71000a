"""A gap that the system saw, and each time that it saw it with the rows behind it."""

from django.db import models

from bankhall.apps.audit.bases import BusinessRow
from bankhall.apps.findings.states import FindingState


class Finding(BusinessRow):
    """The same kind and subject is the same finding, whenever it is seen."""

    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=160)
    branch_code = models.CharField(max_length=60)
    state = models.CharField(max_length=20, default=FindingState.OPEN)
    first_seen = models.DateField()
    last_seen = models.DateField()
    times = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "subject_kind", "subject_code"], name="one_finding_a_subject"),
        )
        indexes = (models.Index(fields=["branch_code", "-last_seen"], name="finding_branch"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.kind} {self.subject_code}"


class Sighting(BusinessRow):
    """What was seen of a finding in one period (for example a week): facts, and the rows behind them."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="sightings")
    period = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    facts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    source = models.CharField(max_length=160)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["finding", "period"], name="one_sighting_a_period"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.finding_id} {self.period}"
