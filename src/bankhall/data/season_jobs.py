"""The job that looks a season ahead for one branch: plain question in, plain answer out, no Django."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.pooled import PooledEffects, pool_effects
from bankhall.analytics.planning.question import Effort, PlanQuestion
from bankhall.analytics.planning.requirement import week_requirement
from bankhall.analytics.planning.season import RecentWeek, SeasonQuestion, look_ahead
from bankhall.data.planning.history import days_of, histories_of
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week

Plain = dict[str, Any]
Report = Callable[[int, str], None]
WEEKS, RECENT = 12, 4
EFFORT = Effort(requirement_days=60)


def _silent(per_cent: int, step: str) -> None:
    pass


def season_branch_job(question: Mapping[str, Any], progress: Report = _silent) -> Plain:
    """Question: as the plan job's, its week the first of the season; `weeks` and `recent` how many (12 and 4)."""
    progress(1, "records")
    request = PlanRequest(question)
    weeks = tuple(request.week.plus(n) for n in range(int(question.get("weeks", WEEKS))))
    histories = _histories(request)
    own = next(h for h in histories if h.branch_code == request.branch_code)
    pooled = pool_effects(histories, request.as_of)
    asked = _asked(request, request.week, _forecast(request, own, pooled, weeks, request.as_of), request.as_of)
    progress(15, "requirement")
    recent = _recent(request, own, histories, int(question.get("recent", RECENT)), progress)
    answer = look_ahead(SeasonQuestion(weeks, asked, recent), lambda share, step: progress(70 + int(29 * share), step))
    plain: Plain = to_plain(answer)
    for row, week in zip(plain["weeks"], answer.weeks, strict=True):
        row["week"] = str(week.week)
    return plain | {"branch_code": request.branch_code, "as_of": request.as_of.isoformat()}


def _histories(request: PlanRequest) -> tuple[History, ...]:
    return tuple(histories_of(request.source, request.banks(), request.as_of))


def _forecast(
    request: PlanRequest, own: History, pooled: PooledEffects, weeks: tuple[Week, ...], as_of: date
) -> Forecast:
    future = days_of(request.bank, request.branch_code, weeks[0].first_day(), weeks[-1].days()[-1])
    return forecast_branch(own, future, as_of=as_of, pooled=pooled)


def _asked(request: PlanRequest, week: Week, forecast: Forecast, as_of: date) -> PlanQuestion:
    seed, (fits, _) = int(request.plain.get("seed", 0)), request.learned(as_of)
    return PlanQuestion(request.branch_code, week, seed, request.bank, forecast, fits, effort=EFFORT)


def _recent(
    request: PlanRequest, own: History, histories: tuple[History, ...], many: int, progress: Report
) -> tuple[RecentWeek, ...]:
    """The last full weeks, each as it was known on its Monday: what simulation asked for, and what was published."""
    found: list[RecentWeek] = []
    for back in range(many, 0, -1):
        week = Week.of(request.as_of).plus(-back)
        monday = week.first_day()
        try:
            forecast = _forecast(request, own, pool_effects(histories, monday), (week,), monday)
        except BadInput:  # too short a history had no forecast then
            continue
        asked = _asked(request, week, forecast, monday)
        days = set(week.days())
        roster = tuple(a for a in request.published_until(week, 1) if a.business_date in days)
        found.append(RecentWeek(replace(asked, required=()), week_requirement(asked).rows, roster))
        progress(15 + int(55 * len(found) / many), "requirement")
    return tuple(found)
