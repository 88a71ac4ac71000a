"""How many customers will come to a branch, by day, half hour and service, with ranges.

Example: bankhall forecast --folder my-bank --branch B01 --from 2026-11-30 --days 7 --out forecasts.csv

Knows only records dated before --as-of (by default the first day itself). Calendar effects are pooled over all branches
of the folder. FILE may end in .csv, .csv.gz, .xlsx or .parquet.
"""

import argparse
import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bankhall.analytics.forecasting.forecast import Forecast, forecast_branch
from bankhall.analytics.forecasting.notes import Note
from bankhall.analytics.forecasting.pooled import pool_effects
from bankhall.cli.language import terminal_language
from bankhall.data.exchange import ExchangeFolder, write_table
from bankhall.data.exchange.codec import rows_table
from bankhall.data.planning.answer import day_totals
from bankhall.data.planning.history import days_of, histories_of
from bankhall.data.queries import folder_source
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.wording.say import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--branch B --from DATE --days 7 [--as-of DATE] --out FILE`."""
    parser.add_argument("--branch", required=True, metavar="B", help="the branch's code")
    parser.add_argument("--from", required=True, type=date.fromisoformat, dest="first", metavar="DATE")
    parser.add_argument("--days", type=int, default=7, metavar="N", help="how many dates (default 7)")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="know only records before this date")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table `forecasts` goes")


def run(options: argparse.Namespace) -> int:
    """Forecast, write, say what was found."""
    bank = ExchangeFolder(options.folder).bank()
    as_of = options.as_of or options.first
    forecast = _forecast(options, bank, as_of)
    if options.out:
        made_at = datetime.combine(as_of, time(), ZoneInfo(bank.zone_of(options.branch)))
        rows = [{**row, "made_at": made_at} for row in forecast.rows(made_at.isoformat())]
        write_table(options.out, rows_table("forecasts", rows))
    print(json.dumps(_answer(forecast), ensure_ascii=False) if options.json else _words(forecast))
    return 0


def _forecast(options: argparse.Namespace, bank: Bank, as_of: date) -> Forecast:
    codes = [node.node_code for node in bank.branches()]
    if options.branch not in codes:
        raise BadInput("branch_unknown", branch_code=options.branch)
    if options.days < 1:
        raise BadInput("days_not_positive", days=options.days)
    print(f"reading the records of {len(codes)} branches before {as_of}", file=sys.stderr)
    histories = histories_of(folder_source(options.folder), [(code, bank) for code in codes], as_of)
    own = next(history for history in histories if history.branch_code == options.branch)
    future = days_of(bank, options.branch, options.first, options.first + timedelta(days=options.days - 1))
    return forecast_branch(own, future, as_of=as_of, pooled=pool_effects(histories, as_of))


def _answer(forecast: Forecast) -> dict[str, object]:
    return {
        "branch_code": forecast.branch_code,
        "as_of": forecast.as_of.isoformat(),
        "day_totals": day_totals(forecast),
        "notes": to_plain(forecast.notes),
    }


def _words(forecast: Forecast) -> str:
    lines = [f"{forecast.branch_code}: customers expected, and the range that eight such days in ten keep"]
    for at, day in enumerate(forecast.business_dates):
        low, high = forecast.day_quantiles[at, -1, [1, 5]]
        shut = not forecast.open[at].any()
        range_words = "closed" if shut else f"{forecast.day_mean[at, -1]:7.0f}  {low:.0f}-{high:.0f}"
        lines.append(f"{day:%a %Y-%m-%d}  {range_words}")
    lines += [_note(note) for note in forecast.notes]
    return "\n".join(lines)


def _note(note: Note) -> str:
    words = say(f"note.{note.code}", terminal_language(), **note.facts)
    return f"- {note.service_code}: {words}" if note.service_code else f"- {words}"
