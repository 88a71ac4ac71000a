"""Versions: from and until are inclusive dates, None is always."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Validity:
    """The dates on which a version holds."""

    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the version is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class Versioned(Protocol):
    """Anything that has a validity."""

    @property
    def validity(self) -> Validity: ...


V = TypeVar("V", bound=Versioned)


def in_force(records: Iterable[V], day: date) -> tuple[V, ...]:
    """The records that hold on a day."""
    return tuple(record for record in records if record.validity.holds(day))
