"""Where service happens: one table for each exchange table, its columns named as the contract names them.

Codes point to other rows by value: they come from the bank's own systems, and a file may bring them in any order.
"""

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow
from bankhall.apps.network.bases import ReferenceRow, code, words


class House(BusinessRow):
    """What `bank.toml` says of the bank as a whole; the newest row holds."""

    name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    slot_minutes = models.PositiveSmallIntegerField(default=30)
    synthetic = models.BooleanField(default=False)
    taken_in = models.CharField(max_length=60)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(slot_minutes__in=[15, 30, 60]), name="slot_is_known"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return self.name_en


class NodeRow(ReferenceRow):
    """Head office, region or branch."""

    node_code = code()
    kind = code(20)
    parent_code = code()
    name_zh = words()
    name_en = words()
    zone = code()
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    pool = models.BooleanField(null=True)


class TravelRow(ReferenceRow):
    """Minutes between two branches."""

    from_branch = code()
    to_branch = code()
    minutes = models.PositiveIntegerField()


class BusinessDay(ReferenceRow):
    """One date of the calendar, with the notice that says so."""

    date = models.DateField()
    kind = code(20)
    name_zh = words()
    name_en = words()
    markers = code(200)
    region_code = code()
    source = words()


class OpeningRow(ReferenceRow):
    """One span of opening."""

    branch_code = code()
    segment = code(20)
    weekday = models.PositiveSmallIntegerField(null=True)
    day_kind = code(20)
    date = models.DateField(null=True)
    opens = code(5)
    closes = code(5)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)


class ServiceRow(ReferenceRow):
    """What a customer comes for."""

    service_code = code()
    name_zh = words()
    name_en = words()
    segment = code(20)
    family = code(20)
    typical_minutes = models.FloatField(null=True)
    certificates = code(400)
    dual_control = models.BooleanField(null=True)
    zone = code()
    priority = models.IntegerField(null=True)
    elsewhere = code(400)
    papers_zh = words()
    papers_en = words()


class TierRow(ReferenceRow):
    """A tier of customers."""

    tier_code = code()
    name_zh = words()
    name_en = words()
    kind = code(20)


class WindowRow(ReferenceRow):
    """A counter."""

    branch_code = code()
    window_code = code()
    kind = code(20)
    services = words()
    closes_first = models.PositiveSmallIntegerField(null=True)


class PromiseRow(ReferenceRow):
    """What was promised to whom, from when."""

    branch_code = code()
    service_code = code()
    family = code(20)
    tier_code = code()
    wait_minutes = models.FloatField()
    share = models.FloatField()
    hard_maximum_minutes = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
