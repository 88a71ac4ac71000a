"""The courier before a real mail server and real robots on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from bankhall.apps.notices.models import Delivery
from bankhall.apps.notices.states import Channel, Channels, MailServer, Robot
from bankhall.cli.courier import Courier
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.factories.notices import account, tell
from tests.factories.receivers import Group, Mailbox, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    server = Mailbox()
    mail = MailServer("127.0.0.1", server.port, "none", "hall@bank.example", address="{username}@bank.example")
    settings.NOTICE_CHANNELS = Channels(mail, quiet_from=0, quiet_until=0, site="https://hall.bank.example")
    load_bank(small_bank())
    account("li", "T101")
    account("wang", "T102", language="zh-hans")
    with running(server):
        yield server


@pytest.fixture
def group(settings: Settings) -> Iterator[Group]:
    server = Group()
    robots = (
        Robot("B01", Channel.WECOM, server.url),
        Robot("B01", Channel.DINGTALK, server.url.replace("/send?key", "/robot/send?access_token"), "SECabc"),
    )
    settings.NOTICE_CHANNELS = Channels(robots=robots, quiet_from=0, quiet_until=0)
    load_bank(small_bank())
    with running(server):
        yield server


def carry(turns: int = 9) -> int:
    """How many messages were due, one after the other."""
    courier = Courier()
    return sum(courier.turn() for _ in range(turns))


def again() -> None:
    """What failed is due now."""
    Delivery.objects.update(next_at=Delivery.objects.earliest("next_at").next_at - timedelta(days=1))


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.objects.order_by("id").values_list("state", "attempts", "last_error"))


def test_each_gets_a_mail_in_their_own_language_once(mailbox: Mailbox) -> None:
    tell("T101", "T102")
    assert carry() == 2
    first, second = sorted(mailbox.mails, key=lambda mail: str(mail["To"]))
    assert (first["To"], second["To"]) == ("li@bank.example", "wang@bank.example")
    assert first["Subject"] == "The roster of Branch B01 for 30 Nov–6 Dec is published (version 1)"
    assert "班表已发布" in str(second["Subject"])
    assert "https://hall.bank.example/my/notices/" in first.get_content()  # type: ignore[attr-defined]
    assert len(set(mailbox.ids)) == 2
    tell("T101", "T102")
    assert carry() == 0


def test_a_server_that_is_away_is_asked_again_later(mailbox: Mailbox) -> None:
    tell("T101")
    mailbox.says["MAIL"] = "451 come back"
    assert carry() == 1
    assert states() == [("failed", 1, "sender: 451")]
    del mailbox.says["MAIL"]
    again()
    assert carry() == 1
    assert states() == [("sent", 2, "")]
    assert len(mailbox.mails) == 1


def test_nobody_at_the_door_is_a_failure_and_no_crash(mailbox: Mailbox, settings: Settings) -> None:
    nobody = replace(settings.NOTICE_CHANNELS.mail, port=1)
    settings.NOTICE_CHANNELS = replace(settings.NOTICE_CHANNELS, mail=nobody)
    tell("T101")
    carry()
    assert states() == [("failed", 1, "connect: ConnectionRefusedError")]
    assert mailbox.mails == []


def test_an_address_that_is_refused_for_good_is_given_up(mailbox: Mailbox) -> None:
    tell("T101")
    mailbox.says["RCPT"] = "550 no such person"
    carry()
    assert states() == [("given_up", 1, "recipient: 550")]


@pytest.mark.parametrize(("answer", "state"), [("451 disk full", "failed"), ("554 not wanted", "given_up")])
def test_the_servers_last_word_counts(mailbox: Mailbox, answer: str, state: str) -> None:
    tell("T101")
    mailbox.says["END"] = answer
    carry()
    assert states()[0][0] == state


def test_a_server_that_hangs_up_with_the_mail_sees_its_id_twice_at_most(mailbox: Mailbox) -> None:
    tell("T101")
    mailbox.hangs_up.add("END")
    assert carry() == 2
    assert states() == [("given_up", 2, "unknown")]
    assert len(mailbox.ids) == 2
    assert len(set(mailbox.ids)) == 1


def test_both_robots_hear_it_once_with_its_id_and_dingtalk_signed(group: Group) -> None:
    tell("T101", "T102")
    assert carry() == 2
    assert len(set(group.texts)) == 2
    assert all("B01支行 11 月 30 日至 12 月 6 日的班表已发布（第 1 版）" in text for text in group.texts)
    wecom, dingtalk = sorted(group.asked, key=lambda path: "/robot/" in path)
    assert wecom == "/send?key=not-to-be-told"
    assert "access_token=not-to-be-told" in dingtalk
    assert "timestamp=" in dingtalk
    assert "sign=" in dingtalk


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (500, "", "HTTP 500"),
        (429, "", "HTTP 429"),
        (200, '{"errcode": 45009}', "errcode 45009"),
    ],
)
def test_a_robot_that_does_not_take_it_is_asked_again_and_its_key_is_not_told(
    group: Group, caplog: pytest.LogCaptureFixture, status: int, answer: str, error: str
) -> None:
    group.status, group.answer = status, answer
    tell("T101")
    carry()
    assert states() == [("failed", 1, error)] * 2
    assert "not-to-be-told" not in caplog.text + str(states())
    group.status, group.answer = 200, '{"errcode": 0}'
    again()
    carry()
    assert [state for state, _, _ in states()] == ["sent", "sent"]


def test_a_robot_that_hangs_up_after_the_text_hears_it_twice_at_most(group: Group) -> None:
    group.closes = True
    tell("T101")
    carry()
    assert states() == [("given_up", 2, "unknown")] * 2
    assert sorted(group.texts.count(text) for text in set(group.texts)) == [2, 2]


def test_a_redirect_is_not_followed(group: Group) -> None:
    group.status = 302
    tell("T101")
    carry()
    assert {error for _, _, error in states()} == {"HTTP 302"}


def test_what_the_bank_has_taken_down_is_not_sent_elsewhere(group: Group, settings: Settings) -> None:
    tell("T101")
    settings.NOTICE_CHANNELS = Channels(quiet_from=0, quiet_until=0)
    carry()
    assert group.texts == []
    assert states() == [("failed", 1, "no robot is set up there")] * 2
