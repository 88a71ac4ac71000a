"""Requests and the leave calendar as the templates show them."""

from datetime import date, timedelta
from typing import Any

from bankhall.analytics.rostering.spare import PostDay
from bankhall.apps.access.queries import Visitor
from bankhall.apps.people import queries as people
from bankhall.apps.people.queries import AbsenceLine
from bankhall.apps.people.states import AskedState
from bankhall.apps.rosters.actions.calendar import BearingDay, LeaveCalendar, bearing_days
from bankhall.apps.rosters.queries.offers import OfferLine, branch_offers
from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.apps.rosters.queries.requests import names_at
from bankhall.apps.rosters.states import OPEN_OFFERS
from bankhall.kernel.breach import Breach
from bankhall.kernel.plain import from_plain
from bankhall.wording.figures import day_title, listed, month_day, short_date, span, weekday
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names, say_breach

MOST_DAYS = 7


def requests_context(who: Visitor, branch: str, language: str) -> dict[str, Any]:
    """What waits first, then what was answered."""
    names = names_at(who.scope, branch)
    lines = people.absences_asked(who.scope, branch)
    waiting = [line for line in lines if line.state == AskedState.ASKED]
    offers = branch_offers(who.scope, branch)
    dates = [line.first + timedelta(days=n) for line in waiting for n in range(min(MOST_DAYS, _length(line)))]
    bears = bearing_days(who.scope, branch, dates)
    usual = {one.staff_no: one.posts[0] for one in people.staff(who.scope, branch) if one.posts} if waiting else {}
    return {
        "station": "plan", "branch": branch, "may_answer": who.may("answer_requests", branch),
        "may_see_speeds": who.may("see_speeds", branch),
        "waiting": [_request(line, names, language, bears, usual.get(line.staff_no, "")) for line in waiting],
        "offers": [offer_shown(o, names, language) for o in offers if o.state in OPEN_OFFERS],
        "answered": [_request(x, names, language, {}) for x in lines if x.state != AskedState.ASKED][::-1][:50],
        "ended": [offer_shown(o, names, language) for o in offers if o.state not in OPEN_OFFERS][:50],
    }  # fmt: skip


def when_words(line: AbsenceLine, language: str) -> str:
    """`Tue 1 Dec`, `1 Dec–5 Dec`, `Tue 1 Dec 09:00–13:00`."""
    if line.start is not None and line.end is not None:
        return f"{day_title(line.first, language)} {span(line.start, line.end)}"
    if line.first == line.last:
        return day_title(line.first, language)
    return f"{month_day(line.first, language)}–{month_day(line.last, language)}"


def offer_shown(line: OfferLine, names: PlanNames, language: str) -> dict[str, Any]:
    """One offer in words."""
    taker = line.taken_by or line.to_staff_no
    return {
        "id": line.offer_id, "day": day_title(line.day, language), "who": _name(names, line.staff_no, language),
        "to": _name(names, taker, language) if taker else "", "state": str(line.state),
        "back": day_title(line.return_day, language) if line.return_day else "", "reason": line.answer_reason,
        "version": line.made_version, "version_state": line.version_state,
        "week": str(line.week), "taken": line.state == "taken",
    }  # fmt: skip


def _name(names: PlanNames, staff_no: str, language: str) -> str:
    return Names(staff=names.staff).person(staff_no, language)


def _length(line: AbsenceLine) -> int:
    return (line.last - line.first).days + 1


def _request(
    line: AbsenceLine, names: PlanNames, language: str, bears: dict[date, BearingDay], post: str = ""
) -> dict[str, Any]:  # fmt: skip
    spoken = Names(staff=names.staff, posts=names.posts)
    found = [from_plain(Breach, row) for row in line.findings]
    days = [bears[d] for n in range(_length(line)) if (d := line.first + timedelta(days=n)) in bears]
    return {
        "id": line.request_id, "who": _name(names, line.staff_no, language), "what": word(line.kind, language),
        "when": when_words(line, language), "reason": line.reason, "state": str(line.state),
        "by": line.answered_name, "said": line.answer_reason,
        "findings": [say_breach(breach, language, spoken) for breach in found],
        "days": [_bears(day, post, names, language) for day in days if day.open],
    }  # fmt: skip


def _bears(day: BearingDay, post: str, names: PlanNames, language: str) -> dict[str, Any]:
    """What a day can still bear at the post of who asks; post by post where that is not known."""
    posts = [
        f"{names.posts[p.post_code].read(language)} {p.spare}"
        for p in day.posts
        if p.people and p.post_code in names.posts and post in ("", p.post_code)
    ]
    away = [_name(names, code, language) for code in day.granted]
    return {
        "day": day_title(day.day, language), "posts": listed(posts, language), "assumed": day.assumed,
        "known": day.known, "away": listed(away, language), "asked": len(day.asked),
    }  # fmt: skip


def calendar_context(page: LeaveCalendar, post: str, language: str, today: date) -> dict[str, Any]:
    """Weeks as rows; the figure is how many more of the post can be away."""
    held = sorted({p.post_code for week in page.weeks for day in week for p in day.posts if p.people})
    chosen = post if post in held else (held[0] if held else "")
    return {
        "station": "plan", "branch": page.branch_code, "post": chosen,
        "posts": [(code, page.names.posts[code].read(language)) for code in held if code in page.names.posts],
        "head": [weekday(day.day, language) for day in page.weeks[0]],
        "weeks": [[_cell(day, chosen, page.names, language, today) for day in week] for week in page.weeks],
        "before": (page.first - timedelta(weeks=4)).isoformat(), "after": (page.first + timedelta(weeks=4)).isoformat(),
        "span": f"{month_day(page.first, language)}–{month_day(page.weeks[-1][-1].day, language)}",
    }  # fmt: skip


def _cell(day: BearingDay, post: str, names: PlanNames, language: str, today: date) -> dict[str, Any]:
    mine = next((p for p in day.posts if p.post_code == post), PostDay(post, 0, 0, 0))
    css = "" if not day.open or not day.known else ("is-full" if not mine.spare else "is-free")
    away = listed([_name(names, code, language) for code in day.granted], language)
    return {
        "date": short_date(day.day, language), "open": day.open, "known": day.known, "assumed": day.assumed, "css": css,
        "spare": mine.spare, "people": mine.people, "required": mine.required, "granted": len(day.granted),
        "asked": len(day.asked), "away": away, "today": day.day == today, "closed": say("word.closed", language),
    }  # fmt: skip
