from datetime import date, timedelta
from pathlib import Path

import pytest

from bankhall.data.exchange import BankDetails, ExchangeFolder
from bankhall.data.lake import Lake
from bankhall.data.queries import Source, folder_source, lake_source
from bankhall.data.queries.arrivals import arrivals, count_rows, count_rows_by_branch
from bankhall.data.queries.extent import extent
from bankhall.data.queries.measured import measured
from bankhall.data.queries.service_records import day_tables, service_records
from bankhall.data.queries.standing import standing
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Node, Promise, Service
from tests.data.rows import OPENED, step, table, visit

DAY = date(2026, 11, 2)
NODES = table("nodes", [{"node_code": "B01", "kind": "branch", "zone": "Asia/Shanghai"}])
BANK = Bank(
    nodes=(Node("B01", "branch"),),
    services=(Service("CASH", family="cash"), Service("CARD", family="card")),
    promises=(Promise(service_code="CASH", wait_minutes=10, share=0.9),),
)


def rows() -> dict[str, object]:
    visits = [visit(n) for n in range(4)]
    visits[2] |= {"outcome": "left", "left_at": visits[2]["arrived_at"] + timedelta(minutes=8)}
    visits[3] |= {"outcome": "absent_when_called"}
    steps = [
        step(visits[0], wait=5.0),
        step(visits[1], wait=15.0),
        step(visits[2], called_at=None, started_at=None, ended_at=None),
        step(visits[3], wait=20.0, service=None),
    ]
    counts = [
        {"branch_code": "B01", "service_code": "CARD", "business_date": DAY, "slot_start": "09:30", "minutes": 30,
         "count": 7, "source": "counter"}
    ]  # fmt: skip
    return {
        "visits": table("visits", visits),
        "steps": table("steps", steps),
        "arrival_counts": table("arrival_counts", counts),
    }


@pytest.fixture(params=["folder", "lake"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    if request.param == "folder":
        ExchangeFolder(tmp_path).write({**rows(), "nodes": NODES}, details=BankDetails())
        return folder_source(tmp_path)
    lake = Lake(tmp_path)
    lake.publish(rows())
    lake.publish_reference({"nodes": NODES}, on=DAY)
    return lake_source(lake)


def test_arrivals_are_counted_in_the_branch_s_own_half_hours(source: Source) -> None:
    assert count_rows(source, branch_code="B01", first=DAY, last=DAY) == [
        ("CARD", DAY, 19, 7.0),
        ("CASH", DAY, 18, 4.0),
    ]
    assert count_rows(source, branch_code="B02", first=DAY, last=DAY) == []
    assert arrivals(source, first=DAY + timedelta(days=1), last=DAY + timedelta(days=2)).num_rows == 0


def test_several_branches_are_read_at_once_and_a_branch_between_them_is_left_out(tmp_path: Path) -> None:
    row = {"service_code": "CARD", "business_date": DAY, "slot_start": "09:30", "minutes": 30, "source": "counter"}
    counts = [row | {"branch_code": f"B{n:02d}", "count": n} for n in range(1, 6)]
    lake = Lake(tmp_path)
    lake.publish(rows() | {"arrival_counts": table("arrival_counts", counts)})
    source = lake_source(lake)
    found = dict(count_rows_by_branch(source, branches=("B04", "B01", "B99"), first=DAY, last=DAY))
    alone = {code: count_rows(source, branch_code=code, first=DAY, last=DAY) for code in ("B04", "B01")}
    assert found == alone | {"B99": []}
    assert [row[3] for row in found["B04"]] == [4.0]


def test_each_line_ends_in_the_way_that_is_known(source: Source) -> None:
    found = service_records(source, branch_code="B01", first=DAY, last=DAY)
    assert found["line_end"].to_pylist() == ["served", "served", "left", "absent"]
    assert found["wait_minutes"].to_pylist() == [5.0, 15.0, 8.0, 20.0]
    assert found["service_minutes"].to_pylist() == [6.0, 6.0, None, None]
    assert found["queued_minute"].to_pylist() == [540, 541, 542, 543]


def test_waits_count_who_was_called_and_came_and_the_promise_counts_everybody(source: Source) -> None:
    found = {row["service_code"]: row for row in measured(source, BANK, first=DAY, last=DAY).to_pylist()}
    cash = found["CASH"]
    assert (cash["arrivals"], cash["called"], cash["left"], cash["absent"]) == (4, 2, 1, 1)
    assert (cash["wait_p50"], cash["wait_p90"]) == (5.0, 15.0)
    assert cash["kept_share"] == 0.5
    assert cash["left_share"] == 0.5
    assert found[""]["arrivals"] == 4


def test_a_service_without_a_promise_has_no_kept_share(source: Source) -> None:
    bank = Bank(nodes=BANK.nodes, services=BANK.services)
    assert measured(source, bank, first=DAY, last=DAY)["kept_share"].null_count == 2


def test_days_come_back_as_canonical_rows(source: Source) -> None:
    tables = day_tables(source, branch_code="B01", first=DAY, last=DAY)
    assert tables["visits"].num_rows == 4
    assert tables["steps"].num_rows == 4


def test_the_extent_says_which_times_were_kept(source: Source) -> None:
    (told,) = extent(source)
    assert (told.first, told.last, told.visits, told.steps) == (DAY, DAY, 4, 4)
    assert (told.starts, told.ends, told.leavings, told.counts) == (2, 2, 1, 1)


def test_people_stand_for_the_part_of_the_slot_that_their_window_was_open(tmp_path: Path) -> None:
    sessions = table(
        "window_sessions",
        [
            {"branch_code": "B01", "window_code": "1", "business_date": DAY, "opened_at": OPENED,
             "closed_at": OPENED + timedelta(minutes=45), "staff_no": "S1", "reason": "plan"}
        ],
    )  # fmt: skip
    windows = table("windows", [{"branch_code": "B01", "window_code": "1", "kind": "cash"}])
    ExchangeFolder(tmp_path).write(
        {"window_sessions": sessions, "nodes": NODES, "windows": windows}, details=BankDetails()
    )
    found = standing(folder_source(tmp_path), first=DAY, last=DAY)
    assert dict(zip(found["slot"].to_pylist(), found["people"].to_pylist(), strict=True)) == {18: 1.0, 19: 0.5}


def counted(start: str, minutes: int, count: int) -> dict[str, object]:
    return {"branch_code": "B01", "service_code": "CARD", "business_date": DAY, "slot_start": start,
            "minutes": minutes, "count": count, "source": "counter"}  # fmt: skip


def test_longer_counts_are_spread_and_shorter_ones_added_up(tmp_path: Path) -> None:
    rows = [counted("09:00", 60, 10), *(counted(f"10:{at:02d}", 6, 1) for at in range(0, 60, 6))]
    ExchangeFolder(tmp_path).write({"arrival_counts": table("arrival_counts", rows)}, details=BankDetails())
    found = count_rows(folder_source(tmp_path), branch_code="B01", first=DAY, last=DAY)
    assert found == [("CARD", DAY, 18, 5.0), ("CARD", DAY, 19, 5.0), ("CARD", DAY, 20, 5.0), ("CARD", DAY, 21, 5.0)]


@pytest.mark.parametrize(("zone", "slot"), [("Asia/Shanghai", 18), ("Europe/Warsaw", 4), ("America/New_York", 40)])
def test_slots_are_those_of_the_branch_s_zone(zone: str, slot: int, tmp_path: Path) -> None:
    nodes = table("nodes", [{"node_code": "B01", "kind": "branch", "zone": zone}])
    one = visit(0)
    lake = Lake(tmp_path)
    lake.publish({"visits": table("visits", [one]), "steps": table("steps", [step(one)])})
    lake.publish_reference({"nodes": nodes}, on=DAY)
    assert count_rows(lake_source(lake), branch_code="B01", first=DAY, last=DAY) == [("CASH", DAY, slot, 1.0)]


def test_blocks_of_the_day_are_judged_apart(source: Source) -> None:
    found = measured(source, BANK, first=DAY, last=DAY, block_minutes=120).to_pylist()
    assert {row["block_start"] for row in found} == {480}
    assert sum(row["arrivals"] for row in found if row["service_code"]) == 4


def test_an_older_version_of_the_lake_is_asked_the_same_questions(tmp_path: Path) -> None:
    lake, visits = Lake(tmp_path), [visit(n) for n in range(2)]
    first = lake.publish({"visits": table("visits", visits[:1]), "steps": table("steps", [step(visits[0])])})
    lake.publish({"visits": table("visits", visits), "steps": table("steps", [step(v) for v in visits])})
    now, then = lake_source(lake), lake_source(lake, version=first.version)
    assert [count_rows(s, branch_code="B01", first=DAY, last=DAY)[0][3] for s in (now, then)] == [2.0, 1.0]


def test_an_empty_lake_answers_with_nothing(tmp_path: Path) -> None:
    empty = lake_source(Lake(tmp_path))
    assert extent(empty) == ()
    assert arrivals(empty, first=DAY, last=DAY).num_rows == 0
    assert day_tables(empty, first=DAY, last=DAY)["steps"].num_rows == 0
