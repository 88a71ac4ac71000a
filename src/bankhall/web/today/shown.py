"""A branch's today as the template shows it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bankhall.apps.rosters.queries.asks import AckLine, AskLine, CandidateLine
from bankhall.apps.rosters.queries.today import PersonToday, TodayPage
from bankhall.apps.rosters.states import AskState, LoanState
from bankhall.kernel.minutes import format_minutes
from bankhall.web.today.proposal import proposal_shown
from bankhall.web.ui.reviews import reviews_shown
from bankhall.wording.figures import day_title, moment, span
from bankhall.wording.say import say
from bankhall.wording.sentences import Names, place, place_at, say_breach

ABSENT = ("missing", "late")


def today_context(page: TodayPage, language: str, path: str) -> dict[str, Any]:
    """Everything that the template reads."""
    names = names_of(page)
    asked = {line.staff_no for line in page.candidates}
    told = {line.staff_no: _history(line, page, language) for line in page.asks}
    seen = sum(line.at is not None for line in page.acknowledgements)
    return {
        "station": "run", "page": page, "day_words": day_title(page.day, language),
        "clock": format_minutes(page.minute), "may": page.may_change,
        "plan_url": f"{reverse('branch-plan', args=[page.branch_code, str(page.week)])}?day={page.day.isoformat()}",
        "people": [_person(one, names, language, page.minute) for one in page.people],
        "anybody_missing": any(one.state in ABSENT for one in page.people),
        "proposal": proposal_shown(page, page.proposal, names, language, path) if page.proposal else None,
        "candidates": [
            _candidate(one, page.asks, names, language) | {"history": told.get(one.staff_no, "")}
            for one in page.candidates
        ],
        "asks": [
            _ask(one, names, language) | {"history": told[one.staff_no]}
            for one in page.asks if one.staff_no not in asked
        ],
        "acknowledgements": [_seen(one, names, language) for one in page.acknowledgements],
        "seen_words": say("today.seen", language, n=seen, all=len(page.acknowledgements)),
        "reviews": reviews_shown(page.reviews, language),
    }  # fmt: skip


def names_of(page: TodayPage) -> Names:
    """Names of people, posts, duties, certificates."""
    told = page.names
    return Names(
        staff=told.staff, branches=told.branches, posts=told.posts, duties=told.duties, certificates=told.certificates
    )


def _person(one: PersonToday, names: Names, language: str, minute: int) -> dict[str, Any]:
    notes = []
    if one.until is not None:
        notes.append(say("today.until", language, until=one.until))
    if one.kind:
        notes.append(say(f"today.{one.kind}", language))
    here = next((row for row in one.rows if row.start <= minute < row.end), None)
    where = place(here.kind, here.code, here.post_code, language, names) if here and one.state == "begun" else ""
    post = names.post(one.post_code, language) if one.post_code else ""
    return {
        "staff_no": one.staff_no, "name": names.person(one.staff_no, language), "state": one.state,
        "post": f"{names.branch(one.home, language)} · {post}" if one.home else post, "when": span(one.start, one.end),
        "note": " · ".join(notes), "number": one.number, "key": uuid4(), "is_late": one.state == "late",
        "where": place_at(here.at_branch_code, where, language, names) if here and where else "",
        "may_mark": one.state not in (*ABSENT, "ended"),
    }  # fmt: skip


def _candidate(one: CandidateLine, asks: Iterable[AskLine], names: Names, language: str) -> dict[str, Any]:
    ask = next((line for line in asks if line.staff_no == one.staff_no), None)
    overtime = say("today.overtime", language, minutes=one.overtime_minutes)
    last = say("today.asked_on", language, day=one.last_asked) if one.last_asked else say("today.never_asked", language)
    facts = [
        span(one.start, one.end), say(f"today.comes_{one.how}", language),
        *([say("today.way", language, minutes=one.travel_minutes)] if one.home else []),
        *([say("today.mends", language)] if one.mends else []),
        *([say("today.restores", language, n=one.restores)] if one.restores else []),
        say("today.week", language, minutes=one.week_minutes),
        overtime if one.overtime_minutes else say("today.no_overtime", language), last,
    ]  # fmt: skip
    state = str(one.asked) if one.asked else ""
    return {
        "home": names.branch(one.home, language) if one.home else "", "waits": _waits(one.loan, state, language),
        "staff_no": one.staff_no, "name": names.person(one.staff_no, language),
        "facts": " · ".join(facts), "against": say_breach(one.against, language, names) if one.against else None,
        "state": state, "number": ask.number if ask else None, "key": uuid4(),
        "may_ask": one.against is None and state in ("", "lapsed", "withdrawn", "declined"),
        "may_withdraw": state in ("asked", "accepted"),
    }  # fmt: skip


def _waits(loan: LoanState | None, state: str, language: str) -> str:
    """What stands at the home of somebody of another branch, as long as the question is open."""
    if loan is None or state not in ("asked", "accepted"):
        return ""
    return say("today.home_waits" if loan == LoanState.TAKING_AGREED else "today.home_agreed", language)


def _history(line: AskLine, page: TodayPage, language: str) -> str:
    """When it was asked and answered, and what happens next while it is open."""
    steps = [say("today.asked_at", language, at=_minute(line.at), by=line.by_name.read(language))]
    if line.answered_at:
        steps.append(say(f"today.{line.state}_at", language, at=_minute(line.answered_at)))
    there = any(one.staff_no == line.staff_no and one.start < line.end and line.start < one.end for one in page.people)
    if line.state == AskState.ASKED or (line.state == AskState.ACCEPTED and not there):
        steps.append(say(f"today.next_{line.state}", language))
    return " · ".join(steps)


def _minute(at: datetime) -> int:
    local = timezone.localtime(at)
    return local.hour * 60 + local.minute


def _ask(line: AskLine, names: Names, language: str) -> dict[str, Any]:
    return {
        "number": line.number, "name": names.person(line.staff_no, language), "when": span(line.start, line.end),
        "state": str(line.state), "may_withdraw": line.state == "asked",
        "waits": _waits(line.loan, str(line.state), language),
    }  # fmt: skip


def _seen(line: AckLine, names: Names, language: str) -> dict[str, Any]:
    at = moment(timezone.localtime(line.at), language) if line.at else ""
    return {"name": names.person(line.staff_no, language), "version": line.version, "at": at, "not_yet": _("not yet")}
