"""What-if answers: common customers, each kind of question, the roster that it leads to."""

import json
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.plan import plan_branch
from bankhall.analytics.planning.question import Effort, PlanQuestion
from bankhall.analytics.planning.what_if.answer import Difference, WhatIfAnswer
from bankhall.analytics.planning.what_if.ask import what_if
from bankhall.analytics.planning.what_if.changes import (
    Change,
    Demand,
    ForGood,
    Hours,
    Ill,
    Moved,
    Promised,
    Windows,
    plain_changes,
    read_changes,
)
from bankhall.analytics.planning.what_if.demand import scaled
from bankhall.analytics.planning.what_if.for_good import for_good, with_people
from bankhall.analytics.planning.what_if.opening import moved_counts, with_hours
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from tests.analytics.planning.small_bank import BANK, WEEK, question

TUESDAY = WEEK.days()[1]
ALL = (
    Windows(TUESDAY, 600, 720, 1, "teller"),
    Ill(TUESDAY, ("T0",)),
    Hours(TUESDAY, opens=510),
    Promised("cash", wait_minutes=5),
    Moved("cash", 0.3),
    Demand(20),
    ForGood("teller"),
)


@cache
def plan() -> tuple[PlanQuestion, tuple[Assignment, ...]]:
    asked = question(effort=Effort(requirement_days=30, proof_days=60, moves=60_000))
    answer = plan_branch(asked)
    return replace(asked, required=answer.requirement.rows), answer.roster.assignments


@cache
def told(*changes: Change) -> WhatIfAnswer:
    return what_if(*plan(), changes)


def of(answer: WhatIfAnswer, measure: str, service: str = "") -> Difference:
    (found,) = [d for d in answer.differences if (d.measure, d.service_code) == (measure, service)]
    return found


def change_of(answer: WhatIfAnswer, measure: str, service: str = "") -> float:
    change = of(answer, measure, service).change
    assert change is not None
    return change


def test_the_same_question_gives_the_same_bytes() -> None:
    again = what_if(*plan(), [Demand(20, day=TUESDAY)])
    assert json.dumps(to_plain(again)) == json.dumps(to_plain(told(Demand(20, day=TUESDAY))))


def test_questions_cross_a_process_border_unchanged() -> None:
    for change in ALL:
        assert read_changes(json.loads(json.dumps(plain_changes([change])))) == (change,)


@pytest.mark.parametrize(
    "plain",
    [
        [],
        [{"kind": "weather"}],
        [{"kind": "windows", "day": "2026-12-01"}],
        [{"kind": "demand", "per_cent": 0}],
        [{"kind": "windows", "day": "2026-12-01", "start": -60, "end": 600, "count": 1, "post_code": "teller"}],
        [{"kind": "windows", "day": "2026-12-01", "start": 600, "end": 1500, "count": 1, "post_code": "teller"}],
        [{"kind": "hours", "closes": 1500}],
        [{"kind": "hours", "lunch_from": 720}],
        [{"kind": "hours", "opens": 900, "closes": 600}],
        [{"kind": "promise", "service_code": "cash", "share": 1.5}],
        [{"kind": "demand", "per_cent": 20}, {"kind": "for_good", "post_code": "teller"}],
    ],
)
def test_a_question_that_asks_for_nothing_is_refused(plain: list[dict[str, object]]) -> None:
    with pytest.raises(BadInput):
        read_changes(plain)


def test_more_customers_wait_longer_and_the_roster_stays() -> None:
    answer = told(Demand(40, day=TUESDAY))
    assert change_of(answer, "wait_p90") > 0
    assert answer.roster.same
    assert answer.then.unmet_half_hours >= answer.now.unmet_half_hours


def test_the_interval_holds_the_change_and_knows_its_sign() -> None:
    found = of(told(Demand(40, day=TUESDAY)), "wait_p90")
    assert found.low is not None and found.high is not None and found.change is not None  # noqa: PT018
    assert 0 < found.low <= found.change <= found.high


def test_no_change_at_a_service_that_is_not_asked_about() -> None:
    answer = told(Moved("account", 0.5, day=TUESDAY))
    assert change_of(answer, "wait_p90", "cash") == pytest.approx(0.0, abs=1.0)
    assert change_of(answer, "wait_p90", "account") < 0


def test_a_closed_window_lengthens_waits_and_names_what_is_short() -> None:
    answer = told(Windows(TUESDAY, 600, 720, -1, "teller"))
    assert change_of(answer, "wait_p90", "cash") > 0
    assert answer.then.work_minutes == answer.now.work_minutes - 120
    assert [note.code for note in answer.notes] == ["windows_shut"]


def test_one_window_more_is_manned_by_own_people_or_said_to_be_missing() -> None:
    asked, _ = plan()
    thin = replace(asked, bank=replace(asked.bank, staff=tuple(p for p in BANK.staff if p.staff_no != "T3")))
    alone = tuple(a for a in plan()[1] if a.post_code != "teller" or (a.staff_no, a.code) == ("T0", "1"))
    answer = what_if(thin, alone, [Windows(TUESDAY, 600, 720, 1, "teller")])
    assert answer.extra_minutes or not answer.roster.same


def test_whoever_is_ill_stands_nowhere_that_day_and_everywhere_else_as_before() -> None:
    answer = told(Ill(TUESDAY, ("T0",)))
    there = {(a.staff_no, a.business_date) for a in answer.assignments}
    assert ("T0", TUESDAY) not in there
    others = [replace(a, locked=False) for a in plan()[1] if a.business_date != TUESDAY]
    assert others == [replace(a, locked=False) for a in answer.assignments if a.business_date != TUESDAY]
    assert answer.unmoved


def test_ill_people_of_a_post_are_those_who_stand_longest() -> None:
    answer = told(Ill(TUESDAY, post_code="teller", people=1))
    (note,) = answer.notes
    named = str(note.facts["staff_nos"])
    worked = {
        name: sum(
            a.end - a.start for a in plan()[1] if (a.staff_no, a.business_date, a.kind) == (name, TUESDAY, "window")
        )
        for name in {a.staff_no for a in plan()[1] if a.post_code == "teller"}
    }
    assert worked[named] == max(worked.values())


def test_hours_move_customers_and_lose_none() -> None:
    bank = with_hours(BANK, "B", TUESDAY, Hours(TUESDAY, opens=510, lunch_from=720, lunch_until=780))
    now, then = hours_on(BANK, "B", TUESDAY), hours_on(bank, "B", TUESDAY)
    assert then.spans == ((510, 720), (780, 1020))
    counts = np.random.default_rng(1).poisson(4.0, (50, 2, len(now.starts)))
    moved = moved_counts(counts, now, then, np.random.default_rng(2))
    assert moved.shape == (50, 2, len(then.starts))
    assert (moved.sum(axis=2) == counts.sum(axis=2)).all()
    lunch = [n for n, start in enumerate(then.starts) if 720 <= start < 780]
    assert moved[:, :, lunch].sum() == 0
    assert moved[:, :, 0].sum() > 0


def test_other_hours_find_another_roster_that_keeps_the_rules() -> None:
    answer = told(Hours(TUESDAY, opens=510))
    early = [a for a in answer.assignments if a.business_date == TUESDAY and a.start <= 510 < a.end]
    assert early
    assert answer.then.law_breaches == 0
    assert change_of(answer, "kept_share") < 0.5


def test_a_tighter_promise_is_kept_less_or_needs_more() -> None:
    answer = told(Promised("cash", wait_minutes=2, day=TUESDAY))
    tighter = change_of(answer, "kept_share", "cash") < 0
    assert tighter or answer.then.work_minutes > answer.now.work_minutes


def test_a_closed_day_cannot_be_asked_about() -> None:
    with pytest.raises(BadInput):
        told(Demand(20, day=WEEK.days()[6]))


def test_thinned_customers_are_some_of_the_same() -> None:
    counts = np.random.default_rng(1).poisson(4.0, (200, 3))
    fewer = scaled(counts, 0.7, np.random.default_rng(2))
    more = scaled(counts, 1.2, np.random.default_rng(2))
    assert (fewer <= counts).all()
    assert (more >= counts).all()
    assert fewer.sum() / counts.sum() == pytest.approx(0.7, abs=0.05)
    assert more.sum() / counts.sum() == pytest.approx(1.2, abs=0.05)


def test_a_new_person_holds_what_the_windows_of_the_post_ask_for() -> None:
    bank = with_people(BANK, "B", ForGood("teller"))
    (new,) = [p for p in bank.staff if p not in BANK.staff]
    assert new.posts == ("teller",)
    assert [c.certificate_code for c in bank.certificates if c.staff_no == new.staff_no] == ["counterfeit"]
    assert len(with_people(BANK, "B", ForGood("teller", people=-1)).staff) == len(BANK.staff) - 1


def test_for_good_says_a_mean_with_its_range_over_weeks() -> None:
    asked = question(effort=Effort(requirement_days=20, proof_days=20, moves=20_000))
    seen: list[float] = []
    answer = for_good([asked, replace(asked, seed=8)], ForGood("teller"), lambda share, _: seen.append(share))
    by_name = {figure.measure: figure for figure in answer.figures}
    assert {"wait_p90", "kept_share", "unmet_half_hours", "cost_fen"} <= set(by_name)
    assert by_name["unmet_half_hours"].change <= 0
    assert all(f.low <= f.high for f in answer.figures)
    assert seen[-1] == 1.0
    assert answer.weeks == (date(2026, 11, 30),) * 2
