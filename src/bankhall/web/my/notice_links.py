"""Where a notice leads: to the page on which its reader acts or sees what became of it."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from bankhall.apps.access.queries import Visitor
from bankhall.apps.notices.queries import NoticeLine
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week

REQUESTS = ("leave_asked", "leave_withdrawn", "swap_waits")
OFFERS = ("swap_offered", "swap_taken", "swap_answered", "swap_off")
PLANS = ("roster_waits", "roster_returned")
TODAY = ("shift_answered",)
BOARD = ("loan_offered", "loan_wanted", "loan_agreed", "loan_acknowledged", "loan_off", "loan_lapsed")


def address_of(line: NoticeLine, who: Visitor) -> str:
    """A page that this reader may see: the own roster where nothing else is said, else the notices themselves."""
    branch, week = line.subject.branch_code, week_of(line)
    places = (
        (line.kind in REQUESTS and who.may("see_requests", branch), reverse("branch-requests", args=[branch or "-"])),
        (line.kind == "leave_answered", reverse("my-requests")),
        (line.kind in OFFERS and _has_roster(who), reverse("my-offers")),
        (line.kind in PLANS and who.may("see_plan", branch), reverse("branch-plan", args=[branch or "-", str(week)])),
        (line.kind in TODAY and who.may("see_plan", branch), reverse("branch-today", args=[branch or "-"])),
        (line.kind in BOARD and who.may("see_lending"), f"{reverse('lending')}?{urlencode({'week': str(week)})}"),
        (_has_roster(who), f"{reverse('my-roster')}?{urlencode({'week': str(week)})}"),
    )
    return next((address for leads, address in places if leads), reverse("my-notices"))


def _has_roster(who: Visitor) -> bool:
    return bool(who.person.staff_no) and who.may("see_own_roster")


def week_of(line: NoticeLine) -> Week:
    """The week that the notice speaks of."""
    try:
        return Week.parse(str(line.facts.get("week", "")))
    except BadInput:
        return Week.of(_day(line))


def _day(line: NoticeLine) -> date:
    try:
        return date.fromisoformat(str(line.facts.get("day", "")))
    except ValueError:
        return timezone.localdate(line.posted_at)
