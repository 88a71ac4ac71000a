"""Grants: who holds which role over which part of the tree, from when until when. Tokens: a program in their name."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bankhall.apps.audit.bases import BusinessRow, MachineryRow


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


class Token(BusinessRow):
    """A program's key to the REST face, in its owner's name. Of the secret only the hash is kept; never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    read_only = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_expires_after_it_is_made"),
        )
        indexes = (models.Index(fields=["user", "-id"], name="token_user"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.user_id} {self.name} {self.hint}"


class TokenUse(MachineryRow):
    """When a token was last used, and how often within the running minute: the same on every server."""

    token = models.OneToOneField(Token, models.PROTECT, primary_key=True, related_name="use")
    last_used_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0)
