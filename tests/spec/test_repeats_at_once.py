"""The same request sent many times at once is done once, and every sender gets the same answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connections

from bankhall.apps.audit.models import ActKey, Line
from bankhall.apps.identity.models import User
from tests.apps.audit.test_repeating import LI, SYSTEM, Opened, open_one

SENDERS, ROUNDS = 6, 5


def send(username: str, key: UUID, together: Barrier) -> Opened:
    together.wait()
    try:
        return open_one(username, by=LI, scope=SYSTEM, key=key)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_repeats_at_once_are_done_once_and_answered_alike() -> None:
    with ThreadPoolExecutor(SENDERS) as pool:
        for number in range(ROUNDS):
            key, together = uuid4(), Barrier(SENDERS)
            sent = [pool.submit(send, f"user{number}", key, together) for _ in range(SENDERS)]
            assert {task.result() for task in sent} == {
                Opened(number + 1, (f"user{number}", "窗口"), sent[0].result().on)
            }
    assert User.objects.count() == Line.objects.count() == ActKey.objects.count() == ROUNDS
