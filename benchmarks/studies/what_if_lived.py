"""What-if: how long the answer takes, and whether what it predicts is what the world then does.

    python -m benchmarks.studies.what_if_lived --home DEMO_HOME [--asks 100] [--lived 20] [--lives 60]

Takes a copy of a demo home. A hundred questions, in turn of every kind that is answered at once, about the drafts of
the week, each asked by the page's own action and computed by the interactive worker as `bankhall serve` starts it.
Twenty of them that the world can obey (windows more or fewer, people who do not come; nobody whom the branch does not
have) are lived both ways, many times each: the same customers under the plan as it stands and under the roster of the
answer. Writes benchmarks/results/what_if_lived.md.
"""

import argparse
import itertools
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.studies.resolve_beside_network_job import branch_codes, open_copy, worker

RESULT = Path(__file__).parents[1] / "results" / "what_if_lived.md"
PATIENCE_SECONDS, POLL_SECONDS = 120.0, 0.05
LIVED_KINDS = ("windows", "ill")
SEED = 9_000
Plain = dict[str, Any]
HEAD = """# What if, and what then was

    python -m benchmarks.studies.what_if_lived --home DEMO_HOME

{asks} questions of every kind that is answered at once, one after another, through the worker: p50 {p50:.1f} s,
p95 {p95:.1f} s, longest {longest:.1f} s. Goal: 10 s.

{kinds}

{lived} of them lived both ways by the synthetic world, {lives} times each, with its habits that the plan's model does
not know; none that needs somebody whom the branch does not have, since nobody can live that. The change of the hall's
P90 wait that day, in minutes, with its 90 % interval, and of the share that leaves:

| branch | day | question | predicted | happened | left: predicted | left: happened |
|---|---|---|---:|---:|---:|---:|
"""
TAIL = """

Median absolute error {error:.1f} min where the median change was {size:.1f} min. The change that happened is more
than chance in {shown}; the predicted sign is right in {right} of those.
"""


@dataclass(frozen=True)
class Asked:
    """One question and its answer. `before` are the plan's rows of the day."""

    branch: str
    day: date
    change: Plain
    wall: float
    answer: Mapping[str, Any]
    before: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Lived:
    """Predicted beside happened: the change of the hall's P90 wait, in minutes, and of the share that leaves."""

    asked: Asked
    predicted: tuple[float, float, float]
    happened: tuple[float, float, float]
    left: tuple[float, float]


def main() -> None:
    """Ask, live, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--asks", type=int, default=100)
    parser.add_argument("--lived", type=int, default=20)
    parser.add_argument("--lives", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bankhall-what-if-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(options.home, home)
        open_copy(home)
        asked = list(answers(options.asks))
        lived = list(itertools.islice(lives(home, asked, options.lives), options.lived))
    RESULT.write_text(page(asked, lived, options.lives), "utf-8")


def answers(count: int) -> Iterator[Asked]:
    """So many questions, one after another, on an otherwise idle product."""
    codes = branch_codes()
    with worker("interactive"):
        ask(codes[0], *next(questions([codes[0]]))[1:])  # what is compiled for the first time is no question's fault
        for number, (code, day, change) in enumerate(itertools.islice(questions(codes), count), 1):
            done = ask(code, day, change)
            print(f"{number} {code} {day} {change['kind']}: {done.wall:.1f} s", flush=True)
            yield done


def questions(codes: Sequence[str]) -> Iterator[tuple[str, date, Plain]]:
    """Branches, days and kinds in turn; kinds move on by one a round, so that no branch is asked the same twice."""
    from bankhall.cli.demo_bank import WEEK

    kinds, days = _kinds(), WEEK.days()[:5]
    for number in itertools.count():
        turn, place = divmod(number, len(codes))
        day = days[turn % len(days)]
        kind, told = kinds[(place + turn) % len(kinds)]
        dated = {} if kind == "promise" else {"day": day.isoformat()}
        yield codes[place], day, {"kind": kind, **dated, **told}


def _kinds() -> list[tuple[str, Plain]]:
    noon, morning, late = {"start": 660, "end": 780}, {"start": 570, "end": 660}, {"start": 840, "end": 960}
    teller = {"post_code": "teller"}
    return [
        ("windows", morning | {"count": 1} | teller), ("ill", {"people": 1}), ("demand", {"per_cent": 20.0}),
        ("windows", noon | {"count": -1} | teller), ("hours", {"opens": 510}), ("ill", {"people": 2}),
        ("promise", {"wait_minutes": 10.0}), ("windows", late | {"count": -1} | teller),
        ("hours", {"lunch_from": 720, "lunch_until": 780}), ("windows", noon | {"count": 1} | teller),
        ("demand", {"per_cent": -10.0}),
    ]  # fmt: skip


def ask(code: str, day: date, change: Plain) -> Asked:
    """Asks as the page does, and waits until the answer is there."""
    from django.conf import settings

    from bankhall.apps.rosters import actions
    from bankhall.apps.rosters.actions.versions import ref_of, standing_version
    from bankhall.apps.rosters.models import WhatIf
    from bankhall.apps.rosters.queries.records import assignments_of
    from bankhall.cli.demo_bank import WEEK
    from bankhall.kernel.scope import Scope

    scope, draft = Scope.system("a study"), standing_version(code, WEEK)
    if draft is None:
        raise RuntimeError(f"{code} has no draft")
    began = time.monotonic()
    number = actions.ask_what_if(
        ref_of(draft), [change], day=day, by=scope.actor, scope=scope, now=settings.CLOCK.now()
    )
    while (found := WhatIf.objects.get(pk=number)).answer is None:
        if time.monotonic() - began > PATIENCE_SECONDS:
            raise TimeoutError(f"{code} {change}")
        time.sleep(POLL_SECONDS)
    wall = time.monotonic() - began
    before = tuple(row for row in assignments_of(draft) if row.business_date == day)
    return Asked(code, day, change, wall, found.answer, before)


def lives(home: Path, asked: Sequence[Asked], count: int) -> Iterator[Lived]:
    """Each question that the world can obey and that moves somebody, lived both ways."""
    from bankhall.data.synthetic.world import read_world
    from bankhall.kernel.bank.roster import Assignment
    from bankhall.kernel.plain import from_plain

    world = read_world(home / "truth.json")
    for one in asked:
        if one.change["kind"] not in LIVED_KINDS or one.answer["extra_minutes"]:
            continue
        after = [from_plain(Assignment, row) for row in one.answer["assignments"]]
        rows = tuple(row for row in after if row.business_date == one.day)
        sides = [_both(world, one, side, count) for side in (one.before, rows)]
        told = next(
            row for row in one.answer["differences"] if (row["measure"], row["service_code"]) == ("wait_p90", "")
        )
        left = next(
            row for row in one.answer["differences"] if (row["measure"], row["service_code"]) == ("left_share", "")
        )
        if told["change"] is None:
            continue
        gone = [float(np.mean([lost for _, lost in side])) for side in sides]
        yield Lived(
            one, (told["change"], told["low"], told["high"]), _difference(sides), (left["change"], gone[1] - gone[0])
        )
        print(f"lived {one.branch} {one.day} {one.change['kind']}", flush=True)


Life = tuple[Any, float]
"""Of one life of the day: the waits of those who were called, and the share that left."""


def _both(world: Any, one: Asked, rows: tuple[Any, ...], count: int) -> list[Life]:
    return [_life(world, one, rows, SEED + number) for number in range(count)]


def _life(world: Any, one: Asked, rows: tuple[Any, ...], seed: int) -> Life:
    from bankhall.data.synthetic.past_rosters import Stretch

    stretches = [Stretch(a.staff_no, a.business_date, a.start, a.end, a.kind, a.code, a.post_code) for a in rows]
    facts = world.live(one.branch, stretches, seed=seed)
    visits, steps = facts["visits"].to_pylist(), facts["steps"].to_pylist()
    waits = [(s["called_at"] - s["queued_at"]) / timedelta(minutes=1) for s in steps if s["called_at"]]
    gone = sum(visit["outcome"] in ("left", "absent_when_called") for visit in visits)
    return np.array(waits), gone / len(visits)


def _difference(sides: Sequence[Sequence[Life]]) -> tuple[float, float, float]:
    """The change of the P90 wait of all lives together, its 90 % interval from ten batches of lives."""
    from scipy.stats import t

    def p90(side: Sequence[Life]) -> float:
        return float(np.quantile(np.concatenate([waits for waits, _ in side]), 0.9))

    change = p90(sides[1]) - p90(sides[0])
    parts = [p90(sides[1][k::10]) - p90(sides[0][k::10]) for k in range(10)]
    half = float(t.ppf(0.95, 9)) * float(np.std(parts, ddof=1)) / 10**0.5
    return change, change - half, change + half


def page(asked: Sequence[Asked], lived: Sequence[Lived], count: int) -> str:
    """Both tables."""
    walls = sorted(one.wall for one in asked)
    p95 = walls[min(len(walls) - 1, round(0.95 * len(walls)))]
    error = [abs(one.predicted[0] - one.happened[0]) for one in lived]
    size = [abs(one.happened[0]) for one in lived]
    signs = [one for one in lived if one.happened[1] > 0 or one.happened[2] < 0]
    right = sum(one.predicted[0] * one.happened[0] > 0 for one in signs)
    spent = {"asks": len(walls), "p50": median(walls), "p95": p95, "longest": walls[-1]}
    head = HEAD.format(**spent, kinds="\n".join(_by_kind(asked)), lived=len(lived), lives=count)
    tail = TAIL.format(error=median(error), size=median(size), shown=len(signs), right=right)
    return head + "\n".join(map(_line, lived)) + tail


def _by_kind(asked: Sequence[Asked]) -> Iterator[str]:
    for kind in sorted({one.change["kind"] for one in asked}):
        found = [one.wall for one in asked if one.change["kind"] == kind]
        yield f"- {kind}: p50 {median(found):.1f} s, longest {max(found):.1f} s ({len(found)} asked)"


def _line(one: Lived) -> str:
    change = one.asked.change
    words = f"{change['people']} ill" if change["kind"] == "ill" else f"{change['count']:+d} window"
    if change["kind"] == "windows":
        words += f" {change['start'] // 60}:{change['start'] % 60:02d}-{change['end'] // 60}:{change['end'] % 60:02d}"
    spans = [f"{mid:+.1f} ({low:+.1f} to {high:+.1f})" for mid, low, high in (one.predicted, one.happened)]
    left = [f"{100 * share:+.1f} pts" for share in one.left]
    return f"| {one.asked.branch} | {one.asked.day} | {words} | {spans[0]} | {spans[1]} | {left[0]} | {left[1]} |"


if __name__ == "__main__":
    main()
