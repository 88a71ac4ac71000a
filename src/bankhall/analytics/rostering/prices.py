"""The price list in *grains*: sixtieths of a fen, so that minutes at an hourly price stay whole numbers."""

from datetime import date

from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.business_calendar import DayKind

GRAINS = 60
"""Grains of one fen."""

OVERTIME_KIND: dict[DayKind, str] = {
    "workday": "workday",
    "makeup_workday": "workday",
    "weekend": "restday",
    "holiday": "holiday",
}


def minute_grains(situation: Situation, post_code: str, day: date) -> int:
    """One minute of a post."""
    return round(situation.price("hour", post_code, day))


def overtime_kind(situation: Situation, day: date) -> str:
    """workday, restday or holiday: which factor holds on a date."""
    return OVERTIME_KIND[situation.calendar_day(day).kind]


def premium_grains(situation: Situation, staff_no: str, day: date) -> int:
    """What a minute of overtime costs above an ordinary one, at the price of the person's usual post."""
    person = situation.people.get(staff_no)
    usual = person.posts[0] if person and person.posts else ""
    factor = situation.price(f"overtime_factor_{overtime_kind(situation, day)}", usual, day, default=1.0)
    return round(max(0.0, factor - 1.0) * situation.price("hour", usual, day))


def missing_grains(situation: Situation, post_code: str, day: date) -> int:
    """One person of a post short for one slot."""
    share = situation.problem.bank.slot_minutes / 30
    return round(situation.price("missing_half_hour", post_code, day) * share * GRAINS)


def lent_grains(situation: Situation, staff_no: str, day: date) -> int:
    """A day of somebody whose home is another branch; 0 for home staff."""
    person = situation.people.get(staff_no)
    if person is None or person.branch_code == situation.branch:
        return 0
    return round(situation.price("lent_day", person.posts[0] if person.posts else "", day) * GRAINS)


def wish_grains(situation: Situation, weight: float, day: date) -> int:
    """A wish not met."""
    return round(situation.price("unmet_wish", "", day) * weight * GRAINS)


def changed_grains(situation: Situation, day: date) -> int:
    """A shift that differs from the one published before."""
    return round(situation.price("changed_shift", "", day) * GRAINS)
