"""Write a synthetic bank as an exchange folder, and its planted truths somewhere else."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from bankhall.data.contracts import TABLES
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import bank_tables, details_of
from bankhall.data.exchange.writing import replace_file
from bankhall.data.synthetic.habits import Habits
from bankhall.data.synthetic.outline import Outline
from bankhall.data.synthetic.world import World, truth_text

FACTS = ("visits", "steps", "window_sessions", "attendance", "rosters")


def synthesise(
    folder: Path,
    outline: Outline,
    *,
    habits: Habits = Habits(),  # noqa: B008 - frozen
    truth: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, int]:
    """Writes the folder (Parquet facts, CSV reference) and the truths; returns rows by table.

    Facts lie in one file a branch, so memory does not grow with the bank. `progress(done, all)` counts branches.
    """
    world = World(outline, habits)
    counts = _write_reference(folder, world)
    for number, code in enumerate(world.sites, start=1):
        for name, table in world.history(code).items():
            _write_part(folder, name, code, table)
            counts[name] = counts.get(name, 0) + table.num_rows
        progress(number, len(world.sites))
    if truth is not None:
        text = truth_text(world)
        replace_file(truth, lambda beside: _nothing(beside.write_text(text, "utf-8")))
    return counts


def _write_reference(folder: Path, world: World) -> dict[str, int]:
    """Reference tables first; facts of an earlier bank in the same folder go."""
    tables: Mapping[str, pa.Table] = bank_tables(world.bank)
    place = ExchangeFolder(folder)
    for name in FACTS:
        for old in place.files(name):
            old.unlink()
    place.write(tables, details=details_of(world.bank))
    return {name: table.num_rows for name, table in tables.items()}


def _write_part(folder: Path, name: str, code: str, table: pa.Table) -> None:
    from bankhall.data.exchange.writing import write_table

    write_table(folder / name / f"{code}.parquet", table.select(list(TABLES[name].names)))


def _nothing(_: object) -> None:
    return None
