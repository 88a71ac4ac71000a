"""Shifts change hands: judged at once, one taker, answered by a third, published by the way of every version."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import OfferCheck, Offering
from bankhall.apps.rosters.models import Roster, Stretch
from bankhall.apps.rosters.queries.offers import OfferLine, branch_offers, in_force, offers_open_to, own_offers
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.rosters.states import OFFER_MOVES, OfferState, RosterState
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import ROLES, Role, Scope
from tests.factories.bank import MONDAY, WEEK, agreed, law, small_bank
from tests.factories.imports import add_rule, load_bank
from tests.factories.requests import FIRST, SECOND, THIRD, TUESDAY, TWO_ALL_WEEK, TWO_ON_MONDAY, hall, staff
from tests.factories.rosters import MANAGER, NOW, SUPERVISOR, TODAY, answer, at, draft, published, work

pytestmark = pytest.mark.django_db
TO_ANYBODY, TO_THIRD = Offering(MONDAY), Offering(MONDAY, "T103")


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))


def offer(offering: Offering = TO_ANYBODY, who: Scope = FIRST) -> OfferLine:
    return actions.offer_shift(offering, on=TODAY, now=NOW, by=who.actor, scope=who)


def check(offering: Offering = TO_ANYBODY, who: Scope = FIRST) -> OfferCheck:
    return actions.check_offer(offering, on=TODAY, by=who.actor, scope=who)


def take(offer_id: int, who: Scope = THIRD) -> OfferLine:
    return actions.take_offer(offer_id, on=TODAY, now=NOW, by=who.actor, scope=who)


def answered(offer_id: int, who: Scope = MANAGER, *, agreed: bool = True, reason: str = "") -> OfferLine:
    return actions.answer_offer(offer_id, agreed, reason=reason, on=TODAY, now=NOW, by=who.actor, scope=who)


def confirm_newest() -> None:
    newest = Roster.objects.order_by("-version")[0]
    ref = RosterRef("B01", WEEK, newest.version, newest.edit)
    actions.confirm(ref, by=SUPERVISOR.actor, scope=SUPERVISOR, now=NOW)


def on_monday(version: int) -> set[str]:
    rows = Stretch.objects.filter(roster__version=version, business_date=MONDAY)
    return set(rows.values_list("staff_no", flat=True))


def test_a_taken_shift_becomes_a_version_that_the_supervisor_confirms_and_then_stands() -> None:
    published(answer(TWO_ON_MONDAY))
    line = answered(take(offer().offer_id).offer_id)
    assert (line.state, line.made_version) == (OfferState.CONFIRMED, 2)
    assert Roster.objects.get(version=2).state == RosterState.PROPOSED
    assert not in_force(own_offers(FIRST)[0])
    confirm_newest()
    assert [r.state for r in Roster.objects.order_by("version")] == ["superseded", "published"]
    assert (on_monday(1), on_monday(2)) == ({"T101", "T102"}, {"T102", "T103"})
    assert in_force(own_offers(FIRST)[0])


def test_a_swap_gives_one_day_for_another() -> None:
    published(answer((*TWO_ON_MONDAY, work("T103", TUESDAY))))
    line = offer(Offering(MONDAY, "T103", TUESDAY))
    answered(take(line.offer_id).offer_id)
    rows = Stretch.objects.filter(roster__version=2).values_list("business_date", "staff_no")
    assert set(rows) == {(MONDAY, "T103"), (MONDAY, "T102"), (TUESDAY, "T101")}


def test_two_people_change_places_on_one_day() -> None:
    published(answer(TWO_ON_MONDAY))
    line = offer(Offering(MONDAY, "T102", MONDAY))
    answered(take(line.offer_id, SECOND).offer_id)
    rows = Stretch.objects.filter(roster__version=2).values_list("staff_no", "kind")
    assert set(rows) == {("T102", "window"), ("T101", "post")}


def test_what_law_forbids_is_not_offered_and_the_colleagues_who_could_are_named() -> None:
    published(answer(TWO_ON_MONDAY))
    found = check(Offering(MONDAY, "T102"))
    assert (found.goes, found.could) == (False, ("T103",))
    assert "person_overlap" in {breach.rule_code for breach in found.findings}
    with pytest.raises(Refused, match="roster_breaches_law"):
        offer(Offering(MONDAY, "T102"))


def test_a_shift_that_nobody_could_take_is_not_offered() -> None:
    published(answer((*TWO_ON_MONDAY, work("T103", kind="post", code="teller"))))
    with pytest.raises(Refused, match="nobody_could_take_it"):
        offer()


def test_an_agreement_that_a_swap_breaks_needs_a_reason() -> None:
    add_rule(agreed("consecutive_days", 1))
    published(answer((*TWO_ON_MONDAY, work("T103", TUESDAY))), reason="so")
    taken = take(offer(TO_THIRD).offer_id)
    with pytest.raises(Refused, match="reason_needed"):
        answered(taken.offer_id)
    assert answered(taken.offer_id, reason="a wedding").state == OfferState.CONFIRMED
    confirm_newest()
    assert Roster.objects.get(version=2).state == RosterState.PUBLISHED


def test_what_has_become_unlawful_since_is_refused_at_the_answer() -> None:
    published(answer(TWO_ON_MONDAY))
    taken = take(offer().offer_id)
    add_rule(law("hours_day", 60))
    add_rule(law("overtime_day", 30))
    with pytest.raises(Refused, match="roster_breaches_law"):
        answered(taken.offer_id)
    assert Roster.objects.count() == 1
    assert own_offers(FIRST)[0].state == OfferState.TAKEN


def test_nobody_answers_their_own_swap() -> None:
    published(answer(TWO_ON_MONDAY))
    taken = take(offer().offer_id)
    for staff_no in ("T101", "T103"):
        boss = Scope(staff(staff_no).actor, {"branch_manager": frozenset({"B01"})})
        with pytest.raises(NotAllowed, match="own_request"):
            answered(taken.offer_id, boss)


@pytest.mark.parametrize("role", ROLES)
def test_only_those_of_the_table_answer(role: Role) -> None:
    published(answer(TWO_ON_MONDAY))
    taken = take(offer().offer_id)
    scope = at(role)
    if role in ("branch_manager", "regional"):
        assert answered(taken.offer_id, scope).state == OfferState.CONFIRMED
    else:
        with pytest.raises(NotAllowed):
            answered(taken.offer_id, scope)


def test_who_is_not_named_cannot_take_it() -> None:
    published(answer(TWO_ON_MONDAY))
    line = offer(TO_THIRD)
    for other in (FIRST, SECOND, staff("T201", "B02")):
        with pytest.raises(NotAllowed):
            take(line.offer_id, other)
    assert [o.offer_id for o in offers_open_to(THIRD, TODAY)] == [line.offer_id]
    assert offers_open_to(SECOND, TODAY) == offers_open_to(FIRST, TODAY) == ()


def test_the_second_taker_is_told_what_the_state_is() -> None:
    published(answer((work("T101"),)))
    line = offer()
    take(line.offer_id, SECOND)
    with pytest.raises(Refused, match=r"offer_not_now.*offer\.taken"):
        take(line.offer_id, THIRD)


def test_a_shift_is_offered_once_at_a_time() -> None:
    published(answer(TWO_ON_MONDAY))
    first = offer()
    with pytest.raises(Refused, match="offered_already"):
        offer()
    actions.withdraw_offer(first.offer_id, by=FIRST.actor, scope=FIRST)
    assert offer().state == OfferState.OFFERED


@pytest.mark.parametrize("state", [OfferState.OFFERED, OfferState.TAKEN, OfferState.CONFIRMED, OfferState.WITHDRAWN])
@pytest.mark.parametrize("target", [t for t in OfferState if t != OfferState.OFFERED])
def test_only_the_moves_of_the_table_are_made(state: OfferState, target: OfferState) -> None:
    published(answer(TWO_ON_MONDAY))
    line = offer()
    if state in (OfferState.TAKEN, OfferState.CONFIRMED):
        take(line.offer_id)
    if state == OfferState.CONFIRMED:
        answered(line.offer_id)
    if state == OfferState.WITHDRAWN:
        actions.withdraw_offer(line.offer_id, by=FIRST.actor, scope=FIRST)
    moves: dict[OfferState, Callable[[], object]] = {
        OfferState.TAKEN: lambda: take(line.offer_id),
        OfferState.CONFIRMED: lambda: answered(line.offer_id),
        OfferState.REFUSED: lambda: answered(line.offer_id, agreed=False, reason="no"),
        OfferState.WITHDRAWN: lambda: actions.withdraw_offer(line.offer_id, by=FIRST.actor, scope=FIRST),
        OfferState.LAPSED: lambda: actions.lapse_offers(NOW, MONDAY) or None,
    }
    if target in OFFER_MOVES[state]:
        assert moves[target]()
        assert own_offers(FIRST)[0].state == target
    elif target == OfferState.LAPSED:
        assert actions.lapse_offers(NOW, MONDAY) == 0
    else:
        with pytest.raises(Refused):
            moves[target]()


@pytest.mark.parametrize(
    ("offering", "code"),
    [
        (Offering(TODAY), "shift_has_begun"),
        (Offering(MONDAY, "T103", MONDAY + timedelta(days=7)), "swap_in_one_week"),
        (Offering(MONDAY, "", TUESDAY), "swap_names_somebody"),
        (Offering(MONDAY + timedelta(days=7)), "week_not_published"),
        (Offering(TUESDAY), "no_shift_that_day"),
        (Offering(MONDAY, "T201"), "person"),
    ],
)
def test_what_cannot_be_offered_is_refused(offering: Offering, code: str) -> None:
    published(answer(TWO_ON_MONDAY))
    with pytest.raises((BadInput, Refused, NotFound), match=code):
        offer(offering)


def test_a_change_waits_for_the_version_that_is_on_its_way() -> None:
    published(answer(TWO_ON_MONDAY))
    taken = take(offer().offer_id)
    draft(answer(TWO_ON_MONDAY))
    with pytest.raises(Refused, match="version_on_its_way"):
        answered(taken.offer_id)
    assert branch_offers(MANAGER, "B01", open_only=True)[0].state == OfferState.TAKEN


def test_the_presence_of_two_is_kept_whoever_swaps() -> None:
    add_rule(law("two_person_presence", 2))
    published(answer(TWO_ALL_WEEK))
    answered(take(offer().offer_id).offer_id)
    confirm_newest()
    assert Roster.objects.get(version=2).law_breaches == 0


def test_a_breach_on_a_day_that_is_over_does_not_stop_a_swap_of_a_day_to_come() -> None:
    thursday, friday = MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)
    published(answer(tuple(row for day in (thursday, friday) for row in (work("T101", day), hall("T102", day)))))
    add_rule(law("two_person_presence", 2))  # nobody was there from Monday to Wednesday
    now = NOW + timedelta(days=10)
    dated = {"on": thursday, "now": now}
    line = actions.offer_shift(Offering(friday), by=FIRST.actor, scope=FIRST, **dated)  # type: ignore[arg-type]
    actions.take_offer(line.offer_id, by=THIRD.actor, scope=THIRD, **dated)  # type: ignore[arg-type]
    actions.answer_offer(line.offer_id, True, by=MANAGER.actor, scope=MANAGER, **dated)  # type: ignore[arg-type]
    newest = Roster.objects.get(version=2)
    ref = RosterRef("B01", WEEK, newest.version, newest.edit)
    actions.confirm(ref, by=SUPERVISOR.actor, scope=SUPERVISOR, now=now)
    assert Roster.objects.get(version=2).state == RosterState.PUBLISHED
