"""Accounts of the pages' tests, and signing in as one of them."""

from datetime import date

from django.test import Client

from bankhall.apps.access import actions as access
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import Role, Scope

SYSTEM = Scope.system("a test")
PASSWORD = "jade-lantern-47"
LANGUAGES = ("zh-hans", "en")


def signed_in(role: Role, language: str = "en", *, node_code: str = "H00", staff_no: str = "") -> Client:
    """A client with an account of one role over a node."""
    open_account(role, node_code=node_code, staff_no=staff_no)
    return again(role, language)


def open_account(role: Role, *, node_code: str = "H00", staff_no: str = "", username: str = "") -> None:
    """An account that is named after its role, unless it is given a name."""
    name = username or role
    new = access.NewAccount(name, PASSWORD, Bilingual("王敏", "Wang Min"), staff_no=staff_no)
    access.open_account(new, by=SYSTEM.actor, scope=SYSTEM)
    access.grant(name, role, node_code, valid_from=date(2026, 1, 1), by=SYSTEM.actor, scope=SYSTEM)


def again(role: Role, language: str = "en") -> Client:
    """Another client of an account that is open already."""
    client = Client()
    client.cookies["django_language"] = language
    assert client.post("/sign-in/", {"username": role, "password": PASSWORD}).status_code == 302
    return client
