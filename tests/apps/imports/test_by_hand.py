"""Rows changed by hand, and mappings of the bank's own."""

from datetime import date

import pytest

from bankhall.apps.imports import actions, queries
from bankhall.apps.imports.models import Mapping
from bankhall.apps.network.models import BusinessDay
from bankhall.apps.network.queries import calendar_year
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.errors import BadInput, NotAllowed
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db
OFFICE = at("head_office", "B01")
NEW_YEAR = CalendarDay(date(2027, 1, 1), "holiday", Bilingual("元旦", "New Year"), source="国办发明电〔2026〕7号")
MAPPING = 'mapping_version = 1\ntitle_zh = "叫号机"\n[[table]]\nname = "visits"\n[table.columns]\nvisit_id = "号"\n'


def test_a_date_of_the_calendar_is_changed_and_the_old_one_stays() -> None:
    actions.edit_calendar_day(NEW_YEAR, by=OFFICE.actor, scope=OFFICE)
    moved = CalendarDay(NEW_YEAR.date, "workday", source="a correction")
    assert actions.edit_calendar_day(moved, by=OFFICE.actor, scope=OFFICE).changed == 1
    assert [day.kind for day in calendar_year(OFFICE, 2027).days] == ["workday"]
    assert BusinessDay.objects.count() == 2


def test_a_date_wants_its_source() -> None:
    with pytest.raises(BadInput, match="calendar_source_needed"):
        actions.edit_calendar_day(CalendarDay(date(2027, 1, 1), "holiday"), by=OFFICE.actor, scope=OFFICE)


def test_only_head_office_edits_the_calendar() -> None:
    manager = at("branch_manager")
    with pytest.raises(NotAllowed, match="role_may_not"):
        actions.edit_calendar_day(NEW_YEAR, by=manager.actor, scope=manager)


def test_a_built_in_year_is_loaded_and_an_unknown_one_refused() -> None:
    assert not calendar_year(OFFICE, 2026).known
    assert actions.load_calendar_year(2026, by=OFFICE.actor, scope=OFFICE).taken >= 365
    assert calendar_year(OFFICE, 2026).known
    with pytest.raises(BadInput, match="calendar_year_unknown"):
        actions.load_calendar_year(2090, by=OFFICE.actor, scope=OFFICE)


def test_a_mapping_keeps_its_versions() -> None:
    assert actions.add_mapping("ours", MAPPING, by=OFFICE.actor, scope=OFFICE) == 1
    assert actions.add_mapping("ours", MAPPING.replace("号", "排队号"), by=OFFICE.actor, scope=OFFICE) == 2
    own = [line for line in queries.mappings(OFFICE) if line.source == "own"]
    assert [(line.mapping_code, line.version, line.tables) for line in own] == [("ours", 2, ("visits",))]
    assert Mapping.objects.count() == 2


def test_a_mapping_that_cannot_be_read_is_not_stored() -> None:
    with pytest.raises(BadInput):
        actions.add_mapping("ours", "mapping_version = 2", by=OFFICE.actor, scope=OFFICE)
    assert not Mapping.objects.exists()
