"""Any cell answers "why?": with the rules that bind there."""

from datetime import date

from bankhall.apps.access.queries import check_may
from bankhall.apps.rosters.actions.versions import version_of
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.queries.pages import RosterRef, WhyFact
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.kernel.scope import Scope


def why(scope: Scope, ref: RosterRef, *, staff_no: str, day: date, minute: int) -> tuple[WhyFact, ...]:
    """What stands in a cell and which rules bind there, computed from today's rows; nothing is written."""
    from bankhall.analytics.rostering.why import explain

    check_may(scope, "see_plan", ref.branch_code)
    roster = version_of(ref, scope)
    facts = explain(problem_of(roster), assignments_of(roster), staff_no=staff_no, day=day, minute=minute)
    return tuple(WhyFact(fact.code, fact.facts, tuple(fact.subjects)) for fact in facts)


def why_slot(scope: Scope, ref: RosterRef, *, day: date, minute: int, post_code: str = "") -> tuple[WhyFact, ...]:
    """What a half hour needs, what drives it, and where people are short, who could and who may not."""
    from bankhall.analytics.rostering.why_short import explain_slot

    check_may(scope, "see_plan", ref.branch_code)
    roster = version_of(ref, scope)
    facts = explain_slot(problem_of(roster), assignments_of(roster), day=day, minute=minute, post_code=post_code)
    return tuple(WhyFact(fact.code, fact.facts, tuple(fact.subjects)) for fact in facts)
