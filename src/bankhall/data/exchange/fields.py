"""How one field of a kernel record stands in the cells of a row, chosen by its annotation and the column's kind."""

import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date, datetime, timedelta

from bankhall.data.contracts import Contract
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.minutes import format_minutes, parse_minutes

Cell = str | int | float | bool | date | datetime | None
Row = Mapping[str, Cell]
Value = typing.Any  # a record's field: what the annotation says

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field, and its way into cells and back."""

    name: str
    write: Callable[[Value], dict[str, Cell]]
    read: Callable[[Row], Value]


def forms_of(record: type, contract: Contract, columns: Mapping[str, str]) -> tuple[FieldForm, ...]:
    """The forms of all fields of a record type that the table holds. `columns` renames fields to columns."""
    hints = typing.get_type_hints(record)
    found = [_form(field, hints[field.name], contract, columns.get(field.name, field.name)) for field in fields(record)]
    return tuple(form for form in found if form is not None)


def _form(field: "Field[Value]", hint: Value, contract: Contract, column: str) -> FieldForm | None:
    if hint is Bilingual:
        return _bilingual(field.name)
    if hint is Validity:
        return _validity(field.name)
    if column not in contract.names:
        return None
    kind = contract.column(column).kind
    default = ("" if hint is str else None) if field.default is MISSING else field.default
    if kind == "codes":
        return _codes(field.name, column, hint)
    if kind == "time":
        return _converted(field.name, column, _time_text, _minutes_of, default)
    return _plain(field.name, column, default, text=kind in ("text", "code"))


def _plain(name: str, column: str, default: Value, *, text: bool) -> FieldForm:
    def write(value: Value) -> dict[str, Cell]:
        return {column: None if text and value == "" else value}

    return FieldForm(name, write, lambda row: default if row.get(column) is None else row[column])


def _converted(
    name: str, column: str, write: Callable[[Value], Cell], read: Callable[[Value], Value], default: Value
) -> FieldForm:
    return FieldForm(
        name,
        lambda value: {column: None if value is None else write(value)},
        lambda row: default if row.get(column) is None else read(row[column]),
    )


def _bilingual(name: str) -> FieldForm:
    zh, en = f"{name}_zh", f"{name}_en"
    return FieldForm(
        name,
        lambda value: {zh: value.zh or None, en: value.en or None},
        lambda row: Bilingual(str(row.get(zh) or ""), str(row.get(en) or "")),
    )


def _validity(name: str) -> FieldForm:
    return FieldForm(
        name,
        lambda value: {"valid_from": value.valid_from, "valid_until": value.valid_until},
        lambda row: Validity(_date(row.get("valid_from")), _date(row.get("valid_until"))),
    )


def _codes(name: str, column: str, hint: Value) -> FieldForm:
    inner = typing.get_args(hint)[0]
    member = int if inner is int else str
    return FieldForm(
        name,
        lambda value: {column: SEPARATOR.join(str(item) for item in value) or None},
        lambda row: tuple(member(item) for item in str(row[column]).split(SEPARATOR)) if row.get(column) else (),
    )


def _date(cell: Cell) -> date | None:
    return cell if isinstance(cell, date) else None


def _time_text(minutes: int) -> str:
    return format_minutes(minutes)


def _minutes_of(text: str) -> int:
    return parse_minutes(text)


def offset_form(name: str) -> FieldForm:
    """A duty's start: minutes from opening or closing, or a time of day when the row says `clock`."""

    def read(row: Row) -> int:
        cell = row.get(name) if row.get(name) is not None else row.get("earliest")
        text = str(cell)
        return parse_minutes(text) if ":" in text else int(text)

    return FieldForm(name, lambda value: {name: str(value)}, read)


def moment_form(name: str, *, end: bool) -> FieldForm:
    """An absence's bound as a local instant; a whole day is written as a date, and an end includes its date."""
    shift = timedelta(days=1) if end else timedelta(0)

    def write(value: datetime) -> dict[str, Cell]:
        whole = value.time() == datetime.min.time()
        return {name: (value - shift).date().isoformat() if whole else value.isoformat()}

    def read(row: Row) -> datetime:
        text = str(row[name])
        return datetime.fromisoformat(text) + (shift if len(text) == len("2026-11-30") else timedelta(0))

    return FieldForm(name, write, read)
