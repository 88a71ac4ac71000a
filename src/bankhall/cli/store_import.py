"""`bankhall import` into the product's store: through the same actions as the page, as the system's own act."""

from collections.abc import Sequence
from pathlib import Path

from bankhall.data.importing.account import Account, Progress
from bankhall.data.importing.into_folder import Brought
from bankhall.data.importing.mapping import shipped_mappings
from bankhall.kernel.errors import BadInput
from bankhall.kernel.scope import Scope

SCOPE = Scope.system("bankhall import")


def import_into_store(paths: Sequence[Path], mapping: str, *, complete_days: bool, progress: Progress) -> Brought:
    """Imports files one after another; a mapping file of one's own is kept in the store, as the page would keep it."""
    code = _kept_mapping(mapping) if mapping and mapping not in shipped_mappings() else mapping
    return _summed([_one(path, code, complete_days=complete_days, progress=progress) for path in paths])


def _kept_mapping(mapping: str) -> str:
    """The code under which the store has this text; a new version is kept when the text is new."""
    from bankhall.apps.imports import actions, queries

    path = Path(mapping)
    if not path.is_file():
        raise BadInput("file_not_found", file=mapping)
    text = path.read_text("utf-8-sig")
    code = f"{path.stem}_own" if path.stem in shipped_mappings() else path.stem
    if queries.mapping_text(code) != text:
        actions.add_mapping(code, text, by=SCOPE.actor, scope=SCOPE)
    return code


def _one(path: Path, mapping: str, *, complete_days: bool, progress: Progress) -> Brought:
    from bankhall.apps.imports import actions

    done = actions.import_folder(
        path, mapping, complete_days=complete_days, by=SCOPE.actor, scope=SCOPE,
        progress=lambda per_cent, stage: progress(per_cent / 100, stage),
    )  # fmt: skip
    return Brought(done.accounts, done.notes, done.rejections)


def _summed(parts: Sequence[Brought]) -> Brought:
    names = list(dict.fromkeys(name for part in parts for name in part.accounts))
    accounts = {name: _sum([part.accounts[name] for part in parts if name in part.accounts]) for name in names}
    rejections = next((part.rejections for part in parts if part.rejections), None)
    return Brought(accounts, tuple(note for part in parts for note in part.notes), rejections)


def _sum(accounts: Sequence[Account]) -> Account:
    return Account(
        read=sum(a.read for a in accounts),
        taken=sum(a.taken for a in accounts),
        changed=sum(a.changed for a in accounts),
        duplicate=sum(a.duplicate for a in accounts),
        rejected=sum(a.rejected for a in accounts),
    )
