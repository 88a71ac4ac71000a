"""The kinds of run, by name, and what makes two questions the same."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bankhall import __version__
from bankhall.apps.runs.states import LANES, Lane
from bankhall.kernel.errors import BadInput
from bankhall.kernel.scope import Actor

Plain = Mapping[str, object]


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

    `accept` runs afterwards in the worker, in one transaction with the run's end; without a function it is all.
    """

    name: str
    function: str
    lane: Lane
    accept: Callable[[RunAnswer], object] | None
    attempts: int


_KINDS: dict[str, Kind] = {}


def register(
    name: str,
    *,
    function: str = "",
    lane: Lane = "batch",
    accept: Callable[[RunAnswer], object] | None = None,
    attempts: int = 2,
) -> None:
    """Names a kind of run; called in `AppConfig.ready()` of the app that owns it."""
    if lane not in LANES or not (function or accept):
        raise ValueError(f"kind {name!r} wants a lane of {LANES} and something to do")
    _KINDS[name] = Kind(name, function, lane, accept, attempts)


def kind_of(name: str) -> Kind:
    """The kind; BadInput for an unknown one."""
    if name not in _KINDS:
        raise BadInput("unknown_run_kind", kind=name)
    return _KINDS[name]


def kinds() -> tuple[Kind, ...]:
    """All that are registered, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def fingerprint(kind: str, question: Plain, slot: str | None) -> str:
    """Equal for the same question to the same code: such a question is one run."""
    said = json.dumps([kind, question, slot, __version__], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
