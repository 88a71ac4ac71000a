"""The kinds of run, by name, when they run by the clock, and what makes two questions the same."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from bankhall import __version__
from bankhall.apps.runs.states import LANES, Lane
from bankhall.kernel.errors import BadInput, NotFound
from bankhall.kernel.scope import Actor

Plain = Mapping[str, object]
ATTEMPTS = 5
"""A lost worker is seldom its question's fault: only one that was lost so often is not begun again."""


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """A question with its answer, as the accepting action gets it."""

    run_id: int
    kind: str
    question: Plain
    answer: Plain
    branch_code: str
    business_date: date | None
    asked_by: Actor
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of run. `function` ("package.module:function") runs in a child process without Django, on plain JSON.

    `accept` runs afterwards in the worker, in one transaction with the run's end; without a function it is all. A
    `private` answer goes to `accept` alone: the run does not keep it.
    """

    name: str
    function: str
    lane: Lane
    accept: Callable[[RunAnswer], object] | None
    attempts: int
    private: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One question of an entry on a date, made when it is submitted; for the whole bank without a branch."""

    ask: Callable[[], Plain]
    branch_code: str = ""


@dataclass(frozen=True, slots=True)
class Timed:
    """A kind of run at a local time of day. `weekdays` are ISO (Monday 1); `after` names kinds that must have ended.

    Hours, weekdays and days to catch up are what holds until somebody sets others; those of a `fixed` entry stay, since
    a rule of the trade speaks of them.
    """

    kind: str
    at: time
    dues: Callable[[date], Iterable[Due]]
    after: tuple[str, ...] = ()
    weekdays: frozenset[int] = frozenset(range(1, 8))
    catch_up_days: int = 1
    fixed: bool = False


_KINDS: dict[str, Kind] = {}
_TIMETABLE: list[Timed] = []


def register(
    name: str,
    *,
    function: str = "",
    lane: Lane = "batch",
    accept: Callable[[RunAnswer], object] | None = None,
    attempts: int = ATTEMPTS,
    private: bool = False,
) -> None:
    """Names a kind of run; called in `AppConfig.ready()` of the app that owns it."""
    if lane not in LANES or not (function or accept):
        raise ValueError(f"kind {name!r} wants a lane of {LANES} and something to do")
    _KINDS[name] = Kind(name, function, lane, accept, attempts, private)


def kind_of(name: str) -> Kind:
    """The kind; BadInput for an unknown one."""
    if name not in _KINDS:
        raise BadInput("unknown_run_kind", kind=name)
    return _KINDS[name]


def kinds() -> tuple[Kind, ...]:
    """All that are registered, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def schedule(entry: Timed) -> None:
    """Puts a kind on the timetable; called in `AppConfig.ready()` beside its registration."""
    _TIMETABLE[:] = [other for other in _TIMETABLE if other.kind != entry.kind] + [entry]


def timed() -> tuple[Timed, ...]:
    """Every entry of the timetable, in the order of registration."""
    return tuple(_TIMETABLE)


def timed_kind(kind: str) -> Timed:
    """The entry of a kind; NotFound when it is not on the timetable."""
    for entry in _TIMETABLE:
        if entry.kind == kind:
            return entry
    raise NotFound("timetable_entry", kind=kind)


def slot_of(kind: str, branch_code: str, day: date) -> str:
    """What makes a timetable's run the only one of its kind, branch and date."""
    return f"{kind}/{branch_code}@{day}"


def fingerprint(kind: str, question: Plain, slot: str | None) -> str:
    """Equal for the same question to the same code: such a question is one run."""
    said = json.dumps([kind, question, slot, __version__], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
