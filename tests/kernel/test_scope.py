import pytest

from bankhall.kernel.errors import NotAllowed
from bankhall.kernel.scope import Actor, Scope


def test_a_scope_reaches_only_its_branches() -> None:
    scope = Scope(Actor("wang"), {"branch_manager": frozenset({"B01"}), "teller": frozenset({"B01", "B02"})})
    assert scope.sees("B02")
    assert not scope.sees("B03")
    assert scope.roles_at("B01") == {"branch_manager", "teller"}
    assert scope.roles_at("B02") == {"teller"}
    with pytest.raises(NotAllowed):
        scope.check_sees("B03")


def test_the_system_sees_everything_and_holds_no_role() -> None:
    scope = Scope.system("nightly import")
    assert scope.sees("B99")
    assert scope.roles_at("B99") == frozenset()
