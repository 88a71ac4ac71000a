"""A site with some branches on a Monday at eight: `python -m tests.spec.killed_acts.bank BRANCHES` says the tokens, and
the number of the last line in the trail that is its own.

Two of a branch's twelve tellers work on the Monday, every other one on the other days; a manager and a supervisor run
it. On the Monday one of the two fell ill; others came and have yet to say that they have seen the changed day. All of
them are needed: whoever falls ill next leaves the branch short, and somebody is asked to come.
"""

import json
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bankhall.kernel.bank.bank import Bank
    from bankhall.kernel.scope import Scope

PEOPLE, MONDAY_PEOPLE, WEEKS, COME = 12, 2, 40, 3


def main(branches: str) -> None:
    """Opens the site in BANKHALL_HOME and fills it."""
    from bankhall.cli.site import open_site

    open_site()
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    from bankhall.apps.audit.models import Line
    from tests.factories.imports import load_bank

    load_bank(whole_bank(int(branches)))
    codes = [f"B{n:02d}" for n in range(1, int(branches) + 1)]
    people = {code: people_of(code, n) for n, code in enumerate(codes, 1)}
    for n, code in enumerate(codes, 1):
        staff = [f"T{n}{m:02d}" for m in range(1, PEOPLE + 1)]
        publish_week(code, staff)
        mend_monday(code, staff[0], staff[MONDAY_PEOPLE : MONDAY_PEOPLE + COME])
    last = Line.objects.order_by("pk").values_list("pk", flat=True).last()
    sys.stdout.write(json.dumps({"tokens": people, "last_line": last}) + "\n")


def whole_bank(branches: int) -> "Bank":
    """The small bank with more people and a calendar that reaches far ahead."""
    from bankhall.kernel.bank.people import Person
    from bankhall.kernel.bilingual import Bilingual
    from bankhall.kernel.business_calendar import CalendarDay
    from tests.factories.bank import CALENDAR, MONDAY, WEEK, law, small_bank

    staff = tuple(
        Person(
            f"T{n}{m:02d}", f"人{n}{m}", f"B{n:02d}", posts=("teller",), leave_days_left=200.0,
            balances_on=MONDAY - timedelta(days=7),
        )
        for n in range(1, branches + 1)
        for m in range(1, PEOPLE + 1)
    )  # fmt: skip
    ahead = tuple(
        CalendarDay(day, "workday" if day.isoweekday() < 6 else "weekend", Bilingual("", ""), (), source="a notice")
        for n in range(1, WEEKS)
        for day in WEEK.plus(n).days()
    )
    bank = small_bank(branches, rules=(law("hours_day", 480),), calendar=(*CALENDAR, *ahead))
    return replace(bank, staff=staff)


def publish_week(code: str, staff: list[str]) -> None:
    """The branch's week, past four eyes to the wall."""
    from bankhall.apps.rosters import actions
    from tests.factories.bank import MONDAY
    from tests.factories.rosters import NOW, answer, draft, work

    rows = tuple(
        work(who, MONDAY + timedelta(days=day), branch_code=code, kind="window" if who == staff[0] else "post",
             code="W1" if who == staff[0] else "teller")
        for day in range(5)
        for who in (staff[day % 2 :: 2] if day else staff[:MONDAY_PEOPLE])
    )  # fmt: skip
    manager, supervisor = account(f"branch_manager.{code}"), account(f"supervisor.{code}")
    ref = actions.propose(
        draft(answer(rows, branch_code=code, people=MONDAY_PEOPLE - 1 + COME), branch_code=code),
        by=manager.actor,
        scope=manager,
        now=NOW,
    )
    ref = actions.confirm(ref, by=supervisor.actor, scope=supervisor, now=NOW)
    actions.publish(ref, by=manager.actor, scope=manager, now=NOW)


def mend_monday(code: str, ill: str, come: list[str]) -> None:
    """Somebody is ill, others say that they come, and the changed day is published."""
    from django.conf import settings

    from bankhall.apps.rosters import actions
    from bankhall.apps.rosters.models import Proposal

    manager, now = account(f"branch_manager.{code}"), settings.CLOCK.now()
    actions.mark_missing(code, ill, "sick", None, now=now, by=manager.actor, scope=manager)
    answer_runs(ill, come)
    for who in come:
        asked, teller = actions.ask_to_come(code, who, now=now, by=manager.actor, scope=manager), account(who)
        actions.answer_ask(asked, True, now=now, by=teller.actor, scope=teller)
        answer_runs(ill, come)
    row = Proposal.objects.filter(branch_code=code).order_by("-id")[0]
    actions.publish_today(row.pk, "short of people", now=now, by=manager.actor, scope=manager)


def answer_runs(ill: str, come: list[str]) -> None:
    """What waits for a worker gets an answer as the job would give it, which is not searched for here: that takes ten
    seconds a time."""
    from bankhall.apps.rosters.actions.proposing import KIND, accept_run
    from bankhall.apps.runs.actions import RunAnswer, queue
    from bankhall.kernel.scope import Actor

    while run := queue.claim("the bank's own", "interactive"):
        said = mended(run.question, ill, come)
        told = RunAnswer(
            run.pk, KIND, run.question, said, run.branch_code, run.business_date, Actor(run.asked_by), run.asked_at
        )
        queue.end_done(run, said, partial(accept_run, told))


def mended(question: dict[str, Any], ill: str, come: list[str]) -> dict[str, Any]:
    """Without whom is ill, and with those who could come: the first at the window, the others beside it."""
    from bankhall.analytics.rostering.coming import Candidate
    from bankhall.kernel.plain import to_plain
    from tests.factories.bank import MONDAY
    from tests.factories.rosters import work

    rows = [
        work(who, branch_code=question["branch_code"], kind="post" if n else "window", code="teller" if n else "W1")
        for n, who in enumerate(come)
    ]
    day = MONDAY.isoformat()
    others = [row for row in question["assignments"] if (row["staff_no"], row["business_date"]) != (ill, day)]
    could = [Candidate(one.staff_no, one.start, one.end, "off", 1, 0, 480, 0, 0, None, (one,)) for one in rows]
    return {
        "assignments": others + to_plain(rows), "changed": [], "short_before": [], "short_after": [], "cost_fen": 0,
        "cost_before_fen": 0, "law_breaches": [], "agreement_breaches": 0,
        "candidates": [to_plain(one) | {"home": "", "travel_minutes": 0} for one in could], "proof_before": [],
        "proof_after": [],
    }  # fmt: skip


def account(name: str) -> "Scope":
    """What the owner of an account may do on the Monday."""
    from bankhall.apps.access import queries
    from bankhall.apps.identity.queries import person_named
    from tests.factories.bank import MONDAY

    return queries.scope_of(person_named(name.lower()), MONDAY)


def people_of(code: str, n: int) -> dict[str, str]:
    """Accounts with a token each, by name: the staff number, or the role."""
    found = {f"T{n}{m:02d}": secret_of(f"T{n}{m:02d}", "teller", code) for m in range(1, PEOPLE + 1)}
    return found | {role: secret_of(f"{role}.{code}", role, code) for role in ("branch_manager", "supervisor")}


def secret_of(name: str, role: str, code: str) -> str:
    """Opens an account and makes it a token."""
    from django.utils import timezone

    from bankhall.apps.access import actions as access
    from bankhall.kernel.bilingual import Bilingual
    from bankhall.kernel.scope import Scope
    from tests.factories.bank import MONDAY

    system, staff_no = Scope.system("a test"), name if role == "teller" else ""
    new = access.NewAccount(name.lower(), "jade-lantern-47", Bilingual(name, name), staff_no=staff_no)
    access.open_account(new, by=system.actor, scope=system)
    since = MONDAY - timedelta(days=30)
    access.grant(name.lower(), role, code, valid_from=since, by=system.actor, scope=system)  # type: ignore[arg-type]
    owner = account(name)
    made = access.make_token("a program", days=30, read_only=False, now=timezone.now(), by=owner.actor, scope=owner)
    return made.secret


if __name__ == "__main__":
    main(*sys.argv[1:])
