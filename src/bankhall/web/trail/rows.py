"""Lines of the trail in the reader's words."""

import json
from dataclasses import dataclass
from datetime import datetime

from bankhall.apps.audit.queries import Fault, LinePage, TrailLine, Verdict
from bankhall.wording.say import known, say


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One act. `place` is its number in the sealed chain, empty until the sealer has passed."""

    line_id: int
    at: datetime
    act: str
    actor: str
    actor_code: str
    subject_kind: str
    subject_code: str
    branch_code: str
    reason: str
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class TrailTable:
    """A page of rows; `older_id` asks for the next one (0: there is none)."""

    rows: tuple[TrailRow, ...]
    older_id: int


@dataclass(frozen=True, slots=True)
class VerdictRows:
    """Whether the trail is whole, with every fault in words."""

    whole: bool
    lines: int
    sealed: int
    seals: int
    last_sealed_at: datetime | None
    faults: tuple[str, ...]


def table_of(page: LinePage, language: str) -> TrailTable:
    """The lines as the page shows them."""
    return TrailTable(tuple(_row(line, language) for line in page.lines), page.next_before_id)


def verdict_rows(verdict: Verdict, language: str, *, most: int = 50) -> VerdictRows:
    """The verdict in words; only the first faults are listed, the command line lists all."""
    faults = tuple(_fault(fault, language) for fault in verdict.faults[:most])
    return VerdictRows(verdict.whole, verdict.lines, verdict.sealed, verdict.seals, verdict.last_sealed_at, faults)


def _row(line: TrailLine, language: str) -> TrailRow:
    return TrailRow(
        line.line_id, line.at, _word(f"act.{line.name}", line.name, language), line.actor_name or line.actor_code,
        line.actor_code, _word(f"subject.{line.subject.kind}", line.subject.kind, language), line.subject.code,
        line.subject.branch_code, line.reason, _note(line.before), _note(line.after), str(line.seq or ""),
    )  # fmt: skip


def _fault(fault: Fault, language: str) -> str:
    return say(f"fault.{fault.code}", language, place=fault.place)


def _word(code: str, otherwise: str, language: str) -> str:
    """The words of a code; lines of code that is gone still show their name."""
    return say(code, language) if known(code) else otherwise


def _note(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
