"""Two people act on the same shift or request at once: one wins, the other is told; nothing is half done."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.people import queries as people
from bankhall.apps.people.actions import Asking
from bankhall.apps.people.models import LedgerLine
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import Offering
from bankhall.apps.rosters.models import Roster, ShiftOffer
from bankhall.wording.say import say_error
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import load_bank
from tests.factories.requests import FIRST, SECOND, THIRD, TUESDAY
from tests.factories.rosters import MANAGER, NOW, REGION, TODAY, answer, draft, published, work
from tests.spec.together import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"
    load_bank(small_bank())


def test_of_two_takers_one_wins_and_the_other_is_told() -> None:
    published(answer((work("T101"), work("T101", TUESDAY))))
    for day in (MONDAY, TUESDAY):
        line = actions.offer_shift(Offering(day), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)
        found = refusals(
            *(
                lambda who=who, line=line: actions.take_offer(line.offer_id, on=TODAY, now=NOW, by=who.actor, scope=who)
                for who in (SECOND, THIRD)
            )
        )
        winner = SECOND if found[0] is None else THIRD
        (refused,) = (one for one in found if one is not None)
        assert (refused.code, refused.facts["state"]) == ("offer_not_now", "state.offer.taken")
        assert winner.actor.name in say_error(refused, "en")
        assert ShiftOffer.objects.get(pk=line.offer_id).taken_by == winner.actor.staff_no


def test_two_answers_to_different_swaps_of_a_week_make_one_version_at_a_time() -> None:
    published(answer((work("T101"), work("T101", TUESDAY))))
    ids = []
    for day, who in ((MONDAY, SECOND), (TUESDAY, THIRD)):
        line = actions.offer_shift(Offering(day), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)
        ids.append(actions.take_offer(line.offer_id, on=TODAY, now=NOW, by=who.actor, scope=who).offer_id)
    told = at_once(
        *(
            lambda one=one: actions.answer_offer(one, True, on=TODAY, now=NOW, by=MANAGER.actor, scope=MANAGER)
            for one in ids
        )
    )
    assert told == ["done", "version_on_its_way"]
    assert Roster.objects.count() == 2
    assert sorted(ShiftOffer.objects.values_list("state", flat=True)) == ["confirmed", "taken"]


def test_of_two_answers_to_one_request_one_stands_and_draws_once() -> None:
    draft()
    for number in range(ROUNDS):
        day = TUESDAY.replace(day=TUESDAY.day + number)
        asking = Asking("training", day, day)
        line = actions.ask_leave(asking, on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)
        found = refusals(
            *(
                lambda who=who, line=line: actions.answer_leave(
                    line.request_id, True, on=TODAY, now=NOW, by=who.actor, scope=who
                )
                for who in (MANAGER, REGION)
            )
        )
        winner = MANAGER if found[0] is None else REGION
        (refused,) = (one for one in found if one is not None)
        assert refused.code in ("request_changed_meanwhile", "request_not_now")
        assert winner.actor.code in say_error(refused, "zh-hans")
        assert people.absence_line(MANAGER, line.request_id).state == "granted"
    assert LedgerLine.objects.count() == 0
