"""What stops publishing, by the breaches alone."""

from datetime import timedelta

import pytest

from bankhall.apps.people.states import MISSING
from bankhall.apps.rosters.rules import check_lawful
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import Refused
from bankhall.wording.say import say_error
from tests.factories.bank import MONDAY


def away(staff_no: str, kind: str = MISSING, start: int = 540) -> Breach:
    """Work in an absence on the Monday."""
    return Breach("absence", "law_control", "B01", staff_no, MONDAY, start, start + 60, {"kind": kind})


SHORT = Breach("two_person_presence", "law_control", "B01", business_date=MONDAY)


@pytest.mark.parametrize(
    ("breaches", "code", "count"),
    [
        ([away("T101")], "missing_not_mended", 1),
        ([away("T101"), away("T101", start=660), away("T102")], "missing_not_mended", 2),
        ([away("T101", kind="leave")], "roster_breaches_law", 1),
        ([away("T101"), SHORT], "roster_breaches_law", 2),
        ([away("T101"), away("T102", kind="leave")], "roster_breaches_law", 2),
        ([away("T101"), away("T101", kind="leave", start=660)], "roster_breaches_law", 2),
    ],
)
def test_who_is_missing_is_told_apart_from_what_else_breaks_law(breaches: list[Breach], code: str, count: int) -> None:
    with pytest.raises(Refused, match=code) as refused:
        check_lawful(breaches, on=MONDAY)
    assert refused.value.facts["count"] == count
    check_lawful(breaches, on=MONDAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("language", "first"), [("zh-hans", "先在“今天”页发布调整"), ("en", "publishes the changed day first")]
)
def test_a_day_that_is_not_mended_says_where_and_what_to_do_first(language: str, first: str) -> None:
    with pytest.raises(Refused) as refused:
        check_lawful([away("T101"), away("T102")], on=MONDAY)
    said = say_error(refused.value, language)
    assert "B01" in said
    assert "2" in said
    assert first in said
