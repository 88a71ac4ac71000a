"""How notices leave the house: nothing is contacted unless it is named here. Secrets stay in the environment or a file.

| variable | what it sets |
|---|---|
| BANKHALL_MAIL_HOST, _PORT | the bank's SMTP server (port 465 for `tls`, else 587) |
| BANKHALL_MAIL_SECURITY | `tls`, `starttls` (default), or `none`: to this machine only |
| BANKHALL_MAIL_USER, _PASSWORD | when the server asks for them |
| BANKHALL_MAIL_FROM | the sender's address |
| BANKHALL_MAIL_ADDRESS | makes each person's address: `{username}@bank.example` or `{staff_no}@bank.example` |
| BANKHALL_MAIL_DOMAINS | domains, by comma, in which a person may name an address of their own |
| BANKHALL_ROBOTS_FILE | JSON list of group robots: `node`, `channel` (`wecom`, `dingtalk`), `url`, perhaps `secret` |
| BANKHALL_QUIET_HOURS | for example `21:00-07:00` (default); `none`: no quiet hours |
| BANKHALL_NOTICES_ALWAYS | kinds of notice that are sent whatever a person chose, by comma |
| BANKHALL_SITE | the address under which people open the site, for links in messages |
"""

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bankhall.apps.notices.states import ALWAYS, KINDS, Channel, Channels, MailServer, Robot
from bankhall.kernel.minutes import parse_minutes

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PORTS = {"tls": 465, "starttls": 587, "none": 25}
NONE = (0, 0)


def channels_of(said: Mapping[str, str]) -> Channels:
    """What the environment names; ValueError for what would send a bank's notices in the clear."""
    quiet = _quiet(said.get("BANKHALL_QUIET_HOURS", "21:00-07:00"))
    always = said.get("BANKHALL_NOTICES_ALWAYS")
    kinds = ALWAYS if always is None else frozenset(filter(None, always.split(",")))
    if strange := kinds - set(KINDS):
        raise ValueError(f"BANKHALL_NOTICES_ALWAYS names no kinds of notice: {sorted(strange)}")
    site = said.get("BANKHALL_SITE", "").rstrip("/")
    return Channels(_mail(said), _robots(said.get("BANKHALL_ROBOTS_FILE", "")), *quiet, kinds, site)


def _mail(said: Mapping[str, str]) -> MailServer | None:
    host = said.get("BANKHALL_MAIL_HOST", "")
    if not host:
        return None
    security = said.get("BANKHALL_MAIL_SECURITY", "starttls")
    if security not in PORTS:
        raise ValueError(f"BANKHALL_MAIL_SECURITY is one of {sorted(PORTS)}")
    if security == "none" and host not in LOOPBACK:
        raise ValueError("mail without TLS goes to this machine only: set BANKHALL_MAIL_SECURITY")
    sender = said.get("BANKHALL_MAIL_FROM", "")
    if "@" not in sender:
        raise ValueError("BANKHALL_MAIL_FROM is the sender's address")
    domains = frozenset(
        part.strip().lower() for part in said.get("BANKHALL_MAIL_DOMAINS", "").split(",") if part.strip()
    )
    return MailServer(
        host, int(said.get("BANKHALL_MAIL_PORT", PORTS[security])), security, sender,
        said.get("BANKHALL_MAIL_USER", ""), said.get("BANKHALL_MAIL_PASSWORD", ""),
        said.get("BANKHALL_MAIL_ADDRESS", ""), domains,
    )  # fmt: skip


def _robots(file: str) -> tuple[Robot, ...]:
    rows = json.loads(Path(file).read_text(encoding="utf-8")) if file else []
    return tuple(_robot(row) for row in rows)


def _robot(row: Mapping[str, str]) -> Robot:
    robot = Robot(row["node"], Channel(row["channel"]), row["url"], row.get("secret", ""))
    address = urlsplit(robot.url)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ValueError(f"the robot of {robot.node_code} must be asked by https")
    if robot.channel == Channel.MAIL:
        raise ValueError(f"the robot of {robot.node_code} is wecom or dingtalk")
    return robot


def _quiet(text: str) -> tuple[int, int]:
    if text == "none":
        return NONE
    first, _, last = text.partition("-")
    return parse_minutes(first), parse_minutes(last)
