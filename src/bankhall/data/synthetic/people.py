"""Staff of the world: names, contracts, posts, certificates, protections, post history. Nobody here exists."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bankhall.analytics.chance.streams import stream
from bankhall.data.synthetic.characters import MARKET
from bankhall.data.synthetic.names import GIVEN, SURNAMES, latin_of
from bankhall.data.synthetic.outline import Outline, Site
from bankhall.kernel.bank.people import Certificate, Contract, Person, PostSpan, Protection, ProtectionKind
from bankhall.kernel.bank.validity import Validity

CERTIFICATES_OF = {
    "teller": ("counterfeit",),
    "universal_teller": ("account", "counterfeit"),
    "authoriser": ("account", "counterfeit"),
    "relationship_manager": ("credit", "fund"),
    "lobby_manager": (),
    "branch_manager": (),
}


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody of one branch, and what they hold."""

    staff: tuple[Person, ...]
    certificates: tuple[Certificate, ...]
    protections: tuple[Protection, ...]
    post_history: tuple[PostSpan, ...]


def crew(outline: Outline, site: Site) -> Crew:
    """The people of a branch, in the order of posts. Their stream is the branch's own."""
    rng = stream(outline.seed, "people", site.number)
    usual = [post for post, many in site.character.people.items() for _ in range(many)]
    names = _names(site, rng, len(usual))
    staff = tuple(_person(outline, site, rng, place, name=names[place]) for place in range(len(usual)))
    return Crew(
        staff,
        tuple(c for p in staff for c in _certificates(outline, site, p, staff)),
        _protections(outline, site, staff),
        tuple(_held(outline, site, rng, p, place) for place, p in enumerate(staff)),
    )


def _names(site: Site, rng: np.random.Generator, many: int) -> list[str]:
    surnames = [list(SURNAMES)[i] for i in rng.permutation(len(SURNAMES))[:many]]
    given = [list(GIVEN)[i] for i in rng.permutation(len(GIVEN))[:many]]
    names = [a + b for a, b in zip(surnames, given, strict=True)]
    if site.character.name_zh == MARKET:
        names = [n if n[0] not in "孟吕" else f"唐{n[1:]}" for n in names]
        names[2], names[3] = "孟涛", "吕洁"
    return names


def _person(outline: Outline, site: Site, rng: np.random.Generator, place: int, *, name: str) -> Person:
    post = [p for p, many in site.character.people.items() for _ in range(many)][place]
    last, new = outline.last, _is_new(site, place, post)
    years = float(rng.uniform(2.2, 18.0))
    employed = last - timedelta(days=60 if new else int(365.25 * years))
    overtime, comp, leave = (int(rng.integers(0, top)) for top in (9, 17, 11))
    return Person(
        staff_no=f"S{site.code[1:]}{place + 1:02d}",
        name=name,
        branch_code=site.code,
        contract=_contract(site, place, post),
        probation_until=employed + timedelta(days=183) if new else None,
        hours_week=40.0,
        posts=_posts(site, place, post),
        overtime_minutes_month=30 * overtime,
        comp_minutes=30 * comp,
        leave_days_left=float(leave),
        balances_on=last,
        employed_from=employed,
        name_latin=latin_of(name),
    )


def _is_new(site: Site, place: int, post: str) -> bool:
    """One teller on probation at every fourth branch."""
    return post == "teller" and site.number % 4 == 3 and place == _last_of(site, post)


def _last_of(site: Site, post: str) -> int:
    posts = [p for p, many in site.character.people.items() for _ in range(many)]
    return len(posts) - 1 - posts[::-1].index(post)


def _contract(site: Site, place: int, post: str) -> Contract:
    if post == "lobby_manager":
        return "outsourced" if site.number % 3 == 0 else "dispatched"
    return "dispatched" if post == "teller" and place == _last_of(site, post) and site.number % 2 else "formal"


def _posts(site: Site, place: int, post: str) -> tuple[str, ...]:
    if post == "universal_teller":
        senior = place == _last_of(site, post)
        return ("universal_teller", "teller", "authoriser") if senior else ("universal_teller", "teller")
    if post == "teller" and place % 3 == 1:
        return ("teller", "universal_teller")
    if post == "branch_manager":
        alone = site.character.people["relationship_manager"] == 1
        return ("branch_manager", "authoriser", "relationship_manager") if alone else ("branch_manager", "authoriser")
    return (post,)


def _certificates(outline: Outline, site: Site, person: Person, staff: tuple[Person, ...]) -> list[Certificate]:
    kinds = sorted({kind for post in person.posts for kind in CERTIFICATES_OF[post]})
    since = (person.employed_from or outline.first) + timedelta(days=30)
    until = outline.last + timedelta(days=400 + 11 * (staff.index(person) + site.number))
    return [
        Certificate(person.staff_no, kind, Validity(since, _expiry(outline, site, person, until))) for kind in kinds
    ]


def _expiry(outline: Outline, site: Site, person: Person, until: date) -> date:
    """At the second branch one teller's certificates run out on the Monday of the planned week."""
    runs_out = site.number == 2 and int(person.staff_no[-2:]) == 1 + _last_of(site, "teller")
    return outline.planned_week.first_day() if runs_out else until


def _protections(outline: Outline, site: Site, staff: tuple[Person, ...]) -> tuple[Protection, ...]:
    """A nursing mother, a late pregnancy, a state without overtime: one at some branches."""
    kinds: dict[int, ProtectionKind] = {1: "nursing", 3: "late_pregnancy", 5: "no_overtime"}
    kind = kinds.get(site.number % 6)
    of_post = [p for p in staff if p.posts[0] == "universal_teller"]
    if kind is None or not of_post:
        return ()
    span = Validity(outline.last - timedelta(days=60), outline.last + timedelta(days=60))
    return (Protection(of_post[0].staff_no, kind, span),)


def _held(outline: Outline, site: Site, rng: np.random.Generator, person: Person, place: int) -> PostSpan:
    """The usual post since at most 1,000 days; at every fourth branch the authoriser is due for rotation."""
    days = int(rng.integers(120, 1000))
    if site.number % 4 == 0 and place == 1:
        days = 1120
    since = max(outline.last - timedelta(days=days), person.employed_from or date.min)
    return PostSpan(person.staff_no, person.posts[0], site.code, Validity(max(since, date(2000, 1, 1)), None))
