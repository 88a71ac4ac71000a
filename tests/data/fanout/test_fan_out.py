import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bankhall.data.fanout import fan_out
from bankhall.kernel.errors import Refused

HERE = "tests.data.fanout.test_fan_out"
QUESTIONS: dict[str, Any] = {f"B{n:02d}": {"n": n} for n in range(6)}


def square(question: dict[str, int]) -> dict[str, int]:
    return {"square": question["n"] ** 2}


def square_with_progress(question: dict[str, int], progress: Any) -> dict[str, int]:
    progress(50, "half")
    return square(question)


def die_once(question: dict[str, Any]) -> dict[str, int]:
    mark = Path(question["mark"])
    if question["n"] == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(question)


def always_die(question: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_and_two_processes_give_the_same_answers_in_the_same_order() -> None:
    alone = fan_out(f"{HERE}:square", QUESTIONS)
    assert list(alone.items()) == list(fan_out(f"{HERE}:square", QUESTIONS, processes=2).items())
    assert alone["B05"] == {"square": 25}


def test_a_function_that_tells_its_progress_can_be_fanned_out_too() -> None:
    assert fan_out(f"{HERE}:square_with_progress", QUESTIONS)["B02"] == {"square": 4}


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    questions = {key: {**question, "mark": str(tmp_path / "died")} for key, question in QUESTIONS.items()}
    assert fan_out(f"{HERE}:die_once", questions, processes=2) == fan_out(f"{HERE}:square", QUESTIONS)
    assert (tmp_path / "died").exists()


def test_workers_that_keep_dying_are_an_error_and_not_an_endless_loop() -> None:
    with pytest.raises(Refused, match="fan_out_broken"):
        fan_out(f"{HERE}:always_die", {"a": 1}, processes=2)


def test_finished_answers_are_kept_and_asked_again_only_when_the_question_changed(tmp_path: Path) -> None:
    heard: list[str] = []
    fan_out(f"{HERE}:square", QUESTIONS, keep=tmp_path)
    changed = {**QUESTIONS, "B01": {"n": 10}}
    answers = fan_out(f"{HERE}:square", changed, keep=tmp_path, progress=lambda done, of, key: heard.append(key))
    assert heard == ["B01"]
    assert answers["B01"] == {"square": 100}


def test_cancelling_stops_and_keeps_what_was_finished(tmp_path: Path) -> None:
    done: list[str] = []
    with pytest.raises(Refused, match="fan_out_cancelled"):
        fan_out(
            f"{HERE}:square",
            QUESTIONS,
            keep=tmp_path,
            progress=lambda n, of, key: done.append(key),
            cancelled=lambda: len(done) == 2,
        )
    assert len(list(tmp_path.glob("B*.json"))) == 2


def sleep_long(question: dict[str, Any]) -> dict[str, int]:
    Path(question["mark"], str(os.getpid())).touch()
    time.sleep(60)
    return {}


RUN = """
import sys
from bankhall.data.fanout import fan_out
mark = {"mark": sys.argv[1]}
fan_out("tests.data.fanout.test_fan_out:sleep_long", {"a": mark, "b": mark}, processes=2)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # it ended before, or while its file was read
        return False


def wait_until(holds: Any, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    assert holds()


def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], cwd=Path(__file__).parents[3])
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    parent.kill()
    parent.wait()
    wait_until(lambda: not any(alive(pid) for pid in workers))


def test_cancelling_does_not_leave_workers_behind(tmp_path: Path) -> None:
    questions = {key: {"mark": str(tmp_path)} for key in ("a", "b")}
    with pytest.raises(Refused, match="fan_out_cancelled"):
        fan_out(f"{HERE}:sleep_long", questions, processes=2, cancelled=lambda: len(list(tmp_path.iterdir())) == 2)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    wait_until(lambda: not any(alive(pid) for pid in workers))


def test_answers_are_the_same_bytes_alone_in_two_processes_after_a_kill_and_after_resuming(tmp_path: Path) -> None:
    questions = {key: {**question, "mark": str(tmp_path / "died")} for key, question in QUESTIONS.items()}
    (tmp_path / "died").touch()
    alone = json.dumps(fan_out(f"{HERE}:die_once", questions))
    (tmp_path / "died").unlink()
    killed = json.dumps(fan_out(f"{HERE}:die_once", questions, processes=2, keep=tmp_path / "kept"))
    (tmp_path / "kept" / "B04.json").unlink()
    resumed = json.dumps(fan_out(f"{HERE}:die_once", questions, processes=2, keep=tmp_path / "kept"))
    assert alone == killed == resumed


def test_answers_are_forgotten_by_their_age(tmp_path: Path) -> None:
    from bankhall.data.fanout.kept import forget, keep_answer, read_kept

    for key in ("old", "young"):
        keep_answer(tmp_path / "weeks", key, "digest", {"key": key})
    os.utime(tmp_path / "weeks" / "old.json", (1000, 1000))
    assert forget(tmp_path, before=2000) == 1
    assert [read_kept(tmp_path / "weeks", key, "digest") for key in ("old", "young")] == [None, {"key": "young"}]
