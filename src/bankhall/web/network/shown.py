"""What the Network page shows: figures above, the list below, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bankhall.apps.rosters.queries.pages import BranchLine, NetworkPage, NetworkTotals, Range
from bankhall.kernel.week import Week
from bankhall.web.ui.charts import shapes
from bankhall.web.ui.charts.glyphs import error_dots, range_glyph, week_bars
from bankhall.wording import figures
from bankhall.wording.say import say

FILTER_STATES = ("none", "draft", "proposed", "confirmed", "approved", "published", "infeasible")
MINUTES = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI: name, figure, what stands beside it, a glyph, one line of context."""

    name: str
    value: str
    beside: str = ""
    glyph: str = ""
    note: str = ""
    css: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One branch of the list."""

    url: str
    code: str
    name: str
    visits: str
    visits_range: str
    bars: str
    gap_shape: str
    gap: str
    error: str
    dots: str
    beside: str
    kept: str
    state: str
    running: int | None
    law: int


def network_context(page: NetworkPage, language: str, today: date) -> dict[str, Any]:
    """Everything that the template reads."""
    low, high = error_scale(page.lines)
    week = page.week
    return {
        "station": "plan", "page": page, "week_words": week_words(week, language), "week_number": week.number,
        "figures": figures_of(page.totals, language),
        "lines": [_line(line, week, language, low, high) for line in page.lines],
        "scale": f"{figures.percent(low)}–{figures.percent(high)}",
        "states": [(state, say(f"state.roster.{state}", language)) for state in FILTER_STATES],
        "regions": [(code, name.read(language)) for code, name in page.regions.items()],
        "unplanned": [line.branch_code for line in page.lines if line.state is None and line.run is None],
        "before": str(week.plus(-1)), "after": str(week.plus(1)), "week": str(week),
        "this_week": week == Week.of(today), "days_words": _days_words(language),
    }  # fmt: skip


def _days_words(language: str) -> str:
    names = figures.WEEKDAYS[figures.side(language)]
    return f"{names[0]} … {names[6]}"


def week_words(week: Week, language: str) -> str:
    """`11 月 30 日–12 月 6 日`, `30 Nov–6 Dec`."""
    days = week.days()
    return f"{figures.month_day(days[0], language)}{figures.DASH}{figures.month_day(days[-1], language)}"


def shape_of(value: Range | None) -> shapes.Range | None:
    """A page's range as the charts know it."""
    return shapes.Range(value.middle, value.low, value.high) if value else None


def error_scale(lines: tuple[BranchLine, ...]) -> tuple[float, float]:
    """One scale for the whole list, in steps of five per cent."""
    errors = [e for line in lines for e in (line.forecast_error, line.baseline_error) if e is not None]
    if not errors:
        return 0.0, 0.5
    return int(min(errors) * 20) / 20, -(-int(max(errors) * 1000) // 50) * 0.05


def figures_of(totals: NetworkTotals, language: str) -> list[Figure]:
    """The four figures above the list."""
    return [_visits(totals, language), _gap(totals, language), _error(totals, language), _plans(totals, language)]


def _visits(totals: NetworkTotals, language: str) -> Figure:
    value = shape_of(totals.visits)
    if value is None:
        return Figure(_("Expected visits"), figures.NOTHING, note=_("no forecast yet"))
    glyph = range_glyph(value, low=value.mid * 0.85, high=value.mid * 1.15, language=language)
    note = _("8 weeks in 10 fall in the band")
    return Figure(_("Expected visits"), figures.whole(value.mid), figures.between(value.low, value.high), glyph, note)


def _gap(totals: NetworkTotals, language: str) -> Figure:
    del language
    hours = totals.unmet_half_hours * MINUTES / 60
    beside = _("person-hours; branches short: %(n)s") % {"n": totals.branches_short}
    note = _("half hours in which a post lacks people")
    return Figure(_("Staffing gap"), figures.one(hours), beside, "", note, "u-act" if hours else "")


def _error(totals: NetworkTotals, language: str) -> Figure:
    if totals.forecast_error is None:
        return Figure(_("Forecast error, WAPE"), figures.NOTHING, note=_("history too short"))
    beside = _("baseline %(error)s") % {"error": figures.percent_one(totals.baseline_error)}
    note = _("day totals; inside the band %(share)s") % {"share": figures.percent(totals.coverage_80)}
    top = max(totals.forecast_error, totals.baseline_error or 0) * 1.3
    glyph = range_glyph(
        shapes.Range(totals.forecast_error),
        low=0,
        high=top,
        target=totals.baseline_error,
        language=language,
        quiet=True,
    )
    return Figure(_("Forecast error, WAPE"), figures.percent_one(totals.forecast_error), beside, glyph, note)


def _plans(totals: NetworkTotals, language: str) -> Figure:
    done = totals.states.get("published", 0)
    rest = [
        f"{count} {say(f'state.roster.{state}', language)}"
        for state, count in totals.states.items()
        if count and state not in ("published", "infeasible")
    ]
    stuck = totals.states.get("infeasible", 0)
    note = f"{stuck} {say('state.roster.infeasible', language)}" if stuck else ""
    words = figures.listed([say("state.roster.published", language), *rest], language)
    return Figure(_("Plans"), str(done), words, note=note, shape="act" if note else "")


def _line(line: BranchLine, week: Week, language: str, low: float, high: float) -> Line:
    visits = shape_of(line.visits)
    shape, gap = _gap_words(line)
    return Line(
        reverse("branch-plan", args=[line.branch_code, str(week)]),
        line.branch_code,
        line.name.read(language),
        figures.whole(visits.mid) if visits else figures.NOTHING,
        figures.between(visits.low, visits.high) if visits else "",
        week_bars([shape_of(day.expected) for day in line.days], language) if line.days else "",
        shape,
        gap,
        figures.percent_one(line.forecast_error),
        _dots(line, language, low, high),
        figures.signed_percent(_relative(line)),
        figures.percent(line.promise_kept),
        "infeasible" if line.status == "infeasible" else str(line.state or "none"),
        line.run.per_cent if line.run and line.run.state in ("queued", "running") else None,
        line.law_breaches or 0,
    )


def _dots(line: BranchLine, language: str, low: float, high: float) -> str:
    if line.forecast_error is None or line.baseline_error is None:
        return ""
    return error_dots(line.forecast_error, line.baseline_error, low=low, high=high, language=language)


def _relative(line: BranchLine) -> float | None:
    if line.forecast_error is None or not line.baseline_error:
        return None
    return line.forecast_error / line.baseline_error - 1


def _gap_words(line: BranchLine) -> tuple[str, str]:
    """Hours short: ◆ from four hours on, ▲ below, nothing when in order."""
    if line.unmet_half_hours is None:
        return "none", figures.NOTHING
    hours = line.unmet_half_hours * MINUTES / 60
    return ("act" if hours >= 4 else "watch" if hours else ""), figures.one(hours)
