"""Who somebody is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q

from bankhall.apps.identity.models import User
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Actor


@dataclass(frozen=True, slots=True)
class Person:
    """An account as pages know it."""

    user_id: int
    username: str
    name: Bilingual
    staff_no: str
    language: str
    is_active: bool
    is_demo: bool

    @property
    def actor(self) -> Actor:
        """The plain values that audit lines store; the Chinese name where there is one."""
        return Actor(self.username, self.name.read("zh-hans") or self.username, self.staff_no)


class SessionBackend(BaseBackend):
    """Finds the account behind a session. Passwords are checked by `actions.sign_in`, which counts and records."""

    def get_user(self, user_id: int) -> User | None:
        """An open account, else none: closing an account ends its sessions at the next request."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def account(user_id: int) -> User:
    """The row itself, for Django's session machinery alone; it cannot be saved outside an act."""
    return User.objects.get(pk=user_id)


def person(user_id: int) -> Person:
    """The account with a key from the session; NotFound when there is none."""
    row = User.objects.filter(pk=user_id).first()
    if row is None:
        raise NotFound("user")
    return as_person(row)


def person_named(username: str) -> Person:
    """The account with a name; NotFound when there is none."""
    row = User.objects.filter(username=username).first()
    if row is None:
        raise NotFound("user", username=username)
    return as_person(row)


def as_person(row: User) -> Person:
    """Row to value."""
    return Person(
        row.pk,
        row.username,
        Bilingual(row.name_zh, row.name_en),
        row.staff_no,
        row.language,
        row.is_active,
        row.is_demo,
    )


def has_accounts() -> bool:
    """Whether anybody has an account at all."""
    return User.objects.exists()


def people(search: str = "", *, limit: int = 200) -> tuple[Person, ...]:
    """Accounts by user name, closed ones too; `search` looks into names and staff numbers."""
    wanted = (
        Q(username__icontains=search)
        | Q(name_zh__icontains=search)
        | Q(name_en__icontains=search)
        | Q(staff_no__icontains=search)
    )
    return tuple(as_person(row) for row in User.objects.filter(wanted).order_by("username")[:limit])


def account_names(usernames: Iterable[str]) -> dict[str, Bilingual]:
    """What accounts are called, by user name; one query."""
    rows = User.objects.filter(username__in=list(usernames)).values_list("username", "name_zh", "name_en")
    return {username: Bilingual(zh, en) for username, zh, en in rows}


def as_signed(code: str, name: str, called: Mapping[str, Bilingual]) -> Bilingual:
    """The name with which somebody signed, and in Latin letters what their account is called (`account_names`)."""
    found = called.get(code, Bilingual())
    return Bilingual(name or found.zh or code, found.en or name or found.zh or code)


def people_told(names: Iterable[str]) -> dict[str, Person]:
    """The accounts behind names that notices are told to (staff numbers, or user names without one); one query."""
    wanted = list(names)
    rows = User.objects.filter(Q(staff_no__in=wanted) | Q(username__in=wanted, staff_no="")).exclude(username="")
    return {row.staff_no or row.username: as_person(row) for row in rows}


def mail_names(names: Iterable[str]) -> tuple[str, ...]:
    """Usernames or staff numbers as one name a person: the staff number, or the username of who has none; one query.

    A name that no account bears stays as it is: a member of staff may be told before they can sign in.
    """
    wanted = list(dict.fromkeys(name for name in names if name))
    rows = User.objects.filter(username__in=wanted).exclude(staff_no="").values_list("username", "staff_no")
    numbers = dict(rows)
    return tuple(dict.fromkeys(numbers.get(name, name) for name in wanted))
