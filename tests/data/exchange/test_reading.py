"""Files are read as they are, damage stays in its row, and nothing that a spreadsheet would evaluate is passed on."""

import gzip
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bankhall.data.exchange import BankDetails, ExchangeFolder, read_table, write_table
from bankhall.data.exchange.codec import rows_table
from bankhall.data.exchange.csv_reading import read_csv
from bankhall.data.exchange.encodings import decode_lines
from bankhall.data.exchange.limits import Limits, check_zip, read_gzip, read_plain
from bankhall.data.exchange.together import LIST, finish_moves, replace_together
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BadInput

NODES = "node_code,kind,name_zh\n"


def _read(tmp_path: Path, data: bytes) -> list[tuple[str, ...]]:
    (tmp_path / "a.csv").write_bytes(data)
    table = read_csv(tmp_path / "a.csv").table
    return [tuple(cell or "" for cell in row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(end: str, tmp_path: Path) -> None:
    assert _read(tmp_path, f"a,b{end}1,2{end}3,4{end}".encode()) == [("1", "2"), ("3", "4")]


def test_a_quoted_cell_may_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    assert _read(tmp_path, b'a,b\n"1,""x""","two\nlines"\n3,4\n') == [('1,"x"', "two\nlines"), ("3", "4")]


@pytest.mark.parametrize("line", [b'"1,2', b'1,"2', b'1",2', b'1,2"', b'"1"x,2', b'1,"2"x'])
def test_a_stray_quote_breaks_only_its_own_row(line: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n0,0\n" + line + b"\n3,4\n5,6\n")
    raw = read_csv(tmp_path / "a.csv")
    assert [(row.row, row.rule, row.text) for row in raw.broken] == [(3, "broken_quotes", line.decode())]
    assert raw.table.to_pylist() == [{"a": "0", "b": "0"}, {"a": "3", "b": "4"}, {"a": "5", "b": "6"}]
    assert raw.rows.tolist() == [2, 4, 5]


def test_two_stray_quotes_do_not_swallow_the_rows_between(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'a,b\n1,"2\n3,4\n5,6"\n')
    raw = read_csv(tmp_path / "a.csv")
    assert [row.row for row in raw.broken] == [2, 4]
    assert raw.table.to_pylist() == [{"a": "3", "b": "4"}]


CELLS = st.text(st.sampled_from(list('ab1,"\n 现金')), max_size=6).filter(lambda cell: cell == "" or cell.strip())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_whatever_is_read_was_written_so(rows: list[tuple[str, str, str]], tmp_path: Path) -> None:
    """Correct CSV comes back as it is, or a row whose lines look like rows of their own is refused; never otherwise."""
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("a", "b", "c"), *rows])
    (tmp_path / "a.csv").write_text(text.getvalue(), "utf-8", newline="")
    raw = read_csv(tmp_path / "a.csv")
    read = [tuple(cell or "" for cell in row.values()) for row in raw.table.to_pylist()]
    if not raw.broken:
        assert read == rows


def test_a_line_in_another_encoding_breaks_by_itself(tmp_path: Path) -> None:
    good = "甲,乙\n现金,开户\n".encode("gb18030") * 4
    lines = decode_lines(good + "过号,弃号\n".encode(), tmp_path / "a.csv")
    assert (lines.encoding, dict(lines.problems)) == ("gb18030", {8: "wrong_encoding"})
    utf = decode_lines("甲,乙\n现金,开户\n".encode() * 4 + "过号,弃号\n".encode("gb18030"), tmp_path / "a.csv")
    assert (utf.encoding, dict(utf.problems)) == ("utf-8", {8: "wrong_encoding"})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n \n", "file_empty"),
        ("a,b\n1,2\n".encode("utf-16"), "encoding_unknown"),
        (b"\0" * 500, "file_not_text"),
        (b"a,a\n1,2\n", "column_twice"),
        (b",,\n1,2\n", "header_missing"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_bytes(data)
    with pytest.raises(BadInput) as raised:
        read_csv(tmp_path / "nodes.csv")
    assert raised.value.code == code
    assert raised.value.facts["file"] == str(tmp_path / "nodes.csv")


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    small = Limits(unpacked_bytes=1000, ratio=10, free_bytes=100)
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"0" * 50_000))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", "0" * 50_000)
    for refuse in (partial(read_gzip, tmp_path / "a.gz", small), partial(check_zip, tmp_path / "a.xlsx", small)):
        with pytest.raises(BadInput) as raised:
            refuse()
        assert raised.value.code == "file_unpacks_too_large"


def test_text_that_is_too_long_for_memory_is_refused_packed_or_not(tmp_path: Path) -> None:
    small = Limits(text_bytes=1000)
    (tmp_path / "a.csv").write_bytes(b"a,b\n" * 1000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a,b\n" * 1000))
    for refuse in (partial(read_plain, tmp_path / "a.csv", small), partial(read_gzip, tmp_path / "a.csv.gz", small)):
        with pytest.raises(BadInput) as raised:
            refuse()
        assert raised.value.code in ("file_too_large", "file_unpacks_too_large")


def test_a_workbook_with_a_document_type_is_hostile(tmp_path: Path) -> None:
    path = tmp_path / "nodes.xlsx"
    write_table(path, rows_table("nodes", [{"node_code": "B01", "kind": "branch"}]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["xl/workbook.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with pytest.raises(BadInput) as raised:
        read_table(path, "nodes")
    assert raised.value.code == "file_hostile"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_text_that_looks_like_a_formula_is_neutralised_and_comes_back(ending: str, tmp_path: Path) -> None:
    names = ["=1+1", "+86 1", "-x", "@SUM(1)", "'=1", "''", "plain", "=cmd|' /C calc'!A0"]
    table = rows_table("nodes", [{"node_code": f"B{n}", "kind": "branch", "name_zh": t} for n, t in enumerate(names)])
    path = tmp_path / f"nodes{ending}"
    write_table(path, table)
    assert read_table(path, "nodes") == table
    if ending == ".csv":
        written = [line.split(",")[3].strip('"') for line in path.read_text("utf-8").splitlines()[1:]]
        assert not [text for text in written if text.startswith(tuple("=+-@"))]


def test_the_strict_reader_names_file_row_column_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "nodes.csv"
    path.write_text(f"{NODES}B01,branch,甲\nB02,bank,乙\n", "utf-8")
    with pytest.raises(BadInput) as raised:
        read_table(path, "nodes")
    facts = raised.value.facts
    assert (facts["file"], facts["row"], facts["column"], facts["reason"]) == (str(path), 3, "kind", "not_allowed")


def test_a_folder_of_files_is_one_table_in_any_mix_of_kinds(tmp_path: Path) -> None:
    first, second = ([{"node_code": code, "kind": "branch"}] for code in ("B01", "B02"))
    write_table(tmp_path / "nodes" / "1.csv.gz", rows_table("nodes", first))
    write_table(tmp_path / "nodes" / "2.parquet", rows_table("nodes", second))
    folder = ExchangeFolder(tmp_path)
    assert folder.names() == ("nodes",)
    assert folder.table("nodes")["node_code"].to_pylist() == ["B01", "B02"]
    assert folder.table("visits").num_rows == 0


def test_a_table_that_a_command_needs_is_asked_for_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        ExchangeFolder(tmp_path).need("visits", what_for="forecast")
    assert raised.value.facts["what_for"] == "forecast"


def test_the_banks_details_come_back_and_a_strange_version_is_refused(tmp_path: Path) -> None:
    details = BankDetails(Bilingual('引"号', "Back\\slash"), "Asia/Urumqi", 15, synthetic=True)
    folder = ExchangeFolder(tmp_path)
    folder.write({}, details=details)
    assert folder.details() == details
    (tmp_path / "bank.toml").write_text("exchange_version = 9", "utf-8")
    with pytest.raises(BadInput):
        folder.details()


def test_local_times_take_their_branchs_zone(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("node_code,kind,zone\nB01,branch,\nB02,branch,Asia/Tokyo\n", "utf-8")
    head = "visit_id,branch_code,business_date,arrived_at,outcome,source\n"
    rows = "".join(f"{b},{b},2026-11-02,2026-11-02 09:00,served,t\n" for b in ("B01", "B02"))
    (tmp_path / "visits.csv").write_text(head + rows, "utf-8")
    table = ExchangeFolder(tmp_path).table("visits")
    assert [at.hour for at in table["arrived_at"].to_pylist()] == [1, 0]


def test_an_older_file_of_a_table_goes_when_a_new_one_stands(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text(f"{NODES}B01,branch,甲\n", "utf-8")
    folder = ExchangeFolder(tmp_path)
    write_table(tmp_path / "nodes" / "old.csv", folder.table("nodes"))
    folder.write({"nodes": rows_table("nodes", [{"node_code": "B09", "kind": "branch"}])})
    assert folder.table("nodes")["node_code"].to_pylist() == ["B09"]


def test_moves_that_were_decided_are_finished_by_whoever_comes_next(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", "utf-8")
    (tmp_path / ".new.a").write_text("new", "utf-8")
    finish_moves(tmp_path)
    assert (tmp_path / "a").read_text("utf-8") == "old"  # nothing was decided yet
    (tmp_path / LIST).write_text('{"move": ["a"], "remove": ["b"]}', "utf-8")
    (tmp_path / "b").write_text("gone", "utf-8")
    finish_moves(tmp_path)
    assert (tmp_path / "a").read_text("utf-8") == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", "utf-8")

    def fail(_: Path) -> None:
        raise BadInput("no")

    with pytest.raises(BadInput):
        replace_together(tmp_path, {"a": fail}, remove=["a"])
    assert (tmp_path / "a").read_text("utf-8") == "old"


def test_the_reference_records_of_a_folder_are_read_without_its_facts(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text(NODES + "B01,branch,x\n", "utf-8")
    (tmp_path / "visits.csv").write_text("no,such,columns\n1,2,3\n", "utf-8")
    folder = ExchangeFolder(tmp_path)
    assert [node.node_code for node in folder.bank().nodes] == ["B01"]
    with pytest.raises(BadInput):
        folder.table("visits")
