"""A year's mandatory leave and rotation of a branch: the newest look ahead, and each person's week."""

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow
from bankhall.apps.rosters.states import STANDING_WEEKS, YearWeekState


class YearLook(BusinessRow):
    """When a branch's year was planned last: which weeks were out and why, and who found none."""

    branch_code = models.CharField(max_length=60, unique=True)
    as_of = models.DateField()
    first_week = models.CharField(max_length=10)
    barred = models.JSONField(default=dict)
    unplaced = models.JSONField(default=list)
    by_code = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code} {self.as_of}"


class YearWeek(BusinessRow):
    """One person's week of mandatory leave, or of handing a post over. `due` is the last day of the old state."""

    branch_code = models.CharField(max_length=60)
    staff_no = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    post_code = models.CharField(max_length=60, blank=True)
    week = models.CharField(max_length=10)
    since = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=20, default=YearWeekState.PROPOSED)
    fixed_by = models.CharField(max_length=60, blank=True)
    fixed_name = models.CharField(max_length=120, blank=True)
    fixed_staff_no = models.CharField(max_length=60, blank=True)
    fixed_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=60, blank=True)
    seen_name = models.CharField(max_length=120, blank=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff_no", "week"], condition=Q(state__in=list(STANDING_WEEKS)), name="one_year_week"
            ),
        )
        indexes = (models.Index(fields=["branch_code", "state", "week"], name="year_week_branch"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.staff_no} {self.kind} {self.week} {self.state}"
