"""A simulated quarter: 13 weeks of 12 branches lived through the product, beside two ways of doing without it.

    nice -n 15 python -m benchmarks.studies.lived_quarter --keep DIR [--weeks 13] [--processes 1] [--report-only]

Detached and resumable: after every week the store, the lake and the figures stand in DIR; a run that was stopped goes
on with the first week that is not there. Writes benchmarks/results/lived_quarter.md from what is finished.
"""

import argparse
import json
import os
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

from bankhall.kernel.week import Week

RESULT = Path(__file__).parents[1] / "results" / "lived_quarter.md"
SEED = 301
FIRST, LAST = date(2025, 6, 2), date(2026, 7, 5)
BRANCHES = 12
WEEKS = tuple(Week(2026, 28 + n) for n in range(13))
Plain = dict[str, Any]


def main() -> None:
    """Whatever is not finished, then the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--weeks", type=int, default=len(WEEKS))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--report-only", action="store_true")
    options = parser.parse_args()
    if not options.report_only:
        live_weeks(options.keep.resolve(), WEEKS[: options.weeks], options.processes)
    done = [found for week in WEEKS if (found := _read(options.keep, week))]
    if done:
        from benchmarks.studies.quarter.table import report

        RESULT.write_text(report(done, SEED), "utf-8")


def live_weeks(keep: Path, weeks: tuple[Week, ...], processes: int) -> None:
    """One after another, each from the state that the one before left."""
    keep.mkdir(parents=True, exist_ok=True)
    home = keep / "home"
    if not (keep / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        build(home)
        _put_by(home, keep / "after-nothing")
        (keep / "ready").touch()
    before = "nothing"
    todo = [week for week in weeks if _read(keep, week) is None]
    for week in weeks:
        if week not in todo:
            before = str(week)
    _bring_back(keep / f"after-{before}", home)
    open_home(home)
    for week in todo:
        began = time.monotonic()
        found = live_one(home, week, processes)
        _put_by(home, keep / f"after-{week}")
        shutil.rmtree(keep / f"after-{before}", ignore_errors=True)
        (keep / f"{week}.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")
        before = str(week)
        print(f"{week}: {time.monotonic() - began:.0f} s", flush=True)


def build(home: Path) -> None:
    """A bank's records of 13 months, imported like anybody's."""
    from bankhall.data.synthetic.synthesise import synthesise
    from bankhall.data.synthetic.world import Outline

    home.mkdir(parents=True)
    synthesise(home / "exchange", Outline(BRANCHES, FIRST, LAST, SEED), truth=home / "truth.json")
    open_home(home)
    from django.conf import settings

    from bankhall.apps.imports import actions as imports
    from bankhall.apps.metrics import actions as metrics
    from benchmarks.studies.quarter.people import SYSTEM

    imports.import_folder(home / "exchange", by=SYSTEM.actor, scope=SYSTEM)
    metrics.install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=settings.CLOCK.now())


def open_home(home: Path) -> None:
    """The product on this home."""
    os.environ.pop("NUMBA_CACHE_DIR", None)
    os.environ |= {"BANKHALL_HOME": str(home), "BANKHALL_DEMO_DATE": LAST.isoformat()}
    from bankhall.cli.site import open_site

    open_site(migrate=True)


def live_one(home: Path, week: Week, processes: int) -> Plain:
    """A week from its planning to its records."""
    from bankhall.data.synthetic.world import read_world
    from benchmarks.studies.quarter.happenings import Mornings
    from benchmarks.studies.quarter.living import Living, rows_of

    world, mornings = read_world(home / "truth.json"), Mornings(SEED)
    living = Living(mornings, sorted(world.sites), processes)
    published = living.plan(week)
    first = {code: rows_of(code, week) for code in published}
    living.ask_leaves(week)
    living.swap_shifts(week)
    living.lend(week)
    living.mornings_of(week)
    cells, facts = [], {}
    for code in published:
        cell, facts[code] = _three_ways(world, living, code, week, first[code])
        cells.append(cell)
    _import(home, week, facts)
    return {
        "week": str(week), "branches": cells, "done": dict(living.told.done), "refused": dict(living.told.refused),
    }  # fmt: skip


def _three_ways(world: Any, living: Any, code: str, week: Week, first: Any) -> tuple[Plain, Any]:
    from bankhall.apps.rosters.problems import problem_of
    from benchmarks.studies.quarter import arms
    from benchmarks.studies.quarter.living import published, rows_of

    mornings, last = living.mornings, rows_of(code, week)
    problem = problem_of(published(code, week))
    home = frozenset(one.staff_no for one in problem.bank.staff if one.branch_code == code)
    rows = {
        "product": arms.as_stood(last, living.missing[code], mornings, home),
        "untouched": arms.without_missing(first, mornings),
        "greedy": arms.greedily_filled(first, problem, mornings),
    }
    facts = {arm: arms.live(world, code, stood) for arm, stood in rows.items()}
    told = {arm: arms.figures(world, problem, stood, facts[arm]) for arm, stood in rows.items()}
    changed = {
        arm: arms.changed_person_days(first, stood, mornings) for arm, stood in (rows | {"product": last}).items()
    }
    return {"branch": code, "staff": sorted(home), "changed": changed, **told}, facts["product"]


def _import(home: Path, week: Week, facts: Plain) -> None:
    """What the world wrote under the product's people becomes the product's records."""
    from bankhall.apps.imports import actions as imports
    from bankhall.data.contracts import TABLES
    from bankhall.data.exchange.writing import write_table
    from benchmarks.studies.quarter.people import SYSTEM

    folder = home / "lived" / str(week)
    for code, tables in facts.items():
        for name, table in tables.items():
            write_table(folder / name / f"{code}.parquet", table.select(list(TABLES[name].names)))
    imports.import_folder(folder, by=SYSTEM.actor, scope=SYSTEM)
    shutil.rmtree(folder)


def _put_by(home: Path, place: Path) -> None:
    """A copy that is there whole or not at all."""
    from django.db import connections

    connections.close_all()
    beside = place.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(home, beside)
    beside.replace(place)


def _bring_back(place: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(place, home)


def _read(keep: Path, week: Week) -> Plain | None:
    path = keep / f"{week}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


if __name__ == "__main__":
    main()
