"""One's own notices: a sentence in the reader's language, unread marked, opened by going to what it is about."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.notices import actions
from bankhall.apps.notices.models import Notice
from bankhall.apps.notices.states import KINDS, Channel, Channels, MailServer, Robot
from bankhall.kernel.scope import Actor
from bankhall.kernel.subject import Subject
from tests.factories.bank import WEEK, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.web.counted import queries_of
from tests.web.people import LANGUAGES, again, open_account, signed_in

pytestmark = pytest.mark.django_db
TEST = action_name("notices.test_only")
URL = "/my/notices/"
FACTS: dict[str, str | int | float] = {
    "who": "T101", "taker": "T102", "branch": "B01", "to_branch": "B02", "post": "teller", "day": "2026-12-01",
    "first": "2026-12-01", "last": "2026-12-03", "start": 540, "end": 1020, "week": str(WEEK), "version": 3, "days": 2,
    "answer": "agreed", "what": "rotation", "step": "move.confirm",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank(branches=2))


def tell(kind: str, *to: str, key: str = "") -> None:
    facts = {name: FACTS[name] for name in KINDS[kind]}
    with audit.act(TEST, by=SYSTEM.actor, scope=SYSTEM):
        actions.post(
            kind, to=to, facts=facts, subject=Subject("x", "1", "B01"), key=key or kind, by=SYSTEM.actor, scope=SYSTEM
        )


def teller(language: str = "en") -> Client:
    return signed_in("teller", language, node_code="B01", staff_no="T101")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_reads_as_a_sentence_with_names_dates_and_times(language: str) -> None:
    for kind in KINDS:
        tell(kind, "T101")
    html = teller(language).get(URL).text
    assert "2026-W49" not in html
    assert "T102" not in html
    assert "move." not in html
    assert {"en": "Branch B02", "zh-hans": "B02支行"}[language] in html
    for word in ("09:00–17:00", {"en": "Tue 1 Dec", "zh-hans": "12 月 1 日 周二"}[language], "人11"):
        assert word in html
    assert {"en": "Confirm", "zh-hans": "：确认"}[language] in html


def test_unread_ones_are_counted_in_the_house_bar_and_marked() -> None:
    client = teller()
    assert 'class="unread"' not in client.get("/my/ask/").text
    tell("leave_answered", "T101")
    tell("roster_published", "T101")
    assert '<b class="unread">2<' in client.get("/my/ask/").text
    page = client.get(URL).text
    assert page.count('class="notice new"') == 2
    assert "2 unread" in page
    assert page.count('class="notice new"') == client.get(URL).text.count('class="notice new"')


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("dealt with by", "you dealt with it")), ("zh-hans", ("已处理", "你已处理"))]
)
def test_what_somebody_has_decided_says_who_and_is_not_counted(language: str, words: tuple[str, str]) -> None:
    client = teller(language)
    for by, said in ((Actor("boss", "Boss", "T102"), words[0]), (Actor("teller", staff_no="T101"), words[1])):
        tell("swap_offered", "T101", key=said)
        assert '<b class="unread">1<' in client.get("/my/ask/").text
        with audit.act(TEST, by=by, scope=SYSTEM):
            actions.settle(Subject("x", "1", "B01"), by=by)
        page = client.get(URL).text
        assert said in page
        assert 'class="unread"' not in page
        assert 'class="notice new"' not in page


def test_opening_one_marks_it_and_leads_to_what_it_is_about() -> None:
    client = teller()
    tell("leave_answered", "T101")
    tell("roster_published", "T101")
    number = Notice.objects.get(kind="roster_published").pk
    answer = client.post(f"{URL}open/", {"notice": number})
    assert answer["Location"] == f"/my/roster/?week={WEEK}"
    assert client.get(URL).text.count('class="notice new"') == 1
    client.post(f"{URL}open/", {"notice": "all"})
    assert 'class="notice new"' not in client.get(URL).text


def test_every_notice_leads_to_a_page_that_its_reader_may_see() -> None:
    open_account("teller", node_code="B01", staff_no="T101")
    open_account("branch_manager", node_code="B01")
    for kind in KINDS:
        tell(kind, "T101", "branch_manager")
    for role in ("teller", "branch_manager"):
        client = again(role)
        for row in Notice.objects.filter(recipient="T101" if role == "teller" else role):
            address = client.post(f"{URL}open/", {"notice": row.pk})["Location"]
            assert client.get(address).status_code in (200, 404), (role, row.kind, address)
            assert client.get(address).status_code == 200 or "/plan/" in address, (role, row.kind, address)


def test_nobody_opens_or_reads_anothers() -> None:
    tell("leave_answered", "T102")
    client = teller()
    assert client.post(f"{URL}open/", {"notice": Notice.objects.get().pk}).status_code == 404
    assert "Nothing was told to you yet" in client.get(URL).text
    assert not hasattr(Notice.objects.get(), "opening")


def test_a_long_list_has_pages_and_asks_no_more_than_a_short_one() -> None:
    client, counts = teller(), []
    for total in (1, 120):
        for number in range(Notice.objects.count(), total):
            tell("swap_offered", "T101", key=f"k{number}")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(URL).text
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "page 1 of 3" in page
    assert client.get(f"{URL}?page=3").text.count('class="notice new"') == 20
    assert client.get(f"{URL}?page=99").text.count('class="notice new"') == 20


def test_the_count_in_the_house_bar_is_one_query() -> None:
    client = teller()
    client.get("/my/ask/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/my/ask/")
    assert len([one for one in asked if "notices_notice" in one["sql"]]) == 1


def test_one_chooses_what_comes_by_mail(settings: Settings) -> None:
    mail = MailServer("127.0.0.1", 25, "none", "hall@bank.example", "", "", "{username}@bank.example")
    settings.NOTICE_CHANNELS = Channels(replace(mail, domains=frozenset({"bank.example"})))
    client = teller()
    page = client.get(f"{URL}settings/").text
    assert "empty: teller@bank.example; allowed: bank.example" in page
    assert page.count(" checked") == 6
    assert "changes of your shifts" in page
    assert "Between 21:00–07:00" in page
    client.post(f"{URL}settings/", {"by_mail": "1", "topic": ["leave"], "address": "li@bank.example"})
    page = client.get(f"{URL}settings/").text
    assert page.count(" checked") == 2
    assert "li@bank.example" in page
    refused = client.post(f"{URL}settings/", {"topic": "leave", "address": "li@elsewhere.example"})
    assert refused.status_code == 422
    assert "li@elsewhere.example cannot be used" in refused.text


def test_without_mail_the_page_says_so() -> None:
    assert "The bank sends no mail" in teller().get(f"{URL}settings/").text


def test_the_settings_ask_as_often_whatever_is_set_up_and_chosen(settings: Settings) -> None:
    client, mail = teller(), MailServer("127.0.0.1", 25, "none", "hall@bank.example", "", "", "{username}@bank.example")
    robots = tuple(Robot("B01", channel, "https://robot.example/") for channel in (Channel.WECOM, Channel.DINGTALK))
    counts = []
    for channels in (Channels(mail, robots[:1]), Channels(mail, robots * 5)):
        settings.NOTICE_CHANNELS = channels
        counts.append(queries_of(client, f"{URL}settings/"))
        client.post(f"{URL}settings/", {"by_mail": "1", "topic": ["leave"]})
        tell("leave_answered", "T101", key=f"k{len(counts)}")
    assert counts[0] == counts[1]
