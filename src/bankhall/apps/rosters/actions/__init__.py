"""What is done with plans and rosters."""

from bankhall.apps.rosters.actions.asking import answer_ask, ask_to_come, lapse_asks, withdraw_ask
from bankhall.apps.rosters.actions.during_day import request_day_update, take_proposal
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
from bankhall.apps.rosters.actions.leave import (
    LeaveCheck,
    answer_leave,
    ask_leave,
    check_leave,
    withdraw_leave,
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
from bankhall.apps.rosters.actions.offers import (
    OfferCheck,
    Offering,
    answer_offer,
    check_offer,
    lapse_offers,
    offer_shift,
    take_offer,
    withdraw_offer,
)
from bankhall.apps.rosters.actions.planning import (
    NetworkPlanned,
    accept_answer,
    ask,
    plan_network,
    request_plan,
    take_plan,
)
from bankhall.apps.rosters.actions.proposing import mark_missing, propose_again, take_back_missing
from bankhall.apps.rosters.actions.proving import request_proof
from bankhall.apps.rosters.actions.publishing_today import acknowledge_roster, publish_today, review_today
from bankhall.apps.rosters.actions.season import request_season, take_season
from bankhall.apps.rosters.actions.settling import settle_weeks
from bankhall.apps.rosters.actions.speeds import learn_all
from bankhall.apps.rosters.actions.steps import approve, confirm, propose, publish, publish_due, reject
from bankhall.apps.rosters.actions.what_if import ask_what_if, name_what_if, put_into_plan
from bankhall.apps.rosters.actions.why import why, why_slot
from bankhall.apps.rosters.actions.why_me import why_me
from bankhall.apps.rosters.actions.wishing import state_wish, take_back_wish
from bankhall.apps.rosters.actions.year import (
    fix_year_week,
    move_year_week,
    note_year,
    propose_year,
    release_year_week,
)

__all__ = [
    "EditResult",
    "LeaveCheck",
    "NetworkPlanned",
    "OfferCheck",
    "Offering",
    "StretchName",
    "accept_answer",
    "acknowledge_loan",
    "acknowledge_roster",
    "agree_loan",
    "answer_ask",
    "answer_leave",
    "answer_offer",
    "approve",
    "ask",
    "ask_leave",
    "ask_to_come",
    "ask_what_if",
    "check_leave",
    "check_offer",
    "confirm",
    "decline_loan",
    "fix_year_week",
    "lapse_asks",
    "lapse_due",
    "lapse_offers",
    "learn_all",
    "lock",
    "mark_missing",
    "measure_all",
    "move",
    "move_year_week",
    "name_what_if",
    "note_year",
    "offer_loan",
    "offer_shift",
    "plan_network",
    "propose",
    "propose_again",
    "propose_year",
    "publish",
    "publish_due",
    "publish_today",
    "put_into_plan",
    "refuse_loan",
    "reject",
    "release_year_week",
    "remove",
    "request_day_update",
    "request_loans",
    "request_measures",
    "request_plan",
    "request_proof",
    "request_season",
    "retype",
    "review_today",
    "settle_weeks",
    "state_wish",
    "swap",
    "take_back_missing",
    "take_back_wish",
    "take_measures",
    "take_offer",
    "take_plan",
    "take_proposal",
    "take_season",
    "take_suggestions",
    "undo",
    "why",
    "why_me",
    "why_slot",
    "withdraw_ask",
    "withdraw_leave",
    "withdraw_loan",
    "withdraw_offer",
]
