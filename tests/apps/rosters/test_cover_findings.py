"""Findings of cover: a published day that lost people until they are replaced, and certificates that one holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bankhall.apps.findings.queries import FindingLine, findings
from bankhall.apps.rosters import actions
from bankhall.apps.rosters.actions.certificates import see_certificates
from bankhall.apps.rosters.actions.revising import revise
from bankhall.kernel.bank.people import Certificate, CertificateKind
from bankhall.kernel.bilingual import Bilingual
from tests.factories.bank import MONDAY, WEEK, small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.factories.rosters import MANAGER, NOW, answer, published, work
from tests.factories.today import HALF_PAST_SEVEN, mark, monday

pytestmark = pytest.mark.django_db


def seen(kind: str) -> list[FindingLine]:
    return [line for line in findings(SYSTEM, kind=kind).lines if line.state == "open"]


def change(*assignments: object) -> None:
    revise("B01", WEEK, lambda _roster, _old: assignments, what="loan:1", by=MANAGER.actor, now=NOW, reason="a test")  # type: ignore[arg-type, return-value]


def test_a_change_that_takes_people_away_is_found_until_they_are_replaced() -> None:
    load_bank(small_bank(2))
    published()
    assert seen("cover_lost") == []
    change(work("T101"))
    (line,) = seen("cover_lost")
    assert (line.subject.code, line.period, line.facts["half_hours"]) == ("B01", MONDAY.isoformat(), 2)
    assert [row["slot_start"] for row in line.rows] == [540, 570]
    change(work("T101"), work("T103", kind="post", code="teller"))
    assert seen("cover_lost") == []


def test_what_the_first_version_could_not_meet_is_no_lost_cover() -> None:
    load_bank(small_bank(2))
    published(answer((work("T101"),)))
    change(work("T102"))
    assert seen("cover_lost") == []
    assert seen("unmet_need") != []


def test_who_is_missing_today_leaves_a_finding_that_goes_when_they_come_after_all() -> None:
    load_bank(small_bank(2))
    monday()
    number = mark()
    (line,) = seen("cover_lost")
    assert line.times == 1
    actions.take_back_missing(number, now=HALF_PAST_SEVEN + timedelta(minutes=5), by=MANAGER.actor, scope=MANAGER)
    assert seen("cover_lost") == []


def certified(*held: Certificate) -> None:
    bank = small_bank(2)
    services = tuple(replace(service, certificates=("gold",)) for service in bank.services)
    kinds = (CertificateKind("gold", Bilingual("黄金", "Gold")),)
    load_bank(replace(bank, services=services, certificates=held, certificate_kinds=kinds))


def test_a_needed_certificate_that_one_person_holds_is_found_again_each_week_until_another_learns_it() -> None:
    both = tuple(Certificate(f"T20{n}", "gold") for n in (1, 2))
    certified(Certificate("T101", "gold"), *both)
    today = date(2026, 11, 23)
    assert see_certificates(today) == 1
    (line,) = seen("one_person_certificate")
    assert (line.subject.code, line.subject.branch_code, line.times) == ("B01/gold", "B01", 1)
    assert [row["staff_no"] for row in line.rows] == ["T101"]
    see_certificates(today + timedelta(days=1))
    assert seen("one_person_certificate")[0].times == 1
    see_certificates(today + timedelta(days=7))
    assert seen("one_person_certificate")[0].times == 2
    certified(Certificate("T101", "gold"), Certificate("T103", "gold"), *both)
    see_certificates(today + timedelta(days=8))
    assert seen("one_person_certificate")[0].times == 1
