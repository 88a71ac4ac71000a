"""What is done with plans and rosters."""

from bankhall.apps.rosters.actions.editing import (
    EditResult,
    StretchName,
    lock,
    move,
    remove,
    retype,
    swap,
    undo,
)
from bankhall.apps.rosters.actions.loans import (
    acknowledge_loan,
    agree_loan,
    decline_loan,
    lapse_due,
    offer_loan,
    refuse_loan,
    request_loans,
    take_suggestions,
    withdraw_loan,
)
from bankhall.apps.rosters.actions.measuring import measure_all, request_measures, take_measures
from bankhall.apps.rosters.actions.planning import (
    NetworkPlanned,
    accept_answer,
    ask,
    plan_network,
    request_plan,
    take_plan,
)
from bankhall.apps.rosters.actions.proving import request_proof
from bankhall.apps.rosters.actions.season import request_season, take_season
from bankhall.apps.rosters.actions.steps import approve, confirm, propose, publish, publish_due, reject
from bankhall.apps.rosters.actions.why import why, why_slot

__all__ = [
    "EditResult", "NetworkPlanned", "StretchName", "accept_answer", "acknowledge_loan", "agree_loan", "approve", "ask",
    "confirm", "decline_loan", "lapse_due", "lock", "measure_all", "move", "offer_loan", "plan_network", "propose",
    "publish", "publish_due", "refuse_loan", "reject", "remove", "request_loans", "request_measures", "request_plan",
    "request_proof", "request_season", "retype", "swap", "take_measures", "take_plan", "take_season",
    "take_suggestions", "undo", "why", "why_slot", "withdraw_loan",
]  # fmt: skip
