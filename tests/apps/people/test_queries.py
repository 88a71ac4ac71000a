"""Staff are named to those whose work needs it."""

import pytest

from bankhall.apps.people import queries
from bankhall.kernel.errors import NotAllowed, NotFound
from bankhall.kernel.scope import Actor, Scope
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(2))


def test_a_branch_manager_sees_the_people_of_the_own_branch() -> None:
    manager = at("branch_manager", "B02")
    assert [person.staff_no for person in queries.staff(manager)] == ["T201", "T202", "T203"]
    assert {row["branch_code"] for row in queries.tables(manager)["staff"]} == {"B02"}
    with pytest.raises(NotAllowed):
        queries.person(manager, "T101")
    with pytest.raises(NotAllowed):
        queries.staff(manager, "B01")


def test_a_person_sees_themselves() -> None:
    assert queries.person(Scope(Actor("t", staff_no="T101")), "T101").name == "人11"


def test_nobody_of_that_number_is_not_found() -> None:
    with pytest.raises(NotFound, match="person"):
        queries.person(SYSTEM, "T999")
