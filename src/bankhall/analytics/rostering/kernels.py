"""The compiled cost of a roster: the rules that span dates or people, written a second time for speed.

`place` changes one person-day and keeps every count and the three costs (money, law, agreement) up to date. A test
proves on random rosters that what is counted here agrees with `checks`, and that the kept costs equal those counted
afresh. Amounts of a breach are in minutes (so that the search feels how far it is off); only zero or not matters.
"""

# ruff: noqa: PLR0917 - compiled functions take numbers and packed by position

from bankhall.analytics.chance.compiling import compiled, inlined
from bankhall.analytics.rostering.arrays import I64, U8, State
from bankhall.analytics.rostering.packing import (
    AFTER,
    AGREEMENTS,
    AT_WORK,
    AVERAGE_LIMIT,
    AVERAGE_PAST,
    AVERAGE_WEEKS,
    BALANCE,
    BEFORE,
    CONSECUTIVE,
    DUTIES,
    DUTY,
    END,
    FAIR,
    FAIRNESS_LIMIT,
    FIRST,
    HOURS_DAY,
    HOURS_WEEK,
    LAST_END,
    LAWS,
    LUNCHES,
    MINUTES,
    MISSING,
    MONTH,
    MONTH_LIMIT,
    NEED,
    NOON,
    OVERTIME_DAY,
    PAIR,
    PREMIUM,
    PRICE,
    PROBATION,
    PROTECTED,
    QUARTER,
    REQUIRED,
    REST_BETWEEN,
    REST_DAYS,
    ROLE,
    SATURDAYS,
    SENIOR,
    SLOTS,
    START,
    STREAK,
    TASKS,
    TEMPLATE,
    UNTIL,
    WORK,
    WORKING,
    Packed,
)  # fmt: skip

DAY_MINUTES = 1440
WHOLE_DAY = 480
"""What a breach counted in days weighs, in minutes."""
SEVEN = 7
SIGN = 3
"""Where a cost array says whether it is added to or taken from."""


@inlined
def charge(packed: Packed, cost: I64, rule: int, amount: int) -> None:
    """Adds a breach to the channel of its rule; `cost[3]` is the sign, 1 to add and -1 to take away."""
    if amount > 0 and packed.rule[rule] > 0:
        cost[packed.rule[rule]] += cost[SIGN] * amount


@compiled
def person_cost(packed: Packed, chosen: I64, p: int, cost: I64) -> None:
    """Overtime, rest, runs of days and averages of one person's week."""
    total, minutes, run, free = 0, 0, packed.person[p, STREAK], 0
    last_end = packed.person[p, LAST_END]
    early, late = 0, 0
    for d in range(SEVEN):
        t = chosen[p, d, 0]
        worked = packed.shift[t, WORK]
        minutes += worked
        if worked == 0:
            free += 1
            if d > 0 and run > packed.rule[CONSECUTIVE]:
                charge(packed, cost, 11, (run - packed.rule[CONSECUTIVE]) * WHOLE_DAY)
            run, last_end = 0, -1
            continue
        run += 1
        daily = max(0, worked - packed.rule[HOURS_DAY]) if packed.rule[HOURS_DAY] >= 0 else 0
        before = total
        total += worked - daily
        weekly = max(0, total - max(before, packed.rule[HOURS_WEEK])) if packed.rule[HOURS_WEEK] >= 0 else 0
        if daily <= packed.rule[OVERTIME_DAY] < daily + weekly:
            charge(packed, cost, 6, daily + weekly - packed.rule[OVERTIME_DAY])
        if weekly > 0 and packed.place[p, d, PROTECTED]:
            charge(packed, cost, 9, weekly)
        if packed.date[d, MONTH]:
            late += daily + weekly
        else:
            early += daily + weekly
        cost[0] += cost[SIGN] * (daily + weekly) * packed.place[p, d, PREMIUM]
        if last_end >= 0:
            charge(packed, cost, 12, packed.rule[REST_BETWEEN] - (DAY_MINUTES - last_end + packed.shift[t, START]))
        last_end = packed.shift[t, END]
    if run > packed.rule[CONSECUTIVE] and packed.shift[chosen[p, SEVEN - 1, 0], WORK] > 0:
        charge(packed, cost, 11, (run - packed.rule[CONSECUTIVE]) * WHOLE_DAY)
    charge(packed, cost, 10, (packed.rule[REST_DAYS] - free) * WHOLE_DAY)
    for m in range(2):
        spent = late if m else early
        if spent > 0 and packed.rule[MONTH_LIMIT + m] >= 0:
            charge(packed, cost, 7, packed.person[p, BALANCE + m] + spent - packed.rule[MONTH_LIMIT + m])
    if minutes > 0:
        allowed = packed.rule[AVERAGE_LIMIT] * packed.person[p, AVERAGE_WEEKS]
        charge(packed, cost, 8, packed.person[p, AVERAGE_PAST] + minutes - allowed)


@compiled
def unfair(packed: Packed, desk: I64, limit: int) -> int:
    """Half days above the median plus the limit, over those whom the week gives one more."""
    counts, added, values, size = desk[0], desk[1], desk[2], 0
    for p in range(counts.shape[0]):
        if packed.person[p, FAIR]:
            at = size
            while at > 0 and values[at - 1] > counts[p]:
                values[at] = values[at - 1]
                at -= 1
            values[at] = counts[p]
            size += 1
    if size == 0:
        return 0
    twice = values[(size - 1) // 2] + values[size // 2]
    amount = 0
    for p in range(counts.shape[0]):
        if packed.person[p, FAIR] and added[p] > 0:
            amount += max(0, 2 * counts[p] - twice - 2 * limit)
    return amount


@compiled
def fairness_cost(packed: Packed, chosen: I64, desk: I64, cost: I64) -> None:
    """Saturdays and lunches of everybody against the median."""
    people = chosen.shape[0]
    counts, added = desk[0], desk[1]
    for q in range(2):
        if packed.rule[FAIRNESS_LIMIT + 2 * 0 + q] >= 0 and packed.date[5, QUARTER] == q:
            for p in range(people):
                added[p] = 1 if packed.shift[chosen[p, 5, 0], WORK] > 0 else 0
                counts[p] = packed.person[p, SATURDAYS] + added[p]
            charge(packed, cost, 13, unfair(packed, desk, packed.rule[FAIRNESS_LIMIT + 2 * 0 + q]) * WHOLE_DAY // 2)
        if packed.rule[FAIRNESS_LIMIT + 2 * 1 + q] >= 0:
            for p in range(people):
                added[p] = 0
                for d in range(SEVEN):
                    if packed.date[d, QUARTER] == q:
                        added[p] += packed.shift[chosen[p, d, 0], NOON]
                counts[p] = packed.person[p, LUNCHES + q] + added[p]
            charge(packed, cost, 14, unfair(packed, desk, packed.rule[FAIRNESS_LIMIT + 2 * 1 + q]) * 30)


@inlined
def pair_cost(packed: Packed, state: State, d: int, cost: I64) -> None:
    """Opening pair from the first duty's start, closing pair to the last duty's end."""
    cells = packed.cell.shape[1]
    first, last = cells, 0
    for k in range(packed.date[d, TASKS]):
        if state.taken[d, k] > 0:
            first = min(first, packed.task[d, k, FIRST])
            last = max(last, packed.task[d, k, UNTIL])
    for c in range(first, cells):
        if not packed.cell[d, c, BEFORE]:
            break
        charge(packed, cost, 2, (packed.date[d, PAIR + 0] - state.crowd[d, c, 0]) * packed.cell[d, c, MINUTES])
    for c in range(last - 1, -1, -1):
        if not packed.cell[d, c, AFTER]:
            break
        charge(packed, cost, 3, (packed.date[d, PAIR + 1] - state.crowd[d, c, 0]) * packed.cell[d, c, MINUTES])


@inlined
def duty_cost(packed: Packed, state: State, d: int, cost: I64) -> None:
    """People short at the best start of each duty."""
    for u in range(packed.date[d, DUTIES]):
        best = 0
        for k in range(packed.date[d, TASKS]):
            if packed.task[d, k, DUTY] == u:
                best = max(best, state.taken[d, k])
        charge(packed, cost, 5, (packed.wanted[d, u] - best) * 120)


@inlined
def cell_cost(packed: Packed, state: State, d: int, c: int, cost: I64) -> None:
    """Presence, dual control and probation in one cell."""
    length = packed.cell[d, c, MINUTES]
    charge(packed, cost, 0, (packed.cell[d, c, NEED + 0] - state.crowd[d, c, 0]) * length)
    charge(packed, cost, 1, (packed.cell[d, c, NEED + 1] - state.crowd[d, c, 1]) * length)
    if state.crowd[d, c, WORKING] > 0 and state.crowd[d, c, SENIOR] == 0:
        charge(packed, cost, 4, length)


@inlined
def slot_role(packed: Packed, row: U8, d: int, s: int) -> int:
    """The post held for a whole slot, -1 = none."""
    first = packed.slot[d, s, FIRST]
    code = row[first]
    for c in range(first + 1, packed.slot[d, s, UNTIL]):
        if row[c] != code:
            return -1
    return int(packed.meaning[code, ROLE])


@inlined
def cover_cell(packed: Packed, state: State, d: int, s: int, r: int, step: int) -> int:
    """Adds or takes one person of a slot; the change of its price."""
    need, price = packed.slot[d, s, REQUIRED + r], packed.date[d, MISSING + r]
    before = max(0, need - state.cover[d, s, r])
    state.cover[d, s, r] += step
    return int((max(0, need - state.cover[d, s, r]) - before) * price)


@inlined
def render(packed: Packed, p: int, d: int, t: int, tasks: int, row: U8) -> int:
    """Writes the codes of a person-day with its duties; what the duties' posts cost more."""
    row[:] = packed.code[t]
    money, k = 0, 0
    while tasks:
        if tasks & 1:
            r = packed.meaning[row[packed.task[d, k, FIRST]], ROLE]
            if r >= 0 and packed.taker[p, d, k, r, 0] > 0:
                money += packed.taker[p, d, k, r, 1]
                for c in range(packed.task[d, k, FIRST], packed.task[d, k, UNTIL]):
                    row[c] = packed.taker[p, d, k, r, 0]
        tasks >>= 1
        k += 1
    return int(money)


@inlined
def change_cells(packed: Packed, state: State, p: int, d: int, row: U8) -> None:
    """Swaps a person-day's codes for new ones, cell by cell where they differ."""
    old = state.row[p, d]
    for c in range(row.shape[0]):
        was, now = old[c], row[c]
        if was == now:
            continue
        for g in range(2):
            state.crowd[d, c, g] += int(packed.meaning[now, g]) - int(packed.meaning[was, g])
        step = int(packed.meaning[now, AT_WORK]) - int(packed.meaning[was, AT_WORK])
        state.crowd[d, c, WORKING] += step
        if not packed.place[p, d, PROBATION]:
            state.crowd[d, c, SENIOR] += step


@inlined
def cells_cost(packed: Packed, state: State, p: int, d: int, row: U8) -> None:
    """The costs of the cells that differ from the person's own row."""
    own = state.row[p, d]
    for c in range(row.shape[0]):
        if own[c] != row[c]:
            cell_cost(packed, state, d, c, state.cost)


@compiled
def shared_cost(packed: Packed, state: State, p: int, d: int, fair: bool) -> None:
    """What a change of one person-day can touch beyond its cells: pairs, duties, the person's week, fairness."""
    pair_cost(packed, state, d, state.cost)
    duty_cost(packed, state, d, state.cost)
    person_cost(packed, state.chosen, p, state.cost)
    if fair:
        fairness_cost(packed, state.chosen, state.desk, state.cost)


@inlined
def option_cost(packed: Packed, n: int, cost: I64, sign: int) -> None:
    """What an option costs by itself."""
    if n >= 0:
        cost[0] += sign * packed.option[n, PRICE]
        cost[1] += sign * packed.option[n, LAWS]
        cost[2] += sign * packed.option[n, AGREEMENTS]


@inlined
def change_slots(packed: Packed, state: State, p: int, d: int, row: U8, cost: I64) -> None:
    """Moves the person's cover from the old row to the new one."""
    own = state.row[p, d]
    for s in range(packed.date[d, SLOTS]):
        was, now = slot_role(packed, own, d, s), slot_role(packed, row, d, s)
        if was != now:
            if was >= 0:
                cost[0] += cover_cell(packed, state, d, s, was, -1)
            if now >= 0:
                cost[0] += cover_cell(packed, state, d, s, now, 1)


@compiled
def place(packed: Packed, state: State, p: int, d: int, n: int, tasks: int) -> None:
    """Gives a person-day an option (and duties), keeping `state` and its costs true."""
    row, cost = state.scratch[0], state.cost
    t, before = packed.option[n, TEMPLATE], state.chosen[p, d, 0]
    fair = bool(packed.shift[t, NOON] != packed.shift[before, NOON]) or (d == 5 and (t == 0) != (before == 0))
    cost[0] -= render(packed, p, d, before, state.chosen[p, d, 2], state.scratch[1])
    cost[0] += render(packed, p, d, t, tasks, row)
    option_cost(packed, state.chosen[p, d, 1], cost, -1)
    option_cost(packed, n, cost, 1)
    cost[SIGN] = -1
    shared_cost(packed, state, p, d, fair)
    cells_cost(packed, state, p, d, row)
    change_slots(packed, state, p, d, row, cost)
    change_cells(packed, state, p, d, row)
    cost[SIGN] = 1
    cells_cost(packed, state, p, d, row)
    change_tasks(state, d, state.chosen[p, d, 2], tasks)
    state.row[p, d] = row
    state.chosen[p, d, 0], state.chosen[p, d, 1], state.chosen[p, d, 2] = t, n, tasks
    shared_cost(packed, state, p, d, fair)


@inlined
def change_tasks(state: State, d: int, before: int, now: int) -> None:
    """Counts the people at each duty task."""
    k = 0
    while before or now:
        state.taken[d, k] += (now & 1) - (before & 1)
        before >>= 1
        now >>= 1
        k += 1


@compiled
def recount(packed: Packed, state: State, cost: I64) -> None:
    """The three costs counted afresh from the state's counts: what `place` must have kept."""
    cost[SIGN] = 1
    for d in range(SEVEN):
        pair_cost(packed, state, d, cost)
        duty_cost(packed, state, d, cost)
        for c in range(packed.cell.shape[1]):
            cell_cost(packed, state, d, c, cost)
        for s in range(packed.date[d, SLOTS]):
            for r in range(packed.slot.shape[2] - REQUIRED):
                cost[0] += max(0, packed.slot[d, s, REQUIRED + r] - state.cover[d, s, r]) * packed.date[d, MISSING + r]
        for p in range(state.chosen.shape[0]):
            cost[0] += render(packed, p, d, state.chosen[p, d, 0], state.chosen[p, d, 2], state.scratch[0])
            option_cost(packed, state.chosen[p, d, 1], cost, 1)
    for p in range(state.chosen.shape[0]):
        person_cost(packed, state.chosen, p, cost)
    fairness_cost(packed, state.chosen, state.desk, cost)
