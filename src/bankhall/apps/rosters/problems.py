"""Rows into the science's questions, and the stored plan back into its values."""

from datetime import date
from typing import Any

from django.conf import settings

from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries.records import assignments_of, bank_of, lake_snapshot, past_of, requirement_of
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

Plain = dict[str, Any]


def problem_of(roster: Roster, bank: Bank | None = None) -> RosterProblem:
    """The question that a stored version answers, built afresh from today's rows."""
    records = bank or bank_of(roster.branch_code)
    week = Week.parse(roster.week)
    return RosterProblem(
        roster.branch_code, week, records, requirement_of(roster.plan.requirement),
        past_of(roster.branch_code, week),
    )  # fmt: skip


def plan_question(branch_code: str, week: Week, *, as_of: date, seed: int, draft: Roster | None) -> Plain:
    """What the plan job is asked, around the locks of a draft; `draft` says from which edit it was asked.

    Forecast, fits and requirement of the week lie in `keep` as long as nothing under them changes, so that a re-solve
    answers in seconds."""
    records = bank_of(branch_code)
    question: Plain = _where() | {
        "branch_code": branch_code,
        "week": str(week),
        "keep": str(settings.HOME / "answers" / "weeks"),
        "seed": seed,
        "as_of": as_of.isoformat(),
        "bank": to_plain(records),
        "regions_branches": _sisters(),
        "past": to_plain(past_of(branch_code, week)),
        "locked": [],
        "draft": None,
    }
    if draft is not None:
        question["locked"] = to_plain([one for one in assignments_of(draft) if one.locked])
        question["draft"] = {"version": draft.version, "edit": draft.edit}
    return question


def measure_question(branch_code: str, *, as_of: date) -> Plain:
    """What the measuring job is asked."""
    return _where() | {
        "branch_code": branch_code,
        "as_of": as_of.isoformat(),
        "bank": to_plain(bank_of(branch_code)),
        "regions_branches": _sisters(),
    }


def _where() -> Plain:
    """The lake at its newest version: the same question later reads the same records."""
    snapshot = lake_snapshot()
    return {"lake": str(settings.LAKE), "version": snapshot.version if snapshot else None}


def _sisters() -> list[str]:
    return [node.node_code for node in network.branches(Scope.system("branches that share calendar effects"))]
