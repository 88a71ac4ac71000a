"""The life of a batch: it is taken whole, or nothing of it is."""

from enum import StrEnum


class BatchState(StrEnum):
    """Where an import stands."""

    PREPARING = "preparing"
    TAKEN = "taken"
    FAILED = "failed"


MOVES: dict[BatchState, frozenset[BatchState]] = {
    BatchState.PREPARING: frozenset({BatchState.TAKEN, BatchState.FAILED}),
    BatchState.TAKEN: frozenset(),
    BatchState.FAILED: frozenset(),
}
