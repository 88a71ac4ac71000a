"""The rule pack, prices, duties and wishes."""

from collections.abc import Mapping

from django.db.models import Q

from bankhall.apps.network.bases import ReferenceRow, at_branches, rows_of
from bankhall.apps.network.queries import Tables
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import DutyRow, PriceRow, RuleRow, WishRow
from bankhall.kernel.scope import Scope

MODELS: Mapping[str, type[ReferenceRow]] = {
    "duties": DutyRow, "rules": RuleRow, "prices": PriceRow, "wishes": WishRow,
}  # fmt: skip


def tables(scope: Scope, branch_code: str = "") -> Tables:
    """The exchange rows of this app's tables: of one branch with everybody's, or of all that the scope reaches."""
    if branch_code:
        scope.check_sees(branch_code)
    codes = {branch_code} if branch_code else (None if scope.everywhere else scope.codes())
    near = at_branches("branch_code", codes)
    theirs = Q() if codes is None else Q(staff_no__in=[p.staff_no for p in people.staff(scope, branch_code)])
    only = {"duties": near, "rules": near, "wishes": theirs}
    return {name: rows_of(model, name, only.get(name, Q())) for name, model in MODELS.items()}
