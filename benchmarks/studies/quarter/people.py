"""Who acts in the study: each with the one role and the branches that the product's own table of rights asks for."""

from bankhall.kernel.scope import Actor, Role, Scope

SYSTEM = Scope.system("a study")


def _at(role: Role, code: str, *branches: str, staff_no: str = "") -> Scope:
    return Scope(Actor(code, code, staff_no), {role: frozenset(branches)})


def manager(branch_code: str) -> Scope:
    """The branch manager, who is not on the roster."""
    return _at("branch_manager", f"manager-{branch_code}", branch_code)


def supervisor(branch_code: str) -> Scope:
    """The supervisor, another person."""
    return _at("supervisor", f"supervisor-{branch_code}", branch_code)


def region(branch_codes: list[str]) -> Scope:
    """Regional operations over all branches."""
    return _at("regional", "region", *branch_codes)


def teller(staff_no: str, branch_code: str) -> Scope:
    """One of the roster's people, whatever their post."""
    return _at("teller", f"staff-{staff_no}", branch_code, staff_no=staff_no)
