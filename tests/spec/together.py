"""Acts that begin in the same moment, each in a thread with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from bankhall.kernel.errors import Refused


def refusals(*acts: Callable[[], object]) -> list[Refused | None]:
    """What each of them was told, in their order; None: it was done."""
    together = Barrier(len(acts))

    def do(act: Callable[[], object]) -> Refused | None:
        together.wait()
        try:
            act()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def at_once(*acts: Callable[[], object]) -> list[str]:
    """ "done", or the code of the refusal, in the order of the alphabet."""
    return sorted(refused.code if refused else "done" for refused in refusals(*acts))
