"""The site's keys: made at the first use, readable by their owner only, kept apart from the database."""

import os
import secrets
from functools import cache, partial
from pathlib import Path

from django.utils.functional import lazy


def lazy_key(folder: Path, name: str) -> str:
    """A text that reads (the first time: makes) the key when somebody uses it: loading settings writes nothing."""
    made: str = lazy(partial(read_or_make, folder, name), str)()
    return made


@cache
def read_or_make(folder: Path, name: str) -> str:
    """The key `name`. Two processes that start together end with the same one: the link to the name decides."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
