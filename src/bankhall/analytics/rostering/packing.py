"""The arrays of the search bundled into few tables, because a compiled call pays for every array that it is handed.

The constants are the columns of the tables.
"""

from typing import NamedTuple

import numpy as np

from bankhall.analytics.rostering.arrays import I64, U8, Arrays

WORK, START, END, NOON, FITS = range(5)
TEMPLATE, PRICE, LAWS, AGREEMENTS = range(4)
OPTIONS, FROZEN, FORCED, PROBATION, PREMIUM, PROTECTED = 0, 2, 3, 4, 5, 6
MINUTES, NEED, BEFORE, AFTER, SLOT = 0, 1, 4, 5, 6
FIRST, UNTIL, REQUIRED = range(3)
DUTY, CLASH = 2, 3
SLOTS, TASKS, DUTIES, MONTH, QUARTER, PAIR, MISSING = 0, 1, 2, 3, 4, 5, 7
AT_WORK, ROLE = 3, 4
STREAK, LAST_END, AVERAGE_PAST, AVERAGE_WEEKS, BALANCE, FAIR, SATURDAYS, LUNCHES = 0, 1, 2, 3, 4, 6, 7, 8
WORKING, SENIOR = 3, 4
HOURS_DAY, HOURS_WEEK, OVERTIME_DAY, AVERAGE_LIMIT, REST_DAYS, CONSECUTIVE, REST_BETWEEN = range(16, 23)
MONTH_LIMIT, FAIRNESS_LIMIT = 23, 25


class Packed(NamedTuple):
    """`Arrays` as tables; the last axis is one of the groups of constants above."""

    code: U8  # [t, c]
    shift: I64  # [t, WORK..]
    option: I64  # [n, TEMPLATE..]
    option_at: I64  # [p, t]
    place: I64  # [p, d, OPTIONS..] OPTIONS + 1 is the end of the options
    cell: I64  # [d, c, MINUTES..]
    slot: I64  # [d, s, FIRST, UNTIL, REQUIRED + r]
    task: I64  # [d, k, FIRST, UNTIL, DUTY, CLASH]
    wanted: I64  # [d, u]
    date: I64  # [d, SLOTS.., MISSING + r]
    taker: I64  # [p, d, k, r, (code, money)]
    meaning: I64  # [256, (counts, authorises, in the hall, AT_WORK, ROLE)]
    person: I64  # [p, STREAK..]
    rule: I64  # [channel of each rule, then HOURS_DAY..]


def pack(arrays: Arrays) -> Packed:
    """The same numbers, bundled."""
    people, dates = arrays.frozen.shape
    first = arrays.option_from[:-1].reshape(people, dates)
    until = arrays.option_from[1:].reshape(people, dates)
    limits = (
        *arrays.channel, arrays.hours_day, arrays.hours_week, arrays.overtime_day, arrays.average_limit,
        arrays.rest_days, arrays.consecutive, arrays.rest_between, *arrays.month_limit, *arrays.fairness_limit.ravel(),
    )  # fmt: skip
    return Packed(
        code=arrays.code,
        shift=_table(arrays.work, arrays.start, arrays.end, arrays.noon, arrays.fits),
        option=_table(arrays.option_template, arrays.option_money, arrays.option_law, arrays.option_agreement),
        option_at=arrays.option_at,
        place=_table(
            first, until, arrays.frozen, arrays.forced, arrays.probation, arrays.premium, arrays.protected
        ),
        cell=_table(arrays.cell_minutes, *arrays.need, arrays.before, arrays.after, arrays.slot_of),
        slot=np.concatenate([_table(arrays.slot_from, arrays.slot_until), arrays.required], axis=2),
        task=_table(arrays.task_from, arrays.task_until, arrays.task_duty, arrays.task_clash),
        wanted=arrays.duty_people,
        date=np.concatenate(
            [
                _table(
                    arrays.slot_count, arrays.task_count, arrays.duty_count, arrays.month_of, arrays.quarter_of,
                    arrays.pair[0], arrays.pair[1],
                ),
                arrays.missing,
            ],
            axis=1,
        ),
        taker=_table(arrays.duty_code, arrays.duty_money),
        meaning=_table(*arrays.counts, arrays.at_work, arrays.role_of),
        person=np.concatenate(
            [
                _table(arrays.streak, arrays.last_end, arrays.average_past, arrays.average_weeks),
                arrays.month_balance,
                _table(arrays.fair, arrays.saturdays),
                arrays.lunches,
            ],
            axis=1,
        ),
        rule=np.array(limits, np.int64),
    )  # fmt: skip


def _table(*columns: I64 | U8) -> I64:
    return np.ascontiguousarray(np.stack([column.astype(np.int64) for column in columns], axis=-1))
