"""The courier is killed between handing over and marking: the notice is not lost, and its id is seen twice at most."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from bankhall.apps.notices.models import Delivery
from bankhall.apps.notices.states import Channels, MailServer
from tests.factories.bank import small_bank
from tests.factories.imports import load_bank
from tests.factories.notices import account, tell
from tests.factories.receivers import Mailbox, running

pytestmark = pytest.mark.django_db(transaction=True)
LEASE_SECONDS = 0.5
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    server = Mailbox()
    mail = MailServer("127.0.0.1", server.port, "none", "hall@bank.example", address="{username}@bank.example")
    settings.NOTICE_CHANNELS = Channels(mail, quiet_from=0, quiet_until=0)
    load_bank(small_bank())
    account("li", "T101")
    with running(server):
        yield server


@pytest.fixture
def start(mailbox: Mailbox) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []
    database = str(connection.settings_dict["NAME"])

    def start_one(lease_seconds: float = LEASE_SECONDS) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.spec.courier_process", database, str(mailbox.port), str(lease_seconds)]
        started.append(subprocess.Popen(command))
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.wait()


def wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def state() -> str:
    return Delivery.objects.get().state


def has_seen(mailbox: Mailbox, count: int) -> bool:
    return len(mailbox.mails) == count


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def test_killed_after_handing_over_it_is_sent_once_more_under_the_same_id(mailbox: Mailbox, start: Start) -> None:
    mailbox.speechless.add("END")  # the server has the mail, the courier does not know
    tell("T101")
    first = start()
    wait_for(lambda: len(mailbox.mails) == 1)
    kill(first)
    assert state() == "sending"
    mailbox.speechless.clear()
    start()
    wait_for(lambda: state() == "sent")
    assert len(mailbox.ids) == 2
    assert len(set(mailbox.ids)) == 1


def test_killed_each_time_it_is_given_up_after_the_second(mailbox: Mailbox, start: Start) -> None:
    mailbox.speechless.add("END")
    tell("T101")
    for seen in (1, 2):
        courier = start()
        wait_for(partial(has_seen, mailbox, seen))
        kill(courier)
    mailbox.speechless.clear()
    start()
    wait_for(lambda: state() == "given_up")
    tell("T101", key="another")
    wait_for(lambda: Delivery.objects.filter(state="sent").count() == 1)
    assert mailbox.ids.count(mailbox.ids[0]) == 2


def test_killed_before_handing_over_nothing_is_lost(mailbox: Mailbox, start: Start) -> None:
    mailbox.speechless.add("MAIL")
    tell("T101")
    first = start()
    wait_for(lambda: state() == "sending")
    kill(first)
    mailbox.speechless.clear()
    start()
    wait_for(lambda: state() == "sent")
    assert len(mailbox.ids) == 1


def test_two_couriers_at_once_send_each_notice_once(mailbox: Mailbox, start: Start) -> None:
    for number in range(20):
        tell("T101", key=f"k{number}")
    for _ in range(2):
        start(lease_seconds=300)  # neither is ever so slow that the other takes it for gone
    wait_for(lambda: Delivery.objects.filter(state="sent").count() == 20)
    assert len(mailbox.ids) == len(set(mailbox.ids)) == 20
