"""The job that measures one branch: how good its forecasts were, what its customers met, what the calendar does to it.

Plain JSON in and out, no Django. It also *replays* the forecasts of the last weeks: each is made from the rows dated
before its Monday alone, so it equals what would have been issued then, and the store marks it as replayed. Of weeks
with a published roster it also says what that roster promised, and who was needed where the records do not hold that.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bankhall.analytics.forecasting.backtest import backtest_branch
from bankhall.analytics.forecasting.effects import effect_facts
from bankhall.analytics.forecasting.forecast import forecast_branch
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.pooled import PooledEffects, pool_effects
from bankhall.data.exchange.codec import read_bank
from bankhall.data.lake import Lake
from bankhall.data.planning.answer import day_totals
from bankhall.data.planning.history import days_of, histories_of
from bankhall.data.planning.proof_replay import published_weeks, replay_proofs, replay_requirement
from bankhall.data.planning.question import REFERENCE, PlanRequest
from bankhall.data.queries.measured import measured
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week

Plain = dict[str, Any]
Tell = Callable[[int, str], None]
ERROR_DAYS = 40
REPLAYED_WEEKS = 4


def measure_branch_job(question: Mapping[str, Any], progress: Tell = lambda _per_cent, _step: None) -> Plain:
    """Question: lake, branch_code, as_of, bank (of the branch), regions_branches (codes to pool effects
    with), replay (weeks), error_days. Records dated before `as_of` count."""
    request = PlanRequest({"week": str(Week.of(date.fromisoformat(question["as_of"]))), **question})
    progress(5, "records")
    histories = _histories(request, question.get("regions_branches") or [])
    own = next(history for history in histories if history.branch_code == request.branch_code)
    progress(30, "errors")
    errors, dates = _errors(own, histories, int(question.get("error_days", ERROR_DAYS)))
    progress(70, "effects")
    weeks = int(question.get("replay", REPLAYED_WEEKS))
    replayed = _replays(request.bank, own, histories, request.as_of, weeks)
    published = published_weeks(request, histories, weeks)
    progress(90, "measured")
    return {
        "branch_code": request.branch_code,
        "as_of": request.as_of.isoformat(),
        "errors": errors,
        "error_dates": dates,
        "effects": _effects(pool_effects(histories, request.as_of), request),
        "replayed": replayed,
        "happened": _happened(request),
        "proofs": replay_proofs(request, published),
        "requirement": replay_requirement(request, published),
    }


def _histories(request: PlanRequest, others: Sequence[str]) -> list[History]:
    """Of the branch by its own records, of the others by the lake's dated copies."""
    snapshot = Lake(Path(request.plain["lake"])).snapshot(version=request.plain.get("version"))
    whole = read_bank({name: snapshot.reference(name) for name in REFERENCE})
    codes = sorted({*others, request.branch_code})
    banks = [(code, request.bank if code == request.branch_code else whole) for code in codes]
    return list(histories_of(request.source, banks, request.as_of))


def _errors(own: History, histories: Sequence[History], days: int) -> tuple[list[dict[str, object]], list[str]]:
    peers = [history for history in histories if history is not own]
    try:
        found = backtest_branch(own, peers=peers, days=days)
    except BadInput:  # too short a history has no error yet, and the page says so
        return [], []
    return found.to_rows(), [day.isoformat() for day in found.dates]


def _replays(bank: Bank, own: History, histories: Sequence[History], as_of: date, weeks: int) -> list[Plain]:
    mondays = [Week.of(as_of).plus(-n).first_day() for n in range(weeks, 0, -1)]
    return [made for monday in mondays if (made := _replay(bank, own, histories, monday)) is not None]


def _replay(bank: Bank, own: History, histories: Sequence[History], monday: date) -> Plain | None:
    future = days_of(bank, own.branch_code, monday, monday + timedelta(days=6))
    try:
        made = forecast_branch(own, future, as_of=monday, pooled=pool_effects(histories, monday))
    except BadInput:
        return None
    made_at = f"{monday.isoformat()}T00:00:00+00:00"
    return {"made_at": made_at, "day_totals": day_totals(made), "forecasts": to_plain(made.rows(made_at))}


def _effects(pooled: PooledEffects, request: PlanRequest) -> list[Plain]:
    codes = ["", *pooled.services]
    return [
        {"service_code": code, **to_plain(fact)}
        for code in codes
        for fact in effect_facts(pooled, request.branch_code, code)
    ]


def _happened(request: PlanRequest) -> list[Plain]:
    """Last week, the whole branch, a row a day."""
    monday = Week.of(request.as_of).plus(-1).first_day()
    table = measured(
        request.source, request.bank, first=monday, last=monday + timedelta(days=6), branch_code=request.branch_code
    )
    rows: list[Plain] = to_plain([row for row in table.to_pylist() if not row["service_code"]])
    return rows
