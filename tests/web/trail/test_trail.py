"""The trail's page: who may read it, what it shows, what its check finds."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from bankhall.apps.access import actions as access
from bankhall.apps.audit.actions import act, seal
from bankhall.apps.audit.models import Line
from bankhall.apps.audit.queries import trail
from bankhall.apps.audit.states import ActionName
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import ROLES, Actor, Role, Scope
from bankhall.kernel.subject import Subject

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system("a test")
PASSWORD = "jade-lantern-47"
READERS = {"auditor", "risk", "head_office"}
CHECKERS = {"auditor", "risk", "administrator"}


@pytest.fixture(autouse=True)
def _outside(settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_FILE = tmp_path / "seals.log"


def signed_in(role: Role, language: str = "en") -> Client:
    new = access.NewAccount(role, PASSWORD, Bilingual("沈审计", "Shen"))
    access.open_account(new, by=SYSTEM.actor, scope=SYSTEM)
    access.grant(role, role, "H00", valid_from=date(2026, 1, 1), by=SYSTEM.actor, scope=SYSTEM)
    client = Client()
    client.cookies["django_language"] = language
    assert client.post("/sign-in/", {"username": role, "password": PASSWORD}).status_code == 302
    return client


def note(code: str, *, branch: str = "", after: object = None) -> None:
    with act(ActionName("rosters.propose"), by=Actor("li", "李敏"), scope=SYSTEM, branch_code=branch) as doing:
        doing.note(subject=Subject("roster", code, branch), after=after)


@pytest.mark.parametrize("role", ROLES)
def test_the_page_and_its_check_are_for_those_who_may(role: Role) -> None:
    client = signed_in(role)
    assert client.get("/trail/").status_code == (200 if role in READERS else 403)
    assert client.post("/trail/verify/").status_code == (200 if role in CHECKERS else 403)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_lines_show_who_did_what_to_what(language: str) -> None:
    note("B01/2026-W49/1", after={"state": "proposed", "text": "<script>"})
    seal()
    page = signed_in("auditor", language).get("/trail/").text
    assert "李敏" in page
    assert "B01/2026-W49/1" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "[act." not in page


def test_lines_of_branches_outside_the_scope_are_not_shown() -> None:
    note("far away", branch="B99")
    assert "far away" not in signed_in("auditor").get("/trail/").text


def test_older_lines_are_a_page_further_with_the_same_search() -> None:
    for number in range(60):
        note(f"thing-{number:02}")
    client = signed_in("auditor")
    first = client.get("/trail/", {"person": "li"}).text
    assert "thing-59" in first
    assert "thing-09" not in first
    oldest = Line.objects.filter(subject_code="thing-10").get().pk
    assert f"person=li&amp;before={oldest}" in first
    second = client.get("/trail/", {"person": "li", "before": str(oldest)}).text
    assert "thing-09" in second
    assert "thing-10" not in second


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "١٢"])
def test_a_strange_page_number_is_the_first_page(before: str) -> None:
    assert signed_in("auditor").get("/trail/", {"before": before}).status_code == 200


def test_reading_the_trail_is_recorded() -> None:
    signed_in("auditor").get("/trail/", {"branch": "B01"})
    line = trail(SYSTEM).lines[0]
    assert (line.name, line.actor_code, line.reason) == ("trail.see", "auditor", "branch=B01")


def test_the_check_says_whole_and_says_touched() -> None:
    note("thing")
    client = signed_in("auditor")
    assert "The trail is whole" in client.post("/trail/verify/").text
    Line.objects.filter(subject_code="thing").update(after='{"state":"other"}')
    touched = client.post("/trail/verify/").text
    assert "The trail is not whole" in touched
    assert "was changed" in touched
    assert "[fault." not in touched


def test_the_check_is_no_link() -> None:
    assert signed_in("auditor").get("/trail/verify/").status_code == 405


def test_the_page_asks_the_database_as_often_for_three_lines_as_for_thirty() -> None:
    client, counts = signed_in("auditor"), []
    for lines in (3, 30):
        for number in range(lines):
            note(f"{lines}-{number}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/trail/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_acts_are_found_by_the_words_in_which_they_stand() -> None:
    note("B01/2026-W49/1")
    reader = signed_in("auditor")
    assert "B01/2026-W49/1" in reader.get("/trail/", {"act": "propose a plan", "person": "敏"}).text
    assert "B01/2026-W49/1" in reader.get("/trail/", {"act": "提交"}).text
    for asked in ({"act": "publish"}, {"act": "no such words"}, {"person": "somebody else"}):
        assert "B01/2026-W49/1" not in reader.get("/trail/", asked).text


def test_everything_done_to_a_week_is_one_question() -> None:
    note("B01/2026-W49/1")
    note("B01/2026-W50/1")
    html = signed_in("auditor").get("/trail/", {"about": "B01/2026-W49"}).text
    assert "B01/2026-W49/1" in html
    assert "B01/2026-W50/1" not in html


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_the_trail_finds_it_in_the_house_bar(role: Role) -> None:
    client = signed_in(role)
    assert ('href="/trail/"' in client.get("/my/notices/").text) == (role in READERS)
