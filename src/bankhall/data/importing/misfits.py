"""A whole file whose column does not hold what its name says (swapped, shifted, of another kind) is refused at once:

thousands of single rejections would hide the cause, and the rows that slip through by chance would lie.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bankhall.data.exchange.reading import stem_of
from bankhall.data.exchange.zones import Flags
from bankhall.data.importing.batch import Batch
from bankhall.data.importing.checks import drifting
from bankhall.data.importing.intake import MENDED
from bankhall.data.importing.verdict import Reason
from bankhall.kernel.errors import BadInput

ENOUGH_ROWS = 20
SHARE = 0.5
OTHER_BRANCH = 0.25
_RULES = frozenset(
    {"unreadable", "missing", "not_allowed", "out_of_range", "unmapped_value", "ends_before_start", "time_runs_back"}
)


def refuse_misfits(batches: Mapping[str, Batch]) -> None:
    """Raises BadInput for the first file most of whose rows break one rule in one column."""
    for batch in batches.values():
        for reason, mask in batch.verdict.masks.items():
            if reason.rule in _RULES:
                _refuse(batch, mask, reason.rule, reason.column)
        for order in batch.contract.orders:
            if batch.contract.column(order[0]).kind == "instant":
                _refuse(batch, drifting(batch, order), "time_runs_back", order[1])


def refuse_other_branch(batches: Mapping[str, Batch]) -> None:
    """Raises BadInput for a file many of whose windows its branch does not have: it is another branch's."""
    for batch in batches.values():
        for reason, mask in batch.verdict.masks.items():
            if reason == Reason("unknown_reference", "window_code"):
                _refuse(batch, mask, reason.rule, reason.column, share=OTHER_BRANCH)


def _refuse(batch: Batch, mask: Flags, rule: str, column: str, *, share: float = SHARE) -> None:
    hits = np.bincount(batch.candidate[mask], minlength=len(batch.candidates))
    for index, candidate in enumerate(batch.candidates):
        rows = candidate.cells.num_rows
        mended = stem_of(Path(candidate.raw.file)).startswith(MENDED)
        if rows >= ENOUGH_ROWS and hits[index] > share * rows and not mended:
            raise BadInput("column_does_not_fit", file=candidate.raw.file, table=batch.contract.name,
                           column=column, rule=rule, rows=int(hits[index]), of=rows)  # fmt: skip
