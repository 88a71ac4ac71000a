"""The trail: one line an act, sealed into a chain beside it. Lines are never updated and never deleted."""

from django.db import models

from bankhall.apps.audit.bases import MachineryRow


class ActKey(MachineryRow):
    """One row an act, the first insert of its transaction: a lost or copied line shows against it.

    `answer` is kept for acts that a client may repeat: what was asked (a hash), and the plain answer.
    """

    key = models.UUIDField(primary_key=True)
    answer = models.JSONField(null=True)


class Line(MachineryRow):
    """Who did what to what, at which branch, when; before and after as canonical JSON. `mac` covers all of it."""

    act_key = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    actor_code = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=120)
    actor_staff_no = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=160)
    branch_code = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    before = models.TextField()
    after = models.TextField()
    mac = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=["branch_code", "-id"], name="line_branch"),
            models.Index(fields=["subject_kind", "subject_code", "-id"], name="line_subject"),
            models.Index(fields=["actor_code", "-id"], name="line_actor"),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.id} {self.name} {self.subject_kind} {self.subject_code}"


class Link(MachineryRow):
    """The place of one line in the chain, given by the sealer after the fact."""

    seq = models.BigIntegerField(primary_key=True)
    line = models.OneToOneField(Line, models.PROTECT, db_constraint=False, related_name="+")
    hash = models.CharField(max_length=64)


class Seal(MachineryRow):
    """The signature over one pass of the sealer, chained to the one before."""

    at = models.DateTimeField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)


class ChainHead(MachineryRow):
    """One row: the chain's end, and the lock that lets one sealer work at a time."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
