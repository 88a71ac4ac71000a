"""A problem made ready for the search: its situation, columns and time grid."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from bankhall.analytics.rostering.columns import Columns, build_columns
from bankhall.analytics.rostering.grid import DayGrid, week_grid
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation


@dataclass(frozen=True)
class Question:
    """A problem made ready for the search."""

    situation: Situation
    columns: Columns
    grids: tuple[DayGrid, ...]


def ask(problem: RosterProblem, *, relaxed: bool = False, only: Set[date] | None = None) -> Question:
    """Columns and grid of a problem; `relaxed` and `only` as columns are built."""
    situation = Situation(problem)
    columns = build_columns(situation, relaxed=relaxed, only=only)
    return Question(situation, columns, week_grid(situation, columns))
