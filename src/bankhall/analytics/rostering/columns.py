"""The columns of the search: who may work which shift of which date in which posts, sieved by the checks themselves.

A *template* is a shift of a date with a post before and after its break; an *option* is a template that a person may
work, with the breaches that it would make by itself. Times and posts are sieved apart (a check looks at one or the
other), which keeps the sieve fast; a test asks the whole of `check_person_day` about the result.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from bankhall.analytics.rostering.checks.presence import AUTHORISER, LOBBY
from bankhall.analytics.rostering.checks.table import PERSON_POSTS, PERSON_TIMES, PersonDayCheck, person_day_breaches
from bankhall.analytics.rostering.shapes import DutyTask, Shape, duty_tasks, shapes_on
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span
from bankhall.analytics.rostering.timesheet import WorkDay
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach


@dataclass(frozen=True, slots=True)
class Template:
    """A shift with its posts (one for each span of work), or a locked date word for word."""

    day: int
    shape: Shape
    posts: tuple[str, ...]
    verbatim: tuple[Assignment, ...] = ()

    def post_in(self, span: Span) -> str | None:
        """The post held all through a span; None = not at work in all of it (or locked word for word)."""
        if self.verbatim:
            return None
        for (start, end), post in zip(self.shape.work(), self.posts, strict=True):
            if start <= span[0] and span[1] <= end:
                return post
        return None


@dataclass(frozen=True, slots=True)
class Option:
    """A template that a person may work; `breaches` are those it makes by itself."""

    template: int
    breaches: tuple[Breach, ...] = ()

    def lawful(self) -> bool:
        """No breach of law or control."""
        return all(breach.rule_class != "law_control" for breach in self.breaches)


@dataclass(frozen=True, slots=True)
class Columns:
    """All templates and options of a week; indexes of people, dates and templates are positions in these."""

    people: tuple[str, ...]
    roles: tuple[str, ...]
    tasks: tuple[tuple[DutyTask, ...], ...]
    templates: tuple[Template, ...]
    options: dict[tuple[int, int], tuple[Option, ...]]
    locks: dict[tuple[int, int], tuple[Assignment, ...]]


def build_columns(situation: Situation, *, relaxed: bool = False, only: Set[date] | None = None) -> Columns:
    """The options of everybody on every date. `relaxed` keeps those in breach too (for finding what conflicts).

    `only` are the dates on which something may be chosen; on all others stands what is locked. None: every date.
    """
    people = tuple(
        p.staff_no for p in situation.people.values() if any(situation.employed(p, d) for d in situation.days)
    )
    sieve = _Sieve(situation, people, relaxed=relaxed, only=only)
    options = {(p, d): sieve.options(p, d) for p, d in product(range(len(people)), range(len(situation.days)))}
    tasks = tuple(duty_tasks(situation, day) for day in situation.days)
    return Columns(people, _roles(situation, people), tasks, tuple(sieve.templates), options, sieve.locks)


def posts_needed(situation: Situation) -> frozenset[str]:
    """Posts that the requirement, or dual control, asks for in this week."""
    needed = {row.post_code for row in situation.problem.requirement if row.business_date in situation.days}
    if situation.week_value("dual_control") is not None:
        needed.add(AUTHORISER)
    if situation.week_value("hall_presence") is not None:
        needed.add(LOBBY)
    return frozenset(needed)


def posts_of(situation: Situation, person: Person, day: date, needed: frozenset[str]) -> tuple[str, ...]:
    """The posts in which the search may roster a person on a date: needed ones, else the usual one."""
    wanted = [post for post in person.posts if post in needed] or list(person.posts[:1])
    return tuple(post for post in wanted if can_man(situation, person.staff_no, post, day))


def can_man(situation: Situation, staff_no: str, post_code: str, day: date) -> bool:
    """A post without windows, or with at least one that the person is certified for while it is open."""
    windows = situation.windows_of(post_code)
    return not windows or any(
        situation.certified_for(staff_no, window, day, span)
        for window in windows
        for span in situation.window_open(window, day) or ((0, 0),)
    )


def _roles(situation: Situation, people: Iterable[str]) -> tuple[str, ...]:
    held = {post for name in people for post in situation.people[name].posts}
    held |= {post for duty in situation.duties.values() for post in duty.posts}
    held |= {lock.post_code for lock in situation.problem.locked if lock.post_code} | posts_needed(situation)
    known = [code for code in situation.posts if code in held]
    return (*known, *sorted(held.difference(known)))


class _Sieve:
    """Builds templates once and options for each person-day."""

    def __init__(self, situation: Situation, people: tuple[str, ...], *, relaxed: bool, only: Set[date] | None) -> None:
        self.situation, self.people, self.relaxed, self.only = situation, people, relaxed, only
        self.templates: list[Template] = []
        self._index: dict[Template, int] = {}
        self.locks = _locks(situation, people)
        self.needed = posts_needed(situation)
        self.shapes = cache(lambda day: shapes_on(situation, situation.days[day]))

    def options(self, p: int, d: int) -> tuple[Option, ...]:
        """Options of one person on one date, in the order of times and posts."""
        person, day = self.situation.people[self.people[p]], self.situation.days[d]
        locks = self.locks.get((p, d), ())
        if not self.situation.employed(person, day) or (self.only is not None and day not in self.only):
            return self._verbatim_option(d, locks)
        by_spans = {spans: self._posts(person, day, spans) for spans in (1, 2)}
        found = [
            Option(self._template(Template(d, shape, posts)), (*by_time, *by_post))
            for shape, by_time in self._times(person, d)
            for posts, by_post in by_spans[len(shape.work())]
            if all(_keeps(self.situation, Template(d, shape, posts), lock) for lock in locks)
        ]
        if locks:
            return tuple(found) or self._verbatim_option(d, locks)
        return tuple(found) if self.relaxed else _least_breaches(found)

    def _verbatim_option(self, d: int, locks: tuple[Assignment, ...]) -> tuple[Option, ...]:
        """A locked date word for word, with the breaches that it makes by itself."""
        if not locks:
            return ()
        workday = WorkDay(locks[0].staff_no, locks[0].business_date, locks)
        return (Option(self._template(_verbatim(d, locks)), tuple(person_day_breaches(self.situation, workday))),)

    def _template(self, template: Template) -> int:
        if template not in self._index:
            self._index[template] = len(self.templates)
            self.templates.append(template)
        return self._index[template]

    def _times(self, person: Person, d: int) -> list[tuple[Shape, tuple[Breach, ...]]]:
        day, post = self.situation.days[d], person.posts[0] if person.posts else ""
        tried = ((shape, self._ask(PERSON_TIMES, person, day, shape, (post,) * 2)) for shape in self.shapes(d))
        return [(shape, found) for shape, found in tried if self.relaxed or _lawful(found)]

    def _posts(self, person: Person, day: date, spans: int) -> list[tuple[tuple[str, ...], tuple[Breach, ...]]]:
        shape = Shape(0, 3, (1, 2)) if spans == 2 else Shape(0, 3)
        tried = (
            (posts, self._ask(PERSON_POSTS, person, day, shape, posts))
            for posts in product(posts_of(self.situation, person, day, self.needed), repeat=spans)
        )
        return [(posts, found) for posts, found in tried if self.relaxed or _lawful(found)]

    def _ask(
        self, checks: tuple[PersonDayCheck, ...], person: Person, day: date, shape: Shape, posts: tuple[str, ...]
    ) -> tuple[Breach, ...]:
        stretches = plain_stretches(self.situation.branch, person.staff_no, day, shape, posts)
        workday = WorkDay(person.staff_no, day, stretches)
        return tuple(breach for check in checks for breach in check(self.situation, workday))


def plain_stretches(
    branch: str, staff_no: str, day: date, shape: Shape, posts: tuple[str, ...]
) -> tuple[Assignment, ...]:
    """A shift as assignments of kind post, with its break; windows and duties are not chosen yet."""
    work = [
        Assignment(branch, staff_no, day, start, end, "post", post, post)
        for (start, end), post in zip(shape.work(), posts, strict=False)
    ]
    if shape.pause is None:
        return tuple(work)
    pause = Assignment(branch, staff_no, day, *shape.pause, "break")
    return (work[0], pause, work[1])


def _lawful(breaches: Iterable[Breach]) -> bool:
    return all(breach.rule_class != "law_control" for breach in breaches)


def _least_breaches(found: list[Option]) -> tuple[Option, ...]:
    """Where a shift exists that keeps an agreement, those that break it are not tried."""
    fewest = min((len(option.breaches) for option in found), default=0)
    return tuple(option for option in found if len(option.breaches) == fewest)


def _locks(situation: Situation, people: tuple[str, ...]) -> dict[tuple[int, int], tuple[Assignment, ...]]:
    place = {name: index for index, name in enumerate(people)}
    days = {day: index for index, day in enumerate(situation.days)}
    locks: dict[tuple[int, int], list[Assignment]] = {}
    for lock in sorted(situation.problem.locked, key=lambda a: (a.staff_no, a.business_date, a.start, a.end)):
        if lock.staff_no in place and lock.business_date in days:
            locks.setdefault((place[lock.staff_no], days[lock.business_date]), []).append(lock)
    return {key: tuple(found) for key, found in locks.items()}


def _keeps(situation: Situation, template: Template, lock: Assignment) -> bool:
    """Whether a template holds what is locked."""
    span = (lock.start, lock.end)
    if lock.kind == "break":
        return template.shape.pause == span
    post = template.post_in(span)
    if lock.kind == "duty":
        task = DutyTask(lock.code, lock.start, lock.end)
        return post is not None and task in duty_tasks(situation, lock.business_date)
    return post is not None and post == situation.post_held(lock)


def _verbatim(d: int, locks: tuple[Assignment, ...]) -> Template:
    """The locked stretches and nothing else."""
    return Template(d, Shape(locks[0].start, max(lock.end for lock in locks)), (), locks)
