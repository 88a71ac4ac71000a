"""Is the trail whole? Every line against its MAC, every link against the chain, every seal against its signature, every
act against its line, and the chain against the seals kept outside.

The check is bounded by the chain's head as it stood at the start, so it needs no lock and new lines do not disturb it.
Its limit: whoever holds both the audit key and the database can rewrite what no outside seal covers yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from bankhall.apps.audit.models import ActKey, ChainHead, Line, Link, Seal
from bankhall.apps.audit.rules import START, chained, line_is_true, outside_text, signature_of

CHUNK = 2000
REQUEST = "by"
"""A key whose answer names its asker is that of a whole request: the acts in it have keys and lines of their own."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be so in a trail that nobody touched. `code` names the sentence, `place` says where."""

    code: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked, and every fault found (none: the trail is whole)."""

    lines: int
    sealed: int
    seals: int
    last_sealed_at: datetime | None
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Chain:
    """The links as they are: the hash at each place, and what was wrong on the way."""

    hashes: dict[int, str]
    faults: tuple[Fault, ...]


def verify(*, outside: Path | None = None) -> Verdict:
    """Checks the whole trail. Reads everything: 40 to 65 microseconds of computing a line."""
    head = ChainHead.objects.filter(pk=1).first() or ChainHead(pk=1)
    chain = _walk(head.seq)
    seals = list(Seal.objects.filter(first__lte=head.seq).order_by("id"))
    faults = [
        *chain.faults,
        *_head_faults(head, chain.hashes),
        *_seal_faults(seals, chain.hashes, head.seq),
        *_outside_faults(seals, head.seq, outside or settings.SEAL_FILE),
        *_unsealed_faults(),
        *_act_faults(),
    ]
    return Verdict(Line.objects.count(), len(chain.hashes), len(seals), seals[-1].at if seals else None, tuple(faults))


def _walk(until: int) -> _Chain:
    hashes: dict[int, str] = {}
    faults: list[Fault] = []
    previous, wanted = START, 1
    for link, line in _linked_lines(until):
        if link.seq != wanted:
            faults.append(Fault("hole_in_chain", str(wanted)))
        faults += _link_faults(link, line, previous)
        previous, wanted = link.hash, link.seq + 1
        hashes[link.seq] = link.hash
    return _Chain(hashes, tuple(faults))


def _linked_lines(until: int) -> Iterator[tuple[Link, Line | None]]:
    """Links in order with their lines, by chunks."""
    done = 0
    while True:
        links = list(Link.objects.filter(seq__gt=done, seq__lte=until).order_by("seq")[:CHUNK])
        lines = Line.objects.in_bulk([link.line_id for link in links])
        yield from ((link, lines.get(link.line_id)) for link in links)
        if len(links) < CHUNK:
            return
        done = links[-1].seq


def _link_faults(link: Link, line: Line | None, previous: str) -> list[Fault]:
    if line is None:
        return [Fault("line_gone", str(link.line_id))]
    changed = [] if line_is_true(line) else [Fault("line_changed", str(line.pk))]
    broken = [] if link.hash == chained(previous, link.seq, line) else [Fault("chain_broken", str(link.seq))]
    return changed + broken


def _head_faults(head: ChainHead, hashes: dict[int, str]) -> list[Fault]:
    last = max(hashes, default=0)
    fits = (head.seq, head.hash) == (last, hashes.get(last, START))
    return [] if fits else [Fault("head_misfits", str(head.seq))]


def _seal_faults(seals: list[Seal], hashes: dict[int, str], until: int) -> Iterator[Fault]:
    previous, first = "", 1
    for seal in seals:
        signed = seal.signature == signature_of(previous, seal.first, seal.last, seal.root, seal.at)
        if not signed or seal.first != first or seal.previous != previous:
            yield Fault("seal_forged", str(seal.pk))
        if hashes.get(seal.last) != seal.root:
            yield Fault("seal_misfits", str(seal.pk))
        previous, first = seal.signature, seal.last + 1
    if first != until + 1:
        yield Fault("seals_end_elsewhere", str(first - 1))


def _outside_faults(seals: list[Seal], until: int, path: Path) -> Iterator[Fault]:
    """Every seal in the outside file stands in the database too, unless it is younger than this check."""
    if not path.exists():
        yield from [Fault("outside_seals_missing", path.name)] if seals else []
        return
    known = {outside_text(seal) for seal in seals}
    for said in path.read_text(encoding="ascii", errors="replace").splitlines():
        seq = int(said.split(" ", 1)[0]) if said.split(" ", 1)[0].isdigit() else 0
        if said not in known and not _is_younger(seq, until):
            yield Fault("outside_seal_not_inside", str(seq))


def _is_younger(seq: int, until: int) -> bool:
    return seq > until and ChainHead.objects.filter(pk=1, seq__gte=seq).exists()


def _unsealed_faults() -> Iterator[Fault]:
    linked = Link.objects.filter(line_id=OuterRef("id"))
    for line in Line.objects.exclude(Exists(linked)).iterator(CHUNK):
        if not line_is_true(line):
            yield Fault("line_changed", str(line.pk))


def _act_faults() -> Iterator[Fault]:
    mine = Line.objects.filter(act_key=OuterRef("key"))
    alone = ActKey.objects.exclude(Exists(mine)).filter(Q(answer=None) | ~Q(answer__has_key=REQUEST))
    for key in alone.values_list("key", flat=True):
        yield Fault("act_without_line", str(key))
    doubled = Line.objects.values("act_key").annotate(times=Count("id")).filter(times__gt=1)
    for key in doubled.values_list("act_key", flat=True):
        yield Fault("act_with_two_lines", str(key))
    acted = ActKey.objects.filter(key=OuterRef("act_key"))
    for line_id in Line.objects.exclude(Exists(acted)).values_list("id", flat=True):
        yield Fault("line_without_act", str(line_id))
