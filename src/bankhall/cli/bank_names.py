"""What the codes of a folder are called, for the sentences that a command prints."""

from bankhall.kernel.bank.bank import Bank
from bankhall.wording.sentences import Names


def names_in(bank: Bank) -> Names:
    """Names of people, branches, posts, duties, services and certificates."""
    return Names(
        staff={one.staff_no: one.called() for one in bank.staff},
        branches={one.node_code: one.name for one in bank.nodes},
        posts={one.post_code: one.name for one in bank.posts},
        duties={one.duty_code: one.name for one in bank.duties},
        services={one.service_code: one.name for one in bank.services},
        certificates={one.certificate_code: one.name for one in bank.certificate_kinds},
    )
