"""The shifts of a week as arrays: what each template holds in which cell, and who may work it at what price."""

from datetime import date
from functools import cache, partial
from itertools import product

import numpy as np

from bankhall.analytics.rostering.arrays import (
    AWAY_DUTY,
    BREAK,
    HALL_DUTY,
)
from bankhall.analytics.rostering.checks.fairness import (
    NOON,
    noon_is_open,
)
from bankhall.analytics.rostering.checks.wishes import fits, week_wishes
from bankhall.analytics.rostering.coder import DATES, Encoder
from bankhall.analytics.rostering.columns import Option, Template
from bankhall.analytics.rostering.costs import published_spans
from bankhall.analytics.rostering.prices import (
    changed_grains,
    lent_grains,
    minute_grains,
    wish_grains,
)
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, outside, union
from bankhall.kernel.bank.roster import Assignment


def templates(coder: Encoder) -> dict[str, object]:
    known = coder.columns.templates
    code = np.zeros((len(known) + 1, coder.cells), np.uint8)
    numbers = np.zeros((6, len(known) + 1), np.int64)
    cells = cache(lambda d, span: coder.grids[d].cell_range(span))
    of_times = cache(partial(_times, coder))
    for index, template in enumerate(known, start=1):
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


def options(coder: Encoder) -> dict[str, object]:
    columns, starts = coder.columns, [0]
    rows: list[tuple[int, int, int, int]] = []
    frozen = np.zeros((len(columns.people), DATES), np.uint8)
    published, of_hours = published_spans(coder.situation), _hours_money(coder)
    for p, d in product(range(len(columns.people)), range(DATES)):
        mine, locked = columns.options[(p, d)], (p, d) in columns.locks
        if not locked:
            rows.append((0, _off_money(coder, p, d, published), 0, 0))
        of_span = cache(partial(_day_money, coder, p, d, published))
        rows += [
            (o.template + 1, of_span(_span_of(columns.templates[o.template])) + of_hours[o.template], *_weights(o))
            for o in mine
        ]
        frozen[p, d] = locked and len(mine) == 1
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
