"""What the Import pages show, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse

from bankhall.apps.imports.actions import Preview
from bankhall.apps.imports.queries import BatchDetail, BatchLine, NoteLine, RefusalLine
from bankhall.data.contracts import TABLES
from bankhall.web.ui.running import Progress, progress_of
from bankhall.wording.say import known, say, say_reason

GOOD: tuple[str, ...] = ()
QUIET = ("encoding_detected",)


@dataclass(frozen=True, slots=True)
class Said:
    """A note as people read it, with its shape."""

    shape: str
    words: str


@dataclass(frozen=True, slots=True)
class PreviewTable:
    """The first rows of a table as the mapping makes them."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    read: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A row in quarantine, with the reason in words."""

    table: str
    file: str
    row: int
    reason: str
    text: str


def allows_of(notes: Iterable[NoteLine], language: str) -> list[Said]:
    """What the records allow and what is missing."""
    return [Said(_shape(note.code), note_words(note.code, dict(note.facts), language)) for note in notes]


def _shape(code: str) -> str:
    return "help" if code in GOOD else "" if code in QUIET else "watch"


def note_words(code: str, facts: dict[str, Any], language: str) -> str:
    """A note in words; the table's name stands before it when it has one."""
    words = (
        say(f"note.{code}", language, **facts) if known(f"note.{code}") else say(f"import.{code}", language, **facts)
    )
    table = str(facts.get("table", ""))
    joint = "：" if language.startswith("zh") else ": "
    return f"{title_of(table, language)}{joint}{words}" if table in TABLES else words


def title_of(table: str, language: str) -> str:
    """A table's name for people."""
    return TABLES[table].title.read(language) if table in TABLES else table


def batch_context(found: BatchDetail, language: str) -> dict[str, Any]:
    """The page of one import."""
    line = found.line
    return {
        "station": "records", "batch": found, "state": str(line.state), "progress": _progress(line),
        "reason": reason_words(line.reason, language),
        "accounts": [(title_of(a.table, language), a) for a in found.accounts],
        "notes": allows_of(found.notes, language),
        "tables": [(name, title_of(name, language)) for name in found.refused_tables],
    }  # fmt: skip


def _progress(line: BatchLine) -> Progress | None:
    if line.run_id is None or str(line.state) != "preparing":
        return None
    state = "running" if line.per_cent else "queued"
    return progress_of(
        line.run_id, state, line.per_cent, (line.message, ""), reverse("import-batch", args=[line.batch_code])
    )


def reason_words(reason: str, language: str) -> str:
    """Why an import was not taken: a code of ours with its facts, or the text as it stands."""
    return say_reason(reason, language)


def preview_tables(seen: Preview, language: str) -> list[PreviewTable]:
    """The tables that the files would bring."""
    found = []
    for name, rows in seen.tables.items():
        head = tuple(column for column in TABLES[name].names if any(row.get(column) is not None for row in rows))
        body = tuple(tuple("" if row.get(c) is None else str(row[c]) for c in head) for row in rows)
        account = seen.accounts[name]
        found.append(PreviewTable(name, title_of(name, language), head, body, account.read, account.rejected))
    return found


def refusals_of(lines: Iterable[RefusalLine], language: str) -> list[Refused]:
    """Rows in quarantine with their reasons."""
    return [
        Refused(
            title_of(line.table, language),
            Path(line.file).name,
            line.row,
            refusal_words(line, language),
            line.text or " | ".join(line.cells.values()),
        )
        for line in lines
    ]


def refusal_words(line: RefusalLine, language: str) -> str:
    """Why a row was put aside."""
    return say(f"rejection.{line.rule}", language, **{"text": line.text, **line.facts})
