"""How quick people are: one's own, and those of a branch for its manager. Nobody else may ask, and no page ranks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bankhall.analytics.queueing.speeds import FEW_VISITS
from bankhall.apps.access.queries import check_may, narrowed
from bankhall.apps.network import queries as network
from bankhall.apps.network.bases import at_branches, rows_of
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import RuleRow, SpeedRow
from bankhall.data.exchange.codec import read_record
from bankhall.kernel.bank.lookup import SPEEDS_OFF, speeds_learned
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Scope

LEAST_VISITS = FEW_VISITS
"""Services below which nothing is said of a person."""


@dataclass(frozen=True, slots=True)
class SpeedLine:
    """One person. Minutes a service: the mean of the branch for this person's mix, their own, and its 95 % range.
    `state` is `known`, `too_few` services, `alone` at them, or `none` where the records name none."""

    staff_no: str
    name: Bilingual
    state: str
    visits: int = 0
    mean_minutes: float = 0.0
    own_minutes: float = 0.0
    low_minutes: float = 0.0
    high_minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class SpeedsPage:
    """A branch's people by name, or one of them. `learned` False: the rules say no, and nothing is kept. Without dates
    nobody has looked yet."""

    branch_code: str
    branch_name: Bilingual
    learned: bool
    first: date | None
    last: date | None
    lines: tuple[SpeedLine, ...]


def branch_speeds(scope: Scope, branch_code: str, on: date) -> SpeedsPage:
    """The people whose home is the branch, by name: for its manager. The same few queries, however many they are."""
    check_may(scope, "see_speeds", branch_code)
    called = {person.staff_no: person.called() for person in people.staff(scope, branch_code)}
    page = _page(scope, branch_code, on, called)
    lines = sorted(
        (line for line in page.lines if line.state != "none"),
        key=_by_name,
    )
    return SpeedsPage(branch_code, page.branch_name, page.learned, page.first, page.last, tuple(lines))


def _by_name(line: SpeedLine) -> tuple[bytes, str]:
    """As a Chinese list of names goes: GB 18030 holds the usual characters by their reading."""
    return line.name.zh.encode("gb18030"), line.staff_no


def own_speed(scope: Scope, on: date) -> SpeedsPage:
    """The reader's own."""
    person = people.person(scope, scope.actor.staff_no)
    check_may(scope, "see_own_speed", person.branch_code)
    return _page(scope, person.branch_code, on, {person.staff_no: person.called()})


def managed_branches(scope: Scope) -> tuple[tuple[str, Bilingual], ...]:
    """Where the reader may see the speeds of others, by code."""
    codes = narrowed(scope, "see_speeds")
    return tuple((node.node_code, node.name) for node in network.branches(scope) if node.node_code in codes)


def learns_speeds(branch_code: str, on: date) -> bool:
    """Whether the rules let the branch's speeds be learned on a day."""
    rows = rows_of(RuleRow, "rules", at_branches("branch_code", [branch_code]))
    return speeds_learned(
        (read_record("rules", row) for row in rows if row["rule_code"] == SPEEDS_OFF), branch_code, on
    )


def _page(scope: Scope, branch_code: str, on: date, called: Mapping[str, Bilingual]) -> SpeedsPage:
    node = next((node for node in network.branches(scope) if node.node_code == branch_code), None)
    learned = learns_speeds(branch_code, on)
    kept = SpeedRow.objects.filter(branch_code=branch_code, staff_no__in=list(called)) if learned else ()
    rows = {row.staff_no: row for row in kept}
    dates = [(row.first, row.last) for row in rows.values()]
    lines = tuple(_line(code, name, rows.get(code)) for code, name in called.items())
    first, last = dates[0] if dates else (None, None)
    return SpeedsPage(branch_code, node.name if node else Bilingual(), learned, first, last, lines)


def _line(staff_no: str, name: Bilingual, row: SpeedRow | None) -> SpeedLine:
    if row is None:
        return SpeedLine(staff_no, name, "none")
    minutes = (row.mean_minutes / speed for speed in (row.speed, row.high, row.low))
    return SpeedLine(staff_no, name, row.state, row.visits, row.mean_minutes, *minutes)
