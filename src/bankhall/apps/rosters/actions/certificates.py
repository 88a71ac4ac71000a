"""A certificate that a branch needs and one person alone holds is a finding: one illness shuts the service."""

from datetime import date, timedelta

from bankhall.analytics.rostering.one_person import Thin, held_by_one
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.apps.findings import actions as findings
from bankhall.apps.findings.queries import subjects_seen
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.kernel.scope import Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

KIND = "see_certificates"
ONE_PERSON = "one_person_certificate"
WEEKS = 12


def see_certificates(on: date) -> int:
    """Looks at every branch for the twelve weeks from a day on; answers how many such certificates there are."""
    scope = Scope.system("certificates that one person holds")
    return sum(see_branch_certificates(node.node_code, on, scope=scope) for node in network.branches(scope))


def see_branch_certificates(branch_code: str, on: date, *, scope: Scope) -> int:
    """One branch. What is no longer so is no longer seen."""
    situation = Situation(RosterProblem(branch_code, Week.of(on), bank_of(branch_code)))
    found: dict[str, list[Thin]] = {}
    for thin in held_by_one(situation, on, 7 * WEEKS):
        found.setdefault(f"{branch_code}/{thin.certificate_code}", []).append(thin)
    for code in sorted({*found, *subjects_seen(scope, ONE_PERSON, branch_code)}):
        findings.see(_look(branch_code, code, found.get(code, []), on), by=scope.actor, scope=scope)
    return len(found)


def _look(branch_code: str, code: str, found: list[Thin], on: date) -> findings.Seen:
    rows = tuple(
        {"staff_no": one.staff_no, "first": one.first.isoformat(), "last": one.last.isoformat()} for one in found
    )
    facts = {"certificate_code": code.partition("/")[2], "people": "|".join(one.staff_no for one in found)}
    return findings.Seen(
        kind=ONE_PERSON, subject=Subject("certificate", code, branch_code), period=str(Week.of(on)), first=on,
        last=on + timedelta(weeks=WEEKS) - timedelta(days=1), rows=rows, facts=facts, source=f"{KIND} {on}",
    )  # fmt: skip
