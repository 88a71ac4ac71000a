"""Runs and the timetable in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bankhall.apps.access.queries import Visitor
from bankhall.apps.runs.queries import Hour, Planned, RunList, RunPage, kinds
from bankhall.apps.runs.states import OPEN, RunState
from bankhall.wording.figures import WEEKDAYS, listed, side
from bankhall.wording.say import known, say, say_reason

TROUBLE_FIRST = (RunState.FAILED, RunState.CANCELLED, RunState.RUNNING, RunState.QUEUED, RunState.DONE)
SECONDS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Weekday:
    """A box of the form."""

    number: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the timetable. `shape` is the state of the last time that matters most."""

    kind: str
    words: str
    when: str
    at: str
    weekdays: tuple[Weekday, ...]
    catch_up_days: int
    catch_up: str
    is_on: bool
    editable: bool
    after: str
    last_date: date | None
    shape: RunState | None
    counts: str
    next_at: datetime | None
    set_name: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run. `note` says how far it is, or why it ended as it did."""

    run_id: int
    words: str
    branch_code: str
    business_date: date | None
    asked_name: str
    asked_at: datetime
    state: RunState
    percent: int
    note: str
    took: str
    may_stop: bool


def runs_context(
    who: Visitor, found: RunList, lines: Sequence[Planned], language: str, *, edit: str = ""
) -> dict[str, Any]:
    """What the template shows; `edit` is the kind whose hour is being changed."""
    may_edit = who.may("edit_timetable")
    entries = [entry_row(line, language, may_edit=may_edit) for line in lines]
    rows = [run_row(run, who, language) for run in found.lines]
    return {
        "station": "", "rows": rows, "older_id": found.older_id, "may_stop": any(row.may_stop for row in rows),
        "entries": entries, "may_edit": may_edit, "sees_records": who.may("see_records"),
        "edited": next((entry for entry in entries if entry.kind == edit and entry.editable), None),
        "kinds": sorted(((kind, kind_words(kind, language)) for kind in kinds()), key=lambda pair: pair[1]),
    }  # fmt: skip


def kind_words(kind: str, language: str) -> str:
    """A kind in words; one that is gone still shows its name."""
    return say(f"kind.{kind}", language) if known(f"kind.{kind}") else kind


def entry_row(line: Planned, language: str, *, may_edit: bool) -> EntryRow:
    """Value to row."""
    hour, days, names = line.hour, line.hour.catch_up_days, WEEKDAYS[side(language)]
    boxes = tuple(Weekday(number, name, number in hour.weekdays) for number, name in enumerate(names, 1))
    states = [state for state in TROUBLE_FIRST if state in line.counts]
    several = sum(line.counts.values()) > 1
    counts = [say(f"timetable.{state}", language, n=line.counts[state]) for state in states if several]
    return EntryRow(
        line.kind, kind_words(line.kind, language), when_words(hour, language), f"{hour.at:%H:%M}", boxes,
        days, say("timetable.catches_up", language, n=days) if days > 1 else "",
        hour.is_on, may_edit and not line.fixed,
        listed([kind_words(kind, language) for kind in line.after], language), line.last_date,
        next(iter(states), None), listed(counts, language), line.next_at, line.set_name,
    )  # fmt: skip


def when_words(hour: Hour, language: str) -> str:
    """`every day at 02:30`, `Mon, Thu at 18:00`, `off`."""
    if not hour.is_on:
        return say("timetable.off", language)
    at = f"{hour.at:%H:%M}"
    if len(hour.weekdays) == 7:
        return say("timetable.every_day", language, at=at)
    names = [WEEKDAYS[side(language)][number - 1] for number in sorted(hour.weekdays)]
    return say("timetable.on_days", language, days=listed(names, language), at=at)


def run_row(run: RunPage, who: Visitor, language: str) -> RunRow:
    """Value to row."""
    own = run.asked_by == who.person.username
    open_ = run.state in OPEN and not run.cancel_asked
    return RunRow(
        run.run_id, kind_words(run.kind, language), run.branch_code, run.business_date,
        run.asked_name or run.asked_by, run.asked_at, run.state, run.per_cent, note_of(run, language),
        took_words(run, language), open_ and (own or who.may("cancel_run", run.branch_code)),
    )  # fmt: skip


def note_of(run: RunPage, language: str) -> str:
    """How far it is, or why it ended; a machine's own words stay as they are."""
    if run.cancel_asked and run.state in OPEN:
        return say("timetable.stopping", language)
    if run.state == RunState.RUNNING:
        return say(f"progress.{run.message}", language) if known(f"progress.{run.message}") else ""
    return say_reason(run.reason, language)


def took_words(run: RunPage, language: str) -> str:
    """From its start to its end, in seconds or minutes."""
    if run.started_at is None or run.ended_at is None:
        return ""
    seconds = (run.ended_at - run.started_at).total_seconds()
    if seconds < SECONDS_SHOWN:
        return say("timetable.seconds", language, n=max(1, round(seconds)))
    return say("timetable.minutes", language, n=round(seconds / 60))
