"""A few dates solved again around what stands: every other date stays word for word, and few shifts change.

The roster that stands counts as published, so that a changed shift has its price. Unlike `solve` it always answers:
what breaks a rule is named by the checks, and what stands is kept where the search finds nothing better.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from bankhall.analytics.chance.streams import stream
from bankhall.analytics.rostering.checks import breaches_of
from bankhall.analytics.rostering.costs import roster_cost
from bankhall.analytics.rostering.cover import whole_slots
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.question import ask
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import outside
from bankhall.analytics.rostering.standing import of_days, same_work, without_windows
from bankhall.analytics.rostering.windows import seat_people
from bankhall.kernel.bank.roster import Assignment

MOVES_A_DATE = 30_000
HOT_FEN = 1_500.0
"""Where the search starts: warm enough to move a shift, too cold to forget the roster."""
CHANGE_FEN = 2_000
"""What taking one person's change back may cost: nobody is moved to save less."""
PASSES, FEW_DATES = 2, 2


def solve_around(
    problem: RosterProblem, standing: Iterable[Assignment], dates: Collection[date], *, seed: int, moves: int
) -> tuple[Assignment, ...]:
    """The week's assignments with these dates solved again; the others are those of `standing`."""
    rows = tuple(standing)
    asked = replace(problem, past=_published(problem, rows), locked=_locked(problem, rows, dates))
    situation = Situation(asked)
    here = {person.staff_no for person in problem.bank.staff}
    old = tuple(row for row in rows if row.business_date in dates and row.staff_no in here)
    plain = without_windows(situation, old)
    found = _searched(asked, plain, seed=seed, moves=moves * len(dates))
    rest = tuple(row for row in rows if row.business_date not in dates)
    best = _reverted(situation, (*rest, *plain), (*rest, *(r for r in found if r.business_date in dates)), dates)
    new = tuple(row for row in best if row.business_date in dates)
    placed = seated(situation, old, plain, new)
    locks = {replace(row, locked=False) for row in old if row.locked}
    done = (replace(row, locked=replace(row, locked=False) in locks) for row in placed)
    solved = (*rest, *done)
    return solved if _worth_it(situation, rows, solved) else rows


def _worth_it(situation: Situation, old: tuple[Assignment, ...], new: tuple[Assignment, ...]) -> bool:
    """Whether fewer rules break, or more is saved than the changes are worth."""
    before, after = _badness(situation, old), _badness(situation, new)
    changed = {_key(row) for row in {*old} ^ {*new}}
    return after[:2] < before[:2] or (after[:2] == before[:2] and after[2] < before[2] - CHANGE_FEN * len(changed))


def _published(problem: RosterProblem, rows: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    monday = problem.week.first_day()
    return (*(row for row in problem.past if row.business_date < monday), *rows)


def _locked(problem: RosterProblem, rows: tuple[Assignment, ...], dates: Collection[date]) -> tuple[Assignment, ...]:
    """Everything on other dates, and on these what a person had locked already."""
    people = {person.staff_no for person in problem.bank.staff}
    kept = (row for row in rows if row.staff_no in people and (row.locked or row.business_date not in dates))
    return tuple(replace(row, locked=True) for row in kept)


def _searched(problem: RosterProblem, rows: tuple[Assignment, ...], *, seed: int, moves: int) -> tuple[Assignment, ...]:
    """What a search that starts from these rows, and not hot, finds; windows are not chosen yet."""
    from bankhall.analytics.rostering.anneal import anneal
    from bankhall.analytics.rostering.decode import prune_duties, stretches_of
    from bankhall.analytics.rostering.encode import encode
    from bankhall.analytics.rostering.standing import state_like

    question = ask(problem)
    arrays = encode(question.situation, question.columns, question.grids)
    rng = stream(seed, "around", problem.branch_code, str(problem.week))
    state = anneal(arrays, state_like(question, arrays, rows), moves=moves, rng=rng, hot_fen=HOT_FEN)
    prune_duties(arrays, state)
    return stretches_of(question.situation, question.columns, state.template, state.tasks)


def _reverted(
    situation: Situation, old: tuple[Assignment, ...], new: tuple[Assignment, ...], dates: Collection[date]
) -> tuple[Assignment, ...]:
    """Every person's date taken back whose change brings nothing."""
    best, worth = new, _badness(situation, new)
    before, after = of_days(old), of_days(new)
    for _ in range(PASSES if len(dates) <= FEW_DATES else 1):
        start = worth
        for key in sorted({*before, *after}, key=str):
            if key[1] not in dates or same_work(before.get(key, ()), of_days(best).get(key, ())):
                continue
            tried = (*(row for row in best if _key(row) != key), *before.get(key, ()))
            found = _badness(situation, tried)
            if found[:2] <= worth[:2] and found[2] <= worth[2] + CHANGE_FEN:
                best, worth = tried, found
        if worth == start:
            break
    return best


def seated(
    situation: Situation, old: tuple[Assignment, ...], plain: tuple[Assignment, ...], new: tuple[Assignment, ...]
) -> tuple[Assignment, ...]:
    """Windows for the new shifts: whoever works as before keeps the window, unless a service would lose its own."""
    before, shown, after = of_days(old), of_days(plain), of_days(new)
    same = {key for key, mine in after.items() if same_work(mine, shown.get(key, ()))}
    kept = {key for key in same if all(_may_sit(situation, row) for row in before[key])}
    fixed = tuple(replace(row, locked=True) for key in kept for row in before[key])
    moved = tuple(row for key, mine in after.items() if key not in kept for row in mine)
    staying = seat_people(situation, (*fixed, *moved))
    fresh = seat_people(situation, new)
    return staying if _services(situation, fresh) <= _services(situation, staying) else fresh


def _may_sit(situation: Situation, row: Assignment) -> bool:
    """Whether a window is open all the while that somebody sits there."""
    window = situation.windows.get(row.code) if row.kind == "window" else None
    spans = situation.window_open(window, row.business_date) if window else ()
    return window is None or not outside((row.start, row.end), spans)


def _services(situation: Situation, rows: Iterable[Assignment]) -> set[tuple[date, int, str]]:
    """Which service is open to customers in which slot."""
    return {
        (row.business_date, slot, code)
        for row in rows
        if row.kind == "window" and row.code in situation.windows
        for slot in whole_slots(situation, (row.start, row.end))
        for code in situation.windows[row.code].services
    }


def _badness(situation: Situation, rows: tuple[Assignment, ...]) -> tuple[int, int, int]:
    """Breaches of law, of agreements, money."""
    classes = [breach.rule_class for breach in breaches_of(situation, rows)]
    return classes.count("law_control"), classes.count("agreement"), roster_cost(situation, rows).cost_fen


def _key(row: Assignment) -> tuple[str, date]:
    return row.staff_no, row.business_date
