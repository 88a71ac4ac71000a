"""An import that is killed beside the lake's commit: `python -m tests.spec.import_process DATABASE before|after PATH`.

PATH is imported by this process itself; `run` in its place works off one queued import as a worker does. The process
kills itself right before or right after the lake's one commit, with the store's commit still to come.
"""

import os
import signal
import sys
from pathlib import Path


def main(database: str, when: str, what: str) -> None:
    """Opens the site and dies in the middle."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()
    die_at_the_commit(when)
    if what == "run":
        from bankhall.apps.runs.actions import Worker

        Worker("batch").work_once()
    else:
        from bankhall.apps.imports import actions
        from bankhall.kernel.scope import Scope

        scope = Scope.system("a test")
        actions.import_paths([Path(what)], by=scope.actor, scope=scope)


def die_at_the_commit(when: str) -> None:
    """The lake commits by naming its manifest; whatever stood before or stands after that is real."""
    from bankhall.data.lake import manifest

    commit = manifest.write

    def write(root: Path, version: manifest.Version) -> None:
        if when == "after":
            commit(root, version)
        os.kill(os.getpid(), signal.SIGKILL)

    manifest.write = write


if __name__ == "__main__":
    main(*sys.argv[1:])
