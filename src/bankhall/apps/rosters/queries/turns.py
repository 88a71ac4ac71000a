"""Which steps were taken, which is next, whose turn it is, and why the reader may not."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from bankhall.apps.access.queries import MAY, holders
from bankhall.apps.identity.queries import Person, account_names, as_signed
from bankhall.apps.rosters import rules
from bankhall.apps.rosters.models import Roster, StepTaken
from bankhall.apps.rosters.queries.pages import StepDone, StepNext
from bankhall.apps.rosters.queries.records import breaches_of
from bankhall.apps.rosters.states import REJECTING, STEPS, RosterState, Step, next_step
from bankhall.kernel.errors import BankhallError, NotAllowed, Refused
from bankhall.kernel.scope import Scope


def steps_done(taken: Sequence[StepTaken]) -> tuple[StepDone, ...]:
    """Every step since the version was last a draft, the return to it too when it is one."""
    standing = rules.standing_steps(taken) or list(taken[-1:])
    called = account_names({one.by_code for one in standing})
    return tuple(
        StepDone(
            one.step, one.by_code, as_signed(one.by_code, one.by_name, called), one.at, one.reason, one.by_staff_no
        )
        for one in standing
    )  # fmt: skip


def step_next(roster: Roster, scope: Scope, unknown_years: Sequence[int], on: date) -> StepNext | None:
    """The awaited step, asked by the very rules that the action will ask."""
    step = next_step(RosterState(roster.state), approval_needed=roster.approval_needed)
    if step is None:
        return None
    roles = tuple(sorted(MAY[step.action]))
    people = tuple(person.name for person in whose_turn(roster, step, on))
    try:
        rules.check_step(roster, step, by=scope.actor, scope=scope, edit=roster.edit)
        _check_content(roster, step, unknown_years, on)
    except BankhallError as error:
        return StepNext(step.name, roles, may=False, why_not=error.code, facts=error.facts, people=people)
    return StepNext(step.name, roles, may=True, people=people)


def way_back(roster: Roster, scope: Scope) -> str:
    """The step by which the reader may make it a draft again, whatever keeps it from going on; empty: none."""
    for name in REJECTING.get(RosterState(roster.state), ()):
        with suppress(BankhallError):
            rules.check_step(roster, STEPS[name], by=scope.actor, scope=scope, edit=roster.edit)
            return name
    return ""


def whose_turn(roster: Roster, step: Step, on: date) -> tuple[Person, ...]:
    """Who may take it: the holders of its roles but those who may not judge their own."""
    found = []
    for person in holders(roster.branch_code, MAY[step.action], on):
        try:
            rules.check_by_another(step, rules.standing_steps(roster.steps.all()), person.actor)
        except NotAllowed:
            continue
        found.append(person)
    return tuple(found)


def _check_content(roster: Roster, step: Step, unknown_years: Sequence[int], on: date) -> None:
    if step.name == "propose":
        rules.check_feasible(roster)
    if step.name in ("confirm", "publish"):
        rules.check_lawful(breaches_of(roster), on=on)
    if step.name == "publish" and unknown_years:
        raise Refused("calendar_year_missing", year=unknown_years[0])
