"""What stands under `bankhall serve`, its first account, its keeper, and what the doctor says."""

import json
import socket
from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from bankhall.apps.access.queries import scope_of
from bankhall.apps.audit.actions import act
from bankhall.apps.audit.queries import verify
from bankhall.apps.audit.states import ActionName
from bankhall.apps.identity.actions import sign_in
from bankhall.apps.identity.queries import people
from bankhall.apps.notices.models import Delivery
from bankhall.apps.notices.states import Channels, MailServer
from bankhall.cli import serve
from bankhall.cli.doctor import examine
from bankhall.cli.keeper import Keeper
from bankhall.cli.language import terminal_language
from bankhall.kernel.errors import BadInput
from bankhall.kernel.scope import Actor, Scope
from tests.factories.notices import account, tell

SYSTEM = Scope.system("a test")


@pytest.fixture(autouse=True)
def _outside(settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_FILE = tmp_path / "seals.log"


def do_something() -> None:
    with act(ActionName("tests.do"), by=Actor("li"), scope=SYSTEM):
        pass


def test_there_is_a_web_server_a_worker_a_lane_and_a_keeper() -> None:
    assert list(serve.commands("127.0.0.1", 8000)) == ["web", "interactive worker", "batch worker", "keeper"]


def test_a_courier_stands_only_where_the_bank_has_set_up_a_way_out(settings: Settings) -> None:
    settings.NOTICE_CHANNELS = Channels(MailServer("127.0.0.1", 25, "none", "hall@bank.example"))
    assert list(serve.commands("127.0.0.1", 8000))[-1] == "courier"


def test_a_port_in_use_is_told_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(BadInput, match="port_in_use"):
            serve.check_port_is_free("127.0.0.1", other.getsockname()[1])


@pytest.mark.django_db
def test_the_first_start_opens_one_administrator_and_says_the_password_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    serve.open_first_account()
    password = capsys.readouterr().err.split("password ")[1].split(" ")[0]
    somebody = sign_in("administrator", password, address="10.0.0.1")
    assert set(scope_of(somebody, date.today()).branches) == {"administrator"}
    serve.open_first_account()
    assert capsys.readouterr().err == ""
    assert len(people()) == 1


@pytest.mark.django_db
def test_the_keeper_seals_what_was_done() -> None:
    do_something()
    Keeper().turn()
    verdict = verify()
    assert (verdict.sealed, verdict.seals, verdict.whole) == (1, 1, True)


@pytest.mark.django_db
def test_verifying_answers_with_its_exit_code(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    do_something()
    Keeper().turn()
    assert serve.run_verify(Namespace(json=False)) == 0
    assert "the trail is whole" in capsys.readouterr().out
    settings.AUDIT_KEY = "another"
    assert serve.run_verify(Namespace(json=True)) == 1
    assert {fault["code"] for fault in json.loads(capsys.readouterr().out)["faults"]} == {
        "line_changed", "seal_forged",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_doctor_finds_a_key_that_others_may_read(settings: Settings) -> None:
    str(settings.CUSTOMER_KEY)  # made by its first use
    key = Path(settings.HOME) / "keys" / "customer"
    key.chmod(0o644)
    found = {check.words("en")[0]: check.state for check in examine()}
    assert found["customer: others may read it"] == "wrong"
    key.chmod(0o600)
    assert not [check for check in examine() if check.state == "wrong"]


@pytest.mark.django_db
def test_the_doctor_names_the_missing_year(settings: Settings) -> None:
    year = settings.CLOCK.today().year
    assert f"{year} missing" in {check.words("en")[0] for check in examine() if check.code == "calendar"}


@pytest.mark.django_db
def test_the_doctor_counts_the_notices_that_did_not_arrive(settings: Settings) -> None:
    def said() -> set[tuple[str, str]]:
        return {(check.state, check.words("en")[0]) for check in examine() if check.code == "notices"}

    assert said() == {("good", "read in the house only")}
    mail = MailServer("127.0.0.1", 25, "none", "hall@bank.example", address="{username}@bank.example")
    settings.NOTICE_CHANNELS = Channels(mail)
    account("li", "T101")
    tell("T101", key="a")
    tell("T101", key="b")
    assert said() == {("good", "last 7 days: 0 sent, 2 waiting, 0 settled before they left, 0 given up")}
    Delivery.objects.filter(notice__key="a").update(state="given_up")
    Delivery.objects.filter(notice__key="b").update(state="settled")
    assert said() == {("look", "last 7 days: 0 sent, 0 waiting, 1 settled before they left, 1 given up")}


@pytest.mark.django_db
def test_the_doctor_speaks_the_terminals_language() -> None:
    said = [(check.line("zh-hans"), check.line("en")) for check in examine()]
    assert all(zh != en and "[" not in zh + en for zh, en in said)
    assert terminal_language({"LANG": "zh_CN.UTF-8"}) == "zh-hans"
    assert terminal_language({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}) == "en"
    assert terminal_language({}) == "en"


def test_the_batch_worker_rehearses_in_a_child() -> None:
    assert serve.rehearse() == "{'answer': {'status': 'feasible', 'mended': True}}"
