"""Who comes on a day: numbers by the calendar and the day's level, times by the kind of branch, parties, services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.streams import stream
from bankhall.data.synthetic import truths
from bankhall.data.synthetic.characters import SERVICES, Character
from bankhall.data.synthetic.habits import Habits
from bankhall.data.synthetic.outline import Outline, Site

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Spans = tuple[tuple[int, int], ...]

MEMORY_DAYS = 12
CORPORATE = SERVICES.index("corporate")
HALVED = ("account", "card", "corporate", "loan", "wealth")
_SIGMA = np.sqrt(np.log1p(np.square(truths.SPREAD_CV)))
_POOLS = np.array(truths.POOL, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Customers:
    """The day's customers by arrival: minutes [n], services and their draws [n, 2] (service -1 = none)."""

    arrive: Floats
    services: Ints
    pools: Ints
    minutes: Floats
    patience: Floats
    walk: Floats
    elderly: NDArray[np.bool_]


def expected(site: Site, visits: float, day: date, marks: Sequence[str], open_spans: tuple[Spans, Spans]) -> Floats:
    """Expected first services of a date at level one, by service; `open_spans` of personal and corporate."""
    who = site.character
    base = visits * who.weekdays[day.isoweekday() - 1]
    if "makeup_workday" in marks:
        base = visits * 0.85
    found = np.array([base * share * _effect(who, code, marks) for code, share in zip(SERVICES, who.mix, strict=True)])
    personal, corporate = open_spans
    found[CORPORATE] *= bool(corporate)
    found[np.arange(len(SERVICES)) != CORPORATE] *= bool(personal)
    return found * _life(site, day)


def _effect(who: Character, code: str, marks: Sequence[str]) -> float:
    """Calendar effects multiply; on pension days and paydays services without cash feel half of it."""
    factor = 1.0
    for mark in marks:
        effect = who.effects.get(mark, 1.0)
        halved = mark in ("pension_day", "payday") and code in HALVED
        factor *= 1 + (effect - 1) / 2 if halved else effect
    return factor


def _life(site: Site, day: date) -> float:
    """A young branch grows towards its number over its first two months."""
    age = (day - site.opened_on).days
    return 1.0 - 0.3 * max(0.0, 1.0 - age / 60)


def level(outline: Outline, site: Site, day: date, seed: int, habits: Habits) -> float:
    """The day's level, shared by all services: autoregressive, one on the mean. Days after the records use `seed`."""
    if not habits.day_level:
        return 1.0
    shocks = [_shock(outline, site, day.toordinal() - back, seed) for back in range(MEMORY_DAYS)]
    x = sum(truths.LEVEL_MEMORY**back * shock for back, shock in enumerate(shocks))
    return float(np.exp(truths.LEVEL_SPREAD * x - truths.LEVEL_SPREAD**2 / 2))


def _shock(outline: Outline, site: Site, ordinal: int, seed: int) -> float:
    known = ordinal <= outline.last.toordinal()
    year = stream(outline.seed if known else seed, "level", site.number, ordinal // 512).standard_normal(512)
    return float(year[ordinal % 512]) * float(np.sqrt(1 - truths.LEVEL_MEMORY**2))


def draw_customers(
    site: Site, mean: Floats, open_spans: tuple[Spans, Spans], rng: np.random.Generator, habits: Habits
) -> Customers:
    """One date's customers. `mean` expected first services at the day's level."""
    if habits.day_level:
        mean = mean * rng.lognormal(-(truths.SERVICE_SPREAD**2) / 2, truths.SERVICE_SPREAD, len(mean))
    arrive, first = _arrivals(site.character, mean, open_spans, rng, habits)
    second = _second(site.character, first, rng, habits)
    services = np.stack([first, second], axis=1)
    elderly = rng.random(len(arrive)) < site.character.elderly
    slower = np.where(elderly & habits.elderly_slower, truths.ELDERLY_TIME, 1.0)[:, None]
    waits = np.where(elderly & habits.elderly_slower, truths.ELDERLY_PATIENCE, 1.0)[:, None]
    shape: tuple[int, ...] = services.shape
    return Customers(
        arrive=arrive,
        services=services,
        pools=np.where(services >= 0, _POOLS[services], -1),
        minutes=_lognormal(services, rng.standard_normal(shape)) * slower,
        patience=_patience(services, rng.standard_exponential(shape), habits) * waits,
        walk=rng.exponential(truths.WALK_MINUTES, shape),
        elderly=elderly,
    )


def _arrivals(
    who: Character, mean: Floats, open_spans: tuple[Spans, Spans], rng: np.random.Generator, habits: Habits
) -> tuple[Floats, Ints]:
    sizes = np.array(truths.PARTY_SIZES if habits.parties else (1.0,))
    parties = rng.poisson(mean / float(sizes @ np.arange(1, len(sizes) + 1)))
    service = np.repeat(np.arange(len(mean)), parties)
    times = np.empty(len(service))
    for place, spans in ((service != CORPORATE, open_spans[0]), (service == CORPORATE, open_spans[1])):
        times[place] = _times(who, spans, rng.random(int(place.sum())))
    size = 1 + rng.choice(len(sizes), len(service), p=sizes)
    gap = rng.uniform(0.0, 0.5, int(size.sum())).cumsum()
    times, service = np.repeat(times, size), np.repeat(service, size)
    times = times + (gap - np.repeat(gap[np.cumsum(size) - size], size) if len(size) else 0.0)
    order = np.argsort(times, kind="stable")
    return times[order], service[order].astype(np.int64)


def _times(who: Character, spans: Spans, uniform: Floats) -> Floats:
    """Minutes of arrival within the opening, by the humps of the day over a floor."""
    if not len(uniform):
        return uniform
    minute = np.concatenate([np.arange(a, b) for a, b in spans]).astype(np.float64)
    weight = np.full(len(minute), 0.0015)
    for centre, width, share in who.humps:
        weight += share * np.exp(-0.5 * ((minute - centre) / width) ** 2) / (width * 2.5066)
    steps = np.cumsum(weight) / weight.sum()
    at = np.searchsorted(steps, uniform, side="right").clip(max=len(minute) - 1)
    before = np.concatenate([[0.0], steps])[at]
    return np.asarray(minute[at] + ((uniform - before) / (steps[at] - before)).clip(0.0, 0.999))


def _second(who: Character, first: Ints, rng: np.random.Generator, habits: Habits) -> Ints:
    mix = np.array(who.mix)
    mix[CORPORATE] = 0.0
    drawn = rng.choice(len(mix), len(first), p=mix / mix.sum())
    again = (rng.random(len(first)) < truths.SECOND_SERVICE) & (drawn != first) & habits.several_services
    return np.where(again, drawn, -1).astype(np.int64)


def _lognormal(services: Ints, z: Floats) -> Floats:
    sigma = _SIGMA[services]
    return np.asarray(np.array(truths.MEAN_MINUTES)[services] * np.exp(sigma * z - sigma**2 / 2))


def _patience(services: Ints, unit: Floats, habits: Habits) -> Floats:
    from math import gamma

    mean = np.array(truths.PATIENCE_MINUTES)[services]
    if not habits.growing_impatience:
        return np.asarray(mean * unit)
    return np.asarray(mean / gamma(1 + 1 / truths.PATIENCE_SHAPE) * unit ** (1 / truths.PATIENCE_SHAPE))
