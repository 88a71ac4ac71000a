"""Frozen dataclasses <-> plain JSON values, by their annotations.

A question to the science crosses a process border as JSON. Dates become ISO text, tuples lists, a dataclass an object
with its field names. Supported: dataclasses, str, int, float, bool, None, date, datetime, tuple, frozenset, Mapping
with text keys, Literal and unions with None.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """A JSON-ready copy. Sets are sorted, so equal values give equal bytes."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _field_names(type(value))}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], data: Any) -> T:
    """The dataclass that `to_plain` was given."""
    return typing.cast("T", _read(kind, data))


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, data: Any) -> Any:
    if data is None or kind is Any:
        return data
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        return typing.cast("type", kind)(**{name: _read(hints[name], item) for name, item in data.items()})
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _read(next(arm for arm in typing.get_args(kind) if arm is not type(None)), data)
    if origin is not None:
        return _read_container(origin, typing.get_args(kind), data)
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    return data


def _read_container(origin: Any, arms: tuple[Any, ...], data: Any) -> Any:
    if origin is tuple:
        inner = [arms[0]] * len(data) if len(arms) == 2 and arms[1] is Ellipsis else arms
        return tuple(_read(arm, item) for arm, item in zip(inner, data, strict=True))
    if origin is frozenset:
        return frozenset(_read(arms[0], item) for item in data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _read(arms[1], item) for key, item in data.items()}
    return data
