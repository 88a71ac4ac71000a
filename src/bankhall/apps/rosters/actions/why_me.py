"""Why a reader works a date of their own published week: computed on demand, nothing is written.

Who sees the branch's plan reads names. Everybody else is told the same without names, and what keeps
people for reasons of their own (their health, their absences) is told as one.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from bankhall.apps.access.queries import check_may, may
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.problems.weeks import published_of
from bankhall.apps.rosters.queries.pages import WhyFact
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

PRIVATE = frozenset({"absence", "nursing_minutes", "no_overtime_protected", "mandatory_leave_due", "system_rights"})
"""Rules whose name would tell a colleague something about somebody's health or standing."""


def why_me(scope: Scope, *, day: date) -> tuple[WhyFact, ...]:
    """The facts about the reader's own day; empty when they are off."""
    from bankhall.analytics.rostering.why_me import explain_day

    me = people.person(scope, scope.actor.staff_no)
    check_may(scope, "see_own_roster", me.branch_code)
    roster = published_of(me.branch_code, Week.of(day))
    if roster is None:
        raise NotFound("roster")
    found = explain_day(problem_of(roster), assignments_of(roster), staff_no=me.staff_no, day=day)
    facts = tuple(WhyFact(fact.code, fact.facts, fact.subjects) for fact in found)
    return facts if may(scope, "see_plan", me.branch_code) else tuple(_without_names(facts))


def _without_names(facts: Iterable[WhyFact]) -> Iterator[WhyFact]:
    private = 0
    for fact in facts:
        if fact.code == "kept_away" and fact.facts["rule_code"] in PRIVATE:
            private += int(fact.facts["people"])
        elif fact.code == "instead":
            told = {name: value for name, value in fact.facts.items() if name != "staff_no"}
            hidden = told.get("rule_code") in PRIVATE
            yield WhyFact("instead", told | {"rule_code": ""} if hidden else told)
        else:
            yield fact
    if private:
        yield WhyFact("kept_private", {"people": private})
