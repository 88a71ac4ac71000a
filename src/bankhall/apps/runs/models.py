"""A run: a question to the science, its way through the queue, its answer. Hours that were set for the timetable."""

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow, MachineryRow
from bankhall.apps.runs.states import RunState


class Run(MachineryRow):
    """Only the worker and attempt named in the row may write it while it runs, so a lost worker writes nothing."""

    kind = models.CharField(max_length=60)
    lane = models.CharField(max_length=12)
    question = models.JSONField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    code_version = models.CharField(max_length=40)
    slot = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - NULL: not from the timetable
    branch_code = models.CharField(max_length=40, blank=True)
    business_date = models.DateField(null=True)
    asked_by = models.CharField(max_length=60)
    asked_name = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=RunState.QUEUED)
    priority = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField()
    per_cent = models.SmallIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    worker = models.CharField(max_length=120, blank=True)
    beat_at = models.DateTimeField(null=True)
    attempt = models.SmallIntegerField(default=0)
    attempts_allowed = models.SmallIntegerField(default=2)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(state__in=["queued", "running", "done"]),
                name="one_open_or_done_run",
            ),
        )
        indexes = (
            models.Index(fields=["lane", "-priority", "id"], condition=Q(state="queued"), name="run_queue"),
            models.Index(fields=["branch_code", "-id"], name="run_branch"),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.id} {self.kind} {self.state}"


class SetHour(BusinessRow):
    """What somebody set for one kind of the timetable; without a row the kind runs as it was registered."""

    kind = models.CharField(max_length=60, unique=True)
    at = models.TimeField()
    weekdays = models.CharField(max_length=7)
    catch_up_days = models.PositiveSmallIntegerField()
    is_on = models.BooleanField(default=True)
    set_by = models.CharField(max_length=60)
    set_name = models.CharField(max_length=120, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(catch_up_days__range=(1, 14)), name="catches_up_a_few_days"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.kind} {self.at}"
