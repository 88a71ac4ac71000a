"""Two people act on the same shift or request at once: one wins, the other is told; nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connections
from pytest_django.fixtures import Settings

from bankhall.apps.people import queries as people
from bankhall.apps.people.actions import Asking
from bankhall.apps.people.models import LedgerLine
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import Offering
from bankhall.apps.rosters.models import Roster, ShiftOffer
from bankhall.kernel.errors import Refused
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import load_bank
from tests.factories.requests import FIRST, SECOND, THIRD, TUESDAY
from tests.factories.rosters import MANAGER, NOW, REGION, TODAY, answer, draft, published, work

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"
    load_bank(small_bank())


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each of them was told: "done", or the code of the refusal."""
    together = Barrier(len(acts))

    def do(act: Callable[[], object]) -> str:
        together.wait()
        try:
            act()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(do, acts))


def test_of_two_takers_one_wins_and_the_other_is_told() -> None:
    published(answer((work("T101"), work("T101", TUESDAY))))
    for day in (MONDAY, TUESDAY):
        line = actions.offer_shift(Offering(day), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)
        told = at_once(
            *(
                lambda who=who, line=line: actions.take_offer(line.offer_id, on=TODAY, now=NOW, by=who.actor, scope=who)
                for who in (SECOND, THIRD)
            )
        )
        assert told == ["done", "offer_not_now"]
        assert ShiftOffer.objects.get(pk=line.offer_id).taken_by in ("T102", "T103")


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
        told = at_once(
            *(
                lambda who=who, line=line: actions.answer_leave(
                    line.request_id, True, on=TODAY, now=NOW, by=who.actor, scope=who
                )
                for who in (MANAGER, REGION)
            )
        )
        assert told[0] == "done"
        assert told[1] in ("request_changed_meanwhile", "request_not_now")
        assert people.absence_line(MANAGER, line.request_id).state == "granted"
    assert LedgerLine.objects.count() == 0
