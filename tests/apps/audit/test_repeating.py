"""A client's key: asked again, the first answer is given again, and nothing is done a second time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from bankhall.apps.audit.actions import act, repeatable
from bankhall.apps.audit.models import ActKey, Line
from bankhall.apps.audit.states import ActionName
from bankhall.apps.identity.models import User
from bankhall.kernel.errors import Refused
from bankhall.kernel.scope import Actor, Scope

pytestmark = pytest.mark.django_db
OPEN = ActionName("tests.open")
LI = Actor("li", "李敏")
SYSTEM = Scope.system("a test")


@dataclass(frozen=True, slots=True)
class Opened:
    """What the action of these tests answers."""

    number: int
    names: tuple[str, ...]
    on: date


@repeatable(OPEN, Opened)
def open_one(username: str, *, by: Actor, scope: Scope, key: UUID | None = None) -> Opened:
    """Refused for a name that is taken, as a step is refused whose state has moved on."""
    if User.objects.filter(username=username).exists():
        raise Refused("username_taken", username=username)
    with act(OPEN, by=by, scope=scope, key=key):
        User.objects.create(username=username)
        return Opened(User.objects.count(), (username, "窗口"), date(2026, 11, 23))


@repeatable(OPEN, Opened)
def forget_the_key(*, by: Actor, scope: Scope, key: UUID | None = None) -> Opened:
    """A mistake."""
    with act(OPEN, by=by, scope=scope):
        return Opened(0, (), date(2026, 11, 23))


def test_a_repeat_gives_the_first_answer_again_though_the_state_moved_on() -> None:
    key = uuid4()
    first = open_one("one", by=LI, scope=SYSTEM, key=key)
    open_one("two", by=LI, scope=SYSTEM)
    assert open_one("one", by=LI, scope=SYSTEM, key=key) == first == Opened(1, ("one", "窗口"), date(2026, 11, 23))
    assert User.objects.count() == Line.objects.count() == 2


def test_without_a_key_every_call_is_its_own() -> None:
    open_one("one", by=LI, scope=SYSTEM)
    with pytest.raises(Refused, match="username_taken"):
        open_one("one", by=LI, scope=SYSTEM)


def test_a_refusal_is_not_kept_and_may_be_tried_again() -> None:
    key = uuid4()
    open_one("one", by=LI, scope=SYSTEM)
    with pytest.raises(Refused, match="username_taken"):
        open_one("one", by=LI, scope=SYSTEM, key=key)
    assert open_one("two", by=LI, scope=SYSTEM, key=key).number == 2


def test_the_key_of_another_person_or_another_question_is_refused() -> None:
    key = uuid4()
    open_one("one", by=LI, scope=SYSTEM, key=key)
    with pytest.raises(Refused, match="act_repeated"):
        open_one("one", by=Actor("wu"), scope=SYSTEM, key=key)
    with pytest.raises(Refused, match="act_repeated"):
        open_one("two", by=LI, scope=SYSTEM, key=key)
    assert User.objects.count() == 1


def test_the_key_of_another_act_is_refused() -> None:
    key = uuid4()
    with act(ActionName("tests.other"), by=LI, scope=SYSTEM, key=key):
        pass
    with pytest.raises(Refused, match="act_repeated"):
        open_one("one", by=LI, scope=SYSTEM, key=key)
    assert not User.objects.exists()


def test_an_action_that_forgets_its_key_is_found_out_and_undone() -> None:
    with pytest.raises(RuntimeError, match="hands its key on"):
        forget_the_key(by=LI, scope=SYSTEM, key=uuid4())
    assert not ActKey.objects.exists()
