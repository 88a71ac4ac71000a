"""Who works: one table for each exchange table, its columns named as the contract names them."""

from typing import Any

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow
from bankhall.apps.network.bases import ReferenceRow, code, words
from bankhall.apps.people.states import AskedState, MissingState


class CertificateKindRow(ReferenceRow):
    """A kind of certificate."""

    certificate_code = code()
    name_zh = words()
    name_en = words()


class PostRow(ReferenceRow):
    """What a person is rostered as."""

    post_code = code()
    name_zh = words()
    name_en = words()
    window_kinds = code(200)
    alone_allowed = models.BooleanField(null=True)
    counts_for_presence = models.BooleanField(null=True)
    incompatible_with = code(400)


class StaffRow(ReferenceRow):
    """A member of staff, with the balances of a date."""

    staff_no = code()
    name = words()
    name_latin = words()
    branch_code = code()
    contract = code(20)
    probation_until = models.DateField(null=True)
    hours_week = models.FloatField(null=True)
    posts = code(400)
    system_rights = words()
    overtime_minutes_month = models.IntegerField(null=True)
    comp_minutes = models.IntegerField(null=True)
    leave_days_left = models.FloatField(null=True)
    balances_on = models.DateField(null=True)
    employed_from = models.DateField(null=True)
    employed_until = models.DateField(null=True)


class CertificateRow(ReferenceRow):
    """A certificate held on the dates of its validity."""

    staff_no = code()
    certificate_code = code()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)


class ProtectionRow(ReferenceRow):
    """A protected state with its dates."""

    staff_no = code()
    kind = code(20)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)


class AbsenceRow(ReferenceRow):
    """An absence; only a granted one binds."""

    staff_no = code()
    starts_at = code(32)
    ends_at = code(32)
    kind = code(20)
    state = code(20)


class PostSpanRow(ReferenceRow):
    """Who held which post where."""

    staff_no = code()
    post_code = code()
    branch_code = code()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)


class AbsenceAsked(BusinessRow):
    """A request for leave or training: whole days, or a part of one day in minutes from local midnight.

    `reason` is health data: it leaves this table only for the person and for those who answer, and never enters the
    trail. `pays` names the account that a granted one draws on, empty for none.
    """

    staff_no = models.CharField(max_length=60)
    branch_code = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    pays = models.CharField(max_length=20, blank=True)
    first = models.DateField()
    last = models.DateField()
    start = models.PositiveSmallIntegerField(null=True)
    end = models.PositiveSmallIntegerField(null=True)
    amount = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=20, default=AskedState.ASKED)
    reason = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    answered_by = models.CharField(max_length=60, blank=True)
    answered_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(first__lte=models.F("last")), name="absence_runs_forward"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__lt=models.F("end"), first=models.F("last")),
                name="absence_part_of_one_day",
            ),
        )
        indexes = (
            models.Index(fields=["branch_code", "state", "first"], name="asked_branch"),
            models.Index(fields=["staff_no", "first"], name="asked_person"),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.staff_no} {self.first} {self.kind} {self.state}"


class Missing(BusinessRow):
    """Somebody who is missing today from a minute on, or late `until` another. `start` and `end` are the shift's.

    `kind` is health data: it leaves this table only for the person and for those who may mark. No reason is kept.
    """

    staff_no = models.CharField(max_length=60)
    branch_code = models.CharField(max_length=60)
    business_date = models.DateField()
    kind = models.CharField(max_length=20)
    since = models.PositiveSmallIntegerField()
    until = models.PositiveSmallIntegerField(null=True)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=MissingState.MARKED)
    by_code = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff_no", "business_date"], condition=Q(state=MissingState.MARKED), name="one_missing_a_day"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(since__lt=models.F("until")), name="missing_forward"),
        )
        indexes = (models.Index(fields=["branch_code", "business_date"], name="missing_branch"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.staff_no} {self.business_date} {self.state}"


class LedgerLine(BusinessRow):
    """One change of a balance, never altered: the balance is the sum. `source` names what made it, once."""

    staff_no = models.CharField(max_length=60)
    account = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    on = models.DateField()
    amount = models.BigIntegerField()
    source = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    by_code = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["staff_no", "account", "source"], name="one_ledger_line"),)
        indexes = (models.Index(fields=["staff_no", "account", "on"], name="ledger_person"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.staff_no} {self.account} {self.amount} {self.source}"

    def save_base(self, *args: Any, **options: Any) -> None:
        """A line is written once."""
        if self.pk is not None:
            raise TypeError("a ledger line is not changed; write another")
        super().save_base(*args, **options)
