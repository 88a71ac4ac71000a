"""What the parts of the encoding share."""

from dataclasses import dataclass

from bankhall.analytics.rostering.columns import Columns
from bankhall.analytics.rostering.grid import DayGrid
from bankhall.analytics.rostering.situation import Situation

DATES = 7


@dataclass(frozen=True)
class Encoder:
    """Everything that the parts of the encoding share."""

    situation: Situation
    columns: Columns
    grids: tuple[DayGrid, ...]

    @property
    def cells(self) -> int:
        """Cells of the longest date, at least one."""
        return max(1, *(grid.cells for grid in self.grids))

    def role(self, post_code: str) -> int:
        """The post's index."""
        return self.columns.roles.index(post_code)
