"""Cells that leave the house: text that a spreadsheet would take for a formula is made text again."""

from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Cell) -> Cell:
    """A text that begins like a formula gets an apostrophe; figures stay figures."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def plain(value: Cell) -> str:
    """A cell of a text file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(safe(value))
