"""What a publish reads and writes anew: some months, branches and a span of dates, the same for both."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from bankhall.data.lake.layout import MONTH

MANY_CODES = 400
"""So many branches are named one by one; more are a span of codes, and whoever lies between is read and written too."""


@dataclass(frozen=True, slots=True)
class Area:
    """`days` None: all days of the months. What `filter` reads, `predicate` replaces."""

    months: tuple[str, ...]
    branches: tuple[str, ...]
    days: tuple[date, date] | None

    @classmethod
    def of(cls, rows: pa.Table) -> "Area":
        """The smallest that holds some rows of the lake."""
        days = rows["business_date"].unique().to_pylist()
        span = (min(days), max(days)) if days and None not in days else None
        months, branches = (sorted(rows[name].unique().to_pylist()) for name in (MONTH, "branch_code"))
        return cls(tuple(months), tuple(branches), span)

    def filter(self) -> Any:
        """For a dataset."""
        import pyarrow.dataset as ds

        branch, day = ds.field("branch_code"), ds.field("business_date")
        found = ds.field(MONTH).isin(list(self.months))
        if len(self.branches) > MANY_CODES:
            found = found & (branch >= self.branches[0]) & (branch <= self.branches[-1])
        else:
            found = found & branch.isin(list(self.branches))
        return found & (day >= self.days[0]) & (day <= self.days[1]) if self.days else found

    def predicate(self) -> str:
        """For a Delta table."""
        parts = [f"{MONTH} IN ({_listed(self.months)})", self._branches()]
        if self.days:
            first, last = self.days
            parts.append(f"business_date >= CAST('{first}' AS DATE) AND business_date <= CAST('{last}' AS DATE)")
        return " AND ".join(parts)

    def _branches(self) -> str:
        if len(self.branches) > MANY_CODES:
            return f"branch_code >= {_quoted(self.branches[0])} AND branch_code <= {_quoted(self.branches[-1])}"
        return f"branch_code IN ({_listed(self.branches)})"


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, codes))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
