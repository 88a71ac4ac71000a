"""Who may help elsewhere: system rights at the nearest branches, and the region's float pool with its own base.

Nothing here draws from a random stream: the rest of the bank is the same with and without it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from bankhall.data.synthetic.names import latin_of
from bankhall.data.synthetic.network import minutes_between
from bankhall.data.synthetic.outline import Outline
from bankhall.data.synthetic.people import CERTIFICATES_OF
from bankhall.kernel.bank.branch import Node, Travel
from bankhall.kernel.bank.people import Absence, Certificate, Person
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.bilingual import Bilingual

POOL = Node(
    "P01", "branch", "R01", Bilingual("江州机动队", "Jiangzhou float pool"), "Asia/Shanghai", 113.6, 29.7, pool=True
)
NEAREST = {"universal_teller": 4, "teller": 3, "authoriser": 2}
"""At so many nearest branches people of a post have system rights; every second of them."""
POSTS = (("universal_teller", "teller"), ("universal_teller", "teller"), ("authoriser", "universal_teller"))
NAMES = ("岳晓峰", "江雪", "水清")


def pool_roads(branches: tuple[Node, ...]) -> tuple[Travel, ...]:
    """From the base to every branch and back."""
    ways = [(b.node_code, minutes_between(POOL, b)) for b in branches]
    there = [Travel(POOL.node_code, code, minutes) for code, minutes in ways]
    return (*there, *(Travel(code, POOL.node_code, minutes) for code, minutes in ways))


def with_rights(staff: Iterable[Person], roads: tuple[Travel, ...]) -> tuple[Person, ...]:
    """Every second teller, universal teller and authoriser may work at the nearest branches."""
    return tuple(replace(p, system_rights=_nearest(p, roads)) if int(p.staff_no[-1]) % 2 else p for p in staff)


def _nearest(person: Person, roads: tuple[Travel, ...]) -> tuple[str, ...]:
    many = NEAREST.get(person.posts[0], 0)
    away = [t for t in roads if t.from_branch == person.branch_code and t.to_branch != POOL.node_code]
    return tuple(sorted(t.to_branch for t in sorted(away, key=lambda t: (t.minutes, t.to_branch))[:many]))


def pool_people(outline: Outline, roads: tuple[Travel, ...]) -> tuple[Person, ...]:
    """Three people without a hall of their own, at home in every branch's systems."""
    everywhere = tuple(sorted(t.to_branch for t in roads if t.from_branch == POOL.node_code))
    since = outline.last - timedelta(days=1500)
    return tuple(
        Person(
            staff_no=f"P{POOL.node_code[1:]}{place:02d}", name=name, branch_code=POOL.node_code, posts=posts,
            system_rights=everywhere, balances_on=outline.last, employed_from=since, leave_days_left=8.0,
            name_latin=latin_of(name),
        )
        for place, (name, posts) in enumerate(zip(NAMES, POSTS, strict=True), 1)
    )  # fmt: skip


def pool_certificates(outline: Outline) -> tuple[Certificate, ...]:
    """Every certificate of their posts."""
    until = outline.last + timedelta(days=500)
    validity = Validity(outline.last - timedelta(days=1400), until)
    return tuple(
        Certificate(f"P{POOL.node_code[1:]}{place:02d}", kind, validity)
        for place, posts in enumerate(POSTS, 1)
        for kind in sorted({kind for post in posts for kind in CERTIFICATES_OF[post]})
    )


def pool_absences(outline: Outline) -> tuple[Absence, ...]:
    """Everybody's mandatory leave of each of the last three years, a week apart."""
    return tuple(
        Absence(f"P{POOL.node_code[1:]}{place:02d}", start, start + timedelta(days=5), "mandatory_leave", "granted")
        for place in range(1, len(POSTS) + 1)
        for back in (220, 585, 950)
        for start in (datetime.combine(outline.last, time()) - timedelta(days=back + 7 * place),)
    )
