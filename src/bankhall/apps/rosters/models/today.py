"""What happens to a published day on the day itself: a proposal, people asked to come, and who has seen the change."""

from django.db import models
from django.db.models import Q

from bankhall.apps.audit.bases import BusinessRow
from bankhall.apps.rosters.states import OPEN_ASKS, AskState, ProposalState


class Proposal(BusinessRow):
    """A changed day for a published version, as it was asked for and answered (empty while it is computed).

    A branch's day has one that is `proposed` at most: a newer one overtakes it.
    """

    roster = models.ForeignKey("rosters.Roster", models.PROTECT, related_name="proposals")
    branch_code = models.CharField(max_length=60)
    business_date = models.DateField()
    at = models.DateTimeField()
    by_code = models.CharField(max_length=60)
    state = models.CharField(max_length=20, default=ProposalState.PROPOSED)
    run_id = models.BigIntegerField(null=True)
    answer = models.JSONField(null=True)
    made_version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["branch_code", "business_date"], condition=Q(state=ProposalState.PROPOSED),
                name="one_proposal_a_day",
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=["branch_code", "business_date", "-id"], name="proposal_day"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.branch_code} {self.business_date} {self.state}"


class Ask(BusinessRow):
    """One person asked to come today from `start` to `end`, by whom, and what they said.

    For somebody of another branch `loan` is what their home agrees to: with both yeses they are planned with.
    """

    branch_code = models.CharField(max_length=60)
    business_date = models.DateField()
    staff_no = models.CharField(max_length=60)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=AskState.ASKED)
    by_code = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120, blank=True)
    by_staff_no = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    loan = models.OneToOneField("rosters.Loan", models.PROTECT, null=True, related_name="ask")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff_no", "business_date"], condition=Q(state__in=list(OPEN_ASKS)), name="one_open_ask"
            ),
            models.CheckConstraint(condition=Q(start__lt=models.F("end")), name="ask_runs_forward"),
        )
        indexes = (
            models.Index(fields=["branch_code", "business_date"], name="ask_branch"),
            models.Index(fields=["staff_no", "-at"], name="ask_person"),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.staff_no} {self.business_date} {self.state}"


class Acknowledgement(BusinessRow):
    """One person whose day a version changed, and when they said that they have seen it (empty: not yet)."""

    roster = models.ForeignKey("rosters.Roster", models.PROTECT, related_name="acknowledgements")
    staff_no = models.CharField(max_length=60)
    wanted_at = models.DateTimeField()
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["roster", "staff_no"], name="one_acknowledgement"),)
        indexes = (models.Index(fields=["staff_no", "-id"], name="acknowledgement_person"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.roster_id} {self.staff_no} {self.at}"
