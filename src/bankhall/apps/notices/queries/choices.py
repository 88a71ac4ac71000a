"""What goes to a person beside their page, by the bank's rules and their own choice."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from bankhall.apps.access.queries import check_may
from bankhall.apps.identity.queries import Person, people_told
from bankhall.apps.notices.models import Choice, Delivery, FeedLink
from bankhall.apps.notices.states import TOPICS, Channels, MailServer
from bankhall.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class MyChannels:
    """The settings page. `usual` is the bank's address; `may_name` tells whether another one may be given."""

    mail: bool
    by_mail: bool
    address: str
    usual: str
    domains: tuple[str, ...]
    topics: tuple[tuple[str, bool], ...]
    always: tuple[str, ...]
    groups: tuple[str, ...]
    quiet: tuple[int, int]


def my_channels(scope: Scope) -> MyChannels:
    """How the reader's notices leave the house; two queries."""
    check_may(scope, "see_own_notices")
    channels: Channels = settings.NOTICE_CHANNELS
    name = scope.actor.staff_no or scope.actor.code
    choice, person = Choice.objects.filter(person=name).first(), people_told([name]).get(name)
    off = set(choice.topics_off) if choice else set()
    robots = sorted({str(robot.channel) for robot in channels.robots if scope.sees(robot.node_code)})
    return MyChannels(
        channels.mail is not None, choice.by_mail if choice else True, choice.address if choice else "",
        address_of(person, None, channels.mail) if person and channels.mail else "",
        tuple(sorted(channels.mail.domains)) if channels.mail else (),
        tuple((topic, topic not in off) for topic in TOPICS),
        tuple(kind for kinds in TOPICS.values() for kind in kinds if kind in channels.always), tuple(robots),
        (channels.quiet_from, channels.quiet_until),
    )  # fmt: skip


def deliveries_since(when: datetime) -> dict[str, int]:
    """How many notices stand in each state on their way out, of those that were due since an instant; one query."""
    rows = Delivery.objects.filter(next_at__gte=when).order_by().values_list("state")
    return dict(rows.annotate(n=Count("id")))


def feed_link(scope: Scope) -> datetime | None:
    """Since when the reader's calendar link is in use; one query."""
    rows = FeedLink.objects.filter(username=scope.actor.code, withdrawn_at=None)
    return rows.values_list("made_at", flat=True).first()


def address_of(person: Person, choice: Choice | None, mail: MailServer) -> str:
    """Where a person reads mail: the address that they named, else the one that the bank's pattern gives."""
    if not person.is_active:
        return ""
    if choice and choice.address:
        return choice.address
    names = {"username": person.username, "staff_no": person.staff_no}
    missing = any(f"{{{name}}}" in mail.address and not value for name, value in names.items())
    return "" if missing else mail.address.format(**names)


def wants(kind: str, choice: Choice | None, channels: Channels) -> bool:
    """Whether a kind goes to a person by mail. What the bank always sends is sent whatever was chosen."""
    if choice is None or kind in channels.always:
        return True
    return choice.by_mail and not any(kind in kinds for topic, kinds in TOPICS.items() if topic in choice.topics_off)
