"""An act holds the weeks that it will change before it looks at them: one branch after another, by their codes.

Whoever changes the weeks of two branches at once (a loan, a day published with somebody of another branch) would
otherwise wait for the very one who waits for them, and the store would throw one of the two out.
"""

from collections.abc import Iterable

from bankhall.apps.rosters import rules
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries.records import counting_version
from bankhall.kernel.errors import Refused
from bankhall.kernel.week import Week

TRIES = 5


def hold_weeks(week: Week, branch_codes: Iterable[str]) -> dict[str, Roster]:
    """By branch the version that counts, held until the transaction ends; a branch that has none is left out."""
    held = ((code, _hold(code, week)) for code in sorted(set(branch_codes)))
    return {code: roster for code, roster in held if roster is not None}


def _hold(branch_code: str, week: Week) -> Roster | None:
    found = counting_version(branch_code, week)
    for _ in range(TRIES):  # on PostgreSQL it may be superseded while one waits for it
        if found is None:
            return None
        held = Roster.objects.select_for_update().filter(pk=found.pk, state=found.state).first()
        if held is not None:
            return held
        found = counting_version(branch_code, week)
    raise Refused("roster_changed_meanwhile", last=rules.last_step(found) if found else None)
