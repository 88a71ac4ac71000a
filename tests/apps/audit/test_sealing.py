"""The sealer gives every line its place once, and what somebody with the database but without the key does is found."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from bankhall.apps.audit.actions import act, seal
from bankhall.apps.audit.models import ActKey, ChainHead, Line, Link, Seal
from bankhall.apps.audit.queries import trail, verify
from bankhall.apps.audit.rules import START, chained
from bankhall.apps.audit.states import ActionName
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

pytestmark = pytest.mark.django_db
DO = ActionName("tests.do_it")
SYSTEM = Scope.system("a test")


def acted(*codes: str) -> list[Line]:
    made = []
    for code in codes:
        with act(DO, by=Actor("li"), scope=SYSTEM, subject=Subject("thing", code)) as doing:
            doing.note(after={"code": code})
        made.append(Line.objects.latest("id"))
    return made


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return tmp_path / "seals.log"


@pytest.fixture
def sealed(outside: Path) -> list[Line]:
    """Six lines in two passes, both told to the outside file."""
    first = acted("a", "b", "c")
    seal(outside=outside)
    second = acted("d", "e", "f")
    seal(outside=outside)
    return first + second


def faults(outside: Path) -> set[str]:
    return {fault.code for fault in verify(outside=outside).faults}


def test_an_untouched_trail_is_whole(sealed: list[Line], outside: Path) -> None:
    verdict = verify(outside=outside)
    assert verdict.whole
    assert (verdict.lines, verdict.sealed, verdict.seals) == (6, 6, 2)
    assert [line.seq for line in trail(SYSTEM).lines] == [6, 5, 4, 3, 2, 1]


def test_unsealed_lines_are_no_fault(sealed: list[Line], outside: Path) -> None:
    acted("g")
    assert verify(outside=outside).whole
    assert trail(SYSTEM).lines[0].seq is None


def test_an_empty_trail_is_whole(outside: Path) -> None:
    assert verify(outside=outside).whole
    assert seal(outside=outside) == 0


def test_a_line_that_becomes_visible_late_is_sealed_in_the_next_pass(outside: Path) -> None:
    early, late = acted("early", "late")
    Line.objects.filter(pk=late.pk).update(id=late.pk + 100)
    seal(outside=outside)
    acted("x")
    Line.objects.filter(pk=early.pk).exists()
    assert seal(outside=outside) == 1
    assert list(Link.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]


# The twelve attacks of somebody who writes the database and has not got the key.


def edit(lines: list[Line]) -> None:
    Line.objects.filter(pk=lines[2].pk).update(after='{"code":"z"}')


def edit_and_recompute(lines: list[Line]) -> None:
    edit(lines)
    recompute()


def forge(lines: list[Line]) -> None:
    key = uuid4()
    ActKey.objects.create(key=key)
    forged = Line.objects.get(pk=lines[5].pk)
    forged.pk, forged.act_key, forged.mac = None, key, "0" * 64
    forged.save(force_insert=True)
    seq = Link.objects.count() + 1
    Link.objects.create(seq=seq, line_id=forged.pk, hash=START)
    recompute()


def delete(lines: list[Line]) -> None:
    Line.objects.filter(pk=lines[1].pk)._raw_delete("default")


def swap_links(lines: list[Line]) -> None:
    first, second = Link.objects.get(seq=1), Link.objects.get(seq=2)
    Link.objects.filter(seq=1).update(line_id=10**9)
    Link.objects.filter(seq=2).update(line_id=first.line_id)
    Link.objects.filter(seq=1).update(line_id=second.line_id)


def swap_lines(lines: list[Line]) -> None:
    one, other = Line.objects.get(pk=lines[0].pk), Line.objects.get(pk=lines[1].pk)
    one.pk, other.pk = other.pk, one.pk
    one.save()
    other.save()


def cut_tail(lines: list[Line]) -> None:
    Link.objects.filter(seq__gt=4)._raw_delete("default")
    Line.objects.filter(pk__in=[line.pk for line in lines[4:]])._raw_delete("default")


def cut_tail_with_seals_and_head(lines: list[Line]) -> None:
    Link.objects.filter(seq__gt=3)._raw_delete("default")
    Line.objects.filter(pk__in=[line.pk for line in lines[3:]])._raw_delete("default")
    Seal.objects.filter(last__gt=3)._raw_delete("default")
    ChainHead.objects.update(seq=3, hash=Link.objects.get(seq=3).hash)


def cut_tail_with_acts(lines: list[Line]) -> None:
    cut_tail_with_seals_and_head(lines)
    ActKey.objects.filter(key__in=[line.act_key for line in lines[3:]])._raw_delete("default")


def edit_before_sealing(lines: list[Line]) -> None:
    (late,) = acted("late")
    Line.objects.filter(pk=late.pk).update(actor_code="somebody else")


def delete_before_sealing(lines: list[Line]) -> None:
    (late,) = acted("late")
    Line.objects.filter(pk=late.pk)._raw_delete("default")


def copy_unsealed(lines: list[Line]) -> None:
    (late,) = acted("late")
    late.pk = None
    late.save(force_insert=True)


def recompute() -> None:
    previous = START
    for link in Link.objects.order_by("seq"):
        previous = chained(previous, link.seq, Line.objects.get(pk=link.line_id))
        Link.objects.filter(seq=link.seq).update(hash=previous)
    ChainHead.objects.update(seq=Link.objects.count(), hash=previous)
    Seal.objects.filter(last=6).update(root=Link.objects.get(seq=6).hash)


ATTACKS: dict[Callable[[list[Line]], None], str] = {
    edit: "line_changed",
    edit_and_recompute: "line_changed",
    forge: "line_changed",
    edit_before_sealing: "line_changed",
    delete: "line_gone",
    swap_links: "chain_broken",
    swap_lines: "chain_broken",
    cut_tail: "seal_misfits",
    cut_tail_with_seals_and_head: "act_without_line",
    cut_tail_with_acts: "outside_seal_not_inside",
    delete_before_sealing: "act_without_line",
    copy_unsealed: "act_with_two_lines",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_the_attack_is_found(attack: Callable[[list[Line]], None], sealed: list[Line], outside: Path) -> None:
    assert verify(outside=outside).whole
    attack(sealed)
    assert ATTACKS[attack] in faults(outside)


def test_only_the_outside_seal_shows_a_tail_cut_everywhere(sealed: list[Line], outside: Path) -> None:
    cut_tail_with_acts(sealed)
    assert faults(outside) == {"outside_seal_not_inside"}


def test_a_forged_seal_is_found(sealed: list[Line], outside: Path) -> None:
    Seal.objects.filter(last=3).update(at=timezone.now() - timedelta(days=1))
    assert "seal_forged" in faults(outside)


def test_a_lost_outside_file_is_said(sealed: list[Line], outside: Path) -> None:
    outside.unlink()
    assert faults(outside) == {"outside_seals_missing"}


def test_a_line_of_no_act_is_found(sealed: list[Line], outside: Path) -> None:
    ActKey.objects.filter(key=sealed[0].act_key)._raw_delete("default")
    assert faults(outside) == {"line_without_act"}


def test_another_key_trusts_nothing(sealed: list[Line], outside: Path, settings: Settings) -> None:
    settings.AUDIT_KEY = "another"
    assert {"line_changed", "seal_forged"} <= faults(outside)


def test_the_outside_file_holds_a_line_a_pass(sealed: list[Line], outside: Path) -> None:
    told = [line.split()[0] for line in outside.read_text().splitlines()]
    assert told == ["3", "6"]


def test_notes_are_canonical(sealed: list[Line]) -> None:
    assert json.loads(sealed[0].after) == {"code": "a"}
    assert sealed[0].after == '{"code":"a"}'
