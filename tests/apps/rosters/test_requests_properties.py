"""Whatever people ask, offer, take and answer, in whatever order: nothing unlawful is published, balances add up."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.apps.people.actions import Asking
from bankhall.apps.people.models import AbsenceAsked, LedgerLine
from bankhall.apps.people.queries import balances
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import Offering
from bankhall.apps.rosters.models import Roster, ShiftOffer
from bankhall.apps.rosters.problems import problem_of
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.queries.records import assignments_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.errors import BankhallError
from tests.apps.rosters.test_leave import bank_with_balances
from tests.factories.bank import MONDAY, WEEK, law
from tests.factories.imports import add_rule, load_bank
from tests.factories.requests import FIRST, SECOND, THIRD, TWO_ALL_WEEK
from tests.factories.rosters import MANAGER, NOW, SUPERVISOR, TODAY, answer, published

PEOPLE = (FIRST, SECOND, THIRD)
STEPS = ("ask", "grant", "withdraw", "offer", "take", "agree", "end", "confirm", "wish")
Move = tuple[str, int, int, int]


def act(move: Move) -> None:
    """One person's move on one day; what is refused changes nothing."""
    what, person, day, other = move
    who, when = PEOPLE[person], MONDAY + timedelta(days=day)
    dated = {"on": TODAY, "now": NOW}
    own = {"by": who.actor, "scope": who}
    boss = {"by": MANAGER.actor, "scope": MANAGER}
    asked = AbsenceAsked.objects.order_by("id").values_list("pk", flat=True)[other : other + 1]
    offered = ShiftOffer.objects.order_by("id").values_list("pk", flat=True)[other : other + 1]
    if what == "ask":
        actions.ask_leave(Asking("leave", when, when, pays="leave"), anyway=True, **dated, **own)  # type: ignore[arg-type]
    elif what == "offer":
        actions.offer_shift(Offering(when, PEOPLE[other].actor.staff_no if other < 3 else ""), **dated, **own)  # type: ignore[arg-type]
    elif what == "wish":
        actions.state_wish(when, "off", on=TODAY, by=who.actor, scope=who)
    elif what == "confirm":
        newest = Roster.objects.order_by("-version")[0]
        ref = RosterRef("B01", WEEK, newest.version, newest.edit)
        actions.confirm(ref, now=NOW, by=SUPERVISOR.actor, scope=SUPERVISOR)
    elif what in ("grant", "withdraw") and asked:
        if what == "grant":
            actions.answer_leave(asked[0], True, reason="so", **dated, **boss)  # type: ignore[arg-type]
        else:
            actions.withdraw_leave(asked[0], on=TODAY, by=who.actor, scope=who)
    elif what in ("take", "agree", "end") and offered:
        if what == "take":
            actions.take_offer(offered[0], **dated, **own)  # type: ignore[arg-type]
        elif what == "agree":
            actions.answer_offer(offered[0], True, reason="so", **dated, **boss)  # type: ignore[arg-type]
        else:
            actions.withdraw_offer(offered[0], by=who.actor, scope=who)


class TestRequests(TestCase):
    """A branch of three, two of whom must always be there."""

    @given(
        st.lists(
            st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 1), st.integers(0, 3)), max_size=14
        )
    )
    @settings(max_examples=15, deadline=None)
    def test_nothing_unlawful_is_published_and_balances_add_up(self, moves: list[Move]) -> None:
        load_bank(bank_with_balances())
        add_rule(law("two_person_presence", 2))
        published(answer(TWO_ALL_WEEK))
        for move in moves:
            versions = Roster.objects.filter(state=RosterState.PUBLISHED).values_list("version", flat=True)
            before = set(versions)
            with suppress(BankhallError):
                act(move)
            for roster in Roster.objects.filter(state=RosterState.PUBLISHED).exclude(version__in=before):
                breaches = find_breaches(problem_of(roster), assignments_of(roster))
                assert not [b for b in breaches if b.rule_class == "law_control"]
            for who in PEOPLE:
                for one in balances(who).accounts:
                    lines = LedgerLine.objects.filter(staff_no=who.actor.staff_no, account=one.account)
                    assert one.amount == sum(line.amount for line in lines)
