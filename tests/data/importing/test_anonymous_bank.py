"""The call centre's records as they were published: validation finds their faults by itself."""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from bankhall.data.importing import PreparedImport, load_mapping, prepare
from bankhall.data.importing.account import Fact

DATA = Path(os.environ.get("BANKHALL_DATA", "../shared/data")) / "anonymous_bank"
pytestmark = [pytest.mark.public_data, pytest.mark.slow]


@pytest.fixture(scope="module")
def calls() -> PreparedImport:
    if not (DATA / "calls").is_dir():
        pytest.skip(f"no public data at {DATA}")
    return prepare([DATA / "calls"], load_mapping("anonymous_bank_calls"), site_key=b"a test's key")


def _facts(prepared: PreparedImport, code: str, **wanted: str) -> Mapping[str, Fact]:
    found = [n.facts for n in prepared.notes if n.code == code and wanted.items() <= n.facts.items()]
    assert len(found) == 1, (code, wanted, found)
    return found[0]


def test_every_row_is_accounted_for(calls: PreparedImport) -> None:
    visits, steps = calls.accounts["visits"], calls.accounts["steps"]
    assert visits.read == 252_290
    assert steps.read == 252_290 - 13_831
    assert visits.read == visits.taken + visits.rejected
    assert len(calls.rejections) == visits.rejected == steps.rejected
    assert visits.rejected < 0.012 * visits.read


def test_11_and_12_january_are_found_missing(calls: PreparedImport) -> None:
    assert _facts(calls, "missing_days")["dates"] == "1999-01-11|1999-01-12"


def test_the_phantom_calls_are_rejected(calls: PreparedImport) -> None:
    facts = _facts(calls, "rows_rejected", table="visits", rule="unmapped_value", column="outcome")
    assert facts["rows"] == 2_348
    phantoms = [r for r in calls.rejections if r.rule == "unmapped_value"]
    assert Counter(r.cells["outcome"] for r in phantoms) == {"PHANTOM": 2_348}


def test_calls_that_end_before_they_start_are_rejected(calls: PreparedImport) -> None:
    facts = _facts(calls, "rows_rejected", table="steps", rule="ends_before_start", column="ended_at")
    assert facts["rows"] == 173


def test_served_calls_without_a_server_are_counted(calls: PreparedImport) -> None:
    assert _facts(calls, "served_without_staff")["rows"] == 3_198


def test_the_customer_number_that_means_nobody_is_found(calls: PreparedImport) -> None:
    facts = _facts(calls, "placeholder_value")
    assert (facts["value"], facts["rows"], facts["of"]) == ("0", 122_055, 252_290)
    assert 0.47 < calls.tables["visits"]["customer_key"].null_count / calls.tables["visits"].num_rows < 0.49


def test_callers_who_hung_up_in_the_menu_never_joined_a_line(calls: PreparedImport) -> None:
    assert _facts(calls, "made_no_row")["rows"] == 13_831


def test_named_servers_are_the_staff(calls: PreparedImport) -> None:
    names = set(calls.tables["staff"]["staff_no"].to_pylist())
    assert {"AVI", "NAAMA", "ANAT"} <= names
    assert not {name for name in names if "NO_SERVER" in name}
    assert set(calls.tables["steps"]["staff_no"].drop_null().to_pylist()) <= names


def test_the_six_minute_counts_become_arrival_counts() -> None:
    path = DATA / "arrivals_6min_1999_jan_jul.csv.gz"
    if not path.is_file():
        pytest.skip(f"no public data at {DATA}")
    prepared = prepare([path], load_mapping("anonymous_bank_counts"))
    counts = prepared.tables["arrival_counts"]
    assert counts.num_rows == 212 * 240
    assert counts.slice(0, 1).to_pylist()[0] | {"business_date": None} == {
        "branch_code": "AB", "service_code": "calls", "business_date": None, "slot_start": "00:00", "minutes": 6,
        "count": 2, "source": "anonymous_bank_counts",
    }  # fmt: skip
    assert [note.code for note in prepared.notes if note.code != "encoding_detected"] == ["counts_only"]
