"""What an import may touch."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bankhall.data.contracts import in_group
from bankhall.kernel.errors import BadInput, NotAllowed

if TYPE_CHECKING:
    import pyarrow as pa

REFERENCE = frozenset(contract.name for contract in in_group("reference"))

PREVIEW_BYTES = 30 << 20


def check_inside(paths: Iterable[Path], roots: Iterable[Path]) -> None:
    """A face hands over uploads and folders of the inbox, nothing else of the machine."""
    homes = [root.resolve() for root in roots]
    for path in paths:
        if not path.exists():
            raise BadInput("file_not_found", file=path.name)
        if not any(path.resolve().is_relative_to(home) for home in homes):
            raise NotAllowed("file_outside_inbox", file=path.name)


def check_small_enough(paths: Iterable[Path]) -> None:
    """A preview answers at once, so it reads no enormous file."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    if size > PREVIEW_BYTES:
        raise BadInput("too_large_for_preview", bytes=size, limit=PREVIEW_BYTES)


def check_reach(reach: Sequence[str] | None, tables: "Mapping[str, pa.Table]") -> None:
    """Nobody brings in records of a branch that they do not answer for, and only head office reference records."""
    if reach is None:
        return
    import pyarrow.compute as pc

    reference = sorted(tables.keys() & REFERENCE)
    if reference:
        raise NotAllowed("reference_by_head_office", table=reference[0])
    for table in tables.values():
        if "branch_code" in table.column_names:
            foreign = sorted(set(pc.unique(table["branch_code"]).to_pylist()) - set(reach))
            if foreign:
                raise NotAllowed("branch_out_of_scope", branch_code=foreign[0])
