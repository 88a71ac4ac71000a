"""The planted truths: what an analysis of the records ought to find, and the world's own numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from bankhall.analytics.chance.streams import stream
from bankhall.data.synthetic.characters import SERVICES
from bankhall.data.synthetic.habits import Habits
from bankhall.data.synthetic.outline import Outline, Site
from bankhall.kernel.bank.people import Person

MEAN_MINUTES = (4.2, 5.6, 12.0, 7.5, 8.5, 19.0, 21.0)
SPREAD_CV = (0.8, 0.75, 0.6, 0.7, 0.9, 0.6, 0.55)
PATIENCE_MINUTES = (45.0, 45.0, 60.0, 55.0, 60.0, 80.0, 75.0)
POOL = (0, 0, 1, 1, 1, 2, 2)
"""Which line a service waits in: cash, open desk, adviser."""

POOL_KINDS = ("cash", "open_desk", "adviser")
HOURLY = {8: 1.06, 9: 1.03, 10: 0.97, 11: 0.96, 12: 1.0, 13: 1.08, 14: 1.03, 15: 1.0, 16: 0.95, 17: 0.92}
"""Factor on the time at the window by hour of the day: slow starts, haste before lunch and before closing."""

PATIENCE_SHAPE = 1.7
LEVEL_SPREAD, LEVEL_MEMORY, SERVICE_SPREAD = 0.11, 0.35, 0.05
PARTY_SIZES = (0.86, 0.11, 0.03)
SECOND_SERVICE = 0.10
SPEED_SPREAD = 0.16
BREAK_SLIP_MINUTES, BREAK_LONGER_MINUTES, WINDOW_LATE_MINUTES, LATE_SHARE = 4.0, 4.0, 6.0, 0.5
ELDERLY_TIME, ELDERLY_PATIENCE = 1.3, 1.3
WALK_MINUTES, NO_SHOW_MINUTES = 0.4, 0.6


@dataclass(frozen=True, slots=True)
class BranchTruth:
    """What was planted at one branch. `visits` are those of an ordinary weekday; `speeds` factors by staff number."""

    branch_code: str
    character: str
    visits: float
    shares: Mapping[str, float]
    weekdays: tuple[float, ...]
    effects: Mapping[str, float]
    speeds: Mapping[str, float]
    elderly_share: float


def branch_truth(outline: Outline, site: Site, staff: tuple[Person, ...], habits: Habits) -> BranchTruth:
    """The numbers of a branch. Its visits differ a little from the kind's, by the seed."""
    rng = stream(outline.seed, "truth", site.number)
    who = site.character
    own = float(rng.uniform(0.94, 1.06))
    speeds = [float(rng.lognormal(0.0, SPEED_SPREAD)) for _ in staff]
    return BranchTruth(
        site.code,
        who.kind,
        round(who.visits * own, 2),
        dict(zip(SERVICES, who.mix, strict=True)),
        who.weekdays,
        dict(who.effects),
        {p.staff_no: round(s, 4) if habits.personal_speed else 1.0 for p, s in zip(staff, speeds, strict=True)},
        who.elderly,
    )
