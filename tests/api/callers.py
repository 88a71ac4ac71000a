"""Programs that ask in somebody's name, and a small bank with something of everything to ask about."""

from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.test import Client
from django.utils import timezone

from bankhall.api.house import build
from bankhall.apps.access import actions as access
from bankhall.apps.access import queries
from bankhall.apps.findings import actions as findings
from bankhall.apps.identity.queries import person_named
from bankhall.apps.people.actions import Asking
from bankhall.apps.people.models import AbsenceAsked
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.models import WhatIf
from bankhall.apps.runs.models import Run
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Role, Scope
from bankhall.kernel.subject import Subject
from tests.factories.bank import MONDAY, WEEK, law, small_bank
from tests.factories.imports import load_bank
from tests.factories.requests import FIRST, SECOND, TWO_ON_MONDAY
from tests.factories.rosters import MANAGER, NOW, TODAY, answer, draft, published

SYSTEM = Scope.system("a test")
ROOT = "/api/v1"
TOLD = dict[str, Any]


class Caller:
    """A program with its token."""

    def __init__(self, secret: str) -> None:
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}

    @cached_property
    def _client(self) -> Client:
        return Client()

    def get(self, path: str, **more: str) -> Any:
        """Reads."""
        return self._client.get(ROOT + path, headers=self.headers | more)

    def post(self, path: str, body: TOLD | None = None, **more: str) -> Any:
        """Acts."""
        return self._client.post(
            ROOT + path, body if body is not None else {}, content_type="application/json",
            headers=self.headers | {name.replace("_", "-"): value for name, value in more.items()},
        )  # fmt: skip


def secret_of(role: Role, *, node_code: str = "H00", staff_no: str = "", read_only: bool = False) -> str:
    """A token of a new account that is named after its role."""
    new = access.NewAccount(role, "jade-lantern-47", Bilingual("王敏", "Wang Min"), staff_no=staff_no)
    access.open_account(new, by=SYSTEM.actor, scope=SYSTEM)
    access.grant(role, role, node_code, valid_from=TODAY - timedelta(days=30), by=SYSTEM.actor, scope=SYSTEM)
    owner = person_named(role)
    made = access.make_token(
        "CRM", days=30, read_only=read_only, now=timezone.now(), by=owner.actor, scope=queries.scope_of(owner, TODAY)
    )
    return made.secret


def caller(role: Role, *, node_code: str = "H00", staff_no: str = "", read_only: bool = False) -> Caller:
    """A program of such an account."""
    return Caller(secret_of(role, node_code=node_code, staff_no=staff_no, read_only=read_only))


def small_world(branches: int = 2) -> None:
    """Two branches: B01 has a draft with a question about it, B02 a published week; requests, offers, a finding."""
    bank = small_bank(branches=branches, rules=(law("hours_day", 480),))
    staff = tuple(replace(p, leave_days_left=5.0, balances_on=TODAY) for p in bank.staff)
    load_bank(replace(bank, staff=staff))
    ref = draft(answer(TWO_ON_MONDAY))
    change = {"kind": "demand", "per_cent": 20.0, "service_code": "", "day": MONDAY.isoformat()}
    actions.ask_what_if(ref, [change], day=MONDAY, by=MANAGER.actor, scope=MANAGER, now=NOW)
    asking = Asking("leave", MONDAY + timedelta(days=1), MONDAY + timedelta(days=1), pays="leave", reason="a knee")
    actions.ask_leave(asking, anyway=True, on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)
    see_a_gap()


def see_a_gap(branch_code: str = "B01", period: str = "2026-W48") -> None:
    """A finding."""
    seen = findings.Seen(
        kind="unmet_half_hours", subject=Subject("branch", branch_code, branch_code), period=period, first=TODAY,
        last=TODAY, rows=({"half_hours": 3},), facts={"half_hours": 3, "week": period}, source="a test",
    )  # fmt: skip
    findings.see(seen, by=SYSTEM.actor, scope=SYSTEM)


def there(path: str) -> TOLD:
    """What the parts of an address name in the small world; numbers are those that the store gave."""
    numbered = WhatIf if "what-ifs" in path else AbsenceAsked
    return {
        "branch_code": "B01", "week": str(WEEK), "version": 1, "year": 2026, "batch_code": "none", "code": "none",
        "number": _first(numbered.objects), "run_id": _first(Run.objects),
    }  # fmt: skip


def _first(rows: Any) -> int:
    return int(rows.order_by("pk").values_list("pk", flat=True).first() or 1)


def published_world() -> None:
    """B01's week stands on the wall, and T101 offers the Monday to anybody."""
    load_bank(small_bank(rules=(law("hours_day", 480),)))
    published(answer(TWO_ON_MONDAY))
    actions.offer_shift(actions.Offering(MONDAY), on=TODAY, now=NOW, by=FIRST.actor, scope=FIRST)


def document() -> TOLD:
    """The OpenAPI document."""
    return dict(build().document())


__all__ = ["FIRST", "MONDAY", "SECOND", "WEEK", "Caller", "caller", "document", "published_world", "small_world"]
