"""What the pages are given, in a constant number of queries."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.analytics.rostering.problem import Unmet
from bankhall.apps.access.actions import grant
from bankhall.apps.identity.actions import open_account
from bankhall.apps.rosters import actions, queries
from bankhall.apps.rosters.actions import StretchName
from bankhall.apps.rosters.queries.obstacles import unmet_spans
from bankhall.apps.rosters.queries.pages import NetworkFilters
from bankhall.kernel.errors import NotAllowed, NotFound
from bankhall.kernel.scope import Actor, Role, Scope
from tests.factories.bank import MONDAY, WEEK, agreed, law, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.rosters import (
    MANAGER,
    REGION,
    SUPERVISOR,
    TODAY,
    answer,
    at,
    draft,
    infeasible,
    proposed,
    published,
    work,
)

pytestmark = pytest.mark.django_db
TELLER = Scope(Actor("t101", staff_no="T101"), {"teller": frozenset({"B01"})})


def count(asked: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        asked()
    return len(captured)


def test_a_week_without_a_plan_shows_its_days_and_nothing_else() -> None:
    load_bank(small_bank())
    page = queries.branch_plan(MANAGER, "B01", WEEK, on=TODAY)
    assert (page.ref, page.day, page.obstacles, page.may_plan) == (None, None, (), True)
    assert [tab.open for tab in page.days] == [True] * 5 + [False] * 2


def test_the_page_of_a_draft() -> None:
    load_bank(small_bank())
    ref = draft()
    page = queries.branch_plan(MANAGER, "B01", WEEK, day=MONDAY, on=TODAY)
    assert page.day is not None
    assert (page.ref, page.state, page.may_edit, page.synthetic) == (ref, "draft", True, True)
    assert page.days[0].expected is not None
    assert (page.days[0].expected.middle, page.days[1].expected) == (20.0, None)
    assert [(p.start, p.required, p.planned, p.short) for p in page.day.people] == [(540, 2, 2, 0), (570, 2, 2, 0)]
    assert [row.staff_no for row in page.day.rows] == ["T101", "T102", "T103"]
    assert page.day.rows[0].work_minutes == 480
    wait = page.day.waits[0]
    assert (wait.service_code, wait.promise_minutes, [slot.over_promise for slot in wait.slots]) == (
        "cash",
        15.0,
        [True] * 2,
    )
    assert page.step_next is not None
    assert (page.step_next.step, page.step_next.may) == ("propose", True)


def test_a_special_day_opens_first() -> None:
    load_bank(small_bank())
    draft()
    page = queries.branch_plan(MANAGER, "B01", WEEK, on=TODAY)
    assert page.day is not None
    assert page.day.day.date == date(2026, 12, 1)


def test_whose_turn_it_is_and_why_the_reader_may_not() -> None:
    load_bank(small_bank())
    proposed()
    mine = queries.branch_plan(MANAGER, "B01", WEEK, on=TODAY).step_next
    theirs = queries.branch_plan(SUPERVISOR, "B01", WEEK, on=TODAY).step_next
    assert mine is not None
    assert theirs is not None
    assert (mine.step, mine.may, mine.why_not, mine.roles) == ("confirm", False, "role_may_not", ("supervisor",))
    assert theirs.may


def test_those_whose_turn_it_is_are_named_but_not_who_proposed() -> None:
    load_bank(small_bank())
    proposed()
    held: dict[str, Role] = {"branch_manager": "supervisor", "chen": "supervisor", "li": "regional"}
    for username, role in held.items():
        open_account(username, "correct-horse-9", name_zh=username, by=SYSTEM.actor, scope=SYSTEM)
        grant(username, role, "R01", valid_from=date(2026, 1, 1), by=SYSTEM.actor, scope=SYSTEM)
    step = queries.branch_plan(SUPERVISOR, "B01", WEEK, on=TODAY).step_next
    assert step is not None
    assert [name.zh for name in step.people] == ["chen"]


def test_every_breach_and_shortage_stands_by_name_what_stops_first() -> None:
    load_bank(small_bank())
    draft(answer((work("T101"),)))
    add_rule(law("two_person_presence", 2))
    add_rule(agreed("break_after", 240))
    add_rule(agreed("break_minutes", 30))
    ref = queries.branch_plan(MANAGER, "B01", WEEK, on=TODAY).ref
    assert ref is not None
    actions.lock(ref, StretchName("T101", MONDAY, 540), by=MANAGER.actor, scope=MANAGER)
    page = queries.branch_plan(MANAGER, "B01", WEEK, day=MONDAY, on=TODAY)
    kinds = [one.kind for one in page.obstacles]
    assert (kinds[0], page.obstacles[0].stops, "unmet" in kinds) == ("breach", True, True)
    spans = [one.unmet for one in page.obstacles if one.unmet]
    assert [(span.start, span.end, span.people_short) for span in spans] == [(540, 600, 1)]
    assert page.day is not None
    assert "break_after" in page.day.rows[0].bars[0].rules


def test_neighbouring_half_hours_are_one_span() -> None:
    rows = [Unmet("B01", MONDAY, start, "teller", short) for start, short in ((540, 1), (570, 1), (600, 2), (660, 2))]
    assert [(s.start, s.end, s.people_short) for s in unmet_spans(rows, 30)] == [
        (540, 600, 1),
        (600, 630, 2),
        (660, 690, 2),
    ]


def test_a_year_that_is_not_known_is_said_and_its_days_are_assumed() -> None:
    load_bank(small_bank(calendar=()))
    page = queries.branch_plan(MANAGER, "B01", WEEK, on=TODAY)
    assert (page.unknown_years, len(page.assumed_days)) == ((2026,), 7)


def test_an_infeasible_plan_shows_what_conflicts() -> None:
    load_bank(small_bank())
    draft(infeasible())
    page = queries.branch_plan(MANAGER, "B01", WEEK, on=TODAY)
    assert [line.rule_code for line in page.conflict] == ["two_person_presence"]
    assert page.step_next is not None
    assert page.step_next.why_not == "roster_infeasible"


def test_pages_outside_the_scope_or_the_role_are_not_given() -> None:
    load_bank(small_bank(2))
    with pytest.raises(NotAllowed):
        queries.branch_plan(MANAGER, "B02", WEEK, on=TODAY)
    with pytest.raises(NotAllowed):
        queries.branch_plan(TELLER, "B01", WEEK, on=TODAY)
    with pytest.raises(NotFound):
        queries.branch_plan(MANAGER, "B01", WEEK, version=9, on=TODAY)


def test_the_plan_page_asks_as_often_for_three_people_as_for_one() -> None:
    load_bank(small_bank())
    draft(answer((work("T101"),)))
    one = count(lambda: queries.branch_plan(MANAGER, "B01", WEEK, day=MONDAY, on=TODAY))
    draft(answer(tuple(work(f"T10{n}", kind="post", code="teller") for n in (1, 2, 3))))
    three = count(lambda: queries.branch_plan(MANAGER, "B01", WEEK, day=MONDAY, on=TODAY))
    assert one == three


@pytest.mark.parametrize("branches", [1, 3])
def test_the_network_page_asks_as_often_for_three_branches_as_for_one(branches: int) -> None:
    load_bank(small_bank(branches))
    for n in range(1, branches + 1):
        draft(answer((), branch_code=f"B0{n}"), branch_code=f"B0{n}")
    assert count(lambda: queries.network_page(SYSTEM, WEEK, on=TODAY)) == 8


def test_the_network_page_lists_who_needs_attention_first() -> None:
    load_bank(small_bank(3))
    draft(answer((work("T101"),)))
    draft(infeasible() | {"requirement": []}, branch_code="B03")
    everywhere = at("regional", "B01", "B02", "B03")
    page = queries.network_page(everywhere, WEEK, on=TODAY)
    assert [(line.branch_code, line.status, line.state) for line in page.lines] == [
        ("B03", "infeasible", "draft"), ("B02", "", None), ("B01", "feasible", "draft"),
    ]  # fmt: skip
    assert page.lines[2].unmet_half_hours == 2
    assert (page.totals.branches_short, page.totals.states) == (1, {"infeasible": 1, "none": 1, "draft": 1})


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (NetworkFilters(gap="short"), ["B01"]),
        (NetworkFilters(state="none"), ["B02"]),
        (NetworkFilters(search="b02支"), ["B02"]),
        (NetworkFilters(region_code="R09"), []),
    ],
)
def test_filters_leave_what_they_say(filters: NetworkFilters, found: list[str]) -> None:
    load_bank(small_bank(2))
    draft(answer((work("T101"),)))
    page = queries.network_page(SYSTEM, WEEK, filters=filters, on=TODAY)
    assert [line.branch_code for line in page.lines] == found


def test_the_network_page_says_which_plans_wait_for_the_reader() -> None:
    load_bank(small_bank())
    proposed()
    assert queries.network_page(SUPERVISOR, WEEK, on=TODAY).to_decide == ("B01",)
    assert queries.network_page(REGION, WEEK, on=TODAY).to_decide == ()


def test_each_person_sees_their_own_published_week_only() -> None:
    load_bank(small_bank(2))
    draft()
    assert queries.my_roster(TELLER, WEEK).version is None
    published()
    mine = queries.my_roster(TELLER, WEEK)
    assert (mine.version, mine.work_minutes, mine.days[0].start, mine.days[0].end) == (1, 480, 540, 1020)
    with pytest.raises(NotAllowed):
        queries.my_roster(TELLER, WEEK, staff_no="T102")
    assert queries.my_roster(MANAGER, WEEK, staff_no="T102").work_minutes == 480
    with pytest.raises(NotAllowed):
        queries.my_roster(MANAGER, WEEK, staff_no="T201")


def test_what_is_printed_is_the_published_version_even_when_a_draft_is_newer() -> None:
    load_bank(small_bank())
    published()
    draft(answer((work("T103"),)))
    sheet = queries.print_sheet(MANAGER, "B01", WEEK)
    assert (sheet.ref.version, sheet.state, [step.step for step in sheet.steps_done]) == (
        1, "published", ["propose", "confirm", "publish"],
    )  # fmt: skip
    assert {row["staff_no"] for row in sheet.rows} == {"T101", "T102"}
    assert [len(day.rows) for day in sheet.days] == [3] * 7


def test_the_forecast_page_shows_what_was_issued() -> None:
    load_bank(small_bank())
    draft()
    page = queries.forecast_page(MANAGER, "B01", service_code="cash", day=MONDAY, on=TODAY)
    assert [(d.day.date, d.came, d.replayed) for d in page.days] == [(MONDAY, None, False)]
    assert [(slot.start, slot.expected.middle, slot.came) for slot in page.slots] == [
        (540, 10.0, None),
        (570, 10.0, None),
    ]
