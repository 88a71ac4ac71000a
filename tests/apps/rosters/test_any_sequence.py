"""Leave, illness, loans, edits by hand, in whatever order: no version with a breach of law or control is published."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.apps.people.actions import Asking
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import StretchName
from bankhall.apps.rosters.actions.versions import ref_of, standing_version
from bankhall.apps.rosters.models import Ask, Loan, Proposal, Roster
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.problems.weeks import published_of
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Scope
from tests.factories.bank import MONDAY, WEEK, law
from tests.factories.imports import SYSTEM, add_rule
from tests.factories.loans import LENT, REGION, looked_for, two_weeks
from tests.factories.rosters import NOW, TODAY, answer, at
from tests.factories.today import computed

HALF_PAST_SEVEN = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
BRANCHES = ("B01", "B02")
STEPS = ("leave", "draft", "move", "send", "ill", "come", "mend", "offer", "agree", "go")
Move = tuple[str, int, int]


def person(number: int, place: int) -> Scope:
    """One of a branch's three people."""
    branch = BRANCHES[place]
    staff_no = f"T{place + 1}0{number + 1}"
    return at("teller", branch, code=f"user{staff_no}", staff_no=staff_no)


def act(what: str, number: int, place: int) -> None:
    """One move, by somebody who may; what is refused changes nothing."""
    branch, who = BRANCHES[place], person(number, place)
    if what in ("draft", "move", "send"):
        by_hand(what, branch, who.actor.staff_no)
    elif what in ("offer", "agree", "go"):
        lend(what, branch)
    elif what == "leave":
        boss = at("branch_manager", branch, code=f"boss{branch}")
        asking = Asking("leave", MONDAY, MONDAY)
        line = actions.ask_leave(asking, anyway=True, on=TODAY, now=NOW, by=who.actor, scope=who)
        actions.answer_leave(line.request_id, True, reason="so", on=TODAY, now=NOW, by=boss.actor, scope=boss)
    else:
        on_the_day(what, branch, who)


def by_hand(what: str, branch: str, staff_no: str) -> None:
    """A draft beside what is published is edited, and goes its way."""
    boss, second = at("branch_manager", branch, code=f"boss{branch}"), at("supervisor", branch, code=f"second{branch}")
    standing, own = standing_version(branch, WEEK), {"by": boss.actor, "scope": boss}
    if what == "draft":
        rows = assignments_of(published_of(branch, WEEK))  # type: ignore[arg-type]
        question = {"branch_code": branch, "week": str(WEEK), "seed": 7, "as_of": "2026-11-23"}
        told = answer(rows, branch_code=branch) | {"rosters": to_plain(rows)}
        actions.take_plan(question, told, by=SYSTEM.actor, scope=SYSTEM, now=NOW)
    elif standing is not None and what == "move":
        first = standing.stretches.order_by("pk").first()
        if first is None:
            return
        name = StretchName(first.staff_no, first.business_date, first.start)
        actions.move(ref_of(standing), name, start=first.start, end=first.end, staff_no=staff_no, **own)  # type: ignore[arg-type]
    elif standing is not None:
        ref: RosterRef = actions.propose(ref_of(standing), now=NOW, reason="so", **own)  # type: ignore[arg-type]
        ref = actions.confirm(ref, by=second.actor, scope=second, now=NOW, reason="so")
        actions.publish(ref, now=NOW, reason="so", **own)  # type: ignore[arg-type]


def lend(what: str, branch: str) -> None:
    """A loan goes one step on."""
    if not Loan.objects.exists() and not looked_for():
        return
    code, dated = Loan.objects.order_by("code")[0].code, {"now": NOW, "on": TODAY}
    boss = at("branch_manager", branch, code=f"boss{branch}")
    if what == "offer":
        actions.offer_loan(code, by=REGION.actor, scope=REGION, **dated)  # type: ignore[arg-type]
    elif what == "agree":
        actions.agree_loan(code, by=boss.actor, scope=boss, **dated)  # type: ignore[arg-type]
    else:
        actions.acknowledge_loan(code, by=LENT.actor, scope=LENT, **dated)  # type: ignore[arg-type]


def on_the_day(what: str, branch: str, who: Scope) -> None:
    """Somebody is missing, somebody is asked and says yes, the day is mended and published."""
    boss = at("branch_manager", branch, code=f"boss{branch}")
    own = {"now": HALF_PAST_SEVEN, "by": boss.actor, "scope": boss}
    if what == "ill":
        actions.mark_missing(branch, who.actor.staff_no, "sick", **own)  # type: ignore[arg-type]
        computed()
    elif what == "come":
        number = actions.ask_to_come(branch, who.actor.staff_no, **own)  # type: ignore[arg-type]
        actions.answer_ask(number, True, now=HALF_PAST_SEVEN, by=who.actor, scope=who)
        computed()
    else:
        newest = Proposal.objects.filter(branch_code=branch).order_by("-id").first()
        if newest is not None:
            actions.publish_today(newest.pk, "so", **own)  # type: ignore[arg-type]


def in_force() -> set[int]:
    """The published versions by their rows."""
    return set(Roster.objects.filter(state=RosterState.PUBLISHED).values_list("pk", flat=True))


def check_lawful(known: set[int]) -> None:
    """What has been published since keeps law and control by today's rows."""
    for roster in Roster.objects.filter(pk__in=in_force() - known):
        breaches = find_breaches(problem_of(roster), assignments_of(roster))
        assert not [breach for breach in breaches if breach.rule_class == "law_control"], roster


class TestAnySequence(TestCase):
    """Two branches, of whose people one may be lent; at each at least one must be there, for six hours at most."""

    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 1)), max_size=12))
    @settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
    def test_nothing_unlawful_is_ever_published(self, moves: list[Move]) -> None:
        two_weeks()
        for move in moves:
            known = in_force()
            with suppress(BankhallError):
                act(*move)
            check_lawful(known)

    def test_the_moves_reach_new_versions_by_every_way(self) -> None:
        two_weeks()
        add_rule(law("hours_day", 6))
        ways = (
            [("draft", 0, 0), ("move", 2, 0), ("send", 0, 0)],
            [("offer", 0, 0), ("agree", 0, 0), ("agree", 0, 1), ("go", 0, 0)],
            [("ill", 1, 1), ("mend", 0, 1)],
        )
        for way in ways:
            known = in_force()
            for move in way:
                act(*move)
            assert in_force() - known
            check_lawful(known)
        assert Ask.objects.count() == 0
