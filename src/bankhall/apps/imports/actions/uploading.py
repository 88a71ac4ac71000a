"""Files come in: each upload in a folder of its own, under a name that cannot leave it."""

from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from bankhall.apps.access.queries import check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.kernel.errors import BadInput
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

UPLOAD = action_name("imports.upload")
MOST_BYTES = 4 << 30


def save_upload(name: str, chunks: Iterable[bytes], *, by: Actor, scope: Scope) -> Path:
    """Stores an uploaded file and answers its place. BadInput for one above 4 GB; then nothing stays of it."""
    check_may(scope, "import_records")
    place = Path(settings.UPLOADS) / "files" / uuid4().hex / _safe(name)
    place.parent.mkdir(parents=True)
    with audit.act(UPLOAD, by=by, scope=scope, subject=Subject("file", place.parent.name)) as act:
        try:
            size = _write(place, chunks)
        except BadInput:
            place.unlink()
            raise
        act.note(after={"name": place.name, "bytes": size})
    return place


def inbox() -> Path:
    """The folder into which the bank's own jobs lay files, to be picked on the Import page."""
    folder = Path(settings.HOME) / "inbox"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _safe(name: str) -> str:
    plain = Path(name.replace("\\", "/")).name.strip()
    if not plain or plain.startswith(".") or "\0" in plain:
        raise BadInput("file_name_unusable", file=name[:80])
    return plain[-120:]


def _write(place: Path, chunks: Iterable[bytes]) -> int:
    size = 0
    with place.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise BadInput("file_too_large", file=place.name, limit=MOST_BYTES)
            file.write(chunk)
    return size
