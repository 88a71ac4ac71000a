"""Head office, one region, branches, windows, opening hours, travel."""

import math
from datetime import date

from bankhall.analytics.chance.streams import stream
from bankhall.data.synthetic.catalogue import WINDOW_SERVICES
from bankhall.data.synthetic.outline import Outline, Site
from bankhall.kernel.bank.branch import Node, OpeningSpan, Segment, Travel, Window, WindowKind
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import DayKind

NEIGHBOURS = 11
"""Travel is written to so many nearest branches (all of them in the demo bank)."""

CORPORATE_LUNCH = (720, 810)


def nodes(outline: Outline, all_sites: tuple[Site, ...]) -> tuple[Node, ...]:
    """Head office H00, region R01, and the branches round an invented city."""
    head = Node("H00", "head_office", "", Bilingual("厅堂演示银行", "Bankhall Demo Bank"))
    region = Node("R01", "region", "H00", Bilingual("江州分行", "Jiangzhou Region"))
    return (head, region, *(_branch(outline, site) for site in all_sites))


def _branch(outline: Outline, site: Site) -> Node:
    rng = stream(outline.seed, "place", site.number)
    away, angle = 0.02 + 0.10 * math.sqrt(float(rng.random())), 2 * math.pi * float(rng.random())
    who = site.character
    return Node(
        site.code, "branch", "R01", Bilingual(who.name_zh, who.name_en), "Asia/Shanghai",
        round(113.6 + away * math.cos(angle), 5), round(29.7 + 0.8 * away * math.sin(angle), 5), site.opened_on,
    )  # fmt: skip


def travel(branches: tuple[Node, ...]) -> tuple[Travel, ...]:
    """Minutes by road between near branches, both ways the same."""
    found: list[Travel] = []
    for here in branches:
        near = sorted((minutes_between(here, there), there.node_code) for there in branches if there is not here)
        found += [Travel(here.node_code, code, minutes) for minutes, code in near[:NEIGHBOURS]]
    return tuple(sorted(found, key=lambda t: (t.from_branch, t.to_branch)))


def minutes_between(here: Node, there: Node) -> int:
    """By road, with eight minutes to get away."""
    east = ((here.longitude or 0) - (there.longitude or 0)) * 96.5
    north = ((here.latitude or 0) - (there.latitude or 0)) * 111.0
    return 8 + round(2.4 * math.hypot(east, north))


def windows(all_sites: tuple[Site, ...]) -> tuple[Window, ...]:
    """Numbered windows of a branch: cash, open desk, adviser; the last of a kind closes first."""
    return tuple(window for site in all_sites for window in _windows(site))


def _windows(site: Site) -> list[Window]:
    found: list[Window] = []
    kinds: tuple[WindowKind, ...] = ("cash", "open_desk", "adviser")
    for kind in kinds:
        many = site.character.windows[kind]
        for place in range(many):
            first = None if place == 0 else many - place
            found.append(Window(site.code, f"{len(found) + 1:02d}", kind, WINDOW_SERVICES[kind], first))
    return found


def opening_hours(all_sites: tuple[Site, ...]) -> tuple[OpeningSpan, ...]:
    """Personal and corporate hours apart; closed on holidays; make-up workdays are like Monday."""
    return tuple(row for site in all_sites for row in (*_personal(site), *_corporate(site)))


def _personal(site: Site) -> list[OpeningSpan]:
    who = site.character
    workday = _split(who.hours, who.lunch)
    rows = [_weekday(site, "personal", day, span) for day in range(1, 6) for span in workday]
    rows += [_weekday(site, "personal", 6, span) for span in _split(who.saturday, None)]
    rows += [_weekday(site, "personal", 7, span) for span in _split(who.sunday, None)]
    return [*rows, *_special(site, "personal", workday)]


def _corporate(site: Site) -> list[OpeningSpan]:
    who = site.character
    spans = _split((who.hours[0], who.hours[1]), who.lunch or CORPORATE_LUNCH)
    rows = [_weekday(site, "corporate", day, span) for day in range(1, 6) for span in spans]
    return [*rows, *_special(site, "corporate", spans)]


def _special(site: Site, segment: Segment, workday: tuple[tuple[int, int], ...]) -> list[OpeningSpan]:
    closed: DayKind = "holiday"
    makeup: DayKind = "makeup_workday"
    rows = [OpeningSpan(site.code, segment, day_kind=closed)]
    return [*rows, *(OpeningSpan(site.code, segment, day_kind=makeup, opens=a, closes=b) for a, b in workday)]


def _weekday(site: Site, segment: Segment, weekday: int, span: tuple[int, int]) -> OpeningSpan:
    return OpeningSpan(site.code, segment, weekday=weekday, opens=span[0], closes=span[1])


def _split(span: tuple[int, int] | None, lunch: tuple[int, int] | None) -> tuple[tuple[int, int], ...]:
    if span is None:
        return ()
    return ((span[0], lunch[0]), (lunch[1], span[1])) if lunch else (span,)


def opened(site: Site, day: date) -> bool:
    """Whether the branch exists on a date."""
    return site.opened_on <= day
