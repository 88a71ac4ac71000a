"""Rounds of killing: a store with some days, an import of more, a kill at a random moment, and what then stands."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np

from tests.data.importing.exports import DAY, VISIT_HEADER, csv_text, visit_rows
from tests.data.importing.killed_import import SINKS, folder_state, killer, lake_state

STATES: dict[str, Callable[[Path], str]] = {"folder": folder_state, "lake": lake_state}
AGAIN = 3  # so many rounds are followed by the same import, which must go through


def made_bank(folder: Path, days: int) -> Path:
    """Visits with one step each, on so many days of two branches."""
    rows = [r for n in range(days) for b in ("B01", "B02") for r in visit_rows(60, branch=b, day=DAY + timedelta(n))]
    rows = [(*row[:9], row[0]) for row in rows]
    steps = [(row[0], "1", "cash", row[5], "done") for row in rows]
    folder.mkdir(parents=True)
    (folder / "visits.csv").write_text(csv_text(VISIT_HEADER, rows), "utf-8")
    text = csv_text(("visit_id", "step_no", "service_code", "queued_at", "outcome"), steps)
    (folder / "steps.csv").write_text(text, "utf-8")
    return folder


def kill_rounds(kind: str, rounds: int, folder: Path, *, seed: int = 7) -> Iterator[str]:
    """Old, new or between, for each round."""
    few, many, base, whole = (
        made_bank(folder / "few", 2),
        made_bank(folder / "many", 3),
        folder / "base",
        folder / "whole",
    )
    start, state, rng = SINKS[kind], STATES[kind], np.random.default_rng(seed)
    start(few, base)
    with killer(kind) as kills:
        shutil.copytree(base, whole)
        _, seconds = kills.run(many, whole)
        names = {state(base): "old", state(whole): "new"}
        for n in range(rounds):
            target = folder / f"round{n}"
            shutil.copytree(base, target)
            kills.run(many, target, kill_after=float(rng.uniform(0.1, 1.5)) * seconds)
            found = names.get(state(target), "between")
            if n < AGAIN:
                start(many, target)
                found = found if names.get(state(target)) == "new" else "between"
            shutil.rmtree(target)
            yield found
