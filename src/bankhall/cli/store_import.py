"""`bankhall import` into the product's store: through the same actions as the page, as the system's own act."""

from collections.abc import Sequence
from pathlib import Path

from bankhall.data.importing.account import Progress
from bankhall.data.importing.into_folder import Brought
from bankhall.data.importing.mapping import shipped_mappings
from bankhall.kernel.errors import BadInput
from bankhall.kernel.scope import Scope

SCOPE = Scope.system("bankhall import")


def import_into_store(paths: Sequence[Path], mapping: str, *, complete_days: bool, progress: Progress) -> Brought:
    """Imports files as one batch; a mapping file of one's own is kept in the store, as the page would keep it."""
    from bankhall.apps.imports import actions

    code = _kept_mapping(mapping) if mapping and mapping not in shipped_mappings() else mapping
    done = actions.import_paths(
        paths, code, complete_days=complete_days, by=SCOPE.actor, scope=SCOPE,
        progress=lambda per_cent, stage: progress(per_cent / 100, stage),
    )  # fmt: skip
    return Brought(done.accounts, done.notes, done.rejections)


def _kept_mapping(mapping: str) -> str:
    """The code under which the store has this text; a new version is kept when the text is new."""
    from bankhall.apps.imports import actions

    path = Path(mapping)
    if not path.is_file():
        raise BadInput("file_not_found", file=mapping)
    return actions.keep_mapping(path.name, path.read_bytes(), by=SCOPE.actor, scope=SCOPE)
