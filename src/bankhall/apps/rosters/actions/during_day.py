"""The rest of a day is looked at when somebody asks; what it proposes is taken with one press.

A proposal changes today's published version at once, by the same rules as any change of it; a replay changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network import queries as network
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.actions.revising import revise
from bankhall.apps.rosters.actions.versions import read_assignments
from bankhall.apps.rosters.models import DayLook, Roster
from bankhall.apps.rosters.problems import day_question
from bankhall.apps.rosters.states import RosterState
from bankhall.apps.runs import actions as runs
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput, NotFound, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

LOOK = action_name("rosters.look_at_day")
KIND = "during_day"
FIRST_OF_ALL = 20
STEP_MINUTES = 5
Plain = Mapping[str, Any]


def request_day_update(
    branch_code: str, *, day: date | None = None, minute: int | None = None, by: Actor, scope: Scope, now: datetime
) -> int:
    """Queues a look at the rest of today, or of an earlier day at a minute of it; answers the run's id."""
    check_may(scope, "see_plan", branch_code)
    local = now.astimezone(ZoneInfo(network.branch(scope, branch_code).zone))
    replay = day is not None and (day != local.date() or minute is not None)
    when, at = (day or local.date()), minute if replay and minute is not None else local.hour * 60 + local.minute
    if (when, at) > (local.date(), local.hour * 60 + local.minute):
        raise BadInput("moment_not_yet", day=when.isoformat())
    question = day_question(branch_code, when, at // STEP_MINUTES * STEP_MINUTES, replay=replay)
    return runs.submit(
        KIND, question, by=by, branch_code=branch_code, business_date=when, lane="interactive", priority=FIRST_OF_ALL,
        only_newest=True,
    )  # fmt: skip


def accept_run(run: runs.RunAnswer) -> None:
    """The worker's side."""
    asked = dict(run.question)
    with audit.act(LOOK, by=run.asked_by, scope=Scope.system(f"run {run.run_id}"), branch_code=run.branch_code) as act:
        DayLook.objects.create(
            branch_code=run.branch_code, day=date.fromisoformat(str(asked["day"])), minute=int(str(asked["minute"])),
            replay=bool(asked["replay"]), asked_at=run.asked_at, run_id=run.run_id, answer=dict(run.answer),
        )  # fmt: skip
        act.note(after={"day": asked["day"], "minute": asked["minute"], "replay": asked["replay"]})


def take_proposal(look_id: int, place: int, *, by: Actor, scope: Scope, now: datetime) -> None:
    """Puts a proposal into today's published version. Refused for a replay, when its time has come, and when the rows
    that it changes are no longer there."""
    look = DayLook.objects.filter(pk=look_id).first()
    if look is None or not scope.sees(look.branch_code):
        raise NotFound("proposal", place=place)
    check_may(scope, "edit_roster", look.branch_code)
    one = _proposal(look.answer, place)
    today, minute = network.moment(look.branch_code, now)
    if look.replay or look.day != today:
        raise Refused("replay_changes_nothing")
    first = int(one["start"] if one["to_start"] is None else min(one["start"], one["to_start"]))
    if first < minute:
        raise Refused("proposal_too_late", start=first)
    revise(
        look.branch_code, Week.of(look.day), _change(one), what=f"during_day:{look.pk}/{place}", by=by, now=now,
        reason=str(one["kind"]),
    )  # fmt: skip


def _proposal(answer: Plain, place: int) -> Plain:
    found: Sequence[Plain] = answer["proposals"]
    if not 0 <= place < len(found) or not found[place]["added"]:
        raise NotFound("proposal", place=place)
    return found[place]


def _change(one: Plain) -> Any:
    removed, added = read_assignments(one["removed"]), read_assignments(one["added"])

    def change(roster: Roster, rows: tuple[Assignment, ...]) -> Sequence[Assignment]:
        if not set(removed) <= set(rows):
            if roster.state != RosterState.PUBLISHED:  # a draft that has gone its own way keeps it
                return rows
            raise Refused("roster_changed_meanwhile", last=rules.last_step(roster))
        return [*(row for row in rows if row not in removed), *added]

    return change
