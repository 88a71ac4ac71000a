"""A site with some branches on a Monday at eight: `python -m tests.spec.killed_acts.bank BRANCHES` says the tokens.

Two of a branch's eight tellers work on the Monday, every other one on the other days; a manager and a supervisor run
it.
"""

import json
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bankhall.kernel.bank.bank import Bank

PEOPLE, MONDAY_PEOPLE, WEEKS = 8, 2, 40


def main(branches: str) -> None:
    """Opens the site in BANKHALL_HOME and fills it."""
    from bankhall.cli.site import open_site

    open_site()
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    from tests.factories.imports import load_bank

    load_bank(whole_bank(int(branches)))
    codes = [f"B{n:02d}" for n in range(1, int(branches) + 1)]
    people = {code: people_of(code, n) for n, code in enumerate(codes, 1)}
    for n, code in enumerate(codes, 1):
        publish_week(code, [f"T{n}{m:02d}" for m in range(1, PEOPLE + 1)])
    sys.stdout.write(json.dumps(people) + "\n")


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
    from tests.factories.rosters import NOW, answer, at, draft, work

    rows = tuple(
        work(who, MONDAY + timedelta(days=day), branch_code=code, kind="window" if who == staff[0] else "post",
             code="W1" if who == staff[0] else "teller")
        for day in range(5)
        for who in (staff[day % 2 :: 2] if day else staff[:MONDAY_PEOPLE])
    )  # fmt: skip
    manager, supervisor = at("branch_manager", code), at("supervisor", code)
    ref = actions.propose(
        draft(answer(rows, branch_code=code), branch_code=code), by=manager.actor, scope=manager, now=NOW
    )
    ref = actions.confirm(ref, by=supervisor.actor, scope=supervisor, now=NOW)
    actions.publish(ref, by=manager.actor, scope=manager, now=NOW)


def people_of(code: str, n: int) -> dict[str, str]:
    """Accounts with a token each, by name: the staff number, or the role."""
    found = {f"T{n}{m:02d}": secret_of(f"T{n}{m:02d}", "teller", code) for m in range(1, PEOPLE + 1)}
    return found | {role: secret_of(f"{role}.{code}", role, code) for role in ("branch_manager", "supervisor")}


def secret_of(name: str, role: str, code: str) -> str:
    """Opens an account and makes it a token."""
    from django.utils import timezone

    from bankhall.apps.access import actions as access
    from bankhall.apps.access import queries
    from bankhall.apps.identity.queries import person_named
    from bankhall.kernel.bilingual import Bilingual
    from bankhall.kernel.scope import Scope
    from tests.factories.bank import MONDAY

    system, staff_no = Scope.system("a test"), name if role == "teller" else ""
    new = access.NewAccount(name.lower(), "jade-lantern-47", Bilingual(name, name), staff_no=staff_no)
    access.open_account(new, by=system.actor, scope=system)
    since = MONDAY - timedelta(days=30)
    access.grant(name.lower(), role, code, valid_from=since, by=system.actor, scope=system)  # type: ignore[arg-type]
    owner = person_named(name.lower())
    made = access.make_token(
        "a program", days=30, read_only=False, now=timezone.now(), by=owner.actor, scope=queries.scope_of(owner, MONDAY)
    )
    return made.secret


if __name__ == "__main__":
    main(*sys.argv[1:])
