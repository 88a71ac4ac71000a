"""The page of one's own tokens, and the administrator's look at somebody's."""

import re

import pytest
from django.utils import timezone

from bankhall.apps.access import actions, queries
from bankhall.kernel.errors import NotAllowed
from tests.web.counted import queries_of
from tests.web.people import LANGUAGES, again, open_account, signed_in

pytestmark = pytest.mark.django_db
FORM = {"name": "CRM", "days": "30"}


def secret_of(html: str) -> str:
    found = re.search(r'<code class="secret">(bh_[\w-]+)</code>', html)
    assert found
    return found.group(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_token_is_shown_once_and_then_only_by_its_first_letters(language: str) -> None:
    client = signed_in("auditor", language)
    assert ("还没有令牌" if language == "zh-hans" else "No token yet") in client.get("/my/tokens/").text
    secret = secret_of(client.post("/my/tokens/", FORM).text)
    again = client.get("/my/tokens/").text
    assert secret not in again
    assert secret[:7] in again
    now = timezone.now()
    assert actions.use_token(secret, now=now, on=now.date()).read_only


def test_it_changes_things_only_when_asked_for() -> None:
    client = signed_in("branch_manager")
    client.post("/my/tokens/", FORM | {"may_change": "on"})
    assert not queries.tokens_of("branch_manager")[0].read_only


def test_a_form_that_says_nothing_is_told_so() -> None:
    client = signed_in("auditor")
    assert client.post("/my/tokens/", {"name": "", "days": "30"}).status_code == 422
    assert client.post("/my/tokens/", {"name": "CRM", "days": "9999"}).status_code == 422
    assert queries.tokens_of("auditor") == ()


def test_its_owner_withdraws_it_and_nobody_else_but_the_administrator() -> None:
    client = signed_in("auditor")
    secret = secret_of(client.post("/my/tokens/", FORM).text)
    number = queries.tokens_of("auditor")[0].token_id
    address = f"/tokens/{number}/withdraw/"
    assert signed_in("risk").post(address).status_code == 403
    assert address in client.get("/my/tokens/").text
    root = signed_in("administrator")
    assert address in root.get("/people/auditor/").text
    assert root.post(address, {"of": "auditor"}).headers["Location"] == "/people/auditor/"
    with pytest.raises(NotAllowed, match="token_withdrawn"):
        actions.use_token(secret, now=timezone.now(), on=timezone.now().date())


def test_everybody_reaches_the_page_from_their_name() -> None:
    open_account("head_office")
    assert 'href="/my/tokens/"' in again("head_office").get("/network/").text


def test_the_page_asks_as_often_for_many_tokens_as_for_one() -> None:
    client, counts = signed_in("auditor"), []
    for more in (1, 4):
        for _ in range(more):
            client.post("/my/tokens/", FORM)
        counts.append(queries_of(client, "/my/tokens/"))
    assert counts[0] == counts[1]
