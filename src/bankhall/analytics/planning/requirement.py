"""People needed by slot and post: load by queueing, least by presence, hall posts by rule."""

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.forecasting.draws import draw_days
from bankhall.analytics.planning.halls import AUTHORISER, LOBBY, PostWindows, manned_services, posts_with_windows
from bankhall.analytics.planning.hours import DayHours, hours_on
from bankhall.analytics.planning.models import on_day, service_models
from bankhall.analytics.planning.question import PlanQuestion, Shortfall, WeekRequirement
from bankhall.analytics.staffing.problem import StaffedGroup, StaffedService, StaffingAnswer, StaffingProblem
from bankhall.analytics.staffing.require import require
from bankhall.kernel.bank.lookup import rules_on
from bankhall.kernel.bank.people import Post
from bankhall.kernel.bank.roster import DrivenBy, Requirement


def week_requirement(question: PlanQuestion) -> WeekRequirement:
    """The seven days one after another; closed days need nobody."""
    rows: list[Requirement] = []
    short: list[Shortfall] = []
    for index, day in enumerate(question.week.days()):
        hours = hours_on(question.bank, question.branch_code, day)
        if hours.spans:
            found = day_requirement(question, hours, expected_arrivals(question, index, hours))
            rows += found.rows
            short += found.shortfalls
    return WeekRequirement(tuple(rows), tuple(short))


class Arrivals(NamedTuple):
    """Who is expected of the manned services: the means [service, slot], and days drawn about them [day, …]."""

    mean: NDArray[np.float64]
    days: NDArray[np.int64]


def expected_arrivals(question: PlanQuestion, index: int, hours: DayHours) -> Arrivals:
    """A date's arrivals as the forecast has them."""
    codes = tuple(service.service_code for service in manned_services(question.bank))
    mean = on_day(question.forecast, question.forecast.mean[index], codes, hours).astype(np.float64)
    rng = stream(question.seed, question.branch_code, str(question.week), "requirement", index)
    drawn = draw_days(question.forecast, index, question.effort.requirement_days, rng)
    return Arrivals(mean, on_day(question.forecast, drawn, codes, hours).astype(np.int64))


def day_requirement(question: PlanQuestion, hours: DayHours, arrivals: Arrivals) -> WeekRequirement:
    """One date."""
    staffed = staffed_day(question, hours, arrivals)
    rows = [*_window_rows(question, hours.date, staffed), *hall_rows(question, hours)]
    return WeekRequirement(tuple(rows), tuple(_shortfalls(hours, staffed)))


def _shortfalls(hours: DayHours, staffed: StaffingAnswer) -> list[Shortfall]:
    starts = hours.starts
    return [
        Shortfall(hours.date, starts[s.first_slot], starts[s.last_slot], s.service_code, s.kept_share, s.share)
        for s in staffed.shortfalls
    ]


def staffed_day(question: PlanQuestion, hours: DayHours, arrivals: Arrivals) -> StaffingAnswer:
    """The day's windows by queueing, over the drawn days."""
    problem = _problem(question, hours, arrivals.mean)
    return require(problem, seed=question.seed, replications=len(arrivals.days), counts=arrivals.days)


def staffing_problem(question: PlanQuestion, index: int, hours: DayHours, *, scale: float = 1.0) -> StaffingProblem:
    """The question of one day of the forecast, by its mean arrivals (times `scale`)."""
    codes = tuple(service.service_code for service in manned_services(question.bank))
    mean = on_day(question.forecast, question.forecast.mean[index] * scale, codes, hours)
    return _problem(question, hours, mean.astype(np.float64))


def _problem(question: PlanQuestion, hours: DayHours, mean: NDArray[np.float64]) -> StaffingProblem:
    models = service_models(question.bank, question.branch_code, question.fits, hours.date)
    return StaffingProblem(
        start_minute=hours.starts[0],
        slot_minutes=hours.slot_minutes,
        services=tuple(StaffedService(m, tuple(map(float, row))) for m, row in zip(models, mean, strict=True)),
        groups=tuple(_group(question, group, hours) for group in posts_with_windows(question.bank)),
        closes=tuple(float(end) for _, end in hours.spans),
        leaving=question.fits.leaving,
    )


def _group(question: PlanQuestion, group: PostWindows, hours: DayHours) -> StaffedGroup:
    return StaffedGroup(
        code=group.post.post_code,
        services=group.services,
        least=_least(question, group, hours),
        duty=_duty(question, group.post, hours),
        most=_most(question, group, hours),
    )


def _most(question: PlanQuestion, group: PostWindows, hours: DayHours) -> tuple[int, ...]:
    """Windows of the group that any open segment can use."""
    segments = {s.service_code: s.segment for s in question.bank.services}
    return tuple(
        sum(any(hours.open_in(start, segments[code]) for code in w.services if code in segments) for w in group.windows)
        for start in hours.starts
    )


def _least(question: PlanQuestion, group: PostWindows, hours: DayHours) -> tuple[int, ...]:
    """Presence that falls on this group: the first counting post takes what the hall's posts leave open."""
    counting = [g for g in posts_with_windows(question.bank) if g.post.counts_for_presence]
    if not counting or counting[0].post != group.post:
        return (0,) * len(hours.starts)
    rule = rules_on(question.bank.rules, question.branch_code, hours.date).get("two_person_presence")
    wanted = int(rule.value) if rule else 0
    most = _most(question, group, hours)
    in_hall = _presence_in_hall(question, hours)
    return tuple(
        min(limit, max(0, wanted - in_hall.get(start, 0))) if hours.open_in(start) else 0
        for start, limit in zip(hours.starts, most, strict=True)
    )


def _presence_in_hall(question: PlanQuestion, hours: DayHours) -> dict[int, int]:
    counting = {p.post_code for p in question.bank.posts if p.counts_for_presence}
    people: dict[int, int] = {}
    for row in hall_rows(question, hours):
        if row.post_code in counting:
            people[row.slot_start] = people.get(row.slot_start, 0) + row.people
    return people


def _duty(question: PlanQuestion, post: Post, hours: DayHours) -> tuple[int, ...]:
    """People whom duties hold at this post's windows at a set time; others are the roster's own."""
    held = [0] * len(hours.starts)
    for duty in question.bank.duties:
        fixed = duty.earliest == duty.latest and duty.relative_to == "clock" and not duty.away_from_window
        if fixed and duty.posts[:1] == (post.post_code,) and hours.date.isoweekday() in (duty.weekdays or range(1, 8)):
            for place, start in enumerate(hours.starts):
                if duty.earliest < start + hours.slot_minutes and start < duty.earliest + duty.minutes:
                    held[place] = max(held[place], duty.people)
    return tuple(held)


def hall_rows(question: PlanQuestion, hours: DayHours) -> list[Requirement]:
    """Posts without windows that no arrival drives: the authoriser under dual control, and presence in the hall."""
    bank, branch = question.bank, question.branch_code
    windows = {code for w in bank.windows for code in w.services}
    dual = {s.segment for s in bank.services if s.dual_control and s.service_code in windows}
    hall = rules_on(bank.rules, branch, hours.date).get("hall_presence")
    posts = {post.post_code for post in bank.posts}
    rows = []
    for start in hours.starts:
        if AUTHORISER in posts and any(hours.open_in(start, segment) for segment in dual):
            rows.append(_by_rule(branch, hours.date, start, AUTHORISER, 1))
        if hall and LOBBY in posts and hours.open_in(start, "personal"):
            rows.append(_by_rule(branch, hours.date, start, LOBBY, int(hall.value)))
    return rows


def _by_rule(branch_code: str, day: date, start: int, post_code: str, people: int) -> Requirement:
    return Requirement(branch_code, day, start, post_code, people, least=people, driven_by="presence")


def _window_rows(question: PlanQuestion, day: date, staffed: StaffingAnswer) -> list[Requirement]:
    rows = []
    for slot in staffed.slots:
        driven: DrivenBy = slot.driven_by
        row = Requirement(
            question.branch_code, day, int(slot.start_minute), slot.group_code, slot.people, slot.least, driven
        )
        if row.people:
            rows.append(row)
    return rows
