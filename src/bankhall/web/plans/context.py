"""The branch plan's page: what the door gave, in the reader's language, as the template reads it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bankhall.apps.rosters.queries.pages import DayPlan, DayTab, PlanPage, Trust
from bankhall.apps.rosters.states import RosterState
from bankhall.web.plans.findings import Thing, assumed_words, things_of
from bankhall.web.plans.panels import board_of, names_of, range_of
from bankhall.web.plans.people_rows import Cell
from bankhall.web.plans.steps import acts_of, audit_words, next_words, steps_of
from bankhall.web.plans.what_if_panel import panel_of
from bankhall.web.ui.charts.board import board_chart, board_tables
from bankhall.web.ui.charts.glyphs import range_glyph
from bankhall.web.ui.charts.ruler import LEFT, LEFT_LATIN, desk_ruler, phone_ruler
from bankhall.web.ui.running import run_beside
from bankhall.wording import figures
from bankhall.wording.say import say, word
from bankhall.wording.sentences import say_conflict

BESIDE = (("before", -1), ("after", 1))


@dataclass(frozen=True, slots=True)
class Tab:
    """One day of the strip."""

    url: str
    current: bool
    weekday: str
    date: str
    visits: str
    glyph: str
    shape: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with what stands beside it."""

    name: str
    value: str
    beside: str = ""


def plan_context(
    page: PlanPage, language: str, *, focus: str = "", toast: str = "", refused: str = ""
) -> dict[str, Any]:
    """Everything that the template reads."""
    mine, elsewhere = things_of(page, language)
    urls = urls_of(page)
    context: dict[str, Any] = {
        "station": "plan", "plan": page, "urls": urls, "focus": focus, "toast": toast, "refused": refused,
        "title": title_of(page, language), "week_number": page.week.number, "tabs": tabs_of(page, language),
        "chip_state": "infeasible" if page.status == "infeasible" else str(page.state or "none"),
        "version_words": version_words(page),
        "things": [_linked(thing, urls) for thing in mine],
        "elsewhere": [_pointed(thing, urls) for thing in elsewhere],
        "things_title": things_title(page, len(mine), language),
        "steps": steps_of(page, language), "acts": acts_of(page, language), "next_words": next_words(page, language),
        "conflict": [say_conflict(member, language, names_of(page.names)) for member in page.conflict],
        "trust": trust_of(page.trust, assumed_words(page, language), language),
        "audit_words": audit_words(page, language),
        "what_if": panel_of(page, language), "compare": compare_of(page),
        "undo": page.may_undo and page.may_edit,
        "progress": run_beside(page.run, page.branch_code, shown_at(page, urls)) if page.run else None,
        "proving": page.proving is not None and page.proving.state in ("queued", "running"),
        "running": page.run is not None and page.run.state in ("queued", "running"),
    }  # fmt: skip
    if page.day is not None and page.ref is not None:
        context |= board_context(page, page.day, language)
    return context


def compare_of(page: PlanPage) -> dict[str, Any] | None:
    """The version before the shown one, to compare with; None where there is none."""
    before = [number for number, _state in page.versions if page.ref and number < page.ref.version]
    if not before or page.ref is None:
        return None
    url = reverse("plan-compare", args=[page.branch_code, str(page.week)])
    return {"number": before[-1], "url": f"{url}?from={before[-1]}&to={page.ref.version}"}


def board_context(page: PlanPage, day: DayPlan, language: str) -> dict[str, Any]:
    """The day's board for desk and phone, and its figures."""
    board = board_of(
        day, page.names, language, slot_minutes=page.slot_minutes, movable=page.may_edit, stale=page.proof_stale
    )
    left = LEFT if language.startswith("zh") else LEFT_LATIN
    wide = desk_ruler(board.start, board.end, page.slot_minutes, left=left)
    narrow = phone_ruler(board.start, board.end, page.slot_minutes)
    return {
        "board_wide": board_chart(board, wide, language),
        "board_narrow": board_chart(board, narrow, language),
        "per_minute_wide": f"{wide.per_minute:.4f}",
        "per_minute_narrow": f"{narrow.per_minute:.4f}",
        "tables": board_tables(board, language),
    }


def urls_of(page: PlanPage) -> dict[str, str]:
    """Where the page's buttons lead."""
    at = [page.branch_code, str(page.week)]
    names = {
        "week": "branch-plan", "edit": "plan-edit", "solve": "plan-solve", "accept": "plan-accept", "cell": "plan-cell",
        "proof": "plan-proof", "print": "plan-print", "csv": "plan-csv", "xlsx": "plan-xlsx",
    }  # fmt: skip
    found = {name: reverse(address, args=at) for name, address in names.items()}
    beside = {
        name: reverse("branch-plan", args=[page.branch_code, str(page.week.plus(weeks))]) for name, weeks in BESIDE
    }
    return found | beside | {"network": f"{reverse('network')}?week={page.week}"}


def title_of(page: PlanPage, language: str) -> str:
    """`12 月 1 日 周二，养老金日`; the week when nothing is planned."""
    if page.day is None:
        monday, sunday = page.week.first_day(), page.week.days()[-1]
        return f"{figures.month_day(monday, language)}{figures.DASH}{figures.month_day(sunday, language)}"
    parts = [
        figures.day_title(page.day.day.date, language),
        *day_words(page.day.day.markers, page.day.day.kind, language),
    ]
    return ("，" if figures.side(language) == "zh" else ", ").join(parts[:2])


def day_words(markers: tuple[str, ...], kind: str, language: str) -> list[str]:
    """What makes a day special: its markers, then a holiday or a make-up workday."""
    words = [word(marker, language) for marker in markers]
    return words + ([word(kind, language)] if kind in ("holiday", "makeup_workday") else [])


def version_words(page: PlanPage) -> str:
    """`，第 3 版`."""
    return _(", version %(number)s") % {"number": page.ref.version} if page.ref else ""


def things_title(page: PlanPage, count: int, language: str) -> str:
    """What the side column is headed: nothing is left to be done before what has happened."""
    if not count:
        return _("Ready on this day")
    over = page.state in (RosterState.PUBLISHED, RosterState.SUPERSEDED)
    return say("count.things_amiss" if over else "count.things_before_publishing", language, n=count)


def shown_at(page: PlanPage, urls: dict[str, str]) -> str:
    """The page as it stands: on its day."""
    return f"{urls['week']}?day={page.day.day.date.isoformat()}" if page.day else urls["week"]


def tabs_of(page: PlanPage, language: str) -> list[Tab]:
    """Seven days on one scale of visits."""
    most = max([tab.expected.high or tab.expected.middle for tab in page.days if tab.expected] + [1.0])
    base = reverse("branch-plan", args=[page.branch_code, str(page.week)])
    here = page.day.day.date if page.day else None
    tabs = [_tab(tab, f"{base}?day={tab.day.date.isoformat()}", most, language, here) for tab in page.days]
    if page.ref is not None:
        return tabs
    none = say("state.roster.none", language)
    return [
        replace(tab, shape="few", words=none if day.open else tab.words)
        for tab, day in zip(tabs, page.days, strict=True)
    ]


def _tab(tab: DayTab, url: str, most: float, language: str, here: date | None) -> Tab:
    shape, words = _tab_state(tab, language)
    value = range_of(tab.expected) if tab.open else None
    visits = say("count.visits", language, n=figures.whole(value.mid)) if value else figures.NOTHING
    glyph = range_glyph(value, low=0, high=most * 1.05, width=150, height=10, quiet=True) if value else ""
    note = day_words(tab.day.markers, tab.day.kind, language)
    return Tab(
        url, tab.day.date == here, figures.weekday(tab.day.date, language), figures.short_date(tab.day.date, language),
        visits, glyph, shape, words, note[0] if note else "",
    )  # fmt: skip


def _tab_state(tab: DayTab, language: str) -> tuple[str, str]:
    """What the day still needs: a state belongs to the week, so a day says what is open on it."""
    if not tab.open:
        return "few", _("closed")
    if tab.breaches:
        return "act", say("count.breaches", language, n=tab.breaches)
    if tab.unmet_half_hours:
        return "watch", say("count.gaps", language, n=tab.unmet_half_hours)
    return "done", _("in order")


def _linked(thing: Thing, urls: dict[str, str]) -> dict[str, str]:
    why = ""
    whose = thing.staff_no or (f"@{thing.post_code}" if thing.post_code else "")
    if whose and thing.day and thing.minute is not None:
        why = f"{urls['cell']}?{urlencode({'key': Cell(whose, thing.day, thing.minute)})}"
    return {"shape": thing.shape, "title": thing.title, "detail": thing.detail, "tag": thing.tag, "why_url": why}


def _pointed(thing: Thing, urls: dict[str, str]) -> dict[str, str]:
    url = f"{urls['week']}?day={thing.day.isoformat()}" if thing.day else ""
    return {"shape": thing.shape, "title": thing.title, "detail": thing.detail, "url": url}


def trust_of(trust: Trust, assumed: str, language: str) -> list[Fact]:
    """How good this was so far; what is not known is left out."""
    found = []
    if trust.forecast_error is not None:
        beside = _("baseline %(error)s") % {"error": figures.percent_one(trust.baseline_error)}
        found.append(Fact(_("Forecast error"), figures.percent_one(trust.forecast_error), beside))
    if trust.coverage_80 is not None:
        beside = say("count.last_days", language, n=trust.days)
        found.append(Fact(_("Inside the band"), figures.percent(trust.coverage_80), beside))
    if trust.wait_coverage_80 is not None:
        held = figures.percent(trust.wait_coverage_80)
        found.append(Fact(_("P90 wait inside its range"), held, _("last 4 weeks, should be 80%")))
    if trust.cost_fen is not None:
        beside = _("of it avoidable %(cost)s") % {"cost": figures.yuan(trust.avoidable_fen or 0)}
        found.append(Fact(_("Cost of the week"), figures.yuan(trust.cost_fen), beside))
    if trust.moves is not None:
        found.append(Fact(_("Solver"), say("count.moves_tried", language, n=figures.whole(trust.moves))))
    if assumed:
        found.append(Fact(_("Calendar"), assumed))
    return found
