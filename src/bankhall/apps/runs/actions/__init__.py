"""What is done with runs: kinds are registered, questions submitted, runs cancelled, computed, put on a timetable."""

from bankhall.apps.runs.actions.child import Child
from bankhall.apps.runs.actions.submitting import cancel, submit
from bankhall.apps.runs.actions.timetable import Due, Timed, schedule, submit_due
from bankhall.apps.runs.actions.worker import Worker
from bankhall.apps.runs.rules import RunAnswer, register

__all__ = ["Child", "Due", "RunAnswer", "Timed", "Worker", "cancel", "register", "schedule", "submit", "submit_due"]
