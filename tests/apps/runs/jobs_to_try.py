"""Functions that children of the tests run: quick, slow, broken, stubborn."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

Progress = Callable[[float, str], None]
Question = Mapping[str, object]


def add(question: Question, progress: Progress) -> dict[str, object]:
    """Adds two numbers, with a word on the way, and prints, which must not hurt."""
    progress(40, "adding")
    sys.stdout.write("a stray print\n")
    return {"sum": int(str(question["a"])) + int(str(question["b"]))}


def fail(question: Question, progress: Progress) -> dict[str, object]:
    """Breaks."""
    raise ValueError("no such branch")


def die(question: Question, progress: Progress) -> dict[str, object]:
    """Is killed, as by a machine that ran out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def sleep(question: Question, progress: Progress) -> dict[str, object]:
    """Waits, deaf to SIGTERM like native code, with a grandchild; tells the ids of both in a file."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    grandchild = subprocess.Popen(["sleep", "60"])
    with open(str(question["file"]), "a", encoding="ascii") as file:
        file.write(f"{os.getpid()} {grandchild.pid}\n")
    progress(10, "asleep")
    time.sleep(float(str(question["seconds"])))
    grandchild.kill()
    grandchild.wait()
    return {"slept": question["seconds"]}


def modules(question: Question, progress: Progress) -> dict[str, object]:
    """Which frameworks the child knows."""
    return {"django": "django" in sys.modules, "duckdb": "duckdb" in sys.modules}
