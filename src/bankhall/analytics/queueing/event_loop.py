"""The hall's event loop, compiled: spans begin and end, services end, customers arrive; one day after another.

At one instant, doors and spans come first, then ends of service, then arrivals. Ends of service stand in a binary heap,
each service's line in a linked list of customers. Who lost patience is taken off the line when the line is looked at,
which gives the same day as an event of their own would. `t` are the tables; `now` and places are handed from step to
step, because a number in a register is cheaper than one in a table.
"""

import numpy as np

from bankhall.analytics.chance.borrowing import borrowed
from bankhall.analytics.chance.compiling import compiled, inlined
from bankhall.analytics.queueing.outcomes import ABSENT, BALKED, LEFT, SERVED, TURNED_AWAY
from bankhall.analytics.queueing.tables import AWAY, PRESENT, Floats, Ints, Tables


@inlined
def push(t: Tables, time: float, person: int) -> None:
    """Puts an end of service on the heap."""
    place = t.state[0].ends
    t.state[0].ends = place + 1
    while place > 0:
        parent = (place - 1) >> 1
        if t.ends[parent].time <= time:
            break
        t.ends[place].time, t.ends[place].person = t.ends[parent].time, t.ends[parent].person
        place = parent
    t.ends[place].time, t.ends[place].person = time, person


@inlined
def pop(t: Tables) -> int:
    """Takes the earliest end of service off the heap; its person."""
    first: int = t.ends[0].person
    size = t.state[0].ends - 1
    t.state[0].ends = size
    time, person = t.ends[size].time, t.ends[size].person
    place, child = 0, 1
    while child < size:
        if child + 1 < size and t.ends[child + 1].time < t.ends[child].time:
            child += 1
        if t.ends[child].time >= time:
            break
        t.ends[place].time, t.ends[place].person = t.ends[child].time, t.ends[child].person
        place, child = child, 2 * child + 1
    t.ends[place].time, t.ends[place].person = time, person
    return first


@inlined
def stand_in_line(t: Tables, service: int, customer: int) -> None:
    """Joins the end of a line."""
    t.behind[customer] = -1
    if t.lines[service].head < 0:
        t.lines[service].head = customer
        t.state[0].waiting |= 1 << service
    else:
        t.behind[t.lines[service].tail] = customer
    t.lines[service].tail = customer
    t.lines[service].length += 1


@inlined
def leave_line(t: Tables, service: int) -> int:
    """Takes the first of a line."""
    customer: int = t.lines[service].head
    t.lines[service].head = t.behind[customer]
    t.lines[service].length -= 1
    if t.lines[service].head < 0:
        t.state[0].waiting &= ~(1 << service)
    return customer


@inlined
def drop_the_impatient(t: Tables, service: int, now: float) -> None:
    """Takes those off the front of a line who were seen leaving before now."""
    customer = t.lines[service].head
    while customer >= 0 and t.arrived[customer] + t.patience[customer] <= now:
        leave_line(t, service)
        t.wait[customer], t.outcome[customer] = t.patience[customer], LEFT
        customer = t.lines[service].head


@inlined
def next_line(t: Tables, now: float, mask: int) -> int:
    """The service whose first customer is called next by somebody with these services; -1 = nobody waits."""
    best, best_rank, best_arrived = -1, 0.0, 0.0
    wanted = t.state[0].waiting & mask
    if wanted == 0:
        return best
    for service in range(len(t.lines)):
        if not (wanted >> service) & 1:
            continue
        if t.state[0].seen:
            drop_the_impatient(t, service, now)
            if t.lines[service].head < 0:
                continue
        arrived = t.arrived[t.lines[service].head]
        rank = t.lines[service].priority
        if t.lines[service].ageing > 0:
            rank += np.floor((now - arrived) / t.lines[service].ageing)
        if best < 0 or rank > best_rank or (rank == best_rank and arrived < best_arrived):
            best, best_rank, best_arrived = service, rank, arrived
    return best


@inlined
def call(t: Tables, now: float, customer: int, person: int) -> bool:
    """Calls one customer to a window; False when that took no time because nobody came."""
    wait = now - t.arrived[customer]
    t.wait[customer], t.person[customer] = wait, person
    came = not t.absent[customer] and (wait <= 0 or wait < t.patience[customer])
    t.outcome[customer] = SERVED if came else ABSENT
    minutes = t.state[0].no_show
    if came:
        minutes = t.work[customer] / t.people[person].speed + t.lines[t.service[customer]].turnaround
    if not came and minutes <= 0:
        return False
    t.people[person].busy = True
    t.people[person].worked += minutes
    push(t, now + minutes, person)
    return True


@inlined
def call_next(t: Tables, now: float, person: int) -> bool:
    """The person calls from the lines until somebody is at the window; False when nobody is left to call."""
    while True:
        service = next_line(t, now, t.people[person].mask)
        if service < 0:
            return False
        if call(t, now, leave_line(t, service), person):
            return True


@inlined
def free_person(t: Tables, service: int) -> int:
    """Who takes an arrival at once: of those free for it the one with the fewest services; -1 = nobody."""
    best = -1
    if t.state[0].free == 0:
        return best
    for person in range(len(t.people)):
        able = not t.people[person].busy and (t.people[person].mask >> service) & 1
        if able and (best < 0 or t.people[person].breadth < t.people[best].breadth):
            best = person
    return best


@inlined
def people_in_line(t: Tables, now: float, service: int) -> int:
    """How many an arrival sees in line, counted up to where they balk. Who left unseen still has a ticket there."""
    if not t.state[0].seen:
        length: int = t.lines[service].length
        return length
    count, customer = 0, t.lines[service].head
    while customer >= 0 and count < t.lines[service].balk_at:
        if t.arrived[customer] + t.patience[customer] > now:
            count += 1
        customer = t.behind[customer]
    return count


@inlined
def arrive(t: Tables, now: float, customer: int) -> None:
    """One arrival: called at once, or in line, or gone at the sight of it."""
    service = t.service[customer]
    t.state[0].shut = False
    person = free_person(t, service)
    if person >= 0:
        if call(t, now, customer, person):
            t.state[0].free -= 1
        return
    t.person[customer] = -1
    limit = t.lines[service].balk_at
    if limit > 0 and people_in_line(t, now, service) >= limit:
        t.wait[customer], t.outcome[customer] = 0.0, BALKED
        return
    stand_in_line(t, service, customer)


@inlined
def go_away(t: Tables, now: float, person: int) -> None:
    """The person leaves the window, which counts as presence until now."""
    t.people[person].mask = 0
    t.people[person].staying = False
    t.people[person].there += now - t.people[person].since
    t.people[person].since = -1.0


@inlined
def finish(t: Tables, now: float) -> None:
    """A service ends: the next is called, or the person is free, or goes."""
    person = pop(t)
    t.people[person].busy = False
    if t.people[person].mask == 0:
        go_away(t, now, person)
    elif not call_next(t, now, person):
        if t.people[person].staying:
            go_away(t, now, person)
        else:
            t.state[0].free += 1


@inlined
def come(t: Tables, event: int) -> None:
    """A span begins. Whoever still has the customer of the span before goes on from there."""
    now, person, mask = t.plan[event].time, t.plan[event].person, t.plan[event].mask
    free_before = t.people[person].mask != 0 and not t.people[person].busy
    t.people[person].mask, t.people[person].speed, t.people[person].staying = mask, t.plan[event].speed, False
    t.people[person].breadth = 0
    for bit in range(len(t.lines)):
        t.people[person].breadth += (mask >> bit) & 1
    if t.people[person].since < 0:
        t.people[person].since = now
    if t.people[person].busy:
        return
    if call_next(t, now, person):
        t.state[0].free -= int(free_before)
    elif not free_before:
        t.state[0].free += 1


@inlined
def end_span(t: Tables, now: float, person: int) -> None:
    """A span ends: at once when nobody is at the window; when doors are shut, only once nobody is left in line."""
    if t.people[person].mask == 0:
        return
    if not t.people[person].busy:
        t.state[0].free -= 1
        go_away(t, now, person)
    elif t.state[0].shut:
        t.people[person].staying = True
    else:
        t.people[person].mask = 0


@inlined
def send_away(t: Tables, now: float) -> None:
    """Everybody in line goes unserved; who had lost patience before has left."""
    for service in range(len(t.lines)):
        while t.lines[service].head >= 0:
            customer = leave_line(t, service)
            wait = max(0.0, now - t.arrived[customer])
            left = t.patience[customer] <= wait
            t.wait[customer] = t.patience[customer] if left else wait
            t.outcome[customer] = LEFT if left else TURNED_AWAY


@inlined
def planned_event(t: Tables, event: int) -> None:
    """Doors shut, or a span begins or ends."""
    now = t.plan[event].time
    if t.plan[event].kind == PRESENT:
        come(t, event)
    elif t.plan[event].kind == AWAY:
        end_span(t, now, t.plan[event].person)
    elif t.state[0].serve:
        t.state[0].shut = True
    else:
        send_away(t, now)


@inlined
def empty_hall(t: Tables) -> None:
    """Nobody there, as before the day."""
    t.state[0].ends, t.state[0].waiting, t.state[0].free, t.state[0].shut = 0, 0, 0, False
    for service in range(len(t.lines)):
        t.lines[service].head, t.lines[service].length = -1, 0
    for person in range(len(t.people)):
        t.people[person].mask, t.people[person].busy, t.people[person].staying = 0, False, False
        t.people[person].since, t.people[person].worked, t.people[person].there = -1.0, 0.0, 0.0


@compiled
def run_day(tables: Tables, first: int, last: int) -> None:
    """One day from empty to empty, of the customers from `first` to before `last`."""
    t, customer, event, now = borrowed(tables), first, 0, 0.0
    empty_hall(t)
    while True:
        arrival = t.arrived[customer] if customer < last else np.inf
        done = t.ends[0].time if t.state[0].ends > 0 else np.inf
        planned = t.plan[event].time if event < len(t.plan) else np.inf
        if planned <= arrival and planned <= done:
            if planned == np.inf:
                break
            now = planned
            planned_event(t, event)
            event += 1
        elif done <= arrival:
            now = done
            finish(t, now)
        else:
            now = arrival
            arrive(t, now, customer)
            customer += 1
    send_away(t, now)


@compiled
def run_days(t: Tables, first: Ints, worked: Floats, there: Floats) -> None:
    """All days, each on its own. `worked` and `there` [day, person] are filled with minutes."""
    for day in range(len(first) - 1):
        run_day(t, first[day], first[day + 1])
        for person in range(len(t.people)):
            worked[day, person], there[day, person] = t.people[person].worked, t.people[person].there


@compiled
def count_broken(t: Tables, days: Ints, cell: Ints, limit: Floats, broken: Floats) -> None:
    """Runs the days, whose first and last rows are `days`, and counts in `broken` [cell] the customers of each `cell`
    whose time in line passed their `limit`."""
    wait, cells, limits = borrowed(t.wait), borrowed(cell), borrowed(limit)
    for day in range(len(days)):
        run_day(t, days[day, 0], days[day, 1])
        for row in range(days[day, 0], days[day, 1]):
            if wait[row] > limits[row]:
                broken[cells[row]] += 1.0


@compiled
def promises_hold(  # noqa: PLR0917 - compiled code takes arrays one by one
    t: Tables, days: Ints, cell: Ints, limit: Floats, goals: Floats, allowed: Floats
) -> bool:
    """Runs day after day until a goal has more broken promises than `allowed`; whether that never happens. `goals`
    [cell, goal] is 1 where a goal counts a cell."""
    wait, cells, limits, counted = borrowed(t.wait), borrowed(cell), borrowed(limit), borrowed(goals)
    broken = np.zeros(len(allowed))
    for day in range(len(days)):
        run_day(t, days[day, 0], days[day, 1])
        for row in range(days[day, 0], days[day, 1]):
            if wait[row] > limits[row]:
                for goal in range(len(allowed)):
                    broken[goal] += counted[cells[row], goal]
        for goal in range(len(allowed)):
            if broken[goal] > allowed[goal]:
                return False
    return True
