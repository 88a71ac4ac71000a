"""The hall's event loop, compiled: spans begin and end, services end, customers arrive; one day after another.

At one instant, doors and spans come first, then ends of service, then arrivals. Ends of service stand in a binary heap,
each service's line in a linked list of customers. Who lost patience is taken off the line when the line is looked at,
which gives the same day as an event of their own would.
"""
# ruff: noqa: PLR0917 - a compiled step takes the tables one by one: a bundle of arrays costs more than the step

import numpy as np

from bankhall.analytics.chance.borrowing import borrowed
from bankhall.analytics.chance.compiling import compiled, inlined
from bankhall.analytics.queueing.outcomes import ABSENT, BALKED, LEFT, SERVED, TURNED_AWAY
from bankhall.analytics.queueing.tables import AWAY, PRESENT, Table


@inlined
def push(people: Table, state: Table, time: float, person: int) -> None:
    """Puts an end of service on the heap."""
    place = state[0].ends
    state[0].ends = place + 1
    while place > 0:
        parent = (place - 1) >> 1
        if people[parent].end <= time:
            break
        people[place].end, people[place].who = people[parent].end, people[parent].who
        place = parent
    people[place].end, people[place].who = time, person


@inlined
def pop(people: Table, state: Table) -> int:
    """Takes the earliest end of service off the heap; its person."""
    first: int = people[0].who
    size = state[0].ends - 1
    state[0].ends = size
    time, person = people[size].end, people[size].who
    place, child = 0, 1
    while child < size:
        if child + 1 < size and people[child + 1].end < people[child].end:
            child += 1
        if people[child].end >= time:
            break
        people[place].end, people[place].who = people[child].end, people[child].who
        place, child = child, 2 * child + 1
    people[place].end, people[place].who = time, person
    return first


@inlined
def stand_in_line(customers: Table, lines: Table, service: int, customer: int) -> None:
    """Joins the end of a line."""
    customers[customer].behind = -1
    if lines[service].head < 0:
        lines[service].head = customer
    else:
        customers[lines[service].tail].behind = customer
    lines[service].tail = customer
    lines[service].length += 1


@inlined
def leave_line(customers: Table, lines: Table, service: int) -> int:
    """Takes the first of a line."""
    customer: int = lines[service].head
    lines[service].head = customers[customer].behind
    lines[service].length -= 1
    return customer


@inlined
def drop_the_impatient(customers: Table, lines: Table, service: int, now: float) -> None:
    """Takes those off the front of a line who were seen leaving before now."""
    customer = lines[service].head
    while customer >= 0 and customers[customer].arrived + customers[customer].patience <= now:
        leave_line(customers, lines, service)
        customers[customer].wait, customers[customer].outcome = customers[customer].patience, LEFT
        customer = lines[service].head


@inlined
def next_line(customers: Table, lines: Table, state: Table, mask: int) -> int:
    """The service whose first customer is called next by somebody with these services; -1 = nobody waits."""
    now, seen = state[0].now, state[0].seen
    best, best_rank, best_arrived = -1, 0.0, 0.0
    for service in range(len(lines)):
        if lines[service].head < 0 or not (mask >> service) & 1:
            continue
        if seen:
            drop_the_impatient(customers, lines, service, now)
            if lines[service].head < 0:
                continue
        arrived = customers[lines[service].head].arrived
        rank = lines[service].priority
        if lines[service].ageing > 0:
            rank += np.floor((now - arrived) / lines[service].ageing)
        if best < 0 or rank > best_rank or (rank == best_rank and arrived < best_arrived):
            best, best_rank, best_arrived = service, rank, arrived
    return best


@inlined
def call(customers: Table, lines: Table, people: Table, state: Table, customer: int, person: int) -> bool:
    """Calls one customer to a window; False when that took no time because nobody came."""
    wait = state[0].now - customers[customer].arrived
    customers[customer].wait, customers[customer].person = wait, person
    came = not customers[customer].absent and (wait <= 0 or wait < customers[customer].patience)
    customers[customer].outcome = SERVED if came else ABSENT
    minutes = state[0].no_show
    if came:
        turnaround = lines[customers[customer].service].turnaround
        minutes = customers[customer].work / people[person].speed + turnaround
    if not came and minutes <= 0:
        return False
    people[person].busy = True
    people[person].worked += minutes
    push(people, state, state[0].now + minutes, person)
    return True


@inlined
def call_next(customers: Table, lines: Table, people: Table, state: Table, person: int) -> bool:
    """The person calls from the lines until somebody is at the window; False when nobody is left to call."""
    while True:
        service = next_line(customers, lines, state, people[person].mask)
        if service < 0:
            return False
        customer = leave_line(customers, lines, service)
        if call(customers, lines, people, state, customer, person):
            return True


@inlined
def free_person(people: Table, state: Table, service: int) -> int:
    """Who takes an arrival at once: of those free for it the one with the fewest services; -1 = nobody."""
    best = -1
    if state[0].free == 0:
        return best
    for person in range(len(people) - 1):
        able = not people[person].busy and (people[person].mask >> service) & 1
        if able and (best < 0 or people[person].breadth < people[best].breadth):
            best = person
    return best


@inlined
def people_in_line(customers: Table, lines: Table, state: Table, service: int) -> int:
    """How many an arrival sees in line, counted up to where they balk. Who left unseen still has a ticket there."""
    if not state[0].seen:
        length: int = lines[service].length
        return length
    count, customer = 0, lines[service].head
    while customer >= 0 and count < lines[service].balk_at:
        if customers[customer].arrived + customers[customer].patience > state[0].now:
            count += 1
        customer = customers[customer].behind
    return count


@inlined
def arrive(customers: Table, lines: Table, people: Table, state: Table, customer: int) -> None:
    """One arrival: called at once, or in line, or gone at the sight of it."""
    service = customers[customer].service
    state[0].shut = False
    person = free_person(people, state, service)
    if person >= 0:
        if call(customers, lines, people, state, customer, person):
            state[0].free -= 1
        return
    limit = lines[service].balk_at
    if limit > 0 and people_in_line(customers, lines, state, service) >= limit:
        customers[customer].wait, customers[customer].outcome = 0.0, BALKED
        return
    stand_in_line(customers, lines, service, customer)


@inlined
def go_away(people: Table, state: Table, person: int) -> None:
    """The person leaves the window, which counts as presence until now."""
    people[person].mask = 0
    people[person].staying = False
    people[person].there += state[0].now - people[person].since
    people[person].since = -1.0


@inlined
def finish(customers: Table, lines: Table, people: Table, state: Table, person: int) -> None:
    """A service ends: the next is called, or the person is free, or goes."""
    people[person].busy = False
    if people[person].mask == 0:
        go_away(people, state, person)
    elif not call_next(customers, lines, people, state, person):
        if people[person].staying:
            go_away(people, state, person)
        else:
            state[0].free += 1


@inlined
def come(customers: Table, lines: Table, people: Table, state: Table, event: Table) -> None:
    """A span begins. Whoever still has the customer of the span before goes on from there."""
    person = event[0].person
    free_before = people[person].mask != 0 and not people[person].busy
    people[person].mask, people[person].speed, people[person].staying = event[0].mask, event[0].speed, False
    people[person].breadth = 0
    for bit in range(len(lines)):
        people[person].breadth += (event[0].mask >> bit) & 1
    if people[person].since < 0:
        people[person].since = state[0].now
    if people[person].busy:
        return
    if call_next(customers, lines, people, state, person):
        state[0].free -= int(free_before)
    elif not free_before:
        state[0].free += 1


@inlined
def end_span(people: Table, state: Table, person: int) -> None:
    """A span ends: at once when nobody is at the window; when doors are shut, only once nobody is left in line."""
    if people[person].mask == 0:
        return
    if not people[person].busy:
        state[0].free -= 1
        go_away(people, state, person)
    elif state[0].shut:
        people[person].staying = True
    else:
        people[person].mask = 0


@inlined
def send_away(customers: Table, lines: Table, now: float) -> None:
    """Everybody in line goes unserved; who had lost patience before has left."""
    for service in range(len(lines)):
        while lines[service].head >= 0:
            customer = leave_line(customers, lines, service)
            wait = max(0.0, now - customers[customer].arrived)
            left = customers[customer].patience <= wait
            customers[customer].wait = customers[customer].patience if left else wait
            customers[customer].outcome = LEFT if left else TURNED_AWAY


@inlined
def planned_event(customers: Table, lines: Table, people: Table, state: Table, event: Table) -> None:
    """Doors shut, or a span begins or ends."""
    if event[0].kind == PRESENT:
        come(customers, lines, people, state, event)
    elif event[0].kind == AWAY:
        end_span(people, state, event[0].person)
    elif state[0].serve:
        state[0].shut = True
    else:
        send_away(customers, lines, state[0].now)


@compiled
def run_day(customers: Table, lines: Table, people: Table, state: Table, plan: Table) -> None:
    """One day from empty to empty. `customers` are that day's; `people` has one row more than there are people."""
    customer, k = 0, 0
    while True:
        arrival = customers[customer].arrived if customer < len(customers) else np.inf
        done = people[0].end if state[0].ends > 0 else np.inf
        planned = plan[k].time if k < len(plan) else np.inf
        now = min(arrival, done, planned)
        if now == np.inf:
            break
        state[0].now = now
        if planned <= now:
            planned_event(customers, lines, people, state, plan[k : k + 1])
            k += 1
        elif done <= now:
            finish(customers, lines, people, state, pop(people, state))
        else:
            arrive(customers, lines, people, state, customer)
            customer += 1
    send_away(customers, lines, state[0].now)


@inlined
def empty_hall(lines: Table, people: Table, state: Table) -> None:
    """Nobody there, as before the day."""
    state[0].ends, state[0].free, state[0].shut = 0, 0, False
    for service in range(len(lines)):
        lines[service].head, lines[service].length = -1, 0
    for person in range(len(people)):
        people[person].mask, people[person].busy, people[person].staying = 0, False, False
        people[person].since, people[person].worked, people[person].there = -1.0, 0.0, 0.0


@compiled
def run_days(
    customers: Table,
    first: Table,
    lines: Table,
    people: Table,
    state: Table,
    plan: Table,
    worked: Table,
    there: Table,
) -> None:
    """All days, each on its own. `worked` and `there` [day, person] are filled with minutes."""
    customers, lines, people = borrowed(customers), borrowed(lines), borrowed(people)
    state, plan = borrowed(state), borrowed(plan)
    for day in range(len(first) - 1):
        empty_hall(lines, people, state)
        run_day(customers[first[day] : first[day + 1]], lines, people, state, plan)
        for person in range(len(people) - 1):
            worked[day, person], there[day, person] = people[person].worked, people[person].there
