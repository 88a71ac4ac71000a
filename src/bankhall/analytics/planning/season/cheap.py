"""The requirement of a week without simulation: offered load, square root, scaled by what simulation found lately."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.question import PlanQuestion
from bankhall.analytics.planning.requirement import hall_rows, staffing_problem
from bankhall.analytics.planning.season.values import RecentWeek
from bankhall.analytics.staffing.start import starting_people
from bankhall.kernel.bank.roster import Requirement
from bankhall.kernel.week import Week

Hours = Mapping[str, float]
LEVELS = {"mean": None, "low": "p10", "high": "p90"}


def cheap_hours(asked: PlanQuestion, week: Week, level: str = "mean") -> dict[str, float]:
    """Person-hours by post of one week of the forecast."""
    hours: defaultdict[str, float] = defaultdict(float)
    for day in week.days():
        index = (day - asked.forecast.business_dates[0]).days
        opened = hours_on(asked.bank, asked.branch_code, day)
        if not opened.spans:
            continue
        problem = staffing_problem(asked, index, opened, scale=_scale(asked, index, level))
        for group, people in zip(problem.groups, starting_people(problem), strict=True):
            hours[group.code] += float(people.sum()) * opened.slot_minutes / 60
        for post, more in _hours(hall_rows(asked, opened), opened.slot_minutes).items():
            hours[post] += more
    return dict(hours)


def simulated_hours(rows: Iterable[Requirement], slot_minutes: int) -> dict[str, float]:
    """The same of a simulated requirement."""
    return _hours(rows, slot_minutes)


def factors_of(pairs: Sequence[tuple[Hours, Hours]]) -> dict[str, float]:
    """By post: simulated hours over cheap ones, all weeks together; 1 where there is nothing to compare."""
    posts = sorted({post for cheap, found in pairs for post in (*cheap, *found)})
    sums = {p: (sum(c.get(p, 0.0) for c, _ in pairs), sum(f.get(p, 0.0) for _, f in pairs)) for p in posts}
    return {post: found / cheap if cheap > 0 else 1.0 for post, (cheap, found) in sums.items()}


def scaled(hours: Hours, factors: Hours) -> dict[str, float]:
    """Hours by post, each times its factor."""
    return {post: amount * factors.get(post, 1.0) for post, amount in hours.items()}


def past_errors(pairs: Sequence[tuple[Hours, Hours]]) -> tuple[float | None, float | None]:
    """WAPE of weekly hours by post: every week calibrated on the others, and not at all."""
    if len(pairs) < 2:
        return None, None
    left_out = [scaled(c, factors_of([*pairs[:n], *pairs[n + 1 :]])) for n, (c, _) in enumerate(pairs)]
    found = [f for _, f in pairs]
    return _wape(left_out, found), _wape([c for c, _ in pairs], found)


def pairs_of(recent: Iterable[RecentWeek]) -> list[tuple[Hours, Hours]]:
    """Cheap and simulated hours of each recent week."""
    return [
        (cheap_hours(one.asked, one.asked.week), simulated_hours(one.simulated, one.asked.bank.slot_minutes))
        for one in recent
    ]


def _wape(told: Sequence[Hours], found: Sequence[Hours]) -> float | None:
    total = sum(sum(f.values()) for f in found)
    missed = sum(abs(t.get(p, 0.0) - f.get(p, 0.0)) for t, f in zip(told, found, strict=True) for p in {*t, *f})
    return missed / total if total else None


def _hours(rows: Iterable[Requirement], slot_minutes: int) -> dict[str, float]:
    hours: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        hours[row.post_code] += row.people * slot_minutes / 60
    return dict(hours)


def _scale(asked: PlanQuestion, index: int, level: str) -> float:
    """How much busier or calmer than its mean the day is at a level."""
    from bankhall.analytics.forecasting.forecast import QUANTILE_NAMES

    name, mean = LEVELS[level], float(asked.forecast.day_mean[index, -1])
    if name is None or mean <= 0:
        return 1.0
    return float(asked.forecast.day_quantiles[index, -1, QUANTILE_NAMES.index(name)]) / mean
