"""What the Forecast page shows, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.http import urlencode

from bankhall.apps.rosters.queries.pages import EffectLine, ErrorLine, ForecastPage, Range
from bankhall.web.ui.charts import shapes
from bankhall.web.ui.charts.forecast import (
    DayPoint,
    forecast_day_chart,
    forecast_day_table,
    forecast_days_chart,
    forecast_days_table,
)
from bankhall.web.ui.charts.ruler import desk_ruler, phone_ruler
from bankhall.wording import figures
from bankhall.wording.say import known, say, word


@dataclass(frozen=True, slots=True)
class ErrorShown:
    """One method's error; ours stands first."""

    name: str
    wape: str
    mase: str
    bias: str
    inside_80: str
    inside_90: str
    ours: bool
    worse: bool


@dataclass(frozen=True, slots=True)
class EffectShown:
    """A calendar effect as a sentence with its interval."""

    words: str
    interval: str


def forecast_context(page: ForecastPage, language: str) -> dict[str, Any]:
    """Everything that the template reads."""
    points = tuple(
        DayPoint(d.day.date, d.expected.middle, _low(d.expected), _high(d.expected), d.came)
        for d in page.days
        if d.expected is not None
    )
    effects = sorted(page.effects, key=lambda line: -abs(line.factor - 1))
    context: dict[str, Any] = {
        "station": "forecast", "page": page, "errors": errors_of(page.errors, language),
        "effects": [_effect(line, language) for line in effects if not _is_same(line)],
        "same_effects": [_effect(line, language) for line in effects if _is_same(line)],
        "notes": [say(f"note.{code}", language, **dict(facts)) for code, facts in page.notes],
        "services": [(code, name.read(language)) for code, name in page.services.items()],
        "issued": issued_words(page, language), "days": _day_links(page, language),
        "day_words": figures.day_title(page.day, language) if page.day else "",
    }  # fmt: skip
    if points:
        context |= {
            "days_wide": forecast_days_chart(points, language, width=1000),
            "days_narrow": forecast_days_chart(points, language, width=326),
            "days_tables": [forecast_days_table(points, language)],
        }
    return context | _day_charts(page, language)


def _low(value: Range) -> float:
    return value.middle if value.low is None else value.low


def _high(value: Range) -> float:
    return value.middle if value.high is None else value.high


def _day_charts(page: ForecastPage, language: str) -> dict[str, Any]:
    if not page.slots:
        return {}
    slots = tuple(
        shapes.LoadSlot(s.start, s.expected.middle, _low(s.expected), _high(s.expected), None, s.came)
        for s in page.slots
    )
    step = min((b.start - a.start for a, b in pairwise(slots)), default=30)
    day = next((d for d in page.days if d.day.date == page.day), None)
    total = day.expected if day and day.expected else Range(sum(s.mean for s in slots))
    load = shapes.Load(slots, shapes.Range(total.middle, total.low, total.high))
    ends = (slots[0].start - step, slots[-1].start + 2 * step)
    return {
        "day_wide": forecast_day_chart(load, desk_ruler(*ends, step), language),
        "day_narrow": forecast_day_chart(load, phone_ruler(*ends, step), language),
        "day_tables": [forecast_day_table(load, language)],
    }


def _day_links(page: ForecastPage, language: str) -> list[dict[str, Any]]:
    """The days around the shown one."""
    dates = [d.day.date for d in page.days if d.expected is not None]
    here = dates.index(page.day) if page.day in dates else len(dates) - 1
    near = dates[max(0, here - 3) : here + 4]
    return [
        {"url": _url(page, day), "words": figures.day_title(day, language), "current": day == page.day} for day in near
    ]


def _url(page: ForecastPage, day: date) -> str:
    return "?" + urlencode({"service": page.service_code, "day": day.isoformat()})


def issued_words(page: ForecastPage, language: str) -> str:
    """When the shown day's forecast was issued."""
    day = next((d for d in page.days if d.day.date == page.day and d.issued_at), None)
    return figures.moment(day.issued_at, language) if day and day.issued_at else ""


def errors_of(errors: tuple[ErrorLine, ...], language: str) -> list[ErrorShown]:
    """Ours first, then the baselines; ours is marked when a baseline beats it."""
    best = min((e.wape for e in errors if e.method != "ours" and e.wape is not None), default=None)
    return [
        ErrorShown(
            word(f"method.{e.method}", language), figures.percent_one(e.wape), _two(e.mase),
            figures.signed_percent(e.bias),
            figures.percent(e.coverage_80), figures.percent(e.coverage_90), e.method == "ours",
            e.method == "ours" and best is not None and e.wape is not None and e.wape > best,
        )
        for e in sorted(errors, key=lambda e: e.method != "ours")
    ]  # fmt: skip


def _two(value: float | None) -> str:
    return figures.NOTHING if value is None else f"{value:.2f}"


def _is_same(line: EffectLine) -> bool:
    return line.low <= 1 <= line.high


def _effect(line: EffectLine, language: str) -> EffectShown:
    """A factor as more or fewer; one whose interval holds 1 is about the same."""
    code = "same" if _is_same(line) else "more" if line.factor > 1 else "less"
    marker = say(f"effect.{line.marker}", language) if known(f"effect.{line.marker}") else line.marker
    change = figures.percent(abs(line.factor - 1))
    interval = say(
        "count.nine_in_ten", language,
        low=figures.signed_percent(line.low - 1), high=figures.signed_percent(line.high - 1), n=line.days,
    )  # fmt: skip
    return EffectShown(say(f"effect.{code}", language, marker=marker, change=change), interval)
