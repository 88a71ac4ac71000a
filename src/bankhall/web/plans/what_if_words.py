"""What-if questions and their answers in words and figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bankhall.apps.rosters.queries.pages import PlanNames
from bankhall.web.plans.panels import names_of
from bankhall.wording import figures
from bankhall.wording.measures import signed_value, value_of
from bankhall.wording.say import say
from bankhall.wording.sentences import Names

Row = Mapping[str, Any]
WORSE_WHEN_MORE = {
    "wait_p50": True, "wait_p90": True, "wait_p90_peak": True, "kept_share": False, "left_share": True,
    "unmet_half_hours": True, "cost_fen": True, "work_minutes": None, "law_breaches": True, "agreement_breaches": True,
}  # fmt: skip
FIGURES = ("unmet_half_hours", "cost_fen", "work_minutes", "law_breaches", "agreement_breaches")
MAIN = ("wait_p90", "wait_p90_peak", "kept_share", "left_share")


@dataclass(frozen=True, slots=True)
class DeltaLine:
    """One figure now, then, and its change with its interval; `css` colours the change."""

    name: str
    now: str
    then: str
    change: str
    interval: str
    css: str


def question_words(changes: Iterable[Row], names: PlanNames, language: str) -> list[str]:
    """Each change as a sentence."""
    known = names_of(names)
    return [line for change in changes for line in _words(change, known, language)]


def _words(change: Row, names: Names, language: str) -> list[str]:
    told: dict[str, Any] = {**change, "when": _when(change, language), "n": change.get("people", 0)}
    told["post"] = names.post(str(change.get("post_code") or ""), language)
    service = str(change.get("service_code") or "")
    told["service"] = names.service(service, language) if service else ""
    return [say(f"what_if.{code}", language, **(told | facts)) for code, facts in _codes(change, told, names, language)]


Coded = list[tuple[str, dict[str, Any]]]


def _codes(change: Row, told: Row, names: Names, language: str) -> Coded:
    """The sentences of a change, with what they need beside its own fields."""
    kind = change["kind"]
    if kind in ("hours", "promise"):
        return _several(change, told, language)
    if kind == "ill":
        who = figures.listed([names.person(name, language) for name in change["staff_nos"]], language)
        return [("ill_named" if who else "ill", {"who": who})]
    if kind == "moved":
        return [("moved", {})]
    stem, field = SIGNED[kind]
    service = told["service"] or say("what_if.all_services", language)
    return [(f"{stem}_{'more' if change[field] > 0 else 'fewer'}", {"n": abs(change[field]), "service": service})]


SIGNED = {"windows": ("windows", "count"), "demand": ("demand", "per_cent"), "for_good": ("person", "people")}


def _several(change: Row, told: Row, language: str) -> Coded:
    """A change that may say several things at once."""
    if change["kind"] == "hours":
        lunch = {"start": change["lunch_from"], "end": change["lunch_until"]}
        fields = {"opens": ("opens", {}), "closes": ("closes", {}), "lunch_from": ("lunch", lunch)}
    else:
        service = told["service"] or say("what_if.every_service", language)
        wait = {"minutes": change["wait_minutes"], "service": service}
        fields = {"wait_minutes": ("promise_wait", wait), "share": ("promise_share", {"service": service})}
    return [coded for field, coded in fields.items() if change[field] is not None]


def _when(change: Row, language: str) -> str:
    day = change.get("day")
    return figures.day_title(date.fromisoformat(day), language) if day else say("what_if.whole_week", language)


def deltas(answer: Row, language: str, *, service_code: str = "", measures: Iterable[str] = MAIN) -> list[DeltaLine]:
    """The measures of the hall or of a service, now, then and changed."""
    rows = {row["measure"]: row for row in answer["differences"] if row["service_code"] == service_code}
    return [
        delta(name, rows[name]["now"], rows[name]["then"], (rows[name]["low"], rows[name]["high"]), language)
        for name in measures
        if name in rows
    ]


def figure_deltas(answer: Row, language: str) -> list[DeltaLine]:
    """Unmet, cost, hours and breaches; breaches only where there are any."""
    now, then = answer["now"], answer["then"]
    shown = [name for name in FIGURES if "breaches" not in name or now[name] or then[name]]
    return [delta(name, now[name], then[name], (None, None), language) for name in shown]


def year_deltas(answer: Row, language: str) -> list[DeltaLine]:
    """The figures of a year of weeks: means with the range over weeks, coloured where the mean change is sure."""
    return [_year_delta(row, language) for row in answer["figures"]]


def _year_delta(row: Row, language: str) -> DeltaLine:
    line = delta(row["measure"], row["now"], row["then"], (row["low"], row["high"]), language)
    return replace(line, css=_css(row["measure"], row["change"], (row["mean_low"], row["mean_high"])))


Interval = tuple[float | None, float | None]


def delta(name: str, now: float | None, then: float | None, interval: Interval, language: str) -> DeltaLine:
    """One line; not known is a dash."""
    change = None if now is None or then is None else then - now
    low, high = interval
    told = (
        ""
        if low is None or high is None
        else say(
            "what_if.range", language, low=signed_value(name, low, language), high=signed_value(name, high, language)
        )
    )
    words = say(f"what_if.measure_{name}", language)
    return DeltaLine(
        words, value_of(name, now, language), value_of(name, then, language), signed_value(name, change, language),
        told, _css(name, change, interval),
    )  # fmt: skip


def _css(name: str, change: float | None, interval: Interval) -> str:
    """Better, worse, or neither: a change whose interval holds nothing is neither."""
    worse, (low, high) = WORSE_WHEN_MORE[name], interval
    unsure = low is not None and high is not None and low <= 0 <= high
    if worse is None or not change or unsure:
        return ""
    return "u-act" if (change > 0) == worse else "u-help"


def notes_of(answer: Row, names: PlanNames, language: str) -> list[str]:
    """What a reader must know of the answer."""
    known = names_of(names)
    found = []
    for note in answer["notes"]:
        facts = dict(note["facts"])
        if note["code"] == "for_good_weeks" and facts["weeks"] == facts["sampled"]:
            continue  # said beside the figures already
        facts["who"] = figures.listed(
            [known.person(n, language) for n in str(facts.get("staff_nos", "")).split(",") if n], language
        )
        found.append(say(f"note.{note['code']}", language, **facts))
    if answer["kind"] == "year":
        found.append(say("what_if.note_cost", language))
    unmoved = {row["measure"]: row["then"] for row in answer.get("unmoved", ()) if not row["service_code"]}
    if unmoved:
        kept = {"wait": unmoved.get("wait_p90"), "kept": unmoved.get("kept_share")}
        found.append(say("what_if.note_unmoved", language, **kept))
    return found
