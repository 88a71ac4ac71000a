"""Acts that begin in the same moment, each in a thread with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import QuerySet

from bankhall.kernel.errors import Refused


def refusals(*acts: Callable[[], object]) -> list[Refused | None]:
    """What each of them was told, in their order; None: it was done."""
    together = Barrier(len(acts))

    def do(act: Callable[[], object]) -> Refused | None:
        together.wait()
        return _refusal(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def at_once(*acts: Callable[[], object]) -> list[str]:
    """ "done", or the code of the refusal, in the order of the alphabet."""
    return sorted(refused.code if refused else "done" for refused in refusals(*acts))


def one_behind_another(held: QuerySet[Any], *acts: Callable[[], object]) -> list[Refused | None]:
    """The same where rows can be held: these are, until every act waits, each begun when the one before it does.

    Where they cannot (SQLite has one writer at a time) the acts begin in the same moment.
    """
    if not connection.features.has_select_for_update:
        return refusals(*acts)
    begun: list[Future[Refused | None]] = []
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            list(held.select_for_update())
            for act in acts:
                begun.append(pool.submit(_refusal, act))
                _until_so_many_wait(begun)
        return [one.result() for one in begun]


def _refusal(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as refused:
        return refused
    finally:
        connections.close_all()
    return None


def _until_so_many_wait(begun: list[Future[Refused | None]]) -> None:
    """An act that ended without waiting says so by its result."""
    late = monotonic() + 120
    while _waiting() < sum(not one.done() for one in begun):
        assert monotonic() < late, "the acts neither wait nor end"
        sleep(0.02)


def _waiting() -> int:
    """Sessions of this store that wait for a row."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])
