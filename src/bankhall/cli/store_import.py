"""`bankhall import` into the product's store: through the same action as the page, as the system's own act."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bankhall.data.exchange.details import FILE
from bankhall.data.importing.account import Account, Progress
from bankhall.data.importing.into_folder import REJECTIONS, Brought, import_into
from bankhall.data.importing.mapping import load_mapping, shipped_mappings
from bankhall.kernel.scope import Scope

REASON = "bankhall import"


def import_into_store(
    paths: Sequence[Path], mapping: str, *, complete_days: bool, site_key: bytes, progress: Progress
) -> Brought:
    """Imports files; with a mapping of one's own they become an exchange folder first, and that is imported."""
    if mapping and mapping not in shipped_mappings():
        return _mapped_first(paths, mapping, complete_days=complete_days, site_key=site_key, progress=progress)
    return _summed([_one(path, mapping, complete_days=complete_days, progress=progress) for path in paths])


def _mapped_first(
    paths: Sequence[Path], mapping: str, *, complete_days: bool, site_key: bytes, progress: Progress
) -> Brought:
    with tempfile.TemporaryDirectory(prefix="bankhall-") as folder:
        clean = Path(folder) / "clean"
        made = load_mapping(mapping)
        first = import_into(clean, paths, made, site_key=site_key, progress=progress)
        if made.details is None:  # the store knows its bank better than an invented file
            (clean / FILE).unlink()
        kept = _keep(first.rejections)
        second = _one(clean, "", complete_days=complete_days and kept is None, progress=progress)
    return Brought(_added(first.accounts, second.accounts), (*first.notes, *second.notes), kept or second.rejections)


def _keep(rejections: Path | None) -> Path | None:
    """The rejected rows outlive the folder in between: they are laid where the command was given."""
    if rejections is None:
        return None
    place = Path.cwd() / REJECTIONS
    place.write_bytes(rejections.read_bytes())
    return place


def _one(path: Path, mapping: str, *, complete_days: bool, progress: Progress) -> Brought:
    from bankhall.apps.imports import actions

    scope = Scope.system(REASON)
    done = actions.import_folder(
        path, mapping, complete_days=complete_days, by=scope.actor, scope=scope,
        progress=lambda per_cent, stage: progress(per_cent / 100, stage),
    )  # fmt: skip
    return Brought(done.accounts, done.notes, done.rejections)


def _added(first: Mapping[str, Account], second: Mapping[str, Account]) -> dict[str, Account]:
    """What was read at first, and what became of it in the store."""
    return {
        name: Account(
            read=one.read,
            taken=(two := second.get(name, Account())).taken,
            changed=two.changed,
            duplicate=one.duplicate + two.duplicate,
            rejected=one.rejected + two.rejected,
        )
        for name, one in first.items()
    }


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
