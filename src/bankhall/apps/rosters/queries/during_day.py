"""The page "During the day": what has come beside the forecast, and the newest look at the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from bankhall.apps.access.queries import check_may, may
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import DayLook, ForecastIssue, Roster
from bankhall.apps.rosters.queries.forecast_page import slots_as_issued
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import ForecastSlot, PlanNames
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.queries.values import RunBeside
from bankhall.apps.rosters.states import RosterState
from bankhall.apps.runs import queries as runs
from bankhall.kernel.bank.opening import open_at_all
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import BusinessCalendar
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

KIND = "during_day"
STEP_MINUTES = 5
LOOK_BACK_DAYS = 14
STALE_MINUTES = 30
"""Records that are older do not say what stands in the hall now."""


@dataclass(frozen=True, slots=True)
class DayPage:
    """A day at a minute. `spans` are the opening; `newest` is the minute of the last record (None: nothing of the day
    is imported); `issued` what was forecast before it, with what came; `update` the newest look's answer."""

    branch_code: str
    name: Bilingual
    day: date
    minute: int
    replay: bool
    spans: tuple[tuple[int, int], ...]
    newest: int | None
    came: int
    issued: tuple[ForecastSlot, ...]
    version: int | None
    update: Mapping[str, Any] | None
    look_id: int | None
    run: RunBeside | None
    names: PlanNames
    slot_minutes: int
    synthetic: bool
    may_take: bool
    recorded_before: date | None

    @property
    def stale(self) -> bool:
        """Whether the records of today lag behind."""
        return not self.replay and self.newest is not None and self.minute - self.newest > STALE_MINUTES


def day_page(
    scope: Scope, branch_code: str, *, day: date | None = None, minute: int | None = None, now: datetime
) -> DayPage:
    """Today, or an earlier day at a minute of it as it was known then."""
    check_may(scope, "see_plan", branch_code)
    node = network.branch(scope, branch_code)
    local = now.astimezone(ZoneInfo(node.zone))
    replay = day is not None and (day != local.date() or minute is not None)
    when, at = day or local.date(), minute if replay and minute is not None else local.hour * 60 + local.minute
    bank = bank_of(branch_code)
    newest, came, before = _records(branch_code, when, at, node.zone)
    issues = list(ForecastIssue.objects.filter(branch_code=branch_code, first__lte=when, last__gte=when))
    roster = Roster.objects.filter(branch_code=branch_code, week=str(Week.of(when)), state=RosterState.PUBLISHED)
    look = _look(branch_code, when, at, replay=replay)
    line = runs.open_run(scope, kind=KIND, branch_code=branch_code)
    running = RunBeside(line.run_id, line.state, line.per_cent, line.message, line.reason) if line else None
    counts = {(when, start): float(n) for start, n in _by_slot(came, bank.slot_minutes).items()}
    return DayPage(
        branch_code, node.name, when, at, replay,
        open_at_all(bank.opening_hours, branch_code, BusinessCalendar(bank.calendar).day(when, node.parent_code)),
        newest, len(came),
        slots_as_issued(branch_code, "", when, sorted(issues, key=lambda issue: issue.made_at), counts),
        roster.values_list("version", flat=True).first(),
        look.answer if look else None, look.pk if look else None, running, names_of(bank, branch_code),
        bank.slot_minutes, bank.synthetic, may(scope, "edit_roster", branch_code) and not replay, before,
    )  # fmt: skip


def _records(branch_code: str, day: date, minute: int, zone: str) -> tuple[int | None, list[float], date | None]:
    """The newest minute that is known, the minutes at which somebody joined a line, and where there is
    nothing the newest recorded day before."""
    if not Path(settings.LAKE).is_dir():
        return None, [], None
    from bankhall.data.lake import Lake
    from bankhall.data.planning.moments import day_records
    from bankhall.data.queries import lake_source
    from bankhall.data.queries.arrivals import count_rows

    source = lake_source(Lake(Path(settings.LAKE)))
    found = day_records(source, branch_code, day, zone)
    joined = [step["queued"] for step in found.steps if step["queued"] is not None and step["queued"] <= minute]
    if found.newest is not None:
        return min(int(found.newest), minute), joined, None
    first, last = day - timedelta(days=LOOK_BACK_DAYS), day - timedelta(days=1)
    before = count_rows(source, branch_code=branch_code, first=first, last=last)
    return None, joined, max((row[1] for row in before), default=None)


def _by_slot(joined: list[float], slot_minutes: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in joined:
        start = int(one) // slot_minutes * slot_minutes
        found[start] = found.get(start, 0) + 1
    return found


def _look(branch_code: str, day: date, minute: int, *, replay: bool) -> DayLook | None:
    """The newest look at that day; of a replay, the one at that minute."""
    rows = DayLook.objects.filter(branch_code=branch_code, day=day, replay=replay, minute__lte=minute)
    rows = rows.filter(minute__gt=minute - STEP_MINUTES) if replay else rows
    return rows.order_by("-minute", "-id").first()
