"""A year of mandatory leave and rotation: proposed, moved, fixed by another, noted, released, seen by planning."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bankhall.apps.audit.models import Line
from bankhall.apps.notices.models import Notice
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import YearLook, YearWeek
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.queries.year import year_page
from bankhall.apps.rosters.states import YEAR_WEEK_MOVES, YearWeekState
from bankhall.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from bankhall.kernel.scope import ROLES, Role, Scope
from bankhall.kernel.week import Week
from tests.factories.imports import load_bank
from tests.factories.rosters import MANAGER, NOW, REGION, SUPERVISOR, TODAY, at, published
from tests.factories.year import fix, proposed_year, weeks, year_bank

pytestmark = pytest.mark.django_db
LEAVE = "mandatory_leave"


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(year_bank())


def absences() -> list[tuple[str, str, str]]:
    """Granted mandatory leave ahead of today, as planning reads it."""
    rows = (a for a in bank_of("B01").absences if a.kind == LEAVE and a.state == "granted")
    return [(a.staff_no, str(a.starts_at.date()), str(a.ends_at.date())) for a in rows if a.starts_at.date() > TODAY]


def test_everybody_due_gets_a_week_of_their_own_before_the_date() -> None:
    found = proposed_year()
    assert set(found) == {("T101", LEAVE), ("T102", LEAVE), ("T103", LEAVE), ("T101", "rotation")}
    assert len({row.week for row in found.values()}) == 4
    assert all(Week.parse(row.week).first_day() <= row.due for row in found.values())
    assert YearLook.objects.get().unplaced == []


def test_a_fixed_week_of_leave_is_a_granted_absence_and_the_person_is_told() -> None:
    row = proposed_year()["T102", LEAVE]
    fix(row.pk)
    monday = Week.parse(row.week).first_day()
    assert absences() == [("T102", str(monday), str(monday + timedelta(days=7)))]
    (told,) = Notice.objects.filter(kind="year_fixed")
    assert (told.recipient, told.facts["week"]) == ("T102", row.week)


def test_a_fixed_rotation_is_kept_and_takes_nobody_off_the_roster() -> None:
    fix(proposed_year()["T101", "rotation"].pk)
    assert ("T101", "rotation") in weeks("fixed")
    assert absences() == []


def test_planning_anew_keeps_what_is_fixed_and_overtakes_the_rest() -> None:
    before = proposed_year()
    fix(before["T102", LEAVE].pk)
    fix(before["T101", "rotation"].pk)
    after = proposed_year()
    assert set(after) == {("T101", LEAVE), ("T103", LEAVE)}
    assert len(weeks("overtaken")) == 2
    taken = {row.week for row in weeks("fixed").values()}
    assert not taken & {row.week for row in after.values()}


def test_nobody_fixes_moves_or_releases_their_own_week() -> None:
    own = at("branch_manager", staff_no="T101")
    row = proposed_year()["T101", LEAVE]
    with pytest.raises(NotAllowed, match="own_year_week"):
        fix(row.pk, own)
    with pytest.raises(NotAllowed, match="own_year_week"):
        actions.move_year_week(row.pk, Week(2027, 8), on=TODAY, by=own.actor, scope=own)
    fix(row.pk, REGION)
    with pytest.raises(NotAllowed, match="own_year_week"):
        actions.release_year_week(row.pk, "why", on=TODAY, by=own.actor, scope=own)


def test_a_week_moves_only_where_nothing_stands_in_the_way() -> None:
    found = proposed_year()
    row, other = found["T102", LEAVE], found["T103", LEAVE]
    with pytest.raises(Refused, match="year_week_hindered"):
        actions.move_year_week(row.pk, Week.parse(other.week), on=TODAY, by=MANAGER.actor, scope=MANAGER)
    with pytest.raises(Refused, match="year_week_outside"):
        actions.move_year_week(row.pk, Week.of(TODAY), on=TODAY, by=MANAGER.actor, scope=MANAGER)
    free = next(w for n in range(2, 54) if str(w := Week.of(TODAY).plus(n)) not in {r.week for r in found.values()})
    actions.move_year_week(row.pk, free, on=TODAY, by=MANAGER.actor, scope=MANAGER)
    assert weeks()["T102", LEAVE].week == str(free)


def test_a_week_that_has_a_roster_is_not_given() -> None:
    row = proposed_year()["T102", LEAVE]
    published()
    before = TODAY - timedelta(days=7)
    with pytest.raises(Refused, match="year_week_hindered") as refused:
        actions.move_year_week(row.pk, Week(2026, 49), on=before, by=MANAGER.actor, scope=MANAGER)
    assert refused.value.facts["why"] == "year.planned"


def test_a_released_week_is_no_absence_any_more_and_the_person_is_due_again() -> None:
    row = proposed_year()["T102", LEAVE]
    fix(row.pk)
    with pytest.raises(BadInput, match="reason_wanted"):
        actions.release_year_week(row.pk, " ", on=TODAY, by=MANAGER.actor, scope=MANAGER)
    actions.release_year_week(row.pk, "exam", on=TODAY, by=MANAGER.actor, scope=MANAGER)
    assert absences() == []
    assert ("T102", LEAVE) in proposed_year()
    assert Notice.objects.filter(kind="year_released", recipient="T102").count() == 1
    with pytest.raises(Refused, match="year_week_not_now"):
        actions.release_year_week(row.pk, "again", on=TODAY, by=MANAGER.actor, scope=MANAGER)


def test_a_week_that_has_begun_is_not_released() -> None:
    row = proposed_year()["T102", LEAVE]
    fix(row.pk)
    with pytest.raises(Refused, match="year_week_begun"):
        actions.release_year_week(row.pk, "why", on=Week.parse(row.week).first_day(), by=MANAGER.actor, scope=MANAGER)


def test_the_supervisor_notes_what_others_fixed() -> None:
    found = proposed_year()
    fix(found["T102", LEAVE].pk)
    assert year_page(SUPERVISOR, "B01", on=TODAY).may_note
    assert actions.note_year("B01", now=NOW, by=SUPERVISOR.actor, scope=SUPERVISOR) == 1
    assert not year_page(SUPERVISOR, "B01", on=TODAY).may_note
    assert actions.note_year("B01", now=NOW, by=SUPERVISOR.actor, scope=SUPERVISOR) == 0


def test_nobody_notes_what_they_fixed_themselves() -> None:
    fix(proposed_year()["T102", LEAVE].pk)
    same = at("supervisor", code="branch_manager")
    assert actions.note_year("B01", now=NOW, by=same.actor, scope=same) == 0


def test_a_week_is_fixed_once() -> None:
    row = proposed_year()["T102", LEAVE]
    fix(row.pk)
    with pytest.raises(Refused, match="year_week_not_now"):
        fix(row.pk)
    with pytest.raises(NotFound):
        fix(row.pk + 1000)


@pytest.mark.parametrize("state", YearWeekState)
def test_only_the_moves_of_the_table_are_taken(state: YearWeekState) -> None:
    row = proposed_year()["T102", LEAVE]
    with_state(row.pk, state)
    tried: dict[YearWeekState, Callable[[], object]] = {
        YearWeekState.FIXED: lambda: fix(row.pk),
        YearWeekState.RELEASED: lambda: actions.release_year_week(
            row.pk, "why", on=TODAY, by=MANAGER.actor, scope=MANAGER
        ),
    }
    for target, act in tried.items():
        if target in YEAR_WEEK_MOVES[state]:
            continue
        with pytest.raises(Refused, match="year_week_not_now"):
            act()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_the_table_says(role: Role) -> None:
    row = proposed_year()["T102", LEAVE]
    scope = at(role)
    doing: dict[str, Callable[[], object]] = {
        "see_year": lambda: year_page(scope, "B01", on=TODAY),
        "note_year": lambda: actions.note_year("B01", now=NOW, by=scope.actor, scope=scope),
        "plan_year": lambda: fix(row.pk, scope),
    }
    for action, act in doing.items():
        if _may(scope, action):
            act()
        else:
            with pytest.raises(NotAllowed, match="role_may_not"):
                act()


def test_another_branch_is_out_of_sight() -> None:
    row = proposed_year()["T102", LEAVE]
    other = at("branch_manager", "B02")
    with pytest.raises(NotAllowed):
        fix(row.pk, other)
    with pytest.raises(NotAllowed):
        year_page(other, "B01", on=TODAY)


def test_each_act_stands_in_the_trail() -> None:
    row = proposed_year()["T102", LEAVE]
    fix(row.pk)
    actions.release_year_week(row.pk, "exam", on=TODAY, by=MANAGER.actor, scope=MANAGER)
    names = set(Line.objects.values_list("name", flat=True))
    assert {"rosters.plan_year", "rosters.fix_year_week", "rosters.release_year_week"} <= names


def with_state(number: int, state: YearWeekState) -> None:
    from bankhall.apps.audit import actions as audit
    from tests.factories.imports import MADE, SYSTEM

    with audit.act(MADE, by=SYSTEM.actor, scope=SYSTEM):
        YearWeek.objects.filter(pk=number).update(state=state)


def _may(scope: Scope, action: str) -> bool:
    from bankhall.apps.access.queries import may

    return may(scope, action, "B01")  # type: ignore[arg-type]
