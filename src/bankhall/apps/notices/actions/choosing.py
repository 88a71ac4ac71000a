"""Each person chooses what they also get by mail, within the bank's rules."""

from collections.abc import Iterable

from django.conf import settings

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.notices import rules
from bankhall.apps.notices.models import Choice
from bankhall.apps.notices.states import TOPICS
from bankhall.kernel.errors import BadInput
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

CHOOSE = action_name("notices.choose")


def choose(*, by_mail: bool, topics: Iterable[str], address: str = "", by: Actor, scope: Scope) -> None:
    """From the next notice on. The trail tells that an address was named, not which."""
    check_may(scope, "see_own_notices")
    wanted = set(topics)
    if strange := wanted - set(TOPICS):
        raise BadInput("form_incomplete", topics=sorted(strange))
    rules.check_address(address.strip(), settings.NOTICE_CHANNELS.mail)
    off = [topic for topic in TOPICS if topic not in wanted]
    told = {"by_mail": by_mail, "address": address.strip(), "topics_off": off}
    with audit.act(CHOOSE, by=by, scope=scope, subject=Subject("user", by.code)) as act:
        Choice.objects.update_or_create(person=by.staff_no or by.code, defaults=told)
        act.note(after={"by_mail": by_mail, "topics_off": off, "own_address": bool(address.strip())})
