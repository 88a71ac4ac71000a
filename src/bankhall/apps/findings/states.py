"""The life of a finding: it stays open until a later look no longer sees it, or somebody says why it may be left."""

from enum import StrEnum


class FindingState(StrEnum):
    """`gone`: the newest look no longer saw it. `dismissed`: left, with a reason."""

    OPEN = "open"
    GONE = "gone"
    DISMISSED = "dismissed"


MOVES: dict[FindingState, frozenset[FindingState]] = {
    FindingState.OPEN: frozenset({FindingState.GONE, FindingState.DISMISSED}),
    FindingState.GONE: frozenset({FindingState.OPEN}),
    FindingState.DISMISSED: frozenset({FindingState.OPEN}),
}
