"""What is done with a branch's week: plan it, change its draft by hand, take the steps to the wall."""

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from bankhall.api.caller import acting, caller_who_may
from bankhall.api.inputs import (
    Body,
    BranchPath,
    CodeText,
    Day,
    Edition,
    MaybeCode,
    Minute,
    Number,
    Queued,
    WeekPath,
    Words,
    ref_of,
)
from bankhall.api.shapes import shape
from bankhall.apps.access.queries import Action
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import EditResult, StretchName
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.kernel.bank.roster import AssignmentKind
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.week import Week

router = Router()
WEEK = "/branches/{branch_code}/weeks/{week}"
StepName = Literal["propose", "confirm", "approve", "publish", "reject"]
MAY_STEP: dict[str, Action] = {
    "propose": "propose_roster", "confirm": "confirm_roster", "approve": "approve_roster",
    "publish": "publish_roster", "reject": "see_plan",
}  # fmt: skip
"""Who may send back hangs on the state; the action asks."""
SIGNED = {"propose": actions.propose, "confirm": actions.confirm, "approve": actions.approve}


class Stretch(Edition):
    """One stretch of somebody's day: nobody has two that start together."""

    staff_no: CodeText
    day: Day
    start: Minute

    def named(self) -> StretchName:
        """As the actions name it."""
        return StretchName(self.staff_no, self.day, self.start)


class Locking(Stretch):
    """Locked, it stands in every re-solve."""

    locked: bool = True


class Moving(Stretch):
    """Another span, day or person."""

    to_start: Minute
    to_end: Minute
    to_day: Day | None = None
    to_staff_no: MaybeCode = ""


class Swapping(Edition):
    """Two people change their day."""

    staff_no: CodeText
    other_no: CodeText
    day: Day


class Retyping(Stretch):
    """Another window, post or duty at the same time."""

    kind: AssignmentKind
    code: MaybeCode = ""
    post_code: MaybeCode = ""


class Stepping(Edition):
    """A step; publishing wants a reason when an agreement is not kept, sending back always."""

    reason: Words = ""


class Accepting(Body):
    """The run whose answer waits."""

    run_id: Number


@router.post(f"{WEEK}/plan", response=Queued)
def plan(request: HttpRequest, branch_code: BranchPath, week: WeekPath) -> Any:
    """Queues forecast, requirement, roster and proof of the week, around what is locked in its draft."""
    caller_who_may(request, "plan_week", branch_code)

    def do(by: Actor, scope: Scope) -> object:
        return {"run_id": actions.request_plan(branch_code, Week.parse(week), by=by, scope=scope, now=_now())}

    return acting(request, do)


@router.post(f"{WEEK}/accept", response=shape(RosterRef))
def accept(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: Accepting) -> Any:
    """Takes an answer that came after the draft was changed by hand; undo has the edits back."""
    caller_who_may(request, "edit_roster", branch_code)
    del week  # the run says which
    return acting(request, lambda by, scope: actions.accept_answer(body.run_id, by=by, scope=scope, now=_now()))


@router.post(f"{WEEK}/edits/lock", response=shape(EditResult))
def lock(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: Locking) -> Any:
    """Locks a stretch, or unlocks it."""
    caller_who_may(request, "edit_roster", branch_code)
    ref = ref_of(branch_code, week, body)
    return acting(request, lambda by, scope: actions.lock(ref, body.named(), body.locked, by=by, scope=scope))


@router.post(f"{WEEK}/edits/move", response=shape(EditResult))
def move(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: Moving) -> Any:
    """Moves a stretch to another span, day or person."""
    caller_who_may(request, "edit_roster", branch_code)
    ref = ref_of(branch_code, week, body)
    return acting(request, lambda by, scope: actions.move(
        ref, body.named(), start=body.to_start, end=body.to_end, day=body.to_day, staff_no=body.to_staff_no, by=by,
        scope=scope,
    ))  # fmt: skip


@router.post(f"{WEEK}/edits/swap", response=shape(EditResult))
def swap(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: Swapping) -> Any:
    """Two people change their day."""
    caller_who_may(request, "edit_roster", branch_code)
    ref = ref_of(branch_code, week, body)
    return acting(
        request, lambda by, scope: actions.swap(ref, body.staff_no, body.other_no, body.day, by=by, scope=scope)
    )


@router.post(f"{WEEK}/edits/retype", response=shape(EditResult))
def retype(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: Retyping) -> Any:
    """Somebody stands elsewhere at the same time."""
    caller_who_may(request, "edit_roster", branch_code)
    ref = ref_of(branch_code, week, body)
    return acting(request, lambda by, scope: actions.retype(
        ref, body.named(), kind=body.kind, code=body.code, post_code=body.post_code, by=by, scope=scope
    ))  # fmt: skip


@router.post(f"{WEEK}/edits/remove", response=shape(EditResult))
def remove(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: Stretch) -> Any:
    """Takes a stretch out."""
    caller_who_may(request, "edit_roster", branch_code)
    ref = ref_of(branch_code, week, body)
    return acting(request, lambda by, scope: actions.remove(ref, body.named(), by=by, scope=scope))


@router.post(f"{WEEK}/edits/undo", response=shape(EditResult))
def undo(request: HttpRequest, branch_code: BranchPath, week: WeekPath, body: Edition) -> Any:
    """Takes the newest edit back."""
    caller_who_may(request, "edit_roster", branch_code)
    ref = ref_of(branch_code, week, body)
    return acting(request, lambda by, scope: actions.undo(ref, by=by, scope=scope))


@router.post(f"{WEEK}/steps/{{step}}", response=shape(RosterRef))
def take(request: HttpRequest, branch_code: BranchPath, week: WeekPath, step: StepName, body: Stepping) -> Any:
    """One step. `reject` sends back: return, refuse or take back, by whose turn it is."""
    caller_who_may(request, MAY_STEP[step], branch_code)
    ref = ref_of(branch_code, week, body)

    def do(by: Actor, scope: Scope) -> object:
        if step == "reject":
            return actions.reject(ref, body.reason, by=by, scope=scope, now=_now())
        if step == "publish":
            return actions.publish(ref, reason=body.reason, by=by, scope=scope, now=_now())
        return SIGNED[step](ref, by=by, scope=scope, now=_now(), reason=body.reason)

    return acting(request, do)


def _now() -> Any:
    return settings.CLOCK.now()
