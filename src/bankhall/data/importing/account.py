"""What an import says of itself: an account of every row, the rejected rows with their reasons, and notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Fact = str | int | float
Progress = Callable[[float, str], None]  # share done (0 to 1), code of the stage


def silent(_share: float, _stage: str) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Account:
    """Rows of one table; read = taken + changed + duplicate + rejected, always."""

    read: int = 0
    taken: int = 0
    changed: int = 0
    duplicate: int = 0
    rejected: int = 0

    def __post_init__(self) -> None:
        if self.read != self.taken + self.changed + self.duplicate + self.rejected:
            raise AssertionError(f"rows are not accounted for: {self}")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken. `text` is the original line where the row could not be split, `cells` otherwise."""

    table: str
    file: str
    row: int
    rule: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    text: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that people should know: a code for the wording, and its facts."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
