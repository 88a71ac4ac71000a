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
from bankhall.apps.rosters.actions.measuring import measure_all, request_measures, take_measures
from bankhall.apps.rosters.actions.planning import (
    NetworkPlanned,
    accept_answer,
    ask,
    plan_network,
    request_plan,
    take_plan,
)
from bankhall.apps.rosters.actions.steps import approve, confirm, propose, publish, publish_due, reject
from bankhall.apps.rosters.actions.why import why, why_slot

__all__ = [
    "EditResult", "NetworkPlanned", "StretchName", "accept_answer", "approve", "ask", "confirm", "lock", "measure_all",
    "move", "plan_network", "propose", "publish", "publish_due", "reject", "remove", "request_measures",
    "request_plan", "retype", "swap", "take_measures", "take_plan", "undo", "why", "why_slot",
]  # fmt: skip
