"""A situation and its columns as the arrays of the search."""

from collections.abc import Iterable
from datetime import date
from functools import cache, partial
from itertools import product

import numpy as np

from bankhall.analytics.rostering.arrays import (
    AWAY_DUTY,
    BREAK,
    HALL_DUTY,
    I64,
    Arrays,
)
from bankhall.analytics.rostering.checks.fairness import (
    NOON,
    noon_is_open,
)
from bankhall.analytics.rostering.checks.posts import duties_clash, posts_clash
from bankhall.analytics.rostering.checks.presence import AUTHORISER, LOBBY
from bankhall.analytics.rostering.checks.wishes import fits, week_wishes
from bankhall.analytics.rostering.coder import DATES, Encoder
from bankhall.analytics.rostering.columns import Columns, Option, Template
from bankhall.analytics.rostering.costs import published_spans
from bankhall.analytics.rostering.cover import week_requirement
from bankhall.analytics.rostering.encode_people import history, people, rules
from bankhall.analytics.rostering.grid import DayGrid
from bankhall.analytics.rostering.prices import (
    changed_grains,
    lent_grains,
    minute_grains,
    missing_grains,
    wish_grains,
)
from bankhall.analytics.rostering.shapes import DutyTask
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, outside, union
from bankhall.kernel.bank.roster import Assignment


def encode(situation: Situation, columns: Columns, grids: tuple[DayGrid, ...]) -> Arrays:
    """The arrays; the order of people, dates, templates and options is that of `columns`."""
    coder = Encoder(situation, columns, grids)
    parts: dict[str, object] = {}
    for part in (_templates, _options, _cells, _slots, _tasks, _codes, people, history, rules):
        parts |= part(coder)
    return Arrays(**parts)  # type: ignore[arg-type]


def _templates(coder: Encoder) -> dict[str, object]:
    templates = coder.columns.templates
    code = np.zeros((len(templates) + 1, coder.cells), np.uint8)
    numbers = np.zeros((6, len(templates) + 1), np.int64)
    cells = cache(lambda d, span: coder.grids[d].cell_range(span))
    of_times = cache(partial(_times, coder))
    for index, template in enumerate(templates, start=1):
        for span, value in coded_spans(coder, template):
            first, until = cells(template.day, span)
            code[index, first:until] = value
        # Many templates share their times and differ in posts alone.
        numbers[:, index] = (*of_times(template.day, work_of(template)), 0 if template.verbatim else 1)
    minutes, start, end, noon_works, bits, free = numbers
    return {
        "code": code,
        "work": minutes,
        "start": start,
        "end": end,
        "noon": noon_works.astype(np.uint8),
        "fits": bits * free,
    }


def _times(coder: Encoder, d: int, work: tuple[Span, ...]) -> tuple[int, int, int, bool, int]:
    """Minutes, start, end, whether it works through an open noon, and the duty starts that lie within a span."""
    noon = bool(work) and noon_is_open(coder.situation, coder.situation.days[d]) and not outside(NOON, work)
    ends = (work[0][0], work[-1][1]) if work else (0, 0)
    tasks = enumerate(coder.columns.tasks[d])
    bits = sum(1 << k for k, task in tasks if any(a <= task.start and task.end <= b for a, b in work))
    return sum(b - a for a, b in work), *ends, noon, bits


def work_of(template: Template) -> tuple[Span, ...]:
    """The template's spans of work."""
    if template.verbatim:
        return union((lock.start, lock.end) for lock in template.verbatim if lock.kind != "break")
    return template.shape.work()


def coded_spans(coder: Encoder, template: Template) -> list[tuple[Span, int]]:
    """What stands in which span, as the codes of cells."""
    if template.verbatim:
        return [((lock.start, lock.end), _code_of(coder, lock)) for lock in template.verbatim]
    spans = [(span, 1 + coder.role(post)) for span, post in zip(template.shape.work(), template.posts, strict=True)]
    return [*spans, (template.shape.pause, BREAK)] if template.shape.pause else spans


def _code_of(coder: Encoder, lock: Assignment) -> int:
    if lock.kind == "break":
        return BREAK
    role = coder.role(coder.situation.post_held(lock))
    if lock.kind != "duty":
        return 1 + role
    return (AWAY_DUTY if coder.situation.is_away(lock) else HALL_DUTY) + role


def _options(coder: Encoder) -> dict[str, object]:
    columns, starts = coder.columns, [0]
    rows: list[tuple[int, int, int, int]] = []
    frozen = np.zeros((len(columns.people), DATES), np.uint8)
    published, of_hours = published_spans(coder.situation), _hours_money(coder)
    for p, d in product(range(len(columns.people)), range(DATES)):
        options, locked = columns.options[(p, d)], (p, d) in columns.locks
        if not locked:
            rows.append((0, _off_money(coder, p, d, published), 0, 0))
        of_span = cache(partial(_day_money, coder, p, d, published))
        rows += [
            (o.template + 1, of_span(_span_of(columns.templates[o.template])) + of_hours[o.template], *_weights(o))
            for o in options
        ]
        frozen[p, d] = locked and len(options) == 1
        starts.append(len(rows))
    table = np.array(rows, np.int64).reshape(-1, 4)
    names = ("option_template", "option_money", "option_law", "option_agreement")
    option_at = np.full((len(columns.people), len(columns.templates) + 1), -1, np.int64)
    for key, first in enumerate(starts[:-1]):
        span = slice(first, starts[key + 1])
        option_at[key // DATES, table[span, 0]] = np.arange(first, starts[key + 1])
    return {
        "option_at": option_at,
        "option_from": np.array(starts, np.int64),
        "frozen": frozen,
        **{name: np.ascontiguousarray(table[:, i]) for i, name in enumerate(names)},
    }


def _off_money(coder: Encoder, p: int, d: int, published: dict[tuple[str, date], Span]) -> int:
    day = coder.situation.days[d]
    return changed_grains(coder.situation, day) if (coder.columns.people[p], day) in published else 0


def _day_money(coder: Encoder, p: int, d: int, published: dict[tuple[str, date], Span], span: Span | None) -> int:
    """What a day from and until these hours costs one person, but for the hours themselves."""
    situation, name, day = coder.situation, coder.columns.people[p], coder.situation.days[d]
    money = lent_grains(situation, name, day) if span else 0
    if published and published.get((name, day)) != span:
        money += changed_grains(situation, day)
    for asked in week_wishes(situation):
        if (asked.staff_no, asked.business_date) == (name, day) and not fits(situation, asked, span):
            money += wish_grains(situation, asked.weight, day)
    return money


def _span_of(template: Template) -> Span | None:
    work = work_of(template)
    return (work[0][0], work[-1][1]) if work else None


def _weights(option: Option) -> tuple[int, int]:
    """What its breaches of law and of agreements weigh."""
    law = sum(breach.rule_class == "law_control" for breach in option.breaches)
    return LAW_WEIGHT * law, DUE_WEIGHT * (len(option.breaches) - law)


LAW_WEIGHT = 480
"""What a breach of law by one person-day weighs, in minutes."""
DUE_WEIGHT = 40
"""What a breach of an agreement by one person-day weighs: half of a missing half hour. Only those remain that no shift
of the date avoids (leave or rotation that is due): a reason to prefer somebody else, not to leave customers waiting."""


def _hours_money(coder: Encoder) -> list[int]:
    """By template: its minutes of work at the price of the post."""
    situation = coder.situation
    minute = cache(lambda post, d: minute_grains(situation, post, situation.days[d]))
    return [
        sum((end - start) * minute(post, template.day) for (start, end), post in _held(situation, template))
        for template in coder.columns.templates
    ]


def _held(situation: Situation, template: Template) -> list[tuple[Span, str]]:
    """The spans of work with their posts."""
    if template.verbatim:
        return [((a.start, a.end), situation.post_held(a)) for a in template.verbatim if a.kind != "break"]
    return list(zip(template.shape.work(), template.posts, strict=True))


def _cells(coder: Encoder) -> dict[str, object]:
    minutes, start = np.zeros((DATES, coder.cells), np.int64), np.zeros((DATES, coder.cells), np.int64)
    need = np.zeros((3, DATES, coder.cells), np.int64)
    before, after = np.zeros((DATES, coder.cells), np.uint8), np.zeros((DATES, coder.cells), np.uint8)
    for d, grid in enumerate(coder.grids):
        day, opening = coder.situation.days[d], coder.situation.open_spans(coder.situation.days[d])
        least = [
            coder.situation.value(code, day) or 0 for code in ("two_person_presence", "dual_control", "hall_presence")
        ]
        needs_second, personal = _needs_second(coder, day), coder.situation.open_spans(day, "personal")
        for c, (left, right) in enumerate(zip(grid.edges, grid.edges[1:], strict=False)):
            minutes[d, c], start[d, c] = right - left, left
            is_open = any(a <= left and right <= b for a, b in opening)
            need[0, d, c] = least[0] if is_open else 0
            need[1, d, c] = least[1] if any(a <= left and right <= b for a, b in needs_second) else 0
            need[2, d, c] = least[2] if any(a <= left and right <= b for a, b in personal) else 0
            before[d, c] = bool(opening) and right <= opening[0][0]
            after[d, c] = bool(opening) and left >= opening[-1][1]
    return {"cell_minutes": minutes, "cell_start": start, "need": need, "before": before, "after": after}


def _needs_second(coder: Encoder, day: date) -> tuple[Span, ...]:
    """While some dual-control service of a staffed window is open: the search wants the second person all that time."""
    situation = coder.situation
    windows = [w for post in situation.posts for w in situation.windows_of(post)]
    services = {s.service_code: s for w in windows for s in situation.services_at(w, day, (0, 1440)) if s.dual_control}
    return union([span for s in services.values() for span in situation.open_spans(day, s.segment)])


def _slots(coder: Encoder) -> dict[str, object]:
    most = max(1, *(len(grid.slots) for grid in coder.grids))
    first, until = np.zeros((DATES, most), np.int64), np.zeros((DATES, most), np.int64)
    required = np.zeros((DATES, most, max(1, len(coder.columns.roles))), np.int64)
    missing = np.zeros((DATES, required.shape[2]), np.int64)
    slot_of = np.zeros((DATES, coder.cells), np.int64)
    for d, grid in enumerate(coder.grids):
        for s, (a, b) in enumerate(grid.slots):
            first[d, s], until[d, s], slot_of[d, a:b] = a, b, s
        for r, post in enumerate(coder.columns.roles):
            missing[d, r] = missing_grains(coder.situation, post, coder.situation.days[d])
    days = {day: d for d, day in enumerate(coder.situation.days)}
    for row in week_requirement(coder.situation):
        d = days[row.business_date]
        required[d, coder.grids[d].slot_starts.index(row.slot_start), coder.role(row.post_code)] += row.people
    count = np.array([len(grid.slots) for grid in coder.grids], np.int64)
    return {
        "slot_of": slot_of,
        "slot_from": first,
        "slot_until": until,
        "slot_count": count,
        "required": required,
        "missing": missing,
    }


def _tasks(coder: Encoder) -> dict[str, object]:
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


def _codes(coder: Encoder) -> dict[str, object]:
    counts, at_work = np.zeros((3, 256), np.uint8), np.zeros(256, np.uint8)
    role_of = np.full(256, -1, np.int64)
    for r, code in enumerate(coder.columns.roles):
        post = coder.situation.posts.get(code)
        for base in (1, HALL_DUTY):
            counts[0, base + r] = bool(post and post.counts_for_presence)
            counts[1, base + r] = code == AUTHORISER
            counts[2, base + r] = code == LOBBY
        at_work[[1 + r, HALL_DUTY + r, AWAY_DUTY + r]] = 1
        role_of[1 + r] = r
    return {"counts": counts, "at_work": at_work, "role_of": role_of}
