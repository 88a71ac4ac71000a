"""One day of a plan on one ruler of time: arrivals, people, waits, roster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankhall.analytics.rostering.cover import cover_of
from bankhall.analytics.rostering.problem import RosterProblem, Unmet
from bankhall.analytics.rostering.situation import Situation
from bankhall.apps.rosters.models import Plan, Roster
from bankhall.apps.rosters.queries.pages import (
    Bar,
    DayPlan,
    PersonRow,
    Range,
    ServiceWaits,
    SlotArrivals,
    SlotPeople,
    SlotWait,
)
from bankhall.apps.rosters.queries.records import assignments_of, breaches_of, requirement_of, unmet_of
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import promise_for
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.week import Week

Row = Mapping[str, Any]
DAY_MEASURES = ("wait_p50", "wait_p90", "kept_share", "left_share")
MORNING, EVENING = 8 * 60, 18 * 60


@dataclass(frozen=True)
class Drawn:
    """A stored version read once, for all of its days."""

    bank: Bank
    situation: Situation
    plan: Plan | None
    assignments: tuple[Assignment, ...]
    breaches: tuple[Breach, ...]
    unmet: tuple[Unmet, ...]


def drawn(roster: Roster | None, branch_code: str, week: Week, bank: Bank) -> Drawn:
    """Reads a version; without one there are only the bank's own records."""
    plan = roster.plan if roster else None
    required = requirement_of(plan.requirement) if plan else ()
    situation = Situation(RosterProblem(branch_code, week, bank, required))
    if roster is None:
        return Drawn(bank, situation, None, (), (), ())
    return Drawn(bank, situation, plan, assignments_of(roster), breaches_of(roster), unmet_of(roster))


def range_of(row: Row, middle: str = "mean") -> Range | None:
    """Mean (or value) with the 80 % range of a stored row."""
    return None if row.get(middle) is None else Range(row[middle], row.get("p10"), row.get("p90"))


def day_total(plan: Plan | None, day: date, service_code: str = "") -> Range | None:
    """A day's expected arrivals; None where nothing was forecast."""
    rows = plan.day_totals if plan else []
    for row in rows:
        if row["business_date"] == day.isoformat() and row["service_code"] == service_code:
            return range_of(row)
    return None


def day_plan(view: Drawn, day: date, ordinary: Mapping[int, float]) -> DayPlan:
    """Everything that stands on the ruler of a day. `ordinary` are mean arrivals of such a weekday by slot start."""
    spans = view.situation.open_spans(day)
    rows = person_rows(view, day)
    forecasts = _of_day(view.plan.forecasts if view.plan else (), day)
    services = sorted({row["service_code"] for row in forecasts} - {""})
    opens, closes = (spans[0][0], spans[-1][1]) if spans else (None, None)
    first, last = bounds(spans, rows)
    return DayPlan(
        day=view.situation.calendar_day(day), opens=opens, closes=closes, first_minute=first, last_minute=last,
        arrivals=_arrivals(forecasts, "", ordinary),
        arrivals_by_service={code: _arrivals(forecasts, code, {}) for code in services},
        visits=day_total(view.plan, day), people=_people(view, day), waits=_waits(view, day), rows=rows,
    )  # fmt: skip


def bounds(spans: Sequence[tuple[int, int]], rows: Iterable[PersonRow]) -> tuple[int, int]:
    """First and last minute of the ruler: opening and everybody's work, to whole half hours."""
    times = [time for span in spans for time in span]
    times += [time for row in rows for bar in row.bars for time in (bar.start, bar.end)]
    first, last = (min(times), max(times)) if times else (MORNING, EVENING)
    return first // 30 * 30, -(-last // 30) * 30


def person_rows(view: Drawn, day: date) -> tuple[PersonRow, ...]:
    """Everybody employed that day or rostered on it, by post (the table's order) and number."""
    order = {post.post_code: place for place, post in enumerate(view.bank.posts)}
    mine = [p for p in view.bank.staff if view.situation.employed(p, day)]
    ordered = sorted(mine, key=lambda p: (order.get(p.posts[0] if p.posts else "", len(order)), p.staff_no))
    bars = bars_of(view, day)
    minutes = week_minutes(view.assignments)
    return tuple(_person_row(view, person, day, bars.get(person.staff_no, ()), minutes) for person in ordered)


def _person_row(view: Drawn, person: Person, day: date, bars: Sequence[Bar], minutes: Mapping[str, int]) -> PersonRow:
    away = view.situation.absence_spans(person.staff_no, day)
    usual = person.posts[0] if person.posts else ""
    worked = sum(bar.end - bar.start for bar in bars if bar.kind != "break")
    return PersonRow(
        person.staff_no, person.called(), usual, tuple(bars), worked, minutes.get(person.staff_no, 0),
        away[0][1].kind if away else "", person.posts,
        person.branch_code if person.branch_code != view.situation.branch else "",
    )  # fmt: skip


def week_minutes(assignments: Iterable[Assignment]) -> dict[str, int]:
    """Minutes of work of the week by person; breaks are none."""
    minutes: dict[str, int] = {}
    for one in assignments:
        if one.kind != "break":
            minutes[one.staff_no] = minutes.get(one.staff_no, 0) + one.end - one.start
    return minutes


def bars_of(view: Drawn, day: date) -> dict[str, list[Bar]]:
    """The stretches of a day by person, with the rules that each breaks (without times: the whole day)."""
    broken: dict[str, list[Breach]] = {}
    for breach in view.breaches:
        if breach.business_date == day and breach.staff_no:
            broken.setdefault(breach.staff_no, []).append(breach)
    found: dict[str, list[Bar]] = {}
    for one in view.assignments:
        if one.business_date == day:
            found.setdefault(one.staff_no, []).append(_bar(one, broken.get(one.staff_no, ())))
    return found


def _bar(one: Assignment, breaches: Iterable[Breach]) -> Bar:
    rules = dict.fromkeys(b.rule_code for b in breaches if _touches(b, one))
    return Bar(one.start, one.end, one.kind, one.code, one.post_code, one.at_branch_code, one.locked, tuple(rules))


def _touches(breach: Breach, one: Assignment) -> bool:
    if breach.start is None or breach.end is None:
        return True
    return breach.start < one.end and one.start < max(breach.end, breach.start + 1)


def _of_day(rows: Iterable[Row], day: date) -> list[Row]:
    wanted = day.isoformat()
    return [row for row in rows if row["business_date"] == wanted]


def _arrivals(rows: Iterable[Row], service_code: str, ordinary: Mapping[int, float]) -> tuple[SlotArrivals, ...]:
    mine = sorted((row for row in rows if row["service_code"] == service_code), key=lambda row: str(row["slot_start"]))
    starts = [parse_minutes(row["slot_start"]) for row in mine]
    return tuple(
        SlotArrivals(start, Range(row["mean"], row["p10"], row["p90"]), ordinary.get(start))
        for start, row in zip(starts, mine, strict=True)
    )


def _people(view: Drawn, day: date) -> tuple[SlotPeople, ...]:
    cover = cover_of(view.situation, (one for one in view.assignments if one.business_date == day))
    short = {(u.slot_start, u.post_code): u.people_short for u in view.unmet if u.business_date == day}
    rows = [r for r in view.situation.problem.requirement if r.business_date == day]
    return tuple(
        SlotPeople(
            r.slot_start, r.post_code, r.people, r.least, r.driven_by, cover[(day, r.slot_start, r.post_code)],
            short.get((r.slot_start, r.post_code), 0),
        )
        for r in sorted(rows, key=lambda r: (r.post_code, r.slot_start))
    )  # fmt: skip


def _waits(view: Drawn, day: date) -> tuple[ServiceWaits, ...]:
    rows = _of_day(view.plan.proof if view.plan else (), day)
    codes = {row["service_code"] for row in rows}
    return tuple(_service_waits(view, day, s.service_code, rows) for s in view.bank.services if s.service_code in codes)


def _service_waits(view: Drawn, day: date, code: str, rows: Iterable[Row]) -> ServiceWaits:
    mine: dict[str | None, dict[str, Row]] = {}
    for row in rows:
        if row["service_code"] == code:
            mine.setdefault(row["slot_start"], {})[row["measure"]] = row
    service = next(s for s in view.bank.services if s.service_code == code)
    promise = promise_for(view.bank.promises, view.situation.branch, service, day)
    limit = promise.wait_minutes if promise else None
    slots = sorted((start, found) for start, found in mine.items() if start is not None)
    whole = mine.get(None, {})
    return ServiceWaits(
        code, limit, promise.share if promise else None,
        tuple(_slot_wait(start, found, limit) for start, found in slots),
        *(range_of(whole.get(measure, {}), "value") for measure in DAY_MEASURES),
    )  # fmt: skip


def _slot_wait(start: str, rows: Mapping[str, Row], limit: float | None) -> SlotWait:
    value = {measure: row["value"] for measure, row in rows.items()}
    p90 = value.get("wait_p90")
    over = p90 is not None and limit is not None and p90 > limit
    return SlotWait(parse_minutes(start), value.get("wait_p50"), p90, value.get("left_share"), over)
