"""The dialog of one stretch: the answer to "why?" in words, and what may be changed."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bankhall.apps.rosters.queries.pages import Bar, PersonRow, PlanNames, PlanPage, WhyFact
from bankhall.kernel.minutes import format_minutes
from bankhall.web.plans.context import urls_of
from bankhall.web.plans.panels import names_of
from bankhall.web.plans.people_rows import Cell, words_of
from bankhall.wording.figures import day_title, span
from bankhall.wording.say import say
from bankhall.wording.sentences import Names, place, rule_name

SHAPES = {"binds": "act", "uncovered": "act", "blocked": "watch", "next_best": "help"}


@dataclass(frozen=True, slots=True)
class Words:
    """One line of an answer, with the shape that stands before it."""

    words: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    words: str
    current: bool = False


def cell_context(page: PlanPage, where: Cell, facts: tuple[WhyFact, ...], language: str) -> dict[str, Any]:
    """What the dialog shows."""
    rows = page.day.rows if page.day else ()
    row = next((r for r in rows if r.staff_no == where.staff_no), None)
    bar = bar_at(row, where.start) if row else None
    names = names_of(page.names)
    return {
        "plan": page, "key": str(Cell(where.staff_no, where.day, bar.start if bar else where.start)), "bar": bar,
        "staff_no": where.staff_no, "may_edit": page.may_edit, "edit_url": urls_of(page)["edit"],
        "title": _title(page.names, bar, where, language), "subtitle": _subtitle(bar, where, language),
        "start": format_minutes(bar.start) if bar else "", "end": format_minutes(bar.end) if bar else "",
        "step_seconds": page.slot_minutes * 60,
        "facts": [Words(why_words(fact, language, names), SHAPES.get(fact.code, "")) for fact in facts],
        "places": places_of(page.names, row, bar, language) if row and bar else [],
        "others": [Choice(r.staff_no, r.name.read(language)) for r in rows if r.staff_no != where.staff_no],
        "beside": beside(page, where, *_span_of(page, where, bar)),
    }  # fmt: skip


def _span_of(page: PlanPage, where: Cell, bar: Bar | None) -> tuple[int, int]:
    return (bar.start, bar.end) if bar else (where.start, where.start + page.slot_minutes)


def beside(page: PlanPage, where: Cell, start: int, end: int) -> dict[str, str]:
    """The dialogs of what stands before and after on the same date, for those who go on with the keys."""
    if page.day is None:
        return {}
    found = {"earlier": start - page.slot_minutes, "later": end}
    return {
        name: f"{urls_of(page)['cell']}?{urlencode({'key': Cell(where.staff_no, where.day, minute)})}"
        for name, minute in found.items()
        if page.day.first_minute <= minute < page.day.last_minute
    }


def bar_at(row: PersonRow, minute: int) -> Bar | None:
    """The stretch that holds a minute."""
    return next((bar for bar in row.bars if bar.start <= minute < bar.end), None)


def _title(names: PlanNames, bar: Bar | None, where: Cell, language: str) -> str:
    words = words_of(names)
    who = words.person(where.staff_no, language)
    return f"{who} · {place(bar.kind, bar.code, bar.post_code, language, words)}" if bar else who


def _subtitle(bar: Bar | None, where: Cell, language: str) -> str:
    when = span(bar.start, bar.end) if bar else format_minutes(where.start)
    return f"{day_title(where.day, language)} {when}"


def places_of(names: PlanNames, row: PersonRow, bar: Bar, language: str) -> list[Choice]:
    """Windows, posts and a break: where the person may stand, as `kind~code~post`."""
    words = words_of(names)
    found = [
        Choice(
            f"window~{code}~{bar.post_code or row.post_code}",
            say("word.window_n", language, code=code),
            _is(bar, "window", code),
        )
        for code in sorted(names.windows)
    ]
    posts = row.may_post_codes or (row.post_code,)
    found += [
        Choice(f"post~{post}~{post}", words.post(post, language), _is(bar, "post", post)) for post in posts if post
    ]
    return [*found, Choice("break~~", say("word.break", language), bar.kind == "break")]


def _is(bar: Bar, kind: str, code: str) -> bool:
    return bar.kind == kind and code in (bar.code, bar.post_code if kind == "post" else bar.code)


def why_words(fact: WhyFact, language: str, names: Names) -> str:
    """One line of the answer, codes turned into names."""
    facts: dict[str, object] = dict(fact.facts)
    facts["who"] = names.person(str(facts.get("staff_no", "")), language)
    facts["post"] = names.post(str(facts.get("post_code", "")), language)
    facts["rule"] = rule_name(str(facts.get("rule_code", "")), language)
    if fact.code == "stands":
        kind = str(facts.get("kind", ""))
        if kind == "off":
            return say("why.stands_off", language)
        facts["place"] = place(kind, str(facts.get("code", "")), str(facts.get("post_code", "")), language, names)
    if fact.code == "next_best":
        facts |= _extra(facts, language)
    if fact.code == "could":
        facts |= _could(facts, language, names)
    if fact.code == "cannot":
        facts["people_names"] = [names.person(name, language) for name in str(facts.get("staff_nos", "")).split("|")]
    if fact.code == "one_fewer":
        return say(
            "why.one_fewer_breaks" if facts["rule_code"] else "why.one_fewer",
            language,
            **facts,
            **_extra(facts, language),
        )
    strained = fact.code == "could" and facts.get("breaches")
    return say("why.could_strained" if strained else f"why.{fact.code}", language, **facts)


def _could(facts: dict[str, object], language: str, names: Names) -> dict[str, object]:
    """What the person does now, and what it would cost more or less."""
    kind = str(facts.get("kind", ""))
    doing = say("why.stands_off", language)
    if kind != "off":
        doing = place(kind, str(facts.get("code", "")), str(facts.get("post_code", "")), language, names)
    return {"doing": doing, **_extra(facts, language)}


def _extra(facts: dict[str, object], language: str) -> dict[str, object]:
    """The price in words: more, less or the same."""
    extra = float(str(facts.get("extra_fen", 0)))
    code = "why.costs_more" if extra > 0 else "why.costs_less" if extra < 0 else "why.same_price"
    return {"extra": say(code, language, amount=abs(extra))}
