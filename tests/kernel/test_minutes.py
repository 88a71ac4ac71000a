from datetime import date

import pytest

from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import format_minutes, overlap, parse_minutes, slot_of, slots_in_day


def test_times_read_and_write_as_the_exchange_says() -> None:
    assert parse_minutes("09:00") == 540
    assert parse_minutes("24:00") == 1440
    assert format_minutes(540) == "09:00"


@pytest.mark.parametrize("text", ["", "9", "09:60", "24:01", "0900", "aa:bb", "09:0", "-1:00"])
def test_an_unreadable_time_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(BadInput) as error:
        parse_minutes(text)
    assert error.value.facts["text"] == text


def test_nine_is_slot_eighteen() -> None:
    assert slot_of(540) == 18
    assert slot_of(569) == 18
    assert slot_of(570) == 19
    assert slot_of(540, 15) == 36


def test_days_on_which_clocks_change_are_shorter_or_longer() -> None:
    assert slots_in_day(date(2026, 3, 29), "Europe/Berlin") == 46
    assert slots_in_day(date(2026, 10, 25), "Europe/Berlin") == 50
    assert slots_in_day(date(2026, 3, 29), "Asia/Shanghai") == 48
    assert slots_in_day(date(2026, 3, 29), "Asia/Shanghai", 15) == 96


def test_spans_that_touch_do_not_overlap() -> None:
    assert overlap(540, 570, 570, 600) == 0
    assert overlap(540, 600, 570, 660) == 30
