"""What the timetable runs."""

from datetime import date
from functools import partial

from django.conf import settings

from bankhall.apps.network import queries as network
from bankhall.apps.rosters.actions import lapse_asks, lapse_due, lapse_offers, publish_due, settle_weeks
from bankhall.apps.rosters.actions.certificates import see_certificates
from bankhall.apps.rosters.problems import attendance_question, issue_question, measure_question, speeds_question
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


def look_at_certificates(run: RunAnswer) -> None:
    """A day begins: which certificates one person alone holds, at every branch."""
    del run
    see_certificates(settings.CLOCK.today())


def close_requests(run: RunAnswer) -> None:
    """A day begins: what nobody took or answered in time lapses, and weeks that are over are settled."""
    del run
    now, today = settings.CLOCK.now(), settings.CLOCK.today()
    lapse_offers(now, today)
    lapse_asks(now)
    settle_weeks(now, today)


def measures_of(day: date) -> list[Due]:
    """Every branch is measured at night, as of the day that begins."""
    return [Due(partial(measure_question, code, as_of=day), code) for code in _branches()]


def forecasts_of(day: date) -> list[Due]:
    """Every branch's forecasts of the coming weeks are issued at night, as of the day that begins."""
    return [Due(partial(issue_question, code, as_of=day), code) for code in _branches()]


def speeds_of(day: date) -> list[Due]:
    """How quick people are is learned at night, from the records up to the day before."""
    return [Due(partial(speeds_question, code, as_of=day), code) for code in _branches()]


def accounts_of(day: date) -> list[Due]:
    """Every branch's account of plan and promise is kept at night, up to the day before."""
    return [Due(partial(attendance_question, code, on=day), code) for code in _branches()]


def _branches() -> list[str]:
    """All that are open; none in a demo, whose day never ends."""
    scope = Scope.system("the timetable")
    return [] if settings.DEMO else [node.node_code for node in network.branches(scope)]


def once(day: date) -> list[Due]:
    """The question of the timetable's entry: one for the whole bank."""
    return [Due(lambda: {"on": day.isoformat()})]
