"""What is asked of a world: how many branches, which dates, which seed; and the sites that follow from it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bankhall.data.synthetic.characters import CHARACTERS, MORE_PLACES, NEWEST, Character
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week

NEW_DAYS = 49
"""The newest branch opened so many days before the day after the records end."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Records of `branches` branches from `first` to `last`, both included. Same outline, same bytes."""

    branches: int = 12
    first: date = date(2025, 10, 20)
    last: date = date(2026, 11, 22)
    seed: int = 7

    def checked(self) -> "Outline":
        """Itself. Raises BadInput when nothing could be made of it."""
        if self.branches < 1 or self.branches > 9999:
            raise BadInput("world_size_wrong", branches=self.branches)
        if self.last < self.first:
            raise BadInput("world_dates_wrong", first=self.first.isoformat(), last=self.last.isoformat())
        return self

    @property
    def planned_week(self) -> Week:
        """The week that is planned next: the one after the week that follows the records."""
        return Week.of(self.last + timedelta(days=8))

    def weeks(self) -> tuple[Week, ...]:
        """Every week that holds a day of the records."""
        count = (Week.of(self.last).first_day() - Week.of(self.first).first_day()).days // 7 + 1
        return tuple(Week.of(self.first).plus(n) for n in range(count))


@dataclass(frozen=True, slots=True)
class Site:
    """One branch of the world: its code, its place in line, its kind, and since when it is open."""

    code: str
    number: int
    character: Character
    opened_on: date


def sites(outline: Outline) -> tuple[Site, ...]:
    """The branches by code. Beyond the twelve drawn by hand, kinds repeat under other place names."""
    width = max(2, len(str(outline.branches)))
    return tuple(_site(outline, number, width) for number in range(1, outline.branches + 1))


def _site(outline: Outline, number: int, width: int) -> Site:
    character = _character(number - 1)
    newest = character.name_zh == NEWEST
    opened = outline.last + timedelta(days=1 - NEW_DAYS) if newest else date(2008 + number % 12, 1 + number % 12, 8)
    return Site(f"B{number:0{width}d}", number, character, opened)


def _character(place: int) -> Character:
    base = CHARACTERS[place % len(CHARACTERS)]
    if place < len(CHARACTERS):
        return base
    turn, at = divmod(place - len(CHARACTERS), len(MORE_PLACES))
    zh, en = MORE_PLACES[at]
    ending = str(turn + 1) if turn else ""
    return replace(base, name_zh=f"{zh}{ending}支行", name_en=f"{en} {ending}".strip())
