"""What runs by the clock, as data: import, close the day, publish, forecast, measure.

Each entry is due once for a (kind, branch, business date), which is the run's unique slot: any number of keepers submit
it once. After an outage the newest missed dates are caught up, as many as the entry says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bankhall.apps.runs.actions.submitting import submit
from bankhall.apps.runs.models import Run
from bankhall.apps.runs.rules import Plain
from bankhall.apps.runs.states import OPEN
from bankhall.kernel.scope import Scope

TIMETABLE_REASON = "timetable"


@dataclass(frozen=True, slots=True)
class Due:
    """One question of an entry on a date; for the whole bank without a branch."""

    question: Plain
    branch_code: str = ""


@dataclass(frozen=True, slots=True)
class Timed:
    """A kind of run at a local time of day. `weekdays` are ISO (Monday 1); `after` names kinds that must have ended."""

    kind: str
    at: time
    questions: Callable[[date], Iterable[Due]]
    after: tuple[str, ...] = ()
    weekdays: frozenset[int] = frozenset(range(1, 8))
    catch_up_days: int = 1


_TIMETABLE: list[Timed] = []
_submitted: set[str] = set()


def schedule(entry: Timed) -> None:
    """Puts a kind on the timetable; called in `AppConfig.ready()` beside its registration."""
    _TIMETABLE[:] = [other for other in _TIMETABLE if other.kind != entry.kind] + [entry]


def submit_due(now: datetime) -> int:
    """Submits what is due at a local instant (with its zone); answers how many runs were submitted."""
    return sum(_submit(entry, day) for entry in _TIMETABLE for day in _due_dates(entry, now))


def _due_dates(entry: Timed, now: datetime) -> list[date]:
    newest = now.date() if now.time() >= entry.at else now.date() - timedelta(days=1)
    dates = [newest - timedelta(days=back) for back in reversed(range(entry.catch_up_days))]
    return [day for day in dates if day.isoweekday() in entry.weekdays]


def _submit(entry: Timed, day: date) -> int:
    mark = f"{entry.kind}@{day}"
    if mark in _submitted or Run.objects.filter(kind__in=entry.after, business_date=day, state__in=OPEN).exists():
        return 0
    by = Scope.system(TIMETABLE_REASON).actor
    times = 0
    for due in entry.questions(day):
        slot = f"{entry.kind}/{due.branch_code}@{day}"
        submit(entry.kind, due.question, by=by, branch_code=due.branch_code, business_date=day, slot=slot)
        times += 1
    _submitted.add(mark)  # a cache only: the unique slot decides
    return times
