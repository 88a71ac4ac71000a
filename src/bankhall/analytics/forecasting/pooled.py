"""Calendar effects over several branches, shrunk to what each branch shows itself; and the shapes a new branch borrows.

One branch sees a pension day twelve times a year and Spring Festival once. So an effect is a factor on the day's
expected arrivals, found first for all services and branches, then for each service, then for each branch and service,
each pulled to the one before by n / (n + k), where n counts days by what they can tell: a day on which E customers are
expected tells φE / (1 + φE) of a large day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bankhall.analytics.forecasting.arrays import Floats
from bankhall.analytics.forecasting.expected import BranchDays, branch_days
from bankhall.analytics.forecasting.history import History
from bankhall.analytics.forecasting.scaling import Effects, fit_effects
from bankhall.analytics.forecasting.setting import DEFAULT, Setting


@dataclass(frozen=True, slots=True)
class PooledEffects:
    """What several branches say together, from days before `as_of`.

    `log_factors`, `errors` (standard error of the logarithm): [branch + pool last, service + all last, mark]; `days`:
    marked open days [branch + pool last, mark]; `shapes`: mean counts of a branch that has the service,
    [service, weekday, slot from midnight].
    """

    as_of: date
    branch_codes: tuple[str, ...]
    services: tuple[str, ...]
    marks: tuple[str, ...]
    log_factors: Floats
    errors: Floats
    days: Floats
    shapes: Floats

    def row_of(self, branch_code: str) -> int:
        """Place of a branch; a branch that was not among them has the pool's."""
        return self.branch_codes.index(branch_code) if branch_code in self.branch_codes else len(self.branch_codes)

    def column_of(self, service_code: str) -> int:
        """Place of a service; an unknown one has that of all services."""
        return self.services.index(service_code) if service_code in self.services else len(self.services)

    def factors(self, branch_code: str, services: Sequence[str], marks: Sequence[tuple[str, ...]]) -> Floats:
        """Factor of each day for each service: [service, day], within a tenth and tenfold."""
        table = self.log_factors[self.row_of(branch_code)][[self.column_of(code) for code in services]]
        on = np.array([[mark in day for mark in self.marks] for day in marks], dtype=np.float64)
        return np.asarray(np.exp(np.clip(table @ on.reshape(len(marks), len(self.marks)).T, -2.3, 2.3)))


def pool_effects(histories: Sequence[History], as_of: date, setting: Setting = DEFAULT) -> PooledEffects:
    """From several branches (or one), days before `as_of` alone. Two rounds: effects blur the expectation that they are
    measured against, so it is made anew without them."""
    cut = [history.before(as_of) for history in histories]
    marks = tuple(sorted({mark for history in cut for day in _usable_marks(history) for mark in day}))
    services = tuple(dict.fromkeys(code for history in cut for code in history.services))
    codes = tuple(history.branch_code for history in cut)
    none = np.zeros((1, len(services) + 1, len(marks)))
    blank = PooledEffects(as_of, codes, services, marks, none, none, none[:, 0], np.zeros((len(services), 7, 0)))
    if not cut:
        return blank
    pooled = _pool(blank, [branch_days(history, services, marks) for history in cut], setting)
    return _pool(blank, [branch_days(history, services, marks, pooled.factors) for history in cut], setting)


def _usable_marks(history: History) -> list[tuple[str, ...]]:
    return [history.days.marks[at] for at in np.flatnonzero(history.usable)]


def _pool(blank: PooledEffects, parts: list[BranchDays], setting: Setting) -> PooledEffects:
    pull = max(setting.pool_shrinkage, setting.calendar_shrinkage / max(len(parts), 1))
    everything = fit_effects([part.whole() for part in parts], np.zeros((1, len(blank.marks))), pull)
    by_service = fit_effects(parts, everything.log_factors.repeat(len(blank.services), axis=0), pull)
    rows = [_own(part, everything, by_service, len(parts), setting) for part in parts]
    rows.append(_stacked(by_service, everything))
    days = np.array([part.marked.sum(axis=0) for part in parts])
    return replace(
        blank,
        log_factors=np.array([row.log_factors for row in rows]),
        errors=np.array([row.errors for row in rows]),
        days=np.concatenate([days, days.sum(axis=0, keepdims=True)]),
        shapes=_mean_shapes(parts, len(blank.services)),
    )


def _own(part: BranchDays, everything: Effects, by_service: Effects, branches: int, setting: Setting) -> Effects:
    """A branch's own effects; of one branch alone the pool is its own already."""
    if branches == 1:
        return _stacked(by_service, everything)
    services = fit_effects([part], by_service.log_factors, setting.calendar_shrinkage)
    whole = fit_effects([part.whole()], everything.log_factors, setting.calendar_shrinkage)
    return _stacked(services, whole)


def _stacked(services: Effects, whole: Effects) -> Effects:
    return Effects(
        np.concatenate([services.log_factors, whole.log_factors]), np.concatenate([services.errors, whole.errors])
    )


def _mean_shapes(parts: list[BranchDays], services: int) -> Floats:
    """Mean over the branches that have the service."""
    stack = np.array([part.shapes for part in parts]).reshape(len(parts), services, 7, -1)
    has = (stack.sum(axis=(2, 3)) > 0).sum(axis=0)
    return np.asarray(stack.sum(axis=0) / np.maximum(has, 1)[:, None, None])
