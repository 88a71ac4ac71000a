"""How long a manager waits for a re-solve or a re-plan while the network's plan is computed, and on an idle machine.

    python -m benchmarks.studies.resolve_beside_network_job --home DEMO_HOME [--asks 10]

Takes a copy of a demo home (`bankhall demo` builds one) and starts its two workers by the commands of `bankhall serve`.
Each re-solve locks one stretch of a branch's draft, requests the plan by the page's own action, and waits until the
answer stands in the draft. Each re-plan marks one more person of the published branch unwell, from half past seven on,
and waits until the proposal stands on the page. Rounds of both: nothing else to do; the network's plans of later weeks
under way in the batch lane; the same, with nothing kept of forecast and requirement, as after a night's import. Writes
benchmarks/results/resolve_beside_network_job.md.
"""

import argparse
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bankhall.kernel.week import Week

RESULT = Path(__file__).parents[1] / "results" / "resolve_beside_network_job.md"
AWAY_AT_MOST = 2
GOAL_SECONDS, PATIENCE_SECONDS, POLL_SECONDS = 10.0, 120.0, 0.05
TICKS = os.sysconf("SC_CLK_TCK")
HEAD = """# A branch's re-solve and re-plan while the network's plan is computed

    python -m benchmarks.studies.resolve_beside_network_job --home DEMO_HOME

From the request to the answer standing in the draft or in the proposal, by wall clock, with the two workers of
`bankhall serve`: the interactive one as it is, the batch one at lower priority. *Processor*: what the interactive
worker and its child spent. *Others*: cores that processes outside the study kept busy meanwhile. Goal: 10 s.

| round | asks | p50 | p95 | longest | processor p50 | waited for a worker p50 | others |
|---|---:|---:|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """One re-solve in seconds: the whole, before a worker took it, and what that worker's processes spent."""

    wall: float
    queued: float
    processor: float


@dataclass(frozen=True, slots=True)
class Round:
    """Asks one after another, and the cores that others kept busy meanwhile."""

    name: str
    asks: tuple[Ask, ...]
    others: float


def main() -> None:
    """All three rounds, then the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--asks", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bankhall-resolve-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(options.home, home)
        rounds = list(measured(home, options.asks))
    RESULT.write_text(page(rounds), "utf-8")
    print(page(rounds))


def measured(home: Path, asks: int) -> Iterator[Round]:
    """The rounds, each with what it needs under way."""
    open_copy(home)
    branches = branch_codes()
    with worker("interactive") as interactive:
        once(branches[0], interactive)  # whatever this machine compiles for the first time is no re-solve's fault
        for branch in branches:  # what the demo's own plan would have kept, were it built by this very code
            once(branch, interactive)
        kinds = (("re-solve", partial(resolve_at, branches)), ("re-plan after illness", illness()))
        kinds[1][1](0, interactive)
        for kind, ask in kinds:
            yield round_of(f"{kind}: idle", asks, ask, interactive, [interactive])
        with worker("batch") as batch:
            for kind, ask in kinds:
                for name, prepare in (("beside the network's plan", None), ("the same, nothing kept", forget)):
                    plan_later_weeks(branches)
                    yield round_of(f"{kind}: {name}", asks, ask, interactive, [interactive, batch], prepare=prepare)
                    cancel_the_rest()


def open_copy(home: Path) -> None:
    """The product on the copy, and its workers later, as on a site: with compiled files of Python kept."""
    from bankhall.cli.demo_bank import DEMO_DATE

    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("NUMBA_CACHE_DIR", None)
    os.environ |= {"BANKHALL_HOME": str(home), "BANKHALL_DEMO_DATE": DEMO_DATE}
    from bankhall.cli.site import open_site

    open_site()


def branch_codes() -> list[str]:
    """Branches with a draft that can be solved again."""
    from bankhall.apps.rosters.models import Roster
    from bankhall.cli.demo_bank import WEEK

    rows = Roster.objects.filter(week=str(WEEK), state="draft", status="feasible").order_by("branch_code")
    return list(rows.values_list("branch_code", flat=True))


@contextmanager
def worker(lane: str) -> Iterator[int]:
    """A worker as `bankhall serve` starts it; its process id."""
    from bankhall.cli.serve import commands

    process = subprocess.Popen(commands("127.0.0.1", 8000)[f"{lane} worker"])
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def round_of(
    name: str, asks: int, ask: Callable[[int, int], Ask], interactive: int, own: Sequence[int],
    *, prepare: Callable[[], None] | None = None,
) -> Round:  # fmt: skip
    """Asks one after another."""
    began, busy, spent = time.monotonic(), busy_seconds(), sum(map(tree_seconds, own)) + time.process_time()
    done = []
    for number in range(asks):
        if prepare:
            prepare()
        done.append(ask(number, interactive))
        print(f"{name} {number + 1}: {done[-1].wall:.1f} s, processor {done[-1].processor:.1f} s", flush=True)
    others = busy_seconds() - busy - (sum(map(tree_seconds, own)) + time.process_time() - spent)
    return Round(name, tuple(done), max(0.0, others / (time.monotonic() - began)))


def resolve_at(branches: Sequence[str], number: int, interactive: int) -> Ask:
    """At the next branch."""
    return once(branches[number % len(branches)], interactive)


def illness() -> Callable[[int, int], Ask]:
    """One more person of the published branch is unwell, a minute after the last, so that no question comes twice; when
    two are, both are back before the next."""
    from django.conf import settings
    from django.utils.timezone import localdate

    from bankhall.apps.rosters.models import Roster
    from bankhall.apps.rosters.queries.records import assignments_of

    today = localdate(settings.CLOCK.now())
    roster = Roster.objects.get(state="published", week=str(Week.of(today)))
    due = sorted({row.staff_no for row in assignments_of(roster) if row.business_date == today})
    marked: list[int] = []
    turns = itertools.count()

    def ask(_: int, interactive: int) -> Ask:
        turn = next(turns)
        now = settings.CLOCK.now() + timedelta(minutes=turn - 30)
        return unwell(roster.branch_code, due[turn % len(due)], marked, interactive, now)

    return ask


def unwell(branch: str, staff_no: str, marked: list[int], interactive: int, now: datetime) -> Ask:
    """Marked; waits for the proposal."""
    from bankhall.apps.rosters import actions
    from bankhall.apps.rosters.models import Proposal
    from bankhall.kernel.scope import Scope

    scope = Scope.system("a study")
    told: dict[str, Any] = {"now": now, "by": scope.actor, "scope": scope}
    while len(marked) == AWAY_AT_MOST:
        for one in marked:
            actions.take_back_missing(one, **told)
        marked.clear()
    spent, began = tree_seconds(interactive), time.monotonic()
    marked.append(actions.mark_missing(branch, staff_no, "sick", **told))
    row = Proposal.objects.filter(branch_code=branch).order_by("-id")[0]
    return _waited(row.run_id, branch, interactive, spent, began)


def once(branch: str, interactive: int) -> Ask:
    """Locks a stretch, asks, waits. The lock is not part of the wait."""
    from django.conf import settings

    from bankhall.apps.rosters import actions
    from bankhall.cli.demo_bank import WEEK
    from bankhall.kernel.scope import Scope

    scope = Scope.system("a study")
    lock_one(branch)
    spent, began = tree_seconds(interactive), time.monotonic()
    run_id = actions.request_plan(branch, WEEK, by=scope.actor, scope=scope, now=settings.CLOCK.now())
    return _waited(run_id, branch, interactive, spent, began)


def _waited(run_id: int | None, branch: str, interactive: int, spent: float, began: float) -> Ask:
    from bankhall.apps.runs import queries as runs
    from bankhall.kernel.scope import Scope

    if run_id is None:
        raise RuntimeError(f"{branch}: nothing was asked of a worker")
    while not (found := runs.run_page(Scope.system("a study"), run_id)).ended:
        if time.monotonic() - began > PATIENCE_SECONDS:
            raise TimeoutError(f"{branch}: {found}")
        time.sleep(POLL_SECONDS)
    wall = time.monotonic() - began
    if found.state != "done" or found.started_at is None:
        raise RuntimeError(f"{branch}: {found.state} {found.reason}")
    time.sleep(0.5)  # the worker has yet to count its child's time
    return Ask(wall, seconds_between(found.asked_at, found.started_at), tree_seconds(interactive) - spent)


def seconds_between(first: datetime, last: datetime) -> float:
    """Of two instants of the store."""
    return (last - first).total_seconds()


def lock_one(branch: str) -> None:
    """One more stretch of the draft is locked, so that the question is a new one."""
    from bankhall.apps.rosters import actions
    from bankhall.apps.rosters.actions.versions import ref_of, standing_version
    from bankhall.apps.rosters.queries.records import assignments_of
    from bankhall.cli.demo_bank import WEEK
    from bankhall.kernel.scope import Scope

    scope, draft = Scope.system("a study"), standing_version(branch, WEEK)
    if draft is None:
        raise RuntimeError(f"{branch} has no draft")
    free = next(one for one in assignments_of(draft) if one.kind == "window" and not one.locked)
    which = actions.StretchName(free.staff_no, free.business_date, free.start)
    actions.lock(ref_of(draft), which, by=scope.actor, scope=scope)


def plan_later_weeks(branches: Sequence[str]) -> None:
    """The network's plan, as its page asks for it: all branches of two weeks in the batch lane. Waits for its start."""
    from django.conf import settings

    from bankhall.apps.rosters import actions
    from bankhall.apps.runs import queries as runs
    from bankhall.cli.demo_bank import WEEK
    from bankhall.kernel.scope import Scope

    scope = Scope.system("a study")
    for ahead in (1, 2):
        for code in branches:
            actions.request_plan(
                code, WEEK.plus(ahead), by=scope.actor, scope=scope, now=settings.CLOCK.now(), lane="batch"
            )
    while not any(run.state == "running" and run.lane == "batch" for run in runs.runs(scope, limit=200)):
        time.sleep(POLL_SECONDS)


def cancel_the_rest() -> None:
    """What of the network's plan is still open. There must be some: else the asks stood beside nothing."""
    from bankhall.apps.runs import actions, queries
    from bankhall.kernel.errors import Refused
    from bankhall.kernel.scope import Scope

    scope = Scope.system("a study")
    still = [run for run in queries.runs(scope, limit=200) if run.lane == "batch" and not run.ended]
    if not still:
        raise RuntimeError("the network's plan was finished before the asks were")
    for run in still:
        with suppress(Refused):  # it ended in this very moment
            actions.cancel(run.run_id, by=scope.actor, scope=scope)
    while any(not queries.run_page(scope, run.run_id).ended for run in still):
        time.sleep(POLL_SECONDS)


def forget() -> None:
    """Nothing is kept of any week's forecast and requirement."""
    from django.conf import settings

    shutil.rmtree(settings.HOME / "answers" / "weeks", ignore_errors=True)


def tree_seconds(process: int) -> float:
    """Processor seconds of a process, its living children, and those that it has waited for."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    own = sum(map(int, fields[11:15])) / TICKS
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(_of_child(int(child)) for child in children)


def _of_child(process: int) -> float:
    try:
        return tree_seconds(process)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def busy_seconds() -> float:
    """Processor seconds that this machine has worked."""
    user, nice, system, _, _, irq, soft, *_ = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + soft) / TICKS


def page(rounds: Sequence[Round]) -> str:
    """The table, and whether the goal was met."""
    lines = "\n".join(map(line, rounds))
    worst = max(ask.wall for round_ in rounds for ask in round_.asks)
    said = f"The longest of all took {worst:.1f} s: {'within' if worst <= GOAL_SECONDS else 'beyond'} the goal."
    return f"{HEAD}{lines}\n\n{os.cpu_count()} cores. {said}\n"


def line(round_: Round) -> str:
    """One round's figures."""
    walls = sorted(ask.wall for ask in round_.asks)
    p95 = walls[min(len(walls) - 1, round(0.95 * len(walls)))]
    spent, waited = (median(getattr(ask, name) for ask in round_.asks) for name in ("processor", "queued"))
    return (
        f"| {round_.name} | {len(walls)} | {median(walls):.1f} s | {p95:.1f} s | {walls[-1]:.1f} s | {spent:.1f} s | "
        f"{waited:.1f} s | {round_.others:.1f} |"
    )


if __name__ == "__main__":
    main()
