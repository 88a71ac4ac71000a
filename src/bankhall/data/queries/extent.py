"""What the records contain: since when, how many, and which times are known. The Import page's notes come from it."""

from dataclasses import dataclass
from datetime import date

from bankhall.data.queries.source import Source, ask


@dataclass(frozen=True, slots=True)
class Extent:
    """One branch's records. Counts are rows; `calls`, `starts` and `ends` are steps with that time; `leavings` visits
    seen leaving, `absences` found absent when called; `counts` rows of arrival counts."""

    branch_code: str
    first: date
    last: date
    days_known: int
    visits: int
    steps: int
    calls: int
    starts: int
    ends: int
    leavings: int
    absences: int
    sessions: int
    counts: int


def extent(source: Source) -> tuple[Extent, ...]:
    """Every branch that has records, by code."""
    return tuple(Extent(**row) for row in ask(source, "extent").to_pylist())
