"""The world: its branches live through their days under the people whom a roster puts there.

`World(outline, habits)` is the same for the same outline and habits. `history` runs the past under the world's own
rosters; `live_week` runs a week under planned people, for judging a plan.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.forecasting.marks import marks_of
from bankhall.data.synthetic import truths
from bankhall.data.synthetic.branch_day import happen
from bankhall.data.synthetic.characters import SERVICES
from bankhall.data.synthetic.demand import draw_customers, expected, level
from bankhall.data.synthetic.habits import Habits
from bankhall.data.synthetic.outline import Outline, Site, sites
from bankhall.data.synthetic.past_rosters import Roll, Spans, Stretch, week_roster
from bankhall.data.synthetic.records import BranchDay, facts
from bankhall.data.synthetic.reference import synthetic_bank
from bankhall.data.synthetic.roster_rows import read_stretches, roster_rows
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import OpeningSpan
from bankhall.kernel.bank.opening import open_at_all, open_spans
from bankhall.kernel.business_calendar import BusinessCalendar
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week


class World:
    """A synthetic bank that can be run."""

    def __init__(self, outline: Outline, habits: Habits = Habits(), bank: Bank | None = None) -> None:  # noqa: B008
        self.outline, self.habits = outline, habits
        self.bank = bank or synthetic_bank(outline)
        self.sites = {site.code: site for site in sites(outline)}
        self._calendar = BusinessCalendar(self.bank.calendar)
        self._marks: dict[date, tuple[str, ...]] = {}

    # -- the past -----------------------------------------------------------------------------------------------

    def history(self, branch_code: str) -> dict[str, pa.Table]:
        """The branch's records from the first to the last day, with the rosters that were published."""
        site = self.sites[branch_code]
        roll = self.roll(site)
        days: list[BranchDay] = []
        rosters: list[pa.Table] = []
        for week in self.outline.weeks():
            rows = [r for r in week_roster(roll, week) if self.outline.first <= r.day <= self.outline.last]
            rosters.append(roster_rows(branch_code, week, rows))
            days += self._days(site, rows, roll.opening, self.outline.seed)
        return facts(days) | {"rosters": pa.concat_tables(rosters).combine_chunks()}

    def roll(self, site: Site) -> Roll:
        """Who and what the rotation of a branch looks at."""
        here = self.bank.for_branch(site.code)
        first, last = self.outline.weeks()[0].first_day(), self.outline.weeks()[-1].days()[-1]
        dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        away = {
            (a.staff_no, a.starts_at.date() + timedelta(days=n))
            for a in here.absences
            if a.state == "granted"
            for n in range((a.ends_at - a.starts_at).days)
        }
        opening = {day: self.opening(site, day)[2] for day in dates}
        return Roll(here.staff, here.windows, opening, frozenset(away))

    def opening(self, site: Site, day: date) -> tuple[Spans, Spans, Spans]:
        """Personal, corporate, and the union; all empty before the branch exists."""
        if day < site.opened_on:
            return (), (), ()
        when, hours = self._calendar.day(day, "R01"), self._hours[site.code]
        personal, corporate = (open_spans(hours, site.code, segment, when) for segment in ("personal", "corporate"))
        return personal, corporate, open_at_all(hours, site.code, when)

    # -- a week to come -----------------------------------------------------------------------------------------

    def live(self, branch_code: str, rows: Iterable[Stretch], *, seed: int) -> dict[str, pa.Table]:
        """The dates of the rows, under the people of the rows."""
        site, stretches = self.sites[branch_code], list(rows)
        opening = {day: self.opening(site, day)[2] for day in {r.day for r in stretches}}
        return facts(self._days(site, stretches, opening, seed))

    # -- one day ------------------------------------------------------------------------------------------------

    def _days(self, site: Site, rows: Iterable[Stretch], opening: Mapping[date, Spans], seed: int) -> list[BranchDay]:
        by_day: dict[date, list[Stretch]] = defaultdict(list)
        for row in rows:
            by_day[row.day].append(row)
        return [self._day(site, day, by_day[day], opening[day], seed) for day in sorted(by_day) if opening.get(day)]

    def _day(self, site: Site, day: date, rows: list[Stretch], opening: Spans, seed: int) -> BranchDay:
        from bankhall.data.synthetic.stands import stand

        truth, known = self.truths[site.code], day <= self.outline.last
        own = self.outline.seed if known else seed
        personal, corporate, _ = self.opening(site, day)
        mean = expected(site, truth.visits, day, self.marks(day), (personal, corporate))
        mean = mean * level(self.outline, site, day, seed, self.habits)
        rng = stream(own, "day", site.number, day.toordinal())
        customers = draw_customers(site, mean, (personal, corporate), rng, self.habits)
        people = stream(own, "people of the day", site.number, day.toordinal())
        standing = stand(rows, self._kinds[site.code], opening, people, self.habits)
        tiers = people.choice(3, len(customers.arrive), p=(0.86, 0.11, 0.03))
        happened = happen(customers, standing, truth.speeds, hourly=self.habits.hourly_speed)
        return BranchDay(site.code, day, self.bank.zone, happened, tiers)

    def marks(self, day: date) -> tuple[str, ...]:
        """What is special about a date."""
        if day not in self._marks:
            self._marks[day] = marks_of(day, self._calendar, "R01")
        return self._marks[day]

    @cached_property
    def truths(self) -> dict[str, truths.BranchTruth]:
        """The planted numbers by branch."""
        return {
            code: truths.branch_truth(
                self.outline, site, tuple(p for p in self.bank.staff if p.branch_code == code), self.habits
            )
            for code, site in self.sites.items()
        }

    @cached_property
    def _hours(self) -> dict[str, tuple[OpeningSpan, ...]]:
        rows: dict[str, list[OpeningSpan]] = defaultdict(list)
        for row in self.bank.opening_hours:
            rows[row.branch_code].append(row)
        return {code: tuple(found) for code, found in rows.items()}

    @cached_property
    def _kinds(self) -> dict[str, dict[str, str]]:
        kinds: dict[str, dict[str, str]] = defaultdict(dict)
        for window in self.bank.windows:
            kinds[window.branch_code][window.window_code] = window.kind
        return kinds


def truth_text(world: World) -> str:
    """The truth file: the outline and habits (so that the world can go on), and every planted number."""
    outline = world.outline
    said = {
        "outline": {
            "branches": outline.branches,
            "first": outline.first.isoformat(),
            "last": outline.last.isoformat(),
            "seed": outline.seed,
        },
        "habits": asdict(world.habits),
        "services": {
            code: {"mean_minutes": mean, "cv": cv, "patience_minutes": patience}
            for code, mean, cv, patience in zip(
                SERVICES, truths.MEAN_MINUTES, truths.SPREAD_CV, truths.PATIENCE_MINUTES, strict=True
            )
        },
        "patience_shape": truths.PATIENCE_SHAPE,
        "level_spread": truths.LEVEL_SPREAD,
        "branches": {code: asdict(truth) for code, truth in world.truths.items()},
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_world(truth: Path, *, habits: Habits | None = None) -> World:
    """The world of a truth file. Raises BadInput for a file that is not one."""
    try:
        said = json.loads(truth.read_text("utf-8"))
        outline = said["outline"]
        first, last = date.fromisoformat(outline["first"]), date.fromisoformat(outline["last"])
        own = Habits(**said["habits"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput("truth_unreadable", file=str(truth), reason=str(error)) from error
    return World(Outline(int(outline["branches"]), first, last, int(outline["seed"])), habits or own)


def live_week(
    truth: Path, rosters: pa.Table, *, seed: int, habits: Habits | None = None, world: World | None = None
) -> dict[str, pa.Table]:
    """The world lives through the rows of `rosters` (one or more branches, any dates): visits, steps,
    window_sessions, attendance. `habits` None = those of the truth file. A planned break, duty or window is obeyed as
    the habits allow.
    """
    living = world or read_world(truth, habits=habits)
    by_branch = read_stretches(rosters)
    parts = [living.live(code, rows, seed=seed) for code, rows in sorted(by_branch.items())]
    return {name: pa.concat_tables([part[name] for part in parts]) for name in (parts[0] if parts else {})}


__all__ = ["Habits", "Outline", "Week", "World", "live_week", "read_world", "truth_text"]
