"""Words for the codes of a page, from the bank's own records."""

from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.kernel.bank.bank import Bank


def names_of(bank: Bank) -> PlanNames:
    """Every code that a page of the branch may show."""
    return PlanNames(
        staff={p.staff_no: p.name for p in bank.staff},
        posts={p.post_code: p.name for p in bank.posts},
        services={s.service_code: s.name for s in bank.services},
        duties={d.duty_code: d.name for d in bank.duties},
        windows={w.window_code: w.kind for w in bank.windows},
        certificates={k.certificate_code: k.name for k in bank.certificate_kinds},
    )
