"""How far the forecast was off in the past, beside simple ones: each day forecast from the days before it alone.

Example: bankhall backtest --folder my-bank --branch B01 --days 40 --horizon 1

WAPE is the sum of absolute errors over the sum of what came; the floor is what nobody gets under when customers come
independently. Without --branch, every branch.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import timedelta

from bankhall.analytics.forecasting.backtest import SeriesAccuracy, backtest_branch
from bankhall.analytics.forecasting.history import History
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.planning.history import histories_of
from bankhall.data.queries import folder_source
from bankhall.data.queries.extent import extent
from bankhall.kernel.errors import BadInput

_HEAD = f"{'branch':8}{'service':18}{'level':6}{'WAPE':>8}{'floor':>8}{'last 8':>8}{'all':>8}{'naive':>8}{'in 80 %':>9}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`[--branch B] [--service S] --days 40 --horizon 1`."""
    parser.add_argument("--branch", metavar="B", help="one branch (default: every one)")
    parser.add_argument("--service", metavar="S", help="one service (default: every one, and the branch as a whole)")
    parser.add_argument("--days", type=int, default=40, metavar="N", help="the last so many open days (default 40)")
    parser.add_argument("--horizon", type=int, default=1, metavar="H", help="open days ahead (default 1)")


def run(options: argparse.Namespace) -> int:
    """Try every branch asked for."""
    if options.days < 1 or options.horizon < 1:
        raise BadInput("days_not_positive", days=options.days, horizon=options.horizon)
    series: list[SeriesAccuracy] = []
    histories = _histories(options)
    for history in histories:
        if options.branch in (None, history.branch_code):
            series += _try(history, histories, options)
    if options.json:
        print(json.dumps({"series": [row.to_row() for row in series]}, ensure_ascii=False))
    else:
        print("\n".join([_HEAD, *map(_line, series)]))
    return 0


def _histories(options: argparse.Namespace) -> Sequence[History]:
    folder, source = ExchangeFolder(options.folder), folder_source(options.folder)
    bank = folder.bank()
    codes = [node.node_code for node in bank.branches()]
    if options.branch not in (None, *codes):
        raise BadInput("branch_unknown", branch_code=options.branch)
    if options.service not in (None, *(service.service_code for service in bank.services)):
        raise BadInput("service_unknown", service_codes=[options.service], branch_code=options.branch or "")
    last = max((found.last for found in extent(source) if found.last), default=None)
    if last is None:
        raise BadInput("table_missing", table="visits, steps or arrival_counts", what_for="backtest")
    return histories_of(source, [(code, bank) for code in codes], last + timedelta(days=1))


def _try(history: History, histories: Sequence[History], options: argparse.Namespace) -> list[SeriesAccuracy]:
    print(f"{history.branch_code}: {options.days} days, {options.horizon} ahead", file=sys.stderr)
    peers = [other for other in histories if other is not history]
    try:
        found = backtest_branch(history, peers=peers, days=options.days, horizon=options.horizon)
    except BadInput as error:
        if options.branch:
            raise
        print(f"{history.branch_code}: left out, {error}", file=sys.stderr)
        return []
    return [row for row in found.series if options.service in (None, row.service_code)]


def _line(row: SeriesAccuracy) -> str:
    own, others = row.accuracy, row.baselines
    numbers = [own.wape, own.poisson_floor]
    numbers += [others[name].wape for name in ("last_8_same_weekday", "all_same_weekday", "seasonal_naive")]
    cells = "".join(f"{number:8.3f}" for number in numbers)
    return f"{row.branch_code:8}{row.service_code or '(all)':18}{row.level:6}{cells}{own.coverage_80:9.1%}"
