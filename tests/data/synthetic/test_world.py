"""The synthetic world: same seed, same bytes; what is planted arises; planned people may be put into it."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from bankhall.analytics.rostering.checks import find_breaches
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.data.contracts import TABLES
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import bank_tables, read_assignments, read_bank
from bankhall.data.synthetic.outline import Outline
from bankhall.data.synthetic.reference import synthetic_bank
from bankhall.data.synthetic.synthesise import synthesise
from bankhall.data.synthetic.world import Habits, World, live_week, read_world
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week

SMALL = Outline(branches=5, first=date(2026, 3, 2), last=date(2026, 4, 26), seed=11)
FACTS = ("visits", "steps", "window_sessions", "attendance", "rosters")


@pytest.fixture(scope="module")
def world() -> World:
    return World(SMALL)


@pytest.fixture(scope="module")
def market(world: World) -> dict[str, pa.Table]:
    return world.history("B05")


def waits(tables: dict[str, pa.Table]) -> np.ndarray:
    called = tables["steps"].filter(pc.is_valid(tables["steps"]["started_at"]))
    return np.asarray(pc.subtract(called["called_at"], called["queued_at"]).cast(pa.int64())) / 60e6


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(market: dict[str, pa.Table]) -> None:
    again = World(SMALL).history("B05")
    other = World(Outline(5, SMALL.first, SMALL.last, seed=12)).history("B05")
    assert all(market[name].equals(again[name]) for name in FACTS)
    assert not market["visits"].equals(other["visits"])


def test_a_branch_does_not_depend_on_how_many_others_there_are(market: dict[str, pa.Table]) -> None:
    larger = World(Outline(7, SMALL.first, SMALL.last, SMALL.seed)).history("B05")
    assert all(market[name].equals(larger[name]) for name in FACTS)


def test_every_table_keeps_its_contract(market: dict[str, pa.Table]) -> None:
    for name in FACTS:
        contract = TABLES[name]
        table = market[name].select(contract.names)
        assert table.schema.equals(contract.arrow_schema()), name
        keys = table.select(list(contract.key))
        assert keys.group_by(list(contract.key)).aggregate([]).num_rows == table.num_rows, name
        assert all(table[c.name].null_count == 0 for c in contract.columns if c.required), name


def test_times_of_a_step_never_run_backwards(market: dict[str, pa.Table]) -> None:
    steps = market["steps"]
    for earlier, later in (("queued_at", "called_at"), ("called_at", "started_at"), ("started_at", "ended_at")):
        both = steps.filter(pc.and_(pc.is_valid(steps[earlier]), pc.is_valid(steps[later])))
        assert pc.all(pc.less_equal(both[earlier], both[later])).as_py()


def test_nobody_serves_two_customers_at_once_nor_without_a_session(market: dict[str, pa.Table]) -> None:
    served = market["steps"].filter(pc.is_valid(market["steps"]["ended_at"])).sort_by("called_at").to_pylist()
    until: dict[str, object] = {}
    sessions = {(row["staff_no"], row["window_code"]) for row in market["window_sessions"].to_pylist()}
    for row in served:
        assert until.get(row["staff_no"], row["called_at"]) <= row["called_at"]
        until[row["staff_no"]] = row["ended_at"]
        assert (row["staff_no"], row["window_code"]) in sessions


def test_waits_and_leaving_arise(market: dict[str, pa.Table]) -> None:
    outcomes = Counter(market["visits"]["outcome"].to_pylist())
    assert 0.2 < float((waits(market) > 1.0).mean()) < 0.9
    assert 0.003 < outcomes["absent_when_called"] / market["visits"].num_rows < 0.15


def test_who_attended_is_who_was_rostered(market: dict[str, pa.Table]) -> None:
    planned = {(row["staff_no"], row["business_date"]) for row in market["rosters"].to_pylist()}
    came = {(row["staff_no"], row["business_date"]) for row in market["attendance"].to_pylist()}
    assert planned == came


def test_past_rosters_keep_the_law(world: World, market: dict[str, pa.Table]) -> None:
    week = Week(2026, 14)
    rows = market["rosters"].filter(pc.equal(market["rosters"]["week"], str(week)))
    breaches = find_breaches(RosterProblem("B05", week, world.bank.for_branch("B05")), read_assignments(rows))
    kept = {"rest_days_in_seven", "overtime_day", "absence", "person_overlap", "window_shared", "certificate_valid"}
    assert not [b for b in breaches if b.rule_code in kept]


def test_a_pension_day_brings_more_and_a_holiday_nobody() -> None:
    visits = World(SMALL).history("B02")["visits"]
    days = Counter(visits["business_date"].to_pylist())
    ordinary = [days[date(2026, 3, d)] for d in (4, 11, 18, 25)]
    assert days[date(2026, 4, 1)] > 1.15 * sum(ordinary) / 4
    assert days[date(2026, 4, 5)] == 0


@pytest.mark.parametrize("name", Habits.names())
def test_each_habit_changes_the_world_when_it_is_switched_off(name: str, market: dict[str, pa.Table]) -> None:
    without = World(SMALL, Habits().without(name)).history("B05")
    assert not (market["steps"].equals(without["steps"]) and market["attendance"].equals(without["attendance"]))


def test_a_world_without_habits_has_no_parties_and_one_service_a_visit() -> None:
    plain = World(SMALL, Habits.none()).history("B05")
    assert pc.max(plain["steps"]["step_no"]).as_py() == 1
    assert World(SMALL).history("B05")["steps"]["step_no"].to_pylist().count(2) > 20


def test_time_at_the_window_has_the_planted_mean() -> None:
    tables = World(Outline(1, date(2026, 3, 2), date(2026, 4, 26), 3), Habits.none()).history("B01")
    cash = tables["steps"].filter(pc.equal(tables["steps"]["service_code"], "cash"))
    served = cash.filter(pc.is_valid(cash["ended_at"]))
    minutes = np.asarray(pc.subtract(served["ended_at"], served["started_at"]).cast(pa.int64())) / 60e6
    assert abs(float(minutes.mean()) - 4.2) < 3 * 4.2 * 0.8 / len(minutes) ** 0.5 + 0.02


def test_the_bank_survives_its_tables_and_is_labelled(world: World) -> None:
    tables = bank_tables(world.bank)
    assert read_bank(tables).staff == world.bank.staff
    assert world.bank.synthetic
    assert all(node.name.zh and node.name.en for node in world.bank.nodes)


def test_everybody_has_a_name_in_latin_letters_too(world: World) -> None:
    assert all(re.fullmatch(r"[A-Z][a-zü]+ [A-Z][a-z]+", person.name_latin) for person in world.bank.staff)
    assert {p.name: p.name_latin for p in world.bank.staff}["孟涛"] == "Meng Tao"


def test_codes_that_rows_name_exist(world: World) -> None:
    bank = world.bank
    staff, posts = {p.staff_no for p in bank.staff}, {p.post_code for p in bank.posts}
    services = {s.service_code for s in bank.services}
    assert {a.staff_no for a in bank.absences} | {c.staff_no for c in bank.certificates} <= staff
    assert {post for p in bank.staff for post in p.posts} <= posts
    assert {code for w in bank.windows for code in w.services} == services
    assert {post for d in bank.duties for post in d.posts} <= posts


def test_on_the_market_s_saturday_two_people_cannot_be_present() -> None:
    bank = synthetic_bank(Outline())
    saturday = Outline().planned_week.days()[5]
    counting = {p.post_code for p in bank.posts if p.counts_for_presence}
    able = {p.staff_no for p in bank.staff if p.branch_code == "B05" and counting & set(p.posts)}
    away = {
        a.staff_no for a in bank.absences if a.state == "granted" and a.starts_at.date() <= saturday < a.ends_at.date()
    }
    assert saturday == date(2026, 12, 5)
    assert len(able - away) == 1


def test_the_newest_branch_has_seven_weeks_of_records() -> None:
    outline = Outline(12, date(2026, 9, 1), date(2026, 11, 22), 7)
    dates = World(outline).history("B12")["visits"]["business_date"]
    assert pc.min(dates).as_py() >= outline.last - timedelta(days=48)


def test_a_folder_is_written_whole_and_truths_lie_outside_it(tmp_path: Path) -> None:
    outline = Outline(2, date(2026, 4, 20), date(2026, 4, 26), 5)
    counts = synthesise(tmp_path / "bank", outline, truth=tmp_path / "truth.json")
    folder = ExchangeFolder(tmp_path / "bank")
    assert folder.details().synthetic
    assert all(folder.table(name).num_rows == counts[name] > 0 for name in FACTS)
    told = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert set(told["branches"]) == {"B01", "B02"}
    assert not any("truth" in path.name for path in (tmp_path / "bank").rglob("*"))


def test_more_people_at_the_windows_make_waits_shorter(tmp_path: Path) -> None:
    outline = Outline(2, date(2026, 3, 30), date(2026, 4, 26), 5)
    synthesise(tmp_path / "bank", outline, truth=tmp_path / "truth.json")
    world = read_world(tmp_path / "truth.json")
    next_week = Week.of(outline.last).plus(1)
    rosters = ExchangeFolder(tmp_path / "bank").table("rosters")
    shift = (next_week.first_day() - Week(2026, 16).first_day()).days
    old = rosters.filter(pc.equal(rosters["week"], "2026-W16"))
    moved = pa.array([day + timedelta(days=shift) for day in old["business_date"].to_pylist()], pa.date32())
    full = old.set_column(old.column_names.index("business_date"), "business_date", moved)
    alone = full.filter(pc.or_(pc.not_equal(full["kind"], "window"), pc.is_in(full["code"], pa.array(["01", "07"]))))
    lived = live_week(tmp_path / "truth.json", full, seed=1)
    again = live_week(tmp_path / "truth.json", full, seed=1, world=world)
    short = live_week(tmp_path / "truth.json", alone, seed=1)
    assert all(lived[name].equals(again[name]) for name in lived)
    assert lived["visits"]["arrived_at"].equals(short["visits"]["arrived_at"])
    assert waits(short).mean() > 2 * waits(lived).mean()


def test_a_world_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="world_dates_wrong"):
        Outline(1, date(2026, 2, 1), date(2026, 1, 1)).checked()
    with pytest.raises(BadInput, match="world_size_wrong"):
        Outline(0).checked()
    with pytest.raises(BadInput, match="truth_unreadable"):
        read_world(tmp_path / "nothing.json")
