"""What is asked of plans, rosters and forecasts."""

from bankhall.apps.rosters.queries.asks import my_acknowledgements, my_asks
from bankhall.apps.rosters.queries.attendance import attendance_page
from bankhall.apps.rosters.queries.branch_plan import branch_plan
from bankhall.apps.rosters.queries.during_day import day_page
from bankhall.apps.rosters.queries.forecast_page import forecast_page
from bankhall.apps.rosters.queries.lending import lending_page, my_loans
from bankhall.apps.rosters.queries.my_roster import my_coming_weeks, my_roster
from bankhall.apps.rosters.queries.network_page import network_page
from bankhall.apps.rosters.queries.print_sheet import print_sheet
from bankhall.apps.rosters.queries.reference import tables
from bankhall.apps.rosters.queries.rule_pack import SET_BY_ROWS, rule_pack
from bankhall.apps.rosters.queries.season import season_list, season_page
from bankhall.apps.rosters.queries.speeds import branch_speeds, managed_branches, own_speed
from bankhall.apps.rosters.queries.today import awaiting_review, today_page
from bankhall.apps.rosters.queries.versions_beside import versions_beside
from bankhall.apps.rosters.queries.what_ifs import what_if, what_ifs

__all__ = [
    "SET_BY_ROWS",
    "attendance_page",
    "awaiting_review",
    "branch_plan",
    "branch_speeds",
    "day_page",
    "forecast_page",
    "lending_page",
    "managed_branches",
    "my_acknowledgements",
    "my_asks",
    "my_coming_weeks",
    "my_loans",
    "my_roster",
    "network_page",
    "own_speed",
    "print_sheet",
    "rule_pack",
    "season_list",
    "season_page",
    "tables",
    "today_page",
    "versions_beside",
    "what_if",
    "what_ifs",
]
