"""A bank on a store that will be killed: `python -m tests.spec.bank_process DATABASE FILE`.

It acts and seals without a pause and writes the name of every act that the store has acknowledged to FILE. On stdin it
takes `ask KIND QUESTION` (says the run's id), `run ID` (says where it stands) and `verdict` (stops acting, says what
the trail holds); answers are lines of JSON, and a store that is away is asked again.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def main(database: str, file: str) -> None:
    """Opens the store, acts, answers."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    import django

    django.setup()
    from django.core.management import call_command

    from tests.spec.kinds import register_kinds

    call_command("migrate", verbosity=0)
    register_kinds()
    told_to_stop = threading.Event()
    acting = threading.Thread(target=act_on, args=(Path(file), told_to_stop))
    acting.start()
    say("ready")
    for line in sys.stdin:
        word, *rest = line.split(maxsplit=2)
        if word == "ask":
            say(patiently(lambda rest=rest: ask(*rest)))  # type: ignore[misc]
        elif word == "run":
            say(patiently(lambda rest=rest: standing(int(rest[0]))))  # type: ignore[misc]
        else:
            told_to_stop.set()
            acting.join()
            say(patiently(verdict))


def say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def patiently(do: Callable[[], T]) -> T:
    """Asks again while the store is away."""
    from django.db import InterfaceError, OperationalError, connection

    while True:
        try:
            return do()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.1)


def act_on(file: Path, told_to_stop: threading.Event) -> None:
    """Acts under ever new names; a name whose fate is not known is not used again."""
    from django.db import InterfaceError, OperationalError, connection

    from bankhall.apps.audit.actions import act, seal
    from bankhall.apps.identity.models import User
    from tests.spec.kinds import ACCEPT, SYSTEM

    number = 0
    with file.open("a", encoding="ascii") as acknowledged:
        while not told_to_stop.is_set():
            number += 1
            try:
                with act(ACCEPT, by=SYSTEM.actor, scope=SYSTEM):
                    User.objects.create(username=f"act{number}")
                acknowledged.write(f"act{number}\n")
                seal()
            except (OperationalError, InterfaceError):
                connection.close()
                time.sleep(0.05)


def ask(kind: str, question: str) -> int:
    from bankhall.apps.runs import actions as runs
    from bankhall.kernel.scope import Actor

    return runs.submit(kind, json.loads(question), by=Actor("li"))


def standing(run_id: int) -> dict[str, object]:
    from bankhall.apps.runs import queries
    from tests.spec.kinds import SYSTEM

    page = queries.run_page(SYSTEM, run_id)
    return {"state": page.state, "attempt": page.attempt, "reason": page.reason}


def verdict() -> dict[str, object]:
    """What the store holds: accounts by name, lines, and the faults of the trail."""
    from bankhall.apps.audit.actions import seal
    from bankhall.apps.audit.queries import verify
    from bankhall.apps.identity.models import User

    while seal():
        pass
    found = verify()
    names = list(User.objects.order_by("id").values_list("username", flat=True))
    faults = [f"{fault.code} {fault.place}" for fault in found.faults]
    return {"names": names, "lines": found.lines, "sealed": found.sealed, "faults": faults}


if __name__ == "__main__":
    main(*sys.argv[1:])
