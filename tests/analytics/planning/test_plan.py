import json
from dataclasses import replace

import pytest

from bankhall.analytics.planning.halls import post_of_kind, posts_with_windows
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.plan import plan_branch
from bankhall.analytics.planning.proof import people_at_windows, prove_day
from bankhall.analytics.planning.question import PlanAnswer, PlanQuestion, ProofRow
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.plain import to_plain
from tests.analytics.planning.small_bank import BANK, WEEK, question

TUESDAY = WEEK.days()[1]


@pytest.fixture(scope="module")
def asked() -> PlanQuestion:
    return question()


@pytest.fixture(scope="module")
def answer(asked: PlanQuestion) -> PlanAnswer:
    return plan_branch(asked)


def at_window(staff_no: str, window: str, start: int = 540, end: int = 1020) -> Assignment:
    return Assignment("B", staff_no, TUESDAY, start, end, "window", window, "teller")


def measure_of(rows: list[ProofRow], service: str, measure: str) -> float:
    (value,) = [r.value for r in rows if (r.service_code, r.slot_start, r.measure) == (service, None, measure)]
    assert value is not None
    return value


def test_the_same_question_gives_the_same_bytes(asked: PlanQuestion, answer: PlanAnswer) -> None:
    assert json.dumps(to_plain(plan_branch(asked))) == json.dumps(to_plain(answer))


def test_another_seed_draws_other_customers(asked: PlanQuestion, answer: PlanAnswer) -> None:
    assert plan_branch(replace(asked, seed=8)).proof != answer.proof


def test_a_kind_of_window_belongs_to_the_first_post_that_mans_it() -> None:
    assert {kind: post.post_code for kind, post in post_of_kind(BANK.posts).items()} == {
        "cash": "teller",
        "open_desk": "universal_teller",
    }
    assert [(g.post.post_code, g.services) for g in posts_with_windows(BANK)] == [
        ("teller", ("cash",)),
        ("universal_teller", ("account",)),
    ]


def test_nobody_is_needed_on_days_that_are_closed(answer: PlanAnswer) -> None:
    assert {row.business_date for row in answer.requirement.rows} == set(WEEK.days()[:5])
    assert {row.business_date for row in answer.proof} == set(WEEK.days()[:5])


def test_rules_demand_an_authoriser_and_somebody_in_the_hall_in_every_open_slot(answer: PlanAnswer) -> None:
    for post in ("authoriser", "lobby_manager"):
        rows = [r for r in answer.requirement.rows if r.post_code == post and r.business_date == TUESDAY]
        assert [r.slot_start for r in rows] == list(range(540, 1020, 30))
        assert all((r.people, r.least, r.driven_by) == (1, 1, "presence") for r in rows)


def test_presence_that_the_authoriser_leaves_open_falls_on_the_first_counting_post(answer: PlanAnswer) -> None:
    tellers = [r for r in answer.requirement.rows if r.post_code == "teller"]
    assert {r.least for r in tellers} == {1}
    assert all(r.people >= 1 for r in tellers)


def test_no_more_people_are_asked_for_than_there_are_windows(answer: PlanAnswer) -> None:
    assert max(r.people for r in answer.requirement.rows if r.post_code == "teller") <= 2
    assert max(r.people for r in answer.requirement.rows if r.post_code == "universal_teller") <= 1


def test_the_roster_obeys_law_and_control(answer: PlanAnswer) -> None:
    assert answer.roster.status == "feasible"
    assert [b for b in answer.roster.breaches if b.rule_class == "law_control"] == []


def test_a_requirement_that_is_known_is_not_sought_again(asked: PlanQuestion) -> None:
    known = (Requirement("B", TUESDAY, 540, "teller", 2),)
    assert plan_branch(replace(asked, required=known)).requirement.rows == known


def test_a_second_window_shortens_the_waits_of_the_same_customers(asked: PlanQuestion) -> None:
    hours = hours_on(BANK, "B", TUESDAY)
    one = prove_day(asked, 1, hours, (at_window("T0", "1"), at_window("T1", "3")))
    two = prove_day(asked, 1, hours, (at_window("T0", "1"), at_window("T1", "3"), at_window("T2", "2")))
    assert measure_of(one, "cash", "arrivals") == measure_of(two, "cash", "arrivals")
    assert measure_of(two, "cash", "wait_p90") < measure_of(one, "cash", "wait_p90")
    assert measure_of(two, "cash", "kept_share") > measure_of(one, "cash", "kept_share")
    assert measure_of(two, "account", "wait_p90") == measure_of(one, "account", "wait_p90")


def test_waits_are_those_of_the_people_who_stand_there(asked: PlanQuestion) -> None:
    hours, people = hours_on(BANK, "B", TUESDAY), (at_window("T0", "1"), at_window("T1", "3"))
    slow, usual, quick = (
        measure_of(prove_day(replace(asked, speeds={"T0": speed}), 1, hours, people), "cash", "wait_p90")
        for speed in (0.7, 1.0, 1.4)
    )
    assert quick < usual < slow


def test_how_many_people_are_needed_is_asked_of_the_mean_person(asked: PlanQuestion, answer: PlanAnswer) -> None:
    hasty = plan_branch(replace(asked, speeds=dict.fromkeys(("T0", "T1", "T2", "T3"), 2.0)))
    assert hasty.requirement == answer.requirement
    assert hasty.proof != answer.proof


def test_a_person_without_the_certificate_serves_only_what_needs_none() -> None:
    shared = replace(BANK, windows=(replace(BANK.windows[0], services=("cash", "account")),))
    with_it, without = people_at_windows(question(), shared, TUESDAY, [at_window("T0", "1"), at_window("T3", "1")])
    assert with_it.services == ("cash", "account")
    assert without.services == ("account",)


def test_breaks_duties_and_people_lent_elsewhere_stand_at_no_window_here() -> None:
    away = replace(at_window("T0", "1"), at_branch_code="B99")
    pause = Assignment("B", "T1", TUESDAY, 720, 780, "break")
    assert people_at_windows(question(), BANK, TUESDAY, [away, pause]) == ()


def test_the_whole_week_is_told_in_progress_from_nothing_to_all(asked: PlanQuestion) -> None:
    told: list[float] = []
    plan_branch(asked, lambda share, step: told.append(share))
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
