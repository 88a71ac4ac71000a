"""Rows into the science's questions, and the stored plan back into its values."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from bankhall.analytics.lending.demands import part_of
from bankhall.analytics.lending.homes import Home
from bankhall.analytics.lending.problem import BranchWeek
from bankhall.analytics.lending.problem import Loan as Lent
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.imports.queries import bank
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import Ask, Loan, Roster
from bankhall.apps.rosters.problems.near import near_question
from bankhall.apps.rosters.queries.records import (
    assignments_of,
    bank_of,
    counting_version,
    lake_snapshot,
    loan_stretches,
    past_of,
    requirement_of,
)
from bankhall.apps.rosters.states import AWAITING
from bankhall.data.planning.answer import requirement_row
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

Plain = dict[str, Any]


def problem_of(roster: Roster, records: Bank | None = None) -> RosterProblem:
    """The question that a stored version answers, built afresh from today's rows."""
    week = Week.parse(roster.week)
    records = records or bank_of(roster.branch_code, week)
    return RosterProblem(
        roster.branch_code, week, records, requirement_of(roster.plan.requirement),
        past_of(roster.branch_code, week),
    )  # fmt: skip


def plan_question(branch_code: str, week: Week, *, as_of: date, seed: int, draft: Roster | None) -> Plain:
    """What the plan job is asked, around the locks of a draft; `draft` says from which edit it was asked.

    Forecast, fits and requirement of the week lie in `keep` as long as nothing under them changes, so that a re-solve
    answers in seconds."""
    records = bank_of(branch_code, week)
    question: Plain = _where() | {
        "branch_code": branch_code,
        "week": str(week),
        "keep": str(settings.HOME / "answers" / "weeks"),
        "seed": seed,
        "as_of": as_of.isoformat(),
        "bank": to_plain(records),
        "regions_branches": _sisters(),
        "past": to_plain(past_of(branch_code, week)),
        "locked": to_plain(loan_stretches(branch_code, week)),
        "draft": None,
    }
    if draft is not None:
        locked = [one for one in assignments_of(draft) if one.locked]
        lent = [one for one in loan_stretches(branch_code, week) if one not in locked]
        question["locked"] = to_plain([*locked, *lent])
        question["draft"] = {"version": draft.version, "edit": draft.edit}
    return question


def branch_week_of(branch_code: str, week: Week) -> BranchWeek:
    """The version that counts (the published, else the one on its way), as lending reads it; without one, nobody
    stands and nobody is needed."""
    return _week_of(branch_code, week, counting_version(branch_code, week))


def _week_of(branch_code: str, week: Week, roster: Roster | None) -> BranchWeek:
    if roster is None:
        problem = RosterProblem(branch_code, week, bank_of(branch_code, week), past=past_of(branch_code, week))
        return BranchWeek(problem, ())
    return BranchWeek(problem_of(roster), assignments_of(roster))


def lent_of(loan: Loan) -> Lent:
    """A stored loan as the science knows it."""
    return Lent(
        loan.from_branch, loan.to_branch, loan.staff_no, loan.business_date, part_of(loan.start, loan.end), loan.start,
        loan.end, loan.post_code, loan.window_code, loan.travel_minutes, loan.half_hours_saved, loan.cost_fen,
        loan.saved_fen, tuple(from_plain(Assignment, row) for row in loan.stretches),
    )  # fmt: skip


def lend_question(scope: Scope, node_code: str, week: Week, *, now: datetime) -> Plain:
    """What the lending job is asked of the branches of a region (all that the scope reaches when none is named).

    A branch whose plan found no roster neither lends nor borrows: nobody stands there, so all would seem to spare. What
    is offered already counts as if it came about: it is not suggested twice.
    """
    near = [n for n in (*network.branches(scope), *network.pools(scope)) if node_code in ("", n.parent_code)]
    found = {code: counting_version(code, week) for code in sorted(n.node_code for n in near)}
    codes = [code for code, roster in found.items() if roster is None or roster.status != "infeasible"]
    records = bank(Scope(scope.actor, {"regional": frozenset(codes)}))
    weeks = {code: _week_of(code, week, found[code]) for code in codes}
    for loan in Loan.objects.filter(week=str(week), state__in=AWAITING, from_branch__in=codes, to_branch__in=codes):
        _as_if_agreed(weeks, lent_of(loan))
    return _where() | {
        "week": str(week),
        "seed": 7,
        "as_of": min(now.date(), week.first_day()).isoformat(),
        "bank": to_plain(records),
        "regions_branches": _sisters(),
        "branches": {
            code: {
                "rosters": to_plain(one.assignments),
                "requirement": [requirement_row(row) for row in one.problem.requirement],
                "past": to_plain(one.problem.past),
            }
            for code, one in weeks.items()
        },
    }


def _as_if_agreed(weeks: dict[str, BranchWeek], lent: Lent) -> None:
    giver, taker = weeks[lent.from_branch], weeks[lent.to_branch]
    weeks[lent.from_branch] = BranchWeek(giver.problem, tuple(Home(giver).lending(lent)))
    weeks[lent.to_branch] = BranchWeek(taker.problem, (*taker.assignments, *lent.stretches))


def proof_question(roster: Roster) -> Plain:
    """What the proof of a version as it stands is asked: with the forecast of its plan."""
    branch_code, week = roster.branch_code, Week.parse(roster.week)
    return _where() | {
        "branch_code": branch_code,
        "week": roster.week,
        "keep": str(settings.HOME / "answers" / "weeks"),
        "seed": roster.seed,
        "as_of": roster.made_at.date().isoformat(),
        "bank": to_plain(bank_of(branch_code, week)),
        "regions_branches": _sisters(),
        "past": to_plain(past_of(branch_code, week)),
        "assignments": to_plain(assignments_of(roster)),
        "draft": {"version": roster.version, "edit": roster.edit},
    }


def replan_question(
    roster: Roster, today: date, minute: int, missing: tuple[Absence, ...], asks: Iterable[Ask]
) -> Plain:
    """What the mending of a published day is asked: from when, without whom, with whom for which hours (people of
    other branches are guests), and who of elsewhere could be asked besides."""
    now = datetime.combine(today, time()) + timedelta(minutes=minute)
    week, some = Week.parse(roster.week), tuple(asks)
    records = bank_of(roster.branch_code, week, [ask.loan.code for ask in some if ask.loan])
    return proof_question(roster) | {
        "bank": to_plain(records),
        "near": near_question(roster.branch_code, week, today, records),
        "requirement": roster.plan.requirement,
        "now": now.isoformat(),
        "missing": to_plain(missing),
        "agreed": [[ask.staff_no, ask.start, ask.end] for ask in some],
    }


def season_question(branch_code: str, today: date) -> Plain:
    """What the look ahead is asked: the weeks from the next one on, by what is known today."""
    return _where() | {
        "branch_code": branch_code,
        "week": str(Week.of(today).plus(1)),
        "as_of": today.isoformat(),
        "seed": 7,
        "bank": to_plain(bank_of(branch_code)),
        "regions_branches": _sisters(),
    }


def what_if_question(roster: Roster, changes: list[Plain]) -> Plain:
    """A what-if about a version as it stands: with the forecast, draws and requirement of its plan."""
    return proof_question(roster) | {"requirement": roster.plan.requirement, "changes": changes}


def measure_question(branch_code: str, *, as_of: date) -> Plain:
    """What the measuring job is asked."""
    return _where() | {
        "branch_code": branch_code,
        "as_of": as_of.isoformat(),
        "bank": to_plain(bank_of(branch_code)),
        "regions_branches": _sisters(),
    }


def speeds_question(branch_code: str, *, as_of: date) -> Plain:
    """What the job is asked that learns how quick a branch's people are."""
    records = to_plain(bank_of(branch_code))
    return _where() | {"branch_code": branch_code, "as_of": as_of.isoformat(), "bank": records}


def issue_question(branch_code: str, *, as_of: date) -> Plain:
    """What the job is asked that issues forecasts: of the next two weeks that begin on the day or after it."""
    week = Week.of(as_of)
    first = week if week.first_day() == as_of else week.plus(1)
    return measure_question(branch_code, as_of=as_of) | {
        "weeks": [str(first), str(first.plus(1))],
        "keep": str(settings.HOME / "answers" / "weeks"),
    }


def where_to_read() -> Plain:
    """The lake at its newest version, with the branches that share calendar effects: the same question later reads the
    same records."""
    return _where() | {"regions_branches": _sisters()}


def _where() -> Plain:
    snapshot = lake_snapshot()
    return {"lake": str(settings.LAKE), "version": snapshot.version if snapshot else None}


def _sisters() -> list[str]:
    return [node.node_code for node in network.branches(Scope.system("branches that share calendar effects"))]
