"""A notice is kept with the act that it tells of, once for each person, and read by that person alone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.bases import WrittenOutsideAnAct
from bankhall.apps.audit.states import action_name
from bankhall.apps.identity.models import User
from bankhall.apps.notices import actions, queries
from bankhall.apps.notices.models import Notice
from bankhall.apps.notices.states import KINDS
from bankhall.kernel.errors import NotAllowed
from bankhall.kernel.scope import Scope
from bankhall.kernel.subject import Subject
from bankhall.wording.notices import NOTICES
from bankhall.wording.say import fill, say
from tests.factories.rosters import at

pytestmark = pytest.mark.django_db
TEST = action_name("notices.test_only")
MANAGER = at("branch_manager")
TELLER = at("teller", code="li", staff_no="S1")
FACTS = {"branch": "B01", "week": "2026-W49", "version": 1}
ROSTER = Subject("roster", "B01/2026-W49/1", "B01")


def post(*to: str, key: str = "k", kind: str = "roster_published", scope: Scope = MANAGER, **more: Any) -> None:
    facts = more.pop("facts", FACTS)
    actions.post(kind, to=to, facts=facts, subject=ROSTER, key=key, by=scope.actor, scope=scope, **more)


def post_in_act(*to: str, **more: Any) -> None:
    with audit.act(TEST, by=MANAGER.actor, scope=MANAGER, subject=ROSTER):
        post(*to, **more)


def test_outside_an_act_nothing_is_posted() -> None:
    with pytest.raises(WrittenOutsideAnAct):
        post("S1")


def test_an_act_that_fails_takes_its_notices_back() -> None:
    def post_and_fail() -> None:
        with audit.act(TEST, by=MANAGER.actor, scope=MANAGER):
            post("S1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        post_and_fail()
    assert not Notice.objects.exists()


def test_the_same_key_reaches_a_person_once_by_whichever_name() -> None:
    with audit.act(TEST, by=MANAGER.actor, scope=MANAGER):
        User.objects.create(username="li", staff_no="S1")
    post_in_act("S1", "li", "S2")
    post_in_act("li")
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == ["S1", "S2"]


def test_a_notice_has_no_room_for_a_reason() -> None:
    for kind in KINDS:
        with pytest.raises(ValueError, match="no room"):
            post_in_act("S1", kind=kind, facts={"reason": "ill"})
    with pytest.raises(ValueError, match="no kind"):
        post_in_act("S1", kind="gossip")


def test_nobody_posts_about_a_branch_out_of_their_scope() -> None:
    other = at("branch_manager", "B02")
    with pytest.raises(NotAllowed), audit.act(TEST, by=other.actor, scope=other):
        post("S1", scope=other)


def test_each_reads_and_opens_their_own_alone() -> None:
    post_in_act("S1", "S2", urgent=True)
    (line,) = queries.my_notices(TELLER).lines
    assert (line.kind, line.facts, line.subject, line.urgent, line.opened_at) == (
        "roster_published", FACTS, ROSTER, True, None,
    )  # fmt: skip
    actions.open_notices(Notice.objects.values_list("pk", flat=True), by=TELLER.actor, scope=TELLER)
    assert queries.my_notices(TELLER).lines[0].opened_at is not None
    assert queries.unread_count(TELLER) == 0
    assert queries.unread_count(at("teller", code="wang", staff_no="S2")) == 1


def test_somebody_without_names_reads_nothing() -> None:
    post_in_act("S1", "")
    assert queries.unread_count(at("teller", code="nobody")) == 0


def test_the_newest_stand_first_and_more_of_them_ask_no_more() -> None:
    taken = []
    for keys in (("a",), ("b", "c")):
        for key in keys:
            post_in_act("S1", key=key)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            lines = queries.my_notices(TELLER).lines
        taken.append(len(asked))
    assert taken == [4, 4]
    assert [line.notice_id for line in lines] == sorted((line.notice_id for line in lines), reverse=True)


def test_every_kind_has_words_in_both_languages_that_use_exactly_its_facts() -> None:
    assert set(NOTICES) == set(KINDS)
    for kind, facts in KINDS.items():
        for language, words in zip(("zh-hans", "en"), NOTICES[kind], strict=True):
            used = {fact for fact in facts if "{" + fact in words}
            assert used == facts, (kind, language)
            told = dict.fromkeys(facts, "1") | {"day": "2026-11-30", "first": "2026-11-30", "last": "2026-12-01"}
            assert "{" not in fill(words, language, told | {"start": 540, "end": 600, "answer": "agreed"})


def test_an_answer_reads_as_a_word() -> None:
    facts = {"who": "Li", "first": "2026-11-30", "last": "2026-12-01", "answer": "agreed"}
    assert "agreed by Li" in say("notice.leave_answered", "en", **facts)
    assert "已同意" in say("notice.leave_answered", "zh-hans", **facts)
