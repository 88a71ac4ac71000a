"""Journeys in a real browser: a plan from the keyboard to the wall, and one's own roster on a phone."""

import re

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.visits import Visit, serious
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import load_bank
from tests.factories.rosters import answer, draft, published
from tests.web.people import open_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN = f"/plan/B01/{WEEK}/?day={MONDAY.isoformat()}"
DAY = MONDAY.isoformat()


@pytest.fixture(autouse=True)
def _people(_site: None) -> None:
    load_bank(small_bank())
    open_account("branch_manager", node_code="B01")
    open_account("supervisor", node_code="B01")
    open_account("teller", node_code="B01", staff_no="T101")


def test_a_plan_is_edited_by_keyboard_signed_by_two_and_printed(visit: Visit) -> None:
    draft(answer(people=3))
    boss = visit.signed_in("branch_manager")
    boss.goto(visit.url + PLAN)
    first = boss.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"]')
    first.focus()
    boss.keyboard.press("ArrowRight")
    moved = boss.locator(f'.only-wide .bar[data-key="T101~{DAY}~570"]')
    expect(moved).to_be_focused()
    boss.keyboard.press("Shift+ArrowLeft")
    expect(boss.locator(f'.only-wide .bar[data-key="T101~{DAY}~570"][data-end="1020"]')).to_be_focused()
    boss.keyboard.press("l")
    expect(boss.locator(f'.only-wide .bar[data-key="T101~{DAY}~570"][data-locked="1"]')).to_be_focused()
    boss.keyboard.press("ArrowDown")
    expect(boss.locator(f'.only-wide .bar[data-key="T102~{DAY}~540"]')).to_be_focused()
    boss.keyboard.press("Enter")
    expect(boss.locator("#dialog")).to_be_visible()
    expect(boss.locator("#dialog")).to_contain_text("Why?")
    boss.keyboard.press("Escape")
    expect(boss.locator("#dialog")).to_be_hidden()
    boss.keyboard.press("u")
    expect(boss.locator(f'.only-wide .bar[data-key="T101~{DAY}~570"][data-locked=""]')).to_be_visible()
    boss.get_by_role("button", name="Propose", exact=True).first.click()
    boss.locator("#confirm-propose .btn.main").click()
    expect(boss.locator(".chip.box")).to_contain_text("proposed")
    expect(boss.get_by_role("button", name="supervisor confirms")).to_be_disabled()
    supervisor = visit.signed_in("supervisor")
    supervisor.goto(visit.url + PLAN)
    supervisor.get_by_role("button", name="Confirm", exact=True).click()
    supervisor.locator("#confirm-confirm .btn.main").click()
    expect(supervisor.locator(".chip.box")).to_contain_text("confirmed")
    boss.goto(visit.url + PLAN)
    boss.get_by_role("button", name="Publish", exact=True).click()
    boss.locator("#confirm-publish .btn.main").click()
    expect(boss.locator(".chip.box")).to_contain_text("published")
    boss.get_by_role("link", name="Print").click()
    expect(boss.locator(".paper")).to_have_count(1)
    assert boss.pdf(prefer_css_page_size=True)[:4] == b"%PDF"


def test_keys_pressed_while_a_change_is_on_its_way_act_on_what_then_stands(visit: Visit) -> None:
    draft(answer(people=3))
    page = visit.signed_in("branch_manager")
    page.goto(visit.url + PLAN)
    page.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"]').focus()
    for key in ("ArrowRight", "Shift+ArrowLeft", "l", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator(f'.only-wide .bar[data-key="T102~{DAY}~540"]')).to_be_focused()
    done = page.locator(f'.only-wide .bar[data-key="T101~{DAY}~570"][data-end="1020"][data-locked="1"]')
    expect(done).to_be_visible()


def test_what_ticks_beside_the_plan_leaves_the_hand_where_it_is(visit: Visit) -> None:
    draft(answer(people=3))
    page = visit.signed_in("branch_manager")
    page.goto(visit.url + PLAN)
    page.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"]').focus()
    page.keyboard.press("l")
    expect(page.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"][data-locked="1"]')).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('htmx:after:swap', "
        "{detail: {ctx: {target: document.getElementById('proof') ?? document.body}}}))"
    )
    page.wait_for_timeout(50)
    expect(page.locator(f'.only-wide .bar[data-key="T102~{DAY}~540"]')).to_be_focused()


def test_a_bar_is_dragged_in_time_and_to_another_person(visit: Visit) -> None:
    draft(answer(people=3))
    page = visit.signed_in("branch_manager")
    page.goto(visit.url + PLAN)
    box = page.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"]').bounding_box()
    per_minute = float(page.locator(".only-wide[data-per-minute]").get_attribute("data-per-minute") or 0)
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30 * per_minute + 2, y, steps=4)
    page.mouse.up()
    expect(page.locator(f'.only-wide .bar[data-key="T101~{DAY}~570"]')).to_be_visible()
    row = page.locator('.only-wide .person-row[data-staff="T103"]')
    row.scroll_into_view_if_needed()
    there = row.bounding_box()
    here = page.locator(f'.only-wide .bar[data-key="T101~{DAY}~570"]').bounding_box()
    assert there
    assert here
    page.mouse.move(here["x"] + here["width"] / 2, here["y"] + 8)
    page.mouse.down()
    page.mouse.move(here["x"] + here["width"] / 2, there["y"] + there["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator(".only-wide .bar:not(.fixed)[data-staff='T103']").first).to_be_visible()


def test_a_dialog_changes_a_stretch_and_closes(visit: Visit) -> None:
    draft()
    page = visit.signed_in("branch_manager")
    page.goto(visit.url + PLAN)
    page.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"]').click()
    dialog = page.locator("#dialog")
    expect(dialog).to_be_visible()
    dialog.locator('input[name="end_time"]').fill("12:00")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"][data-end="720"]')).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Moved to 09:00–12:00")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(f'.only-wide .bar[data-key="T101~{DAY}~540"][data-end="1020"]')).to_be_visible()


def test_the_room_between_stretches_answers_why_and_the_keys_go_on(visit: Visit) -> None:
    published()
    page = visit.signed_in("branch_manager")
    page.goto(visit.url + PLAN)
    dialog = page.locator("#dialog")
    page.locator(f'.only-wide .bar.fixed[data-key="T101~{DAY}~540"]').click()
    expect(dialog).to_contain_text("Window W1")
    page.keyboard.press("Escape")
    page.locator(f'.only-wide .bar[data-key="T103~{DAY}~540"]').focus()  # nobody needs her that day
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("09:00")
    expect(dialog).to_contain_text("off at that time")
    dialog.locator("#cell-later").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("09:30")
    expect(dialog.locator("#cell-later")).to_be_focused()


def test_my_roster_reads_on_a_phone_without_sideways_scrolling(visit: Visit) -> None:
    published()
    page = visit.signed_in("teller", "zh-hans", phone=True)
    page.goto(f"{visit.url}/my/roster/?week={WEEK}")
    expect(page.locator(".bigticket")).to_contain_text("09:00–17:00")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_keys_lead_through_the_house(visit: Visit) -> None:
    page = visit.signed_in("branch_manager")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#main").focus()
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url(re.compile("/records/"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_a_file_is_looked_at_before_it_is_imported(visit: Visit) -> None:
    open_account("head_office", node_code="H00")
    page = visit.signed_in("head_office")
    page.goto(f"{visit.url}/records/")
    rows = b"B01,cash,2026-11-02,09:00,30,12,test\nB01,nothing,2026-11-02,09:30,30,x,test\n"
    table = b"branch_code,service_code,business_date,slot_start,minutes,count,source\n" + rows
    handed = FilePayload(name="arrival_counts.csv", mimeType="text/csv", buffer=table)
    page.set_input_files("#files", files=[handed])
    page.get_by_role("button", name="Look at them").click()
    expect(page.locator(".preview")).to_contain_text("2 rows read, 1 would be put aside")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".progress")).to_have_count(1)
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_no_page_has_a_serious_fault_of_access(visit: Visit, language: str, phone: bool) -> None:
    published()
    open_account("auditor", node_code="H00")
    page = visit.signed_in("branch_manager", language, phone=phone)
    urls = (
        "/network/", PLAN, f"/plan/B01/{WEEK}/print/", "/records/", "/forecast/B01/", "/calendar/?year=2026", "/parts/",
        "/nowhere/",
    )  # fmt: skip
    faults = {}
    for url in urls:
        page.goto(visit.url + url)
        if found := serious(page):
            faults[url] = found
        if phone:
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, url
    assert faults == {}
