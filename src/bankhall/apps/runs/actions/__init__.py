"""What is done with runs: kinds are registered, questions submitted, runs cancelled, computed, put on a timetable."""

from bankhall.apps.runs.actions.child import Child
from bankhall.apps.runs.actions.submitting import cancel, submit
from bankhall.apps.runs.actions.timetable import set_hour, submit_due
from bankhall.apps.runs.actions.worker import Worker
from bankhall.apps.runs.rules import Due, RunAnswer, Timed, register, schedule

__all__ = [
    "Child",
    "Due",
    "RunAnswer",
    "Timed",
    "Worker",
    "cancel",
    "register",
    "schedule",
    "set_hour",
    "submit",
    "submit_due",
]
