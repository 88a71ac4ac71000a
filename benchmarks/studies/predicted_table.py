"""The tables of "predicted against happened" from finished worlds."""

import json
import statistics
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

MEASURES = ("wait_p90", "left_share", "kept_share")
UNITS = {"wait_p90": "minutes", "left_share": "share", "kept_share": "share"}
Plain = dict[str, Any]

HEAD = """# Predicted against happened, in the synthetic bank

    nice -n 15 python -m benchmarks.studies.predicted_against_happened --keep DIR

Worlds with seeds 101 to 112, one branch of each, weeks 2026-W40 to W47, each planned from the records before its
Monday; the roster is published and the world lives under the planned people. One row of the comparison is a service (or
the whole hall) on a date, or in a block of two hours. `bias` is predicted less happened, `error` the median absolute
error, `mean error` the mean absolute error, `cover` the share of happened values inside the predicted range of one such
day. "Last four weeks" predicts the mean of the same weekday of the four weeks before, which other people served. The
world's habits (`bankhall.data.synthetic.habits`) were fixed before the first run: `on` is all of them, `off` none.
Data: synthetic.

The predicted value is over the customers of all simulated days, the happened one is of a single day. The 90 % quantile
of few customers lies below it more often than above, which pushes the bias of `wait_p90` up, most in single blocks of
single services; ranges are of single days and have no such gap.

Calendar effects are shared with three other branches of the same world. Effort of each plan: 80 simulated days for the
requirement, 300 for the proof (the product's own way), 400,000 moves. The loops were made faster while the worlds ran;
one world computed before and after gave the same bytes. What the first table does not show was not run.
"""


def report(keep: Path, asked: Mapping[str, Plain]) -> str:
    """Markdown of every setting that has a finished world."""
    by_setting: dict[str, dict[str, list[Plain]]] = {}
    for key, question in asked.items():
        path = keep / f"{key}.json"
        if path.is_file():
            answer = json.loads(path.read_text("utf-8"))["answer"]
            by_setting.setdefault(question["setting"], {})[key] = answer
    return "\n".join([HEAD, *_body(by_setting)]) + "\n"


def _body(by_setting: Mapping[str, Mapping[str, list[Plain]]]) -> Iterator[str]:
    yield from _done(by_setting)
    for grain, wanted in (("day", True), ("block of two hours", False)):
        yield f"\n## By {grain}\n"
        yield (
            "| habits | of | measure | rows | bias | error | error, last four weeks | mean error |"
            " mean error, last four weeks | cover 80 % | cover 90 % |"
        )
        yield "|---|---|---|---|---|---|---|---|---|---|---|"
        for setting, worlds in by_setting.items():
            rows = [row for world in worlds.values() for row in world if "happened" in row]
            yield from _lines(setting, [row for row in rows if (row["block"] < 0) == wanted])
    yield from _widened(by_setting)


def _done(by_setting: Mapping[str, Mapping[str, list[Plain]]]) -> Iterator[str]:
    yield "\n| habits | worlds finished of 12 | branch-weeks compared | without a feasible plan |\n|---|---|---|---|"
    for setting, worlds in by_setting.items():
        rows = [row | {"world": key} for key, world in worlds.items() for row in world]
        compared = {(row["world"], row["week"]) for row in rows if "happened" in row}
        refused = {(row["world"], row["week"]) for row in rows if "happened" not in row}
        yield f"| {setting} | {len(worlds)} | {len(compared)} | {len(refused)} |"


def _lines(setting: str, rows: list[Plain]) -> Iterator[str]:
    for name, group in (
        ("whole hall", [r for r in rows if not r["service"]]),
        ("services", [r for r in rows if r["service"]]),
    ):
        for measure in MEASURES:
            pairs = [
                r for r in group if r["happened"][measure] is not None and r["predicted"][measure]["value"] is not None
            ]
            if pairs:
                yield _line(setting, name, measure, pairs)


def _line(setting: str, name: str, measure: str, rows: list[Plain]) -> str:
    errors = [r["predicted"][measure]["value"] - r["happened"][measure] for r in rows]
    known = [r for r in rows if r["last_four_weeks"][measure] is not None]
    naive = [abs(r["last_four_weeks"][measure] - r["happened"][measure]) for r in known]
    parts = [setting, name, f"{measure} ({UNITS[measure]})", str(len(rows)), f"{statistics.mean(errors):+.3f}"]
    sizes = [abs(error) for error in errors]
    for middle in (statistics.median, statistics.mean):
        parts += [f"{middle(sizes):.3f}", f"{middle(naive):.3f}" if naive else "–"]
    parts += [f"{cover(rows, measure, 'p10', 'p90'):.0%}", f"{cover(rows, measure, 'p05', 'p95'):.0%}"]
    return "| " + " | ".join(parts) + " |"


def cover(rows: Iterable[Plain], measure: str, low: str, high: str, wider: float = 0.0) -> float:
    """The share of happened values inside the range, widened by so much on both sides."""
    inside = [
        r["predicted"][measure][low] - wider - 1e-9
        <= r["happened"][measure]
        <= r["predicted"][measure][high] + wider + 1e-9
        for r in rows
        if r["predicted"][measure][low] is not None
    ]
    return sum(inside) / len(inside) if inside else float("nan")


def _widened(by_setting: Mapping[str, Mapping[str, list[Plain]]]) -> Iterator[str]:
    """Where the 80 % range covers under 70 %: widened from the errors of the first four weeks, judged on the last."""
    yield "\n## Ranges that cover under 70 %\n"
    yield "By the 80 % quantile of how far the first four weeks lay outside; both figures are of the last four weeks.\n"
    yield "| habits | of | measure | cover 80 %, as predicted | widened by | cover 80 %, widened |"
    yield "|---|---|---|---|---|---|"
    for setting, worlds in by_setting.items():
        rows = [row for world in worlds.values() for row in world if "happened" in row and row["block"] < 0]
        for name, hall in (("whole hall", True), ("services", False)):
            for measure in MEASURES:
                yield from _wider_line(setting, name, measure, [r for r in rows if (not r["service"]) == hall])


def _wider_line(setting: str, name: str, measure: str, rows: list[Plain]) -> Iterator[str]:
    known = [r for r in rows if r["happened"][measure] is not None and r["predicted"][measure]["p10"] is not None]
    weeks = sorted({r["week"] for r in known})
    early, late = ([r for r in known if (r["week"] in weeks[:4]) == first] for first in (True, False))
    if not early or not late or cover(known, measure, "p10", "p90") >= 0.7:
        return
    outside = sorted(_outside(r, measure) for r in early)
    wider = outside[min(len(outside) - 1, int(0.8 * len(outside)))]
    before, after = cover(late, measure, "p10", "p90"), cover(late, measure, "p10", "p90", wider)
    yield f"| {setting} | {name} | {measure} | {before:.0%} | {wider:.3f} | {after:.0%} |"


def _outside(row: Plain, measure: str) -> float:
    predicted, happened = row["predicted"][measure], row["happened"][measure]
    return float(max(0.0, predicted["p10"] - happened, happened - predicted["p90"]))
