"""A client that does not know whether its request arrived sends it again with its key, and gets the first answer."""

import hashlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from bankhall.apps.audit.actions.acting import insert_key
from bankhall.apps.audit.models import ActKey, Line
from bankhall.apps.audit.rules import canonical_text
from bankhall.apps.audit.states import ActionName
from bankhall.kernel.errors import BankhallError, Refused
from bankhall.kernel.plain import from_plain, to_plain
from bankhall.kernel.scope import Actor

P = ParamSpec("P")
Made = TypeVar("Made")
NOT_ASKED = frozenset({"key", "by", "scope", "now"})
"""Options that say who asks and when, not what is asked."""


def repeatable(name: ActionName, answer: type[Made]) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Marks an action whose act is `name` and that hands its option `key` on to `audit.act`.

    With a key the answer, a plain value or a frozen dataclass, is kept in the act's own transaction. The same person
    asking the same again with that key gets it back, whatever the state is now; anything else under it is Refused.
    Of two at once the second waits for the first.
    """

    def decorate(action: Callable[P, Made]) -> Callable[P, Made]:
        @wraps(action)
        def once(*args: P.args, **options: P.kwargs) -> Made:
            key, by = options.get("key"), options["by"]
            if not isinstance(key, UUID) or not isinstance(by, Actor):
                return action(*args, **options)
            asked = _fingerprint(args, options)
            try:
                if _is_new(key):
                    return _kept(key, asked, lambda: action(*args, **options))
            except BankhallError:
                if _is_new(key):  # refused for its own reasons, not because another came first
                    raise
            return from_plain(answer, _first_answer(key, name, by, asked))

        return once

    return decorate


def once(key: UUID | None, *, by: Actor, asked: str, do: Callable[[], object]) -> object:
    """Whatever a request does, in one transaction under its key, which is the first row of it; plain values out.

    The same person asking the same again gets the first answer; anything else under the key is Refused. What is refused
    for its own reasons leaves nothing, so that it may be asked again. Without a key it is done as it comes.
    """
    if key is None:
        return do()
    try:
        if _is_new(key):
            return _kept_once(key, by, asked, do)
    except BankhallError:
        if _is_new(key):
            raise
    kept = ActKey.objects.values_list("answer", flat=True).get(pk=key)
    if kept is None or kept.get("by") != by.code or kept["asked"] != asked:
        raise Refused("act_repeated", key=str(key))
    given: object = kept["given"]
    return given


def _kept_once(key: UUID, by: Actor, asked: str, do: Callable[[], object]) -> object:
    with transaction.atomic():
        insert_key(key)
        given = to_plain(do())
        ActKey.objects.filter(pk=key).update(answer={"asked": asked, "by": by.code, "given": given})
    return given


def _is_new(key: UUID) -> bool:
    return not ActKey.objects.filter(pk=key).exists()


def _kept(key: UUID, asked: str, do: Callable[[], Made]) -> Made:
    with transaction.atomic():
        made = do()
        if not ActKey.objects.filter(pk=key).update(answer={"asked": asked, "given": to_plain(made)}):
            raise RuntimeError("a repeatable action hands its key on to `audit.act`")
        return made


def _first_answer(key: UUID, name: ActionName, by: Actor, asked: str) -> object:
    kept = ActKey.objects.values_list("answer", flat=True).get(pk=key)
    own = Line.objects.filter(act_key=key, name=name, actor_code=by.code).exists()
    if not own or kept is None or kept["asked"] != asked:
        raise Refused("act_repeated", key=str(key))
    return kept["given"]


def _fingerprint(args: tuple[object, ...], options: Mapping[str, object]) -> str:
    asked = {name: value for name, value in options.items() if name not in NOT_ASKED}
    return hashlib.sha256(canonical_text([args, asked]).encode()).hexdigest()
