"""The compiled cost of a roster: the rules that span dates or people, written a second time for speed.

`place` changes one person-day and keeps every count and the three costs (money, law, agreement) up to date. A test
proves on random rosters that what is counted here agrees with `checks`, and that the kept costs equal those counted
afresh. Amounts of a breach are in minutes (so that the search feels how far it is off); only zero or not matters.
"""

# ruff: noqa: PLR0917 - compiled functions take numbers and packed by position

from bankhall.analytics.chance.borrowing import borrowed
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
    SLOT,
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


@inlined
def person_cost(packed: Packed, chosen: I64, p: int, cost: I64) -> None:
    """Overtime, rest, runs of days and averages of one person's week."""
    minutes, free = rest_cost(packed, chosen, p, cost)
    overtime_cost(packed, chosen, p, cost)
    charge(packed, cost, 10, (packed.rule[REST_DAYS] - free) * WHOLE_DAY)
    if minutes > 0:
        allowed = packed.rule[AVERAGE_LIMIT] * packed.person[p, AVERAGE_WEEKS]
        charge(packed, cost, 8, packed.person[p, AVERAGE_PAST] + minutes - allowed)


@inlined
def rest_cost(packed: Packed, chosen: I64, p: int, cost: I64) -> tuple[int, int]:
    """Days in a row and minutes between shifts; tells minutes of work and days without."""
    minutes, free, run, last_end = 0, 0, packed.person[p, STREAK], packed.person[p, LAST_END]
    for d in range(SEVEN):
        t = chosen[p, d, 0]
        if packed.shift[t, WORK] == 0:
            free += 1
            if d > 0:
                charge(packed, cost, 11, (run - packed.rule[CONSECUTIVE]) * WHOLE_DAY)
            run, last_end = 0, -1
            continue
        run += 1
        minutes += packed.shift[t, WORK]
        if last_end >= 0:
            rest = DAY_MINUTES - last_end + packed.shift[t, START]
            charge(packed, cost, 12, 4 * (packed.rule[REST_BETWEEN] - rest))
        last_end = packed.shift[t, END]
    charge(packed, cost, 11, (run - packed.rule[CONSECUTIVE]) * WHOLE_DAY)
    return minutes, free


@inlined
def overtime_cost(packed: Packed, chosen: I64, p: int, cost: I64) -> None:
    """Overtime by day and week with its premium, and what limits it."""
    total, early, late = 0, 0, 0
    for d in range(SEVEN):
        worked = packed.shift[chosen[p, d, 0], WORK]
        daily = max(0, worked - packed.rule[HOURS_DAY]) if packed.rule[HOURS_DAY] >= 0 else 0
        before = total
        total += worked - daily
        weekly = max(0, total - max(before, packed.rule[HOURS_WEEK])) if packed.rule[HOURS_WEEK] >= 0 else 0
        if daily + weekly == 0:
            continue
        if daily <= packed.rule[OVERTIME_DAY]:
            charge(packed, cost, 6, daily + weekly - packed.rule[OVERTIME_DAY])
        if packed.place[p, d, PROTECTED]:
            charge(packed, cost, 9, weekly)
        early += 0 if packed.date[d, MONTH] else daily + weekly
        late += daily + weekly if packed.date[d, MONTH] else 0
        cost[0] += cost[SIGN] * (daily + weekly) * packed.place[p, d, PREMIUM]
    for m in range(2):
        spent = late if m else early
        if spent > 0 and packed.rule[MONTH_LIMIT + m] >= 0:
            charge(packed, cost, 7, packed.person[p, BALANCE + m] + spent - packed.rule[MONTH_LIMIT + m])


@compiled
def unfair(packed: Packed, desk: I64, limit: int) -> int:
    """Half days above the median plus the limit, over those whom the week gives one more."""
    packed, desk = borrowed(packed), borrowed(desk)
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
    packed, chosen, desk, cost = borrowed(packed), borrowed(chosen), borrowed(desk), borrowed(cost)
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
            charge(packed, cost, 14, unfair(packed, desk, packed.rule[FAIRNESS_LIMIT + 2 * 1 + q]) * 60)


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
    charge(packed, cost, 15, (packed.cell[d, c, NEED + 2] - state.crowd[d, c, 2]) * length)
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
    for c in range(row.shape[0]):
        row[c] = packed.code[t, c]
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
def change_cells(packed: Packed, state: State, p: int, d: int, row: U8, first: int, until: int) -> None:
    """Swaps a person-day's codes for new ones, cell by cell where they differ."""
    for c in range(first, until):
        was, now = state.row[p, d, c], row[c]
        if was == now:
            continue
        for g in range(3):
            state.crowd[d, c, g] += packed.meaning[now, g] - packed.meaning[was, g]
        step = packed.meaning[now, AT_WORK] - packed.meaning[was, AT_WORK]
        state.crowd[d, c, WORKING] += step
        if not packed.place[p, d, PROBATION]:
            state.crowd[d, c, SENIOR] += step


@inlined
def cells_cost(packed: Packed, state: State, p: int, d: int, row: U8, first: int, until: int) -> None:
    """The costs of the cells that differ from the person's own row."""
    for c in range(first, until):
        if state.row[p, d, c] != row[c]:
            cell_cost(packed, state, d, c, state.cost)


@inlined
def shared_cost(
    packed: Packed, state: State, p: int, d: int, edges: bool, duties: bool, week: bool, fair: bool
) -> None:
    """What a change of one person-day can touch beyond its cells: pairs, duties, the person's week, fairness."""
    if edges:
        pair_cost(packed, state, d, state.cost)
    if duties:
        duty_cost(packed, state, d, state.cost)
    if week:
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
def change_slots(packed: Packed, state: State, p: int, d: int, row: U8, first: int, until: int, cost: I64) -> None:
    """Moves the person's cover from the old row to the new one."""
    own = state.row[p, d]
    for s in range(packed.cell[d, first, SLOT], packed.cell[d, until - 1, SLOT] + 1):
        was, now = slot_role(packed, own, d, s), slot_role(packed, row, d, s)
        if was != now:
            if was >= 0:
                cost[0] += cover_cell(packed, state, d, s, was, -1)
            if now >= 0:
                cost[0] += cover_cell(packed, state, d, s, now, 1)


@compiled
def place(packed: Packed, state: State, p: int, d: int, n: int, tasks: int) -> None:
    """Gives a person-day an option (and duties), keeping `state` and its costs true."""
    packed, state = borrowed(packed), borrowed(state)
    row, cost, own = state.scratch, state.cost, state.chosen[p, d]
    t, before = packed.option[n, TEMPLATE], own[0]
    money = render(packed, p, d, t, tasks, row)
    cost[0] += money - own[3]
    option_cost(packed, own[1], cost, -1)
    option_cost(packed, n, cost, 1)
    first, until, edges = 0, row.shape[0], tasks != own[2]
    while first < until and row[first] == state.row[p, d, first]:
        first += 1
    while until > first and row[until - 1] == state.row[p, d, until - 1]:
        until -= 1
    for c in range(first, until):
        edges = edges or packed.cell[d, c, BEFORE] > 0 or packed.cell[d, c, AFTER] > 0
    duties = tasks != own[2]
    week = (
        packed.shift[t, WORK] != packed.shift[before, WORK]
        or packed.shift[t, START] != packed.shift[before, START]
        or packed.shift[t, END] != packed.shift[before, END]
    )
    fair = packed.shift[t, NOON] != packed.shift[before, NOON] or (d == 5 and (t == 0) != (before == 0))
    cost[SIGN] = -1
    shared_cost(packed, state, p, d, edges, duties, week, fair)
    cells_cost(packed, state, p, d, row, first, until)
    if first < until:
        change_slots(packed, state, p, d, row, first, until, cost)
    change_cells(packed, state, p, d, row, first, until)
    cost[SIGN] = 1
    cells_cost(packed, state, p, d, row, first, until)
    change_tasks(state, d, own[2], tasks)
    for c in range(first, until):
        state.row[p, d, c] = row[c]
    own[0], own[1], own[2], own[3] = t, n, tasks, money
    shared_cost(packed, state, p, d, edges, duties, week, fair)


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
    packed, state = borrowed(packed), borrowed(state)
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
            cost[0] += render(packed, p, d, state.chosen[p, d, 0], state.chosen[p, d, 2], state.scratch)
            option_cost(packed, state.chosen[p, d, 1], cost, 1)
    for p in range(state.chosen.shape[0]):
        person_cost(packed, state.chosen, p, cost)
    fairness_cost(packed, state.chosen, state.desk, cost)
