"""Who could come today, in a stated order; who was asked; whose acknowledgement is awaited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from bankhall.apps.identity.queries import account_names, as_signed
from bankhall.apps.network import queries as network
from bankhall.apps.rosters.models import Acknowledgement, Ask, Stretch
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.states import AskState, LoanState, RosterState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.breach import Breach
from bankhall.kernel.plain import from_plain
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week


@dataclass(frozen=True, slots=True)
class AskLine:
    """One person asked for some hours of a date; `loan` is where their home stands, for somebody of another branch."""

    number: int
    staff_no: str
    branch_code: str
    branch_name: Bilingual
    day: date
    start: int
    end: int
    state: AskState
    by_name: Bilingual
    at: datetime
    answered_at: datetime | None
    loan: LoanState | None = None


@dataclass(frozen=True, slots=True)
class AckLine:
    """One person whose day a version changed; `at` None: not seen yet."""

    number: int
    staff_no: str
    version: int
    wanted_at: datetime
    at: datetime | None


@dataclass(frozen=True, slots=True)
class MyAck:
    """A changed version that the reader has not acknowledged."""

    number: int
    ref: RosterRef
    reason: str
    wanted_at: datetime


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One who could come: the hours, what they mean, when last asked, and the rule that says no (None: none).

    Of somebody of another branch: their `home`, the way, and where their home's answer stands. `keeps` is what breaks
    law or control in the proposal and would not with them.
    """

    staff_no: str
    start: int
    end: int
    how: str
    restores: int
    mends: int
    week_minutes: int
    overtime_minutes: int
    cost_fen: int
    last_asked: date | None
    against: Breach | None
    asked: AskState | None
    home: str = ""
    travel_minutes: int = 0
    loan: LoanState | None = None
    keeps: tuple[Breach, ...] = ()

    @property
    def rank(self) -> tuple[object, ...]:
        """Who may come first; of them who keeps what law and control require, who restores most of the cover, the least
        overtime, the shortest way, longest not asked, the fewest hours this week, number."""
        return (
            self.against is not None, not self.mends, -self.restores, self.overtime_minutes, self.travel_minutes,
            self.last_asked or date.min, self.week_minutes, self.staff_no,
        )  # fmt: skip


TOLD = (
    "staff_no", "start", "end", "how", "restores", "mends", "week_minutes", "overtime_minutes", "cost_fen",
)  # fmt: skip


def candidate_lines(answer: Mapping[str, Any], asks: tuple[AskLine, ...], day: date) -> tuple[CandidateLine, ...]:
    """The answer's candidates in their order; one query."""
    found = answer["candidates"]
    before = Ask.objects.filter(staff_no__in=[one["staff_no"] for one in found], business_date__lt=day)
    last = dict(before.values("staff_no").annotate(day=Max("business_date")).values_list("staff_no", "day"))
    states = {ask.staff_no: ask.state for ask in asks}
    loans = {ask.staff_no: ask.loan for ask in asks}
    lines = [
        CandidateLine(
            **{name: one[name] for name in TOLD},
            last_asked=last.get(one["staff_no"]), asked=states.get(one["staff_no"]),
            against=from_plain(Breach, one["against"]) if one["against"] else None,
            home=one.get("home", ""), travel_minutes=one.get("travel_minutes", 0), loan=loans.get(one["staff_no"]),
            keeps=tuple(from_plain(Breach, row) for row in one.get("keeps", ())),
        )
        for one in found
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.rank))


def ask_lines(branch_code: str, day: date) -> tuple[AskLine, ...]:
    """Who was asked on a day, the newest question of each person; whoever asks was checked before."""
    newest: dict[str, Ask] = {}
    for row in Ask.objects.filter(branch_code=branch_code, business_date=day).select_related("loan").order_by("id"):
        newest[row.staff_no] = row
    called = account_names({row.by_code for row in newest.values()})
    return tuple(_line(row, Bilingual(), called) for row in newest.values())


def my_asks(scope: Scope, on: date) -> tuple[AskLine, ...]:
    """What the reader is asked and has not answered, and what they said yes to from a date on that is not published
    yet, with the names of the branch and the asker."""
    mine = Ask.objects.filter(staff_no=scope.actor.staff_no or "\0")
    standing = Q(state=AskState.ASKED) | Q(state=AskState.ACCEPTED, business_date__gte=on)
    there = Stretch.objects.filter(
        roster__state=RosterState.PUBLISHED, roster__branch_code=OuterRef("branch_code"), staff_no=OuterRef("staff_no"),
        business_date=OuterRef("business_date"), start__lt=OuterRef("end"), end__gt=OuterRef("start"),
    )  # fmt: skip
    waiting = mine.filter(standing).exclude(Q(state=AskState.ACCEPTED) & Exists(there))
    rows = list(waiting.select_related("loan").order_by("at")[:20])
    if not rows:
        return ()
    names = {node.node_code: node.name for node in network.branches(Scope.system("who asks whether one can come"))}
    called = account_names({row.by_code for row in rows})
    return tuple(_line(row, names.get(row.branch_code, Bilingual()), called) for row in rows)


def my_acknowledgements(scope: Scope) -> tuple[MyAck, ...]:
    """What changed in the reader's published days and was not acknowledged: the newest version of each week."""
    rows = Acknowledgement.objects.filter(staff_no=scope.actor.staff_no or "\0", at=None)
    found: dict[tuple[str, str], MyAck] = {}
    for row in rows.select_related("roster__change").order_by("roster__version")[:50]:
        roster = row.roster
        ref = RosterRef(roster.branch_code, Week.parse(roster.week), roster.version, roster.edit)
        found[(roster.branch_code, roster.week)] = MyAck(row.pk, ref, roster.change.reason, row.wanted_at)
    return tuple(found.values())


def _line(row: Ask, branch_name: Bilingual, called: Mapping[str, Bilingual]) -> AskLine:
    return AskLine(
        row.pk, row.staff_no, row.branch_code, branch_name, row.business_date, row.start, row.end,
        AskState(row.state), as_signed(row.by_code, row.by_name, called), row.at, row.answered_at,
        LoanState(row.loan.state) if row.loan else None,
    )  # fmt: skip
