"""What people were told stands in the store, whole and once, however often web and worker are killed.

    python -m benchmarks.studies.killed_acts [--kills 40] [--branches 3] [--stores sqlite postgres]

A small synthetic bank on a Monday at eight. Per branch three programs act in the names of twelve tellers, the manager
and the supervisor: leave, swaps, illness, questions whether one can come, publication, acknowledgement. Web server and
job worker run by the commands of `bankhall serve`, the worker with a shorter lease; after every few acts one of them,
both, or one of the web server's own processes gets SIGKILL and is started again. Afterwards the store is read: see
`tests.spec.killed_acts.verdict`.
Writes benchmarks/results/killed_acts.md.
"""

import argparse
import os
import platform
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import address_of, start_keeper, stop_keeper
from tests.spec.killed_acts.house import HASTY
from tests.spec.killed_acts.rounds import TARGETS, Lived, lived

RESULT = Path(__file__).parents[1] / "results" / "killed_acts.md"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
HEAD = """# Acts while web and worker are killed

    python -m benchmarks.studies.killed_acts --kills {kills} --branches {branches}

{branches} synthetic branches on a Monday at eight; at each one teller has fallen ill and three who came have yet to say
that they have seen the changed day. Per branch three programs act at once over HTTP by token. Web server and job worker
run by the commands of `bankhall serve` and get SIGKILL after every few acts (the whole process group, or one of the web
server's own processes); a run whose worker is gone is taken up after three seconds. Half of the acts bear an
`Idempotency-Key` and are sent again until they are answered; for the others a broken connection leaves it open what
became of them. *Faults*: acts that were told *done* and are not in the store exactly once; rows without their line in
the trail, their notice in the outbox, its delivery, its end or their booking, and the reverse; proposals without an
answer, answers taken twice; gaps in the audit trail.

| store | kills | acts done | refused | never answered | lines | notices | versions | runs done | begun again | faults |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""


def main() -> None:
    """Each store in turn, then the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--branches", type=int, default=3)
    parser.add_argument("--stores", nargs="+", choices=list(NAMES), default=list(NAMES))
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bankhall.config.settings")
    luck = random.Random(options.seed)
    targets = [luck.choice(TARGETS) for _ in range(options.kills)]
    found = {}
    for store in options.stores:
        with tempfile.TemporaryDirectory(prefix="bankhall-killed-") as folder, database(store) as url:
            found[store] = lived(Path(folder), url, targets, branches=options.branches, seed=options.seed, worker=HASTY)
        print(store, *found[store].faults or ["no faults"], sep="\n", file=sys.stderr)
    told = HEAD.format(kills=options.kills, branches=options.branches) + page(found)
    RESULT.write_text(told, "utf-8")
    print(told)


@contextmanager
def database(store: str) -> Iterator[str]:
    """An address of a server of its own; empty for SQLite in the home folder."""
    if store == "sqlite":
        yield ""
        return
    keeper = start_keeper()
    try:
        yield address_of(keeper).replace("/bankhall?", "/postgres?")
    finally:
        stop_keeper(keeper)


def page(found: dict[str, Lived]) -> str:
    """A row a store, the kills, and what kinds of act there were."""
    rows = [_row(store, one) for store, one in found.items()]
    kills = Counter(next(iter(found.values())).kills)
    lines = [*rows, "", "Kills: " + ", ".join(f"{name} {n}" for name, n in kills.most_common()) + ".", ""]
    lines += ["| act | " + " | ".join(f"{NAMES[one]}: done | refused | never answered" for one in found) + " |"]
    lines += ["|---|" + "---:|---:|---:|" * len(found)]
    for act in next(iter(found.values())).counts["acts"]:
        cells = [
            str(one.counts["acts"][act][name]) for one in found.values() for name in ("done", "refused", "unknown")
        ]
        lines.append(f"| {act.replace('_', ' ')} | " + " | ".join(cells) + " |")
    for store, one in found.items():
        lines += [f"- {NAMES[store]}: {fault}" for fault in one.faults]
    seconds = ", ".join(f"{NAMES[store]} {one.seconds / 60:.0f} min" for store, one in found.items())
    return "\n".join([*lines, "", f"{seconds}; {os.cpu_count()} cores, Python {platform.python_version()}.", ""])


def _row(store: str, one: Lived) -> str:
    acts = one.counts["acts"].values()
    done, refused, unknown = (sum(act[name] for act in acts) for name in ("done", "refused", "unknown"))
    counts = one.counts
    cells = (
        NAMES[store], len(one.kills), done, refused, unknown, counts["lines"], counts["notices"], counts["versions"],
        counts["runs"].get("done", 0), counts["tried_again"], len(one.faults),
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main()
