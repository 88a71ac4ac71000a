"""What leaves the house: laid out with the notice, claimed before it is sent, marked when it is known how that went.

A claim is stored before anything is sent. One that is never marked (its sender was killed) is sent once more under the
same id and then given up as unknown: at least once, and twice at most.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from bankhall.apps.identity.queries import Person, people_told
from bankhall.apps.network import queries as network
from bankhall.apps.notices import rules
from bankhall.apps.notices.models import Choice, Delivery, Notice
from bankhall.apps.notices.queries.choices import address_of, wants
from bankhall.apps.notices.queries.reading import line_of
from bankhall.apps.notices.states import GROUP_KINDS, Channel, Channels, DeliveryState
from bankhall.kernel.subject import Subject

DUE = (DeliveryState.WAITING, DeliveryState.FAILED)
AT_ONCE = 50
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send now. `attempt` says which claim it is: only that one may mark it."""

    delivery_id: int
    attempt: int
    message_id: str
    channel: Channel
    address: str
    language: str
    kind: str
    facts: Mapping[str, object]
    subject: Subject
    posted_at: datetime


def lay_out(rows: Sequence[Notice]) -> None:
    """The deliveries of fresh notices, in the same transaction. The same id is never laid out twice."""
    channels: Channels = settings.NOTICE_CHANNELS
    if not channels.any or not rows:
        return
    deliveries = [*_by_mail(rows, channels), *_to_groups(rows[0], channels)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def _by_mail(rows: Sequence[Notice], channels: Channels) -> Iterable[Delivery]:
    if channels.mail is None:
        return
    told = people_told([row.recipient for row in rows])
    chosen = {one.person: one for one in Choice.objects.filter(person__in=[row.recipient for row in rows])}
    for row in rows:
        person, choice = told.get(row.recipient), chosen.get(row.recipient)
        address = address_of(person, choice, channels.mail) if person else ""
        if address and wants(row.kind, choice, channels):
            yield _delivery(row, Channel.MAIL, address, f"n{row.pk}")


def _to_groups(row: Notice, channels: Channels) -> Iterable[Delivery]:
    """A branch's group hears of it once, however many people are told."""
    if row.kind not in GROUP_KINDS or not row.branch_code:
        return
    about = hashlib.sha256(row.key.encode()).hexdigest()[:16]
    for channel in sorted({robot.channel for robot in channels.robots if robot.node_code == row.branch_code}):
        yield _delivery(row, channel, row.branch_code, f"g{about}.{channel}")


def _delivery(row: Notice, channel: Channel, address: str, message_id: str) -> Delivery:
    return Delivery(message_id=message_id, notice=row, channel=channel, address=address, next_at=timezone.now())


def claim_next(now: datetime) -> Outgoing | None:
    """Claims what is due; what may not leave in quiet hours is put off to their end, and what asks for something that
    was ended meanwhile is not sent any more. None: nothing to send now.
    """
    due = Delivery.objects.filter(state__in=DUE, next_at__lte=now).select_related("notice__settlement")
    zones: dict[str, str] = {}
    for row in due.order_by("next_at", "id")[:AT_ONCE]:
        until = _quiet_end(row.notice, now, zones)
        still = Delivery.objects.filter(pk=row.pk, state=row.state, attempts=row.attempts)
        if _is_settled(row):
            still.update(state=DeliveryState.SETTLED)
        elif until is not None:
            still.update(next_at=until)
        elif still.update(state=DeliveryState.SENDING, attempts=row.attempts + 1, claimed_at=now):
            return _outgoing(row)
    return None


def _is_settled(row: Delivery) -> bool:
    """Whether nobody whom the message reaches is waited for any more: a group is told until all have answered."""
    if getattr(row.notice, "settlement", None) is None:
        return False
    return row.channel == Channel.MAIL or not Notice.objects.filter(key=row.notice.key, settlement=None).exists()


def _quiet_end(notice: Notice, now: datetime, zones: dict[str, str]) -> datetime | None:
    channels: Channels = settings.NOTICE_CHANNELS
    if notice.urgent:
        return None
    if notice.branch_code not in zones:
        zones[notice.branch_code] = network.zone_of(notice.branch_code) or settings.TIME_ZONE
    return rules.quiet_end(now, zones[notice.branch_code], channels.quiet_from, channels.quiet_until)


def _outgoing(row: Delivery) -> Outgoing:
    person: Person | None = people_told([row.notice.recipient]).get(row.notice.recipient)
    language = person.language if person and row.channel == Channel.MAIL else settings.LANGUAGE_CODE
    line = line_of(row.notice)
    return Outgoing(
        row.pk, row.attempts + 1, row.message_id, Channel(row.channel), row.address, language, line.kind, line.facts,
        line.subject, line.posted_at,
    )  # fmt: skip


def mark_sent(out: Outgoing, now: datetime) -> None:
    """The receiver took it."""
    mine = Delivery.objects.filter(pk=out.delivery_id, attempts=out.attempt)
    late = mine.filter(state__in=[DeliveryState.SENDING, DeliveryState.WAITING])
    late.update(state=DeliveryState.SENT, sent_at=now, last_error="")


def mark_failed(out: Outgoing, now: datetime, error: str, *, final: bool = False) -> None:
    """The receiver did not take it: tried again later, unless that is useless or was done often enough."""
    if final or out.attempt >= rules.MOST_ATTEMPTS:
        _mine(out).update(state=DeliveryState.GIVEN_UP, last_error=error[:200])
    else:
        later = now + rules.pause_after(out.attempt)
        _mine(out).update(state=DeliveryState.FAILED, next_at=later, last_error=error[:200])


def mark_unknown(out: Outgoing, now: datetime) -> None:
    """It was handed over and no answer came: as if its sender had been killed."""
    _put_back(out.delivery_id, out.attempt, now)


def take_back_unmarked(now: datetime) -> int:
    """Claims whose sender is gone; answers how many."""
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=now - rules.LEASE)
    return sum(_put_back(pk, attempts, now) for pk, attempts in lost.values_list("pk", "attempts"))


def _put_back(delivery_id: int, attempts: int, now: datetime) -> int:
    mine = Delivery.objects.filter(pk=delivery_id, attempts=attempts, state=DeliveryState.SENDING)
    once_more = mine.filter(unmarked__lt=rules.MOST_UNMARKED - 1)
    told = {"unmarked": F("unmarked") + 1, "last_error": UNKNOWN}
    return once_more.update(state=DeliveryState.WAITING, next_at=now, **told) or mine.update(
        state=DeliveryState.GIVEN_UP, **told
    )


def _mine(out: Outgoing) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=out.delivery_id, attempts=out.attempt, state=DeliveryState.SENDING)
