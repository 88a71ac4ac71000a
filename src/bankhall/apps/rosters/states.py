"""The life of a branch's week, and who takes it from one state to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bankhall.apps.access.queries import Action


class RosterState(StrEnum):
    """Where a version of a branch's week stands. `superseded` is an end."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


MOVES: dict[RosterState, frozenset[RosterState]] = {
    RosterState.DRAFT: frozenset({RosterState.PROPOSED}),
    RosterState.PROPOSED: frozenset({RosterState.CONFIRMED, RosterState.DRAFT}),
    RosterState.CONFIRMED: frozenset({RosterState.APPROVED, RosterState.PUBLISHED, RosterState.DRAFT}),
    RosterState.APPROVED: frozenset({RosterState.PUBLISHED, RosterState.DRAFT}),
    RosterState.PUBLISHED: frozenset({RosterState.SUPERSEDED}),
    RosterState.SUPERSEDED: frozenset(),
}
STANDING = (RosterState.DRAFT, RosterState.PROPOSED, RosterState.CONFIRMED, RosterState.APPROVED)
"""States of a version that is still on its way; a branch's week has one such version at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move: its name, the action of the table of roles that allows it, from which states, to which."""

    name: str
    action: Action
    sources: frozenset[RosterState]
    target: RosterState


def _step(name: str, action: Action, sources: set[RosterState], target: RosterState) -> Step:
    return Step(name, action, frozenset(sources), target)


STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        _step("propose", "propose_roster", {RosterState.DRAFT}, RosterState.PROPOSED),
        _step("confirm", "confirm_roster", {RosterState.PROPOSED}, RosterState.CONFIRMED),
        _step("approve", "approve_roster", {RosterState.CONFIRMED}, RosterState.APPROVED),
        _step("publish", "publish_roster", {RosterState.CONFIRMED, RosterState.APPROVED}, RosterState.PUBLISHED),
        _step("return", "confirm_roster", {RosterState.PROPOSED}, RosterState.DRAFT),
        _step("refuse", "approve_roster", {RosterState.CONFIRMED}, RosterState.DRAFT),
        _step(
            "take_back",
            "propose_roster",
            {RosterState.PROPOSED, RosterState.CONFIRMED, RosterState.APPROVED},
            RosterState.DRAFT,
        ),
    )
}
"""`supersede` is no step: publishing the next version does it."""
REJECTING: dict[RosterState, tuple[str, ...]] = {
    RosterState.PROPOSED: ("return", "take_back"),
    RosterState.CONFIRMED: ("refuse", "take_back"),
    RosterState.APPROVED: ("take_back",),
}
"""The ways back to the draft from each state, by the name of the step."""


def next_step(state: RosterState, *, approval_needed: bool) -> Step | None:
    """The step that is awaited in a state; None when nothing is."""
    if state == RosterState.CONFIRMED:
        return STEPS["approve"] if approval_needed else STEPS["publish"]
    awaited = {RosterState.DRAFT: "propose", RosterState.PROPOSED: "confirm", RosterState.APPROVED: "publish"}
    return STEPS[awaited[state]] if state in awaited else None


class LoanState(StrEnum):
    """Where a loan of a person for a day stands. `giving_agreed` and `taking_agreed` say which branch agreed first."""

    SUGGESTED = "suggested"
    OFFERED = "offered"
    GIVING_AGREED = "giving_agreed"
    TAKING_AGREED = "taking_agreed"
    AGREED = "agreed"
    ROSTERED = "rostered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


AWAITING = (LoanState.OFFERED, LoanState.GIVING_AGREED, LoanState.TAKING_AGREED, LoanState.AGREED)
"""States in which somebody's answer is awaited."""
BINDING = (*AWAITING, LoanState.ROSTERED)
"""A person has one such loan a day at most."""


@dataclass(frozen=True, slots=True)
class LoanStepKind:
    """A step on a loan: the action that allows it, and where it leads from each state."""

    name: str
    action: Action
    moves: Mapping[LoanState, LoanState]


def _loan_step(name: str, action: Action, moves: Mapping[LoanState, LoanState]) -> LoanStepKind:
    return LoanStepKind(name, action, moves)


def _all_to(target: LoanState, sources: tuple[LoanState, ...]) -> dict[LoanState, LoanState]:
    return dict.fromkeys(sources, target)


LOAN_STEPS: dict[str, LoanStepKind] = {
    step.name: step
    for step in (
        _loan_step("offer_loan", "offer_loan", {LoanState.SUGGESTED: LoanState.OFFERED}),
        _loan_step(
            "agree_giving",
            "agree_loan",
            {LoanState.OFFERED: LoanState.GIVING_AGREED, LoanState.TAKING_AGREED: LoanState.AGREED},
        ),
        _loan_step(
            "agree_taking",
            "agree_loan",
            {LoanState.OFFERED: LoanState.TAKING_AGREED, LoanState.GIVING_AGREED: LoanState.AGREED},
        ),
        _loan_step("refuse_loan", "agree_loan", _all_to(LoanState.REFUSED, AWAITING)),
        _loan_step("acknowledge_loan", "acknowledge_loan", {LoanState.AGREED: LoanState.ROSTERED}),
        _loan_step("decline_loan", "acknowledge_loan", {LoanState.AGREED: LoanState.REFUSED}),
        _loan_step("withdraw_loan", "offer_loan", _all_to(LoanState.WITHDRAWN, AWAITING)),
    )
}
"""Time alone makes a loan `lapsed`: nobody takes that step."""

LOAN_MOVES: dict[LoanState, frozenset[LoanState]] = {
    state: frozenset(step.moves[state] for step in LOAN_STEPS.values() if state in step.moves)
    | ({LoanState.LAPSED} if state in (LoanState.SUGGESTED, *AWAITING) else frozenset())
    for state in LoanState
}


class OfferState(StrEnum):
    """Where an offered shift stands. `confirmed` is agreed to; the roster changes with the version that it made."""

    OFFERED = "offered"
    TAKEN = "taken"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OFFER_MOVES: dict[OfferState, frozenset[OfferState]] = {
    OfferState.OFFERED: frozenset({OfferState.TAKEN, OfferState.WITHDRAWN, OfferState.LAPSED}),
    OfferState.TAKEN: frozenset({OfferState.CONFIRMED, OfferState.REFUSED, OfferState.WITHDRAWN, OfferState.LAPSED}),
    OfferState.CONFIRMED: frozenset(),
    OfferState.REFUSED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
    OfferState.LAPSED: frozenset(),
}
OPEN_OFFERS = (OfferState.OFFERED, OfferState.TAKEN)
"""States in which a shift cannot be offered a second time."""


class AskState(StrEnum):
    """Where a question to one person stands, whether they can come today. `accepted` may then be planned with."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


ASK_MOVES: dict[AskState, frozenset[AskState]] = {
    AskState.ASKED: frozenset({AskState.ACCEPTED, AskState.DECLINED, AskState.LAPSED, AskState.WITHDRAWN}),
    AskState.ACCEPTED: frozenset({AskState.DECLINED, AskState.WITHDRAWN}),
    AskState.DECLINED: frozenset(),
    AskState.LAPSED: frozenset(),
    AskState.WITHDRAWN: frozenset(),
}
OPEN_ASKS = (AskState.ASKED, AskState.ACCEPTED)
"""A person has one such question a day at most. Time alone makes one `lapsed`; a yes may be taken back until it is
published."""


class ProposalState(StrEnum):
    """Where a proposal for a changed day stands: made, published, or overtaken by a newer one."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    OVERTAKEN = "overtaken"


PROPOSAL_MOVES: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PROPOSED: frozenset({ProposalState.PUBLISHED, ProposalState.OVERTAKEN}),
    ProposalState.PUBLISHED: frozenset(),
    ProposalState.OVERTAKEN: frozenset(),
}
REPLAN = "replan"
SAME_DAY = (REPLAN, "during_day")
"""How the source of a change of today begins (`replan:12`): published at once, reviewed afterwards."""
REVIEW = "review"
"""The step by which a supervisor confirms afterwards what was published the same day. It moves no state."""


class YearWeekState(StrEnum):
    """Where a person's week of mandatory leave or rotation stands. Only `fixed` binds the roster."""

    PROPOSED = "proposed"
    FIXED = "fixed"
    RELEASED = "released"
    OVERTAKEN = "overtaken"


YEAR_WEEK_MOVES: dict[YearWeekState, frozenset[YearWeekState]] = {
    YearWeekState.PROPOSED: frozenset({YearWeekState.FIXED, YearWeekState.OVERTAKEN}),
    YearWeekState.FIXED: frozenset({YearWeekState.RELEASED}),
    YearWeekState.RELEASED: frozenset(),
    YearWeekState.OVERTAKEN: frozenset(),
}
STANDING_WEEKS = (YearWeekState.PROPOSED, YearWeekState.FIXED)
"""A person has one such week at a time in the same week; planning anew overtakes what is only proposed."""
