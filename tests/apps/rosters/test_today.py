"""Illness at half past seven: marked, mended, asked, published, acknowledged, confirmed afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.access import actions as access
from bankhall.apps.audit.bases import writing
from bankhall.apps.audit.models import Line
from bankhall.apps.notices import queries as notices
from bankhall.apps.notices.models import Notice
from bankhall.apps.people.models import AbsenceRow, Missing
from bankhall.apps.people.queries import missing_on
from bankhall.apps.rosters import actions
from bankhall.apps.rosters import queries as rosters
from bankhall.apps.rosters.actions import ending_asks, publishing_today
from bankhall.apps.rosters.actions.revising import revise
from bankhall.apps.rosters.models import Acknowledgement, Ask, Change, Proposal, Roster, Stretch
from bankhall.apps.rosters.queries import awaiting_review
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.states import ASK_MOVES, AskState, ProposalState, RosterState
from bankhall.apps.runs.models import Run
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import ROLES, Actor, Role, Scope
from tests.factories.bank import MONDAY, WEEK, law, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.notices import account
from tests.factories.requests import FIRST, SECOND, THIRD, TWO_ALL_WEEK, staff
from tests.factories.rosters import MANAGER, SUPERVISOR, TODAY, answer, at, draft, published
from tests.factories.today import HALF_PAST_SEVEN, NOON, ask, computed, mark, monday, publish, reply

pytestmark = pytest.mark.django_db
LATER = HALF_PAST_SEVEN + timedelta(minutes=12)


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))


def on_monday() -> set[tuple[str, int, int]]:
    rows = Stretch.objects.filter(roster__state=RosterState.PUBLISHED, business_date=MONDAY).exclude(kind="break")
    return set(rows.values_list("staff_no", "start", "end"))


def published_with_help() -> int:
    """T101 is missing, T103 was asked and came: version 2."""
    monday()
    mark()
    computed()
    reply(ask(), THIRD)
    return publish(computed())


def test_who_is_missing_leaves_the_rest_of_the_day_and_a_proposal_is_asked_for_at_once() -> None:
    monday()
    mark()
    (run,) = Run.objects.filter(kind="replan_day")
    assert (run.lane, run.question["now"]) == ("interactive", "2026-11-30T07:30:00")
    answer = computed().answer
    assert answer is not None
    assert {row["staff_no"] for row in answer["assignments"]} == {"T102"}
    assert sum(row["people_short"] for row in answer["short_after"]) == 2


def test_somebody_late_is_there_again_from_the_time_that_was_said() -> None:
    monday()
    mark(kind="late", until=600)
    publish(computed())
    assert on_monday() == {("T101", 600, 1020), ("T102", 540, 1020)}


def test_the_kind_is_kept_for_those_who_may_see_it_and_stands_neither_in_the_record_nor_in_the_trail() -> None:
    monday()
    mark()
    assert [row.kind for row in missing_on(MANAGER, "B01", MONDAY)] == ["sick"]
    assert [row.kind for row in missing_on(FIRST, "B01", MONDAY)] == ["sick"]
    for reader in (SECOND, SUPERVISOR, at("auditor"), at("lobby_manager")):
        assert [row.kind for row in missing_on(reader, "B01", MONDAY)] == [""]
    assert set(AbsenceRow.objects.values_list("kind", flat=True)) == {"missing"}
    assert not Line.objects.filter(after__contains="sick").exists()


def test_who_was_marked_by_mistake_is_back_and_the_proposal_is_gone() -> None:
    monday()
    number = mark()
    actions.take_back_missing(number, now=LATER, by=MANAGER.actor, scope=MANAGER)
    assert not Proposal.objects.filter(state=ProposalState.PROPOSED).exists()
    assert set(AbsenceRow.objects.filter(retired_in="").values_list("state", flat=True)) == {"refused"}
    with pytest.raises(Refused, match="missing_taken_back"):
        actions.take_back_missing(number, now=LATER, by=MANAGER.actor, scope=MANAGER)
    mark()
    assert Missing.objects.filter(state="marked").count() == 1


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda: mark("T103"), "no_shift_that_day"),
        (lambda: mark(now=HALF_PAST_SEVEN.replace(hour=18)), "shift_is_over"),
        (lambda: mark(kind="late"), "form_incomplete"),
        (lambda: mark(kind="gout"), "form_incomplete"),
        (lambda: mark(until=440), "back_before_now"),
        (lambda: mark(now=HALF_PAST_SEVEN + timedelta(days=7)), "today_not_published"),
    ],
)
def test_what_cannot_be_marked_is_refused(act: Callable[[], int], error: str) -> None:
    monday()
    with pytest.raises((Refused, BadInput), match=error):
        act()
    assert not Missing.objects.exists()


def test_two_managers_mark_the_same_person_and_one_is_told() -> None:
    monday()
    mark()
    with pytest.raises(Refused, match="missing_already"):
        mark(who=at("branch_manager", code="deputy"))


def test_a_form_that_is_sent_twice_marks_once() -> None:
    monday()
    key = uuid4()
    assert mark(key=key) == mark(key=key)
    assert (Missing.objects.count(), Proposal.objects.count()) == (1, 1)


def test_the_person_who_said_yes_comes_and_everybody_changed_hears_of_it() -> None:
    account("wu", "S901")
    access.grant("wu", "supervisor", "B01", valid_from=TODAY, by=SYSTEM.actor, scope=SYSTEM)
    assert published_with_help() == 2
    assert {who for who, _, _ in on_monday()} == {"T102", "T103"}
    assert Change.objects.get().source == f"replan:{Proposal.objects.get(state='published').pk}"
    told = set(Notice.objects.filter(kind="roster_changed").values_list("recipient", flat=True))
    assert {"T101", "T103"} <= told
    wanted = set(Acknowledgement.objects.values_list("staff_no", flat=True))
    assert "T103" in wanted
    assert "T101" not in wanted
    assert set(Notice.objects.filter(kind="acknowledgement_wanted").values_list("recipient", flat=True)) == wanted
    assert Notice.objects.get(kind="roster_waits", facts__version=2).recipient == "S901"


def test_without_a_yes_nobody_gets_a_longer_day() -> None:
    monday()
    mark()
    row = computed()
    number = ask()
    reply(number, THIRD)
    with_third = computed()
    assert row.pk != with_third.pk
    actions.withdraw_ask(number, now=LATER, by=MANAGER.actor, scope=MANAGER)
    with pytest.raises(Refused, match="proposal_overtaken"):
        publish(with_third)
    publish(computed())
    assert on_monday() == {("T102", 540, 1020)}


def test_nobody_who_has_begun_is_moved_and_what_was_worked_stays() -> None:
    monday()
    mark(now=NOON)
    publish(computed(), now=NOON)
    assert ("T101", 540, 720) in on_monday()
    assert ("T102", 540, 1020) in on_monday()


def test_a_proposal_is_out_of_date_once_somebody_whom_it_changes_has_begun() -> None:
    monday()
    mark()
    computed()
    reply(ask(), THIRD)
    row = computed()
    with pytest.raises(Refused, match="proposal_outdated"):
        publish(row, now=HALF_PAST_SEVEN.replace(hour=9, minute=30))
    assert Roster.objects.count() == 1


def test_what_breaks_law_is_not_published() -> None:
    monday()
    add_rule(law("two_person_presence", 2))
    mark()
    row = computed()
    assert row.answer is not None
    assert row.answer["law_breaches"]
    with pytest.raises(Refused, match="roster_breaches_law"):
        publish(row)
    reply(ask(), THIRD)
    publish(computed())
    assert Roster.objects.get(state="published").law_breaches == 0


def test_what_has_become_unlawful_since_it_was_computed_is_not_published_either() -> None:
    monday()
    mark()
    computed()
    reply(ask(), THIRD)
    row = computed()
    add_rule(law("hours_day", 60))
    add_rule(law("overtime_day", 0))
    with pytest.raises(Refused, match="roster_breaches_law"):
        publish(row)
    row.refresh_from_db()
    assert (row.state, Roster.objects.count()) == (ProposalState.PROPOSED, 1)


def test_of_two_managers_at_once_one_publishes_and_the_other_is_told() -> None:
    monday()
    mark()
    row = computed()
    stale = Proposal.objects.select_related("roster__plan").get(pk=row.pk)
    assert publish(row) == 2
    with pytest.raises(Refused, match="proposal_overtaken"):
        publish(stale, who=at("branch_manager", code="deputy"))
    assert Roster.objects.count() == 2


def test_the_same_press_twice_publishes_once() -> None:
    monday()
    mark()
    row, key = computed(), uuid4()
    assert publish(row, key=key) == publish(row, key=key) == 2
    assert Roster.objects.count() == 2


def test_a_changed_day_has_its_reason() -> None:
    monday()
    mark()
    with pytest.raises(BadInput, match="reason_wanted"):
        publish(computed(), reason=" ")


def test_a_draft_of_the_week_learns_of_the_changed_day() -> None:
    monday()
    draft()
    mark()
    publish(computed())
    rows = Stretch.objects.filter(roster__state=RosterState.DRAFT, business_date=MONDAY)
    assert set(rows.values_list("staff_no", flat=True)) == {"T102"}


def test_only_the_asked_person_answers() -> None:
    monday()
    mark()
    computed()
    number = ask()
    for other in (
        FIRST,
        SECOND,
        MANAGER,
        Scope(Actor("boss", staff_no="T102"), {"branch_manager": frozenset({"B01"})}),
    ):
        with pytest.raises(NotAllowed):
            reply(number, other)
    with pytest.raises(NotFound):
        reply(number, staff("T201", "B02"))
    assert reply(number, THIRD, accepted=False) == AskState.DECLINED
    assert notices.my_notices(MANAGER).lines[0].kind == "shift_answered"


def test_a_question_is_asked_once_and_answered_once() -> None:
    monday()
    mark()
    computed()
    key = uuid4()
    number = ask(key=key)
    assert ask(key=key) == number
    with pytest.raises(Refused, match="asked_already"):
        ask()
    reply(number, THIRD)
    with pytest.raises(Refused, match="ask_not_now"):
        reply(number, THIRD)
    (notice,) = Notice.objects.filter(kind="shift_asked")
    assert (notice.recipient, notice.urgent) == ("T103", True)


def test_a_yes_is_taken_back_until_it_is_published_and_the_day_is_planned_anew_without_them() -> None:
    monday()
    mark()
    computed()
    number = ask()
    reply(number, THIRD)
    with_them = computed()
    assert [one.state for one in rosters.my_asks(THIRD, MONDAY)] == [AskState.ACCEPTED]
    assert reply(number, THIRD, accepted=False, now=LATER) == AskState.DECLINED
    with_them.refresh_from_db()
    assert with_them.state == ProposalState.OVERTAKEN
    told = Notice.objects.filter(kind="shift_answered").order_by("id")
    assert [row.facts["answer"] for row in told] == ["agreed", "refused"]
    assert rosters.my_asks(THIRD, MONDAY) == ()


def test_a_yes_that_stands_on_the_published_day_is_not_taken_back_and_waits_for_nothing() -> None:
    published_with_help()
    assert rosters.my_asks(THIRD, MONDAY) == ()
    with pytest.raises(Refused, match="yes_is_rostered"):
        reply(Ask.objects.get().pk, THIRD, accepted=False, now=LATER)


def test_a_question_and_a_wanted_acknowledgement_wait_until_answered_and_say_how_they_ended() -> None:
    published_with_help()
    ends = Notice.objects.values_list("kind", "settlement__outcome", "settlement__by")
    assert ("shift_asked", "answered", "T103") in ends
    assert ("acknowledgement_wanted", None, None) in ends
    row = Acknowledgement.objects.get(staff_no="T103")
    actions.acknowledge_roster(row.pk, now=LATER, by=THIRD.actor, scope=THIRD)
    assert ("acknowledgement_wanted", "answered", "T103") in ends.filter(recipient="T103")


@pytest.mark.parametrize("state", list(AskState))
def test_a_question_moves_only_as_the_table_says(state: AskState) -> None:
    monday()
    mark()
    computed()
    number = ask()
    stale = Ask.objects.get(pk=number)
    with_state(stale, state)
    for target, act in (
        (AskState.ACCEPTED, lambda: reply(number, THIRD)),
        (AskState.WITHDRAWN, lambda: actions.withdraw_ask(number, now=LATER, by=MANAGER.actor, scope=MANAGER)),
    ):
        with_state(stale, state)
        if target in ASK_MOVES[state]:
            act()
        else:
            with pytest.raises(Refused, match="ask_not_now"):
                act()


def with_state(row: Ask, state: AskState) -> None:
    with writing("a test"):
        Ask.objects.filter(pk=row.pk).update(state=state)


def test_a_question_lapses_when_its_hours_begin() -> None:
    monday()
    mark()
    computed()
    number = ask()
    with pytest.raises(Refused, match="lapsed"):
        reply(number, THIRD, now=HALF_PAST_SEVEN.replace(hour=9))
    assert Ask.objects.get(pk=number).state == AskState.LAPSED
    mark("T102")
    computed()
    ask()
    assert actions.lapse_asks(HALF_PAST_SEVEN.replace(hour=9)) == 1


def off_for() -> list[str]:
    """Who was told that they need not come."""
    return list(Notice.objects.filter(kind="shift_off").order_by("id").values_list("recipient", flat=True))


def test_who_is_asked_and_no_longer_needed_is_told() -> None:
    monday()
    number = mark()
    computed()
    withdrawn = ask()
    actions.withdraw_ask(withdrawn, now=LATER, by=MANAGER.actor, scope=MANAGER)
    assert off_for() == ["T103"]
    ask()
    actions.take_back_missing(number, now=LATER, by=MANAGER.actor, scope=MANAGER)
    assert off_for() == ["T103", "T103"]
    assert set(Ask.objects.values_list("state", flat=True)) == {AskState.WITHDRAWN}


def test_who_is_still_to_answer_is_told_once_the_published_day_is_short_of_nobody() -> None:
    monday()
    mark()
    row = computed()
    ask()
    publish(row)
    assert off_for() == []
    with writing("a test"):
        Proposal.objects.filter(pk=row.pk).update(state=ProposalState.OVERTAKEN)
    actions.propose_again("B01", now=LATER, by=MANAGER.actor, scope=MANAGER)
    full = computed()
    assert full.answer is not None
    with writing("a test"):
        Proposal.objects.filter(pk=full.pk).update(answer=full.answer | {"short_after": []})
    publish(full, now=LATER)
    assert off_for() == ["T103"]


def test_who_came_through_it_is_not_told_that_they_need_not_come() -> None:
    published_with_help()
    assert off_for() == []
    actions.take_back_missing(Missing.objects.get().pk, now=LATER, by=MANAGER.actor, scope=MANAGER)
    assert off_for() == []
    assert Ask.objects.get().state == AskState.ACCEPTED


def test_who_stands_on_the_roster_through_it_is_not_taken_back() -> None:
    published_with_help()
    with pytest.raises(Refused, match="ask_is_rostered"):
        actions.withdraw_ask(Ask.objects.get().pk, now=LATER, by=MANAGER.actor, scope=MANAGER)


def test_whom_a_rule_of_law_keeps_is_not_asked() -> None:
    add_rule(law("hours_day", 60))
    add_rule(law("overtime_day", 0))
    load_bank(small_bank(2))
    draft_free()
    with pytest.raises(Refused, match="cannot_come"):
        ask()


def draft_free() -> None:
    """A Monday of an hour for each, under a law that allows no second one."""
    from tests.factories.requests import hall
    from tests.factories.rosters import answer, published, work

    published(answer((work("T101", end=600), hall("T102", end=600))))
    add_rule(law("hours_day", 30))
    mark()
    computed()


def test_one_presses_that_one_has_seen_it_and_nobody_for_another() -> None:
    published_with_help()
    row = Acknowledgement.objects.get(staff_no="T103")
    for other in (FIRST, MANAGER, SUPERVISOR):
        with pytest.raises(NotAllowed):
            actions.acknowledge_roster(row.pk, now=LATER, by=other.actor, scope=other)
    stranger = staff("T201", "B02")
    with pytest.raises(NotFound):
        actions.acknowledge_roster(row.pk, now=LATER, by=stranger.actor, scope=stranger)
    for when in (LATER, NOON):
        actions.acknowledge_roster(row.pk, now=when, by=THIRD.actor, scope=THIRD)
    row.refresh_from_db()
    assert row.at == LATER


def test_the_supervisor_confirms_it_afterwards_once_and_never_their_own() -> None:
    ref = RosterRef("B01", WEEK, published_with_help(), 1)
    boss = Scope(MANAGER.actor, {"supervisor": frozenset({"B01"})})
    same_person = Scope(Actor("other", staff_no=""), {"branch_manager": frozenset({"B01"})})
    with pytest.raises(NotAllowed, match="own_publication"):
        actions.review_today(ref, now=LATER, by=boss.actor, scope=boss)
    with pytest.raises(NotAllowed, match="role_may_not"):
        actions.review_today(ref, now=LATER, by=same_person.actor, scope=same_person)
    actions.review_today(ref, now=LATER, by=SUPERVISOR.actor, scope=SUPERVISOR)
    with pytest.raises(Refused, match="reviewed_already"):
        actions.review_today(ref, now=LATER, by=SUPERVISOR.actor, scope=SUPERVISOR)
    first = RosterRef("B01", WEEK, 1, 1)
    with pytest.raises(Refused, match="nothing_to_review"):
        actions.review_today(first, now=LATER, by=SUPERVISOR.actor, scope=SUPERVISOR)


def test_what_was_changed_during_the_day_is_confirmed_afterwards_too() -> None:
    monday()
    revise("B01", WEEK, lambda _, old: old, what="during_day:1/0", by=MANAGER.actor, now=NOON, reason="a queue")
    (line,) = awaiting_review(SUPERVISOR, "B01", WEEK)
    assert (line.ref.version, line.reason, line.may) == (2, "a queue", True)
    actions.review_today(line.ref, now=NOON, by=SUPERVISOR.actor, scope=SUPERVISOR)
    assert awaiting_review(SUPERVISOR, "B01", WEEK) == ()


def test_a_loan_or_a_swap_is_not_confirmed_afterwards() -> None:
    monday()
    revise("B01", WEEK, lambda _, old: old, what="loan", by=MANAGER.actor, now=NOON, reason="a loan")
    assert awaiting_review(SUPERVISOR, "B01", WEEK) == ()


def test_who_comes_second_is_told_even_when_both_had_read_the_same_state() -> None:
    monday()
    mark()
    row = computed()
    question = Ask.objects.get(pk=ask())
    stale = Proposal.objects.select_related("roster").get(pk=row.pk)
    reply(question.pk, THIRD)
    with pytest.raises(Refused, match="ask_not_now"):
        ending_asks.end_ask(question, AskState.WITHDRAWN, by=MANAGER.actor, scope=MANAGER, now=LATER)
    with pytest.raises(Refused, match="today_changed_meanwhile"), writing("a test"):
        publishing_today._move(stale)


def acts(scope: Scope) -> dict[str, Callable[[], object]]:
    """Every act of today, ready to be done."""
    row = Proposal.objects.get(state=ProposalState.PROPOSED)
    number = Ask.objects.get().pk
    told: dict[str, Any] = {"by": scope.actor, "scope": scope, "now": HALF_PAST_SEVEN}
    return {
        "mark": lambda: actions.mark_missing("B01", "T102", "other", **told),
        "take_back": lambda: actions.take_back_missing(Missing.objects.get().pk, **told),
        "propose": lambda: actions.propose_again("B01", **told),
        "ask": lambda: actions.ask_to_come("B01", "T103", **told),
        "withdraw": lambda: actions.withdraw_ask(number, **told),
        "publish": lambda: actions.publish_today(row.pk, "short", **told),
    }


@pytest.mark.parametrize("name", ["mark", "take_back", "propose", "ask", "withdraw", "publish"])
@pytest.mark.parametrize("role", ROLES)
def test_the_branch_manager_alone_changes_today(role: Role, name: str) -> None:
    monday()
    mark()
    computed()
    ask()
    act = acts(at(role))[name]
    if role != "branch_manager":
        with pytest.raises(NotAllowed, match="role_may_not"):
            act()
    elif name == "ask":
        with pytest.raises(Refused, match="asked_already"):
            act()
    else:
        act()
    with pytest.raises((NotAllowed, NotFound)):
        acts_elsewhere(role, name)


def acts_elsewhere(role: Role, name: str) -> None:
    """The same role of another branch."""
    if not Proposal.objects.filter(state=ProposalState.PROPOSED).exists():
        raise NotFound("proposal")
    acts(at(role, "B02"))[name]()


def test_marking_asks_no_more_queries_for_more_people() -> None:
    monday()
    with CaptureQueriesContext(connection) as first:
        mark()
    with CaptureQueriesContext(connection) as second:
        mark("T102")
    assert len(second) <= len(first) + 2


def test_a_day_that_is_over_does_not_stop_today_from_being_mended() -> None:
    add_rule(law("two_person_presence", 2))
    published(answer(TWO_ALL_WEEK))
    next_day = HALF_PAST_SEVEN + timedelta(days=1)
    mark("T101")
    computed()
    with pytest.raises(Refused, match="roster_breaches_law"):
        publish(Proposal.objects.order_by("-id")[0])
    number = mark("T101", now=next_day)
    assert number
    row = computed()
    ask("T103", now=next_day)
    reply(Ask.objects.get().pk, THIRD, now=next_day)
    row = computed()
    assert row.answer is not None
    assert not row.answer["law_breaches"]
    assert publish(row, now=next_day)
