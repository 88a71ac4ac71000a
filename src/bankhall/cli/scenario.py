"""What people and waits a day in a SCENARIO.toml asks for or gives.

Examples:
  bankhall staff day.toml --json       people needed in each slot so that the promises hold
  bankhall simulate day.toml --json    waits, leaving and promises under the people of the file

`staff` takes only the `services` of the file's people; its `least` is what all groups of a slot owe together.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bankhall.cli.scenario_file import Scenario, read_scenario
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import format_minutes

DIGITS = 6
NUMBERS = ("arrivals", "served", "left_share", "wait_mean", "wait_p50", "wait_p90", "kept_share", "delay_probability")


def add_staff_arguments(parser: argparse.ArgumentParser) -> None:
    """`SCENARIO.toml [--seed N] [--replications N]`."""
    parser.add_argument("scenario", type=Path, metavar="SCENARIO.toml")
    parser.add_argument("--seed", type=int, metavar="N", help="instead of the file's seed")
    parser.add_argument("--replications", type=int, metavar="N", help="simulated days, instead of the file's number")


def add_simulate_arguments(parser: argparse.ArgumentParser) -> None:
    """The same."""
    add_staff_arguments(parser)


def run_staff(options: argparse.Namespace) -> int:
    """People per slot and group; 1 when a promise cannot be kept however many stand there."""
    from bankhall.analytics.staffing.require import require

    scenario = read_scenario(options.scenario)
    answer = require(scenario.problem(), seed=_seed(options, scenario), replications=_days(options, scenario))
    slots = [
        {
            "start": format_minutes(slot.start_minute),
            "services": list(slot.services),
            "people": slot.people,
            "least": scenario.least[slot.slot],
            "driven_by": slot.driven_by,
            "kept_share": _rounded(slot.kept_share),
            "wait_p90": _rounded(slot.wait_p90),
        }
        for slot in answer.slots
    ]
    short = [{"service": s.service_code, "kept_share": _rounded(s.kept_share), "share": s.share, "why": s.note}
             for s in answer.shortfalls]  # fmt: skip
    _print(options, {"slots": slots, "shortfalls": short}, slots)
    for missed in short:
        print(f"{missed['service']}: {missed['kept_share']} < {missed['share']} ({missed['why']})", file=sys.stderr)
    return int(bool(short))


def run_simulate(options: argparse.Namespace) -> int:
    """Waits, leaving and promises under the file's people."""
    import numpy as np

    from bankhall.analytics.queueing.measures import measure
    from bankhall.analytics.queueing.simulate import poisson_days, simulate

    scenario = read_scenario(options.scenario)
    seed = _seed(options, scenario)
    if not scenario.people:
        raise BadInput("scenario_wrong", file=str(options.scenario), row="people", reason="missing")
    hall = scenario.hall()
    counts = poisson_days(np.array(scenario.arrivals), _days(options, scenario), seed=seed, codes=hall.codes())
    records = simulate(hall, counts, seed=seed)
    rows = [row for row in measure(records) if row.service_code]
    services = {row.service_code: _measures(row.measures) for row in rows if row.slot is None}
    slots = [
        {"service": row.service_code, "start": format_minutes(int(row.start_minute)), **_measures(row.measures)}
        for row in rows
        if row.start_minute is not None
    ]
    table = ({"service": code, **{name: numbers[name] for name in NUMBERS}} for code, numbers in services.items())
    answer = {"services": services, "slots": slots, "utilisation": _rounded(records.utilisation())}
    _print(options, answer, table)
    return 0


def _seed(options: argparse.Namespace, scenario: Scenario) -> int:
    return scenario.seed if options.seed is None else int(options.seed)


def _days(options: argparse.Namespace, scenario: Scenario) -> int:
    return scenario.replications if options.replications is None else int(options.replications)


def _measures(measures: Mapping[str, Any]) -> dict[str, float | None]:
    """Each measure with the ends of the interval of its mean."""
    numbers: dict[str, float | None] = {}
    for name in NUMBERS:
        spread = measures[name]
        numbers |= {name: _rounded(spread.value), f"{name}_low": _rounded(spread.low)}
        numbers[f"{name}_high"] = _rounded(spread.high)
    return numbers


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)


def _print(options: argparse.Namespace, answer: Mapping[str, Any], table: Iterable[Mapping[str, Any]]) -> None:
    """JSON when asked for, else the table in columns."""
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
        return
    rows = list(table)
    cells = [[str(name) for name in rows[0]], *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    for line in cells:
        print("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(str(item) for item in value)
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
