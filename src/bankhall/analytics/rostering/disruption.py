"""A published week after people are missing: what of it stands, and what may still be chosen from an instant on."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bankhall.analytics.rostering.columns import Columns, Option, Template
from bankhall.analytics.rostering.cover import cover_of, week_requirement
from bankhall.analytics.rostering.grid import week_grid
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.question import Question, ask
from bankhall.analytics.rostering.shapes import Shape
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, outside, union
from bankhall.analytics.rostering.standing import PersonDay, of_days, template_of, without_windows
from bankhall.kernel.bank.people import Absence
from bankhall.kernel.bank.roster import Assignment, Requirement

if TYPE_CHECKING:
    from bankhall.analytics.rostering.repair import Repair

CALL_IN_MINUTES = 30
"""Nobody whose shift changes now begins sooner than this."""


@dataclass(frozen=True, slots=True)
class Disruption:
    """The branch's local instant from which on may be planned, and who is missing or late, as granted absences.

    `agreed` are the hours of the day (from, until) to which people said yes: nobody else is then given more of that
    day than the hours that stand. None: whoever is free may be called.
    """

    now: datetime
    missing: tuple[Absence, ...]
    agreed: Mapping[str, Span] | None = None


def repair_of(week: "Disrupted") -> "Repair":
    """The question in numbers."""
    from bankhall.analytics.rostering.encode import encode
    from bankhall.analytics.rostering.repair import Repair
    from bankhall.analytics.rostering.standing import state_like

    arrays = encode(week.question.situation, week.question.columns, week.question.grids)
    stands = state_like(week.question, arrays, week.plain)
    return Repair(arrays, stands.option, stands.tasks)


@dataclass(frozen=True)
class Disrupted:
    """The week without the missing: its question, which asks for the cover that was published and no more; how things
    are, with all that is required; the rows that are left, with and without windows; the days that lost some."""

    question: Question
    situation: Situation
    rows: tuple[Assignment, ...]
    plain: tuple[Assignment, ...]
    missed: frozenset[date]


def disrupted(
    problem: RosterProblem, standing: Iterable[Assignment], disruption: Disruption, *, only: Set[date] | None = None
) -> Disrupted:
    """What may still be chosen: whatever has not begun, in shifts that begin late enough to be told.

    `only` are the dates that may be changed; None: all.
    """
    published = tuple(standing)
    bank = replace(problem.bank, absences=(*problem.bank.absences, *disruption.missing))
    asked = replace(problem, bank=bank, past=_past(problem, published), locked=())
    situation = Situation(asked)
    rows = tuple(row for mine in of_days(published).values() for row in _there(situation, mine))
    here = tuple(row for row in rows if row.staff_no in situation.people)
    fixed = _fixed(situation, published, here, disruption)
    if only is not None:
        fixed |= {_key(row) for row in here if row.business_date not in only}
    plain = without_windows(situation, here)
    wanted = replace(asked, requirement=_as_published(situation, published))
    held = tuple(replace(row, locked=True) for row in here if _key(row) in fixed)
    free = ask(replace(wanted, locked=held), only=only)
    unlike = _unlike(free, plain) - fixed
    locked = tuple(replace(row, locked=True) for row in here if _key(row) in fixed | unlike)
    question = ask(replace(wanted, locked=locked), only=only) if unlike else free
    staying = _staying(plain, fixed - unlike, disruption)
    left = set(rows)
    missed = frozenset(row.business_date for row in published if row not in left)
    return Disrupted(_from_now(_word_for_word(question, staying), plain, disruption), situation, rows, plain, missed)


def _as_published(situation: Situation, published: tuple[Assignment, ...]) -> tuple[Requirement, ...]:
    """The people required, or those that the published week had where it had fewer."""
    cover = cover_of(situation, published)
    return tuple(
        replace(row, people=min(row.people, cover[(row.business_date, row.slot_start, row.post_code)]))
        for row in week_requirement(situation)
    )


def _past(problem: RosterProblem, rows: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    monday = problem.week.first_day()
    return (*(row for row in problem.past if row.business_date < monday), *rows)


def _there(situation: Situation, mine: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """What is left of a person's date; nothing when only breaks are."""
    spans = [span for span, _ in situation.absence_spans(mine[0].staff_no, mine[0].business_date)]
    left = tuple(
        replace(row, start=start, end=end) for row in mine for start, end in outside((row.start, row.end), spans)
    )
    work = [row for row in left if row.kind != "break"]
    if not work:
        return ()
    first, last = min(row.start for row in work), max(row.end for row in work)
    return tuple(row for row in left if first <= row.start and row.end <= last)


def _fixed(
    situation: Situation, published: tuple[Assignment, ...], left: tuple[Assignment, ...], disruption: Disruption
) -> set[PersonDay]:
    """Person-days that nobody may change: past and begun ones, locked ones, and what is left of a missing person's."""
    today, minute = disruption.now.date(), _minute(disruption.now)
    begun = {
        _key(row)
        for row in published
        if row.business_date < today or (row.business_date == today and row.start <= minute)
    }
    missing = {absence.staff_no for absence in disruption.missing}
    cut = {
        _key(row)
        for row in left
        if row.staff_no in missing and situation.absence_spans(row.staff_no, row.business_date)
    }
    return begun | cut | {_key(row) for row in published if row.locked}


def _unlike(question: Question, plain: tuple[Assignment, ...]) -> set[PersonDay]:
    """Person-days that stand in a shift which the search does not know: they stay."""
    situation, columns = question.situation, question.columns
    people = {name: p for p, name in enumerate(columns.people)}
    found: set[PersonDay] = set()
    for key, mine in of_days(plain).items():
        d = situation.days.index(key[1])
        known = columns.options.get((people.get(key[0], -1), d), ())
        wanted = template_of(situation, d, mine)
        if all(columns.templates[option.template] != wanted for option in known):
            found.add(key)
    return found


def _staying(plain: tuple[Assignment, ...], fixed: set[PersonDay], disruption: Disruption) -> set[PersonDay]:
    """Person-days of today that have begun and not ended, of people who said yes to more hours."""
    today, missing = disruption.now.date(), {absence.staff_no for absence in disruption.missing}
    return {
        key
        for key, mine in of_days(plain).items()
        if key in fixed and key[1] == today and key[0] in (disruption.agreed or {}) and key[0] not in missing
        and not any(row.locked for row in mine) and max(row.end for row in mine) > _minute(disruption.now)
    }  # fmt: skip


def _word_for_word(question: Question, staying: set[PersonDay]) -> Question:
    """With exactly what is locked on a locked date: elsewhere a lock may be added to, a begun shift may not, but by
    those who stay longer. What stands comes first."""
    columns, situation = question.columns, question.situation
    templates, options = list(columns.templates), dict(columns.options)
    for (p, d), locks in columns.locks.items():
        wanted = template_of(situation, d, locks)
        known = options[(p, d)] if _is_whole(locks, wanted) else ()
        same = tuple(option for option in known if templates[option.template] == wanted)
        if not same:
            same = (Option(len(templates)),)
            templates.append(Template(d, Shape(locks[0].start, max(lock.end for lock in locks)), (), locks))
        more = (columns.people[p], situation.days[d]) in staying
        longer = (o for o in known if more and _goes_on(templates[o.template], wanted))
        options[(p, d)] = (*same, *longer)
    whole = replace(columns, templates=tuple(templates), options=options)
    return Question(situation, whole, week_grid(situation, whole))


def _is_whole(locks: tuple[Assignment, ...], wanted: Template) -> bool:
    """Whether a date is one shift at this branch: an hour at another, or the way back, is in no template."""
    here = union([(lock.start, lock.end) for lock in locks if not lock.at_branch_code])
    return here == ((wanted.shape.start, wanted.shape.end),)


def _goes_on(template: Template, wanted: Template) -> bool:
    """Whether a shift is the one that stands, and then more; its options keep all of that word for word."""
    return template.shape.start == wanted.shape.start and template.shape.end > wanted.shape.end


def _from_now(question: Question, plain: tuple[Assignment, ...], disruption: Disruption) -> Question:
    """Without the options that lie in the past, begin too soon or ask more of a day than was agreed to, but for the
    one that stands."""
    situation, columns, by_day = question.situation, question.columns, of_days(plain)
    soonest = disruption.now + timedelta(minutes=CALL_IN_MINUTES)
    options = dict(columns.options)
    for (p, d), known in columns.options.items():
        day = situation.days[d]
        mine = by_day.get((columns.people[p], day), ())
        if (p, d) in columns.locks:
            hours = hours_of_day(columns.people[p], mine, disruption)
            options[(p, d)] = (*known[:1], *(o for o in known[1:] if within_hours(columns, o.template, hours)))
            continue
        if datetime.combine(day, time()) > soonest:
            continue
        stands = template_of(situation, d, mine) if mine else None
        hours = hours_of_day(columns.people[p], mine, disruption) if day == disruption.now.date() else None
        options[(p, d)] = tuple(
            o for o in known
            if columns.templates[o.template] == stands
            or (_can_begin(columns, o.template, day, soonest) and within_hours(columns, o.template, hours))
        )  # fmt: skip
    return replace(question, columns=replace(columns, options=options))


def hours_of_day(name: str, mine: Iterable[Assignment], disruption: Disruption) -> tuple[Span, ...] | None:
    """The hours of the day that somebody may be given: those that stand and those agreed to; None: any."""
    if disruption.agreed is None:
        return None
    work = [(row.start, row.end) for row in mine]
    stands = [(min(start for start, _ in work), max(end for _, end in work))] if work else []
    return union([*stands, *([disruption.agreed[name]] if name in disruption.agreed else [])])


def within_hours(columns: Columns, index: int, hours: tuple[Span, ...] | None) -> bool:
    """Whether a template asks for no other hours."""
    shape = columns.templates[index].shape
    return hours is None or any(start <= shape.start and shape.end <= end for start, end in hours)


def _can_begin(columns: Columns, index: int, day: date, soonest: datetime) -> bool:
    return datetime.combine(day, time()) + timedelta(minutes=columns.templates[index].shape.start) >= soonest


def _minute(instant: datetime) -> int:
    return instant.hour * 60 + instant.minute


def _key(row: Assignment) -> PersonDay:
    return row.staff_no, row.business_date
