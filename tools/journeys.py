"""The journeys of the how-tos, taken in the demo while they are photographed.

Each is one person's press after another's, from the browser alone. Who can swap what, and who falls ill, depends on the
roster that the demo made: it is asked for, not written down.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tools.screenshots import Studio

if TYPE_CHECKING:
    from bankhall.kernel.bank.people import Person
    from bankhall.kernel.scope import Scope

BRANCH, THIS_WEEK, NEXT_WEEK = "B01", "2026-W48", "2026-W49"
PLAN = f"/plan/{BRANCH}/{NEXT_WEEK}/"
TODAY, REQUESTS = f"/today/{BRANCH}/", f"/requests/{BRANCH}/"
ROSTER, OFFERS = f"/my/roster/?week={THIS_WEEK}", "/my/offers/"
BOARD_TODAY = f"/lending/?week={THIS_WEEK}"


def leave(studio: Studio) -> None:
    """A teller asks for a day that cannot be spared, takes the nearest that can; the branch manager answers."""
    day = _refused_day()

    def ask(page: Page) -> None:
        page.fill("#first", day)
        page.click("form.sheet .btn.main")
        page.wait_for_selector("section[role=alert]")

    studio.photograph("leave-refused", "teller", "/my/ask/", ask)
    page = studio.act("teller", "/my/ask/")
    ask(page)
    page.click("button[name=take]")
    page.wait_for_url("**/my/requests/")
    studio.photograph("leave-asked", "teller", "/my/requests/")
    studio.photograph("leave-to-answer", "branch_manager", REQUESTS)
    studio.submit("branch_manager", REQUESTS, "button[value=yes]")


def swap(studio: Studio) -> None:
    """Two tellers swap a day of the published week; the branch manager agrees, the supervisor confirms."""
    day, other, back = _swap()
    taker = studio.sign_up(other, "teller", BRANCH)
    page = studio.act("teller", OFFERS)
    page.select_option("#day", day.isoformat())
    page.select_option("#to", other)
    page.fill("#back", back.isoformat())
    page.click("form.sheet .btn.main")
    page.wait_for_selector(".toasts >> css=*")
    studio.photograph("swap-asked", taker, OFFERS)
    studio.submit(taker, OFFERS, ".ask .btn.main")
    studio.photograph("swap-to-agree", "branch_manager", REQUESTS)
    studio.submit("branch_manager", REQUESTS, "button[value=yes]")
    for role, step in (("supervisor", "confirm"), ("regional", "approve"), ("branch_manager", "publish")):
        walk(studio, role, step, f"/plan/{BRANCH}/{THIS_WEEK}/")
    studio.photograph("swap-done", "teller", ROSTER)


def illness(studio: Studio) -> None:
    """Somebody is missing at half past seven: proposal, question, yes, publication, acknowledgement, confirmation."""
    missing = _at_work_today(studio)
    studio.photograph("illness-quiet", "branch_manager", TODAY, lambda page: page.click(f"#p-{missing} summary"))
    page = studio.act("branch_manager", TODAY)
    page.click(f"#p-{missing} summary")
    with page.expect_navigation():
        page.click(f"#p-{missing} details .btn.main")
    studio.await_("branch_manager", TODAY, "#come")
    studio.photograph("illness-proposal", "branch_manager", TODAY)
    asked = _ask_somebody(studio)
    if asked:
        studio.photograph("illness-asked", asked, ROSTER)
        studio.submit(asked, ROSTER, "form[action*='/my/asked/'] button[value=yes]")
    if studio.act("regional", BOARD_TODAY).locator("#loans .end form button").count():
        studio.submit("regional", BOARD_TODAY, "#loans .end form button")
    studio.await_("branch_manager", TODAY, "#proposal form .btn.main")
    studio.submit("branch_manager", TODAY, "#proposal form .btn.main")
    studio.photograph("illness-published", "branch_manager", TODAY)
    told = _who_was_told(studio)
    studio.photograph("illness-changed", told[0], ROSTER)
    for who in told:
        studio.submit(who, ROSTER, "form[action*='/my/seen/'] .btn.main")
    studio.submit("supervisor", TODAY, "form[action*='/review/'] .btn.main")
    studio.photograph("illness-seen", "branch_manager", TODAY)


def lending(studio: Studio) -> None:
    """A region looks for loans, offers one; both branches agree, the person acknowledges and stands on both sheets."""
    board = f"/lending/?week={NEXT_WEEK}"
    if not studio.act("regional", board).locator("#suggested .ticket").count():
        studio.submit("regional", board, "form[action$='/find/'] button")
    studio.await_("regional", board, "#suggested .ticket")
    studio.photograph("lending-suggested", "regional", board)
    code, giving, taking, staff_no, day = _loan()
    ticket = f"loan-{code}"
    studio.submit("regional", board, f"#{ticket} .end form button")
    home = studio.sign_up(_manager_of(giving), "branch_manager", giving)
    there = studio.sign_up(_manager_of(taking), "branch_manager", taking)
    studio.photograph("lending-to-agree", home, board)
    for manager in (home, there):
        studio.submit(manager, board, f"#{ticket} .end form button")
    person = studio.sign_up(staff_no, "teller", giving)
    mine = f"/my/roster/?week={NEXT_WEEK}"
    studio.photograph("lending-person", person, mine)
    studio.submit(person, mine, f"form[action*='/lending/{code}/'] button")
    studio.photograph("lending", "regional", board)
    studio.photograph("lending-there", there, f"/plan/{taking}/{NEXT_WEEK}/?day={day}")
    studio.photograph("lending-home", home, f"/plan/{giving}/{NEXT_WEEK}/print/", sizes=("desk",))


def what_if(studio: Studio) -> None:
    """One window more from ten to twelve: tried, looked at in full, named, put into the plan, compared."""
    page = studio.act("branch_manager", f"{PLAN}?day=2026-12-01")
    with page.expect_navigation():
        page.click("#what-if .btn.main")
    path = page.url.removeprefix(studio.base).split("#")[0]
    page.wait_for_selector("#what-if table.delta", timeout=120_000)
    studio.photograph("what-if-beside", "branch_manager", path)
    page = studio.act("branch_manager", path)
    full = str(page.locator("#what-if a[href^='/what-if/']").first.get_attribute("href"))
    page = studio.act("branch_manager", full)
    page.fill("input[name=name]", "One window more before noon / 上午多开一个窗口")
    with page.expect_navigation():
        page.click("form[action$='/name/'] button")
    studio.photograph("what-if", "branch_manager", full)
    studio.submit("branch_manager", full, "form[action$='/put/'] .btn.main")
    studio.photograph("what-if-kept", "branch_manager", f"{PLAN}what-if/")


def publish(studio: Studio) -> None:
    """Walks next week's plan to the wall; a step that nobody awaits is passed over."""
    steps = (
        ("branch_manager", "propose"),
        ("supervisor", "confirm"),
        ("regional", "approve"),
        ("branch_manager", "publish"),
    )
    for role, step in steps:
        walk(studio, role, step, PLAN)


def walk(studio: Studio, role: str, step: str, path: str) -> None:
    """One step of a plan, where it is this person's turn."""
    page = studio.act(role, path)
    opener = page.locator(f'[data-open="confirm-{step}"]')
    if opener.count():
        opener.click()
        reason = page.locator(f"#confirm-{step} textarea")
        if reason.count():
            reason.fill("As two of the branch agreed between them.")
        with page.expect_navigation():
            page.locator(f"#confirm-{step} .btn.main").click()


JOURNEYS: dict[str, Callable[[Studio], None]] = {
    "leave": leave, "swap": swap, "illness": illness, "what-if": what_if, "lending": lending, "publish": publish,
}  # fmt: skip


def _days() -> Iterable[date]:
    from django.conf import settings

    today = settings.CLOCK.today()
    return [today + timedelta(days=n) for n in range(1, 7)]


def _refused_day() -> str:
    """The first day of this week that the teller cannot be spared on, and that has another instead."""
    from bankhall.apps.people.actions import Asking
    from bankhall.apps.rosters import actions

    on, scope = _teller()
    for day in _days():
        found = actions.check_leave(Asking("leave", day, day, pays="leave"), on=on, by=scope.actor, scope=scope)
        if found.nearest and any(one.rule_class == "law_control" for one in found.findings):
            return day.isoformat()
    raise LookupError("the teller can be spared on every day")


def _swap() -> tuple[date, str, date]:
    """The first swap of two days that no rule speaks against: day, colleague, the day in return."""
    from bankhall.apps.rosters import actions
    from bankhall.kernel.errors import BankhallError

    on, scope = _teller()
    tellers = [p.staff_no for p in _staff(BRANCH) if "teller" in p.posts and p.staff_no != scope.actor.staff_no]
    for day, other, back in product(_days(), tellers, _days()):
        try:
            found = actions.check_offer(actions.Offering(day, other, back), on=on, by=scope.actor, scope=scope)
        except BankhallError:
            continue
        if day != back and found.goes and other in found.could and not found.findings:
            return day, other, back
    raise LookupError("no swap goes")


def _teller() -> "tuple[date, Scope]":
    from django.conf import settings

    return settings.CLOCK.today(), _scope("teller")


def _scope(username: str) -> "Scope":
    from django.conf import settings

    from bankhall.apps.access.queries import scope_of
    from bankhall.apps.identity.queries import person_named

    return scope_of(person_named(username), settings.CLOCK.today())


def _at_work_today(studio: Studio) -> str:
    """The first teller of the page who has not begun; not the teller of the demo."""
    page = studio.act("branch_manager", TODAY)
    mine = _teller()[1].actor.staff_no
    for person in _staff(BRANCH):
        teller = person.posts[:1] == ("teller",) and person.staff_no != mine
        if teller and page.locator(f"#p-{person.staff_no} summary").count():
            return person.staff_no
    raise LookupError("no teller is to come today")


def _ask_somebody(studio: Studio) -> str:
    """The branch manager asks the first of elsewhere, else the first of the list; answers their account, empty where
    nobody can come."""
    page = studio.act("branch_manager", TODAY)
    forms = page.locator("#come .ask:has(h3 .muted) form:has(.btn.main)").all()
    form = next(iter(forms or page.locator("#come form:has(.btn.main)").all()), None)
    if form is None:
        return ""
    staff_no = str(form.locator("input[name=staff_no]").get_attribute("value"))
    with page.expect_navigation():
        form.locator(".btn.main").click()
    return studio.sign_up(staff_no, "teller", _home_of(staff_no))


def _who_was_told(studio: Studio) -> list[str]:
    """Accounts of the people whose day was changed."""
    from django.conf import settings

    from bankhall.apps.rosters import queries as rosters

    page = rosters.today_page(_system(), BRANCH, settings.CLOCK.now())
    return [studio.sign_up(one.staff_no, "teller", _home_of(one.staff_no)) for one in page.acknowledgements]


def _loan() -> tuple[str, str, str, str, date]:
    """The first loan between two branches that is suggested: its code, who lends, who borrows, whom, and when."""
    from django.conf import settings

    from bankhall.apps.rosters import queries as rosters
    from bankhall.kernel.week import Week

    page = rosters.lending_page(_scope("regional"), Week.parse(NEXT_WEEK), on=settings.CLOCK.today())
    return next(
        (one.code, one.from_branch, one.to_branch, one.staff_no, one.day)
        for one in page.loans
        if one.state == "suggested" and one.from_branch.startswith("B")
    )


def _home_of(staff_no: str) -> str:
    from bankhall.apps.people import queries as people

    return str(people.records_of(_system(), [staff_no])["staff"][0].branch_code)


def _manager_of(branch_code: str) -> str:
    return next(person.staff_no for person in _staff(branch_code) if person.posts[:1] == ("branch_manager",))


def _staff(branch_code: str) -> "tuple[Person, ...]":
    from bankhall.apps.people import queries as people

    return tuple(people.staff(_system(), branch_code))


def _system() -> "Scope":
    from bankhall.kernel.scope import Scope

    return Scope.system("screenshots")
