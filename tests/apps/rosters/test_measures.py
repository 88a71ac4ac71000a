"""A branch's measures: replays never replace what was issued, the forecast page shows errors and what came."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from bankhall.apps.metrics.actions import install_definitions
from bankhall.apps.rosters import actions, queries
from bankhall.apps.rosters.jobs import measures_of
from bankhall.apps.rosters.models import ForecastIssue
from bankhall.apps.runs.models import Run
from bankhall.data.exchange.codec import rows_table
from bankhall.data.lake import Lake
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import MANAGER, NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 17)
RANGES = {"p05": 1.0, "p10": 2.0, "p25": 5.0, "p50": 9.0, "p75": 12.0, "p90": 18.0, "p95": 20.0}


def told(mean: float = 10.0) -> dict[str, Any]:
    accuracy = {"wape": 0.2, "mase": 0.8, "bias": 0.0, "coverage_80": 0.8, "coverage_90": 0.9}
    return {
        "branch_code": "B01", "as_of": "2026-11-23", "error_dates": ["2026-11-20"],
        "errors": [{"service_code": "", "level": "day", **accuracy, "baselines": {"seasonal_naive": accuracy}}],
        "effects": [{"service_code": "", "marker": "pension_day", "factor": 1.3, "low": 1.2, "high": 1.4, "days": 12,
                     "pooled_days": 100}],
        "happened": [],
        "replayed": [{
            "made_at": "2026-11-16T00:00:00+00:00",
            "day_totals": [{"service_code": "", "business_date": DAY.isoformat(), "mean": mean, **RANGES}],
            "forecasts": [{"made_at": "2026-11-16T00:00:00+00:00", "branch_code": "B01", "service_code": "",
                           "business_date": DAY.isoformat(), "slot_start": "09:00", "mean": mean, **RANGES}],
        }],
    }  # fmt: skip


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())
    install_definitions(by=SYSTEM.actor, scope=SYSTEM, now=NOW)


def take(mean: float = 10.0) -> None:
    actions.take_measures(told(mean), by=SYSTEM.actor, scope=SYSTEM, now=NOW)


def test_the_forecast_page_shows_issue_error_and_effect_beside_what_came() -> None:
    count = {"branch_code": "B01", "service_code": "cash", "business_date": DAY, "slot_start": "09:00", "minutes": 30,
             "count": 13, "source": "counter"}  # fmt: skip
    Lake(settings.LAKE).publish({"arrival_counts": rows_table("arrival_counts", [count])}, batch="a test")
    take()
    page = queries.forecast_page(MANAGER, "B01", day=DAY, on=TODAY)
    shown = next(one for one in page.days if one.day.date == DAY)
    assert (shown.came, shown.replayed, shown.expected and shown.expected.middle) == (13.0, True, 10.0)
    assert [(slot.start, slot.came) for slot in page.slots] == [(540, 13.0)]
    assert [(line.method, line.wape) for line in page.errors] == [("ours", 0.2), ("seasonal_naive", 0.2)]
    assert [(line.marker, line.days) for line in page.effects] == [("pension_day", 12)]


def test_a_day_without_records_is_not_known_rather_than_zero() -> None:
    take()
    page = queries.forecast_page(MANAGER, "B01", day=DAY, on=TODAY)
    assert ([one.came for one in page.days], [slot.came for slot in page.slots]) == ([None], [None])


def test_a_replay_never_replaces_what_was_issued() -> None:
    take(10.0)
    take(99.0)
    assert [issue.day_totals[0]["mean"] for issue in ForecastIssue.objects.all()] == [10.0]


def test_a_forecast_made_after_a_day_is_not_shown_for_it() -> None:
    said = told()
    said["replayed"][0]["made_at"] = "2026-11-18T00:00:00+00:00"
    actions.take_measures(said, by=SYSTEM.actor, scope=SYSTEM, now=NOW)
    assert queries.forecast_page(MANAGER, "B01", day=DAY, on=TODAY).days == ()
    assert ForecastIssue.objects.get().made_at == datetime(2026, 11, 18, tzinfo=UTC)


def test_a_branch_is_measured_by_a_run_of_the_batch_lane() -> None:
    run = Run.objects.get(pk=actions.request_measures("B01", on=TODAY, by=MANAGER.actor, scope=MANAGER))
    assert (run.kind, run.lane, run.question["as_of"]) == ("measure_branch", "batch", "2026-11-23")


def test_every_branch_is_measured_at_night_but_not_in_a_demo(settings: Settings) -> None:
    assert [(due.branch_code, due.ask()["as_of"]) for due in measures_of(TODAY)] == [("B01", "2026-11-23")]
    settings.DEMO = True
    assert measures_of(TODAY) == []
