"""A bank is made, works while it is killed again and again, and is judged by what its store says."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.spec.killed_acts.clients import Crew
from tests.spec.killed_acts.house import House, surroundings, wait_for

TARGETS = ("web", "worker", "both", "one of the web's own")
MORE_ACTS, LONGEST_PAUSE = (3, 10), 0.2


@dataclass(frozen=True, slots=True)
class Lived:
    """What happened: kills by target, seconds at work, and the verdict."""

    kills: tuple[str, ...]
    seconds: float
    faults: tuple[str, ...]
    counts: dict[str, Any]


class Killer:
    """Kills one of the processes, or several, after a few more acts, and starts them again."""

    def __init__(self, house: House, crew: Crew, seed: int) -> None:
        self._house, self._crew, self._luck = house, crew, random.Random(seed)

    def strike(self, target: str) -> None:
        """At a moment that nobody chose: so many acts on, and a part of a second."""
        self.wait_for_acts(self._luck.randint(*MORE_ACTS))
        time.sleep(self._luck.uniform(0, LONGEST_PAUSE))
        if target == TARGETS[3]:
            self._house.kill_one_of_the_web()
            return
        names = ("web", "worker") if target == "both" else (target,)
        for name in names:
            self._house.kill(name)
        for name in names:
            self._house.start(name)

    def wait_for_acts(self, more: int, act: str = "") -> None:
        """Until so many more acts (of a kind, or all) were answered with *done*."""
        crew, wanted = self._crew, self._crew.journal.confirmed(act) + more
        wait_for(lambda: bool(crew.errors) or crew.journal.confirmed(act) >= wanted, f"{more} more {act or 'acts'}")


def lived(
    home: Path, database_url: str, targets: Sequence[str], *, branches: int, worker: Sequence[str] = (), seed: int = 7
) -> Lived:
    """The whole of it; `worker` is another command for the job worker than the product's."""
    environment = surroundings(home, database_url)
    bank = json.loads(_said("bank", str(branches), environment=environment))
    with closing(House(home, environment, worker=worker)) as house:
        began = time.monotonic()
        for name in ("web", "worker"):
            house.start(name)
        wait_for(house.stands, "the web server")
        crew = Crew(house.port, bank["tokens"], seed)
        crew.start()
        try:
            killer = Killer(house, crew, seed)
            for target in targets:
                killer.strike(target)
            killer.wait_for_acts(MORE_ACTS[1])
            if not crew.journal.confirmed("acknowledge"):
                killer.wait_for_acts(1, "acknowledge")
        finally:
            crew.end()
        seconds = time.monotonic() - began
        assert not crew.errors, crew.errors
        (home / "journal.json").write_text(json.dumps(crew.journal.plain(), ensure_ascii=False), "utf-8")
        words = (str(home / "journal.json"), str(bank["last_line"]), "300")
        found = json.loads(_said("verdict", *words, environment=environment))
    return Lived(tuple(targets), seconds, tuple(found["faults"]), found["counts"])


def _said(module: str, *words: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", f"tests.spec.killed_acts.{module}", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1]
