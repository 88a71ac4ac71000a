"""What the season pages show, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bankhall.apps.rosters.queries.season import GapLine, SeasonLine, SeasonList, SeasonPage, WeekAhead
from bankhall.kernel.bilingual import Bilingual
from bankhall.wording import figures
from bankhall.wording.say import say


@dataclass(frozen=True, slots=True)
class WeekShown:
    """One week as a row or a cell."""

    number: int
    dates: str
    shape: str
    short: str
    short_range: str
    needed: str
    needed_range: str
    available: str
    away: str
    where: str
    note: str
    url: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """One branch of the list."""

    code: str
    name: str
    url: str
    cells: tuple[WeekShown | None, ...]
    total: str
    running: int | None


@dataclass(frozen=True, slots=True)
class GapShown:
    """One thing that would help."""

    what: str
    saved: str
    range: str


def branch_context(page: SeasonPage, language: str) -> dict[str, Any]:
    """Everything that the branch's template reads."""
    weeks = [_week(page, week, language) for week in page.weeks]
    return {
        "station": "plan", "page": page, "weeks": weeks, "headline": _headline(page, language),
        "certificates": [_gap(_certificate(page, gap, language), gap) for gap in page.certificates],
        "posts": [_gap(_name(page.post_names, gap.code, language), gap) for gap in page.posts],
        "trust": _trust(page, language), "as_of": figures.month_day(page.as_of, language) if page.as_of else "",
    }  # fmt: skip


def list_context(page: SeasonList, language: str) -> dict[str, Any]:
    """Everything that the list's template reads."""
    return {
        "station": "plan", "page": page, "lines": [_line(page, line, language) for line in page.lines],
        "heads": [(week.number, figures.month_day(week.first_day(), language)) for week in page.weeks],
        "codes": [line.branch_code for line in page.lines if line.running is None],
        "looked": any(line.weeks for line in page.lines),
    }  # fmt: skip


def _headline(page: SeasonPage, language: str) -> str:
    bad, of = sum(week.state == "act" for week in page.weeks), len(page.weeks)
    return say("count.weeks_unstaffed", language, n=bad, of=of) if bad else say("count.weeks_staffed", language, of=of)


def _week(page: SeasonPage, week: WeekAhead, language: str) -> WeekShown:
    where = [f"{_name(page.post_names, p, language)} {figures.one(h)}" for p, h in week.short_by_post.items()]
    return _shown(week, language, figures.listed(where, language) if where else "", page.branch_code)


def _shown(week: WeekAhead, language: str, where: str, branch_code: str) -> WeekShown:
    days = week.week.days()
    note = say("count.days_assumed", language, n=week.assumed_days) if week.assumed_days else ""
    dates = f"{figures.month_day(days[0], language)}{figures.DASH}{figures.month_day(days[-1], language)}"
    return WeekShown(
        week.week.number, dates,
        week.state, figures.one(week.short), figures.between(week.short_low, week.short_high),
        figures.whole(week.needed), figures.between(week.needed_low, week.needed_high), figures.whole(week.available),
        str(week.absent_days) if week.absent_days else "", where, note,
        reverse("branch-plan", args=[branch_code, str(week.week)]),
        f"{reverse('leave-calendar', args=[branch_code])}?first={days[0].isoformat()}",
    )  # fmt: skip


def _line(page: SeasonList, line: SeasonLine, language: str) -> LineShown:
    by_week = {week.week: _shown(week, language, "", line.branch_code) for week in line.weeks}
    return LineShown(
        line.branch_code, line.name.read(language) or line.branch_code,
        reverse("season-branch", args=[line.branch_code]), tuple(by_week.get(week) for week in page.weeks),
        figures.one(sum(week.short for week in line.weeks)) if line.weeks else figures.NOTHING, line.running,
    )  # fmt: skip


def _gap(what: str, gap: GapLine) -> GapShown:
    return GapShown(what, figures.one(gap.saved), figures.between(gap.low, gap.high))


def _certificate(page: SeasonPage, gap: GapLine, language: str) -> str:
    words = {"certificate": _name(page.certificate_names, gap.code, language), "who": gap.name.read(language)}
    return _("%(certificate)s, held by %(who)s too") % words


def _name(names: Any, code: str, language: str) -> str:
    found: Bilingual | None = names.get(code)
    return (found.read(language) if found else "") or code


def _trust(page: SeasonPage, language: str) -> list[tuple[str, str]]:
    """What the figures stand on, in words."""
    if page.as_of is None:
        return []
    error = figures.percent_one(page.error) if page.error is not None else figures.NOTHING
    plain = figures.percent_one(page.error_plain) if page.error_plain is not None else figures.NOTHING
    return [
        (
            _("Error of the quick requirement"),
            say("count.error_beside_simulation", language, error=error, n=page.recent_weeks, plain=plain),
        ),
        (
            _("Of the hours worked"),
            _("%(share)s are stood at windows and posts; duties take the rest")
            % {"share": figures.percent(page.useful_share)},
        ),
        (
            _("Of the hours stood lately"),
            _("%(share)s met a need; a roster that fits worse is short sooner than shown here")
            % {"share": figures.percent(page.fit_share)},
        ),
    ]
