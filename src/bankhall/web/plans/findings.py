"""What stands between a plan and its publishing: breaches and shortages by name, the gravest first."""

from dataclasses import dataclass
from datetime import date

from bankhall.apps.rosters.queries.pages import DayPlan, Obstacle, PlanPage, UnmetSpan
from bankhall.kernel.breach import Breach
from bankhall.web.plans.panels import names_of, short_words
from bankhall.wording.figures import day_title, full_date
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names, say_breach

SHAPES = {"law_control": "act", "agreement": "watch", "wish": ""}


@dataclass(frozen=True, slots=True)
class Thing:
    """One finding of the page. `staff_no` and `minute` name the cell that answers "why?"."""

    shape: str
    title: str
    detail: str
    tag: str = ""
    day: date | None = None
    staff_no: str = ""
    minute: int | None = None
    post_code: str = ""


def things_of(page: PlanPage, language: str) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """Things of the day that is shown, and those of the week's other days."""
    names, here = names_of(page.names), page.day.day.date if page.day else None
    order = sorted(page.obstacles, key=lambda o: (not o.stops, o.kind != "unmet", o.day or date.min))
    said = [(o, _thing(o, page, language, names)) for o in order if not _is_wish(o)]
    mine = tuple(thing for obstacle, thing in said if obstacle.day in (here, None))
    return mine, tuple(thing for obstacle, thing in said if obstacle.day not in (here, None))


def _is_wish(obstacle: Obstacle) -> bool:
    return obstacle.breach is not None and obstacle.breach.rule_class == "wish"


def _thing(obstacle: Obstacle, page: PlanPage, language: str, names: Names) -> Thing:
    if obstacle.breach is not None:
        return _of_breach(obstacle.breach, language, names)
    if obstacle.unmet is not None:
        return _of_unmet(obstacle.unmet, page.day, language, names)
    title = say("finding.calendar", language, **dict(obstacle.facts))
    return Thing("act", title, say("finding.calendar_detail", language), "", obstacle.day)


def _of_breach(breach: Breach, language: str, names: Names) -> Thing:
    said = say_breach(breach, language, names)
    where = breach.start if breach.staff_no else None
    return Thing(
        SHAPES[breach.rule_class], said.title, said.detail, word(breach.rule_class, language),
        breach.business_date, breach.staff_no, where,
    )  # fmt: skip


def _of_unmet(unmet: UnmetSpan, plan: DayPlan | None, language: str, names: Names) -> Thing:
    words = short_words(unmet.people_short, unmet.post_code, language, names)
    title = say("finding.short", language, start=unmet.start, end=unmet.end, words=words)
    detail = day_title(unmet.day, language)
    if plan is not None and plan.day.date == unmet.day:
        detail = _short_detail(unmet, plan, language, names)
    return Thing("act", title, detail, "", unmet.day, minute=unmet.start, post_code=unmet.post_code)


def _short_detail(unmet: UnmetSpan, plan: DayPlan, language: str, names: Names) -> str:
    """How many are needed, and the longest wait of that time where a promise breaks."""
    rows = [p for p in plan.people if p.post_code == unmet.post_code and unmet.start <= p.start < unmet.end]
    worst = max(rows, key=lambda p: p.short, default=None)
    said = say("finding.short_detail", language, required=worst.required, planned=worst.planned) if worst else ""
    late = [
        (slot.p90 or 0.0, row)
        for row in plan.waits
        for slot in row.slots
        if slot.over_promise and unmet.start <= slot.start < unmet.end
    ]
    if late:
        wait, row = max(late, key=lambda pair: pair[0])
        service = names.service(row.service_code, language)
        said += say("finding.short_wait", language, service=service, wait=wait, promise=row.promise_minutes)
    return said


def assumed_words(page: PlanPage, language: str) -> str:
    """Which days of the week stand on an assumed calendar; empty when none."""
    if not page.assumed_days:
        return ""
    days = [full_date(day, language) for day in page.assumed_days]
    return say("finding.assumed", language, days=days)
