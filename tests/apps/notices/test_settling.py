"""What a notice waited for has been decided by somebody: it says so, waits for nobody, and nobody is told twice."""

import pytest

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.bases import WrittenOutsideAnAct
from bankhall.apps.notices import actions, queries
from bankhall.apps.notices.models import Notice, Settlement
from bankhall.apps.notices.states import KINDS, WAITING, Outcome
from bankhall.kernel.scope import Actor
from tests.factories.notices import ABOUT, SYSTEM, TEST, tell
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db
ONE, OTHER = at("supervisor", code="li", staff_no="S1"), at("supervisor", code="wang", staff_no="S2")


def told(kind: str, key: str) -> None:
    facts: dict[str, str | int | float] = dict.fromkeys(KINDS[kind], 1)
    with audit.act(TEST, by=SYSTEM.actor, scope=SYSTEM):
        actions.post(kind, to=["S1", "S2"], facts=facts, subject=ABOUT, key=key, by=SYSTEM.actor, scope=SYSTEM)


def settle(by: Actor = OTHER.actor, how: Outcome = Outcome.ANSWERED) -> None:
    with audit.act(TEST, by=by, scope=SYSTEM):
        actions.settle(ABOUT, how=how, by=by)


def test_what_another_has_decided_waits_no_more_and_says_who_did() -> None:
    told("roster_waits", "a")
    assert queries.unread_count(ONE) == 1
    settle()
    page = queries.my_notices(ONE)
    end = page.lines[0].settled
    assert end is not None
    assert (end.outcome, end.by, page.lines[0].opened_at) == (Outcome.ANSWERED, "S2", None)
    assert (queries.unread_count(ONE), page.unread, Notice.objects.count()) == (0, 0, 2)


def test_the_first_end_stands_and_what_comes_afterwards_waits_again() -> None:
    told("roster_waits", "a")
    settle()
    settle(ONE.actor, Outcome.OFF)
    assert set(Settlement.objects.values_list("by", "outcome")) == {("S2", "answered")}
    told("roster_waits", "b")
    assert queries.unread_count(ONE) == 1


@pytest.mark.parametrize("kind", sorted(set(KINDS) - WAITING))
def test_news_is_not_settled_by_what_happens_later(kind: str) -> None:
    told(kind, "a")
    settle()
    assert queries.unread_count(ONE) == 1


def test_outside_an_act_nothing_is_settled() -> None:
    tell("S1", kind="roster_waits")
    with pytest.raises(WrittenOutsideAnAct):
        actions.settle(ABOUT, by=ONE.actor)
