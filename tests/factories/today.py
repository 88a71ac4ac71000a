"""A Monday morning at half past seven: T101 alone is missing, T103 is off; the job is run where the worker would."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions.proposing import KIND, accept_run
from bankhall.apps.rosters.models import Proposal
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs.models import Run
from bankhall.data.replan_jobs import replan_job
from bankhall.kernel.scope import Scope
from tests.factories.bank import MONDAY
from tests.factories.requests import TWO_ON_MONDAY
from tests.factories.rosters import MANAGER, answer, published

HALF_PAST_SEVEN = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
NOON = HALF_PAST_SEVEN.replace(hour=12, minute=0)


def computed(row: Proposal | None = None) -> Proposal:
    """Does what the worker does with a question; with the newest if none is named."""
    row = row or Proposal.objects.order_by("-id")[0]
    assert row.run_id is not None
    run = Run.objects.get(pk=row.run_id)
    said = replan_job(dict(run.question) | {"moves": 2000})
    accept_run(
        runs.RunAnswer(
            run.pk, KIND, run.question, said, run.branch_code, run.business_date, MANAGER.actor, run.asked_at
        )
    )
    row.refresh_from_db()
    return row


def monday(**more: Any) -> None:
    """Two tellers on Monday, published."""
    published(answer(TWO_ON_MONDAY, **more))


def mark(staff_no: str = "T101", kind: str = "sick", until: int | None = None, **more: Any) -> int:
    """Marks somebody missing as the branch manager, at half past seven."""
    who: Scope = more.pop("who", MANAGER)
    now: datetime = more.pop("now", HALF_PAST_SEVEN)
    return actions.mark_missing("B01", staff_no, kind, until, now=now, by=who.actor, scope=who, **more)


def ask(staff_no: str = "T103", *, who: Scope = MANAGER, now: datetime = HALF_PAST_SEVEN, **more: Any) -> int:
    """Asks somebody to come."""
    return actions.ask_to_come("B01", staff_no, now=now, by=who.actor, scope=who, **more)


def reply(number: int, who: Scope, *, accepted: bool = True, now: datetime = HALF_PAST_SEVEN) -> str:
    """The answer of whoever was asked."""
    return actions.answer_ask(number, accepted, now=now, by=who.actor, scope=who)


def publish(row: Proposal, *, who: Scope = MANAGER, now: datetime = HALF_PAST_SEVEN, **more: Any) -> int:
    """Publishes a proposal."""
    return actions.publish_today(
        row.pk, more.pop("reason", "short of people"), now=now, by=who.actor, scope=who, **more
    )
