"""What the timetable runs."""

from datetime import date

from django.conf import settings

from bankhall.apps.rosters.actions import publish_due
from bankhall.apps.runs.actions import Due, RunAnswer


def publish_now(run: RunAnswer) -> None:
    """The set hour has come: whatever has its last needed step is published."""
    del run
    publish_due(settings.CLOCK.now())


def once(day: date) -> list[Due]:
    """The question of the timetable's entry: one for the whole bank."""
    return [Due({"on": day.isoformat()})]
