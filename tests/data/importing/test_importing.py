"""Every row is accounted for, what is wrong is said by row and reason, and mended rows come in again."""

import csv
import gzip
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from bankhall.data.contracts import TABLES
from bankhall.data.exchange import ExchangeFolder, write_table
from bankhall.data.importing import Known, PreparedImport, load_mapping, prepare, read_mapping, settle, write_rejections
from bankhall.data.importing.into_folder import import_into
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.branch import Window
from bankhall.kernel.errors import BadInput
from tests.data.importing.exports import (
    BRANCH,
    HEADER,
    KNOWN,
    VISIT_HEADER,
    csv_text,
    machine_name,
    machine_rows,
    visit_rows,
    write_machine_csv,
    write_sheet,
)

MACHINE = load_mapping("queue_machine")


def _notes(prepared: PreparedImport) -> dict[str, dict[str, object]]:
    return {note.code: dict(note.facts) for note in prepared.notes}


def _visits_file(folder: Path, rows: list[tuple[str, ...]], name: str = "visits.csv") -> Path:
    path = folder / name
    path.write_text(csv_text(VISIT_HEADER, rows), "utf-8")
    return path


def test_a_queue_machines_day_becomes_visits_and_steps(tmp_path: Path) -> None:
    prepared = prepare([write_machine_csv(tmp_path, machine_rows())], MACHINE, KNOWN, site_key=b"k")
    assert prepared.accounts["visits"].taken == prepared.accounts["steps"].taken == 60
    first = prepared.tables["visits"].to_pylist()[0]
    assert first["visit_id"] == "B01-20261102-A001"
    assert first["arrived_at"] == datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
    assert first["customer_key"] != "6210000"
    outcomes = prepared.tables["visits"]["outcome"].to_pylist()
    assert set(outcomes) == {"served", "absent_when_called"}  # 过号 and 弃号 are the same
    notes = _notes(prepared)
    assert notes["encoding_detected"] == {"encoding": "gb18030", "files": 1}
    assert notes["no_start_times"]["rows"] == 51
    assert notes["no_leaving_times"] == {"rows": 9}
    assert notes["short_history"]["days"] == 1


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".xlsx"])
def test_the_same_day_comes_in_alike_from_every_kind_of_file(ending: str, tmp_path: Path) -> None:
    rows = machine_rows()
    expected = prepare([write_machine_csv(tmp_path, rows)], MACHINE, KNOWN).tables["steps"]
    other = tmp_path / "other"
    other.mkdir()
    path = other / machine_name(ending=ending)
    if ending == ".xlsx":
        write_sheet(path, HEADER, rows)
    else:
        content = csv_text(HEADER, rows).encode("utf-8-sig")
        path.write_bytes(gzip.compress(content) if ending == ".csv.gz" else content)
    assert prepare([path], MACHINE, KNOWN).tables["steps"] == expected


def test_spreadsheet_dates_are_read_as_dates(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(row) for row in machine_rows(8)]
    for row in rows:
        for place in (4, 5, 6):
            row[place] = datetime.fromisoformat(str(row[place])) if row[place] else None
    path = write_sheet(tmp_path / machine_name(ending=".xlsx"), HEADER, rows)
    expected = prepare([write_machine_csv(tmp_path, machine_rows(8))], MACHINE, KNOWN)
    assert prepare([path], MACHINE, KNOWN).tables["visits"] == expected.tables["visits"]


def test_without_the_sites_key_no_customer_number_is_kept(tmp_path: Path) -> None:
    prepared = prepare([write_machine_csv(tmp_path, machine_rows())], MACHINE, KNOWN)
    assert prepared.tables["visits"]["customer_key"].null_count == 60
    assert "customer_key_left_out" in _notes(prepared)


def test_rejected_rows_are_mended_and_imported_again(tmp_path: Path) -> None:
    rows = machine_rows()
    rows[4] = (*rows[4][:6], "2026-11-02 08:00:00", *rows[4][7:])  # ends before it was called
    rows[8] = (*rows[8][:9], "转走了")  # a state that the mapping does not know
    rows[9] = (*rows[9][:7], "77", *rows[9][8:])  # no such window
    path = write_machine_csv(tmp_path, rows)
    prepared = prepare([path], MACHINE, KNOWN)
    assert [(r.row, r.rule) for r in prepared.rejections] == [
        (6, "ends_before_start"), (10, "unmapped_value"), (11, "unknown_reference"),
    ]  # fmt: skip
    assert prepared.rejections[1].facts == {"column": "outcome", "source_column": "状态", "value": "转走了"}
    for account in (prepared.accounts["visits"], prepared.accounts["steps"]):
        assert (account.read, account.taken, account.rejected) == (60, 57, 3)
    again = tmp_path / "rejections.csv"
    write_rejections(again, prepared.rejections)
    mended = list(csv.DictReader(io.StringIO(again.read_text("utf-8-sig"))))
    assert {row["rejected_file"] for row in mended} == {f"{path.parent.name}/{path.name}"}
    mended[0]["结束时间"], mended[1]["状态"], mended[2]["窗口号"] = "2026-11-02 09:59:00", "已办结", "2"
    with again.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(mended[0]))
        writer.writeheader()
        writer.writerows(mended)
    second = prepare([again], MACHINE, KNOWN)
    assert second.accounts["visits"].taken == second.accounts["steps"].taken == 3
    ids = prepared.tables["visits"]["visit_id"].to_pylist() + second.tables["visits"]["visit_id"].to_pylist()
    assert len(set(ids)) == 60


def test_rejected_rows_that_are_not_mended_are_rejected_again(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    text = csv_text(VISIT_HEADER, visit_rows(30)).replace("B01-1102-004,B01,", "B01-1102-004,")
    path.write_text(text, "utf-8")
    first = prepare([path], known=KNOWN)
    assert [(r.row, r.rule) for r in first.rejections] == [(5, "wrong_number_of_cells")]
    write_rejections(tmp_path / "rejections.csv", first.rejections)
    # Without any whole row the original's columns are not known: the file says so.
    with pytest.raises(BadInput):
        prepare([tmp_path / "rejections.csv"], known=KNOWN)


def test_equal_rows_are_duplicates_and_unlike_rows_with_one_key_are_refused(tmp_path: Path) -> None:
    rows = visit_rows(30)
    twin = (*rows[7][:7], "unknown", *rows[7][8:])
    prepared = prepare([_visits_file(tmp_path, [*rows, rows[3], rows[3], twin])], known=KNOWN)
    account = prepared.accounts["visits"]
    assert (account.read, account.taken, account.duplicate, account.rejected) == (33, 29, 2, 2)
    assert {r.rule for r in prepared.rejections} == {"key_conflict"}


@pytest.mark.parametrize(
    ("place", "value", "rule"),
    [
        (0, "", "missing"),
        (1, "B77", "unknown_reference"),
        (2, "2026-11-31", "unreadable"),
        (2, "2026-11-03", "not_on_business_date"),
        (3, "=HYPERLINK(1)", "formula"),
        (4, "private", "not_allowed"),
        (5, "2026-11-02T25:00:00", "unreadable"),
        (6, "2026-11-02T08:00:00", "ends_before_start"),
        (6, "2026-11-04T08:00:00", "longer_than_a_day"),
        (9, "4", "key_conflict"),
    ],
)
def test_a_bad_cell_is_rejected_with_its_rule(place: int, value: str, rule: str, tmp_path: Path) -> None:
    rows = visit_rows(30)
    rows[10] = (*rows[10][:place], value, *rows[10][place + 1 :])
    prepared = prepare([_visits_file(tmp_path, rows)], known=KNOWN)
    assert (12, rule) in [(r.row, r.rule) for r in prepared.rejections]
    good = set(prepared.tables["visits"]["visit_id"].to_pylist())
    expected = {row[0] for row in visit_rows(30)} - {rows[10][0], visit_rows(30)[10][0]}
    assert good == expected - ({"B01-1102-004"} if rule == "key_conflict" else set())


def test_a_local_hour_that_does_not_exist_is_rejected_and_one_that_occurs_twice_takes_the_first(tmp_path: Path) -> None:
    row = visit_rows(1)[0]
    spring = ("s", "B01", "2026-03-08", "1", "personal", "2026-03-08T02:30:00", "", "served", "t", "1")
    autumn = ("a", "B01", "2026-11-01", "2", "personal", "2026-11-01T01:30:00", "", "served", "t", "2")
    known = replace(KNOWN, zones={"B01": "America/New_York"})
    prepared = prepare([_visits_file(tmp_path, [row, spring, autumn])], known=known)
    assert [(r.row, r.rule) for r in prepared.rejections] == [(3, "unreadable")]
    assert prepared.tables["visits"]["arrived_at"].to_pylist()[1] == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_steps_need_their_visit_and_take_its_branchs_zone(tmp_path: Path) -> None:
    _visits_file(tmp_path, visit_rows(2))
    (tmp_path / "nodes.csv").write_text("node_code,kind,zone\nB01,branch,Asia/Tokyo\n", "utf-8")
    (tmp_path / "steps.csv").write_text(
        "visit_id,step_no,service_code,queued_at,outcome\n"
        "B01-1102-001,1,cash,2026-11-02T09:00:00,done\nnobody,1,cash,2026-11-02T09:00:00,done\n",
        "utf-8",
    )
    prepared = prepare([tmp_path], known=replace(KNOWN, zones={}))
    assert prepared.tables["steps"]["queued_at"].to_pylist() == [datetime(2026, 11, 2, 0, 0, tzinfo=UTC)]
    assert [(r.row, r.rule) for r in prepared.rejections] == [(3, "unknown_reference")]


def test_swapped_columns_refuse_the_whole_file(tmp_path: Path) -> None:
    header = list(VISIT_HEADER)
    header[5], header[6] = header[6], header[5]
    (tmp_path / "visits.csv").write_text(csv_text(header, visit_rows(30)), "utf-8")
    with pytest.raises(BadInput) as raised:
        prepare([tmp_path / "visits.csv"], known=KNOWN)
    assert raised.value.code == "column_does_not_fit"
    assert raised.value.facts["column"] == "left_at"


def test_unknown_columns_are_reported_and_kept_out(tmp_path: Path) -> None:
    text = csv_text((*VISIT_HEADER, "评价"), [(*row, "好") for row in visit_rows(3)])
    (tmp_path / "visits.csv").write_text(text, "utf-8")
    prepared = prepare([tmp_path / "visits.csv"], known=KNOWN)
    assert _notes(prepared)["unknown_column"]["column"] == "评价"
    assert prepared.tables["visits"].schema == TABLES["visits"].arrow_schema()


def test_references_are_noted_as_unchecked_where_nothing_is_known(tmp_path: Path) -> None:
    prepared = prepare([_visits_file(tmp_path, visit_rows(3))])
    assert prepared.accounts["visits"].taken == 3
    assert _notes(prepared)["reference_unchecked"]["refers_to"] == "nodes.node_code"


def test_settling_tells_new_equal_and_changed_rows_apart(tmp_path: Path) -> None:
    old = prepare([_visits_file(tmp_path, visit_rows(10))], known=KNOWN).tables["visits"]
    rows = visit_rows(12)
    rows[2] = (*rows[2][:7], "unknown", *rows[2][8:])
    new = prepare([_visits_file(tmp_path, rows)], known=KNOWN)
    settled = settle("visits", new.tables["visits"], old, new.accounts["visits"])
    account = settled.account
    assert (account.taken, account.changed, account.duplicate) == (2, 1, 9)
    assert settled.merged["outcome"].to_pylist()[2] == "unknown"
    assert settled.merged.num_rows == 12
    assert settled.news.num_rows == 3


def test_importing_the_same_again_changes_no_byte_of_the_folder(tmp_path: Path) -> None:
    file = write_machine_csv(tmp_path, machine_rows())
    first = import_into(tmp_path / "bank", [file], MACHINE)
    before = {path.name: path.read_bytes() for path in (tmp_path / "bank").iterdir()}
    second = import_into(tmp_path / "bank", [file], MACHINE)
    assert first.accounts["visits"].taken == 60
    assert second.accounts["visits"].duplicate == 60
    assert {path.name: path.read_bytes() for path in (tmp_path / "bank").iterdir()} == before


def test_only_complete_days_remove_rows_and_only_when_nothing_was_rejected(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    import_into(bank, [write_machine_csv(tmp_path, machine_rows(20))], MACHINE)
    fewer = write_machine_csv(tmp_path, machine_rows(15))
    assert ExchangeFolder(bank).table("visits").num_rows == 20
    import_into(bank, [fewer], MACHINE)
    assert ExchangeFolder(bank).table("visits").num_rows == 20
    broken = [*machine_rows(14), ("A015", "现金")]
    held = import_into(bank, [write_machine_csv(tmp_path, broken)], MACHINE, complete_days=True)
    assert "complete_days_not_held" in {note.code for note in held.notes}
    assert ExchangeFolder(bank).table("visits").num_rows == 20
    write_machine_csv(tmp_path, machine_rows(15))
    done = import_into(bank, [fewer], MACHINE, complete_days=True)
    assert {n.facts["table"]: n.facts["rows"] for n in done.notes if n.code == "removed_rows"} == {
        "visits": 5,
        "steps": 5,
    }
    assert ExchangeFolder(bank).table("steps").num_rows == 15


def test_a_file_of_another_name_is_refused_when_the_mapping_reads_names(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        prepare([write_machine_csv(tmp_path, machine_rows(), name="today.csv")], MACHINE, KNOWN)
    assert raised.value.code == "file_name_unlike_mapping"


@pytest.mark.parametrize("branch", ["B02", "B09"])
def test_a_file_under_another_branchs_name_is_refused_because_its_windows_do_not_fit(
    branch: str, tmp_path: Path
) -> None:
    path = write_machine_csv(tmp_path, machine_rows(30), name=f"{branch}_20261102.csv")
    with pytest.raises(BadInput) as raised:
        prepare([path], MACHINE, KNOWN)
    assert raised.value.facts["column"] == "window_code"


def test_the_good_one_of_two_equal_rows_is_taken_when_the_other_was_spoilt_elsewhere(tmp_path: Path) -> None:
    rows = machine_rows(10)
    spoilt = (*rows[4][:6], "2026-11-02 08:00:00", *rows[4][7:])  # the same visit; only its step is wrong
    prepared = prepare([write_machine_csv(tmp_path, [spoilt, *rows])], MACHINE, KNOWN)
    assert prepared.accounts["visits"].taken == prepared.accounts["steps"].taken == 10
    assert prepared.accounts["visits"].rejected == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("mapping_version = 2", "mapping_version"),
        ("mapping_version = 1\nfile = 'x'", "unknown word 'file'"),
        ("mapping_version = 1\n[[table]]\nname = 'visit'", "no table 'visit'"),
        ("mapping_version = 1\n[[table]]\nname = 'visits'\n[table.columns]\nx = 'y'", "no column 'x'"),
        ("mapping_version = 1\n[[table]]\nname = 'visits'\n[table.columns]\ncause = {hash = true}", "no source"),
        ("mapping_version = 1\nfiles = '('", "files"),
        ("mapping_version = ", "reason"),
    ],
)
def test_a_mapping_with_a_mistake_says_where(text: str, reason: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_mapping(text)
    assert raised.value.code == "mapping_bad"
    assert reason in str(raised.value)


def test_a_wide_table_of_counts_becomes_one_row_a_slot(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("date,1,2,3,4\n2026-11-02,5,0,,7\n", "utf-8")
    mapping = read_mapping(
        "mapping_version = 1\n[[table]]\nname = 'arrival_counts'\nunpivot = {until = 4, minutes = 30}\n"
        "[table.columns]\n"
        "branch_code = {constant = 'B01'}\nservice_code = {constant = 'cash'}\nbusiness_date = 'date'\n"
        "source = {constant = 'x'}\n"
    )
    rows = prepare([path], mapping, KNOWN).tables["arrival_counts"].to_pylist()
    assert [(row["slot_start"], row["count"]) for row in rows] == [("00:00", 5), ("00:30", 0), ("01:30", 7)]


def test_parquet_from_elsewhere_is_read_by_meaning_not_by_type(tmp_path: Path) -> None:
    rows = visit_rows(3)
    text = {name: [row[place] for row in rows] for place, name in enumerate(VISIT_HEADER)}
    expected = prepare([_visits_file(tmp_path, rows)], known=KNOWN).tables["visits"]
    table = pa.table(text)
    arrived = pa.array([datetime.fromisoformat(t) for t in text["arrived_at"]], pa.timestamp("ns"))
    table = table.set_column(5, "arrived_at", arrived)
    table = table.set_column(1, "branch_code", table["branch_code"].dictionary_encode())
    table = table.set_column(9, "source_key", pa.array([1, 2, 3]))
    write_parquet = tmp_path / "visits.parquet"
    import pyarrow.parquet as pq

    pq.write_table(table, write_parquet)
    assert prepare([write_parquet], known=KNOWN).tables["visits"] == expected


def test_a_month_of_a_bank_is_written_and_prepared_unchanged(tmp_path: Path) -> None:
    table = prepare([_visits_file(tmp_path, visit_rows(50))], known=KNOWN).tables["visits"]
    for ending in (".csv", ".csv.gz", ".xlsx", ".parquet"):
        write_table(tmp_path / "again" / f"visits{ending}", table)
        assert prepare([tmp_path / "again" / f"visits{ending}"], known=KNOWN).tables["visits"] == table


def test_a_known_bank_gives_its_codes() -> None:
    bank = Bank(windows=(Window(BRANCH, "1", "cash"),))
    assert Known.of_bank(bank).codes["windows.window_code"] == frozenset({f"{BRANCH}|1"})


def test_days_without_records_are_missing_unless_they_are_holidays(tmp_path: Path) -> None:
    days = [date(2026, 9, 7) + timedelta(n) for n in range(42) if n not in (3, 4, 24)]  # 10, 11 September, 1 October
    _visits_file(tmp_path, [(*row[:9], row[0]) for day in days for row in visit_rows(3, day=day)])
    (tmp_path / "calendar.csv").write_text("date,kind\n2026-10-01,holiday\n", "utf-8")
    assert _notes(prepare([tmp_path], known=KNOWN))["missing_days"]["dates"] == "2026-09-10|2026-09-11"


def test_a_folder_of_one_tables_files_is_that_table(tmp_path: Path) -> None:
    (tmp_path / "visits").mkdir()
    _visits_file(tmp_path / "visits", visit_rows(3), "B01.csv")
    assert prepare([tmp_path / "visits"], known=KNOWN).accounts["visits"].taken == 3
    (tmp_path / "visits" / "~$B01.xlsx").write_bytes(b"open elsewhere")
    assert prepare([tmp_path], known=KNOWN).accounts["visits"].taken == 3
