"""The roster on paper and as files: the wall sheet, one slip for each person, CSV and XLSX."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.queries.pages import PrintSheet
from bankhall.data.contracts import TABLES
from bankhall.documents.roster_sheets import PersonWeek, grid_sheet
from bankhall.documents.sheets import Sheet, csv_bytes, xlsx_bytes
from bankhall.kernel.week import Week
from bankhall.web.plans.pages_of_paper import closed_days, sheets_of, slips_of
from bankhall.web.plans.paper import people_of
from bankhall.web.ui.downloads import CSV, XLSX, download
from bankhall.web.ui.lang import language
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.figures import full_date, moment, short_date, weekday
from bankhall.wording.say import say


def sheet_of(request: HttpRequest, branch: str, week: str) -> PrintSheet:
    """The published version, or the one that is asked for, or the newest."""
    who = visitor_who_may(request, "see_plan", branch)
    asked = request.GET.get("version", "")
    return rosters.print_sheet(who.scope, branch, Week.parse(week), version=int(asked) if asked.isdecimal() else None)


def paper_context(sheet: PrintSheet) -> dict[str, Any]:
    """What every sheet of paper says of itself."""
    printed = timezone.localtime(settings.CLOCK.now())
    days = sheet.ref.week.days()
    return {
        "station": "plan", "sheet": sheet, "state": str(sheet.state), "printed": moment(printed, language()),
        "week_words": f"{full_date(days[0], language())} – {full_date(days[-1], language())}",
        "synthetic": sheet.synthetic, "head": [(weekday(d, language()), short_date(d, language())) for d in days],
    }  # fmt: skip


@require_GET
def wall(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """A3 for the wall, or A4: people down, days across, a signature line on every sheet."""
    sheet = sheet_of(request, branch, week)
    size = "a4" if request.GET.get("size") == "a4" else "a3"
    people = people_of(sheet, language())
    context = paper_context(sheet) | {"pages": sheets_of(people, size), "closed": closed_days(people), "size": size}
    return render(request, "plans/templates/wall.html", context)


@require_GET
def slips(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """One slip for each person."""
    sheet = sheet_of(request, branch, week)
    return render(
        request, "plans/templates/slips.html", paper_context(sheet) | {"pages": slips_of(people_of(sheet, language()))}
    )


@require_GET
def csv(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """The exchange table `rosters`: it imports again unchanged."""
    sheet = sheet_of(request, branch, week)
    return download(csv_bytes(exchange_of(sheet)), f"roster-{sheet.ref.code.replace('/', '-')}.csv", CSV)


@require_GET
def xlsx(request: HttpRequest, branch: str, week: str) -> HttpResponse:
    """A grid to read, and the exchange table behind it."""
    sheet = sheet_of(request, branch, week)
    body = xlsx_bytes([grid_of(sheet, people_of(sheet, language())), exchange_of(sheet)])
    return download(body, f"roster-{sheet.ref.code.replace('/', '-')}.xlsx", XLSX)


def exchange_of(sheet: PrintSheet) -> Sheet:
    """The rows as the door gives them."""
    head = TABLES["rosters"].names
    return Sheet("rosters", head, tuple(tuple(row.get(name) for name in head) for row in sheet.rows))  # type: ignore[misc]


def grid_of(sheet: PrintSheet, people: tuple[PersonWeek, ...]) -> Sheet:
    """People down, days across, with version and mark above."""
    days = tuple(f"{weekday(d, language())} {short_date(d, language())}" for d in sheet.ref.week.days())
    head = (_("Person"), _("Post"), *days, _("Hours"))
    state = say(f"state.roster.{sheet.state}", language())
    above = [f"{sheet.branch_name.read(language())} {sheet.ref.week}, {_('version')} {sheet.ref.version}, {state}"]
    if sheet.synthetic:
        above.append(_("Synthetic data"))
    return grid_sheet(str(sheet.ref.week), head, people, tuple(above))
