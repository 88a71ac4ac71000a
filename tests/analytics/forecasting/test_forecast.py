from datetime import date, timedelta

import numpy as np
import pytest

from bankhall.analytics.forecasting.days import days_between
from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch, open_days_between
from bankhall.analytics.forecasting.history import History, build_history
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.kernel.bank.branch import Service
from bankhall.kernel.business_calendar import BusinessCalendar
from bankhall.kernel.errors import BadInput
from tests.analytics.forecasting import made

LENGTH = 240
AS_OF = made.FIRST + timedelta(days=LENGTH)
WEEK = made.days(AS_OF, AS_OF + timedelta(days=6))


def codes(forecast: Forecast) -> list[str]:
    return [note.code for note in forecast.notes]


def changed(history: History, service: int, first: int, last: int) -> History:
    """The same records with a service silent on some days."""
    counts = history.counts.copy()
    counts[first:last, service] = 0
    return build_history("B01", made.rows_of(history.days, counts), history.days)


@pytest.fixture(scope="module")
def usual() -> Forecast:
    return forecast_branch(made.history(length=LENGTH), WEEK, as_of=AS_OF)


def test_the_planted_week_is_forecast(usual: Forecast) -> None:
    truth = made.expected(WEEK, made.World())
    assert usual.mean.sum() == pytest.approx(truth.sum(), rel=0.06)
    assert np.abs(usual.mean - truth).sum() / truth.sum() < 0.12
    assert usual.notes == ()


def test_services_add_up_to_the_branch(usual: Forecast) -> None:
    assert usual.day_mean[:, -1] == pytest.approx(usual.day_mean[:, :-1].sum(axis=1))
    rows = usual.rows("2026-06-17T00:00:00+08:00")
    branch = sum(float(str(row["mean"])) for row in rows if row["service_code"] == "")
    services = sum(float(str(row["mean"])) for row in rows if row["service_code"])
    assert branch == pytest.approx(services, abs=0.05)


def test_closed_days_and_slots_have_nobody_and_no_rows(usual: Forecast) -> None:
    sunday = next(at for at, day in enumerate(WEEK.dates) if day.isoweekday() == 7)
    assert usual.mean[sunday].sum() == 0
    assert usual.day_quantiles[sunday].sum() == 0
    rows = usual.rows("x")
    assert {row["business_date"] for row in rows} == set(WEEK.dates) - {WEEK.dates[sunday]}
    saturday = [row["slot_start"] for row in rows if row["business_date"] == WEEK.dates[sunday - 1]]
    assert max(map(str, saturday)) == "15:30"


def test_rows_have_the_columns_of_the_exchange_table(usual: Forecast) -> None:
    names = "made_at branch_code service_code business_date slot_start mean p05 p10 p25 p50 p75 p90 p95"
    assert list(usual.rows("x")[0]) == names.split()


def test_quantiles_rise_and_hold_the_mean(usual: Forecast) -> None:
    assert (np.diff(usual.quantiles, axis=-1) >= 0).all()
    inside = (usual.day_quantiles[..., 1] <= usual.day_mean) & (usual.day_mean <= usual.day_quantiles[..., 5])
    assert inside.all()


def test_a_payday_ahead_is_raised_by_its_effect() -> None:
    history = made.history(length=LENGTH)
    payday = next(d for n in range(40) if (d := AS_OF + timedelta(days=n)).day == 10)
    ahead = made.days(payday - timedelta(days=7), payday)
    pooled = pool_effects([history, *(made.history(branch=f"P{n}", seed=n, length=LENGTH) for n in range(2, 6))], AS_OF)
    totals = forecast_branch(history, ahead, as_of=AS_OF, pooled=pooled).day_mean[:, -1]
    assert totals[7] / totals[0] == pytest.approx(1.3, abs=0.07)


def test_a_short_history_is_forecast_and_said() -> None:
    few = made.history(length=LENGTH).days.between(LENGTH - 6, LENGTH)
    full = made.history(length=LENGTH)
    history = build_history("B01", made.rows_of(few, full.counts[LENGTH - 6 :]), few)
    forecast = forecast_branch(history, WEEK, as_of=AS_OF)
    assert codes(forecast) == ["history_short", "spread_prior"]
    assert forecast.mean.sum() == pytest.approx(made.expected(WEEK, made.World()).sum(), rel=0.25)


def test_a_short_history_leans_on_the_other_branches_shapes() -> None:
    full = made.history(length=LENGTH, world=made.World(size=60))
    few = full.days.between(LENGTH - 3, LENGTH)
    history = build_history("B01", made.rows_of(few, full.counts[LENGTH - 3 :]), few)
    others = [made.history(branch=f"P{n}", seed=n, length=LENGTH, world=made.World(size=400)) for n in (2, 3, 4)]
    leaning = forecast_branch(history, WEEK, as_of=AS_OF, pooled=pool_effects([history, *others], AS_OF))
    alone = forecast_branch(history, WEEK, as_of=AS_OF)
    truth = made.expected(WEEK, made.World(size=60))
    error = [np.abs(one.mean - truth).sum() / truth.sum() for one in (leaning, alone)]
    assert error[0] < error[1] - 0.05
    assert leaning.mean.sum() == pytest.approx(truth.sum(), rel=0.2)


def test_a_new_branch_borrows_and_says_so() -> None:
    empty = build_history("NEW", [], made.days(made.FIRST, AS_OF - timedelta(days=1), branch="NEW"))
    others = [made.history(branch=f"P{n}", seed=n, length=LENGTH) for n in (2, 3, 4)]
    forecast = forecast_branch(empty, WEEK, as_of=AS_OF, pooled=pool_effects(others, AS_OF))
    assert codes(forecast) == ["history_none_borrowed", "spread_prior"]
    assert forecast.mean.sum() == pytest.approx(made.expected(WEEK, made.World()).sum(), rel=0.1)


def test_with_nothing_to_go_on_there_is_no_forecast() -> None:
    empty = build_history("NEW", [], made.days(made.FIRST, AS_OF - timedelta(days=1), branch="NEW"))
    with pytest.raises(BadInput) as caught:
        forecast_branch(empty, WEEK, as_of=AS_OF)
    assert caught.value.code == "history_too_short"


def test_a_service_that_started_lately_is_not_averaged_with_the_time_before() -> None:
    history = changed(made.history(length=LENGTH), 0, 0, LENGTH - 30)
    forecast = forecast_branch(history, WEEK, as_of=AS_OF)
    assert codes(forecast) == ["service_new"]
    assert forecast.notes[0].service_code == "cash"
    truth = made.expected(WEEK, made.World()).sum(axis=(0, 2))
    assert forecast.day_mean[:, 0].sum() == pytest.approx(truth[0], rel=0.1)


def test_a_service_that_died_out_has_nobody_and_is_named() -> None:
    history = changed(made.history(length=LENGTH), 1, LENGTH - 30, LENGTH)
    forecast = forecast_branch(history, WEEK, as_of=AS_OF)
    assert [(note.code, note.service_code) for note in forecast.notes] == [("service_gone", "account")]
    assert forecast.mean[:, 1].sum() == 0


def test_a_rare_service_keeps_its_zeros() -> None:
    history = made.history(length=LENGTH, world=made.World(size=3.0))
    forecast = forecast_branch(history, WEEK, as_of=AS_OF)
    assert forecast.mean.sum() == pytest.approx(made.expected(WEEK, made.World(size=3.0)).sum(), rel=0.2)


def test_a_date_that_the_calendar_does_not_know_is_said() -> None:
    unknown = days_between(
        AS_OF,
        AS_OF + timedelta(days=6),
        branch_code="B01",
        services=made.SERVICES,
        calendar=BusinessCalendar([]),
        opening=made.OPENING,
    )
    assert codes(forecast_branch(made.history(length=LENGTH), unknown, as_of=AS_OF)) == ["calendar_assumed"]


def test_services_in_another_order_are_refused() -> None:
    other = made.days(AS_OF, AS_OF, services=(Service("loan"), Service("cash"), Service("account")))
    with pytest.raises(BadInput):
        forecast_branch(made.history(length=LENGTH), other, as_of=AS_OF)


def test_a_week_that_is_closed_throughout_is_nobody() -> None:
    holiday = made.days(date(2026, 10, 1), date(2026, 10, 7))
    forecast = forecast_branch(made.history(length=LENGTH), holiday, as_of=AS_OF)
    assert forecast.mean.sum() == 0
    assert forecast.rows("x") == []


def test_the_further_ahead_the_less_the_last_surprise_counts() -> None:
    """Two histories that differ in the last day alone: next day's forecasts differ by more than those a week later."""
    history = made.history(length=LENGTH)
    raised = history.counts.copy()
    raised[-2:] *= 2
    louder = build_history("B01", made.rows_of(history.days, raised), history.days)
    one, other = (
        forecast_branch(h, made.days(AS_OF, AS_OF + timedelta(days=9)), as_of=AS_OF) for h in (history, louder)
    )
    rise = other.day_mean[:, -1] / np.maximum(one.day_mean[:, -1], 1)
    assert rise[0] > rise[8] > 1.0


def test_open_days_that_nobody_has_recorded_lie_between() -> None:
    history = made.history(length=14)
    monday = made.FIRST + timedelta(days=14)
    assert open_days_between(history, monday) == 0
    assert open_days_between(history, monday + timedelta(days=7)) == 6
    silent = history.counts.copy()
    silent[11:] = 0
    gone = build_history("B01", made.rows_of(history.days, silent), history.days)
    assert open_days_between(gone, monday) == 2
