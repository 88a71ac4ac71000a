"""Wishes for a week that is still open: a day off, an early or a late shift. One for each date; the newest stands."""

from datetime import date

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.network.bases import load_rows
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import WishRow
from bankhall.apps.rosters.problems.weeks import published_of
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.data.exchange.codec import record_row
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Wish, WishKind
from bankhall.kernel.errors import BadInput, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject
from bankhall.kernel.week import Week

WISH = action_name("rosters.state_wish")
TAKE_BACK = action_name("rosters.take_back_wish")
KINDS: tuple[WishKind, ...] = ("off", "early", "late")


def state_wish(day: date, kind: WishKind, *, on: date, by: Actor, scope: Scope) -> None:
    """Says what one would rather; nothing binds, the plan prices what it does not meet."""
    branch_code = _open_branch(day, on, by, scope)
    if kind not in KINDS:
        raise BadInput("form_incomplete")
    if any(_covers(one.starts_at.date(), one.ends_at.date(), day) for one in _granted(branch_code, by.staff_no)):
        raise Refused("wish_in_absence", day=day)
    with audit.act(WISH, by=by, scope=scope, subject=Subject("person", by.staff_no, branch_code)) as act:
        _retire(day, by.staff_no, but=kind)
        row = record_row("wishes", Wish(by.staff_no, day, kind))
        load_rows(WishRow, "wishes", [row], batch=f"wish {by.code}"[:60])
        act.note(after={"day": day, "kind": kind})


def take_back_wish(day: date, *, on: date, by: Actor, scope: Scope) -> None:
    """The wish no longer stands; its row is kept."""
    branch_code = _open_branch(day, on, by, scope)
    with audit.act(TAKE_BACK, by=by, scope=scope, subject=Subject("person", by.staff_no, branch_code)) as act:
        _retire(day, by.staff_no)
        act.note(after={"day": day})


def _open_branch(day: date, on: date, by: Actor, scope: Scope) -> str:
    branch_code = people.person(scope, by.staff_no).branch_code
    check_may(scope, "ask_for_oneself", branch_code)
    if day <= on:
        raise Refused("shift_has_begun")
    if published_of(branch_code, Week.of(day)) is not None:
        raise Refused("week_is_published", week=str(Week.of(day)))
    return branch_code


def _granted(branch_code: str, staff_no: str) -> list[Absence]:
    return [a for a in bank_of(branch_code).absences if a.staff_no == staff_no and a.state == "granted"]


def _covers(first: date, until: date, day: date) -> bool:
    return first <= day < until


def _retire(day: date, staff_no: str, but: str = "") -> None:
    rows = WishRow.objects.filter(staff_no=staff_no, business_date=day, retired_in="")
    (rows.exclude(kind=but) if but else rows).update(retired_in="taken back")
