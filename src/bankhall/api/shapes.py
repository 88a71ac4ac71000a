"""What a door gives out, as JSON and as its schema: made from the frozen dataclasses themselves, nothing typed twice.

A week reads `2026-W49`, an instant and a date as ISO text, a time of day as `22:00:00`; sets and tuples are lists.
Field names, units and None (*not known*) are those of the doors.
"""

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import Enum
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, create_model

from bankhall.kernel.week import Week

WEEK = r"^20[0-9]{2}-W[0-9]{2}$"
TOLD_AS: Mapping[Any, Any] = {object: Any, Week: Annotated[str, StringConstraints(pattern=WEEK)], time: str}
_kinds: dict[str, type] = {}


class Answer(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


@cache
def shape(kind: type) -> type[Answer]:
    """The schema of a dataclass; its docstring goes with it."""
    name = kind.__name__
    if _kinds.setdefault(name, kind) is not kind:
        name = f"{kind.__module__.split('.')[-1].title()}{name}"
        _kinds[name] = kind
    hints = typing.get_type_hints(kind)
    fields: dict[str, Any] = {one.name: (_of(hints[one.name]), ...) for one in dataclasses.fields(kind)}
    return create_model(name, __base__=Answer, __doc__=kind.__doc__, **fields)


def asked_shape(kind: type, tag: str) -> type[BaseModel]:
    """The schema of a dataclass that is handed in, with its defaults; `kind` tells it from its sisters."""
    hints = typing.get_type_hints(kind)
    fields: dict[str, Any] = {"kind": (typing.Literal[tag], ...)}
    for one in dataclasses.fields(kind):
        fields[one.name] = (_of(hints[one.name]), ... if one.default is dataclasses.MISSING else plain(one.default))
    config = ConfigDict(extra="forbid", allow_inf_nan=False)
    return create_model(f"{kind.__name__}Asked", __config__=config, __doc__=kind.__doc__, **fields)


def _of(hint: Any) -> Any:
    """The same type with dataclasses, weeks and times exchanged for what stands in JSON."""
    if hint in TOLD_AS:
        return TOLD_AS[hint]
    if dataclasses.is_dataclass(hint):
        return shape(typing.cast("type", hint))
    origin, arms = typing.get_origin(hint), typing.get_args(hint)
    if origin is None or origin is typing.Literal:
        return hint
    if origin in (typing.Union, types.UnionType):
        return typing.Union[tuple(_of(arm) for arm in arms)]  # noqa: UP007 - made at run time
    return _container(origin, arms)


def _container(origin: Any, arms: tuple[Any, ...]) -> Any:
    inner = tuple(arm if arm is Ellipsis else _of(arm) for arm in arms)
    if origin is tuple:
        return list[inner[0]] if Ellipsis in inner else tuple[inner]  # type: ignore[valid-type]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, inner[1]]  # type: ignore[valid-type]
    return list[inner[0]]  # type: ignore[valid-type]


@cache
def page_shape(kind: type) -> Any:
    """A page of a list."""
    fields: dict[str, Any] = {"items": (list[shape(kind)], ...), "page": (int, ...), "pages": (int, ...)}  # type: ignore[misc]
    return create_model(f"{kind.__name__}Page", __base__=Answer, __doc__="A page of a list, from 1.", **fields)


@cache
def slice_shape(kind: type) -> Any:
    """The newest of a long list; `before` asks for the next ones (0: there are none)."""
    fields: dict[str, Any] = {"items": (list[shape(kind)], ...), "before": (int, ...)}  # type: ignore[misc]
    doc = "The newest first; `before` asks for the next ones, 0: there are none."
    return create_model(f"{kind.__name__}Slice", __base__=Answer, __doc__=doc, **fields)


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, Week | Enum):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(plain, value))
    if isinstance(value, tuple | list):
        return list(map(plain, value))
    return value.isoformat() if isinstance(value, date | time) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(kind))


def paged(rows: Iterable[Any], page: int, size: int) -> dict[str, Any]:
    """One page of a list that is short enough to be read whole; a page beyond the last is empty."""
    found = list(rows)
    shown = found[(page - 1) * size : page * size]
    return {"items": plain(shown), "page": page, "pages": max(1, -(-len(found) // size))}
