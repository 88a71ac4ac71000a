"""Predicted against happened: a week's plan is published, the synthetic world lives under the planned people.

    nice -n 15 python -m benchmarks.studies.predicted_against_happened --keep DIR [--settings on off no_parties …]

Worlds with seeds 101 to 112, one branch of each (the first by code of the first world, the second of the second, …),
eight weeks that planning has not seen: 2026-W40 to W47. Each week is planned from the records before its Monday alone.
Finished worlds are kept in DIR; run it again and it goes on. Writes benchmarks/results/predicted_against_happened.md
from whatever is finished, and says how much that is.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.forecasting.draws import draw_days
from bankhall.analytics.planning.hours import DayHours, hours_on
from bankhall.analytics.planning.models import on_day, service_models
from bankhall.analytics.planning.proof import people_at_windows
from bankhall.analytics.planning.question import PlanQuestion
from bankhall.analytics.planning.requirement import week_requirement
from bankhall.analytics.queueing.hall import Hall
from bankhall.analytics.queueing.measures import Measured, measure
from bankhall.analytics.queueing.simulate import Records, simulate
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.solve import solve
from bankhall.data.engines import Tables
from bankhall.data.exchange.codec import bank_tables, read_assignments
from bankhall.data.fanout import fan_out
from bankhall.data.planning.question import PlanRequest
from bankhall.data.queries.measured import measured
from bankhall.data.queries.source import ask
from bankhall.data.synthetic.past_rosters import Stretch
from bankhall.data.synthetic.world import Habits, Outline, World
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import PAST_WEEKS, Week
from benchmarks.studies.predicted_table import MEASURES, report

JOB = "benchmarks.studies.predicted_against_happened:live_one_world"
RESULT = Path(__file__).parents[1] / "results" / "predicted_against_happened.md"
SEEDS = range(101, 113)
WEEKS = tuple(Week(2026, number) for number in range(40, 48))
FIRST, LAST = date(2025, 10, 20), date(2026, 11, 22)
BLOCK_MINUTES = 120
BASE_DAYS = 28
SHARING = 4
"""Branches whose records share calendar effects: the planned one and three others of its world."""

EFFORT = {"requirement_days": 80, "proof_days": 300, "moves": 400_000}
PLAN_SEED = 4711

Plain = dict[str, Any]


class WorldRecords:
    """A world's records in memory, as a source of the queries."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        steps = ask(_Bare(tables), "steps_of_days")
        self._tables = {**tables, "steps": steps}

    def tables(self) -> Tables:
        """Arrow tables, steps with the branch and date of their visit."""
        return self._tables


class _Bare:
    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._tables = {"bare_steps": tables["steps"], "visits": tables["visits"]}

    def tables(self) -> Tables:
        return self._tables


def habits_of(setting: str) -> Habits:
    """`on`, `off`, or `no_HABIT`: all but one."""
    if setting in ("on", "off"):
        return Habits() if setting == "on" else Habits.none()
    return Habits().without(setting.removeprefix("no_"))


def live_one_world(question: Plain) -> list[Plain]:
    """One world, one branch: rows of what was predicted, what happened, and what the last four weeks said."""
    world = World(Outline(12, FIRST, LAST, question["seed"]), habits_of(question["setting"]))
    codes = sorted(world.sites)
    known = [codes[(question["branch"] + n) % len(codes)] for n in range(SHARING)]
    parts = [world.history(site) for site in known]
    tables = {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}
    source = WorldRecords({**empty_tables(world.bank), **tables})
    rows: list[Plain] = []
    for text in question["weeks"]:
        try:
            rows += _live_one_week(world, source, tables["rosters"], known, Week.parse(text))
        except BadInput as error:
            rows.append({"week": text, "branch": known[0], "status": error.code})
    return rows


def empty_tables(bank: Bank) -> dict[str, pa.Table]:
    from bankhall.data.contracts import TABLES

    reference = bank_tables(bank)
    return {
        "nodes": reference["nodes"],
        "windows": reference["windows"],
        "arrival_counts": TABLES["arrival_counts"].empty(),
    }


def _live_one_week(world: World, source: WorldRecords, rosters: pa.Table, known: list[str], week: Week) -> list[Plain]:
    asked, code = _asked(world, source, rosters, known, week), known[0]
    required = week_requirement(asked)
    problem = RosterProblem(code, week, asked.bank, required.rows, asked.past, ())
    answer = solve(problem, seed=PLAN_SEED, moves=asked.effort.moves)
    if answer.status != "feasible":
        return [{"week": str(week), "branch": code, "status": answer.status}]
    planned = answer.assignments
    predicted = dict(_predicted(asked, planned))
    lived = WorldRecords({**empty_tables(world.bank), **world.live(code, _stretches(planned), seed=world.outline.seed)})
    happened = _happened(lived, asked.bank, code, week.days()[0], week.days()[-1])
    before = week.days()[0] - timedelta(days=1)
    past = _happened(source, asked.bank, code, before - timedelta(days=BASE_DAYS - 1), before)
    return [_row(week, key, predicted[key], value, past) for key, value in sorted(happened.items()) if key in predicted]


def _asked(world: World, source: WorldRecords, rosters: pa.Table, known: list[str], week: Week) -> PlanQuestion:
    """The product's own reading of its question, with the records handed over in memory."""
    code = known[0]
    plain = {
        "branch_code": code,
        "week": str(week),
        "seed": PLAN_SEED,
        "effort": EFFORT,
        "past": to_plain(_past(rosters, code, week)),
        "regions_branches": known,
    }
    request = PlanRequest(plain)
    request.__dict__.update(source=source, bank=world.bank.for_branch(code), _whole_bank=world.bank)
    return request.read()


def _past(rosters: pa.Table, code: str, week: Week) -> tuple[Assignment, ...]:
    import pyarrow.compute as pc

    weeks = pa.array([str(week.plus(-n)) for n in range(1, PAST_WEEKS + 1)], pa.string())
    mine = pc.and_(pc.equal(rosters["branch_code"], code), pc.is_in(rosters["week"], value_set=weeks))
    return read_assignments(rosters.filter(mine))


def _stretches(planned: Iterable[Assignment]) -> list[Stretch]:
    return [Stretch(a.staff_no, a.business_date, a.start, a.end, a.kind, a.code, a.post_code) for a in planned]


Key = tuple[str, str, int]
"""Date, service (empty = the hall), block of the day (-1 = the day)."""


def _predicted(asked: PlanQuestion, planned: tuple[Assignment, ...]) -> list[tuple[Key, Plain]]:
    found: list[tuple[Key, Plain]] = []
    for index, day in enumerate(asked.week.days()):
        hours = hours_on(asked.bank, asked.branch_code, day)
        today = tuple(a for a in planned if a.business_date == day)
        if hours.spans and today:
            records = _simulated(asked, index, hours, today)
            for item in measure(_in_blocks(records)):
                block = -1 if item.start_minute is None else int(item.start_minute)
                found.append(((day.isoformat(), item.service_code, block), _spreads(item)))
    return found


def _simulated(asked: PlanQuestion, index: int, hours: DayHours, today: tuple[Assignment, ...]) -> Records:
    """As the product's proof does it."""
    models = service_models(asked.bank, asked.branch_code, asked.fits, hours.date)
    hall = Hall(
        services=models,
        people=people_at_windows(asked, asked.bank, hours.date, today),
        start_minute=hours.starts[0],
        slot_minutes=hours.slot_minutes,
        slots=len(hours.starts),
        closes=tuple(float(end) for _, end in hours.spans),
        leaving=asked.fits.leaving,
    )
    rng = stream(asked.seed, asked.branch_code, str(asked.week), "proof", index)
    drawn = draw_days(asked.forecast, index, asked.effort.proof_days, rng)
    return simulate(hall, on_day(asked.forecast, drawn, hall.codes(), hours).astype("int64"), seed=asked.seed)


def _in_blocks(records: Records) -> Records:
    """The same customers, measured by blocks of two hours counted from midnight."""
    hall, customers = records.hall, records.customers
    minute = hall.start_minute + customers.slot * hall.slot_minutes
    first = int(hall.start_minute) // BLOCK_MINUTES
    last = int(hall.start_minute + hall.slots * hall.slot_minutes - 1) // BLOCK_MINUTES
    blocks = (minute // BLOCK_MINUTES).astype("int64") - first
    coarse = replace(hall, start_minute=first * BLOCK_MINUTES, slot_minutes=BLOCK_MINUTES, slots=last - first + 1)
    return replace(records, hall=coarse, customers=customers._replace(slot=blocks))


def _spreads(item: Measured) -> Plain:
    return {name: to_plain(item.measures[name]) for name in MEASURES}


def _happened(source: WorldRecords, bank: Bank, code: str, first: date, last: date) -> dict[Key, Plain]:
    found: dict[Key, Plain] = {}
    for minutes in (1440, BLOCK_MINUTES):
        table = measured(source, bank, first=first, last=last, branch_code=code, block_minutes=minutes)
        for row in table.to_pylist():
            block = -1 if minutes == 1440 else int(row["block_start"])
            found[row["business_date"].isoformat(), row["service_code"], block] = {
                **{name: row[name] for name in MEASURES},
                "arrivals": row["arrivals"],
            }
    return found


def _row(week: Week, key: Key, predicted: Plain, happened: Plain, past: Mapping[Key, Plain]) -> Plain:
    return {
        "week": str(week),
        "day": key[0],
        "service": key[1],
        "block": key[2],
        "arrivals": happened["arrivals"],
        "predicted": predicted,
        "happened": {name: happened[name] for name in MEASURES},
        "last_four_weeks": _same_as_before(key, past),
    }


def _same_as_before(key: Key, past: Mapping[Key, Plain]) -> dict[str, float | None]:
    """The mean of the same weekday, service and block over the last four weeks."""
    weekday = date.fromisoformat(key[0]).isoweekday()
    same = [v for k, v in past.items() if k[1:] == key[1:] and date.fromisoformat(k[0]).isoweekday() == weekday]
    known = {name: [v[name] for v in same if v[name] is not None] for name in MEASURES}
    return {name: sum(values) / len(values) if values else None for name, values in known.items()}


def questions(settings: Iterable[str]) -> dict[str, Plain]:
    """One a world and setting, in the order in which they are run."""
    return {
        f"{setting}-{seed}": {"setting": setting, "seed": seed, "branch": place, "weeks": [str(w) for w in WEEKS]}
        for place, seed in enumerate(SEEDS)
        for setting in settings
    }


def main() -> None:
    """Run what is not finished, then write the table of what is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--settings", nargs="*", default=["on", "off", *(f"no_{name}" for name in Habits.names())])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--report-only", action="store_true")
    options = parser.parse_args()
    asked = questions(options.settings)
    if not options.report_only:
        fan_out(JOB, asked, processes=options.processes, keep=options.keep, progress=_tell)
    RESULT.write_text(report(options.keep, asked), encoding="utf-8")


def _tell(done: int, of: int, key: str) -> None:
    print(f"{done} of {of}: {key}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
