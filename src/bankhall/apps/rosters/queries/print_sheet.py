"""What is printed and exported of a version."""

from datetime import date

from bankhall.apps.access.queries import check_may
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries import turns
from bankhall.apps.rosters.queries.day_plan import Drawn, bounds, drawn, person_rows
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.obstacles import unmet_spans
from bankhall.apps.rosters.queries.pages import PrintSheet, RosterRef, SheetDay
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.states import RosterState
from bankhall.data.exchange.codec import record_row
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week


def print_sheet(scope: Scope, branch_code: str, week: Week, *, version: int | None = None) -> PrintSheet:
    """A version (by default the published, else the newest) with every day's rows and the exchange rows behind them."""
    check_may(scope, "see_plan", branch_code)
    node = network.branch(scope, branch_code)
    roster = _roster(branch_code, week, version)
    bank = bank_of(branch_code, week)
    view = drawn(roster, branch_code, week, bank)
    head: dict[str, object] = {"week": roster.week, "version": roster.version, "state": roster.state}
    return PrintSheet(
        branch_code, node.name, bank.zone_of(branch_code), RosterRef(branch_code, week, roster.version, roster.edit),
        RosterState(roster.state), bank.synthetic, tuple(_sheet_day(view, day) for day in week.days()),
        turns.steps_done(list(roster.steps.all())),
        tuple(head | record_row("rosters", one) for one in view.assignments),
        names_of(bank, branch_code, view.assignments),
    )  # fmt: skip


def _roster(branch_code: str, week: Week, version: int | None) -> Roster:
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week)).select_related("plan")
    if version is not None:
        rows = rows.filter(version=version)
    ordered = sorted(rows, key=lambda row: (row.state == RosterState.PUBLISHED, row.version))
    if not ordered:
        raise NotFound("roster", branch_code=branch_code, week=str(week))
    return ordered[-1]


def _sheet_day(view: Drawn, day: date) -> SheetDay:
    spans, rows = view.situation.open_spans(day), person_rows(view, day)
    first, last = bounds(spans, rows)
    short = unmet_spans((u for u in view.unmet if u.business_date == day), view.bank.slot_minutes)
    opens, closes = (spans[0][0], spans[-1][1]) if spans else (None, None)
    return SheetDay(view.situation.calendar_day(day), rows, opens, closes, first, last, short)
