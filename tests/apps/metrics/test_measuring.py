"""Definitions are reviewed by another; values follow from numerator and denominator; what was measured stays."""

from datetime import date
from typing import Any

import pytest

from bankhall.apps.metrics import actions, queries
from bankhall.apps.metrics.models import Measurement, Metric
from bankhall.apps.metrics.rules import Value, joined, of_plan, of_records
from bankhall.apps.metrics.states import DEFINITIONS
from bankhall.kernel.errors import BadInput, NotAllowed, Refused
from bankhall.kernel.scope import Actor
from tests.factories.bank import MONDAY, WEEK
from tests.factories.imports import SYSTEM
from tests.factories.rosters import NOW, answer, at

OFFICE = at("head_office")


def values(found: list[Value]) -> dict[str, float | None]:
    return {value.code: value.value for value in found}


def test_every_definition_says_all_in_both_languages() -> None:
    for one in DEFINITIONS:
        for text in (one.name, one.formula, one.numerator, one.denominator, one.exclusions):
            assert text.zh, one.code
            assert text.en, one.code
    assert len({(one.code, one.version) for one in DEFINITIONS}) == len(DEFINITIONS)


def test_a_plan_gives_its_sums_and_weighted_shares() -> None:
    said = answer()
    day = [row for row in said["proof"] if row["slot_start"] is None]
    other = [
        row | {"business_date": "2026-12-01", "value": 0.5 if row["measure"] == "kept_share" else 60.0} for row in day
    ]
    found = values(of_plan("B01", WEEK.days(), said | {"proof": said["proof"] + other}))
    assert (found["required_half_hours"], found["planned_cost"]) == (4, 100)
    assert found["planned_promise_kept"] == pytest.approx((20 * 0.9 + 60 * 0.5) / 80)


def test_an_infeasible_plan_has_neither_cost_nor_waits() -> None:
    found = values(of_plan("B01", WEEK.days(), answer() | {"status": "infeasible"}))
    assert found.keys() == {"expected_visits", "required_half_hours"}


def test_half_widths_of_days_join_as_independent() -> None:
    days = [{"mean": 100.0, "p10": 97.0, "p90": 103.0}, {"mean": 50.0, "p10": 46.0, "p90": 54.0}]
    assert joined(days) == (150.0, 145.0, 155.0)
    assert joined([]) == (0.0, None, None)


RECORDS: dict[str, Any] = {
    "errors": [
        {"service_code": "", "level": "day", "wape": 0.18, "coverage_80": 0.81,
         "baselines": {"a": {"wape": 0.24}, "b": {"wape": 0.22}, "c": {"wape": None}}},
        {"service_code": "", "level": "slot", "wape": 0.5, "coverage_80": 0.8, "baselines": {}},
    ],
    "error_dates": ["2026-11-19", "2026-11-20"],
    "happened": [
        {"business_date": "2026-11-16", "arrivals": 100, "kept": 90, "left": 4, "absent": 1, "wait_p90": 12.0},
        {"business_date": "2026-11-17", "arrivals": 300, "kept": 240, "left": 10, "absent": 5, "wait_p90": 20.0},
    ],
}  # fmt: skip


def test_records_give_errors_beside_the_best_baseline_and_last_weeks_promise() -> None:
    found = values(of_records("B01", RECORDS))
    assert (found["forecast_wape"], found["forecast_wape_baseline"], found["forecast_coverage_80"]) == (
        0.18,
        0.22,
        0.81,
    )
    assert (found["promise_kept"], found["left_share"]) == (330 / 400, 20 / 400)


def test_the_promised_range_of_waits_is_stored_with_the_weeks_that_it_speaks_of() -> None:
    proofs = [{"measure": "kept_share", "inside_80": 0.9}, {"measure": "wait_p90", "inside_80": 0.83}]
    answer = {"errors": [], "error_dates": [], "happened": [], "as_of": "2026-11-25", "proofs": proofs}
    (value,) = of_records("B01", answer)
    assert (value.code, value.value) == ("wait_coverage_80", 0.83)
    assert (value.first, value.last) == (date(2026, 10, 26), date(2026, 11, 22))


def test_without_records_nothing_is_said() -> None:
    assert of_records("B01", {"errors": [], "error_dates": [], "happened": []}) == []


def test_a_share_of_nobody_is_not_known() -> None:
    happened = [RECORDS["happened"][0] | {"arrivals": 0, "kept": None}]
    assert values(of_records("B01", RECORDS | {"happened": happened}))["promise_kept"] is None


@pytest.mark.django_db
def test_definitions_are_installed_once_by_somebody_who_is_not_their_author() -> None:
    assert actions.install_definitions(by=OFFICE.actor, scope=OFFICE, now=NOW) == len(DEFINITIONS)
    assert actions.install_definitions(by=OFFICE.actor, scope=OFFICE, now=NOW) == 0
    assert {line.reviewer for line in queries.definitions(OFFICE)} == {"head_office"}
    with pytest.raises(NotAllowed, match="own_definition"):
        actions.install_definitions(by=Actor(actions.AUTHOR), scope=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_changed_words_want_a_new_version() -> None:
    from bankhall.apps.audit import bases

    actions.install_definitions(by=OFFICE.actor, scope=OFFICE, now=NOW)
    with bases.writing("a test"):
        Metric.objects.filter(metric_code="left_share").update(words={"code": "left_share"})
    with pytest.raises(Refused, match="metric_changed_without_version"):
        actions.install_definitions(by=OFFICE.actor, scope=OFFICE, now=NOW)


@pytest.mark.django_db
def test_a_later_value_supersedes_and_the_old_one_stays() -> None:
    actions.install_definitions(by=OFFICE.actor, scope=OFFICE, now=NOW)
    for share in (0.9, 0.8):
        one = Value("promise_kept", "B01", MONDAY, date(2026, 12, 6), share, share, 1.0)
        actions.record([one], by=SYSTEM.actor, scope=SYSTEM, now=NOW)
    assert Measurement.objects.count() == 2
    assert queries.latest(OFFICE, ["promise_kept"], ["B01"])["promise_kept", "B01"].value == 0.8
    assert queries.latest(at("head_office", "B02"), ["promise_kept"], ["B01"]) == {}


@pytest.mark.django_db
def test_what_is_no_metric_is_not_recorded() -> None:
    with pytest.raises(BadInput, match="unknown_metric"):
        actions.record([Value("mood", "B01", MONDAY, MONDAY, 1.0)], by=SYSTEM.actor, scope=SYSTEM, now=NOW)
