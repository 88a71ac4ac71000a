"""Staff and what is said of them. Names go to those whose work needs them: the people of the scope's branches."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from bankhall.apps.network.bases import ReferenceRow, rows_of
from bankhall.apps.network.queries import Tables
from bankhall.apps.people.models import (
    AbsenceRow,
    CertificateKindRow,
    CertificateRow,
    PostRow,
    PostSpanRow,
    ProtectionRow,
    StaffRow,
)
from bankhall.data.exchange.codec import read_record
from bankhall.kernel.bank.people import Person, Post
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope

MODELS: Mapping[str, type[ReferenceRow]] = {
    "certificate_kinds": CertificateKindRow, "posts": PostRow, "staff": StaffRow, "certificates": CertificateRow,
    "protections": ProtectionRow, "absences": AbsenceRow, "post_history": PostSpanRow,
}  # fmt: skip
ABOUT_ONE_PERSON = ("certificates", "protections", "absences", "post_history")


def staff(scope: Scope, branch_code: str = "") -> tuple[Person, ...]:
    """The people whose home is the branch (or any branch of the scope), by number."""
    return tuple(read_record("staff", row) for row in rows_of(StaffRow, "staff", _homes(scope, branch_code)))


def person(scope: Scope, staff_no: str) -> Person:
    """One person: oneself, or somebody of a branch in scope."""
    for row in rows_of(StaffRow, "staff", Q(staff_no=staff_no)):
        found: Person = read_record("staff", row)
        if scope.actor.staff_no != staff_no:
            scope.check_sees(found.branch_code)
        return found
    raise NotFound("person", staff_no=staff_no)


def posts(scope: Scope) -> tuple[Post, ...]:
    """The posts, by code."""
    del scope
    return tuple(read_record("posts", row) for row in rows_of(PostRow, "posts"))


def tables(scope: Scope, branch_code: str = "") -> Tables:
    """The exchange rows of this app's tables: of one branch's people, or of all whom the scope reaches."""
    homes = _homes(scope, branch_code)
    theirs = Q(staff_no__in=StaffRow.objects.filter(homes, retired_in="").values("staff_no")) if homes else Q()
    only: dict[str, Any] = {"staff": homes} | dict.fromkeys(ABOUT_ONE_PERSON, theirs)
    return {name: rows_of(model, name, only.get(name, Q())) for name, model in MODELS.items()}


def certificate_names(scope: Scope) -> dict[str, Bilingual]:
    """What kinds of certificate are called."""
    del scope
    rows = CertificateKindRow.objects.filter(retired_in="").values_list("certificate_code", "name_zh", "name_en")
    return {code: Bilingual(zh, en) for code, zh, en in rows}


def records_of(scope: Scope, staff_nos: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """What is said of some people, whatever their home, as the kernel's records."""
    homes = None if scope.everywhere else StaffRow.objects.filter(branch_code__in=scope.codes()).values("staff_no")
    theirs = Q(staff_no__in=list(staff_nos)) & (Q() if homes is None else Q(staff_no__in=homes))
    found = {name: rows_of(MODELS[name], name, theirs) for name in ("staff", *ABOUT_ONE_PERSON)}
    return {name: tuple(read_record(name, row) for row in rows) for name, rows in found.items()}


def with_rights(scope: Scope, branch_code: str) -> tuple[Person, ...]:
    """People of other branches who have system rights at a branch, by number."""
    scope.check_sees(branch_code)
    rows = rows_of(StaffRow, "staff", Q(system_rights__contains=branch_code))
    found: Iterable[Person] = (read_record("staff", row) for row in rows)
    return tuple(one for one in found if branch_code in one.system_rights and one.branch_code != branch_code)


def names(scope: Scope, staff_nos: Collection[str]) -> dict[str, Bilingual]:
    """Names of people whom the reader meets on a page of their own scope; `scope` says who reads."""
    del scope
    rows = StaffRow.objects.filter(staff_no__in=list(staff_nos), retired_in="")
    return {code: Bilingual(*called) for code, *called in rows.values_list("staff_no", "name", "name_latin")}


def _homes(scope: Scope, branch_code: str) -> Q:
    if branch_code:
        scope.check_sees(branch_code)
        return Q(branch_code=branch_code)
    return Q() if scope.everywhere else Q(branch_code__in=scope.codes())
