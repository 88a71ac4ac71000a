"""The worker's part of a what-if: an answer with figures of every kind, taken for the newest question."""

from dataclasses import replace
from typing import Any

from bankhall.apps.rosters.actions.what_if import KIND, accept_run
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.models import Run
from bankhall.kernel.plain import to_plain
from tests.factories.bank import MONDAY
from tests.factories.rosters import MANAGER, NOW, USUAL

DAY = MONDAY.isoformat()
MOVED = (USUAL[0], replace(USUAL[1], end=960))


def answered(*staff_nos: str) -> None:
    """The worker's part for the newest question, with figures of every kind."""
    figures = {"cost_fen": 100_000, "unmet_half_hours": 2, "work_minutes": 960}
    now = figures | {"law_breaches": 0, "agreement_breaches": 0}
    differences = [
        {
            "measure": measure,
            "service_code": service,
            "now": 0.9,
            "then": 0.8,
            "change": -0.1,
            "low": -0.2,
            "high": -0.05,
        }
        for service in ("", "cash")
        for measure in ("wait_p50", "wait_p90", "kept_share", "left_share")
    ]
    stretch = to_plain(MOVED[1])
    day = {
        "business_date": DAY,
        "before": [to_plain(USUAL[1])],
        "after": [stretch],
        "moved": [stretch],
    }
    days = [{"staff_no": one, **day} for one in staff_nos or ("T102",)]
    notes = [
        {"code": "ill_chosen", "facts": {"staff_nos": "T101", "people": 1}},
        {"code": "extra_people", "facts": {"minutes": 90}},
        {"code": "hours_assumed", "facts": {}},
        {"code": "windows_shut", "facts": {"windows": "W1", "count": 1}},
    ]
    said = {
        "kind": "week", "assignments": to_plain(MOVED), "roster": {"person_days": days}, "now": now,
        "then": now | {"work_minutes": 900, "law_breaches": 1}, "notes": notes, "differences": differences,
        "replications": 400, "unmoved": differences,
    }  # fmt: skip
    _take(said)


def answered_for_good() -> None:
    """What a year of weeks would say."""
    told = {"low": -2.0, "high": 1.0, "mean_low": -1.0, "mean_high": -0.2}
    figures = [{"measure": name, "now": 6.0, "then": 5.5, "change": -0.5, **told} for name in ("wait_p90", "cost_fen")]
    notes = [{"code": "for_good_weeks", "facts": {"sampled": 8, "weeks": 7}}]
    sides = {"weeks": [DAY] * 8, "infeasible_now": 1, "infeasible_then": 0}
    _take({"kind": "year", "figures": figures, "notes": notes, **sides})


def _take(said: dict[str, Any]) -> None:
    run = Run.objects.filter(kind=KIND).latest("pk")
    accept_run(runs.RunAnswer(run.pk, KIND, run.question, said, "B01", run.business_date, MANAGER.actor, NOW))
