"""The plain question of a plan job, read: where the records lie, which branch and week, as of when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.pooled import PooledEffects, pool_effects
from bankhall.analytics.planning.question import Effort, PlanQuestion, WeekRequirement
from bankhall.analytics.queueing.fit import Fits, fit_services
from bankhall.analytics.queueing.speeds import PersonSpeed, fit_speeds
from bankhall.analytics.queueing.steps import StepRecords, read_steps
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import read_assignments, read_bank
from bankhall.data.lake import Lake
from bankhall.data.planning.history import days_of, histories_of, history_of
from bankhall.data.planning.remembered import Memory, memory_of
from bankhall.data.queries import Source, folder_source, lake_source
from bankhall.data.queries.service_records import day_tables
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import speeds_learned
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.plain import from_plain
from bankhall.kernel.week import PAST_WEEKS, Week

FIT_DAYS = 56
"""Eight weeks of steps for service times and patience: enough to be steady, recent enough to be today's."""
USUAL_MINUTES = 6.0
"""Of a service that has neither records nor typical minutes."""
Speeds = Mapping[str, float]
"""How quick people are by staff number, 1 = the branch's mean; who is not there is the mean."""
REFERENCE = ("nodes", "calendar", "opening_hours", "services")
"""What is needed of other branches to share calendar effects with them."""


@dataclass(frozen=True)
class PlanRequest:
    """A plain question. `bank` may be missing when the records lie in a folder; `past` too.

    `like` is another question about the same records, region and instant: the effects that its branches share are not
    found again.
    """

    plain: Mapping[str, Any]
    like: "PlanRequest | None" = None
    branch_code: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "branch_code", self.plain["branch_code"])

    @property
    def week(self) -> Week:
        """The week to plan."""
        return Week.parse(self.plain["week"])

    @property
    def as_of(self) -> date:
        """Records dated before this day are known; by default everything before the week."""
        told = self.plain.get("as_of")
        return date.fromisoformat(told) if told else self.week.first_day()

    @cached_property
    def source(self) -> Source:
        """The records: a lake at a version, or an exchange folder."""
        if self.plain.get("lake"):
            return lake_source(Lake(Path(self.plain["lake"])), version=self.plain.get("version"))
        return folder_source(Path(self.plain["folder"]))

    @cached_property
    def bank(self) -> Bank:
        """The branch's own reference records."""
        if self.plain.get("bank"):
            return from_plain(Bank, self.plain["bank"])
        return self._whole_bank.for_branch(self.branch_code)

    @cached_property
    def _whole_bank(self) -> Bank:
        if self.plain.get("folder"):
            return ExchangeFolder(Path(self.plain["folder"])).bank()
        snapshot = Lake(Path(self.plain["lake"])).snapshot(version=self.plain.get("version"))
        return read_bank({name: snapshot.reference(name) for name in REFERENCE})

    @cached_property
    def pooled(self) -> PooledEffects:
        """Calendar effects shared with the branches that the question names (all of the bank's by default)."""
        if self.like:
            return self.like.pooled
        self.histories.update({h.branch_code: h for h in histories_of(self.source, self.banks(), self.as_of)})
        return pool_effects([self.histories[code] for code, _ in self.banks()], self.as_of)

    def banks(self) -> list[tuple[str, Bank]]:
        """The branches that share calendar effects, each with the records that tell its days."""
        others = self.plain.get("regions_branches") or [n.node_code for n in self._whole_bank.branches()]
        codes = sorted({*others, self.branch_code})
        return [(code, self.bank if code == self.branch_code else self._whole_bank) for code in codes]

    @cached_property
    def histories(self) -> dict[str, Any]:
        """Arrivals of the branches that were read, by code."""
        return {}

    def history(self) -> History:
        """The branch's own arrivals before `as_of`."""
        if not self.like:
            _ = self.pooled  # reads the histories, its own among them
        if self.branch_code not in self.histories:
            self.histories[self.branch_code] = history_of(self.source, self.bank, self.branch_code, self.as_of)
        own: History = self.histories[self.branch_code]
        return own

    def forecast(self) -> Forecast:
        """The week's forecast from what is known."""
        week = self.week.days()
        future = days_of(self.bank, self.branch_code, week[0], week[-1])
        return forecast_branch(self.history(), future, as_of=self.as_of, pooled=self.pooled)

    def learned(self, as_of: date | None = None) -> tuple[Fits, Speeds]:
        """Service times, patience and people's speeds from the steps of the weeks before `as_of` (the request's own by
        default)."""
        steps = self._steps(as_of or self.as_of)
        typical = {s.service_code: s.typical_minutes or USUAL_MINUTES for s in self.bank.services}
        known = fit_speeds(steps) if self.learns_speeds else ()
        return fit_services(steps, typical=typical), {p.staff_no: p.speed for p in known if p.state == "known"}

    def people(self) -> tuple[PersonSpeed, ...]:
        """Everybody who gave services in the weeks before `as_of`; nobody where speeds are not learned."""
        return fit_speeds(self._steps(self.as_of)) if self.learns_speeds else ()

    @property
    def learns_speeds(self) -> bool:
        """Whether the rules of the week let people's speeds be learned."""
        return speeds_learned(self.bank.rules, self.branch_code, self.week.days()[-1])

    def _steps(self, as_of: date) -> StepRecords:
        last = as_of - timedelta(days=1)
        first = last - timedelta(days=FIT_DAYS - 1)
        tables = day_tables(self.source, branch_code=self.branch_code, first=first, last=last)
        return read_steps(tables["visits"], tables["steps"])

    def past(self) -> tuple[Assignment, ...]:
        """Published assignments of the weeks before."""
        return (
            self._assignments("past") if "past" in self.plain else self.published_until(self.week.plus(-1), PAST_WEEKS)
        )

    def published_until(self, last: Week, weeks: int) -> tuple[Assignment, ...]:
        """Published assignments of so many weeks up to and with `last`, as the records hold them."""
        import pyarrow.compute as pc

        wanted = pa.array([str(last.plus(-n)) for n in range(weeks)], pa.string())
        table = self._published
        mine = pc.and_(pc.equal(table["branch_code"], self.branch_code), pc.equal(table["state"], "published"))
        return read_assignments(table.filter(pc.and_(mine, pc.is_in(table["week"], value_set=wanted))))

    @cached_property
    def _published(self) -> pa.Table:
        """Every row of the table `rosters` of the branch."""
        return self.results("rosters")

    def results(self, name: str) -> pa.Table:
        """A table that planning wrote, of the branch (of a folder: of every branch); empty where it is absent."""
        if self.plain.get("lake"):
            snapshot = Lake(Path(self.plain["lake"])).snapshot(version=self.plain.get("version"))
            return snapshot.table(name, branch_code=self.branch_code)
        return ExchangeFolder(Path(self.plain["folder"])).table(name)

    def _assignments(self, name: str) -> tuple[Assignment, ...]:
        return tuple(from_plain(Assignment, row) for row in self.plain.get(name) or ())

    def read(self) -> PlanQuestion:
        """The science's question."""
        forecast, fits, speeds = self.records()
        asked = PlanQuestion(
            branch_code=self.branch_code,
            week=self.week,
            seed=int(self.plain.get("seed", 0)),
            bank=self.bank,
            forecast=forecast,
            fits=fits,
            past=self.past(),
            locked=self._assignments("locked"),
            required=tuple(requirement_of(row) for row in self.plain.get("requirement") or ()),
            effort=_effort(self.plain),
            speeds=speeds,
        )
        return asked if asked.required else self._with_requirement(asked)

    def keep_requirement(self, asked: PlanQuestion, found: WeekRequirement) -> None:
        """For the next question about the same week, where the question names a folder to keep things in."""
        if self._memory and not asked.required:
            self._memory.keep_requirement(asked, found)

    @cached_property
    def _memory(self) -> Memory | None:
        if not self.plain.get("keep"):
            return None
        snapshot = Lake(Path(self.plain["lake"])).snapshot(version=self.plain.get("version"))
        return memory_of(self.plain, snapshot, self.bank)

    def records(self) -> tuple[Forecast, Fits, Speeds]:
        """Forecast, fits and speeds, as they were made before where nothing under them has changed."""
        known = self._memory.records() if self._memory else None
        speeds = self._memory.speeds() if self._memory and self.learns_speeds else None
        if known and (speeds is not None or not self.learns_speeds):
            return *known, speeds or {}
        forecast = known[0] if known else self.forecast()
        fits, speeds = self.learned()
        if self._memory:
            self._memory.keep_records(forecast, fits)
            if self.learns_speeds:
                self._memory.keep_speeds(speeds)
        return forecast, fits, speeds

    def _with_requirement(self, asked: PlanQuestion) -> PlanQuestion:
        known = self._memory.requirement(asked) if self._memory else None
        return replace(asked, required=known.rows, shortfalls=known.shortfalls) if known else asked


def requirement_of(row: Mapping[str, Any]) -> Requirement:
    """A plain row of the table `requirement`."""
    return from_plain(Requirement, {**row, "slot_start": parse_minutes(row["slot_start"])})


def _effort(plain: Mapping[str, Any]) -> Effort:
    told = dict(plain.get("effort") or {})
    if plain.get("moves"):
        told["moves"] = int(plain["moves"])
    return Effort(**told)
