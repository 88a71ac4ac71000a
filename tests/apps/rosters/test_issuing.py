"""Forecasts are issued at night as they would be for a plan, and kept where the morning's re-solve looks."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions.issuing import accept_run
from bankhall.apps.rosters.jobs import forecasts_of
from bankhall.apps.rosters.models import ForecastIssue
from bankhall.apps.runs.actions import RunAnswer
from bankhall.data.exchange.codec import rows_table
from bankhall.data.forecast_jobs import issue_forecasts_job
from bankhall.data.lake import Lake
from bankhall.data.planning.question import PlanRequest
from bankhall.kernel.week import Week
from tests.data.test_measure_jobs import AS_OF, counts
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bank(settings: Settings) -> None:
    from bankhall.apps.imports import queries

    settings.DEMO = False
    load_bank(small_bank(2))
    lake = Lake(Path(settings.LAKE))
    lake.publish({"arrival_counts": rows_table("arrival_counts", counts(AS_OF))})
    lake.publish_reference(queries.exchange_tables(SYSTEM), on=AS_OF)


def issue(day: date) -> None:
    due = forecasts_of(day)[0]
    told = issue_forecasts_job(due.ask(), lambda _per_cent, _stage: None)
    accept_run(RunAnswer(1, "issue_forecast", due.ask(), told, due.branch_code, day, SYSTEM.actor, NOW))


def test_the_next_two_weeks_are_issued_as_of_the_day() -> None:
    issue(date(2026, 11, 25))
    made_at = datetime(2026, 11, 25, tzinfo=UTC)
    assert list(ForecastIssue.objects.order_by("first").values_list("branch_code", "made_at", "first")) == [
        ("B01", made_at, date(2026, 11, 30)), ("B01", made_at, date(2026, 12, 7)),
    ]  # fmt: skip
    rows = Lake(Path(settings.LAKE)).snapshot().table("forecasts", branch_code="B01")
    assert {row.isocalendar().week for row in rows["business_date"].to_pylist()} == {49, 50}


def test_on_a_monday_the_week_that_begins_is_issued_too() -> None:
    issue(AS_OF)
    assert ForecastIssue.objects.order_by("first")[0].first == AS_OF


def test_the_mornings_plan_finds_the_forecast_made() -> None:
    issue(AS_OF)
    question = actions.ask("B01", Week.of(AS_OF).plus(1), scope=SYSTEM, now=NOW)
    memory = PlanRequest(question)._memory
    assert memory is not None
    assert memory.records() is not None


def test_a_branch_without_a_history_issues_nothing_and_says_why() -> None:
    question = dict(forecasts_of(AS_OF)[1].ask()) | {"regions_branches": ["B02"]}
    told = issue_forecasts_job(question, lambda _per_cent, _stage: None)
    assert (told["issues"], told["said"]) == ([], "history_too_short")
    accept_run(RunAnswer(1, "issue_forecast", question, told, "B02", AS_OF, SYSTEM.actor, NOW))
    assert not ForecastIssue.objects.exists()


def test_a_demos_day_never_ends_so_nothing_is_issued_there(settings: Settings) -> None:
    settings.DEMO = True
    assert forecasts_of(AS_OF) == []
