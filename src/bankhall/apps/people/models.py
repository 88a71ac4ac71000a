"""Who works: one table for each exchange table, its columns named as the contract names them."""

from django.db import models

from bankhall.apps.network.bases import ReferenceRow, code, words


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
