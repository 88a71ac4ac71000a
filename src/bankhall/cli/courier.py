"""The courier of a site: carries notices to the mail server and the group robots, when some are set up. One process.

It sends one at a time and waits as long as the receiver needs, so neither pages nor the sealing of the trail wait.
"""

import logging
import signal
import time
from typing import TYPE_CHECKING

from bankhall.apps.notices.states import Channel, Channels
from bankhall.cli.channels import NobodyKnows, NotTaken, send_mail, send_to_robot
from bankhall.documents.messages import Message
from bankhall.wording.say import say
from bankhall.wording.sentences import Names, say_notice

if TYPE_CHECKING:
    from bankhall.apps.notices.actions import Outgoing

LOG = logging.getLogger(__name__)
IDLE_SECONDS = 1.0


class Courier:
    """`leave()` (from a signal) ends it after the message under way."""

    def __init__(self) -> None:
        self._leaving = False

    def leave(self, *_: object) -> None:
        """Ends the loop."""
        self._leaving = True

    def loop(self) -> None:
        """Until told to leave. While the store is away it waits."""
        from django.db import InterfaceError, OperationalError, close_old_connections, connection

        while not self._leaving:
            try:
                close_old_connections()
                if not self.turn():
                    time.sleep(IDLE_SECONDS)
            except (OperationalError, InterfaceError) as error:
                LOG.warning("the store is away: %s", str(error)[:80])
                connection.close()
                time.sleep(IDLE_SECONDS)

    def turn(self) -> bool:
        """One message, if one is due."""
        from django.utils import timezone

        from bankhall.apps.notices import actions

        actions.take_back_unmarked(timezone.now())
        out = actions.claim_next(timezone.now())
        if out is None:
            return False
        try:
            send(out)
        except NotTaken as why:
            LOG.warning("%s by %s was not taken: %s", out.message_id, out.channel, why)
            actions.mark_failed(out, timezone.now(), str(why), final=why.final)
        except NobodyKnows:
            LOG.warning("%s by %s was handed over, and no answer came", out.message_id, out.channel)
            actions.mark_unknown(out, timezone.now())
        else:
            actions.mark_sent(out, timezone.now())
        return True


def send(out: "Outgoing") -> None:
    """Hands one message over; NotTaken or NobodyKnows when it did not arrive as far as one can tell."""
    from django.conf import settings

    channels: Channels = settings.NOTICE_CHANNELS
    if out.channel == Channel.MAIL:
        if channels.mail is None:
            raise NotTaken("no mail server is set up")
        return send_mail(channels.mail, message_of(out), out.address)
    found = [one for one in channels.robots if (one.channel, one.node_code) == (out.channel, out.address)]
    if not found:
        raise NotTaken("no robot is set up there")
    return send_to_robot(found[0], message_of(out))


def message_of(out: "Outgoing") -> Message:
    """The sentence in the reader's language; a group hears what is said to all."""
    from django.conf import settings

    from bankhall.apps.notices.queries import called

    names = called([out.facts])
    table, to_group = Names(staff=names.staff, branches=names.branches, posts=names.posts), out.channel != Channel.MAIL
    words = say_notice(out.kind, out.facts, out.language, table, family="group" if to_group else "notice")
    site = settings.NOTICE_CHANNELS.site
    foot = "" if to_group else say("mail.foot", out.language, id=out.message_id)
    return Message(out.message_id, words, f"{site}/my/notices/" if site else "", foot, out.posted_at)


def main() -> None:
    """Opens the site and carries."""
    from bankhall.cli.site import open_site

    open_site(migrate=False)
    courier = Courier()
    signal.signal(signal.SIGTERM, courier.leave)
    signal.signal(signal.SIGINT, courier.leave)
    courier.loop()


if __name__ == "__main__":
    main()
