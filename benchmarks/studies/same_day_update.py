"""The rest of the day, updated from what has come: against the morning's forecast as issued, and simple scaling.

    bankhall synthesise DIR --branches 12 --from 2025-10-20 --until 2026-11-22 --seed 7
    BANKHALL_DATA=DATA python -m benchmarks.studies.same_day_update --folder DIR

Every open day is forecast from the days before it alone (calendar effects made anew every ten days), then updated at
10:00, 12:00 and 14:00 from what had come before that hour. The method is chosen on the 40 open days before the scored
ones. Writes benchmarks/results/same_day_update.md.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from bankhall.analytics.forecasting import accuracy
from bankhall.analytics.forecasting.arrays import Bools, Floats
from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.intraday import update_during_day
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.analytics.forecasting.spread import blocks_of, with_branch
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.planning.history import histories_of
from bankhall.data.queries import folder_source
from bankhall.data.queries.extent import extent
from benchmarks.studies.public_counts import anonymous_bank

RESULT = Path(__file__).parents[1] / "results" / "same_day_update.md"
SCORED, EARLIER, REFIT = 40, 40, 10
CUTS = (10, 12, 14)
KAPPAS = (50.0, 200.0, 400.0)
UPDATED = "updated"
METHODS = ("no update", "scaling", *(f"κ = {kappa:g}" for kappa in KAPPAS), UPDATED)
HEAD = """# The rest of the day, updated from what has come

    bankhall synthesise DIR --branches 12 --from 2025-10-20 --until 2026-11-22 --seed 7
    BANKHALL_DATA=DATA python -m benchmarks.studies.same_day_update --folder DIR

Every open day is forecast from the days before it alone, then updated at 10:00, 12:00 and 14:00 from what had come by
then. WAPE of the half hours that are left and of their total; the share of half hours and totals that fell into the
range said to hold 80 % of them (randomised, as counts are whole); the floor is what nobody gets under when customers
come independently about a known mean. The demo bank is synthetic; Anonymous Bank: see anonymous_bank_forecast.md.

- **no update**: the morning's forecast as issued.
- **scaling**: the rest multiplied by what came over what was expected.
- **κ**: the posterior of a gamma level, (came + κ) / (expected + κ), one κ for every branch.
- **updated**: the product's: how much the seen weighs follows from the branch's own past days (the variance of the
  day's level against that of all that was seen together), so there is nothing to set.

Half hours of a branch lie close to the floor: an update of one level for the day can move them by a few per cent at
most. It is the total of the rest, what a window more or less hangs on, that gains. On the days before the scored ones
the weight from the branch's own days was level with the best single κ at the demo bank and ahead of κ = 200 at the
Anonymous Bank, where at 10:00 no update was better still; scaling was worse than no update wherever little had come.
"""


@dataclass(frozen=True, slots=True)
class Rest:
    """What one method said of the half hours left of a day, and what came [slot]; φ of a slot and of the total."""

    came: Floats
    mean: Floats
    slot_phi: float
    total_phi: float


def mornings(history: History, peers: Sequence[History]) -> list[tuple[Forecast, Floats]]:
    """The forecast of each of the last open days as issued that morning, with what came [service, slot]."""
    found = []
    for place, at in enumerate(np.flatnonzero(history.usable)[-(SCORED + EARLIER) :]):
        day = history.days.dates[at]
        if place % REFIT == 0:
            pooled = pool_effects(list(peers), day)
        ahead = history.days.between(at, at + 1)
        found.append((forecast_branch(history, ahead, as_of=day, pooled=pooled), history.counts[at]))
    return found


def rests(issued: Forecast, came: Floats, hour: int) -> dict[str, Rest]:
    """Every method's word at the hour."""
    cut = hour * 60 // issued.slot_minutes
    slots = np.arange(issued.slots.start, issued.slots.stop)
    done, left = slots < cut, (slots >= cut) & issued.open[0].any(axis=0)
    seen, expected = float(came[:, done].sum()), float(issued.mean[0][:, done].sum())
    levels = {name: (seen + kappa) / (expected + kappa) for name, kappa in zip(METHODS[2:], KAPPAS, strict=False)}
    levels |= {"no update": 1.0, "scaling": seen / expected if expected > 0 else 1.0}
    made = {name: replace(issued, mean=issued.mean * level) for name, level in levels.items()}
    made[UPDATED] = update_during_day(issued, 0, came, cut)
    return {name: _rest(one, came, left) for name, one in made.items()}


def _rest(said: Forecast, came: Floats, left: Bools) -> Rest:
    means = with_branch(said.mean[0][:, left])
    blocks = blocks_of(said.slots, said.slot_minutes)[left]
    spread = said.spread[0]
    phi = float(spread.of_total(means, blocks)[-1])
    return Rest(came[:, left].sum(axis=0), means[-1], float(spread.series[-1, 2]), phi)


def table(days: Iterable[tuple[Forecast, Floats]]) -> Iterator[str]:
    """Rows of a table, by hour and method."""
    days = list(days)
    yield "| at | method | half hours | total | bias | half hours in 80 % | total in 80 % | floor, half hours | total |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for hour in CUTS:
        said = [rests(*day, hour) for day in days]
        for name in METHODS:
            yield _row(hour, name, [one[name] for one in said if len(one[name].mean)])


def _row(hour: int, name: str, said: list[Rest]) -> str:
    came, mean = (np.concatenate([getattr(one, part) for one in said]) for part in ("came", "mean"))
    totals = np.array([one.came.sum() for one in said]), np.array([one.mean.sum() for one in said])
    slot_phi = np.concatenate([np.full(len(one.mean), one.slot_phi) for one in said])
    total_phi = np.array([one.total_phi for one in said])
    in_range = [_covered(came, mean, slot_phi), _covered(*totals, total_phi)]
    if name not in ("no update", UPDATED):  # the others say nothing about a range of their own
        in_range = ["", ""]
    errors = f"{accuracy.wape(came, mean):.4f} | {accuracy.wape(*totals):.4f} | {accuracy.bias(*totals):+.4f}"
    floors = f"{accuracy.poisson_floor(mean):.4f} | {accuracy.poisson_floor(totals[1]):.4f}"
    return f"| {hour}:00 | {name} | {errors} | {in_range[0]} | {in_range[1]} | {floors} |"


def _covered(came: Floats, mean: Floats, phi: Floats) -> str:
    pit = accuracy.randomised_pit(came, mean, phi, np.random.default_rng([1, came.size]))
    return f"{accuracy.coverage(pit, 0.8):.1%}"


def lines(banks: dict[str, list[list[tuple[Forecast, Floats]]]]) -> Iterator[str]:
    """The document's tables: the scored days, then the earlier ones on which the method was chosen."""
    for name, branches in banks.items():
        scored = [day for days in branches for day in days[-SCORED:]]
        yield f"\n## {name}: the last {SCORED} open days, {len(scored)} branch-days\n"
        yield from table(scored)
    yield "\n# The days before, on which the method was chosen"
    for name, branches in banks.items():
        earlier = [day for days in branches for day in days[:-SCORED]]
        yield f"\n## {name}: the {EARLIER} open days before, {len(earlier)} branch-days\n"
        yield from table(earlier)


def demo_bank(folder: Path) -> list[History]:
    """Every branch of a synthesised bank."""
    bank, source = ExchangeFolder(folder).bank(), folder_source(folder)
    last = max(found.last for found in extent(source) if found.last)
    return list(histories_of(source, [(b.node_code, bank) for b in bank.branches()], last + timedelta(days=1)))


def main() -> None:
    """Runs, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="a synthesised bank")
    demo, public = demo_bank(parser.parse_args().folder), anonymous_bank()
    banks = {
        "Demo bank (synthetic)": [mornings(history, demo) for history in demo],
        "Anonymous Bank": [mornings(public, [public])],
    }
    text = "\n".join([HEAD.rstrip(), *lines(banks)]) + "\n"
    print(text)
    RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
