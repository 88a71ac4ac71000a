"""The rule pack, and the versions of a branch's week with everything that was planned, done and decided on them."""

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow
from bankhall.apps.network.bases import ReferenceRow, code, words
from bankhall.apps.rosters.models.speeds import SpeedRow as SpeedRow
from bankhall.apps.rosters.models.today import Acknowledgement as Acknowledgement
from bankhall.apps.rosters.models.today import Ask as Ask
from bankhall.apps.rosters.models.today import Proposal as Proposal
from bankhall.apps.rosters.models.year import YearLook as YearLook
from bankhall.apps.rosters.models.year import YearWeek as YearWeek
from bankhall.apps.rosters.states import BINDING, OPEN_OFFERS, STANDING, LoanState, OfferState, RosterState


class DutyRow(ReferenceRow):
    """What must be manned and is not a customer."""

    duty_code = code()
    branch_code = code()
    name_zh = words()
    name_en = words()
    weekdays = code(20)
    relative_to = code(20)
    earliest = code(10)
    latest = code(10)
    minutes = models.PositiveIntegerField()
    people = models.PositiveSmallIntegerField()
    posts = code(400)
    certificates = code(400)
    away_from_window = models.BooleanField(null=True)
    different_from = code(400)


class RuleRow(ReferenceRow):
    """One row of the rule pack."""

    rule_code = code()
    branch_code = code()
    value = models.FloatField()
    unit = code()
    rule_class = code(20)
    source = words()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)


class PriceRow(ReferenceRow):
    """One row of the price list."""

    item = code()
    post_code = code()
    amount = models.FloatField()
    valid_from = models.DateField(null=True)


class WishRow(ReferenceRow):
    """A wish for one date."""

    staff_no = code()
    business_date = models.DateField()
    kind = code(20)
    weight = models.FloatField(null=True)


class Roster(BusinessRow):
    """One version of a branch's week. `edit` counts every change of its assignments; an act on an older one is refused.

    The figures beside it are those of the newest edit, `proof_edit` is the edit that was simulated. `made_at` is the
    as-of instant of its plan, not the moment of computing.
    """

    branch_code = models.CharField(max_length=60)
    week = models.CharField(max_length=8)
    first = models.DateField()
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default=RosterState.DRAFT)
    edit = models.PositiveIntegerField(default=0)
    proof_edit = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=20)
    run_id = models.BigIntegerField(null=True)
    seed = models.BigIntegerField(default=0)
    inputs_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    unmet_half_hours = models.PositiveIntegerField(default=0)
    law_breaches = models.PositiveIntegerField(default=0)
    agreement_breaches = models.PositiveIntegerField(default=0)
    cost_fen = models.BigIntegerField(default=0)
    avoidable_fen = models.BigIntegerField(default=0)
    moves = models.BigIntegerField(default=0)
    overtime_minutes = models.PositiveIntegerField(default=0)
    extra_cost_fen = models.BigIntegerField(default=0)
    approval_needed = models.BooleanField(default=False)
    breaches = models.JSONField(default=list)
    unmet = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["branch_code", "week", "version"], name="one_roster_version"),
            models.UniqueConstraint(
                fields=["branch_code", "week"], condition=Q(state=RosterState.PUBLISHED), name="one_published_roster"
            ),
            models.UniqueConstraint(
                fields=["branch_code", "week"], condition=Q(state__in=list(STANDING)), name="one_standing_roster"
            ),
        )
        indexes = (models.Index(fields=["week", "branch_code"], name="roster_week"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code}/{self.week}/{self.version}"


class Plan(BusinessRow):
    """What the science answered beside the assignments, as plain exchange rows. Kept whole with its version."""

    roster = models.OneToOneField(Roster, models.PROTECT, related_name="plan")
    requirement = models.JSONField(default=list)
    proof = models.JSONField(default=list)
    forecasts = models.JSONField(default=list)
    day_totals = models.JSONField(default=list)
    shortfalls = models.JSONField(default=list)
    conflict = models.JSONField(default=list)
    notes = models.JSONField(default=list)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"plan of {self.roster_id}"


class Stretch(BusinessRow):
    """One assignment. Start and end are minutes from local midnight."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="stretches")
    staff_no = models.CharField(max_length=60)
    business_date = models.DateField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=60, blank=True)
    post_code = models.CharField(max_length=60, blank=True)
    at_branch_code = models.CharField(max_length=60, blank=True)
    locked = models.BooleanField(default=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(start__lt=models.F("end")), name="stretch_runs_forward"),)
        indexes = (models.Index(fields=["staff_no", "business_date"], name="stretch_person"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.staff_no} {self.business_date} {self.start}-{self.end} {self.kind} {self.code}"


class Edit(BusinessRow):
    """One change of a version's assignments, with what it took away and what it brought, so that it can be undone."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=60)
    by_code = models.CharField(max_length=60)
    at = models.DateTimeField()
    removed = models.JSONField(default=list)
    added = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["roster", "number"], name="one_edit_number"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.roster_id} {self.number} {self.what}"


class StepTaken(BusinessRow):
    """Who took which step, when, at which edit, and why."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    by_code = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120, blank=True)
    by_staff_no = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    edit = models.PositiveIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.roster_id} {self.step} {self.by_code}"


class ForecastIssue(BusinessRow):
    """A forecast as issued: its day totals (the slots lie in the lake). `replayed`: made later from what was known."""

    branch_code = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    first = models.DateField()
    last = models.DateField()
    day_totals = models.JSONField()
    replayed = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["branch_code", "made_at", "first"], name="one_forecast_issue"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code} {self.made_at}"


class Outlook(BusinessRow):
    """What was measured of a branch's forecasts: error rows beside the baselines, and calendar effects."""

    branch_code = models.CharField(max_length=60)
    as_of = models.DateField()
    errors = models.JSONField(default=list)
    error_dates = models.JSONField(default=list)
    effects = models.JSONField(default=list)
    run_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["branch_code", "as_of"], name="one_outlook"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code} {self.as_of}"


class DayLook(BusinessRow):
    """A look at the rest of a day, as it was answered: at which minute, whether of the day itself or replayed."""

    branch_code = models.CharField(max_length=60)
    day = models.DateField()
    minute = models.PositiveSmallIntegerField()
    replay = models.BooleanField()
    asked_at = models.DateTimeField()
    run_id = models.BigIntegerField()
    answer = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=["branch_code", "day", "replay", "minute"], name="look_at_day"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code} {self.day} {self.minute}"


class Season(BusinessRow):
    """Twelve weeks ahead of a day for one branch, as the science answered."""

    branch_code = models.CharField(max_length=60)
    as_of = models.DateField()
    answer = models.JSONField(default=dict)
    run_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["branch_code", "as_of"], name="one_season"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code} {self.as_of}"


class Loan(BusinessRow):
    """One person lent for one date. `stretches` are what they do at the taking branch, as plain assignments.

    The savings are those that the flow found (`saved_fen`, half hours, minutes of the P90 wait); by hand: none.
    """

    code = models.CharField(max_length=40, unique=True)
    week = models.CharField(max_length=8)
    from_branch = models.CharField(max_length=60)
    to_branch = models.CharField(max_length=60)
    staff_no = models.CharField(max_length=60)
    business_date = models.DateField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    post_code = models.CharField(max_length=60)
    window_code = models.CharField(max_length=60, blank=True)
    from_pool = models.BooleanField(default=False)
    travel_minutes = models.PositiveSmallIntegerField(default=0)
    half_hours_saved = models.PositiveSmallIntegerField(default=0)
    cost_fen = models.BigIntegerField(default=0)
    saved_fen = models.BigIntegerField(default=0)
    wait_p90_saved = models.FloatField(null=True)
    stretches = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=LoanState.SUGGESTED)
    made_at = models.DateTimeField()
    run_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff_no", "business_date"], condition=Q(state__in=list(BINDING)), name="one_loan_a_day"
            ),
            models.CheckConstraint(condition=Q(start__lt=models.F("end")), name="loan_runs_forward"),
            models.CheckConstraint(condition=~Q(from_branch=models.F("to_branch")), name="loan_goes_elsewhere"),
        )
        indexes = (
            models.Index(fields=["week", "to_branch"], name="loan_to"),
            models.Index(fields=["week", "from_branch"], name="loan_from"),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.code} {self.staff_no} {self.from_branch}-{self.to_branch} {self.state}"


class LoanStep(BusinessRow):
    """Who took which step on a loan, when, and why."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    by_code = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120, blank=True)
    by_staff_no = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.loan_id} {self.step} {self.by_code}"


class ShiftOffer(BusinessRow):
    """A day's work that is offered to a named colleague or (empty) to whoever takes it.

    With `return_date` it is a swap: the colleague's work of that date comes back. Both dates are of one week.
    """

    branch_code = models.CharField(max_length=60)
    week = models.CharField(max_length=8)
    business_date = models.DateField()
    staff_no = models.CharField(max_length=60)
    to_staff_no = models.CharField(max_length=60, blank=True)
    return_date = models.DateField(null=True)
    taken_by = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, default=OfferState.OFFERED)
    offered_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.TextField(blank=True)
    made_version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff_no", "business_date"], condition=Q(state__in=list(OPEN_OFFERS)), name="one_open_offer"
            ),
        )
        indexes = (models.Index(fields=["branch_code", "state", "business_date"], name="offer_branch"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.staff_no} {self.business_date} {self.state}"


class Change(BusinessRow):
    """Why a published week has a further version, and what asked for it (`request:12`, `offer:3`)."""

    roster = models.OneToOneField(Roster, models.PROTECT, related_name="change")
    replaces = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    reason = models.TextField()

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.roster_id} {self.source}"


class WhatIf(BusinessRow):
    """A question about a version, kept with its answer (empty while it is computed) and the version that came of it."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="what_ifs")
    branch_code = models.CharField(max_length=60)
    edit = models.PositiveIntegerField()
    day = models.DateField()
    name = models.CharField(max_length=120, blank=True)
    changes = models.JSONField()
    by_code = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    run_id = models.BigIntegerField(null=True)
    answer = models.JSONField(null=True)
    put_version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=["branch_code", "-id"], name="what_if_branch"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code} {self.id} {self.by_code}"
