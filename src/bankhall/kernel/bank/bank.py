"""All reference records of a bank at once, and the part that concerns one branch."""

from dataclasses import dataclass, replace

from bankhall.kernel.bank.branch import Node, OpeningSpan, Promise, Service, Tier, Travel, Window
from bankhall.kernel.bank.people import (
    Absence,
    Certificate,
    CertificateKind,
    Person,
    Post,
    PostSpan,
    Protection,
)
from bankhall.kernel.bank.roster import Duty, Price, Rule, Wish
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay


@dataclass(frozen=True, slots=True)
class Bank:
    """The reference tables of an exchange folder (or of the store) as frozen records."""

    name: Bilingual = Bilingual()
    zone: str = "Asia/Shanghai"
    slot_minutes: int = 30
    synthetic: bool = False
    nodes: tuple[Node, ...] = ()
    travel: tuple[Travel, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    opening_hours: tuple[OpeningSpan, ...] = ()
    services: tuple[Service, ...] = ()
    tiers: tuple[Tier, ...] = ()
    certificate_kinds: tuple[CertificateKind, ...] = ()
    windows: tuple[Window, ...] = ()
    posts: tuple[Post, ...] = ()
    staff: tuple[Person, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    protections: tuple[Protection, ...] = ()
    absences: tuple[Absence, ...] = ()
    post_history: tuple[PostSpan, ...] = ()
    duties: tuple[Duty, ...] = ()
    promises: tuple[Promise, ...] = ()
    rules: tuple[Rule, ...] = ()
    prices: tuple[Price, ...] = ()
    wishes: tuple[Wish, ...] = ()

    def branches(self) -> tuple[Node, ...]:
        """The nodes that are branches with a hall, by code."""
        return tuple(sorted((n for n in self.nodes if n.kind == "branch" and not n.pool), key=lambda n: n.node_code))

    def pools(self) -> tuple[Node, ...]:
        """The bases of float pools, by code."""
        return tuple(sorted((n for n in self.nodes if n.pool), key=lambda n: n.node_code))

    def node(self, code: str) -> Node | None:
        """A node by its code."""
        return next((n for n in self.nodes if n.node_code == code), None)

    def zone_of(self, branch_code: str) -> str:
        """The branch's IANA zone, or the bank's."""
        node = self.node(branch_code)
        return node.zone if node and node.zone else self.zone

    def region_of(self, branch_code: str) -> str:
        """The parent of the branch, empty when it has none."""
        node = self.node(branch_code)
        return node.parent_code if node else ""

    def for_branch(self, code: str) -> "Bank":
        """Everything that planning one branch needs: its own rows and those of every branch, and its home staff.

        Duties of every branch are not a pool's: it has no hall.
        """
        staff = tuple(p for p in self.staff if p.branch_code == code)
        names = {p.staff_no for p in staff}
        everybodys = ("",) if code not in {n.node_code for n in self.pools()} else ()
        return replace(
            self,
            nodes=tuple(
                n for n in self.nodes if n.node_code in (code, self.region_of(code)) or n.kind == "head_office"
            ),
            travel=tuple(t for t in self.travel if code in (t.from_branch, t.to_branch)),
            opening_hours=tuple(o for o in self.opening_hours if o.branch_code in ("", code)),
            windows=tuple(w for w in self.windows if w.branch_code == code),
            staff=staff,
            certificates=tuple(c for c in self.certificates if c.staff_no in names),
            protections=tuple(p for p in self.protections if p.staff_no in names),
            absences=tuple(a for a in self.absences if a.staff_no in names),
            post_history=tuple(h for h in self.post_history if h.staff_no in names),
            duties=tuple(d for d in self.duties if d.branch_code in (*everybodys, code)),
            promises=tuple(p for p in self.promises if p.branch_code in ("", code)),
            rules=tuple(r for r in self.rules if r.branch_code in ("", code)),
            wishes=tuple(w for w in self.wishes if w.staff_no in names),
        )
