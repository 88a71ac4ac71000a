"""Grants: who holds which role over which part of the tree, from when until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bankhall.apps.audit.bases import BusinessRow


class Grant(BusinessRow):
    """A role over a node and everything below it. Never deleted: a revoked grant ends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    node_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="grant_ends_after_it_starts"
            ),
        )
        indexes = (models.Index(fields=["user", "valid_from"], name="grant_user"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.user_id} {self.role} {self.node_code}"
