"""An act is one transaction and one line, or neither."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from bankhall.apps.access.models import Grant
from bankhall.apps.audit import bases
from bankhall.apps.audit.actions import act, look
from bankhall.apps.audit.models import ActKey, Line
from bankhall.apps.audit.queries import Asked, trail
from bankhall.apps.audit.states import NAMES, ActionName, action_name
from bankhall.apps.identity.models import User
from bankhall.kernel.errors import NotAllowed, Refused
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

pytestmark = pytest.mark.django_db
TRY = ActionName("tests.try_it")
LI = Actor("li", "李敏", "S001")
SYSTEM = Scope.system("a test")
B01 = Scope(LI, {"branch_manager": frozenset({"B01"})})


def test_an_act_leaves_one_line_that_says_who_what_where_and_why() -> None:
    with act(TRY, by=LI, scope=B01, subject=Subject("roster", "B01/2026-W49/1", "B01"), reason="a rehearsal") as doing:
        User.objects.create(username="new")
        doing.note(before={"state": "draft"}, after={"state": "proposed", "on": date(2026, 11, 23)})
    line = trail(B01).lines[0]
    assert (line.name, line.actor_code, line.actor_name, line.actor_staff_no) == (TRY, "li", "李敏", "S001")
    assert (line.subject, line.reason) == (Subject("roster", "B01/2026-W49/1", "B01"), "a rehearsal")
    assert (line.before, line.after) == ({"state": "draft"}, {"state": "proposed", "on": "2026-11-23"})


def break_off_an_act() -> None:
    with act(TRY, by=LI, scope=SYSTEM):
        User.objects.create(username="new")
        raise ZeroDivisionError


def test_an_act_that_fails_leaves_neither_row_nor_line() -> None:
    with pytest.raises(ZeroDivisionError):
        break_off_an_act()
    assert not User.objects.exists()
    assert not Line.objects.exists()
    assert not ActKey.objects.exists()


def test_business_rows_are_refused_outside_an_act() -> None:
    with bases.writing("a test's own row"):
        user = User.objects.create(username="old")
    attempts: list[Callable[[], object]] = [
        lambda: User.objects.create(username="new"),
        lambda: User(username="new").save(),
        lambda: User.objects.bulk_create([User(username="new")]),
        lambda: User.objects.update(language="en"),
        lambda: User.objects.bulk_update([user], ["language"]),
        lambda: User.objects.all().delete(),
        lambda: User.objects.get_or_create(username="new"),
        lambda: User.objects.update_or_create(username="new"),
        user.delete,
        user.save,
    ]
    for attempt in attempts:
        with pytest.raises(bases.WrittenOutsideAnAct):
            attempt()
    assert list(User.objects.values_list("username", "language")) == [("old", "zh-hans")]


def test_writing_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="why"), bases.writing(""):
        pass


def test_a_branch_outside_the_scope_is_refused() -> None:
    with pytest.raises(NotAllowed), act(TRY, by=LI, scope=B01, branch_code="B02"):
        pass
    with pytest.raises(NotAllowed), act(TRY, by=LI, scope=B01, subject=Subject("roster", "x", "B02")):
        pass


def test_the_same_key_does_nothing_a_second_time() -> None:
    key = uuid4()
    with act(TRY, by=LI, scope=SYSTEM, key=key):
        User.objects.create(username="one")
    with pytest.raises(Refused), act(TRY, by=LI, scope=SYSTEM, key=key):
        User.objects.create(username="two")
    assert list(User.objects.values_list("username", flat=True)) == ["one"]


def test_acts_inside_acts_leave_their_lines_together() -> None:
    with act(TRY, by=LI, scope=SYSTEM, reason="outer"), act(TRY, by=LI, scope=SYSTEM, reason="inner"):
        User.objects.create(username="one")
    assert [line.reason for line in trail(SYSTEM).lines] == ["outer", "inner"]


def test_the_systems_reason_stands_in_the_line() -> None:
    with act(TRY, by=SYSTEM.actor, scope=SYSTEM):
        pass
    assert trail(SYSTEM).lines[0].reason == "a test"


def test_a_sensitive_read_is_recorded() -> None:
    look(ActionName("tests.look"), by=LI, scope=B01, subject=Subject("staff", "S002", "B01"))
    assert trail(B01).lines[0].subject.code == "S002"


def test_a_reader_sees_lines_of_their_branches_and_of_none() -> None:
    for branch in ("", "B01", "B02"):
        with act(TRY, by=LI, scope=SYSTEM, branch_code=branch):
            pass
    assert [line.subject.branch_code for line in trail(B01).lines] == ["B01", ""]


def test_the_trail_is_paged_and_filtered() -> None:
    for number in range(5):
        with act(TRY, by=Actor(f"user{number % 2}"), scope=SYSTEM, subject=Subject("thing", str(number))):
            pass
    page = trail(SYSTEM, Asked(), size=2)
    older = trail(SYSTEM, Asked(before_id=page.next_before_id), size=3)
    assert [line.subject.code for line in (*page.lines, *older.lines)] == ["4", "3", "2", "1", "0"]
    assert older.next_before_id == 0
    assert [line.subject.code for line in trail(SYSTEM, Asked(actor_code="user1")).lines] == ["3", "1"]
    assert [line.subject.code for line in trail(SYSTEM, Asked(subject=Subject("thing", "2"))).lines] == ["2"]
    assert not trail(SYSTEM, Asked(name="tests.other")).lines


def test_a_name_has_app_and_verb() -> None:
    assert NAMES[action_name("identity.sign_in")] is False
    with pytest.raises(ValueError, match=r"app\.verb"):
        action_name("whatever")


def test_every_table_is_a_business_row_or_stands_in_the_list_of_machinery() -> None:
    from django.apps import apps

    own = [model for model in apps.get_models() if model.__module__.startswith("bankhall.")]
    machinery = {model._meta.label for model in own if issubclass(model, bases.MachineryRow)}
    assert machinery == bases.MACHINERY
    neither = [model for model in own if not issubclass(model, bases.MachineryRow | bases.BusinessRow)]
    assert not neither


def test_every_business_table_keeps_the_guarded_query_set() -> None:
    from django.apps import apps

    for model in apps.get_models():
        if issubclass(model, bases.BusinessRow):
            for manager in model._meta.managers:
                assert isinstance(manager.get_queryset(), bases.BusinessRows), model


def test_a_grant_is_a_business_row() -> None:
    with pytest.raises(bases.WrittenOutsideAnAct):
        Grant.objects.create(user_id=1, role="teller", node_code="B01", valid_from=date(2026, 1, 1))
