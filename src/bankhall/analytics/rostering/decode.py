"""A state of the search as assignments: shifts, duties and locked stretches; then people at windows."""

from dataclasses import replace

from bankhall.analytics.rostering.arrays import I64, Arrays, State
from bankhall.analytics.rostering.columns import Columns, plain_stretches
from bankhall.analytics.rostering.encode_duties import duty_post
from bankhall.analytics.rostering.shapes import DutyTask
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, outside
from bankhall.analytics.rostering.windows import seat_people
from bankhall.kernel.bank.roster import Assignment


def decode(situation: Situation, columns: Columns, state: State) -> tuple[Assignment, ...]:
    """The roster that a state stands for, with windows."""
    return seat_people(situation, stretches_of(situation, columns, state.template, state.tasks))


def stretches_of(situation: Situation, columns: Columns, template: I64, tasks: I64) -> tuple[Assignment, ...]:
    """The roster without windows: everybody of a windowed post still stands in kind post."""
    found: list[Assignment] = []
    for p in range(len(columns.people)):
        for d in range(len(situation.days)):
            if template[p, d] > 0:
                found += _person_day(situation, columns, (p, d), int(template[p, d]) - 1, int(tasks[p, d]))
    return tuple(found)


def _person_day(
    situation: Situation, columns: Columns, place: tuple[int, int], index: int, bits: int
) -> list[Assignment]:
    (p, d), template = place, columns.templates[index]
    if template.verbatim:
        return [replace(lock, locked=True) for lock in template.verbatim]
    name, day = columns.people[p], situation.days[d]
    rows = list(plain_stretches(situation.branch, name, day, template.shape, template.posts))
    for k, task in enumerate(columns.tasks[d]):
        post = template.post_in((task.start, task.end)) if bits >> k & 1 else None
        held = duty_post(situation, name, task.duty_code, post, day) if post is not None else None
        if held is not None:
            rows = _instead(rows, _duty_row(situation, name, d, task, held))
    for lock in columns.locks.get(place, ()):
        rows = _instead(rows, replace(lock, locked=True))
    return rows


def _duty_row(situation: Situation, name: str, d: int, task: DutyTask, post: str) -> Assignment:
    day = situation.days[d]
    return Assignment(situation.branch, name, day, task.start, task.end, "duty", task.duty_code, post)


def _instead(rows: list[Assignment], new: Assignment) -> list[Assignment]:
    """The rows with what overlaps a new one cut away, and the new one."""
    span: Span = (new.start, new.end)
    cut = [replace(row, start=start, end=end) for row in rows for start, end in outside((row.start, row.end), [span])]
    return sorted([*cut, new], key=lambda a: a.start)


def prune_duties(arrays: Arrays, state: State) -> None:
    """Takes superfluous people off the duties: those at other starts than the best one, then the last by number.

    Locked duties stay. Changes `state.tasks` and `state.taken` alone: rebuild the state afterwards.
    """
    people, dates = state.template.shape
    for d in range(dates):
        for u in range(int(arrays.duty_count[d])):
            mine = [k for k in range(int(arrays.task_count[d])) if arrays.task_duty[d, k] == u]
            best = max(mine, key=lambda k: (int(state.taken[d, k]), -k))
            for k in mine:
                room = int(arrays.duty_people[d, u]) if k == best else 0
                doing = [p for p in range(people) if state.tasks[p, d] >> k & 1]
                kept = sorted(doing, key=lambda p: (not arrays.forced[p, d] >> k & 1, p))[:room]
                for p in doing:
                    if p not in kept and not arrays.forced[p, d] >> k & 1:
                        state.tasks[p, d] &= ~(1 << k)
