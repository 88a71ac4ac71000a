"""The synthetic bank's float pool and system rights lie beside the rest and change none of it."""

from datetime import date

from bankhall.data.synthetic.float_pool import POOL
from bankhall.data.synthetic.outline import Outline
from bankhall.data.synthetic.reference import synthetic_bank

BANK = synthetic_bank(Outline(branches=4, first=date(2026, 1, 1), last=date(2026, 11, 30), seed=7))


def test_the_pool_is_no_branch_with_a_hall() -> None:
    assert POOL.node_code not in {n.node_code for n in BANK.branches()}
    assert [n.node_code for n in BANK.pools()] == [POOL.node_code]
    assert not BANK.for_branch(POOL.node_code).duties


def test_its_people_may_work_at_every_branch_with_what_that_asks() -> None:
    branches = {n.node_code for n in BANK.branches()}
    people = [p for p in BANK.staff if p.branch_code == POOL.node_code]
    held = {c.staff_no for c in BANK.certificates}
    assert all(set(p.system_rights) == branches and p.staff_no in held for p in people)


def test_nobody_of_the_pool_is_overdue_for_mandatory_leave() -> None:
    people = {p.staff_no for p in BANK.staff if p.branch_code == POOL.node_code}
    leaves = {
        a.staff_no: a.ends_at.date() for a in BANK.absences if a.kind == "mandatory_leave" and a.staff_no in people
    }
    assert leaves.keys() == people


def test_rights_are_held_where_the_way_is_short() -> None:
    minutes = {(t.from_branch, t.to_branch): t.minutes for t in BANK.travel}
    somebody = next(p for p in BANK.staff if p.system_rights and p.branch_code != POOL.node_code)
    near = max(minutes[(somebody.branch_code, code)] for code in somebody.system_rights)
    rest = {n.node_code for n in BANK.branches()} - {somebody.branch_code, *somebody.system_rights}
    assert all(minutes[(somebody.branch_code, code)] >= near for code in rest)
    assert any(not p.system_rights for p in BANK.staff)
