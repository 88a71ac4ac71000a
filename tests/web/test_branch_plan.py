"""The branch plan: what it shows, edits by hand, and the steps to the wall."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from bankhall.apps.metrics.actions import install_definitions
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions import StretchName
from bankhall.apps.rosters.actions.proving import accept_run
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries.pages import RosterRef
from bankhall.apps.runs.actions import RunAnswer
from bankhall.apps.runs.models import Run
from tests.factories.bank import MONDAY, WEEK, agreed, law, small_bank
from tests.factories.imports import SYSTEM, add_rule, load_bank
from tests.factories.rosters import MANAGER, NOW, USUAL, answer, draft, infeasible, proposed, published, work
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
URL = f"/plan/B01/{WEEK}/"
DAY = MONDAY.isoformat()
KEY = f"T101~{DAY}~540"


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def manager(language: str = "en") -> Client:
    return signed_in("branch_manager", language, node_code="B01")


def edit(client: Client, ref: RosterRef, **fields: str) -> str:
    """Posts one change as the page does, and answers the fragment."""
    form = {"version": str(ref.version), "edit": str(ref.edit), "day": DAY, "key": KEY} | fields
    return client.post(f"{URL}edit/", form, headers={"HX-Request": "true"}).text


def stands(key: str, html: str) -> list[str]:
    """The kinds of what stands under a key on the desk's board."""
    desk = html.partition('class="only-narrow"')[0]
    return re.findall(rf'data-key="{key}"[^>]* data-kind="(\w+)"', desk)


def present() -> RosterRef:
    """The version as it stands."""
    row = Roster.objects.get()
    return RosterRef("B01", WEEK, row.version, row.edit)


def unlawful() -> RosterRef:
    """A draft that was lawful until two had to be there."""
    ref = draft(answer((work("T101"),)))
    add_rule(law("two_person_presence", 2))
    return actions.lock(ref, StretchName("T101", MONDAY, 540), by=MANAGER.actor, scope=MANAGER).ref


def test_a_week_without_a_plan_says_so_and_offers_one() -> None:
    html = manager().get(URL).text
    assert "This week is not planned yet" in html
    assert "Make a plan" in html
    assert "in order" not in html
    assert '<svg class="chart"' not in html.split('id="main"')[1].split("</nav>")[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_called_by_the_letters_of_the_reader(language: str) -> None:
    bank = small_bank()
    load_bank(replace(bank, staff=(replace(bank.staff[0], name="王敏", name_latin="Wang Min"), *bank.staff[1:])))
    draft()
    client = manager(language)
    shown, other = ("王敏", "Wang Min") if language == "zh-hans" else ("Wang Min", "王敏")
    for html in (client.get(f"{URL}?day={DAY}").text, client.get(f"{URL}print/").text, cell(client)):
        assert shown in html
        assert other not in html


def cell(client: Client) -> str:
    """The dialog of the first stretch."""
    ref = present()
    return client.get(f"{URL}cell/?key={KEY}&version={ref.version}&edit={ref.edit}").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_stands_on_one_ruler(language: str) -> None:
    draft(answer(people=3))
    html = manager(language).get(f"{URL}?day={DAY}").text
    assert html.count('class="chart"') >= 2
    assert ("缺 1 个柜员" if language == "zh-hans" else "1 teller short") in html
    assert ("预计等候" if language == "zh-hans" else "Expected wait") in html
    assert html.count('data-key="T101') == 2
    assert ("看数字表" if language == "zh-hans" else "Figures as a table") in html


def test_a_breach_is_named_with_the_person_and_answers_why() -> None:
    ref = draft()
    add_rule(law("overtime_day", 60))
    add_rule(law("hours_day", 300))
    html = edit(manager(), ref, what="lock")
    assert "人11: 3 h overtime, limit 1 h" in html
    assert "law and control" in html
    assert "d-bad" in html


def test_why_answers_for_a_cell() -> None:
    ref = draft()
    html = manager().get(f"{URL}cell/", {"key": KEY, "version": str(ref.version), "edit": str(ref.edit)}).text
    assert "人11 · Window W1" in html
    assert "this week:" in html
    assert '<select class="field" name="place">' in html


def test_who_may_only_read_asks_why_too_and_goes_on_along_the_day() -> None:
    draft()
    reader = signed_in("auditor", "en", node_code="H00")
    board = reader.get(f"{URL}?day={DAY}").text
    assert f'data-key="{KEY}"' in board
    assert f'data-key="T103~{DAY}~540"' in board  # off all day
    html = reader.get(f"{URL}cell/", {"key": KEY}).text
    assert "this week:" in html
    assert "<select" not in html
    assert 'id="cell-later"' not in html  # the day ends with this stretch
    html = reader.get(f"{URL}cell/", {"key": f"T103~{DAY}~570"}).text
    assert "off at that time" in html
    assert f"T103~{DAY}~540".replace("~", "%7E") in html or f"T103~{DAY}~540" in html
    assert f"{DAY}~600" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_answers_for_a_half_hour_that_is_short(language: str) -> None:
    draft(answer(people=3))
    client = manager(language)
    assert f'data-key="@~{DAY}~540"' in client.get(f"{URL}?day={DAY}").text
    ref = present()
    asked = {"key": f"@teller~{DAY}~540", "version": str(ref.version), "edit": str(ref.edit)}
    html = client.get(f"{URL}cell/", asked).text
    assert ("3 人" if language == "zh-hans" else "3 required") in html
    assert ("缺 1 人" if language == "zh-hans" else "1 short") in html
    assert ("可以" if language == "zh-hans" else "could") in html or (
        "再没有别人" if language == "zh-hans" else "nobody else"
    ) in html


def test_a_stretch_moves_is_checked_and_comes_back() -> None:
    client = manager()
    html = edit(client, draft(), what="move", start="570", end="1020", staff_no="T101")
    assert f'data-key="T101~{DAY}~570"' in html
    assert "Moved to 09:30–17:00" in html
    assert 'id="undo"' in html
    assert "<html" not in html
    html = edit(client, present(), what="undo")
    assert f'data-key="{KEY}"' in html


def test_after_a_change_the_waits_are_said_to_be_old_until_they_are_there() -> None:
    install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=NOW)
    client = manager()
    html = edit(client, draft(answer(people=3)), what="move", start="540", end="960", staff_no="T101")
    assert "The waits are those before the last change" in html
    assert '<g class="stale">' in html
    polled = client.get(f"{URL}proof/", {"day": DAY}, headers={"HX-Request": "true"})
    assert 'id="proof"' in polled.text
    run = Run.objects.get(kind="prove_roster")
    answered = {"proof": Roster.objects.get().plan.proof}
    accept_run(RunAnswer(run.pk, run.kind, run.question, answered, "B01", MONDAY, MANAGER.actor, NOW))
    there = client.get(f"{URL}proof/", {"day": DAY}, headers={"HX-Request": "true"})
    assert there.headers["HX-Retarget"] == "#plan"
    assert "before the last change" not in there.text


def test_times_may_be_typed_too() -> None:
    html = edit(manager(), draft(), what="move", start_time="10:00", end_time="12:30", staff_no="T101")
    assert f'data-key="T101~{DAY}~600"' in html


def test_a_stretch_is_given_to_somebody_else() -> None:
    html = edit(manager(), draft(), what="move", start="540", end="1020", staff_no="T103")
    assert f'data-key="T103~{DAY}~540"' in html
    assert stands(KEY, html) == ["off"]


def test_a_stretch_is_locked_and_unlocked() -> None:
    client = manager()
    html = edit(client, draft(), what="lock", locked="")
    assert re.search(rf'data-key="{KEY}"[^>]*data-locked="1"', html)
    html = edit(client, present(), what="lock", locked="1")
    assert re.search(rf'data-key="{KEY}"[^>]*data-locked=""', html)


def test_two_people_swap_their_day() -> None:
    html = edit(manager(), draft(answer((USUAL[0],))), what="swap", other="T103")
    assert f'data-key="T103~{DAY}~540"' in html


def test_a_stretch_becomes_another_thing_and_goes() -> None:
    client = manager()
    html = edit(client, draft(), what="retype", place="break~~")
    assert re.search(rf'data-key="{KEY}"[^>]*data-kind="break"', html)
    html = edit(client, present(), what="remove")
    assert stands(KEY, html) == ["off"]


def test_an_old_page_changes_nothing_and_says_why() -> None:
    client, ref = manager(), draft()
    edit(client, ref, what="lock")
    html = edit(client, ref, what="remove")
    assert "the plan was changed meanwhile (" in html
    assert f'data-key="{KEY}"' in html


@pytest.mark.parametrize(
    "form", [{"what": "fly"}, {"what": "move", "start": "x"}, {"what": "retype", "place": "moon~1"}]
)
def test_nonsense_is_refused_in_words(form: dict[str, str]) -> None:
    assert "the form is not complete" in edit(manager(), draft(), **form)


def test_the_way_to_the_wall_is_walked_by_the_people_it_names() -> None:
    ref = draft()
    boss, supervisor = manager(), signed_in("supervisor", node_code="B01")
    form = {"version": str(ref.version), "edit": str(ref.edit), "day": DAY}
    assert "Propose version 1?" in boss.get(URL).text
    assert boss.post(f"{URL}step/propose/", form).status_code == 302
    html = boss.get(URL).text
    assert "supervisor confirms" in html
    assert re.search(r"<button[^>]*disabled[^>]*aria-describedby=\"whose-turn\"", html)
    assert 'id="edit"' not in html
    assert supervisor.post(f"{URL}step/confirm/", form).status_code == 302
    assert boss.post(f"{URL}step/publish/", form).status_code == 302
    assert "published" in boss.get(URL).text


def test_the_supervisor_sends_back_with_a_reason() -> None:
    ref = proposed()
    supervisor = signed_in("supervisor", node_code="B01")
    assert "Send version 1 back?" in supervisor.get(URL).text
    form = {"version": str(ref.version), "edit": str(ref.edit), "reason": "Xu Jia is away"}
    assert supervisor.post(f"{URL}step/reject/", form).status_code == 302
    assert "Xu Jia is away" in supervisor.get(URL).text


def test_a_proposal_that_breaks_the_law_is_not_confirmed_but_sent_back() -> None:
    ref = actions.propose(unlawful(), by=MANAGER.actor, scope=MANAGER, now=NOW)
    supervisor = signed_in("supervisor", node_code="B01")
    html = supervisor.get(URL).text
    assert "confirm-reject" in html
    assert "confirm-confirm" not in html
    assert "supervisor confirms" not in html.partition('class="doing"')[2].partition("</div>\n</div>")[0]
    form = {"version": str(ref.version), "edit": str(ref.edit), "reason": "nobody beside Xu Jia"}
    assert supervisor.post(f"{URL}step/reject/", form).status_code == 302
    assert present().edit >= ref.edit
    assert Roster.objects.get().state == "draft"


def test_whoever_proposed_may_take_it_back() -> None:
    proposed()
    html = manager("zh-hans").get(URL).text
    assert "撤回第 1 版？" in html


def test_before_proposing_is_said_that_the_law_is_broken() -> None:
    unlawful()
    assert "the supervisor can only send it back" in manager().get(URL).text


def test_the_weeks_beside_are_one_click_away() -> None:
    draft()
    html = manager().get(URL).text
    assert f'href="/plan/B01/{WEEK.plus(-1)}/"' in html
    assert f'href="/plan/B01/{WEEK.plus(1)}/"' in html


def test_nothing_stands_before_the_publishing_of_what_is_published() -> None:
    published(answer((work("T101"),)))
    html = manager().get(f"{URL}?day={DAY}").text
    assert "before publishing" not in html
    assert "amiss on this day" in html


def test_a_step_out_of_turn_is_refused_on_the_page() -> None:
    ref = draft()
    form = {"version": str(ref.version), "edit": str(ref.edit)}
    answer_ = signed_in("supervisor", node_code="B01").post(f"{URL}step/confirm/", form)
    assert answer_.status_code == 409
    assert 'class="err"' in answer_.text
    assert manager().post(f"{URL}step/confirm/", form).status_code in (403, 409)


def test_publishing_against_an_agreement_asks_for_the_reason() -> None:
    add_rule(agreed("overtime_day", 60))
    add_rule(agreed("hours_day", 300))
    ref = proposed()
    signed_in("supervisor", node_code="B01").post(
        f"{URL}step/confirm/", {"version": str(ref.version), "edit": str(ref.edit)}
    )
    html = manager().get(URL).text
    assert re.search(r'<textarea[^>]*name="reason"[^>]*required', html)


def test_without_a_feasible_plan_the_conflict_is_shown() -> None:
    draft(infeasible())
    html = manager().get(URL).text
    assert "No feasible plan: the smallest conflict" in html
    assert "two-person presence" in html


def test_readers_get_a_picture_and_no_buttons() -> None:
    draft()
    html = signed_in("auditor").get(f"{URL}?day={DAY}").text
    assert 'class="bar"' not in html
    assert "Re-solve" not in html


def test_downloads_are_files_that_keep_their_text() -> None:
    published()
    client = manager()
    table = client.get(f"{URL}roster.csv")
    assert table["Content-Disposition"].startswith("attachment")
    assert table.content.decode("utf-8-sig").startswith("branch_code,week,version,state,staff_no")
    assert client.get(f"{URL}roster.xlsx").content[:2] == b"PK"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wall_sheet_says_version_time_page_and_signature(language: str) -> None:
    published()
    html = manager(language).get(f"{URL}print/").text
    wanted = (
        ("第 1 版", "打印于", "第 1 页，共 1 页", "签字")
        if language == "zh-hans"
        else ("version 1", "printed", "page 1 of 1", "Signature")
    )
    assert all(words in html for words in wanted)
    assert 'class="paper a3 ' in html
    assert 'class="paper a4 ' in manager_again(language).get(f"{URL}print/?size=a4").text


def manager_again(language: str) -> Client:
    from tests.web.people import again

    return again("branch_manager", language)


def test_there_is_one_slip_for_each_person_who_works() -> None:
    published()
    assert manager().get(f"{URL}slips/").text.count('class="paper slip"') == 2


def test_my_roster_is_my_own_and_a_calendar(tmp_path: Path) -> None:
    published()
    client = signed_in("teller", node_code="B01", staff_no="T101")
    html = client.get(f"/my/roster/?week={WEEK}").text
    assert "09:00–17:00" in html
    assert "Window W1" in html
    assert "not published yet" in client.get("/my/roster/?week=2026-W50").text
    calendar = client.get(f"/my/roster.ics?week={WEEK}")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in calendar.content


def test_a_draft_is_not_my_roster_yet() -> None:
    draft(answer((work("T101"),)))
    assert "not published yet" in signed_in("teller", staff_no="T101").get(f"/my/roster/?week={WEEK}").text


def test_a_plan_is_asked_for_and_its_progress_shown() -> None:
    client = manager()
    assert client.post(f"{URL}solve/", {"day": DAY}).status_code == 302
    html = client.get(URL).text
    run = re.search(r'id="run-(\d+)"', html)
    assert run
    assert "queued" in html
    part = client.post(f"/runs/{run[1]}/cancel/?then={URL}").text
    assert "cancelled" in part
    assert "hx-trigger" not in part
