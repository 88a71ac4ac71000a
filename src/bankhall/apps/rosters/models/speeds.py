"""How quick the people of a branch are at the same work: the newest look alone; nothing is kept of older ones."""

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow


class SpeedRow(BusinessRow):
    """One person at their branch, from the records of some dates. Seen by the person and their branch manager only."""

    branch_code = models.CharField(max_length=60)
    staff_no = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    visits = models.PositiveIntegerField()
    mean_minutes = models.FloatField()
    speed = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["branch_code", "staff_no"], name="one_speed"),
            models.CheckConstraint(
                condition=Q(low__gt=0, speed__gte=models.F("low"), high__gte=models.F("speed")),
                name="speed_within_its_range",
            ),
        )

    def __str__(self) -> str:
        """For a programmer's eye, who has no business with the figure."""
        return f"{self.branch_code} {self.staff_no}"
