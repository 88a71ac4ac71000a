"""What the base template needs on every page: the reader, the loop, the language, the marks."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from bankhall.apps.access.queries import Action, Visitor
from bankhall.apps.network import queries as network
from bankhall.apps.notices import queries as notices
from bankhall.kernel.scope import Scope
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_or_none
from bankhall.wording.say import say

SHEETS = tuple(f"bankhall/{name}.css" for name in ("tokens", "base", "parts", "charts", "pages", "print"))
MARKS = Scope.system("marks of the house")
STATIONS: tuple[tuple[str, object, str, Action | None, str], ...] = (
    ("records", _("Records"), "imports", "see_records", "r"),
    ("forecast", _("Forecast"), "forecast", "see_forecast", "f"),
    ("plan", _("Plan"), "network", "see_network", "p"),
    ("run", _("Run"), "days", "see_plan", "d"),
    ("measure", _("Measure"), "attendances", "see_metrics", "a"),
    ("find", _("Find"), "findings", "see_findings", "i"),
    ("act", _("Act"), "", None, ""),
    ("effect", _("Effect"), "", None, ""),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """One station of the loop. Without an address it is plain text: the page is not there, or not for this reader."""

    name: str
    words: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Reader:
    """The person in the house bar."""

    name: str
    initials: str
    role: str


def house(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    who = visitor_or_none(request)
    return {
        "sheets": SHEETS,
        "stations": [_stop(station, who) for station in STATIONS],
        "person": _reader(who) if who else None,
        "sees_runs": bool(who and who.may("see_runs")),
        "manages_people": bool(who and who.may("manage_users")),
        "sees_audit": bool(who and who.may("see_audit")),
        "sees_today": bool(who and who.may("see_plan")),
        "sees_requests": bool(who and who.may("see_requests")),
        "has_roster": bool(who and who.person.staff_no and who.may("see_own_roster")),
        "unread": SimpleLazyObject(partial(_unread, request, who)) if who else 0,
        "synthetic": bool(who) and network.details(MARKS).synthetic,
        "large_type": request.COOKIES.get("bankhall_type") == "large",
    }


def _stop(station: tuple[str, object, str, Action | None, str], who: Visitor | None) -> Stop:
    name, words, address, action, key = station
    reachable = bool(address and action and who and who.may(action))
    return Stop(name, str(words), reverse(address) if reachable else "", key)


def _unread(request: HttpRequest, who: Visitor) -> int:
    """How many notices wait; asked once a request, and only by a page that shows the house bar."""
    if not hasattr(request, "unsee_own_notices"):
        request.unsee_own_notices = notices.unread_count(who.scope)  # type: ignore[attr-defined]
    return int(request.unsee_own_notices)  # type: ignore[attr-defined]


def _reader(who: Visitor) -> Reader:
    name = who.person.name.read(language()) or who.person.username
    roles = "、" if language().startswith("zh") else ", "
    return Reader(name, initials(name), roles.join(say(f"role.{role}", language()) for role in sorted(who.roles)[:2]))


def initials(name: str) -> str:
    """The family name's character, or the first letters of two words."""
    if name and ord(name[0]) > 0x2E80:
        return name[0]
    return "".join(part[0] for part in name.split()[:2]).upper()
