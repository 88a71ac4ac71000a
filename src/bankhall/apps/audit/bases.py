"""The two bases of every table: business rows, written inside an act only, and rows of the machinery.

`MACHINERY` is the one list of the tables that may be written without an act; a test compares it with the models.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import models

MACHINERY = frozenset(
    {
        "audit.ActKey", "audit.Line", "audit.Link", "audit.Seal", "audit.ChainHead",
        "access.TokenUse",
        "identity.SignInCount",
        "notices.Delivery", "notices.FeedCount", "notices.Opening",
        "runs.Run",
    }
)  # fmt: skip

_writing: ContextVar[str] = ContextVar("writing", default="")
Row = TypeVar("Row", bound=models.Model)


class WrittenOutsideAnAct(RuntimeError):
    """A programmer's mistake: a business row was about to be written where no audit line would tell of it."""


@contextmanager
def writing(reason: str) -> Iterator[None]:
    """Opens business rows for writing. Only `audit.act`, migrations and test factories use it, each with its reason."""
    if not reason:
        raise ValueError("say why rows are written")
    token = _writing.set(reason)
    try:
        yield
    finally:
        _writing.reset(token)


def _check_open(model: type[models.Model]) -> None:
    if not _writing.get():
        raise WrittenOutsideAnAct(f"{model._meta.label} is written inside `audit.act` only")  # noqa: SLF001 - public by custom


class BusinessRows(models.QuerySet[Row], Generic[Row]):
    """A query set whose writing methods ask first whether an act is open."""

    def update(self, **values: Any) -> int:
        """See Django; refused outside an act."""
        _check_open(self.model)
        return super().update(**values)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        """See Django; refused outside an act."""
        _check_open(self.model)
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, objs: Iterable[Row], *args: Any, **options: Any) -> int:
        """See Django; refused outside an act."""
        _check_open(self.model)
        return super().bulk_update(objs, *args, **options)

    def delete(self) -> tuple[int, dict[str, int]]:
        """See Django; refused outside an act."""
        _check_open(self.model)
        return super().delete()

    def _raw_delete(self, using: str | None) -> int:
        _check_open(self.model)
        return int(super()._raw_delete(using) or 0)  # nothing to delete is None there


class BusinessRow(models.Model):
    """Base of every table that people answer for."""

    objects = BusinessRows.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **options: Any) -> None:
        """The one way by which Django stores an instance; refused outside an act."""
        _check_open(type(self))
        super().save_base(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """See Django; refused outside an act."""
        _check_open(type(self))
        return super().delete(*args, **options)


class MachineryRow(models.Model):
    """Base of the rows that keep the machine going: beats, seals, counters. Named in `MACHINERY`."""

    class Meta:
        abstract = True
