"""What every benchmark shares: a timed side, the ratio of two, and whether their answers agree."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.intervals import BATCHES, Interval, mean_interval

T = TypeVar("T")
Floats = NDArray[np.float64]
RESULTS = Path(__file__).parent / "results"
LEVEL = 0.99


@dataclass(frozen=True, slots=True)
class Side:
    """One engine's run: units done, seconds of processor time and of wall time, and its answers with intervals."""

    name: str
    units: float
    seconds: float
    wall: float
    answers: dict[str, Interval]

    def speed(self) -> float:
        """Units a second of processor time."""
        return self.units / self.seconds


def timed(work: Callable[[], T], tries: int = 1) -> tuple[T, float, float]:
    """The answer, processor seconds of this process and wall seconds, of the quickest of so many tries."""
    best: tuple[T, float, float] | None = None
    for _ in range(tries):
        wall, processor = time.perf_counter(), time.process_time()
        answer = work()
        took = time.process_time() - processor, time.perf_counter() - wall
        best = (answer, *took) if best is None or took[0] < best[1] else best
    if best is None:
        raise ValueError(tries)
    return best


def by_batches(times: Floats, values: Floats, end: float) -> Interval:
    """Mean of a long run with its 99 % interval from batches of time."""
    part = np.minimum((times / end * BATCHES).astype(int), BATCHES - 1)
    means = np.bincount(part, values, BATCHES) / np.bincount(part, minlength=BATCHES)
    cut = mean_interval(means, LEVEL)
    return Interval(float(values.mean()), cut.low, cut.high)


def agree(one: Interval, other: Interval) -> bool:
    """Whether two intervals meet."""
    return one.low <= other.high and other.low <= one.high


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ("---",) * len(head), *rows)]
    return "\n".join(lines)


def write_result(name: str, text: str) -> None:
    """Keeps a result beside the code that made it, and prints it."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text.rstrip() + "\n", encoding="utf-8")
    print(text)
