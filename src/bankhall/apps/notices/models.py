"""The outbox: one row for what one person is told; beside it when they opened it, and how it left the house."""

from django.db import models

from bankhall.apps.audit.bases import BusinessRow, MachineryRow
from bankhall.apps.notices.states import DeliveryState


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
        indexes = (
            models.Index(fields=["recipient", "-id"], name="notice_recipient"),
            models.Index(fields=["subject_code", "subject_kind"], name="notice_subject"),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.kind} {self.recipient} {self.key}"


class Opening(MachineryRow):
    """When the person opened a notice. No row: unread."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="opening")
    at = models.DateTimeField()


class Settlement(BusinessRow):
    """How what a notice waited for came to its end, and by whom. No row: it still waits, or waited for nobody."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="settlement")
    outcome = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


class Delivery(MachineryRow):
    """One notice on one channel. `message_id` goes with the message, so that a receiver knows it again.

    `unmarked` counts sendings whose end nobody knows; `address` is a mail address, or a branch with a robot.
    """

    message_id = models.CharField(max_length=80, unique=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    unmarked = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "next_at"], name="delivery_due"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.message_id} {self.state} {self.attempts}"


class Choice(BusinessRow):
    """What one person wants by mail beside the page, and where; no row: everything, at the bank's address."""

    person = models.CharField(max_length=60, unique=True)
    by_mail = models.BooleanField(default=True)
    address = models.CharField(max_length=200, blank=True)
    topics_off = models.JSONField(default=list)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return self.person


class FeedLink(BusinessRow):
    """A link under which a calendar reads somebody's shifts. The link itself is not stored, only its digest."""

    digest = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["username"], condition=models.Q(withdrawn_at=None), name="one_feed_link_a_person"
            ),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.username} {self.made_at}"


class FeedCount(MachineryRow):
    """How often a link, or an address with wrong links, was asked within a span."""

    who = models.CharField(max_length=80, primary_key=True)
    since = models.DateTimeField()
    asked = models.PositiveIntegerField(default=0)
