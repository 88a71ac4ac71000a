"""What planning made of the records, kept by what it rests on: a re-solve round locks makes neither forecast, fits nor
requirement anew while nothing under them has changed.

The answer has the same bytes either way: floats are kept whole, and ranges are made again from means and spreads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bankhall.analytics.forecasting.forecast import Forecast, with_ranges
from bankhall.analytics.forecasting.notes import Note
from bankhall.analytics.forecasting.spread import Spread
from bankhall.analytics.planning.question import PlanQuestion, Shortfall, WeekRequirement
from bankhall.analytics.queueing.fit import Fits
from bankhall.data.fanout.kept import forget_keys, keep_answer, question_hash, read_kept
from bankhall.data.lake import Snapshot
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Requirement
from bankhall.kernel.plain import from_plain, to_plain

Plain = dict[str, Any]
RECORDS = ("visits", "steps", "arrival_counts", "nodes", "calendar", "opening_hours", "services")
"""The lake's tables under a forecast and its fits."""
SPEEDS = "speeds"
PEOPLE = (
    "staff", "certificates", "certificate_kinds", "protections", "absences", "post_history", "prices", "wishes",
    "travel",
)  # fmt: skip
"""Reference tables on which no requirement rests."""


@dataclass(frozen=True, slots=True)
class Memory:
    """One branch-week in a folder. `basis` is the hash of everything under its forecast and fits."""

    folder: Path
    key: str
    basis: str

    def records(self) -> tuple[Forecast, Fits] | None:
        """Forecast and fits, when they were made of these very records."""
        kept = read_kept(self.folder, f"{self.key} records", self.basis)
        return (forecast_from(kept["forecast"]), from_plain(Fits, kept["fits"])) if kept else None

    def keep_records(self, forecast: Forecast, fits: Fits) -> None:
        """For the next time."""
        keep_answer(
            self.folder,
            f"{self.key} records",
            self.basis,
            {"forecast": plain_forecast(forecast), "fits": to_plain(fits)},
        )

    def speeds(self) -> Mapping[str, float] | None:
        """People's speeds, when they were learned from these very records."""
        kept: Mapping[str, float] | None = read_kept(self.folder, self._speeds_key, self.basis)
        return kept

    def keep_speeds(self, speeds: Mapping[str, float]) -> None:
        """For the next time, apart from the rest: `forget_speeds` removes them."""
        keep_answer(self.folder, self._speeds_key, self.basis, dict(speeds))

    @property
    def _speeds_key(self) -> str:
        return f"{self.key} {SPEEDS}"

    def requirement(self, asked: PlanQuestion) -> WeekRequirement | None:
        """The week's requirement, when it was found for this very question."""
        kept = read_kept(self.folder, f"{self.key} requirement", self._under(asked))
        if not kept:
            return None
        rows = tuple(from_plain(Requirement, row) for row in kept["rows"])
        return WeekRequirement(rows, tuple(from_plain(Shortfall, row) for row in kept["shortfalls"]))

    def keep_requirement(self, asked: PlanQuestion, found: WeekRequirement) -> None:
        """For the next time."""
        keep_answer(self.folder, f"{self.key} requirement", self._under(asked), to_plain(found))

    def _under(self, asked: PlanQuestion) -> str:
        bank = {name: rows for name, rows in to_plain(asked.bank).items() if name not in PEOPLE}
        told = [self.basis, asked.seed, asked.effort.requirement_days, bank]
        return question_hash("requirement", told)


def memory_of(plain: Mapping[str, Any], snapshot: Snapshot, bank: Bank) -> Memory:
    """The memory of a question: where it says so (`keep`), by the lake's tables and the branch's own records."""
    told = [
        {name: plain.get(name) for name in ("lake", "branch_code", "week", "as_of", "regions_branches")},
        snapshot.marks(RECORDS),
        to_plain([bank.zone, bank.slot_minutes, bank.nodes, bank.calendar, bank.opening_hours, bank.services]),
    ]
    return Memory(Path(plain["keep"]), f"{plain['branch_code']} {plain['week']}", question_hash("records", told))


def forget_speeds(folder: Path, branch_code: str) -> None:
    """Removes what was kept of the speeds of a branch's people, of every week."""
    forget_keys(folder, f"{branch_code} ", f" {SPEEDS}")


def plain_forecast(forecast: Forecast) -> Plain:
    """What a forecast cannot be made again from without the records."""
    return {
        "branch_code": forecast.branch_code,
        "as_of": forecast.as_of.isoformat(),
        "business_dates": [day.isoformat() for day in forecast.business_dates],
        "services": list(forecast.services),
        "slots": [forecast.slots.start, forecast.slots.stop],
        "slot_minutes": forecast.slot_minutes,
        "open": forecast.open.tolist(),
        "mean": forecast.mean.tolist(),
        "spread": [[one.series.tolist(), one.shared.tolist(), one.days] for one in forecast.spread],
        "notes": to_plain(forecast.notes),
    }


def forecast_from(plain: Plain) -> Forecast:
    """The forecast that `plain_forecast` was given, to the last bit."""
    nothing = np.zeros(0)
    return with_ranges(
        Forecast(
            branch_code=plain["branch_code"],
            as_of=date.fromisoformat(plain["as_of"]),
            business_dates=tuple(map(date.fromisoformat, plain["business_dates"])),
            services=tuple(plain["services"]),
            slots=range(*plain["slots"]),
            slot_minutes=plain["slot_minutes"],
            open=np.array(plain["open"], dtype=np.bool_),
            mean=np.array(plain["mean"], dtype=np.float64),
            quantiles=nothing,
            day_mean=nothing,
            day_quantiles=nothing,
            spread=tuple(Spread(np.array(a), np.array(b), days) for a, b, days in plain["spread"]),
            notes=tuple(from_plain(Note, note) for note in plain["notes"]),
        )
    )
