"""What befalls a branch without asking: who is ill or late, who would come, who wants leave or a swap.

The world's own habits: drawn by person and date from the world's seed, so that a run that was stopped, and the arms
beside the product, meet the same mornings.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bankhall.analytics.chance.streams import stream
from bankhall.kernel.week import Week

SPELLS_A_DAY = 0.012
"""Of people who are due at work, so many fall ill on a morning: about three spells a year of 250 days."""
LATE_A_DAY = 0.004
SECOND_DAY = 0.5
LATE_MINUTES = (60, 150)
COMES = 0.55
"""Of those whom the branch asks at 07:30, so many say yes."""
GOES = 0.8
"""Of those who are to be lent."""
LEAVES_A_WEEK = 0.06
SWAPS_A_WEEK = 0.5
"""Of branches, in a week."""
TAKES = 0.7


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who is not there as planned; `late_by` minutes after their beginning, 0 = all day."""

    staff_no: str
    late_by: int = 0


class Mornings:
    """The draws of one world."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def missing(self, staff_no: str, day: date) -> Missing | None:
        """Whether somebody who is due on a date is ill or late."""
        if self._falls_ill(staff_no, day) or (
            self._falls_ill(staff_no, day - timedelta(days=1)) and self._stays(staff_no, day)
        ):
            return Missing(staff_no)
        rng = self._of("late", staff_no, day)
        return Missing(staff_no, int(rng.integers(*LATE_MINUTES))) if rng.random() < LATE_A_DAY else None

    def comes(self, staff_no: str, day: date) -> bool:
        """The answer of whoever is asked to come in."""
        return bool(self._of("comes", staff_no, day).random() < COMES)

    def goes(self, staff_no: str, day: date) -> bool:
        """The answer of whoever is to be lent."""
        return bool(self._of("goes", staff_no, day).random() < GOES)

    def wants_leave(self, staff_no: str, week: Week) -> date | None:
        """A working day two to four weeks after a week, for which somebody would like leave."""
        rng = self._of("leave", staff_no, week.first_day())
        if rng.random() >= LEAVES_A_WEEK:
            return None
        return week.plus(int(rng.integers(2, 5))).days()[int(rng.integers(0, 5))]

    def offers_shift(self, branch_code: str, week: Week) -> np.random.Generator | None:
        """With what to draw the shift that somebody of a branch would give away; None: nobody this week."""
        rng = self._of("swap", branch_code, week.first_day())
        return rng if rng.random() < SWAPS_A_WEEK else None

    def takes_shift(self, staff_no: str, day: date) -> bool:
        """Whether a colleague takes it."""
        return bool(self._of("takes", staff_no, day).random() < TAKES)

    def _falls_ill(self, staff_no: str, day: date) -> bool:
        return bool(self._of("ill", staff_no, day).random() < SPELLS_A_DAY)

    def _stays(self, staff_no: str, day: date) -> bool:
        return bool(self._of("stays ill", staff_no, day).random() < SECOND_DAY)

    def _of(self, what: str, name: str, day: date) -> np.random.Generator:
        return stream(self.seed, "quarter", what, name, day.toordinal())
