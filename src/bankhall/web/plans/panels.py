"""One day of a plan as the panels of the board: the page's values in, chart shapes out."""

from collections import defaultdict
from datetime import date

from bankhall.apps.rosters.queries.pages import DayPlan, PlanNames, Range, ServiceWaits, SlotPeople
from bankhall.web.plans.people_rows import Cell, gantt_of
from bankhall.web.ui.charts import shapes
from bankhall.web.ui.charts.shapes import Board, Load, LoadSlot, People, PeopleSlot, Waits, WaitSlot
from bankhall.wording.figures import side
from bankhall.wording.say import say
from bankhall.wording.sentences import Names

LONG_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
Note = tuple[int, int, str, str]
"""First and last minute of a shortage, its words, and fewer words for where there is no room."""


def names_of(names: PlanNames) -> Names:
    """The page's names as wording knows them."""
    return Names(
        staff=names.staff,
        posts=names.posts,
        duties=names.duties,
        services=names.services,
        certificates=names.certificates,
    )


def board_of(
    plan: DayPlan, names: PlanNames, language: str, *, slot_minutes: int, movable: bool = False, stale: bool = False
) -> Board:
    """The day on one ruler, from the first work to the last."""
    first, last = plan.first_minute // slot_minutes * slot_minutes, -(-plan.last_minute // slot_minutes) * slot_minutes
    words = names_of(names)
    return Board(
        first,
        last,
        load_of(plan, language),
        people_of(plan.people, slot_minutes, language, words, day=plan.day.date),
        tuple(_waits(row, words.service(row.service_code, language)) for row in plan.waits),
        gantt_of(plan, names, language, movable=movable),
        slot_minutes,
        stale,
    )


def range_of(value: Range | None) -> shapes.Range | None:
    """A page's range as the charts know it."""
    return shapes.Range(value.middle, value.low, value.high) if value else None


def load_of(plan: DayPlan, language: str) -> Load:
    """Expected arrivals with their range, and an ordinary day of that weekday."""
    slots = tuple(
        LoadSlot(
            slot.start,
            slot.expected.middle,
            slot.expected.middle if slot.expected.low is None else slot.expected.low,
            slot.expected.middle if slot.expected.high is None else slot.expected.high,
            slot.ordinary,
        )
        for slot in plan.arrivals
    )
    total = range_of(plan.visits) or shapes.Range(sum(slot.mean for slot in slots))
    return Load(slots, total, weekday_word(plan.day.date, language))


def weekday_word(day: date, language: str) -> str:
    """`周二`, `Tuesday`."""
    return LONG_WEEKDAYS[side(language)][day.weekday()]


def people_of(
    rows: tuple[SlotPeople, ...], slot_minutes: int, language: str, names: Names, *, day: date | None = None
) -> People:
    """Required and planned people over all posts; shortage post by post, so one post's surplus hides nothing. With the
    date, each half hour can be asked why."""
    required: dict[int, int] = defaultdict(int)
    planned: dict[int, int] = defaultdict(int)
    short: dict[int, int] = defaultdict(int)
    for row in rows:
        required[row.start] += row.required
        planned[row.start] += row.planned
        short[row.start] += row.short
    slots = tuple(
        PeopleSlot(at, required[at], planned[at], short[at], str(Cell.slot(day, at)) if day else "")
        for at in sorted(required)
    )
    hours = sum(short.values()) * slot_minutes / 60
    return People(slots, hours, short_notes(rows, slot_minutes, language, names))


def short_notes(rows: tuple[SlotPeople, ...], slot_minutes: int, language: str, names: Names) -> tuple[Note, ...]:
    """Shortages that follow one another are one note: the post when it is one post, else the number of people."""
    lacking: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.short:
            lacking[row.start][row.post_code] = row.short
    runs: list[list[int]] = []
    for start in sorted(lacking):
        if runs and runs[-1][-1] + slot_minutes == start:
            runs[-1].append(start)
        else:
            runs.append([start])
    return tuple(
        (run[0], run[-1] + slot_minutes, *_run_words([lacking[at] for at in run], language, names)) for run in runs
    )


def _run_words(slots: list[dict[str, int]], language: str, names: Names) -> tuple[str, str]:
    posts = {post for slot in slots for post in slot}
    most = max(sum(slot.values()) for slot in slots)
    fewer = say("chart.short_people", language, n=most)
    return (short_words(most, posts.pop(), language, names) if len(posts) == 1 else fewer), fewer


def short_words(people: int, post_code: str, language: str, names: Names) -> str:
    """`缺 1 个柜员`, `1 teller short`."""
    post = names.post(post_code, language)
    return say("chart.short_post", language, n=people, post=post if side(language) == "zh" else post.lower())


def _waits(row: ServiceWaits, name: str) -> Waits:
    return Waits(
        name,
        tuple(WaitSlot(slot.start, slot.p50, slot.p90) for slot in row.slots),
        row.promise_minutes,
        row.promise_share,
        range_of(row.day_p90),
        row.day_kept.middle if row.day_kept else None,
        row.day_left.middle if row.day_left else None,
    )
