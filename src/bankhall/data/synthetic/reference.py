"""The whole synthetic bank as reference records."""

from datetime import timedelta

from bankhall.analytics.chance.streams import stream
from bankhall.data.synthetic import catalogue
from bankhall.data.synthetic.absences import absences
from bankhall.data.synthetic.calendar_days import world_calendar
from bankhall.data.synthetic.float_pool import (
    POOL,
    pool_absences,
    pool_certificates,
    pool_people,
    pool_roads,
    with_rights,
)
from bankhall.data.synthetic.network import nodes, opening_hours, travel, windows
from bankhall.data.synthetic.outline import Outline, Site, sites
from bankhall.data.synthetic.people import crew
from bankhall.data.synthetic.rule_pack import rule_pack
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Wish, WishKind
from bankhall.kernel.bilingual import Bilingual

KINDS: tuple[WishKind, ...] = ("off", "early", "late")


def synthetic_bank(outline: Outline) -> Bank:
    """Reference records by outline alone; each branch draws from its own streams."""
    places = sites(outline.checked())
    crews = [crew(outline, site) for site in places]
    staffed = list(zip(places, (c.staff for c in crews), strict=True))
    tree = nodes(outline, places)
    roads = (*travel(tree[2:]), *pool_roads(tree[2:]))
    return Bank(
        name=Bilingual("厅堂演示银行", "Bankhall Demo Bank"),
        synthetic=True,
        nodes=(*tree, POOL),
        travel=roads,
        calendar=world_calendar(outline.first, outline.last + timedelta(days=60)),
        opening_hours=opening_hours(places),
        services=catalogue.SERVICES,
        tiers=catalogue.TIERS,
        certificate_kinds=catalogue.CERTIFICATE_KINDS,
        windows=windows(places),
        posts=catalogue.POSTS,
        staff=(*with_rights((p for c in crews for p in c.staff), roads), *pool_people(outline, roads)),
        certificates=(*(x for c in crews for x in c.certificates), *pool_certificates(outline)),
        protections=tuple(x for c in crews for x in c.protections),
        absences=(*(a for site, staff in staffed for a in absences(outline, site, staff)), *pool_absences(outline)),
        post_history=tuple(x for c in crews for x in c.post_history),
        duties=catalogue.DUTIES,
        promises=catalogue.PROMISES,
        rules=rule_pack(tuple(s.code for s in places if s.character.people["lobby_manager"] > 1)),
        prices=catalogue.PRICES,
        wishes=tuple(w for site, staff in staffed for w in _wishes(outline, site, staff)),
    )


def _wishes(outline: Outline, site: Site, staff: tuple[Person, ...]) -> list[Wish]:
    """Three wishes a branch for the week to plan."""
    rng = stream(outline.seed, "wishes", site.number)
    found: dict[tuple[str, object], Wish] = {}
    for _ in range(3):
        person = staff[int(rng.integers(0, len(staff)))]
        day = outline.planned_week.days()[int(rng.integers(0, 5))]
        kind = KINDS[int(rng.integers(0, len(KINDS)))]
        found.setdefault((person.staff_no, day), Wish(person.staff_no, day, kind, float(rng.integers(1, 4))))
    return list(found.values())
