"""The arithmetic of the trail: canonical bytes, MAC, chain hash, signature. The key lies outside the database."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

from django.conf import settings

from bankhall.apps.audit.models import Line, Seal
from bankhall.kernel.plain import to_plain

START = "0" * 64


def canonical_text(value: object) -> str:
    """JSON with sorted keys and no spaces; equal values give equal text. An empty note is the empty text."""
    if value is None:
        return ""
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant_text(at: datetime) -> str:
    """UTC with microseconds, as both stores give it back."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def line_bytes(line: Line) -> bytes:
    """Everything a line says, in one fixed order."""
    said = [
        str(line.act_key), instant_text(line.at), line.name, line.actor_code, line.actor_name, line.actor_staff_no,
        line.subject_kind, line.subject_code, line.branch_code, line.reason, line.before, line.after,
    ]  # fmt: skip
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def mac_of(data: bytes) -> str:
    """HMAC-SHA256 with the site's audit key, in hex."""
    return hmac.new(str(settings.AUDIT_KEY).encode(), data, hashlib.sha256).hexdigest()


def line_is_true(line: Line) -> bool:
    """Whether the line says what it said when it was written."""
    return hmac.compare_digest(line.mac, mac_of(line_bytes(line)))


def chained(previous: str, seq: int, line: Line) -> str:
    """The hash of a link: the chain so far, the place, the line."""
    head = f"{previous}|{seq}|{line.pk}|{line.mac}|".encode()
    return hashlib.sha256(head + line_bytes(line)).hexdigest()


def signature_of(previous: str, first: int, last: int, root: str, at: datetime) -> str:
    """What signs a seal."""
    return mac_of(f"{previous}|{first}|{last}|{root}|{instant_text(at)}".encode())


def outside_text(seal: Seal) -> str:
    """The line about a seal in the outside file: sequence, root, signature, instant."""
    return f"{seal.last} {seal.root} {seal.signature} {instant_text(seal.at)}"
