"""What the timetable runs."""

from datetime import date

from django.conf import settings

from bankhall.apps.network import queries as network
from bankhall.apps.rosters.actions import lapse_due, lapse_offers, publish_due, settle_weeks
from bankhall.apps.rosters.problems import measure_question
from bankhall.apps.runs.actions import Due, RunAnswer
from bankhall.kernel.scope import Scope


def publish_now(run: RunAnswer) -> None:
    """The set hour has come: whatever has its last needed step is published."""
    del run
    publish_due(settings.CLOCK.now())


def lapse_loans(run: RunAnswer) -> None:
    """The day has come: a loan that nobody answered is off."""
    del run
    lapse_due(settings.CLOCK.today())


def close_requests(run: RunAnswer) -> None:
    """A day begins: offers that nobody took in time lapse, and weeks that are over are settled."""
    del run
    now, today = settings.CLOCK.now(), settings.CLOCK.today()
    lapse_offers(now, today)
    settle_weeks(now, today)


def measures_of(day: date) -> list[Due]:
    """Every branch is measured at night, as of the day that begins. A demo's day never ends, so there it is not."""
    if settings.DEMO:
        return []
    codes = [node.node_code for node in network.branches(Scope.system("the timetable"))]
    return [Due(measure_question(code, as_of=day), code) for code in codes]


def once(day: date) -> list[Due]:
    """The question of the timetable's entry: one for the whole bank."""
    return [Due({"on": day.isoformat()})]
