"""Incompatible posts and duties 不相容岗位: not one person on one date."""

from collections.abc import Iterator
from itertools import combinations

from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.timesheet import WorkDay
from bankhall.kernel.bank.people import Post
from bankhall.kernel.bank.roster import Duty
from bankhall.kernel.breach import Breach


def posts_clash(left: Post | None, right: Post | None) -> bool:
    """One names the other in `incompatible_with`."""
    if left is None or right is None:
        return False
    return right.post_code in left.incompatible_with or left.post_code in right.incompatible_with


def duties_clash(left: Duty | None, right: Duty | None) -> bool:
    """One names the other in `different_from`."""
    if left is None or right is None:
        return False
    return right.duty_code in left.different_from or left.duty_code in right.different_from


def incompatible_posts(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Two posts on one date that are incompatible. Facts: post_code, other."""
    if situation.value("incompatible_duties", workday.day) is None:
        return
    held = sorted({situation.post_held(s) for s in workday.stretches if s.kind != "break"})
    for left, right in combinations(held, 2):
        if posts_clash(situation.posts.get(left), situation.posts.get(right)):
            yield _clash(situation, workday, "post", left, right)


def incompatible_duties(situation: Situation, workday: WorkDay) -> Iterator[Breach]:
    """Two duties on one date whose people may not be the same. Facts: duty_code, other."""
    if situation.value("incompatible_duties", workday.day) is None:
        return
    done = sorted({s.code for s in workday.stretches if s.kind == "duty"})
    for left, right in combinations(done, 2):
        if duties_clash(situation.duties.get(left), situation.duties.get(right)):
            yield _clash(situation, workday, "duty", left, right)


def _clash(situation: Situation, workday: WorkDay, kind: str, left: str, right: str) -> Breach:
    return situation.breach(
        "incompatible_duties",
        day=workday.day,
        staff_no=workday.staff_no,
        subjects=(f"{kind}:{left}", f"{kind}:{right}"),
        named={f"{kind}_code": left, "other": right},
    )
