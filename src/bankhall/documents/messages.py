"""A notice as the messages of the channels: mail, and the documented JSON of WeCom's and DingTalk's group robots.

WeCom 企业微信: POST {"msgtype": "text", "text": {"content": …}}, at most 2,048 bytes of UTF-8, 20 messages a minute.
DingTalk 钉钉: the same shape; a robot with signing (加签) wants in its address `timestamp` (milliseconds, an hour off
at most) and `sign`, the Base64 of HMAC-SHA256 over "timestamp\\nsecret", keyed by the secret.
Both answer {"errcode": 0, …} when they took it.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

LONGEST_BYTES = 2048
LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, the way to the page, and the id by which a receiver knows it again."""

    message_id: str
    words: str
    link: str = ""
    foot: str = ""
    posted_at: datetime | None = None


def mail_of(message: Message, *, sender: str, to: str) -> EmailMessage:
    """A plain mail; the same notice always carries the same Message-ID."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{message.message_id}@{sender.rpartition('@')[2]}>"
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = message.words[:LONGEST_SUBJECT]
    mail["Auto-Submitted"] = "auto-generated"
    if message.posted_at:
        mail["Date"] = format_datetime(message.posted_at)
    mail.set_content("\n\n".join(part for part in (message.words, message.link, message.foot) if part))
    return mail


def robot_body(message: Message) -> bytes:
    """The JSON of a text message, for either robot: the id and the link stay whole, the words give way."""
    end = "".join(f"\n{part}" for part in (message.link, f"[{message.message_id}]") if part)
    room = LONGEST_BYTES - len(end.encode())
    words = message.words.encode()[:room].decode(errors="ignore")
    return json.dumps({"msgtype": "text", "text": {"content": words + end}}, ensure_ascii=False).encode()


def signed(url: str, secret: str, at_milliseconds: int) -> str:
    """A DingTalk robot's address with its signature; as it is without a secret."""
    if not secret:
        return url
    said = f"{at_milliseconds}\n{secret}".encode()
    sign = base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest()).decode()
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, urlencode({"timestamp": at_milliseconds, "sign": sign})]))
    return urlunsplit(parts._replace(query=query))
