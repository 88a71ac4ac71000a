"""A branch's forecast: means and ranges by day, service and slot, and what a reader must know of them."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.blend import blended
from bankhall.analytics.forecasting.borrowed import SHORT_DAYS, leaning_on_pool, notes_of_history
from bankhall.analytics.forecasting.days import Days
from bankhall.analytics.forecasting.held_out import LEAST_DAYS, blend_method, held_out_means, moments_of, step_of
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.negative_binomial import quantiles
from bankhall.analytics.forecasting.notes import Note
from bankhall.analytics.forecasting.panel import Panel, build_panel
from bankhall.analytics.forecasting.pooled import PooledEffects, pool_effects
from bankhall.analytics.forecasting.setting import DEFAULT, Setting
from bankhall.analytics.forecasting.spread import Spread, blocks_of, spread_from, with_branch
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import format_minutes

QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
QUANTILE_NAMES = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Series are the services and, last, the branch. `mean` [day, service, slot]; `open` the same, bool; `quantiles`
    [day, series, slot, level]; `day_mean` [day, series]; `day_quantiles` [day, series, level]; one `spread` a day."""

    branch_code: str
    as_of: date
    business_dates: tuple[date, ...]
    services: tuple[str, ...]
    slots: range
    slot_minutes: int
    open: Bools
    mean: Floats
    quantiles: Floats
    day_mean: Floats
    day_quantiles: Floats
    spread: tuple[Spread, ...]
    notes: tuple[Note, ...] = ()

    def rows(self, made_at: str) -> list[dict[str, str | float | date]]:
        """Rows of the exchange table `forecasts`, open slots only; the branch's own have an empty service."""
        codes = (*self.services, "")
        means = np.concatenate([self.mean, self.mean.sum(axis=1, keepdims=True)], axis=1)
        opened = np.concatenate([self.open, self.open.any(axis=1, keepdims=True)], axis=1)
        starts = [format_minutes(slot * self.slot_minutes) for slot in self.slots]
        return [
            {
                "made_at": made_at,
                "branch_code": self.branch_code,
                "service_code": codes[series],
                "business_date": self.business_dates[day],
                "slot_start": starts[slot],
                "mean": round(float(means[day, series, slot]), 4),
                **dict(zip(QUANTILE_NAMES, map(float, self.quantiles[day, series, slot]), strict=True)),
            }
            for day, series, slot in np.argwhere(opened)
        ]


def forecast_branch(
    history: History,
    future: Days,
    *,
    as_of: date,
    pooled: PooledEffects | None = None,
    setting: Setting = DEFAULT,
) -> Forecast:
    """What is expected on the days of `future` (not before `as_of`), from rows dated before `as_of` alone.

    `pooled` must have been made for the same `as_of` or an earlier one; without it the branch's own calendar effects
    are used. With no history and nothing to borrow: BadInput `history_too_short`.
    """
    _check(history, future, as_of, pooled)
    past = history.before(as_of)
    future = _with_opening(past, future)
    pooled = pooled or pool_effects([past], as_of, setting)
    panel = build_panel(past, future)
    panel = replace(panel, factors=pooled.factors(past.branch_code, past.services, panel.marks))
    gap = open_days_between(past, future.dates[0])
    mean = _mean(panel, past, pooled, gap, setting)
    spreads = _spreads(panel, mean.shape[1], gap, setting)
    notes = (*past.notes, *notes_of_history(panel, past, pooled), *_prior_spread(spreads), *_assumed(future))
    return replace(_laid(past, future, panel, mean, spreads), as_of=as_of, notes=notes)


def _check(history: History, future: Days, as_of: date, pooled: PooledEffects | None) -> None:
    if future.services != history.services:
        raise BadInput("services_differ", branch_code=history.branch_code)
    if not future.dates or future.dates[0] < as_of:
        raise BadInput("forecast_before_as_of", as_of=as_of.isoformat())
    if pooled is not None and pooled.as_of > as_of:
        raise BadInput("effects_know_more", as_of=as_of.isoformat(), effects_as_of=pooled.as_of.isoformat())


def _with_opening(past: History, future: Days) -> Days:
    """Without opening hours a coming day opens as its weekday last did, if two of its last four did."""
    if future.opening_known or past.days.opening_known:
        return future
    opened = np.zeros_like(future.service_open)
    for at, when in enumerate(future.dates):
        same = [n for n, day in enumerate(past.days.dates) if day.isoweekday() == when.isoweekday()][-4:]
        recorded = [n for n in same if past.recorded[n]]
        if 2 * len(recorded) >= len(same) > 0:
            opened[at] = past.days.service_open[recorded[-1]]
    return replace(future, service_open=opened)


def open_days_between(past: History, first: date) -> int:
    """Open days after the last usable one and before `first`: those that were not recorded, and those not yet come,
    reckoned by how often the branch opened in its last 28 days."""
    usable = np.flatnonzero(past.usable)
    if not len(usable):
        return 0
    opened = np.asarray(past.days.open.any(axis=1))
    unrecorded = int(opened[usable[-1] + 1 :].sum())
    to_come = (first - past.days.dates[-1]).days - 1
    return unrecorded + max(0, round(to_come * float(opened[-28:].mean())))


def _mean(panel: Panel, past: History, pooled: PooledEffects, gap: int, setting: Setting) -> Floats:
    targets = range(panel.past, len(panel.dates))
    if panel.past >= SHORT_DAYS:
        return blended(panel, panel.past, targets, setting, gap)
    own = blended(panel, panel.past, targets, setting, gap) if panel.past else None
    return leaning_on_pool(panel, past, pooled, own)


def _spreads(panel: Panel, coming: int, gap: int, setting: Setting) -> tuple[Spread, ...]:
    """One a coming day, by the horizon that stands for it, from the last held-out days."""
    steps = [step_of(gap + day + 1) for day in range(coming)]
    held = range(max(0, panel.past - setting.spread_days), panel.past)
    blocks = blocks_of(panel.slots, panel.slot_minutes)
    means = held_out_means(panel, blend_method(setting), steps, held) if steps else {}
    by_step = {
        step: spread_from(*moments_of(panel, made, held, blocks), setting.spread_prior_days)
        for step, made in means.items()
    }
    return tuple(by_step[step] for step in steps)


def _prior_spread(spreads: tuple[Spread, ...]) -> tuple[Note, ...]:
    days = min((spread.days for spread in spreads), default=LEAST_DAYS)
    return (Note("spread_prior", facts={"days": days}),) if days < LEAST_DAYS else ()


def _assumed(future: Days) -> tuple[Note, ...]:
    days = sum(future.assumed)
    return (Note("calendar_assumed", facts={"days": days}),) if days else ()


def _laid(past: History, future: Days, panel: Panel, mean: Floats, spreads: tuple[Spread, ...]) -> Forecast:
    """The open days' means [service, day, slot] on all coming dates, with their ranges."""
    ahead = np.flatnonzero(future.open.any(axis=1))
    shape = (len(future.dates), len(past.services), len(panel.slots))
    means, opened = np.zeros(shape), np.zeros(shape, dtype=np.bool_)
    means[ahead] = mean.transpose(1, 0, 2)
    opened[ahead] = panel.open[:, panel.past :].transpose(1, 0, 2)
    by_day = dict(zip(ahead.tolist(), spreads, strict=True))
    usual = spreads[0] if spreads else _prior(len(past.services))
    base = Forecast(
        branch_code=past.branch_code,
        as_of=future.dates[0],
        business_dates=future.dates,
        services=past.services,
        slots=panel.slots,
        slot_minutes=panel.slot_minutes,
        open=opened,
        mean=means,
        quantiles=np.zeros(0),
        day_mean=np.zeros(0),
        day_quantiles=np.zeros(0),
        spread=tuple(by_day.get(day, usual) for day in range(len(future.dates))),
    )
    return with_ranges(base)


def _prior(services: int) -> Spread:
    nothing = np.zeros((services + 1, 0, 3))
    return spread_from(nothing, nothing, 1.0)


def with_ranges(forecast: Forecast) -> Forecast:
    """The same forecast with totals and quantiles made anew from its means and spreads."""
    blocks = blocks_of(forecast.slots, forecast.slot_minutes)
    series = np.concatenate([forecast.mean, forecast.mean.sum(axis=1, keepdims=True)], axis=1)
    slot_phi = np.array([spread.series[:, 2] for spread in forecast.spread])[:, :, None] * np.ones(series.shape)
    day_phi = np.array(
        [spread.of_total(with_branch(day), blocks) for spread, day in zip(forecast.spread, forecast.mean, strict=True)]
    )
    day_mean = series.sum(axis=2)
    return replace(
        forecast,
        quantiles=quantiles(series, slot_phi, QUANTILES),
        day_mean=day_mean,
        day_quantiles=quantiles(day_mean, day_phi.reshape(day_mean.shape), QUANTILES),
    )
