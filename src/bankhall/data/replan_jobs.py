"""The job that mends a published day after people are missing: plain question in, plain answer out, no Django."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bankhall.analytics.lending.coming import Comer, Near, all_who_can_come
from bankhall.analytics.lending.problem import BranchWeek
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.proof import prove_day
from bankhall.analytics.planning.question import PlanQuestion
from bankhall.analytics.rostering.changes import take_out
from bankhall.analytics.rostering.costs import cost_of
from bankhall.analytics.rostering.disruption import Disruption
from bankhall.analytics.rostering.problem import RosterProblem, Unmet
from bankhall.analytics.rostering.replan import MOVES, replan
from bankhall.data.plan_jobs import Report, silent
from bankhall.data.planning.answer import proof_row
from bankhall.data.planning.question import PlanRequest, requirement_of
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.week import Week

Rows = tuple[Assignment, ...]


def replan_job(question: Mapping[str, Any], progress: Report = silent) -> dict[str, Any]:
    """The mended week, who changes, who could come, people short and waits of the day before and after.

    `proof_before` is the day with nothing done, `proof_after` the mended one; both are empty where the records do not
    reach for a forecast. Same draws and seed as the plan's own proof.
    """
    progress(1, "records")
    request = PlanRequest(question)
    problem, disruption = _problem(request), _disruption(question)
    standing = tuple(from_plain(Assignment, row) for row in question["assignments"])
    today = disruption.now.date()
    progress(20, "roster")
    found = replan(problem, standing, disruption, seed=int(question["seed"]), moves=question.get("moves") or MOVES)
    progress(60, "coming")
    coming = all_who_can_come(
        problem, standing, found.assignments, disruption, _near(question.get("near") or {}, request)
    )
    progress(75, "proof")
    left = standing
    for absence in disruption.missing:
        left = take_out(left, absence)
    before, after = _proofs(request, today, (left, found.assignments))
    return {
        "assignments": to_plain(found.assignments),
        "changed": [{"staff_no": name, "business_date": day.isoformat()} for name, day in found.changed],
        "short_before": _short(found.uncovered, today), "short_after": _short(found.unmet, today),
        "cost_fen": found.cost.cost_fen, "cost_before_fen": cost_of(problem, standing).cost_fen,
        "law_breaches": to_plain(_law_from(today, found.breaches)),
        "agreement_breaches": sum(b.rule_class == "agreement" for b in found.breaches),
        "candidates": [_comer(one) for one in coming], "proof_before": before, "proof_after": after,
    }  # fmt: skip


def _problem(request: PlanRequest) -> RosterProblem:
    """The week as it was published: what is known of the missing comes with the question itself."""
    missing = {from_plain(Absence, row) for row in request.plain["missing"]}
    bank = replace(request.bank, absences=tuple(a for a in request.bank.absences if a not in missing))
    need = tuple(requirement_of(row) for row in request.plain["requirement"])
    return RosterProblem(request.branch_code, request.week, bank, need, request.past())


def _disruption(question: Mapping[str, Any]) -> Disruption:
    agreed = {str(name): (int(start), int(end)) for name, start, end in question["agreed"]}
    missing = tuple(from_plain(Absence, row) for row in question["missing"])
    return Disruption(datetime.fromisoformat(question["now"]), missing, agreed)


def _near(told: Mapping[str, Any], request: PlanRequest) -> tuple[Near, ...]:
    """People of other branches, each with their own week at home."""
    if not told:
        return ()
    records = from_plain(Bank, told["bank"])
    rows, past = (tuple(from_plain(Assignment, row) for row in told[name]) for name in ("rows", "past"))
    return tuple(
        Near(one["staff_no"], _week_at_home(one, request.week, records, rows, past), one["minutes"])
        for one in told["people"]
    )


def _week_at_home(one: Mapping[str, Any], week: Week, records: Bank, rows: Rows, past: Rows) -> BranchWeek:
    who, home = one["staff_no"], one["home"]
    alone = replace(records.for_branch(home), staff=tuple(p for p in records.staff if p.staff_no == who))
    mine, before = (tuple(row for row in some if row.staff_no == who) for some in (rows, past))
    return BranchWeek(RosterProblem(home, week, alone, (), before), mine)


def _comer(one: Comer) -> dict[str, Any]:
    told: dict[str, Any] = to_plain(one.candidate)
    return told | {"home": one.home, "travel_minutes": one.travel_minutes}


def _law_from(today: date, breaches: Iterable[Breach]) -> list[Breach]:
    """What breaks law or control from today on: a day that is over is nothing that a mending could change."""
    law = (breach for breach in breaches if breach.rule_class == "law_control")
    return [breach for breach in law if breach.business_date is None or breach.business_date >= today]


def _short(rows: Iterable[Unmet], today: date) -> list[Any]:
    return [to_plain(row) for row in rows if row.business_date == today]


def _proofs(request: PlanRequest, today: date, rosters: tuple[Rows, ...]) -> list[list[dict[str, Any]]]:
    asked = _asked(request)
    if asked is None:
        return [[] for _ in rosters]
    hours = hours_on(asked.bank, asked.branch_code, today)
    if not hours.spans:
        return [[] for _ in rosters]
    index = asked.week.days().index(today)
    of_today = (tuple(row for row in rows if row.business_date == today) for rows in rosters)
    return [[proof_row(row) for row in prove_day(asked, index, hours, rows)] for rows in of_today]


def _asked(request: PlanRequest) -> PlanQuestion | None:
    """The week's question with its forecast; None where the records do not reach for one."""
    if request.plain.get("version") is None:
        return None
    try:
        return request.read()
    except BadInput:
        return None
