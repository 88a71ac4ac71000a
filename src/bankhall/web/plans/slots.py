"""The dialog of a half hour: who is expected, who is needed and why; where people are short, who could stand there."""

from collections.abc import Iterator
from typing import Any

from bankhall.apps.rosters.queries.pages import DayPlan, PlanPage, WhyFact
from bankhall.web.plans.cells import Words, beside, why_words
from bankhall.web.plans.panels import names_of, weekday_word
from bankhall.web.plans.people_rows import Cell
from bankhall.wording.figures import day_title, span
from bankhall.wording.say import say, word
from bankhall.wording.sentences import Names

SHAPES = {"missing": "act", "windows_full": "watch", "cannot": "watch", "cannot_here": "watch", "could": "help"}


def slot_context(page: PlanPage, where: Cell, facts: tuple[WhyFact, ...], language: str) -> dict[str, Any]:
    """What the dialog shows: the day's own figures first, then the answer."""
    names = names_of(page.names)
    start = where.start // page.slot_minutes * page.slot_minutes
    lines = [Words(words) for words in _expected(page.day, start, language, names)] if page.day else []
    lines += [Words(why_words(fact, language, names), SHAPES.get(fact.code, "")) for fact in facts]
    post = names.post(where.post_code, language) if where.post_code else say("why.half_hour", language)
    when = span(start, start + page.slot_minutes)
    return {
        "plan": page, "title": f"{post} · {when}", "subtitle": day_title(where.day, language), "facts": lines,
        "beside": beside(page, where, start, start + page.slot_minutes),
    }  # fmt: skip


def _expected(day: DayPlan, start: int, language: str, names: Names) -> Iterator[str]:
    """Arrivals of the half hour beside an ordinary day's, what is special about the date, and waits over promises."""
    for slot in day.arrivals:
        if slot.start == start:
            expected = slot.expected
            yield say("why.arrivals", language, middle=expected.middle, low=expected.low, high=expected.high)
            if slot.ordinary is not None:
                weekday = weekday_word(day.day.date, language)
                yield say("why.arrivals_usual", language, weekday=weekday, usual=slot.ordinary)
    if day.day.markers:
        yield say("why.markers", language, markers=[word(marker, language) for marker in day.day.markers])
    for row in day.waits:
        for wait in row.slots:
            if wait.start == start and wait.over_promise:
                service = names.service(row.service_code, language)
                yield say("why.wait_over", language, service=service, wait=wait.p90, promise=row.promise_minutes)
