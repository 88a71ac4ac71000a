from datetime import date

import pytest

from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = Week.parse("2026-W49")
    assert week.days()[0] == date(2026, 11, 30)
    assert week.days()[-1] == date(2026, 12, 6)
    assert str(week) == "2026-W49"


def test_weeks_cross_the_year_by_the_iso_rule() -> None:
    assert str(Week.of(date(2027, 1, 1))) == "2026-W53"
    assert str(Week.parse("2026-W53").plus(1)) == "2027-W01"
    assert Week.parse("2026-W01").first_day() == date(2025, 12, 29)


@pytest.mark.parametrize("text", ["2026-49", "2025-W53", "2026-W00", "W49", ""])
def test_a_week_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        Week.parse(text)
