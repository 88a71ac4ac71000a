"""What follows from a version's assignments: breaches, shortages, cost, whether the region must approve."""

from collections.abc import Sequence

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.costs import cost_lines, cost_of, unmet_of
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.models import Roster
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach
from bankhall.kernel.plain import to_plain


def judge(roster: Roster, problem: RosterProblem, assignments: Sequence[Assignment]) -> list[Breach]:
    """Writes the figures into the row (unsaved) and answers the breaches. The same rules whoever made the roster."""
    breaches = find_breaches(problem, assignments)
    unmet = unmet_of(problem, assignments)
    cost = cost_of(problem, assignments)
    lines = cost_lines(problem, assignments)
    monday = problem.week.first_day()
    approval = rules.needs_approval(problem.bank, problem.branch_code, monday, lines)
    roster.approval_needed, roster.overtime_minutes, roster.extra_cost_fen = approval
    roster.cost_fen, roster.avoidable_fen = cost.cost_fen, cost.avoidable_fen
    roster.unmet_half_hours = cost.unmet_half_hours
    roster.law_breaches = sum(breach.rule_class == "law_control" for breach in breaches)
    roster.agreement_breaches = sum(breach.rule_class == "agreement" for breach in breaches)
    roster.breaches, roster.unmet = to_plain(breaches), to_plain(unmet)
    return breaches
