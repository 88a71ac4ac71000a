"""The sealer: one pass links every visible unsealed line into the chain and signs the pass.

Lines get their place in the order in which they become visible, whatever their id: a late commit comes in the next
pass, and the sequence has no holes. Writers never wait for it. The newest seal also goes to a file outside the
database (put it on another host, print it at the day's end): only that shows a tail cut off everywhere inside.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bankhall.apps.audit.models import ChainHead, Line, Link, Seal
from bankhall.apps.audit.rules import chained, outside_text, signature_of

PASS_LINES = 5000
LATE_LINES = 20_000
"""A transaction may commit so many lines after its id was given; older ids are not looked for again."""


def seal(*, outside: Path | None = None) -> int:
    """One pass; answers how many lines it sealed. Several sealers may run: the chain's head lets one work at a time."""
    if not _unsealed().exists():
        return 0
    with transaction.atomic():
        ChainHead.objects.get_or_create(pk=1)
        head = ChainHead.objects.select_for_update().get(pk=1)
        lines = list(_unsealed().order_by("id")[:PASS_LINES])
        made = _seal_lines(head, lines) if lines else None
    if made:
        _write_outside(made, outside or settings.SEAL_FILE)
    return len(lines)


def _unsealed() -> QuerySet[Line]:
    newest = Link.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    floor = Link.objects.filter(seq__lte=newest - LATE_LINES).order_by("-seq").values_list("line_id", flat=True).first()
    sealed = Link.objects.filter(line_id=OuterRef("id"))
    return Line.objects.filter(id__gt=floor or 0).exclude(Exists(sealed))


def _seal_lines(head: ChainHead, lines: list[Line]) -> Seal:
    first, links = head.seq + 1, []
    for line in lines:
        head.seq += 1
        head.hash = chained(head.hash, head.seq, line)
        links.append(Link(seq=head.seq, line_id=line.pk, hash=head.hash))
    Link.objects.bulk_create(links, batch_size=500)
    head.save()
    previous = Seal.objects.order_by("-id").values_list("signature", flat=True).first() or ""
    at = timezone.now()
    signature = signature_of(previous, first, head.seq, head.hash, at)
    return Seal.objects.create(
        at=at, first=first, last=head.seq, root=head.hash, previous=previous, signature=signature
    )


def _write_outside(made: Seal, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(outside_text(made) + "\n")
        file.flush()
        os.fsync(file.fileno())
