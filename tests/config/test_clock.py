"""Real time, or a demo's one morning."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from bankhall.config.clock import FixedClock, RealClock, clock_of


def test_without_a_demo_date_time_is_real() -> None:
    clock = clock_of("", zone="Asia/Shanghai")
    assert isinstance(clock, RealClock)
    with time_machine.travel(datetime(2026, 11, 23, 20, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 23, 20, tzinfo=UTC)
        assert clock.today() == date(2026, 11, 24)
        assert clock.today("Europe/London") == date(2026, 11, 23)


def test_a_demo_stands_still_at_eight_in_the_morning() -> None:
    clock = clock_of("2026-11-23", zone="Asia/Shanghai")
    assert isinstance(clock, FixedClock)
    assert clock.now() == datetime(2026, 11, 23, 0, tzinfo=UTC)
    assert clock.today() == clock.today("Europe/London") == date(2026, 11, 23)


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        clock_of("soon", zone="Asia/Shanghai")
