"""Files that the bank's own jobs lay into the inbox: the timetable imports each of them once.

A folder named as a mapping holds files for that mapping, on whatever depth; everything else is exchange tables. The new
files of one folder are one import, so that a damaged file stops no other folder. What is still being written (young, or
hidden, or of an ending that nobody reads, such as `.part`) waits for the next time. Nothing is moved or removed: a file
that was imported is known by its place, size and time, and comes again when it has changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.imports import models, queries
from bankhall.apps.imports.actions.batches import ImportStarted, start_import
from bankhall.apps.imports.actions.uploading import inbox
from bankhall.data.exchange.reading import ending_of
from bankhall.kernel.scope import Scope

PICK = action_name("imports.pick_up")
SETTLED_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Laid:
    """A file of the inbox, as it lay there."""

    path: Path
    name: str
    size: int
    changed_ns: int


def pick_up(*, on: date, now: datetime) -> tuple[ImportStarted, ...]:
    """Starts an import for each folder that has new files; answers what it started. `now` is the machine's own time."""
    scope = Scope.system("the inbox")
    mappings = {line.mapping_code for line in queries.mappings(scope)}
    found: dict[str, list[Laid]] = {}
    for laid in _new_files(now):
        found.setdefault(laid.name.rpartition("/")[0], []).append(laid)
    return tuple(
        _start(folder.partition("/")[0] if folder.partition("/")[0] in mappings else "", files, on, scope)
        for folder, files in sorted(found.items())
    )


def _start(mapping_code: str, files: list[Laid], on: date, scope: Scope) -> ImportStarted:
    with audit.act(PICK, by=scope.actor, scope=scope) as act:
        paths = [laid.path for laid in files]
        started = start_import(paths, mapping_code, business_date=on, by=scope.actor, scope=scope)
        models.InboxFile.objects.bulk_create(
            models.InboxFile(
                name=laid.name, size=laid.size, changed_ns=laid.changed_ns, batch_code=started.batch_code
            )
            for laid in files
        )  # fmt: skip
        act.note(after={"batch": started.batch_code, "files": [laid.name for laid in files]})
    return started


def _new_files(now: datetime) -> list[Laid]:
    known = set(models.InboxFile.objects.values_list("name", "size", "changed_ns"))
    settled = now.timestamp() - SETTLED_SECONDS
    laid = (one for one in _files(inbox()) if one.changed_ns < settled * 1e9)
    return [one for one in laid if (one.name, one.size, one.changed_ns) not in known]


def _files(root: Path) -> Iterable[Laid]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith((".", "~$")) for part in name.split("/"))
        if path.is_file() and not hidden and ending_of(path):
            stat = path.stat()
            yield Laid(path, name, stat.st_size, stat.st_mtime_ns)
