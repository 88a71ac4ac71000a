"""Running work: how far, Cancel, and where its answer stands."""

import pytest

from bankhall.apps.runs.models import Run
from tests.factories.bank import WEEK, small_bank
from tests.factories.imports import load_bank
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
URL = f"/plan/B01/{WEEK}/"


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def asked(language: str = "en") -> tuple[int, str]:
    """A plan that was asked for: the run and what its part says."""
    client = signed_in("branch_manager", language, node_code="B01")
    client.post(f"{URL}solve/", {})
    run = Run.objects.get()
    return run.pk, client.get(f"/runs/{run.pk}/?then={URL}").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_that_goes_on_is_asked_again(language: str) -> None:
    _, html = asked(language)
    assert 'hx-trigger="tick from:body"' in html
    assert ("排队中" if language == "zh-hans" else "queued") in html
    assert "data-go" not in html


@pytest.mark.parametrize(("state", "goes"), [("done", True), ("failed", False), ("cancelled", False)])
def test_an_end_is_not_asked_again_and_only_an_answer_is_gone_to(state: str, goes: bool) -> None:
    pk, _ = asked()
    Run.objects.filter(pk=pk).update(state=state, per_cent=100)
    from tests.web.people import again

    html = again("branch_manager").get(f"/runs/{pk}/?then={URL}").text
    assert "hx-trigger" not in html
    assert (f'data-go="{URL}"' in html) == goes


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_run_leads_nowhere_else(away: str) -> None:
    pk, _ = asked()
    Run.objects.filter(pk=pk).update(state="done")
    from tests.web.people import again

    assert 'data-go="/"' in again("branch_manager").get(f"/runs/{pk}/", {"then": away}).text


def test_a_run_of_another_branch_is_not_found() -> None:
    load_bank(small_bank(2))
    pk, _ = asked()
    assert signed_in("supervisor", node_code="B02").get(f"/runs/{pk}/").status_code == 404
