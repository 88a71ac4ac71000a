"""Handing a message over, and knowing how that went: taken, surely not taken, or nobody knows.

Reasons never hold an address of a robot: that is its key.
"""

import json
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from bankhall.apps.notices.states import Channel, MailServer, Robot
from bankhall.documents.messages import Message, mail_of, robot_body, signed

SECONDS = 20.0
PERMANENT = 500


class NotTaken(Exception):
    """The receiver surely does not have it. `final`: trying again is useless."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class NobodyKnows(Exception):
    """It was handed over, and no answer came."""


def send_mail(server: MailServer, message: Message, to: str) -> None:
    """Hands a mail to the bank's server."""
    mail = mail_of(message, sender=server.sender, to=to)
    with _smtp(server) as smtp:
        _said(smtp.mail(server.sender), "sender")
        _said(smtp.rcpt(to), "recipient")
        _hand_over(smtp, mail)


def _hand_over(smtp: smtplib.SMTP, mail: EmailMessage) -> None:
    try:
        answer = smtp.data(mail.as_bytes())
    except smtplib.SMTPDataError as error:  # before a byte of the mail was sent
        raise NotTaken(f"data: {error.smtp_code}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise NobodyKnows from error
    _said(answer, "data")


def _said(answer: tuple[int, bytes], step: str) -> None:
    code = answer[0]
    if code not in (250, 251):
        raise NotTaken(f"{step}: {code}", final=code >= PERMANENT)


@contextmanager
def _smtp(server: MailServer) -> Iterator[smtplib.SMTP]:
    try:
        smtp = _connected(server)
    except (OSError, smtplib.SMTPException) as error:
        raise NotTaken(f"connect: {type(error).__name__}") from error
    try:
        yield smtp
    except (OSError, smtplib.SMTPException) as error:
        raise NotTaken(f"asking: {type(error).__name__}") from error
    finally:
        smtp.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trusted)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    if server.security == "starttls":
        smtp.starttls(context=trusted)
    smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)
    return smtp


def send_to_robot(robot: Robot, message: Message) -> None:
    """Hands a text to a group's robot."""
    at = int(time.time() * 1000)
    url = urlsplit(signed(robot.url, robot.secret, at) if robot.channel == Channel.DINGTALK else robot.url)
    port = url.port or (443 if url.scheme == "https" else 80)
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    asking = kind(url.hostname or "", port, timeout=SECONDS)
    try:
        _connect(asking)
        _taken(*_post(asking, f"{url.path or '/'}?{url.query}", robot_body(message)))
    finally:
        asking.close()


def _connect(asking: HTTPConnection) -> None:
    try:
        asking.connect()
    except OSError as error:
        raise NotTaken(f"connect: {type(error).__name__}") from error


def _post(asking: HTTPConnection, path: str, body: bytes) -> tuple[int, bytes]:
    try:
        asking.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
        answer = asking.getresponse()
        return answer.status, answer.read(1 << 16)
    except (OSError, HTTPException) as error:
        raise NobodyKnows from error


def _taken(status: int, body: bytes) -> None:
    if status in (502, 504):  # a gateway lost sight of it
        raise NobodyKnows
    if status != HTTPStatus.OK:
        raise NotTaken(f"HTTP {status}")
    try:
        code = json.loads(body)["errcode"]
    except (ValueError, KeyError, TypeError) as error:  # an answer that is none of a robot
        raise NobodyKnows from error
    if code != 0:
        raise NotTaken(f"errcode {code}")
