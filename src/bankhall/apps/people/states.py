"""The life of a request for leave or training, and the accounts that a person's balances are kept in."""

from enum import StrEnum

from bankhall.kernel.bank.people import AbsenceKind


class AskedState(StrEnum):
    """Where a request stands. `refused` and `withdrawn` are ends; only `granted` binds the roster."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


MOVES: dict[AskedState, frozenset[AskedState]] = {
    AskedState.ASKED: frozenset({AskedState.GRANTED, AskedState.REFUSED, AskedState.WITHDRAWN}),
    AskedState.GRANTED: frozenset({AskedState.WITHDRAWN}),
    AskedState.REFUSED: frozenset(),
    AskedState.WITHDRAWN: frozenset(),
}


MISSING: AbsenceKind = "missing"
"""Kind of the absence of whoever is marked missing: why is theirs and the branch manager's to know."""


class MissingState(StrEnum):
    """Whether somebody counts as missing today. What was marked by mistake is taken back, never deleted."""

    MARKED = "marked"
    TAKEN_BACK = "taken_back"


MISSING_MOVES: dict[MissingState, frozenset[MissingState]] = {
    MissingState.MARKED: frozenset({MissingState.TAKEN_BACK}),
    MissingState.TAKEN_BACK: frozenset(),
}


class Account(StrEnum):
    """What a balance counts: leave in hundredths of a day, overtime and comp time in minutes."""

    LEAVE = "leave"
    OVERTIME = "overtime"
    COMP = "comp"


class LineKind(StrEnum):
    """Why a line stands in the ledger."""

    OPENING = "opening"
    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    WORKED = "worked"
    EARNED = "earned"
    CORRECTION = "correction"
