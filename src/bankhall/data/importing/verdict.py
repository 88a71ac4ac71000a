"""Which rows of a table are refused, and for which rule: the first that fails gives the reason, all are counted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bankhall.data.exchange.zones import Flags


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule, and the column that broke it (empty when it is the row as a whole)."""

    rule: str
    column: str = ""


class Verdict:
    """Row by row, 0 = taken, else the number of a reason."""

    def __init__(self, rows: int) -> None:
        self.number: npt.NDArray[np.int32] = np.zeros(rows, dtype=np.int32)
        self.reasons: list[Reason] = []
        self.counts: dict[Reason, int] = {}
        self.masks: dict[Reason, Flags] = {}

    def fail(self, bad: Flags, rule: str, column: str = "") -> None:
        """Refuses rows. Rows that were refused before keep their first reason."""
        rows = int(np.count_nonzero(bad))
        if not rows:
            return
        reason = Reason(rule, column)
        self.reasons.append(reason)
        self.counts[reason] = self.counts.get(reason, 0) + rows
        self.masks[reason] = self.masks[reason] | bad if reason in self.masks else bad
        self.number[bad & (self.number == 0)] = len(self.reasons)

    @property
    def good(self) -> Flags:
        """The rows that no rule refused."""
        return np.equal(self.number, 0)

    def reason(self, row: int) -> Reason:
        """Why a row was refused."""
        return self.reasons[int(self.number[row]) - 1]
