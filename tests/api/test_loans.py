"""A loan's way by token: offered by the region, agreed by two branches, acknowledged by the person."""

import pytest

from bankhall.apps.rosters.models import Loan
from tests.api.callers import caller
from tests.factories import loans

pytestmark = pytest.mark.django_db


def test_a_loan_goes_its_way() -> None:
    loans.two_weeks()
    code = loans.suggested()
    region = caller("regional")
    (line,) = region.get("/lending/2026-W49").json()["loans"]
    assert (line["code"], line["steps"]) == (code, ["offer_loan"])
    assert region.post(f"/loans/{code}/offer").json() == {"done": True}
    told = region.post(f"/loans/{code}/withdraw", {"reason": ""})
    assert (told.status_code, told.json()["code"]) == (422, "reason_wanted")
    manager = caller("branch_manager", node_code="B02")
    assert manager.post(f"/loans/{code}/agree").status_code == 200
    loans.agree(code, loans.TAKING)
    person = caller("teller", node_code="B02", staff_no="T203")
    assert [one["code"] for one in person.get("/my/loans").json()["items"]] == [code]
    assert person.post(f"/loans/{code}/acknowledge").status_code == 200
    assert Loan.objects.get(code=code).state == "rostered"
