"""Two branches with published weeks, one short and one with somebody to spare, and the loan that the flow suggests."""

from dataclasses import replace
from typing import Any

from bankhall.apps.metrics import actions as metrics
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.problems import lend_question
from bankhall.data.lend_jobs import lend_region_job
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Travel, Window
from bankhall.kernel.bank.roster import Assignment, Price
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import NOW, TODAY, answer, at, work

BOTH = ("B01", "B02", "B03")
REGION = at("regional", *BOTH)
GIVING, TAKING = at("branch_manager", "B02", code="giving"), at("branch_manager", "B01", code="taking")
LENT = at("teller", "B02", code="lent", staff_no="T203")
OTHER = at("branch_manager", "B03", code="other")


def lending_bank(**more: Any) -> Bank:
    """Three branches with three windows each; T203 alone of B02 may work at B01."""
    small = small_bank(branches=3)
    told = replace(
        small,
        windows=tuple(Window(code, f"W{n}", "cash", ("cash",)) for code in BOTH for n in (1, 2, 3)),
        travel=(Travel("B02", "B01", 15), Travel("B01", "B02", 15)),
        staff=tuple(replace(p, system_rights=("B01",)) if p.staff_no == "T203" else p for p in small.staff),
        prices=(Price("hour", 6000.0), Price("missing_half_hour", 12000.0), Price("lent_day", 12000.0)),
    )
    return replace(told, **more)


def rows(branch_code: str, *people: str) -> tuple[Assignment, ...]:
    """So many tellers at their windows on Monday from nine to ten."""
    return tuple(work(who, MONDAY, 540, 600, code=f"W{n}", branch_code=branch_code) for n, who in enumerate(people, 1))


def publish(branch_code: str, assignments: tuple[Assignment, ...], *, people: int = 2) -> None:
    """A published version of the branch."""
    metrics.install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=NOW)
    question = {"branch_code": branch_code, "week": str(WEEK), "seed": 7, "as_of": "2026-11-23"}
    told = answer(assignments, branch_code=branch_code, people=people) | {"rosters": to_plain(assignments)}
    ref = actions.take_plan(question, told, by=SYSTEM.actor, scope=SYSTEM, now=NOW)
    manager, supervisor = at("branch_manager", branch_code), at("supervisor", branch_code)
    ref = actions.propose(ref, by=manager.actor, scope=manager, now=NOW)
    ref = actions.confirm(ref, by=supervisor.actor, scope=supervisor, now=NOW)
    actions.publish(ref, by=manager.actor, scope=manager, now=NOW)


def two_weeks(bank: Bank | None = None) -> None:
    """B01 wants two tellers and has one, B02 has one more than it wants."""
    load_bank(bank or lending_bank())
    publish("B01", rows("B01", "T101"))
    publish("B02", rows("B02", "T201", "T202", "T203"))


def looked_for() -> int:
    """Looks for loans as the worker does; answers how many it suggests."""
    question = lend_question(REGION, "R01", WEEK, now=NOW) | {"proof_days": 0}
    told = lend_region_job(question)
    return actions.take_suggestions(question, told, by=SYSTEM.actor, scope=SYSTEM, now=NOW, run_id=1)


def suggested() -> str:
    """The code of the one suggestion."""
    assert looked_for() == 1
    return f"{WEEK}-1-001"


def offered() -> str:
    """An offered loan."""
    code = suggested()
    actions.offer_loan(code, by=REGION.actor, scope=REGION, now=NOW, on=TODAY)
    return code


def agree(code: str, scope: Scope, by: Actor | None = None) -> None:
    """One branch agrees."""
    actions.agree_loan(code, by=by or scope.actor, scope=scope, now=NOW, on=TODAY)


def agreed() -> str:
    """Both branches have agreed."""
    code = offered()
    agree(code, GIVING)
    agree(code, TAKING)
    return code


def rostered() -> str:
    """The person has acknowledged."""
    code = agreed()
    actions.acknowledge_loan(code, by=LENT.actor, scope=LENT, now=NOW, on=TODAY)
    return code
