"""What the timetable runs: the inbox is looked through, the lake is tidied."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from bankhall.apps.imports.actions.picking import pick_up
from bankhall.apps.runs.actions import Due, RunAnswer


def look_into_inbox(run: RunAnswer) -> None:
    """Starts the imports of what was laid there."""
    pick_up(on=run.business_date or settings.CLOCK.today(), now=timezone.now())


def inbox_due(day: date) -> list[Due]:
    """Once a day for the whole bank."""
    return [Due(lambda: {"on": day.isoformat()})]


def lake_due(day: date) -> list[Due]:
    """Once a day."""
    return [Due(lambda: {"on": day.isoformat(), "lake": str(settings.LAKE)})]
