"""A problem made ready for the search: its situation, columns and time grid."""

from dataclasses import dataclass

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


def ask(problem: RosterProblem, *, relaxed: bool = False) -> Question:
    """Columns and grid of a problem."""
    situation = Situation(problem)
    columns = build_columns(situation, relaxed=relaxed)
    return Question(situation, columns, week_grid(situation, columns))
