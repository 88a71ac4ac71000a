"""Two people change the same day at once: one wins, the other reads who was first, when, and with what."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.audit.bases import writing
from bankhall.apps.audit.models import Line
from bankhall.apps.audit.queries import LastAct
from bankhall.apps.people.models import Missing
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import Acknowledgement, Ask, Proposal, Roster, Stretch
from bankhall.apps.rosters.states import AskState, ProposalState, RosterState
from bankhall.apps.runs.models import Run
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Scope
from bankhall.wording.say import say_error
from tests.factories.bank import MONDAY, small_bank
from tests.factories.imports import load_bank
from tests.factories.requests import THIRD
from tests.factories.rosters import answer, at, published, work
from tests.factories.today import HALF_PAST_SEVEN, ask, computed, mark, monday, publish, reply
from tests.spec.together import one_behind_another, refusals

pytestmark = pytest.mark.django_db(transaction=True)
DEPUTY = at("branch_manager", code="deputy")


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"
    load_bank(small_bank())


def with_a_yes() -> Proposal:
    """T101 is missing, T103 can come: the proposal plans with them."""
    monday()
    mark()
    computed()
    reply(ask(), THIRD)
    return computed()


def withdraw(number: int, who: Scope) -> None:
    actions.withdraw_ask(number, now=HALF_PAST_SEVEN, by=who.actor, scope=who)


def told(refused: Refused | None, code: str, who: str, act: str) -> None:
    """Who was first, and with what, in both languages."""
    assert refused is not None
    last = refused.facts["last"]
    assert isinstance(last, LastAct)
    assert (refused.code, last.who, last.act) == (code, who, f"act.{act}")
    for language in ("zh-hans", "en"):
        said = say_error(refused, language)
        assert who in said
        assert f"{last.at:%H:%M}" in said
        assert "[" not in said


def the_day_is_sound() -> None:
    """One version is in force, and the proposal that stands was made for it."""
    in_force = Roster.objects.get(state=RosterState.PUBLISHED)
    assert all(row.roster_id == in_force.pk for row in Proposal.objects.filter(state=ProposalState.PROPOSED))


def test_of_two_who_publish_one_proposal_one_is_told() -> None:
    row = with_a_yes()
    found = refusals(lambda: publish(row), lambda: publish(row, who=DEPUTY))
    first, second = ("branch_manager", found[1]) if found[0] is None else ("deputy", found[0])
    told(second, "proposal_overtaken", first, "rosters.publish_today")
    assert Roster.objects.count() == 2


def test_of_two_who_mark_one_person_one_is_told() -> None:
    monday()
    found = refusals(mark, lambda: mark(who=DEPUTY))
    first, second = ("branch_manager", found[1]) if found[0] is None else ("deputy", found[0])
    told(second, "missing_already", first, "people.mark_missing")
    assert Missing.objects.count() == Proposal.objects.count() == 1


def test_two_who_mark_two_people_are_both_heard() -> None:
    monday()
    assert refusals(lambda: mark("T101"), lambda: mark("T102", who=DEPUTY)) == [None, None]
    row = Proposal.objects.select_related("roster").get(state=ProposalState.PROPOSED)
    computed()
    row.refresh_from_db()
    assert row.answer is not None
    assert row.answer["assignments"] == []


def test_publishing_while_another_is_marked_leaves_a_proposal_for_what_is_in_force() -> None:
    row = with_a_yes()
    published_, marked = refusals(lambda: publish(row), lambda: mark("T102", who=DEPUTY))
    assert marked is None
    if published_ is not None:
        told(published_, "proposal_overtaken", "deputy", "rosters.propose_today")
    the_day_is_sound()
    assert Proposal.objects.filter(state=ProposalState.PROPOSED).count() == 1


def test_publishing_while_the_mark_is_taken_back() -> None:
    row, number = with_a_yes(), Missing.objects.get().pk
    published_, back = refusals(
        lambda: publish(row),
        lambda: actions.take_back_missing(number, now=HALF_PAST_SEVEN, by=DEPUTY.actor, scope=DEPUTY),
    )
    assert back is None
    if published_ is not None:
        told(published_, "proposal_overtaken", "deputy", "rosters.propose_today")
    the_day_is_sound()


def test_nobody_stands_on_a_published_day_through_a_question_that_was_taken_back() -> None:
    row, number = with_a_yes(), Ask.objects.get().pk
    published_, taken_back = refusals(lambda: publish(row), lambda: withdraw(number, DEPUTY))
    comes = Stretch.objects.filter(roster__state=RosterState.PUBLISHED, staff_no="T103", business_date=MONDAY).exists()
    if published_ is None:
        assert taken_back is not None
        assert (taken_back.code, comes) == ("ask_is_rostered", True)
    else:
        told(published_, "proposal_overtaken", "deputy", "rosters.propose_today")
        assert (taken_back, comes) == (None, False)
    assert Ask.objects.get().state == (AskState.ACCEPTED if comes else AskState.WITHDRAWN)
    the_day_is_sound()


def test_an_answer_while_the_question_is_taken_back() -> None:
    monday()
    mark()
    computed()
    number = ask()
    answered, taken_back = refusals(lambda: reply(number, THIRD), lambda: withdraw(number, DEPUTY))
    assert taken_back is None  # a yes that nobody plans with yet may be taken back too
    if answered is not None:
        told(answered, "ask_not_now", "deputy", "rosters.withdraw_ask")
    assert Ask.objects.get().state == AskState.WITHDRAWN
    the_day_is_sound()


@pytest.fixture
def two_free() -> None:
    """T101 alone stands on the Monday and is missing: T102 and T103 could come."""
    published(answer((work("T101"),)))
    mark()
    computed()


def test_two_managers_ask_two_people(two_free: None) -> None:
    assert refusals(lambda: ask("T102"), lambda: ask("T103", who=DEPUTY)) == [None, None]
    assert Ask.objects.count() == 2


def test_of_two_managers_who_ask_one_person_one_is_told(two_free: None) -> None:
    found = refusals(lambda: ask("T103"), lambda: ask("T103", who=DEPUTY))
    first, second = ("branch_manager", found[1]) if found[0] is None else ("deputy", found[0])
    told(second, "asked_already", first, "rosters.ask_to_come")
    assert Ask.objects.count() == 1


def test_two_who_say_yes_at_once_are_both_in_the_proposal(two_free: None) -> None:
    second = at("teller", code="userT102", staff_no="T102")
    first, other = ask("T103"), ask("T102")
    assert refusals(lambda: reply(first, THIRD), lambda: reply(other, second)) == [None, None]
    the_day_is_sound()
    row = Proposal.objects.get(state=ProposalState.PROPOSED)
    assert row.run_id is not None
    agreed = Run.objects.get(pk=row.run_id).question["agreed"]
    assert [name for name, _, _ in agreed] == ["T102", "T103"]


def test_what_was_seen_is_kept_while_the_next_version_is_published_and_that_one_waits() -> None:
    publish(with_a_yes())
    seen = Acknowledgement.objects.get(staff_no="T103")
    mark("T102")
    row = computed()

    def acknowledge() -> int | None:
        return actions.acknowledge_roster(seen.pk, now=HALF_PAST_SEVEN, by=THIRD.actor, scope=THIRD)

    acts: tuple[Callable[[], object], ...] = (lambda: publish(row, who=DEPUTY), acknowledge)
    assert refusals(*acts) == [None, None]
    seen.refresh_from_db()
    assert seen.at is not None
    with writing("a test"):  # the next version changes their day as well
        newest = Roster.objects.get(state=RosterState.PUBLISHED)
        Acknowledgement.objects.create(roster=newest, staff_no="T103", wanted_at=HALF_PAST_SEVEN)
    assert acknowledge() == newest.version == 3
    assert Acknowledgement.objects.filter(staff_no="T103", at=None).count() == 1


def test_what_is_said_to_be_seen_twice_at_once_is_one_act() -> None:
    publish(with_a_yes())
    mine = Acknowledgement.objects.filter(staff_no="T103")

    def acknowledge() -> int | None:
        return actions.acknowledge_roster(mine.get().pk, now=HALF_PAST_SEVEN, by=THIRD.actor, scope=THIRD)

    assert one_behind_another(mine, acknowledge, acknowledge) == [None, None]
    assert mine.get().at == HALF_PAST_SEVEN
    assert Line.objects.filter(name="rosters.acknowledge_roster").count() == 1
