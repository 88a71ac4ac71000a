"""The week that has begun on the demo's date: planned and published for the branch of the demo's accounts, by them.

So that the pages about today, one's own roster, swaps and illness have a roster in force to show.
"""

from datetime import datetime

from bankhall.apps.access.queries import scope_of
from bankhall.apps.identity.queries import person_named
from bankhall.apps.rosters import actions, queries
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.cli.demo_accounts import demo_accounts
from bankhall.cli.demo_bank import SEED
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.scope import Role, Scope
from bankhall.kernel.week import Week

REASON = "as the branch agreed for this week"


def publish_this_week(now: datetime, *, processes: int) -> str:
    """What stood against it, empty when it is published."""
    people = {account.role: account for account in demo_accounts()}
    scopes: dict[Role, Scope] = {
        role: scope_of(person_named(people[role].username), now.date())
        for role in ("branch_manager", "supervisor", "regional")
    }
    code, week, system = people["branch_manager"].node_code, Week.of(now.date()), Scope.system("demo")
    planned = actions.plan_network(
        week, by=system.actor, scope=system, now=now, processes=processes, seed=SEED, branch_codes=(code,)
    )
    if code not in planned.taken:
        return planned.failed[code]
    try:
        _publish(planned.taken[code], scopes, now)
    except BankhallError as refused:
        return refused.code
    return ""


def _publish(ref: RosterRef, scopes: dict[Role, Scope], now: datetime) -> None:
    chief, second, above = (scopes[role] for role in ("branch_manager", "supervisor", "regional"))
    ref = actions.propose(ref, by=chief.actor, scope=chief, now=now, reason=REASON)
    ref = actions.confirm(ref, by=second.actor, scope=second, now=now, reason=REASON)
    if queries.branch_plan(second, ref.branch_code, ref.week, on=now.date()).approval_needed:
        ref = actions.approve(ref, by=above.actor, scope=above, now=now, reason=REASON)
    actions.publish(ref, by=chief.actor, scope=chief, now=now, reason=REASON)
