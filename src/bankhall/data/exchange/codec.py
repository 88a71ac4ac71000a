"""Rows of exchange tables <-> the kernel's frozen records, both ways and without loss.

Missing text is "" in a record and null in a table. Dates that the calendar only assumes are not records: they are not
written.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, cast

import pyarrow as pa

from bankhall.analytics.rostering.problem import Unmet
from bankhall.data.contracts import TABLES
from bankhall.data.exchange.details import BankDetails, details_of
from bankhall.data.exchange.fields import Cell, FieldForm, Row, forms_of, moment_form, offset_form
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, OpeningSpan, Promise, Service, Tier, Travel, Window
from bankhall.kernel.bank.people import Absence, Certificate, CertificateKind, Person, Post, PostSpan, Protection
from bankhall.kernel.bank.roster import Assignment, Duty, Price, Requirement, Rule, Wish
from bankhall.kernel.breach import Breach
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import format_minutes
from bankhall.kernel.week import Week

R = TypeVar("R")

RECORDS: Mapping[str, type] = {
    "nodes": Node, "travel": Travel, "calendar": CalendarDay, "opening_hours": OpeningSpan, "services": Service,
    "tiers": Tier, "certificate_kinds": CertificateKind, "windows": Window, "posts": Post, "staff": Person,
    "certificates": Certificate, "protections": Protection, "absences": Absence, "post_history": PostSpan,
    "duties": Duty, "promises": Promise, "rules": Rule, "prices": Price, "wishes": Wish,
    "rosters": Assignment, "requirement": Requirement, "unmet": Unmet,
}  # fmt: skip

# Fields whose column has another name.
_COLUMNS = {"start": "start_time", "end": "end_time"}
BANK_TABLES = tuple(name for name in RECORDS if name not in ("rosters", "requirement", "unmet"))


@cache
def _forms(name: str) -> tuple[FieldForm, ...]:
    forms = forms_of(RECORDS[name], TABLES[name], _COLUMNS)
    if name == "duties":
        return tuple(offset_form(form.name) if form.name in ("earliest", "latest") else form for form in forms)
    if name == "absences":
        moments = {"starts_at": moment_form("starts_at", end=False), "ends_at": moment_form("ends_at", end=True)}
        return tuple(moments.get(form.name, form) for form in forms)
    return forms


def read_record(name: str, row: Row) -> Any:
    """One row (values by column) of a table as its kernel record. Raises BadInput for a cell that cannot be read."""
    try:
        return RECORDS[name](**{form.name: form.read(row) for form in _forms(name)})
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("row_unreadable", table=name, reason=str(error)) from error


def record_row(name: str, record: object) -> dict[str, Cell]:
    """A kernel record as the row of its table."""
    row: dict[str, Cell] = {}
    for form in _forms(name):
        row.update(form.write(getattr(record, form.name)))
    return _with_clock_times(record, row) if isinstance(record, Duty) else row


def _with_clock_times(duty: Duty, row: dict[str, Cell]) -> dict[str, Cell]:
    if duty.relative_to != "clock":
        return row
    return row | {"earliest": format_minutes(duty.earliest), "latest": format_minutes(duty.latest)}


def rows_table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows with Python values as a canonical table; columns that a row lacks are null."""
    return pa.Table.from_pylist(list(rows), schema=TABLES[name].arrow_schema())


def read_rows(table: pa.Table) -> list[dict[str, Cell]]:
    """The rows of a table as dictionaries of Python values."""
    return cast("list[dict[str, Cell]]", table.to_pylist())


def read_records(name: str, table: pa.Table) -> tuple[Any, ...]:
    """All rows of a table as kernel records, in the table's order."""
    return tuple(read_record(name, row) for row in read_rows(table))


def records_table(name: str, records: Iterable[object]) -> pa.Table:
    """Kernel records as the canonical table."""
    return rows_table(name, [record_row(name, record) for record in records])


def read_bank(tables: Mapping[str, pa.Table], details: BankDetails = BankDetails()) -> Bank:  # noqa: B008 - frozen
    """The reference tables as one bank. A table that is absent is empty."""
    read = {name: read_records(name, tables[name]) for name in BANK_TABLES if name in tables}
    return replace(
        Bank(details.name, details.zone, details.slot_minutes, details.synthetic), **cast("dict[str, Any]", read)
    )


def bank_tables(bank: Bank) -> dict[str, pa.Table]:
    """All reference tables of a bank, also the empty ones."""
    return {name: records_table(name, _stored(getattr(bank, name))) for name in BANK_TABLES}


def _stored(records: Sequence[object]) -> list[object]:
    return [record for record in records if not (isinstance(record, CalendarDay) and record.assumed)]


def read_assignments(table: pa.Table) -> tuple[Assignment, ...]:
    """The assignments of `rosters` rows (which week, version and state they have is in the table)."""
    return read_records("rosters", table)


def rosters_table(assignments: Iterable[Assignment], *, week: Week, version: int = 1, state: str = "draft") -> pa.Table:
    """Assignments as `rosters` rows of one version."""
    head = {"week": str(week), "version": version, "state": state}
    return rows_table("rosters", [head | record_row("rosters", assignment) for assignment in assignments])


def read_requirement(table: pa.Table) -> tuple[Requirement, ...]:
    """`requirement` rows as records."""
    return read_records("requirement", table)


def requirement_table(requirements: Iterable[Requirement]) -> pa.Table:
    """Records as `requirement` rows."""
    return records_table("requirement", requirements)


def unmet_table(unmet: Iterable[Unmet]) -> pa.Table:
    """Records as `unmet` rows."""
    return records_table("unmet", unmet)


def breaches_table(breaches: Iterable[Breach]) -> pa.Table:
    """Breaches as rows; the subjects stand beside the facts in the JSON."""
    return rows_table("breaches", [_breach_row(breach) for breach in breaches])


def _breach_row(breach: Breach) -> dict[str, Cell]:
    facts = {**breach.facts, "subjects": list(breach.subjects)} if breach.subjects else dict(breach.facts)
    return {
        "rule_code": breach.rule_code,
        "rule_class": breach.rule_class,
        "branch_code": breach.branch_code,
        "staff_no": breach.staff_no or None,
        "business_date": breach.business_date,
        "start_time": _time(breach.start),
        "end_time": _time(breach.end),
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else None,
    }


def _time(minutes: int | None) -> str | None:
    return None if minutes is None else format_minutes(minutes)


__all__ = [
    "RECORDS", "BankDetails", "bank_tables", "breaches_table", "details_of", "read_assignments", "read_bank",
    "read_record", "read_records", "read_requirement", "read_rows", "record_row", "records_table", "requirement_table",
    "rosters_table", "rows_table", "unmet_table",
]  # fmt: skip
