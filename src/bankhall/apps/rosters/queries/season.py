"""The season pages: one branch's twelve weeks with what would help, and the list of the branches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bankhall.apps.access.queries import check_may, may, narrowed
from bankhall.apps.network import queries as network
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import Season
from bankhall.apps.rosters.queries.values import RunBeside
from bankhall.apps.runs import queries as runs
from bankhall.apps.runs.states import ENDED, RunState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

KIND = "season_branch"
LEAST_SHORT = 1.0
"""Hours short from which a week cannot be staffed; less is rounding."""


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """One week: hours needed and short with their ranges, hours there, and days of granted leave."""

    week: Week
    open_days: int
    needed: float
    needed_low: float
    needed_high: float
    available: float
    absent_days: int
    short: float
    short_low: float
    short_high: float
    short_by_post: Mapping[str, float]
    assumed_days: int

    @property
    def state(self) -> str:
        """Cannot be staffed; only if it gets busy; can."""
        return "act" if self.short >= LEAST_SHORT else "watch" if self.short_high >= LEAST_SHORT else "done"


@dataclass(frozen=True, slots=True)
class GapLine:
    """What one more would save over the weeks, hours; `name` who would learn it."""

    code: str
    name: Bilingual
    saved: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SeasonPage:
    """A branch's season. `as_of` None: never looked at."""

    branch_code: str
    name: Bilingual
    as_of: date | None
    weeks: tuple[WeekAhead, ...]
    certificates: tuple[GapLine, ...]
    posts: tuple[GapLine, ...]
    error: float | None
    error_plain: float | None
    recent_weeks: int
    useful_share: float | None
    fit_share: float | None
    may_ask: bool
    run: RunBeside | None
    post_names: Mapping[str, Bilingual] = field(default_factory=dict)
    certificate_names: Mapping[str, Bilingual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeasonLine:
    """A branch on the list: its weeks, newest look; empty when never looked at."""

    branch_code: str
    name: Bilingual
    as_of: date | None
    weeks: tuple[WeekAhead, ...]
    running: int | None


@dataclass(frozen=True, slots=True)
class SeasonList:
    """Every branch of the scope, the shortest first; `weeks` are the columns."""

    lines: tuple[SeasonLine, ...]
    weeks: tuple[Week, ...]
    may_ask: bool


def season_page(scope: Scope, branch_code: str) -> SeasonPage:
    """The newest look ahead of a branch."""
    check_may(scope, "see_plan", branch_code)
    node = network.branch(scope, branch_code)
    row = Season.objects.filter(branch_code=branch_code).order_by("-as_of").first()
    told: Mapping[str, Any] = row.answer if row else {}
    certificates = tuple(told.get("certificates", ()))
    who = people.names(scope, {gap["staff_no"] for gap in certificates})
    return SeasonPage(
        branch_code, node.name, row.as_of if row else None, _weeks(told),
        tuple(_gap(gap, who) for gap in certificates), tuple(_gap(gap, {}) for gap in told.get("posts", ())),
        told.get("error"), told.get("error_plain"), int(told.get("recent_weeks", 0)), told.get("useful_share"),
        told.get("fit_share"), may(scope, "plan_week", branch_code), _run(scope, branch_code),
        {post.post_code: post.name for post in people.posts(scope)}, people.certificate_names(scope),
    )  # fmt: skip


def season_list(scope: Scope, *, on: date) -> SeasonList:
    """The branches at which the reader sees plans. Queries do not depend on how many there are."""
    check_may(scope, "see_plan")
    codes = narrowed(scope, "see_plan")
    nodes = [node for node in network.branches(scope) if node.node_code in codes]
    rows = Season.objects.filter(branch_code__in=codes).order_by("as_of")
    newest = {row.branch_code: row for row in rows}
    open_runs = {r.branch_code: r for r in runs.runs(scope, kind=KIND, limit=200) if r.state not in ENDED}
    lines = [
        SeasonLine(
            node.node_code, node.name, newest[node.node_code].as_of if node.node_code in newest else None,
            _weeks(newest[node.node_code].answer) if node.node_code in newest else (),
            open_runs[node.node_code].per_cent if node.node_code in open_runs else None,
        )
        for node in nodes
    ]  # fmt: skip
    first = min((line.weeks[0].week for line in lines if line.weeks), default=Week.of(on).plus(1))
    ordered = sorted(lines, key=lambda line: (-sum(w.short for w in line.weeks), line.branch_code))
    return SeasonList(tuple(ordered), tuple(first.plus(n) for n in range(12)), may(scope, "plan_week"))


def short_weeks(branch_code: str) -> tuple[Week, ...]:
    """The weeks that the newest look ahead says cannot be staffed. Whoever asks was checked before."""
    row = Season.objects.filter(branch_code=branch_code).order_by("-as_of").first()
    return tuple(one.week for one in _weeks(row.answer if row else {}) if one.state == "act")


def _weeks(told: Mapping[str, Any]) -> tuple[WeekAhead, ...]:
    return tuple(
        WeekAhead(
            Week.parse(row["week"]), row["open_days"], sum(row["needed"].values()), row["needed_low"],
            row["needed_high"], row["available"], row["absent_days"], sum(row["short"].values()), row["short_low"],
            row["short_high"], {post: hours for post, hours in row["short"].items() if hours >= LEAST_SHORT},
            row["assumed_days"],
        )
        for row in told.get("weeks", ())
    )  # fmt: skip


def _gap(row: Mapping[str, Any], who: Mapping[str, Bilingual]) -> GapLine:
    name = who.get(row["staff_no"], Bilingual(row["staff_no"]))
    return GapLine(row["code"], name, row["saved"], row["low"], row["high"])


def _run(scope: Scope, branch_code: str) -> RunBeside | None:
    found = runs.runs(scope, kind=KIND, branch_code=branch_code, limit=1)
    if not found or (found[0].state in ENDED and found[0].state != RunState.FAILED):
        return None
    run = found[0]
    return RunBeside(run.run_id, run.state, run.per_cent, run.message, run.reason)
