"""Words for the codes of a page, from the bank's own records."""

from collections.abc import Iterable

from bankhall.apps.network import queries as network
from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Scope


def names_of(bank: Bank, branch_code: str = "", assignments: Iterable[Assignment] = ()) -> PlanNames:
    """Every code that a page of the branch may show."""
    return PlanNames(
        staff={p.staff_no: p.called() for p in bank.staff},
        posts={p.post_code: p.name for p in bank.posts},
        services={s.service_code: s.name for s in bank.services},
        duties={d.duty_code: d.name for d in bank.duties},
        windows={w.window_code: w.kind for w in bank.windows},
        certificates={k.certificate_code: k.name for k in bank.certificate_kinds},
        branches=_others(bank, branch_code, assignments),
    )


def _others(bank: Bank, branch_code: str, assignments: Iterable[Assignment]) -> dict[str, Bilingual]:
    """Names of the branches that lend or borrow; without a loan nothing is asked."""
    codes = {p.branch_code for p in bank.staff} | {a.at_branch_code for a in assignments}
    wanted = codes - {"", branch_code}
    if not branch_code or not wanted:
        return {}
    scope = Scope.system("names of branches on loans")
    known = {n.node_code: n.name for n in (*network.branches(scope), *network.pools(scope))}
    return {code: known[code] for code in sorted(wanted) if code in known}
