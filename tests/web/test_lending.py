"""The lending board and the answer of the person, as the pages show them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.http import urlencode

from bankhall.apps.audit import bases
from bankhall.apps.rosters.models import Loan, Plan, Roster
from tests.factories.bank import MONDAY, WEEK
from tests.factories.loans import agreed, offered, rostered, suggested, two_weeks
from tests.web.people import LANGUAGES, again, open_account, signed_in

pytestmark = pytest.mark.django_db
URL = f"/lending/?week={WEEK}"


@pytest.fixture(autouse=True)
def _weeks() -> None:
    two_weeks()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_shows_who_is_short_and_what_is_suggested(language: str) -> None:
    suggested()
    page = signed_in("regional", language).get(URL)
    assert page.status_code == 200
    assert "人23" in page.text
    assert ("建议 1 笔" if language == "zh-hans" else "Suggested (1)") in page.text
    assert ("缺口" if language == "zh-hans" else "Short") in page.text


def test_the_region_offers_and_both_branches_agree_on_their_own_pages() -> None:
    code = suggested()
    region = signed_in("regional")
    answer = region.post(f"/lending/{code}/offer_loan/", {"next": URL})
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert Loan.objects.get(code=code).state == "offered"
    giving = signed_in("branch_manager", node_code="B02")
    assert "agree_loan" in giving.get(URL).text
    giving.post(f"/lending/{code}/agree_loan/", {"next": URL})
    assert Loan.objects.get(code=code).state == "giving_agreed"
    assert "agree_loan" not in giving.get(URL).text


def test_a_refusal_without_a_reason_is_sent_back() -> None:
    code = offered()
    client = signed_in("branch_manager", node_code="B02")
    assert client.post(f"/lending/{code}/refuse_loan/", {"next": URL}).status_code == 422
    client.post(f"/lending/{code}/refuse_loan/", {"next": URL, "reason": "a course that day"})
    assert "a course that day" in client.get(URL).text


def test_another_branch_sees_neither_loan_nor_person() -> None:
    offered()
    page = signed_in("branch_manager", node_code="B03").get(URL)
    assert page.status_code == 200
    assert "人23" not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_person_answers_on_their_own_roster(language: str) -> None:
    code = agreed()
    client = signed_in("teller", language, node_code="B02", staff_no="T203")
    page = client.get(f"/my/roster/?week={WEEK}")
    assert "Branch B01" in page.text or "B01支行" in page.text
    client.post(f"/lending/{code}/acknowledge_loan/", {"next": "/my/roster/"})
    page = client.get(f"/my/roster/?week={WEEK}")
    assert f"/lending/{code}/acknowledge_loan/" not in page.text
    assert ("B01支行 · W2" if language == "zh-hans" else "Branch B01 · Window W2") in page.text
    calendar = client.get(f"/my/roster.ics?week={WEEK}")
    if calendar.status_code == 200:
        assert "B01" in calendar.content.decode()


def test_the_lent_person_is_hatched_on_both_plans_and_named_on_both_sheets() -> None:
    rostered()
    client = signed_in("regional")
    for branch in ("B01", "B02"):
        assert "d-lent" in client.get(f"/plan/{branch}/{WEEK}/?day={MONDAY}").text
        sheet = client.get(f"/plan/{branch}/{WEEK}/print/").text
        assert "人23" in sheet
        assert ("Branch B02" if branch == "B01" else "Branch B01") in sheet
    assert "d-lent" not in client.get(f"/plan/B03/{WEEK}/?day={MONDAY}").text


def test_the_number_of_queries_does_not_hang_on_the_number_of_loans() -> None:
    code = offered()
    client = signed_in("regional")
    client.get(URL)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(URL)
        return len(caught)

    one = asked()
    loan = Loan.objects.get(code=code)
    fields = {f.name: getattr(loan, f.name) for f in Loan._meta.fields if f.name not in ("id", "code", "state")}
    with bases.writing("a test"):
        for n in range(3):
            Loan.objects.create(code=f"twin{n}", state="refused", **fields)
    assert asked() == one


def test_a_step_that_does_not_exist_is_not_found() -> None:
    code = offered()
    open_account("regional")
    assert again("regional").post(f"/lending/{code}/nonsense/", {"next": URL}).status_code == 404


def test_looking_for_loans_shows_how_far_it_is_and_keeps_the_filters() -> None:
    client = signed_in("regional")
    narrow = f"{URL}&day={MONDAY}&post=teller&part=morning&gap=short"
    assert escape(narrow) in client.get(narrow).text
    answer = client.post("/lending/find/", {"week": str(WEEK), "next": narrow})
    assert (answer.status_code, answer["Location"]) == (302, narrow)
    page = client.get(narrow).text
    assert "queued" in page
    assert urlencode({"then": narrow}) in page


def test_another_week_is_looked_at_in_the_same_way_but_its_days_are_others() -> None:
    page = signed_in("regional").get(f"{URL}&day={MONDAY}&gap=short&page=2").text
    assert escape(f"?week={WEEK.plus(1)}&gap=short") in page


def test_a_part_of_the_day_and_a_region_can_be_looked_at_alone() -> None:
    client = signed_in("regional")
    assert "Branch B01" in client.get(f"{URL}&part=morning&region=R01").text
    for nothing in ("part=afternoon", "region=R09"):
        assert "Nothing fits these filters" in client.get(f"{URL}&{nothing}").text


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        ("zh-hans", "没有缺口，也没有富余", "这一周还没有网点排班"),
        ("en", "Nobody is short and nobody is to spare", "No branch has a roster"),
    ],
)
def test_rosters_that_meet_the_need_exactly_are_not_told_as_missing(language: str, said: str, unsaid: str) -> None:
    with bases.writing("a test"):
        for roster, people in ((r, 1 if r.branch_code == "B01" else 3) for r in Roster.objects.all()):
            need = [row | {"people": people} for row in roster.plan.requirement]
            Plan.objects.filter(roster=roster).update(requirement=need)
    page = signed_in("regional", language).get(URL).text
    assert said in page
    assert unsaid not in page
