"""How long a service holds a window, read off records that were not kept for that.

Three sources, the best that a service has: start to end; call to end where starts are missing; call to the window's
next call where ends are missing too and somebody was already waiting, so that the window was not idle in between.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.queueing.steps import CAME, StepRecords

Floats = NDArray[np.float64]
TimeSource = Literal["start_to_end", "call_to_end", "call_to_next_call"]
ZERO_MINUTES = 1.5 / 60
OVERLONG_DEVIATIONS = 3.5
LONGEST_PAUSE = 5.0
ENOUGH = 30


@dataclass(frozen=True, slots=True, eq=False)
class TimeSample:
    """Clean service times of one service, where they came from, how many rows were left out by reason, and the rows
    that were kept."""

    minutes: Floats
    source: TimeSource
    left_out: dict[str, int]
    rows: NDArray[np.int64]


def sample_times(records: StepRecords, next_call: Floats) -> TimeSample:
    """The service times of those who came. `next_call` is each row's next call at its window (`next_calls`)."""
    came = records.fate == CAME
    both = came & ~np.isnan(records.started) & ~np.isnan(records.ended)
    ended = came & ~np.isnan(records.ended)
    if both.sum() >= min(ENOUGH, max(1, came.sum() // 2)):
        return _clean(records.ended - records.started, came, "start_to_end")
    if ended.sum() >= min(ENOUGH, max(1, came.sum() // 2)):
        return _clean(records.ended - records.called, came, "call_to_end")
    return _clean(next_call - records.called, came, "call_to_next_call")


def next_calls(records: StepRecords) -> Floats:
    """The next call at the same window when that customer was waiting before this call; NaN otherwise."""
    after = _following(records)
    called = np.append(records.called, np.nan)[after]
    queued = np.append(records.queued, np.nan)[after]
    return np.where(queued <= records.called, called, np.nan)


def turnaround_minutes(records: StepRecords, longest_pause: float = LONGEST_PAUSE) -> float:
    """Mean minutes that a window loses per customer while somebody waits for one of its services: from the call to the
    start, and from the end to the next call. A longer pause is a break and does not count; 0 if too little is known."""
    called = np.append(records.called, np.nan)[_following(records)]
    between = np.where(_somebody_waits(records), called - records.ended, np.nan)
    begun = np.where(records.fate == CAME, records.started - records.called, np.nan)
    return _mean_pause(between, longest_pause) + _mean_pause(begun, longest_pause)


def _somebody_waits(records: StepRecords) -> NDArray[np.bool_]:
    """Whether, when a row's service ended, somebody was in line for a service that its window is known to give."""
    gives = np.zeros((int(records.window.max(initial=-1)) + 2, len(records.codes)), dtype=np.bool_)
    gives[records.window, records.service] = True
    out = np.fmin(records.called, records.left)
    waits = np.zeros(len(records.ended), dtype=np.bool_)
    for service in range(len(records.codes)):
        mine = (records.service == service) & ~np.isnan(out)
        came, gone = np.sort(records.queued[mine]), np.sort(out[mine])
        inside = np.searchsorted(came, records.ended, "right") - np.searchsorted(gone, records.ended, "right")
        waits |= (inside > 0) & gives[records.window, service]
    return waits & (records.window >= 0)


def _mean_pause(minutes: Floats, longest: float) -> float:
    short = minutes[(minutes >= 0) & (minutes <= longest)]
    return float(short.mean()) if len(short) >= ENOUGH else 0.0


def _following(records: StepRecords) -> NDArray[np.int64]:
    """The row called next at the same window; one past the last row when there is none."""
    rows = len(records.called)
    known = np.flatnonzero(~np.isnan(records.called) & (records.window >= 0))
    order = known[np.lexsort((records.called[known], records.window[known]))]
    after = np.full(rows, rows)
    same = records.window[order[:-1]] == records.window[order[1:]]
    after[order[:-1][same]] = order[1:][same]
    return after


def _clean(minutes: Floats, came: NDArray[np.bool_], source: TimeSource) -> TimeSample:
    """Leaves out what nobody can have meant, and counts it."""
    told = minutes[came]
    missing, negative = np.isnan(told), told < 0
    zero = (told >= 0) & (told <= ZERO_MINUTES)
    plain, rows = told[~missing & ~negative & ~zero], np.flatnonzero(came)[~missing & ~negative & ~zero]
    overlong = plain > overlong_limit(plain)
    counted = {"missing_end": missing, "ends_before_start": negative, "zero_seconds": zero, "overlong": overlong}
    left_out = {code: int(marks.sum()) for code, marks in counted.items()}
    return TimeSample(plain[~overlong], source, left_out, rows[~overlong])


def overlong_limit(minutes: Floats) -> float:
    """Above it somebody forgot to press: so many robust deviations above the median of the logarithm."""
    if len(minutes) < ENOUGH:
        return float("inf")
    logs = np.log(minutes)
    middle = float(np.median(logs))
    deviation = 1.4826 * float(np.median(np.abs(logs - middle)))
    return float(np.exp(middle + OVERLONG_DEVIATIONS * max(deviation, 0.25)))
