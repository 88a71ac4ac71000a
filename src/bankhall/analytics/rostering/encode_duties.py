"""The duties of a week as arrays: their starts, who may do them in which post, and who is held at one."""

from collections.abc import Iterable
from datetime import date
from itertools import product

import numpy as np

from bankhall.analytics.rostering.arrays import (
    AWAY_DUTY,
    HALL_DUTY,
    I64,
)
from bankhall.analytics.rostering.checks.posts import duties_clash, posts_clash
from bankhall.analytics.rostering.coder import DATES, Encoder
from bankhall.analytics.rostering.prices import (
    minute_grains,
)
from bankhall.analytics.rostering.shapes import DutyTask
from bankhall.analytics.rostering.situation import Situation
from bankhall.kernel.bank.roster import Assignment


def duty_tasks_of(coder: Encoder) -> dict[str, object]:
    most = max(1, *(len(tasks) for tasks in coder.columns.tasks))
    first, until, owner, clash = (np.zeros((DATES, most), np.int64) for _ in range(4))
    calls = [coder.situation.duty_calls(day) for day in coder.situation.days]
    wanted = np.zeros((DATES, max(1, *(len(found) for found in calls))), np.int64)
    for d, tasks in enumerate(coder.columns.tasks):
        codes = [call.duty.duty_code for call in calls[d]]
        wanted[d, : len(codes)] = [call.duty.people for call in calls[d]]
        for k, task in enumerate(tasks):
            first[d, k], until[d, k] = coder.grids[d].cell_range((task.start, task.end))
            owner[d, k], clash[d, k] = codes.index(task.duty_code), _clashes(coder, d, k)
    return {
        "task_from": first,
        "task_until": until,
        "task_duty": owner,
        "task_clash": clash,
        "task_count": np.array([len(tasks) for tasks in coder.columns.tasks], np.int64),
        "duty_people": wanted,
        "duty_count": np.array([len(found) for found in calls], np.int64),
        **_takers(coder, most),
    }


def _clashes(coder: Encoder, d: int, k: int) -> int:
    tasks, duties = coder.columns.tasks[d], coder.situation.duties
    apart = coder.situation.value("incompatible_duties", coder.situation.days[d]) is not None
    own, bits = tasks[k], 0
    for other_k, other in enumerate(tasks):
        same_time = own.start < other.end and other.start < own.end
        never = apart and duties_clash(duties[own.duty_code], duties[other.duty_code])
        if other_k != k and (same_time or never or other.duty_code == own.duty_code):
            bits |= 1 << other_k
    return bits


def _takers(coder: Encoder, most: int) -> dict[str, object]:
    people, roles = coder.columns.people, coder.columns.roles
    code = np.zeros((len(people), DATES, most, max(1, len(roles))), np.uint8)
    money = np.zeros(code.shape, np.int64)
    for (p, name), (d, day) in product(enumerate(people), enumerate(coder.situation.days)):
        for k, task in enumerate(coder.columns.tasks[d]):
            if _locked_elsewhere(coder.columns.locks.get((p, d), ()), task):
                continue
            duty = coder.situation.duties[task.duty_code]
            base = AWAY_DUTY if duty.away_from_window else HALL_DUTY
            for r, post in enumerate(roles):
                held = duty_post(coder.situation, name, task.duty_code, post, day)
                if held is None:
                    continue
                price = minute_grains(coder.situation, held, day) - minute_grains(coder.situation, post, day)
                code[p, d, k, r] = base + coder.role(held)
                money[p, d, k, r] = price * (task.end - task.start)
    return {"duty_code": code, "duty_money": money, "forced": _forced(coder)}


def _locked_elsewhere(locks: Iterable[Assignment], task: DutyTask) -> bool:
    """Whether somebody is held, by a lock, at something else while a duty runs: what is locked stands word for word."""
    own = (task.duty_code, task.start, task.end)
    return any(
        lock.start < task.end and task.start < lock.end and (lock.code, lock.start, lock.end) != own for lock in locks
    )


def duty_post(situation: Situation, staff_no: str, duty_code: str, post: str, day: date) -> str | None:
    """The post in which a person who stands in `post` does a duty; None = may not do it."""
    duty, person = situation.duties[duty_code], situation.people[staff_no]
    if not set(duty.certificates) <= situation.certificates(staff_no, day) or post not in person.posts:
        return None
    if not duty.posts or post in duty.posts:
        return post
    apart = situation.value("incompatible_duties", day) is not None
    for other in person.posts:
        clash = apart and posts_clash(situation.posts.get(other), situation.posts.get(post))
        if other in duty.posts and not clash:
            return other
    return None


def _forced(coder: Encoder) -> I64:
    forced = np.zeros((len(coder.columns.people), DATES), np.int64)
    for (p, d), locks in coder.columns.locks.items():
        wanted = {(lock.code, lock.start, lock.end) for lock in locks if lock.kind == "duty"}
        for k, task in enumerate(coder.columns.tasks[d]):
            if (task.duty_code, task.start, task.end) in wanted:
                forced[p, d] |= 1 << k
    return forced
