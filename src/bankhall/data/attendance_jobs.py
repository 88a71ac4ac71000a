"""The job that keeps a branch's account of four weeks: was the plan kept, was the promise kept, who was at fault."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bankhall.analytics.planning.attended import DayAttended, SlotAttended, account_of
from bankhall.data.plan_jobs import Report, silent
from bankhall.data.planning.attended import Attended, attended
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.minutes import format_minutes
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week

WEEKS = 4
Plain = dict[str, Any]


def attendance_job(question: Mapping[str, Any], progress: Report = silent) -> Plain:
    """Question: records, branch_code, week (the last one) and `weeks` (four)."""
    progress(1, "records")
    request = PlanRequest(question)
    return account_rows(request, request.week, int(question.get("weeks", WEEKS)))


def account_rows(request: PlanRequest, last: Week, weeks: int) -> Plain:
    """Week by week and altogether, with the half hours behind what was not kept."""
    found = [last.plus(-n) for n in reversed(range(weeks))]
    seen = attended(request, found[0].first_day(), found[-1].days()[-1])
    return {
        "branch_code": request.branch_code,
        "weeks": [_week(seen, week) for week in found],
        "total": _account(seen.days),
    }


def _week(seen: Attended, week: Week) -> Plain:
    first, end = week.first_day(), week.first_day() + timedelta(days=7)
    days = [day for day in seen.days if first <= day.day < end]
    return {
        "week": str(week),
        **_account(days),
        "promise_not_kept": [row for day in days for row in _broken_promises(day)],
        "plan_not_kept": [row for day in days for row in _broken_plans(day)],
    }


def _account(days: Any) -> Plain:
    account = account_of(days)
    return {**to_plain(account), "verdict": account.verdict}


def _broken_promises(day: DayAttended) -> list[Plain]:
    pairs = zip(day.slots, day.faults(), strict=True)
    return [
        _row(day.day, slot) | {"fault": fault, "more_than_expected": slot.more_than_expected}
        for slot, fault in pairs if fault
    ]  # fmt: skip


def _broken_plans(day: DayAttended) -> list[Plain]:
    return [_row(day.day, slot) for slot in day.slots if slot.plan_kept is False]


def _row(day: date, slot: SlotAttended) -> Plain:
    told = {name: getattr(slot, name) for name in ("planned", "stood", "came", "needed", "judged", "kept")}
    return {"business_date": day.isoformat(), "slot_start": format_minutes(slot.start), **told}
