"""The rest of a day looked at: the forecast updated, the waits to come, and the changes that would save most."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from bankhall.analytics.forecasting.forecast import Forecast, with_ranges
from bankhall.analytics.forecasting.intraday import update_during_day, weight_of_seen
from bankhall.analytics.planning.during_day.candidates import (
    COUNTED_MINUTES,
    HORIZON_MINUTES,
    Candidate,
    Hall,
    candidates,
)
from bankhall.analytics.planning.during_day.from_now import Scene, scene_of
from bankhall.analytics.planning.during_day.values import DayUpdate, Moment, Proposal, SlotNow, Span
from bankhall.analytics.planning.halls import posts_with_windows
from bankhall.analytics.planning.hours import hours_on
from bankhall.analytics.planning.question import PlanQuestion
from bankhall.analytics.planning.what_if.answer import Difference
from bankhall.analytics.planning.what_if.tally import Tally, of_quantile, of_share, only, tally
from bankhall.analytics.queueing.hall import PersonSpan
from bankhall.analytics.queueing.simulate import Records
from bankhall.analytics.rostering.changes import judge
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.kernel.bank.roster import Assignment

P10, P90 = 1, 5
LEAST_SAVED = 0.5
"""Minutes at P90 below which a change is not worth asking anybody for."""
MOST_LOST = 0.5
"""Minutes at P90 that a closed window may cost, at the worst end of its interval."""
SHOWN = {"move_break": 3, "move_duty": 3, "open_window": 3, "close_window": 2, "call_in": 2}
COMES_AFTER = 60
"""Minutes until somebody who is called in stands at a window."""


def look_at_the_rest(question: PlanQuestion, moment: Moment, problem: RosterProblem, plan: Iterable[Assignment]) -> (
    DayUpdate
):  # fmt: skip
    """`question.forecast` is the morning's, of the one date alone; `plan` the whole week in force, by which the rules
    of `problem` are asked. `question.effort.proof_days` says how often the rest of the day is simulated."""
    week, morning = tuple(plan), question.forecast
    until = moment.minute // morning.slot_minutes
    now = update_during_day(morning, 0, moment.seen, until) if moment.recorded else morning
    done = np.arange(morning.slots.start, morning.slots.stop) < until
    weight = weight_of_seen(morning.spread[0], morning.mean[0], done, morning.slots, morning.slot_minutes)
    update = DayUpdate(
        day=moment.day, minute=moment.minute, recorded=moment.recorded,
        slots=tuple(_slots(morning, now, moment, until)),
        came=float(moment.seen[:, done].sum()), expected_so_far=float(morning.mean[0][:, done].sum()),
        rest_morning=_rest(morning, done), rest=_rest(now, done), weight=weight if moment.recorded else 0.0,
        waiting=len(moment.waiting), busy=len(moment.busy), horizon=moment.minute + COUNTED_MINUTES, wait_p90=None,
        replications=question.effort.proof_days, proposals=(),
    )  # fmt: skip
    hours = hours_on(question.bank, question.branch_code, moment.day)
    scene = scene_of(replace(question, forecast=now), moment, hours) if hours.spans and week else None
    return update if scene is None else _with_proposals(update, _Look(scene, moment, problem, week))


def _slots(morning: Forecast, now: Forecast, moment: Moment, until: int) -> Iterator[SlotNow]:
    for place in np.flatnonzero(morning.open[0].any(axis=0)):
        slot = morning.slots[int(place)]
        over = slot < until
        yield SlotNow(
            slot * morning.slot_minutes, _span_of(morning, int(place)),
            float(moment.seen[:, place].sum()) if over and moment.recorded else None,
            None if over else _span_of(now, int(place)),
        )  # fmt: skip


def _span_of(forecast: Forecast, place: int) -> Span:
    ranges = forecast.quantiles[0, -1, place]
    return Span(float(forecast.mean[0][:, place].sum()), float(ranges[P10]), float(ranges[P90]))


def _rest(forecast: Forecast, done: np.ndarray) -> Span:
    """What is still to come, with its range."""
    left = with_ranges(replace(forecast, mean=np.where(done, 0.0, forecast.mean)))
    ranges = left.day_quantiles[0, -1]
    return Span(float(left.day_mean[0, -1]), float(ranges[P10]), float(ranges[P90]))


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    scene: Scene
    moment: Moment
    problem: RosterProblem
    week: tuple[Assignment, ...]

    def today(self) -> tuple[Assignment, ...]:
        return tuple(row for row in self.week if row.business_date == self.moment.day)

    def hall(self) -> Hall:
        step = self.problem.bank.slot_minutes
        first = -(-self.moment.minute // step) * step
        last = int(self.scene.hall.shut_minutes()[-1])
        return Hall(self.problem.bank, self.today(), first, max(first, min(first + HORIZON_MINUTES, last)))

    def counted(self, records: Records) -> Tally:
        """Those in line and those who come until the horizon."""
        every = tally([records])
        return only(every, every.minute < self.moment.minute + COUNTED_MINUTES)

    def allowed(self, one: Candidate) -> bool:
        """Whether no rule of law, control or agreement speaks against it that did not speak before."""
        changed = changed_rows(self.week, one.removed, one.added)
        found = judge(self.problem, self.week, self.problem, changed)
        return not found.law and not found.agreement


def changed_rows(
    rows: Iterable[Assignment], removed: Iterable[Assignment], added: Iterable[Assignment]
) -> tuple[Assignment, ...]:
    """Rows without some and with others."""
    gone = set(removed)
    return (*(row for row in rows if row not in gone), *added)


def _with_proposals(update: DayUpdate, look: _Look) -> DayUpdate:
    today = look.today()
    before = look.counted(look.scene.run(today))
    served = before.wait[before.served]
    scored = [
        (one, shown) for one in candidates(look.hall())
        if (shown := _proposal(one, look, before, look.scene.run(changed_rows(today, one.removed, one.added))))
    ]  # fmt: skip
    calls = [shown for shown in _calls(look, before) if shown is not None]
    return replace(
        update, wait_p90=float(np.quantile(served, 0.9)) if len(served) else None,
        proposals=(*_best(scored, look), *_helpful(calls)[: SHOWN["call_in"]]),
    )  # fmt: skip


def _proposal(one: Candidate, look: _Look, before: Tally, after: Records) -> Proposal | None:
    wait, left = _change(look, before, after)
    if wait.change is None or wait.low is None or wait.high is None:
        return None
    return Proposal(
        one.kind, one.staff_no, one.code, one.start, one.end, one.to_start, -wait.change, -wait.high, -wait.low,
        left.change or 0.0, one.removed, one.added,
    )  # fmt: skip


def _change(look: _Look, before: Tally, records: Records) -> tuple[Difference, Difference]:
    after, days = look.counted(records), look.scene.question.effort.proof_days
    left = of_share("left_share", "", ((before.left, None, before), (after.left, None, after)), days)
    return of_quantile("wait_p90", "", before, after, days), left


def _best(scored: list[tuple[Candidate, Proposal]], look: _Look) -> Iterator[Proposal]:
    """The most helpful of each kind that the rules allow, one a person; then windows that could be given up."""
    for kind in ("move_break", "move_duty", "open_window", "close_window"):
        mine = [(one, shown) for one, shown in scored if one.kind == kind and _worth(shown)]
        mine.sort(key=lambda pair: (-round(pair[1].saved, 3), pair[1].start - pair[1].end, pair[1].staff_no))
        people: set[str] = set()
        for one, shown in mine:
            if len(people) == SHOWN[kind]:
                break
            if one.staff_no not in people and look.allowed(one):
                people.add(one.staff_no)
                yield shown


def _worth(shown: Proposal) -> bool:
    if shown.kind == "close_window":
        return shown.low >= -MOST_LOST and shown.left <= 0.005
    return shown.saved >= LEAST_SAVED and shown.low > 0


def _helpful(shown: list[Proposal]) -> list[Proposal]:
    return sorted((one for one in shown if _worth(one)), key=lambda one: -one.saved)


def _calls(look: _Look, before: Tally) -> Iterator[Proposal | None]:
    """One person more at a free window of each post, an hour from now until the horizon."""
    hall = look.hall()
    span = (hall.first + COMES_AFTER, hall.until)
    for group in posts_with_windows(look.problem.bank):
        taken = {r.code for r in look.today() if r.kind == "window" and r.start < span[1] and span[0] < r.end}
        free = [window for window in group.windows if window.window_code not in taken]
        if free and span[0] < span[1]:
            code = group.post.post_code
            extra = PersonSpan(f"+{code}", *span, free[0].services)
            one = Candidate("call_in", "", code, *span, None, (), ())
            yield _proposal(one, look, before, look.scene.run(look.today(), (extra,)))
