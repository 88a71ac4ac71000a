"""How notices leave the house is named in the environment, and never in the clear."""

import json
from pathlib import Path

import pytest

from bankhall.apps.notices.states import Channel
from bankhall.config.channels import channels_of

MAIL = {"BANKHALL_MAIL_HOST": "smtp.bank.example", "BANKHALL_MAIL_FROM": "hall@bank.example"}


def robots(tmp_path: Path, **row: str) -> dict[str, str]:
    file = tmp_path / "robots.json"
    file.write_text(json.dumps([{"node": "B01", "channel": "wecom"} | row]))
    return {"BANKHALL_ROBOTS_FILE": str(file)}


def test_nothing_is_set_up_without_a_word() -> None:
    assert not channels_of({}).any


def test_a_mail_server_speaks_tls_by_default() -> None:
    mail = channels_of(MAIL).mail
    assert mail is not None
    assert (mail.security, mail.port) == ("starttls", 587)
    tls = channels_of(MAIL | {"BANKHALL_MAIL_SECURITY": "tls", "BANKHALL_MAIL_DOMAINS": "Bank.example, x.example"}).mail
    assert tls is not None
    assert (tls.port, tls.domains) == (465, frozenset({"bank.example", "x.example"}))


def test_mail_in_the_clear_goes_to_this_machine_only() -> None:
    plain = {"BANKHALL_MAIL_SECURITY": "none"}
    with pytest.raises(ValueError, match="this machine only"):
        channels_of(MAIL | plain)
    assert channels_of(MAIL | plain | {"BANKHALL_MAIL_HOST": "127.0.0.1"}).any


def test_mail_needs_a_sender() -> None:
    with pytest.raises(ValueError, match="BANKHALL_MAIL_FROM"):
        channels_of({"BANKHALL_MAIL_HOST": "smtp.bank.example"})


def test_a_robot_is_asked_by_https_or_on_this_machine(tmp_path: Path) -> None:
    (robot,) = channels_of(robots(tmp_path, url="https://robot.example/send?key=k")).robots
    assert (robot.node_code, robot.channel) == ("B01", Channel.WECOM)
    assert channels_of(robots(tmp_path, url="http://127.0.0.1:1/send")).any
    with pytest.raises(ValueError, match="by https"):
        channels_of(robots(tmp_path, url="http://robot.example/send"))


def test_quiet_hours_and_what_is_always_sent_are_the_banks() -> None:
    found = channels_of({"BANKHALL_QUIET_HOURS": "22:30-06:00", "BANKHALL_NOTICES_ALWAYS": "roster_changed"})
    assert (found.quiet_from, found.quiet_until, found.always) == (1350, 360, frozenset({"roster_changed"}))
    none = channels_of({"BANKHALL_QUIET_HOURS": "none", "BANKHALL_NOTICES_ALWAYS": ""})
    assert (none.quiet_from, none.quiet_until, none.always) == (0, 0, frozenset())
    with pytest.raises(ValueError, match="no kinds"):
        channels_of({"BANKHALL_NOTICES_ALWAYS": "gossip"})
