"""The search's question as plain arrays. Indexes: p person, d date, t template (0 = no work), c cell, s slot, r post,
k duty task, u duty, n option. Minutes from local midnight, money in grains."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]
I32 = NDArray[np.int32]
U8 = NDArray[np.uint8]

BREAK, HALL_DUTY, AWAY_DUTY = 200, 50, 100
"""Codes of a cell: 0 no work, 1 + r at post r, HALL_DUTY + r, AWAY_DUTY + r, BREAK."""

SPANNING_RULES = (
    "two_person_presence",
    "dual_control",
    "opening_pair",
    "closing_pair",
    "probation_not_alone",
    "duty_people",
    "overtime_day",
    "overtime_month",
    "hours_week_average",
    "no_overtime_protected",
    "rest_days_in_seven",
    "consecutive_days",
    "rest_between_shifts",
    "saturdays_quarter",
    "lunches_quarter",
    "hall_presence",
)
"""The rules that span dates or people: the only ones that the search knows by itself. Order = their index there."""

MONEY, LAW, AGREEMENT = 0, 1, 2
"""Where a breach is counted: channels of the search's objective."""


class Arrays(NamedTuple):
    """Everything that the compiled search reads."""

    code: U8  # [t, c]
    work: I64  # [t] minutes of work
    start: I64  # [t]
    end: I64  # [t]
    noon: U8  # [t] works through the noon hour
    fits: I64  # [t] bits of the tasks that lie in one span of work
    option_from: I64  # [p * 7 + d], one more at the end
    option_template: I64  # [n]
    option_at: I64  # [p, t] the person's option with a template, -1 = none
    option_money: I64  # [n]
    option_law: I64  # [n]
    option_agreement: I64  # [n]
    frozen: U8  # [p, d] locked, nothing to choose
    forced: I64  # [p, d] bits of tasks that are locked
    cell_minutes: I64  # [d, c]
    cell_start: I64  # [d, c]
    need: I64  # [3, d, c] people who count (0), authorisers (1) and lobby managers (2) while open
    before: U8  # [d, c] before opening
    after: U8  # [d, c] after closing
    pair: I64  # [2, d] opening and closing pair, 0 = no rule
    slot_of: I64  # [d, c] the slot that holds a cell
    slot_from: I64  # [d, s] first cell
    slot_until: I64  # [d, s]
    slot_count: I64  # [d]
    required: I64  # [d, s, r]
    missing: I64  # [d, r] grains a slot
    task_from: I64  # [d, k] first cell
    task_until: I64  # [d, k]
    task_duty: I64  # [d, k]
    task_clash: I64  # [d, k] bits of tasks that the same person may not take too
    task_count: I64  # [d]
    duty_people: I64  # [d, u]
    duty_count: I64  # [d]
    duty_code: U8  # [p, d, k, r] code of the cell when a person at post r takes the task; 0 = may not
    duty_money: I64  # [p, d, k, r] what it costs more than post r
    counts: U8  # [3, 256] who counts: for presence, as authoriser, as lobby manager
    at_work: U8  # [256]
    role_of: I64  # [256] post held at a window or in the hall, -1 = none
    probation: U8  # [p, d]
    premium: I64  # [p, d] grains a minute of overtime
    protected: U8  # [p, d] no overtime
    streak: I64  # [p] days of work in a row up to the Sunday before
    last_end: I64  # [p] end of work on the Sunday before, -1 = none
    average_past: I64  # [p] minutes in the weeks before
    average_weeks: I64  # [p] weeks of the average with this one
    month_of: I64  # [d] 0 or 1
    month_balance: I64  # [p, 2]
    month_limit: I64  # [2]
    fair: U8  # [p] counts for the median
    quarter_of: I64  # [d] 0 or 1
    saturdays: I64  # [p] before the week, in its Saturday's quarter
    lunches: I64  # [p, 2] before the week
    fairness_limit: I64  # [2, 2] Saturdays and lunches by quarter, -1 = no rule
    channel: I64  # [rule] LAW, AGREEMENT, or -1 = no rule
    hours_day: int
    hours_week: int
    overtime_day: int
    average_limit: int
    rest_days: int
    consecutive: int
    rest_between: int


class State(NamedTuple):
    """A roster in the search, with every count that its cost is made of."""

    chosen: I64  # [p, d, 4] template, option n (-1 = none), bits of tasks, what their posts cost more
    row: U8  # [p, d, c]
    crowd: I64  # [d, c, 5] people who count, authorisers, lobby managers, people at work, those not on probation
    cover: I64  # [d, s, r]
    taken: I64  # [d, k]
    cost: I64  # [4] money, law, agreement, and the sign of what is being added
    scratch: U8  # [c] work space of one change
    desk: I64  # [3, p] work space of fairness
    undo: I64  # [6, 3] what the last changes replaced; [0, 0] counts them

    @property
    def template(self) -> I64:
        """[p, d] template, 0 = no work."""
        return self.chosen[:, :, 0]

    @property
    def option(self) -> I64:
        """[p, d] option."""
        return self.chosen[:, :, 1]

    @property
    def tasks(self) -> I64:
        """[p, d] bits of duty tasks."""
        return self.chosen[:, :, 2]


def empty_state(arrays: Arrays) -> State:
    """Nobody works."""
    people, dates = arrays.frozen.shape
    cells, slots, roles = arrays.code.shape[1], arrays.slot_from.shape[1], arrays.required.shape[2]
    tasks = arrays.task_from.shape[1]
    return State(
        chosen=np.tile(np.array([0, -1, 0, 0], np.int64), (people, dates, 1)),
        row=np.zeros((people, dates, cells), np.uint8),
        crowd=np.zeros((dates, cells, 5), np.int64),
        cover=np.zeros((dates, slots, roles), np.int64),
        taken=np.zeros((dates, tasks), np.int64),
        cost=np.array([0, 0, 0, 1], np.int64),
        scratch=np.zeros(cells, np.uint8),
        desk=np.zeros((3, people), np.int64),
        undo=np.zeros((6, 3), np.int64),
    )
