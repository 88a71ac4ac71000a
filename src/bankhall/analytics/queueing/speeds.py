"""How quick each person is at the same work as the others of the branch, read off the services they gave.

The logarithm of a service time is a service's level, plus a person's own part, plus chance:

    log t = level[service] + person + noise,   person ~ N(0, spread²),   noise ~ N(0, noise[service]²)

Levels are free, so that neither the mix of services nor the branch weighs on anybody; persons are pooled towards the
mean of the branch by as much as their records leave open (empirical Bayes: Morris 1983, *Parametric empirical Bayes
inference*; Robinson 1991, *That BLUP is a good thing*). With one service and equal counts it is the textbook
normal-normal shrinkage, spread² / (spread² + noise²/n). The spread comes from the same sums by Henderson's third method
(1953), which is unbiased and needs no iteration. Own code, because it is two solves of a matrix of persons: a general
mixed model (statsmodels' MixedLM) iterates for seconds over every row to the same answer.

Logarithms tame long services; what is overlong (a forgotten ticket) was left out with the service times, and the rest
is held within CLIP robust deviations of its service's median. Who shares no service with anybody cannot be compared.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.queueing.service_times import next_calls, sample_times
from bankhall.analytics.queueing.steps import StepRecords

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SpeedState = Literal["known", "too_few", "alone"]

FEW_VISITS = 100
"""Services below which nobody says anything of a person: at the usual spread of service times the range is +-14 %."""
CLIP = 3.0
LEAST_SPREAD = 0.05
"""Two people differ by this much at least (logarithm): with few people the estimate is often nought, which would call
everybody the same with certainty."""
LEAST_NOISE = 0.1
SURE = 1.96


@dataclass(frozen=True, slots=True)
class PersonSpeed:
    """One person. `mean_minutes` is what the branch takes at the mean for this person's own mix of services; they take
    that over `speed` (1.25 = four fifths of the time), with the 95 % interval of the speed. `visits` are services.
    What is not `known` has speed 1: too few services, or nobody else who gives them (`alone`)."""

    staff_no: str
    state: SpeedState
    visits: int
    mean_minutes: float
    speed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """Clean service times with who gave them: `person` a place in `names`, `logs` held within reason."""

    names: tuple[str, ...]
    person: Ints
    service: Ints
    minutes: Floats
    logs: Floats

    def table(self, values: Floats) -> Floats:
        """Sums by person and service."""
        held = np.zeros((len(self.names), int(self.service.max(initial=-1)) + 1))
        np.add.at(held, (self.person, self.service), values)
        return held


def fit_speeds(records: StepRecords) -> tuple[PersonSpeed, ...]:
    """Everybody with a service time in the records, by staff number. Speeds weigh to 1 over the services given, so that
    the branch's own service times stay what they are."""
    work = _work_of(records)
    if not work.names:
        return ()
    counts = work.table(np.ones(len(work.logs)))
    effect, deviation, alone = _persons(work, counts)
    speeds = np.exp(-effect[:, None] + SURE * deviation[:, None] * np.array([0.0, -1.0, 1.0]))
    visits = counts.sum(axis=1)
    usual = counts / visits[:, None] @ (work.table(work.minutes).sum(axis=0) / np.maximum(counts.sum(axis=0), 1))
    found = []
    for i, name in enumerate(work.names):
        state: SpeedState = "too_few" if visits[i] < FEW_VISITS else "alone" if alone[i] else "known"
        speed, low, high = speeds[i].tolist() if state == "known" else (1.0, 1.0, 1.0)
        found.append(PersonSpeed(name, state, int(visits[i]), float(usual[i]), speed, low, high))
    return tuple(found)


def _work_of(records: StepRecords) -> _Work:
    calls = next_calls(records)
    rows: list[Ints] = []
    minutes: list[Floats] = []
    logs: list[Floats] = []
    for service in range(len(records.codes)):
        mine = (records.service == service) & (records.codes[service] != "")
        sample = sample_times(records.where(mine), calls[mine])
        rows.append(np.flatnonzero(mine)[sample.rows])
        minutes.append(sample.minutes)
        logs.append(_held(np.log(sample.minutes)))
    row = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    named = np.array([name != "" for name in records.names], dtype=np.bool_)[records.staff[row]]
    staff, person = np.unique(records.staff[row][named], return_inverse=True)
    if not len(staff):
        nothing = np.zeros(0)
        return _Work((), person, person, nothing, nothing)
    names = tuple(records.names[place] for place in staff)
    _, given = np.unique(records.service[row][named], return_inverse=True)
    return _Work(names, person, given, np.concatenate(minutes)[named], np.concatenate(logs)[named])


def _held(logs: Floats) -> Floats:
    """Within CLIP robust deviations of the median."""
    if not len(logs):
        return logs
    middle = np.median(logs)
    wide = CLIP * max(1.4826 * float(np.median(np.abs(logs - middle))), LEAST_NOISE)
    return np.clip(logs, middle - wide, middle + wide)


def _persons(work: _Work, counts: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Each person's part of the logarithm beside the mean of those who share services with them, its standard
    deviation, and who shares none."""
    weight = counts / _noise(work, counts)
    level = work.table(work.logs) / np.maximum(counts, 1) * weight
    at = level.sum(axis=0) / weight.sum(axis=0)
    found = (level - weight * at).sum(axis=1)
    known = np.diag(weight.sum(axis=1)) - (weight / weight.sum(axis=0)) @ weight.T
    spread = _spread(found, known)
    left_open = np.linalg.inv(known + np.eye(len(found)) / spread)
    group = _groups(counts)
    beside, shares = _beside_mean(group, counts.sum(axis=1))
    drawn = left_open @ found
    mean = np.log((shares * np.exp(drawn)).sum(axis=1))
    deviation = np.sqrt(np.maximum(np.diag(beside @ left_open @ beside.T), 0.0))
    return drawn - mean, deviation, np.bincount(group)[group] == 1


def _noise(work: _Work, counts: Floats) -> Floats:
    """The variance of a logarithm within one person's services of a kind, by service."""
    mean = work.table(work.logs) / np.maximum(counts, 1)
    off = work.table((work.logs - mean[work.person, work.service]) ** 2).sum(axis=0)
    free = counts.sum(axis=0) - (counts > 0).sum(axis=0)
    everywhere = off.sum() / max(free.sum(), 1.0)
    noise: Floats = np.where(free >= FEW_VISITS / 4, off / np.maximum(free, 1.0), everywhere)
    return np.maximum(noise, LEAST_NOISE**2)


def _spread(found: Floats, known: Floats) -> float:
    """The variance between persons: what their sums differ by beyond chance (Henderson's third method)."""
    told = float(np.trace(known))
    if told <= 0:
        return LEAST_SPREAD**2
    inverse = np.linalg.pinv(known, hermitian=True)
    chance = float(np.linalg.matrix_rank(known, hermitian=True))
    return max((float(found @ inverse @ found) - chance) / told, LEAST_SPREAD**2)


def _groups(counts: Floats) -> Ints:
    """Who can be compared with whom, directly or through others, by the number of the group."""
    from scipy.sparse.csgraph import connected_components

    group: Ints = connected_components((counts @ counts.T) > 0, directed=False)[1].astype(np.int64)
    return group


def _beside_mean(group: Ints, visits: Floats) -> tuple[Floats, Floats]:
    """The matrix that takes the group's mean away, and everybody's shares of that mean."""
    same = group[:, None] == group[None, :]
    shares = same * visits[None, :]
    shares = shares / shares.sum(axis=1, keepdims=True)
    return np.eye(len(group)) - shares, shares
