"""Twelve weeks ahead: need against people, and what would help, each worked out again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bankhall.analytics.planning.requirement import week_requirement
from bankhall.analytics.planning.season import RecentWeek, SeasonAnswer, SeasonQuestion, look_ahead
from bankhall.analytics.planning.season.cheap import factors_of, past_errors, scaled
from bankhall.analytics.planning.season.people import able_posts, hands_of, short_hours, useful_share
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Absence, CertificateKind
from bankhall.kernel.bank.roster import Assignment
from tests.analytics.planning.small_bank import BANK, WEEK, days, question

SHORT_BANK = replace(BANK, certificate_kinds=(CertificateKind("counterfeit"),))


def season(bank: Bank = SHORT_BANK, **more: object) -> SeasonQuestion:
    asked = question(bank=bank)
    return SeasonQuestion((WEEK,), asked, **more)  # type: ignore[arg-type]


def people(bank: Bank, *names: str) -> Bank:
    return replace(bank, staff=tuple(p for p in bank.staff if p.staff_no in names))


@pytest.fixture(scope="module")
def simulated() -> RecentWeek:
    asked = question()
    return RecentWeek(asked, week_requirement(asked).rows)


def test_enough_people_leave_nothing_short() -> None:
    (week,) = look_ahead(season()).weeks
    assert week.short_hours == 0
    assert week.open_days == 5
    assert week.needed_low <= sum(week.needed.values()) <= week.needed_high


def test_a_week_without_its_people_is_seen() -> None:
    (week,) = look_ahead(season(people(SHORT_BANK, "T0", "A1", "L1"))).weeks
    assert week.short_hours > 0
    assert week.short_low <= week.short_hours <= week.short_high


def test_granted_leave_takes_hours_away_and_asked_leave_does_not() -> None:
    monday = datetime.combine(WEEK.first_day(), datetime.min.time())
    away = Absence("T0", monday, monday + timedelta(days=2), "leave", "granted")
    hands, absent, _ = hands_of(replace(BANK, absences=(away,)), "B", WEEK)
    assert absent == 2
    assert next(h.hours for h in hands if h.staff_no == "T0") == 24
    hands, absent, _ = hands_of(replace(BANK, absences=(replace(away, state="asked"),)), "B", WEEK)
    assert (absent, next(h.hours for h in hands if h.staff_no == "T0")) == (0, 40)


def test_who_has_left_or_not_yet_come_is_not_there_and_not_on_leave() -> None:
    gone = tuple(replace(p, employed_until=date(2026, 1, 1)) if p.staff_no == "T0" else p for p in BANK.staff)
    hands, absent, _ = hands_of(replace(BANK, staff=gone), "B", WEEK)
    assert (absent, next(h.hours for h in hands if h.staff_no == "T0")) == (0, 0)


def test_a_window_asks_for_its_certificates() -> None:
    person = next(p for p in BANK.staff if p.staff_no == "T3")
    assert able_posts(BANK, person, WEEK.first_day()) == {"universal_teller"}
    assert "teller" in able_posts(BANK, person, WEEK.first_day(), "counterfeit")


def test_the_certificate_that_saves_most_is_found_by_working_it_out_again() -> None:
    bank = people(SHORT_BANK, "T3", "A1", "A2", "L1")
    answer = look_ahead(season(bank))
    (gap,) = answer.certificates
    assert (gap.code, gap.staff_no in {"T3", "A2"}) == ("counterfeit", True)
    learned = replace(bank, certificates=(*bank.certificates, replace(BANK.certificates[0], staff_no=gap.staff_no)))
    after = look_ahead(season(learned))
    assert gap.saved == pytest.approx(answer.weeks[0].short_hours - after.weeks[0].short_hours)
    assert gap.low <= gap.high + 1e-9


def test_one_more_person_saves_no_more_than_a_week() -> None:
    answer = look_ahead(season(people(SHORT_BANK, "A1", "L1")))
    assert answer.posts
    assert all(0 < gap.saved <= 40 for gap in answer.posts)


def test_the_cheap_requirement_is_scaled_to_what_simulation_found(simulated: RecentWeek) -> None:
    answer = look_ahead(season(recent=(simulated, simulated)))
    found = sum(r.people * 0.5 for r in simulated.simulated)
    assert sum(answer.weeks[0].needed.values()) == pytest.approx(found, rel=1e-6)
    assert answer.error == pytest.approx(0.0, abs=1e-9)
    assert answer.error_plain is not None
    assert answer.recent_weeks == 2


def test_the_error_of_a_week_comes_from_the_others_alone() -> None:
    pairs = [({"teller": 10.0}, {"teller": 20.0}), ({"teller": 10.0}, {"teller": 10.0})]
    error, plain = past_errors(pairs)
    assert error == pytest.approx((10 + 10) / 30)
    assert plain == pytest.approx(10 / 30)
    assert past_errors(pairs[:1]) == (None, None)


def test_a_post_without_a_past_keeps_its_hours() -> None:
    assert scaled({"teller": 4.0, "new": 3.0}, factors_of([({"teller": 2.0}, {"teller": 4.0})])) == {
        "teller": 8.0, "new": 3.0,
    }  # fmt: skip


def test_duties_are_not_stood_at_a_post(simulated: RecentWeek) -> None:
    day = WEEK.first_day()
    rows = (
        Assignment("B", "T0", day, 540, 840, "window", "1", "teller"),
        Assignment("B", "T0", day, 840, 900, "duty", "d", "teller"),
        Assignment("B", "T0", day, 900, 960, "break"),
    )
    assert useful_share([replace(simulated, roster=rows)]) == pytest.approx(300 / 360)
    assert useful_share([simulated]) == 1.0


def test_nobody_needed_is_nothing_short() -> None:
    assert short_hours((), {}, 1.0) == {}


def test_the_same_question_has_the_same_answer(simulated: RecentWeek) -> None:
    asked = season(people(SHORT_BANK, "T3", "A1", "L1"), recent=(simulated,))
    first: SeasonAnswer = look_ahead(asked)
    assert look_ahead(asked) == first


def test_a_forecast_of_many_weeks_is_read_by_its_dates() -> None:
    week = WEEK.plus(1)
    asked = question()
    longer = question(forecast=_longer())
    one = look_ahead(SeasonQuestion((WEEK,), asked)).weeks[0]
    two = look_ahead(SeasonQuestion((WEEK, week), longer)).weeks
    assert one.needed.keys() == two[1].needed.keys()
    assert two[1].week == week


def _longer() -> object:
    from bankhall.analytics.forecasting.forecast import forecast_branch
    from bankhall.analytics.forecasting.history import build_history
    from tests.analytics.planning.small_bank import AS_OF, FIRST

    known = days(FIRST, AS_OF - timedelta(days=1))
    rows = [
        (service, day, slot, 3.0)
        for day in known.dates
        if day.isoweekday() < 6
        for slot in range(18, 34)
        for service in ("cash", "account")
    ]
    last = WEEK.plus(1).days()[-1]
    return forecast_branch(build_history("B", rows, known), days(WEEK.first_day(), last), as_of=AS_OF)
