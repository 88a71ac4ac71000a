"""A week mended after somebody falls ill: cover back, few changes, nothing that has begun touched."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from bankhall.analytics.rostering.disruption import Disruption, disrupted, repair_of
from bankhall.analytics.rostering.problem import RosterAnswer, RosterProblem
from bankhall.analytics.rostering.replan import Replan, replan
from bankhall.analytics.rostering.solve import solve
from bankhall.analytics.rostering.standing import of_days, same_work
from bankhall.kernel.bank.people import Absence
from tests.analytics.rostering.problems import MONDAY, realistic

EARLY = datetime(2026, 3, 3, 7, 30)
"""Tuesday, before anybody has begun."""
NOON = datetime(2026, 3, 3, 12, 0)


@pytest.fixture(scope="module")
def problem() -> RosterProblem:
    return realistic(14, seed=3)


@pytest.fixture(scope="module")
def published(problem: RosterProblem) -> RosterAnswer:
    return solve(problem, seed=1, moves=100_000)


def ill(published: RosterAnswer, now: datetime, *, days: int = 1, whom: int = 0) -> Disruption:
    """Somebody who would work today is away from now on."""
    today = sorted({row.staff_no for row in published.assignments if row.business_date == now.date()})
    ends = datetime(now.year, now.month, now.day) + timedelta(days=days)
    return Disruption(now, (Absence(today[whom], now, ends, "sick", "granted"),))


def mend(problem: RosterProblem, published: RosterAnswer, disruption: Disruption) -> Replan:
    return replan(problem, published.assignments, disruption, seed=1, moves=20_000)


def test_the_missing_do_not_work_and_no_law_is_broken(problem: RosterProblem, published: RosterAnswer) -> None:
    disruption = ill(published, EARLY)
    found = mend(problem, published, disruption)
    gone = disruption.missing[0].staff_no
    assert found.lawful
    assert not any(row.staff_no == gone and row.business_date == EARLY.date() for row in found.assignments)
    assert sum(row.people_short for row in found.unmet) <= sum(row.people_short for row in found.uncovered)


def test_whoever_is_not_named_as_changed_works_as_published(problem: RosterProblem, published: RosterAnswer) -> None:
    disruption = ill(published, EARLY)
    found = mend(problem, published, disruption)
    before, after = of_days(published.assignments), of_days(found.assignments)
    gone = (disruption.missing[0].staff_no, EARLY.date())
    rest = {*before, *after} - {*found.changed, gone}
    for key in rest:
        mine = [replace(row, kind="post", code=row.post_code) for row in before.get(key, ()) if row.kind == "window"]
        now = [replace(row, kind="post", code=row.post_code) for row in after.get(key, ()) if row.kind == "window"]
        assert same_work(mine, now), key


def test_days_gone_by_and_begun_shifts_never_change(problem: RosterProblem, published: RosterAnswer) -> None:
    disruption = ill(published, NOON)
    found = mend(problem, published, disruption)
    gone = disruption.missing[0].staff_no
    begun = {
        (row.staff_no, row.business_date)
        for row in published.assignments
        if row.business_date < NOON.date() or (row.business_date == NOON.date() and row.start <= 720)
    } - {(gone, NOON.date())}
    assert not begun & set(found.changed)
    kept, now = of_days(published.assignments), of_days(found.assignments)
    assert all(kept[key] == now[key] for key in begun if key[1] == MONDAY)
    left = now.get((gone, NOON.date()), ())
    assert all(row.end <= 720 for row in left)


def test_nobody_is_called_in_for_a_time_that_has_passed(problem: RosterProblem, published: RosterAnswer) -> None:
    found = mend(problem, published, ill(published, NOON))
    today = [row for row in found.assignments if (row.staff_no, row.business_date) in set(found.changed)]
    assert all(row.start >= 750 for row in today if row.business_date == NOON.date())


def test_without_anybody_missing_nothing_changes(problem: RosterProblem, published: RosterAnswer) -> None:
    found = mend(problem, published, Disruption(EARLY, ()))
    assert len(found.unmet) <= len(found.uncovered)
    assert not found.changed or sum(r.people_short for r in found.unmet) < sum(r.people_short for r in found.uncovered)


def test_the_same_question_has_the_same_answer(problem: RosterProblem, published: RosterAnswer) -> None:
    disruption = ill(published, EARLY, days=2, whom=1)
    assert mend(problem, published, disruption) == mend(problem, published, disruption)


def test_a_day_with_an_hour_at_another_branch_stays_as_it_is(problem: RosterProblem, published: RosterAnswer) -> None:
    wednesday = EARLY.date() + timedelta(days=1)
    disruption = ill(published, EARLY)
    rows = [row for row in published.assignments if row.staff_no != disruption.missing[0].staff_no]
    first = next(row for row in rows if row.business_date == wednesday and row.end - row.start >= 120)
    lent = replace(first, end=first.start + 60, at_branch_code="B99", locked=True)
    back = replace(first, start=first.start + 79)
    standing = tuple(row for row in published.assignments if row != first)
    columns = disrupted(problem, (*standing, lent, back), disruption).question.columns
    place = columns.people.index(first.staff_no), problem.week.days().index(wednesday)
    (only,) = columns.options[place]
    assert {(row.start, row.at_branch_code) for row in columns.templates[only.template].verbatim} >= {
        (lent.start, "B99"), (back.start, ""),
    }, "an hour elsewhere must not count as cover here"  # fmt: skip
    found = replan(problem, (*standing, lent, back), disruption, seed=1, moves=2_000)
    assert {lent, back} <= set(found.assignments)
    assert (first.staff_no, wednesday) not in set(found.changed)


def test_with_one_date_to_change_all_others_stand_as_they_are(problem: RosterProblem, published: RosterAnswer) -> None:
    week = disrupted(problem, published.assignments, ill(published, EARLY), only={EARLY.date()})
    repair, days = repair_of(week), week.situation.days
    choices = [
        week.question.columns.options[p, d] for p, d in np.ndindex(*repair.option.shape) if days[d] != EARLY.date()
    ]
    assert max(map(len, choices)) == 1
    assert repair.arrays.work[repair.standing().template].sum() == sum(
        row.end - row.start for row in week.plain if row.kind != "break"
    )
    assert max(len(week.question.columns.options[p, 1]) for p in range(repair.option.shape[0])) > 100
