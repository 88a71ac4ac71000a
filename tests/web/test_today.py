"""The page of today: on the phone of who runs the branch, read-only for others; and one's own answers under /my/."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from bankhall.apps.audit import actions as audit
from bankhall.apps.people.models import Missing
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import Acknowledgement, Ask, Loan, Proposal, Roster, StepTaken
from bankhall.config.clock import RealClock
from bankhall.kernel.scope import ROLES, Role
from tests.factories import loans
from tests.factories.bank import WEEK, law, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.notices import TEST
from tests.factories.requests import THIRD
from tests.factories.today import HALF_PAST_SEVEN, ask, computed, mark, monday, publish, reply
from tests.web.people import LANGUAGES, again, open_account, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/today/B01/"


class MondayMorning(RealClock):
    """Half past seven of the published Monday."""

    def now(self) -> datetime:
        return HALF_PAST_SEVEN


@pytest.fixture(autouse=True)
def _bank(settings: Settings) -> None:
    settings.CLOCK = MondayMorning("Asia/Shanghai")
    load_bank(small_bank(2))


def manager(language: str = "en") -> Client:
    return signed_in("branch_manager", language, node_code="B01")


def with_help() -> None:
    """T101 is missing, T103 comes, version 2 is published."""
    monday()
    mark()
    computed()
    reply(ask(), THIRD)
    publish(computed())


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_nothing_is_published_the_page_says_where_to_go(language: str) -> None:
    page = manager(language).get(PAGE).text
    assert f"/plan/B01/{WEEK}/" in page
    assert 'class="empty"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_missing_is_marked_and_the_proposal_comes_to_the_page(language: str) -> None:
    monday()
    client = manager(language)
    assert "today/B01/mark/" in client.get(PAGE).text
    client.post(f"{PAGE}mark/", {"staff_no": "T101", "kind": "late", "until": "10:00"})
    assert Missing.objects.get().until == 600
    assert "<progress" in client.get(PAGE).text
    computed()
    page = client.get(PAGE).text
    assert "/today/B01/publish/" in page
    assert "人13" in page


@pytest.mark.parametrize(("before", "after", "said"), [(19.4, 20.9, True), (20.9, 19.4, False), (19.4, 19.41, False)])
def test_a_mending_that_lengthens_waits_says_so(before: float, after: float, said: bool) -> None:
    monday()
    mark()
    computed()
    row = Proposal.objects.get()
    assert row.answer is not None
    p90 = {"service_code": "", "slot_start": None, "measure": "wait_p90"}
    told = {"proof_before": [{**p90, "value": before}], "proof_after": [{**p90, "value": after}]}
    with audit.act(TEST, by=SYSTEM.actor, scope=SYSTEM):
        Proposal.objects.filter(pk=row.pk).update(answer=row.answer | told)
    assert (f"wait longer this way (P90 {before} to {after} min)" in manager().get(PAGE).text) == said


def test_a_time_that_cannot_be_read_is_said_and_nothing_marked() -> None:
    monday()
    page = manager().post(f"{PAGE}mark/", {"staff_no": "T101", "kind": "late", "until": "tenish"}, follow=True)
    assert "is not a time" in page.text
    assert not Missing.objects.exists()


def test_from_the_mark_to_the_confirmation_by_presses_alone() -> None:
    monday()
    client = manager()
    client.post(f"{PAGE}mark/", {"staff_no": "T101", "kind": "sick"})
    computed()
    client.post(f"{PAGE}ask/", {"staff_no": "T103"})
    teller = signed_in("teller", node_code="B01", staff_no="T103")
    assert "can you come?" in teller.get("/my/roster/").text
    teller.post(f"/my/asked/{Ask.objects.get().pk}/", {"answer": "yes"})
    computed()
    page = client.get(PAGE).text
    assert "can come" in page
    assert "said yes at" in page
    assert "it holds once you publish" in page
    client.post(f"{PAGE}publish/{Proposal.objects.order_by('-id')[0].pk}/", {"reason": "short of people"})
    assert Roster.objects.get(state="published").version == 2
    assert "Your roster has changed" in teller.get("/my/roster/").text
    assert "not yet" in client.get(PAGE).text
    teller.post(f"/my/seen/{Acknowledgement.objects.get(staff_no='T103').pk}/")
    assert "Your roster has changed" not in teller.get("/my/roster/").text
    assert "1 of" in client.get(PAGE).text
    supervisor = signed_in("supervisor", node_code="B01")
    plan = f"/plan/B01/{WEEK}/"
    assert f"/today/B01/{WEEK}/2/review/" in supervisor.get(plan).text
    assert f"/today/B01/{WEEK}/2/review/" not in client.get(plan).text
    supervisor.post(f"/today/B01/{WEEK}/2/review/")
    assert StepTaken.objects.filter(step="review", by_code="supervisor").exists()
    assert f"/today/B01/{WEEK}/2/review/" not in supervisor.get(plan).text
    assert "confirmed afterwards" in supervisor.get(plan).text


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("You said yes at", "Take my yes back")), ("zh-hans", ("答应了", "撤回答应"))]
)
def test_who_said_yes_reads_it_with_what_comes_next_and_takes_it_back(language: str, words: tuple[str, str]) -> None:
    monday()
    mark()
    computed()
    open_account("branch_manager", node_code="B01")
    reply(ask(), THIRD)
    teller = signed_in("teller", language, node_code="B01", staff_no="T103")
    page = teller.get("/my/roster/").text
    asker = {"en": "Wang Min", "zh-hans": "王敏"}[language]
    for said in (*words, "07:30", asker):
        assert said in page
    teller.post(f"/my/asked/{Ask.objects.get().pk}/", {"answer": "back"})
    assert Ask.objects.get().state == "declined"
    assert words[1] not in teller.get("/my/roster/").text


@pytest.mark.parametrize("role", ROLES)
def test_everybody_else_reads_and_sees_neither_the_kind_nor_who_was_asked(role: Role) -> None:
    monday()
    mark()
    computed()
    ask()
    client = signed_in(role, node_code="B01") if role != "administrator" else signed_in(role)
    page = client.get(PAGE)
    if role in ("teller", "relationship_manager", "administrator"):
        assert page.status_code == 403
        return
    assert page.status_code == 200
    assert ("unwell" in page.text) is (role == "branch_manager")
    assert ("today/B01/mark/" in page.text) is (role == "branch_manager")
    assert ("人13" in page.text) is (role == "branch_manager")
    assert client.get("/today/B02/").status_code == 403


@pytest.mark.parametrize("address", ["mark/", "propose/", "ask/", "publish/1/", "mark/1/back/", "ask/1/withdraw/"])
def test_who_may_not_is_told_and_nothing_happens(address: str) -> None:
    monday()
    signed_in("supervisor", node_code="B01").post(PAGE + address, {"staff_no": "T101", "kind": "sick"})
    assert (Missing.objects.count(), Roster.objects.count()) == (0, 1)


def test_what_is_refused_is_said_on_the_page() -> None:
    monday()
    client = manager()
    client.post(f"{PAGE}mark/", {"staff_no": "T101", "kind": "sick"})
    page = client.post(f"{PAGE}mark/", {"staff_no": "T101", "kind": "sick"}, follow=True)
    assert "marked missing already" in page.text


def test_the_press_that_is_sent_again_is_done_once() -> None:
    monday()
    client = manager()
    form = {"staff_no": "T101", "kind": "sick", "key": "7b0c8a4e-6a47-4a2b-9d3f-0a3c8f0f4d11"}
    for _ in range(2):
        page = client.post(f"{PAGE}mark/", form, follow=True)
        assert "marked missing already" not in page.text
    assert Missing.objects.count() == 1


def test_more_people_and_questions_make_no_more_queries() -> None:
    monday()
    mark()
    computed()
    client = manager()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    mark("T102")
    computed()
    reply(ask(), THIRD)
    computed()
    with CaptureQueriesContext(connection) as more:
        client.get(PAGE)
    assert len(more) <= len(few)


def test_the_wall_sheet_of_the_changed_week_bears_its_number() -> None:
    with_help()
    client = manager()
    assert "version 2" in client.get(f"/plan/B01/{WEEK}/print/").text
    assert "version 1" in client.get(f"/plan/B01/{WEEK}/print/?version=1").text


def test_the_way_to_today_stands_in_the_house_bar() -> None:
    monday()
    assert 'href="/today/"' in manager().get(PAGE).text
    assert again("branch_manager").get("/today/").headers["Location"] == PAGE
    open_account("teller", node_code="B01", staff_no="T103")
    assert 'href="/today/"' not in again("teller").get("/my/roster/").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("1 present; two-person presence needs 2", "ask them to come", "Or close the counter for that time")),
        ("zh-hans", ("在岗只有 1 人，双人临柜要 2 人", "来即可", "关柜台")),
    ],
)
def test_what_breaks_is_said_with_when_who_would_mend_it_and_what_else(language: str, words: tuple[str, ...]) -> None:
    monday()
    add_rule(law("two_person_presence", 2))
    mark()
    computed()
    client = signed_in("branch_manager", language, node_code="B01")
    told = client.get(PAGE).content.decode()
    alert = told[told.index('class="err"') : told.index("</div>", told.index('class="err"'))]
    for found in (*words, "09:00–17:00"):
        assert found in alert
    assert "/publish/" not in told


def test_somebody_of_another_branch_is_listed_with_home_way_and_where_the_home_stands() -> None:
    load_bank(loans.lending_bank())
    monday()
    loans.publish("B02", loans.rows("B02", "T201", "T202"))
    mark()
    computed()
    client = manager()
    told = client.get(PAGE).content.decode()
    assert "15 min on the way" in told
    client.post(f"{PAGE}ask/", {"staff_no": "T203"})
    assert "waits for their home" in client.get(PAGE).content.decode()
    loan = Loan.objects.get()
    actions.agree_loan(
        loan.code, by=loans.GIVING.actor, scope=loans.GIVING, now=HALF_PAST_SEVEN, on=HALF_PAST_SEVEN.date()
    )
    assert "their home agrees" in client.get(PAGE).content.decode()
