"""Anonymous Bank (Israel, 1999): the forecast beside three simple ones, on the last 20, 40 and 60 working days.

    python -m benchmarks.studies.anonymous_bank_forecast

One setting for all three, the product's own, chosen on the days before the earliest test day
(benchmarks/studies/forecast_setting.py). Each day is forecast from the days before it alone. Writes
benchmarks/results/anonymous_bank_forecast.md.
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bankhall.analytics.forecasting.backtest import Backtest, SeriesAccuracy, backtest_branch
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.setting import DEFAULT
from benchmarks.studies.public_counts import anonymous_bank

LENGTHS = (20, 40, 60)
RESULT = Path(__file__).parents[1] / "results" / "anonymous_bank_forecast.md"
HEAD = """# Anonymous Bank: the forecast beside simple ones

    BANKHALL_DATA=DIR python -m benchmarks.studies.anonymous_bank_forecast

Calls to one bank's call centre, January to July 1999, in half hours from 07:00 to 24:00, Sunday to Thursday; the
days that take part stand in `benchmarks/studies/anonymous_bank_days.txt`. Every day is forecast one open day ahead from
the days before it alone, with one setting for all: the product's defaults, chosen on the days before the earliest test
day by `python -m benchmarks.studies.forecast_setting`. Data: Guedj and Mandelbaum 2000; acknowledged to Avi Mandelbaum.
"""


def main() -> None:
    """Runs, prints and writes."""
    history = anonymous_bank()
    text = "\n".join([HEAD, *lines(history)]) + "\n"
    print(text)
    RESULT.write_text(text, encoding="utf-8")


def lines(history: History) -> Iterator[str]:
    """The document's tables."""
    trials = {days: backtest_branch(history, days=days) for days in LENGTHS}
    yield "| last days | from | forecast | seasonal naive | last 8 same weekdays | all earlier same weekdays | gain |"
    yield "|---|---|---|---|---|---|---|"
    gains = []
    for days, trial in trials.items():
        slots = whole(trial, "slot")
        others = {name: found.wape for name, found in slots.baselines.items()}
        gains.append(1.0 - slots.accuracy.wape / min(others.values()))
        cells = " | ".join(f"{value:.4f}" for value in others.values())
        yield f"| {days} | {trial.dates[0]} | **{slots.accuracy.wape:.4f}** | {cells} | {gains[-1]:.1%} |"
    yield f"\nWAPE by half hour; gain over the best of the three. Mean gain **{sum(gains) / len(gains):.1%}**.\n"
    yield "| last days | range | covered 80 % | covered 90 % | WAPE | bias | Poisson floor | interval score 90 |"
    yield "|---|---|---|---|---|---|---|---|"
    for days, trial in trials.items():
        for level, name in (("day", "day totals"), ("slot", "half hours")):
            a = whole(trial, level).accuracy
            yield (
                f"| {days} | {name} | {a.coverage_80:.1%} | {a.coverage_90:.1%} | {a.wape:.4f} | {a.bias:+.4f} "
                f"| {a.poisson_floor:.4f} | {a.interval_score_90:.1f} |"
            )
    yield "\nFive open days ahead, 40 days:\n"
    far = whole(backtest_branch(history, days=40, horizon=5), "slot")
    yield f"forecast {far.accuracy.wape:.4f}, " + ", ".join(f"{k} {v.wape:.4f}" for k, v in far.baselines.items())
    yield "\nSetting: " + ", ".join(f"{name} {value:g}" for name, value in asdict(DEFAULT).items())


def whole(trial: Backtest, level: str) -> SeriesAccuracy:
    """The branch's own row at a level."""
    return next(row for row in trial.series if not row.service_code and row.level == level)


if __name__ == "__main__":
    main()
