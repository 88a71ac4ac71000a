"""A proposal beside the version that it would change: whose days differ, and whether they may still be changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bankhall.analytics.rostering.spans import Span, union
from bankhall.analytics.rostering.standing import of_days, same_work
from bankhall.kernel.bank.roster import Assignment

Rows = tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class DayChange:
    """One person's date before and after."""

    staff_no: str
    day: date
    before: Rows
    after: Rows

    @property
    def begins(self) -> int:
        """The first minute of the date after the change."""
        return hours_of(self.after)[0]

    @property
    def comes_sooner(self) -> bool:
        """Whether the person comes who did not, or comes earlier."""
        return self.begins < hours_of(self.before)[0]


def day_changes(before: Iterable[Assignment], after: Iterable[Assignment]) -> tuple[DayChange, ...]:
    """Person-days whose hours, posts, duties or breaks differ, by date and number; another window is no change."""
    old, new = of_days(before), of_days(after)
    keys = sorted({*old, *new}, key=lambda key: (key[1], key[0]))
    found = (DayChange(*key, old.get(key, ()), new.get(key, ())) for key in keys)
    return tuple(one for one in found if not same_work(_plain(one.before), _plain(one.after)))


def with_days(rows: Sequence[Assignment], base: Iterable[Assignment], after: Iterable[Assignment]) -> Rows:
    """Rows in which every person-day that differs between `base` and `after` is as it is after."""
    old, new = of_days(base), of_days(after)
    moved = {key for key in {*old, *new} if old.get(key) != new.get(key)}
    kept = [row for row in rows if (row.staff_no, row.business_date) not in moved]
    return (*kept, *(row for key in sorted(moved, key=lambda k: (k[1], k[0])) for row in new.get(key, ())))


def too_late(changes: Iterable[DayChange], missing: frozenset[str], today: date, minute: int) -> list[str]:
    """Whose shift has begun by now on either side, or whose date is past; the missing may have begun, and whoever is
    still there may stay longer."""
    return [
        one.staff_no for one in changes
        if one.staff_no not in missing and not (one.day == today and _stays_longer(one, minute))
        and (one.day < today or (one.day == today and min(hours_of(one.before)[0], hours_of(one.after)[0]) <= minute))
    ]  # fmt: skip


def _stays_longer(one: DayChange, minute: int) -> bool:
    """Whether all that stood stands, somebody is still there, and only later hours are new."""
    end = hours_of(one.before)[1]
    cut = tuple(replace(row, end=min(row.end, end)) for row in one.after if row.start < end)
    return minute < end < hours_of(one.after)[1] and same_work(_plain(one.before), _plain(cut))


def not_agreed(changes: Iterable[DayChange], agreed: Mapping[str, Span], today: date) -> list[str]:
    """Who would have hours today that neither stood nor were agreed to."""
    found = []
    for one in changes:
        if one.day == today and one.after:
            stood = [hours_of(one.before)] if one.before else []
            allowed = union([*stood, *([agreed[one.staff_no]] if one.staff_no in agreed else [])])
            start, end = hours_of(one.after)
            if not any(first <= start and end <= last for first, last in allowed):
                found.append(one.staff_no)
    return found


def hours_of(rows: Rows) -> Span:
    """First and last minute of a date; nothing lies beyond midnight."""
    return min((row.start for row in rows), default=24 * 60), max((row.end for row in rows), default=0)


def _plain(rows: Rows) -> list[Assignment]:
    return [replace(row, kind="post", code=row.post_code) if row.kind == "window" else row for row in rows]
