"""A roster that stands as a state of the search, so that a search may start from it, and as shifts without windows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bankhall.analytics.rostering.anneal import rebuild
from bankhall.analytics.rostering.arrays import I64, Arrays, State
from bankhall.analytics.rostering.columns import Columns, Template
from bankhall.analytics.rostering.question import Question
from bankhall.analytics.rostering.shapes import Shape
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import length, union
from bankhall.kernel.bank.roster import Assignment

PersonDay = tuple[str, date]


def state_like(question: Question, arrays: Arrays, rows: Iterable[Assignment]) -> State:
    """The state whose shifts and duties are those of the rows; a date that no template describes is left free."""
    columns, situation = question.columns, question.situation
    by_day = of_days(rows)
    option: I64 = arrays.option_from[:-1].reshape(arrays.frozen.shape).copy()
    tasks: I64 = arrays.forced.copy()
    index = {template: n for n, template in enumerate(columns.templates)}
    for p, name in enumerate(columns.people):
        for d, day in enumerate(situation.days):
            mine = by_day.get((name, day), ())
            if arrays.frozen[p, d] or not mine:
                continue
            place = index.get(template_of(situation, d, mine), -1)
            found = int(arrays.option_at[p, place + 1]) if place >= 0 else -1
            if found >= 0:
                option[p, d], tasks[p, d] = found, int(tasks[p, d]) | _duties(columns, d, mine)
    return rebuild(arrays, option, tasks)


def template_of(situation: Situation, d: int, mine: Iterable[Assignment]) -> Template:
    """A person's date as a template: first and last minute, break, and the post before and after it."""
    rows = tuple(mine)
    work = [row for row in rows if row.kind != "break"]
    pauses = [(row.start, row.end) for row in rows if row.kind == "break"]
    first = min((row.start for row in work), default=0)
    shape = Shape(first, max((row.end for row in work), default=0), pauses[0] if pauses else None)
    return Template(d, shape, tuple(_post_in(situation, work, span) for span in shape.work()))


def _post_in(situation: Situation, work: Iterable[Assignment], span: tuple[int, int]) -> str:
    """The post held longest in a span; duties only where there is nothing else."""
    held: dict[str, int] = defaultdict(int)
    for row in work:
        if row.start < span[1] and span[0] < row.end:
            held[situation.post_held(row)] += (row.end - row.start) * (1 if row.kind == "duty" else 1000)
    return max(held, key=lambda post: (held[post], post), default="")


def _duties(columns: Columns, d: int, mine: Iterable[Assignment]) -> int:
    done = {(row.code, row.start, row.end) for row in mine if row.kind == "duty"}
    tasks = enumerate(columns.tasks[d])
    return sum(1 << k for k, task in tasks if (task.duty_code, task.start, task.end) in done)


def of_days(rows: Iterable[Assignment]) -> dict[PersonDay, tuple[Assignment, ...]]:
    """The rows by person and date, in order."""
    found: dict[PersonDay, list[Assignment]] = defaultdict(list)
    for row in sorted(rows, key=lambda a: (a.start, a.end)):
        found[(row.staff_no, row.business_date)].append(row)
    return {key: tuple(mine) for key, mine in found.items()}


def without_windows(situation: Situation, rows: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Whoever sits at a window stands in the post of it; neighbouring stretches of one post are one."""
    found: list[Assignment] = []
    for mine in of_days(rows).values():
        plain = [_unseated(situation, row) for row in mine]
        found += plain[:1]
        for last, row in pairwise(plain):
            joined = replace(last, start=row.start, end=row.end) == row and last.end == row.start
            if joined:
                found[-1] = replace(found[-1], end=row.end)
            else:
                found.append(row)
    return tuple(found)


def _unseated(situation: Situation, row: Assignment) -> Assignment:
    if row.kind != "window" or row.locked:
        return row
    post = situation.post_held(row)
    return replace(row, kind="post", code=post, post_code=post)


def same_work(some: Iterable[Assignment], others: Iterable[Assignment]) -> bool:
    """Whether two person-days hold the same posts, duties and breaks at the same times."""
    return _spans(some) == _spans(others)


def _spans(rows: Iterable[Assignment]) -> dict[tuple[str, str], tuple[tuple[int, int], ...]]:
    held: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        held[(row.kind, row.code)].append((row.start, row.end))
    return {key: union(spans) for key, spans in held.items() if length(union(spans))}
