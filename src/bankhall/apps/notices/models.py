"""The outbox: one row for what one person is told, and beside it when they opened it."""

from django.db import models

from bankhall.apps.audit.bases import BusinessRow, MachineryRow


class Notice(BusinessRow):
    """Kind and facts; the sentence is made at the face. Never changed, and never twice for one key and person."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    recipient = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=160)
    branch_code = models.CharField(max_length=60, blank=True)
    urgent = models.BooleanField(default=False)
    posted_by = models.CharField(max_length=60)
    posted_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "recipient"], name="one_notice_a_key_and_person"),)
        indexes = (models.Index(fields=["recipient", "-id"], name="notice_recipient"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.kind} {self.recipient} {self.key}"


class Opening(MachineryRow):
    """When the person opened a notice. No row: unread."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="opening")
    at = models.DateTimeField()
