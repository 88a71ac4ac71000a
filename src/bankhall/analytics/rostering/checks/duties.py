"""Duties: at some start between earliest and latest all the people needed, for the whole minutes."""

from collections.abc import Iterator, Sequence
from datetime import date

from bankhall.analytics.rostering.situation import DutyCall, Situation
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.breach import Breach


def duty_people(situation: Situation, day: date, here: Sequence[Assignment]) -> Iterator[Breach]:
    """At no one start the people needed, with post and certificates. Facts: duty_code, people, found (the most)."""
    for call in situation.duty_calls(day):
        found = most_people(situation, call, here)
        if found < call.duty.people:
            code = call.duty.duty_code
            yield situation.breach(
                "duty_people",
                day=day,
                start=call.earliest,
                end=call.latest + call.duty.minutes,
                subjects=(f"duty:{code}",),
                duty_code=code,
                people=call.duty.people,
                found=found,
            )


def most_people(situation: Situation, call: DutyCall, here: Sequence[Assignment]) -> int:
    """The most people who do the duty together at one start."""
    doing = [s for s in here if s.kind == "duty" and s.code == call.duty.duty_code and _may(situation, call, s)]
    starts = {call.earliest, *(s.start for s in doing if call.earliest <= s.start <= call.latest)}
    return max(
        len({s.staff_no for s in doing if s.start <= start and start + call.duty.minutes <= s.end}) for start in starts
    )


def _may(situation: Situation, call: DutyCall, stretch: Assignment) -> bool:
    duty = call.duty
    if duty.posts and situation.post_held(stretch) not in duty.posts:
        return False
    return set(duty.certificates) <= situation.certificates(stretch.staff_no, stretch.business_date)
