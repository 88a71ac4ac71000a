"""A notice as mail and as the robots' documented JSON."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from bankhall.documents.messages import LONGEST_BYTES, Message, mail_of, robot_body, signed

NOTICE = Message(
    "n7", "江州营业部的班表已发布（第 1 版）", "https://hall.bank.example/my/notices/", "编号 n7",
    datetime(2026, 11, 27, 8, tzinfo=UTC),
)  # fmt: skip


def test_a_mail_carries_the_id_and_says_that_a_machine_wrote_it() -> None:
    mail = mail_of(NOTICE, sender="hall@bank.example", to="li@bank.example")
    assert mail["Message-ID"] == "<n7@bank.example>"
    assert (mail["Subject"], mail["Auto-Submitted"]) == (NOTICE.words, "auto-generated")
    assert mail.get_content().split("\n\n")[1] == NOTICE.link


def test_a_robot_gets_a_text_with_the_id() -> None:
    said = json.loads(robot_body(NOTICE))
    assert said == {"msgtype": "text", "text": {"content": f"{NOTICE.words}\n{NOTICE.link}\n[n7]"}}


def test_a_long_text_keeps_its_id_within_what_robots_take() -> None:
    content = json.loads(robot_body(Message("n7", "班" * 3000)))["text"]["content"]
    assert len(content.encode()) <= LONGEST_BYTES
    assert content.endswith("\n[n7]")
    assert "\ufffd" not in content


def test_dingtalk_is_signed_as_openssl_signs_it() -> None:
    url = signed("https://robot.example/send?access_token=t", "SECabc", 1796000000000)
    query = parse_qs(urlsplit(url).query)
    assert query == {
        "access_token": ["t"],
        "timestamp": ["1796000000000"],
        "sign": ["fK+9vPWyqyt5Pyxjp91F8e2cy8AGSJ5kPjo6jNWz5Ec="],
    }
    assert signed("https://robot.example/send", "", 1) == "https://robot.example/send"
