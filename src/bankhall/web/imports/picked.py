"""Files that a form names: relative to the site's home, and never outside of it."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from bankhall.kernel.errors import BadInput


def named(path: Path) -> str:
    """What a form carries for a file."""
    return path.resolve().relative_to(Path(settings.HOME).resolve()).as_posix()


def files_of(names: Iterable[str]) -> tuple[Path, ...]:
    """The files behind a form's names. The action checks that they lie where files may be picked from."""
    home = Path(settings.HOME).resolve()
    found = tuple((home / name).resolve() for name in names if name)
    if not found or any(not path.is_relative_to(home) or not path.exists() for path in found):
        raise BadInput("files_not_chosen")
    return found


def inbox_names(inbox: Path) -> list[tuple[str, str]]:
    """Files and folders of the inbox to pick from: the form's name, and the name to read."""
    return [(named(path), path.name) for path in sorted(inbox.iterdir()) if not path.name.startswith(".")]
