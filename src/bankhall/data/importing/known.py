"""What is known before an import: the codes that rows may refer to, and the zones of branches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from bankhall.kernel.bank.bank import Bank

# Codes of windows are unique only within a branch: they are known as "branch|window".
WITHIN_BRANCH = frozenset({"windows.window_code"})


@dataclass(frozen=True, slots=True)
class Known:
    """Codes by "table.column"; a name that is absent or empty is not checked (a note says so).

    `visits` (columns visit_id, branch_code, arrived_at) are the visits that steps may belong to when they come alone.
    On `holidays` nobody wonders that there are no records.
    """

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    zone: str = "Asia/Shanghai"
    visits: pa.Table | None = None
    holidays: frozenset[date] = frozenset()

    @classmethod
    def of_bank(cls, bank: Bank, visits: pa.Table | None = None) -> "Known":
        """Everything that a bank's reference records name."""
        codes = {
            "nodes.node_code": frozenset(n.node_code for n in bank.nodes),
            "services.service_code": frozenset(s.service_code for s in bank.services),
            "tiers.tier_code": frozenset(t.tier_code for t in bank.tiers),
            "certificate_kinds.certificate_code": frozenset(k.certificate_code for k in bank.certificate_kinds),
            "windows.window_code": frozenset(f"{w.branch_code}|{w.window_code}" for w in bank.windows),
            "posts.post_code": frozenset(p.post_code for p in bank.posts),
            "staff.staff_no": frozenset(p.staff_no for p in bank.staff),
            "duties.duty_code": frozenset(d.duty_code for d in bank.duties),
        }
        zones = {n.node_code: n.zone for n in bank.nodes if n.zone}
        holidays = frozenset(day.date for day in bank.calendar if day.kind == "holiday")
        return cls(codes, zones, bank.zone, visits, holidays)
