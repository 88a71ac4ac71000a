"""Many writers, a sealer among them: every act has its line, and the chain has no hole."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from bankhall.apps.audit.actions import act, seal
from bankhall.apps.audit.models import Line, Link
from bankhall.apps.audit.queries import verify
from bankhall.apps.audit.states import ActionName
from bankhall.apps.identity.models import User
from bankhall.kernel.scope import Actor, Scope

WRITERS, ACTS = 6, 15
SYSTEM = Scope.system("a test")


def write(writer: int) -> None:
    for number in range(ACTS):
        with act(ActionName("tests.write"), by=Actor(f"writer{writer}"), scope=SYSTEM):
            User.objects.create(username=f"{writer}-{number}")
    connections.close_all()


def seal_often(outside: Path) -> None:
    for _ in range(20):
        seal(outside=outside)
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_acts_side_by_side_are_all_kept_and_sealed_without_a_hole(tmp_path: Path) -> None:
    outside = tmp_path / "seals.log"
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        tasks = [pool.submit(write, writer) for writer in range(WRITERS)]
        tasks += [pool.submit(seal_often, outside) for _ in range(2)]
        for task in tasks:
            task.result()
    seal(outside=outside)
    assert User.objects.count() == Line.objects.count() == Link.objects.count() == WRITERS * ACTS
    assert verify(outside=outside).whole
