"""What a notice waited for has come to its end: it waits for nobody any more, and says who ended it."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q

from bankhall.apps.notices.models import Notice, Settlement
from bankhall.apps.notices.states import WAITING, Outcome
from bankhall.kernel.scope import Actor
from bankhall.kernel.subject import Subject


def settle(
    *subjects: Subject, how: Outcome = Outcome.ANSWERED, kinds: Iterable[str] = WAITING,
    to: Iterable[str] | None = None, by: Actor,
) -> None:  # fmt: skip
    """All that waited so far about some subjects, for some of those told (None: for all), inside the act that ends it.

    Nobody is told once more: the line that they have says it. What was settled before stays as it was.
    """
    about = reduce(or_, (Q(subject_kind=one.kind, subject_code=one.code) for one in subjects))
    rows = Notice.objects.filter(about, kind__in=list(kinds), settlement=None)
    mine = rows if to is None else rows.filter(recipient__in=list(to))
    now, name = settings.CLOCK.now(), by.staff_no or by.code
    ended = [Settlement(notice=row, outcome=how, by=name, at=now) for row in mine]
    Settlement.objects.bulk_create(ended, ignore_conflicts=True)
