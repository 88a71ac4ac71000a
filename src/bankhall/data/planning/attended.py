"""A branch's days as they were planned, stood and met, from the records alone: an exchange folder or the lake."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bankhall.analytics.planning.attended import DayAttended, SlotAttended, people_by_slot
from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.rostering.spans import Span
from bankhall.data.planning.question import PlanRequest
from bankhall.data.queries.measured import measured
from bankhall.data.queries.service_records import day_tables
from bankhall.data.queries.standing import standing
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import promise_for
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.week import Week

Key = tuple[date, int]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonAttended:
    """One person's date in minutes: work as planned (breaks left out) and as attended; no end: still there."""

    staff_no: str
    planned: tuple[Span, ...]
    attended: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """The recorded open days of a span, and who was planned or there on each of its dates."""

    days: tuple[DayAttended, ...]
    people: Mapping[date, tuple[PersonAttended, ...]]


def attended(request: PlanRequest, first: date, last: date) -> Attended:
    """Everything of a branch between two dates. Days on which it does not open, or without a record, are left out."""
    bank, branch = request.bank, request.branch_code
    weeks = (Week.of(last).first_day() - Week.of(first).first_day()).days // 7 + 1
    plan = [a for a in request.published_until(Week.of(last), weeks) if first <= a.business_date <= last]
    sheet = _Sheet(request, bank, branch, first, last)
    spans = sheet.attendance()
    met, stood = sheet.met(), sheet.stood()
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    recorded = {day for day, _ in met} | set(spans) | {day for day, _ in stood}
    days = [day for day in dates if day in recorded and hours_on(bank, branch, day).spans]
    needed, expected = sheet.needed(), sheet.expected()
    found = [
        DayAttended(day, tuple(_slots(bank, branch, day, _Known(plan, spans, stood, met, needed, expected))))
        for day in days
    ]
    people = {day: tuple(_people(day, plan, spans.get(day, {}))) for day in dates}
    return Attended(tuple(found), {day: rows for day, rows in people.items() if rows})


@dataclass(frozen=True, slots=True)
class _Known:
    plan: list[Assignment]
    spans: Mapping[date, Mapping[str, list[tuple[int, int | None]]]]
    stood: Mapping[Key, float]
    met: Mapping[Key, tuple[int, int, int, float | None]]
    needed: Mapping[Key, int]
    expected: Mapping[Key, tuple[float, float, float]]


def _slots(bank: Bank, branch: str, day: date, known: _Known) -> Iterable[SlotAttended]:
    hours, step = hours_on(bank, branch, day), bank.slot_minutes
    starts = [start for start in hours.starts if hours.open_in(start)]
    at_windows = [a for a in known.plan if a.business_date == day and a.kind == "window"]
    planned = people_by_slot(_by_person(at_windows), starts, step)
    there = known.spans.get(day)
    closes = hours.spans[-1][1]  # who has no end is there until then
    came = people_by_slot(
        {who: [(a, closes if b is None else b) for a, b in spans] for who, spans in (there or {}).items()}, starts, step
    )
    seen = any(when == day for when, _ in known.stood)
    for start in starts:
        arrivals, judged, kept, share = known.met.get((day, start), (0, 0, 0, None))
        mean, low, high = known.expected.get((day, start), (None, None, None))
        yield SlotAttended(
            start, round(planned[start], 3), round(known.stood.get((day, start), 0.0), 3) if seen else None,
            round(came[start], 3) if there else None, known.needed.get((day, start)), mean, low, high,
            arrivals, judged, kept, share,
        )  # fmt: skip


def _by_person(rows: Iterable[Assignment]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for row in rows:
        found[row.staff_no].append((row.start, row.end))
    return found


def _people(
    day: date, plan: list[Assignment], spans: Mapping[str, list[tuple[int, int | None]]]
) -> Iterable[PersonAttended]:
    work = _by_person(a for a in plan if a.business_date == day and a.kind != "break")
    for who in sorted({*work, *spans}):
        yield PersonAttended(who, tuple(sorted(work.get(who, ()))), tuple(sorted(spans.get(who, ()), key=_start)))


def _start(span: tuple[int, int | None]) -> int:
    return span[0]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The queries of one branch over a span of dates."""

    request: PlanRequest
    bank: Bank
    branch: str
    first: date
    last: date

    def attendance(self) -> dict[date, dict[str, list[tuple[int, int | None]]]]:
        """Spans by date and person, in minutes of the branch's clock."""
        zone = ZoneInfo(self.bank.zone_of(self.branch))
        tables = day_tables(self.request.source, branch_code=self.branch, first=self.first, last=self.last)
        found: dict[date, dict[str, list[tuple[int, int | None]]]] = {}
        for row in tables["attendance"].to_pylist():
            midnight = datetime.combine(row["business_date"], datetime.min.time(), zone)
            ended = row["ended_at"]
            span = (_minute(row["started_at"], midnight), None if ended is None else _minute(ended, midnight))
            found.setdefault(row["business_date"], {}).setdefault(row["staff_no"], []).append(span)
        return found

    def stood(self) -> dict[Key, float]:
        """People at manned windows, from window sessions."""
        kinds = {window.kind for group in posts_with_windows(self.bank) for window in group.windows}
        step, found = self.bank.slot_minutes, defaultdict[Key, float](float)
        table = standing(
            self.request.source, first=self.first, last=self.last, branch_code=self.branch, slot_minutes=step,
            zone=self.bank.zone,
        )  # fmt: skip
        for row in table.to_pylist():
            if row["window_kind"] in kinds:
                found[row["business_date"], row["slot"] * step] += row["people"]
        return found

    def met(self) -> dict[Key, tuple[int, int, int, float | None]]:
        """Arrivals, judged, kept, and the promised share weighted by who was judged."""
        table = measured(
            self.request.source, self.bank, first=self.first, last=self.last, branch_code=self.branch,
            block_minutes=self.bank.slot_minutes,
        )  # fmt: skip
        services = {service.service_code: service for service in self.bank.services}
        sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
        for row in table.to_pylist():
            service = services.get(row["service_code"])
            if service is None:
                continue
            promise = promise_for(self.bank.promises, self.branch, service, row["business_date"])
            one = sums[row["business_date"], int(row["block_start"])]
            share = promise.share if promise else 0.0
            for place, value in enumerate((row["arrivals"], row["judged"], row["kept"], share * row["judged"])):
                one[place] += value
        return {
            key: (int(arrivals), int(judged), int(kept), target / judged if judged else None)
            for key, (arrivals, judged, kept, target) in sums.items()
        }

    def needed(self) -> dict[Key, int]:
        """People at windows whom the requirement asks for: the published plan's, or the one replayed for its Monday."""
        posts = {group.post.post_code for group in posts_with_windows(self.bank)}
        found = defaultdict[Key, int](int)
        for row in self._kept("requirement"):
            if row["post_code"] in posts:
                found[row["business_date"], parse_minutes(row["slot_start"])] += int(row["people"])
        return found

    def expected(self) -> dict[Key, tuple[float, float, float]]:
        """The newest forecast that was issued before the day."""
        found: dict[Key, tuple[datetime, Row]] = {}
        for row in self._kept("forecasts"):
            key = (row["business_date"], parse_minutes(row["slot_start"]))
            if not row["service_code"] and row["made_at"].date() <= row["business_date"]:
                before = found.get(key)
                if before is None or before[0] < row["made_at"]:
                    found[key] = (row["made_at"], row)
        return {key: (row["mean"], row["p10"], row["p90"]) for key, (_, row) in found.items()}

    def _kept(self, name: str) -> list[Row]:
        table = self.request.results(name)
        return [
            row for row in table.to_pylist()
            if row["branch_code"] == self.branch and self.first <= row["business_date"] <= self.last
        ]  # fmt: skip


def _minute(instant: datetime, midnight: datetime) -> int:
    return int((instant - midnight) / timedelta(minutes=1))
