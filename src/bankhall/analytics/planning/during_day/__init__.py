"""During the day: what is left of it from what has come, and what could be changed in the next two hours."""

from bankhall.analytics.planning.during_day.look import look_at_the_rest
from bankhall.analytics.planning.during_day.values import Busy, DayUpdate, Moment, Proposal, Waiting

__all__ = ["Busy", "DayUpdate", "Moment", "Proposal", "Waiting", "look_at_the_rest"]
