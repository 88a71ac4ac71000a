"""What always holds: one place at a time, and only records that exist, are employed, held and open."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import combinations

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import outside
from bankhall.analytics.rostering.timesheet import WorkDay
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach


def unknown_record(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A person, post, window or duty that does not exist, or a stretch without time. Facts: kind, code."""
    if workday.staff_no not in situation.people:
        yield situation.breach(
            "unknown_record", day=workday.day, staff_no=workday.staff_no, kind="staff", code=workday.staff_no
        )
    for stretch in workday.stretches:
        for kind, code in _unknown(situation, stretch):
            yield _at(situation, "unknown_record", stretch, kind=kind, code=code)


def _unknown(situation: Situation, stretch: Assignment) -> Iterator[tuple[str, str]]:
    known: dict[str, Collection[str]] = {
        "window": situation.windows.keys(),
        "post": situation.posts.keys(),
        "duty": situation.duties.keys(),
        "break": (stretch.code,),
    }
    if situation.is_here(stretch) and stretch.code not in known[stretch.kind]:
        yield stretch.kind, stretch.code
    if stretch.post_code and stretch.post_code not in situation.posts:
        yield "post", stretch.post_code
    if stretch.start >= stretch.end:
        yield "span", stretch.code


def not_employed(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Work on a date outside the employment."""
    person = situation.people.get(workday.staff_no)
    if person and workday.minutes and not situation.employed(person, workday.day):
        yield situation.breach("not_employed", day=workday.day, staff_no=workday.staff_no)


def post_not_held(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A stretch in a post that the person may not hold. Facts: post_code."""
    person = situation.people.get(workday.staff_no)
    for stretch in workday.stretches:
        if person and stretch.post_code and stretch.post_code not in person.posts:
            yield _at(situation, "post_not_held", stretch, post_code=stretch.post_code)


def window_shut(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A window manned while no segment of its services is open. Facts: window_code."""
    for stretch in workday.stretches:
        window = situation.windows.get(stretch.code) if stretch.kind == "window" else None
        if window is None or not situation.is_here(stretch):
            continue
        for start, end in outside((stretch.start, stretch.end), situation.window_open(window, workday.day)):
            yield situation.breach(
                "window_shut",
                day=workday.day,
                staff_no=workday.staff_no,
                start=start,
                end=end,
                subjects=(f"window:{stretch.code}",),
                window_code=stretch.code,
            )


def person_overlap(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """A person in two places at one time."""
    reach = workday.stretches[:1]
    for stretch in workday.stretches[1:]:
        latest = max(reach, key=lambda s: s.end)
        if stretch.start < latest.end and stretch.end > stretch.start:
            yield situation.breach(
                "person_overlap",
                day=workday.day,
                staff_no=workday.staff_no,
                start=stretch.start,
                end=min(stretch.end, latest.end),
                code=stretch.code,
                other=latest.code,
            )
        reach = (latest, stretch)


def window_shared(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """Two people at one window at one time. Facts: window_code, other."""
    manned = sorted((s for s in here if s.kind == "window"), key=lambda s: (s.code, s.start, s.staff_no))
    for left, right in combinations(manned, 2):
        if left.code == right.code and right.start < left.end and left.staff_no != right.staff_no:
            yield situation.breach(
                "window_shared",
                day=day,
                staff_no=right.staff_no,
                start=right.start,
                end=min(left.end, right.end),
                subjects=(f"staff:{left.staff_no}", f"window:{right.code}"),
                window_code=right.code,
                other=left.staff_no,
            )


def _at(situation: Situation, rule_code: str, stretch: Assignment, /, **facts: str | int | float) -> Breach:
    return situation.breach(
        rule_code,
        day=stretch.business_date,
        staff_no=stretch.staff_no,
        start=stretch.start,
        end=stretch.end,
        named=facts,
    )
