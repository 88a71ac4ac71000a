"""Runs survive what happens to machines: broken functions, killed children, killed and frozen workers."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from django.db import connection

from bankhall.apps.audit.models import Line
from bankhall.apps.identity.models import User
from bankhall.apps.runs import actions as runs
from bankhall.apps.runs import queries
from bankhall.apps.runs.states import RunState
from bankhall.kernel.scope import Actor, Scope
from tests.spec.kinds import register_kinds

pytestmark = pytest.mark.django_db(transaction=True)
LEASE_SECONDS = 2
SYSTEM = Scope.system("a test")


class Starter(Protocol):
    """Starts one worker of a lane."""

    def __call__(self, lane: str = "interactive") -> "subprocess.Popen[bytes]": ...


@pytest.fixture
def start() -> Iterator[Starter]:
    """Starts workers; ends them all afterwards."""
    register_kinds()
    started: list[subprocess.Popen[bytes]] = []
    database = str(connection.settings_dict["NAME"])

    def start_one(lane: str = "interactive") -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.spec.worker_process", database, lane, str(LEASE_SECONDS)]
        started.append(subprocess.Popen(command))
        return started[-1]

    yield start_one
    for process in started:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


def ask(kind: str, **question: object) -> int:
    return runs.submit(
        f"tests_{kind}", question, by=Actor("li", "李敏"), priority=int(str(question.pop("priority", 0)))
    )


def page(run_id: int) -> queries.RunPage:
    return queries.run_page(SYSTEM, run_id)


def wait_for(holds: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def ended(run_id: int, seconds: float = 20) -> queries.RunPage:
    wait_for(lambda: page(run_id).ended, seconds)
    return page(run_id)


def sleeping(run_id: int, file: Path, times: int = 1) -> list[int]:
    """Waits until the child sleeps; the ids of child and grandchild."""
    wait_for(lambda: file.exists() and len(file.read_text().splitlines()) == times)
    return [int(word) for word in file.read_text().splitlines()[-1].split()]


def alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_answers_come_home_and_failures_say_why(start: Starter) -> None:
    asked = {kind: ask(kind, a=1, b=2) for kind in ("add", "fail", "die", "missing", "modules")}
    start()
    assert ended(asked["add"]).state == RunState.DONE
    assert queries.answer_of(SYSTEM, asked["add"]) == {"sum": 3}
    assert page(asked["add"]).per_cent == 100
    assert ended(asked["fail"]).reason == "ValueError: no such branch"
    assert ended(asked["die"]).reason == "the computing process ended without an answer (signal 9)"
    assert "ModuleNotFoundError" in ended(asked["missing"]).reason
    assert {page(asked[kind]).state for kind in ("fail", "die", "missing")} == {RunState.FAILED}
    ended(asked["modules"])
    assert queries.answer_of(SYSTEM, asked["modules"]) == {"django": False, "duckdb": False}


def test_an_answer_is_accepted_with_the_end_of_the_run_or_not_at_all(start: Starter) -> None:
    accepted, refused, only = ask("accepted", a=1, b=2), ask("refused", a=1, b=2), ask("only_accepted")
    start()
    assert [ended(run_id).state for run_id in (accepted, refused, only)] == [
        RunState.DONE, RunState.FAILED, RunState.DONE,
    ]  # fmt: skip
    assert page(refused).reason == "answer_stale"
    assert set(User.objects.values_list("username", "name_en")) == {(f"run{accepted}", "3"), (f"run{only}", "")}
    assert Line.objects.count() == 2


def test_a_cancel_stops_deaf_code_with_its_own_children(start: Starter, tmp_path: Path) -> None:
    run_id = ask("sleep", seconds=60, file=str(tmp_path / "ids"))
    start()
    ids = sleeping(run_id, tmp_path / "ids")
    wait_for(lambda: page(run_id).message == "asleep")
    runs.cancel(run_id, by=Actor("li"), scope=SYSTEM)
    assert ended(run_id, 4).state == RunState.CANCELLED
    wait_for(lambda: not any(alive(process_id) for process_id in ids), 2)


def test_a_killed_workers_run_is_done_by_another_and_failed_the_second_time(start: Starter, tmp_path: Path) -> None:
    run_id = ask("sleep", seconds=60, file=str(tmp_path / "ids"))
    for times in (1, 2):
        worker = start()
        ids = sleeping(run_id, tmp_path / "ids", times)
        worker.kill()
        wait_for(lambda ids=ids: not any(alive(process_id) for process_id in ids), 2)  # type: ignore[misc]
    start()
    assert (ended(run_id).state, page(run_id).attempt) == (RunState.FAILED, 2)
    assert page(run_id).reason == "the worker was lost while running this"


def test_a_worker_that_is_told_to_leave_gives_its_run_back(start: Starter, tmp_path: Path) -> None:
    run_id = ask("sleep", seconds=60, file=str(tmp_path / "ids"))
    worker = start()
    ids = sleeping(run_id, tmp_path / "ids")
    worker.terminate()
    assert worker.wait(5) == 0
    assert (page(run_id).state, page(run_id).attempt) == (RunState.QUEUED, 0)
    wait_for(lambda: not any(alive(process_id) for process_id in ids))


def test_a_frozen_worker_writes_nothing_when_it_wakes(start: Starter, tmp_path: Path) -> None:
    run_id = ask("sleep", seconds=4, file=str(tmp_path / "ids"))
    frozen = start()
    sleeping(run_id, tmp_path / "ids")
    frozen.send_signal(signal.SIGSTOP)
    time.sleep(LEASE_SECONDS + 0.5)
    start()
    sleeping(run_id, tmp_path / "ids", 2)
    frozen.send_signal(signal.SIGCONT)
    assert (ended(run_id).state, page(run_id).attempt) == (RunState.DONE, 2)
    assert queries.answer_of(SYSTEM, run_id) == {"slept": 4}


def test_several_workers_do_each_run_once_and_the_urgent_first(start: Starter) -> None:
    many = [ask("accepted", a=number, b=0) for number in range(12)]
    urgent = ask("add", a=0, b=0, priority=9)
    for _ in range(2):
        start()
    assert all(ended(run_id, 60).state == RunState.DONE for run_id in many)
    assert {page(run_id).attempt for run_id in many} == {1}
    assert User.objects.count() == 12
    first = min(many, key=lambda run_id: str(page(run_id).started_at))
    assert str(page(urgent).started_at) <= str(page(first).started_at)


def test_a_short_question_is_answered_while_a_long_one_runs(start: Starter, tmp_path: Path) -> None:
    long = runs.submit(
        "tests_sleep", {"seconds": 60, "file": str(tmp_path / "ids")}, by=Actor("li"), lane="batch"
    )  # fmt: skip
    start("batch")
    start()
    sleeping(long, tmp_path / "ids")
    ended(ask("add", a=1, b=2), 20)  # both workers stand
    short = ask("add", a=3, b=4)
    assert ended(short, 10).state == RunState.DONE
    assert page(long).state == RunState.RUNNING


def test_lanes_do_not_wait_for_one_another(start: Starter) -> None:
    other = runs.submit("tests_add", {"a": 1, "b": 1}, by=Actor("li"), lane="batch")
    mine = ask("add", a=2, b=2)
    start()
    ended(mine)
    assert page(other).state == RunState.QUEUED


def test_the_child_ends_when_its_worker_does_not_speak_any_more(tmp_path: Path) -> None:
    """Without any store: only the pipe."""
    from bankhall.apps.runs.actions.child import Child

    file = tmp_path / "ids"
    with Child("tests.apps.runs.jobs_to_try:sleep", {"seconds": 60, "file": str(file)}) as child:
        wait_for(lambda: bool(child.listen(0.1)))
        ids = [int(word) for word in file.read_text().split()]
    wait_for(lambda: not any(alive(process_id) for process_id in ids))  # a grandchild is reaped by another, in its time
