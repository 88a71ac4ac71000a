"""The fitted services of a branch-day as the simulator's models, with the promise that holds on the date."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from bankhall.analytics.forecasting.forecast import Forecast
from bankhall.analytics.planning.halls import manned_services
from bankhall.analytics.planning.hours import DayHours
from bankhall.analytics.queueing.fit import Fits
from bankhall.analytics.queueing.hall import Promised, ServiceModel
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.lookup import promise_for


def service_models(bank: Bank, branch_code: str, fits: Fits, day: date) -> tuple[ServiceModel, ...]:
    """One model a manned service, in the order of the services table."""
    models = []
    for service in manned_services(bank):
        promise = promise_for(bank.promises, branch_code, service, day)
        promised = Promised(promise.wait_minutes, promise.share) if promise else None
        models.append(fits.of(service.service_code).model(priority=service.priority, promise=promised))
    return tuple(models)


def on_day(
    forecast: Forecast, values: NDArray[np.generic], codes: tuple[str, ...], hours: DayHours
) -> NDArray[np.generic]:
    """`values` [..., service, slot] of the forecast's grid, cut to these services and the slots of the day."""
    places = [forecast.services.index(code) for code in codes]
    first = hours.starts[0] // hours.slot_minutes - forecast.slots[0]
    return np.ascontiguousarray(values[..., places, first : first + len(hours.starts)])
