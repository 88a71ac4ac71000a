"""Templates open, say what each column is, and import again unchanged once they are filled in."""

from io import BytesIO
from pathlib import Path

import pytest

from bankhall.data.contracts import TABLES, in_group
from bankhall.data.exchange.codec import records_table
from bankhall.data.exchange.reading_strictly import read_table
from bankhall.data.exchange.writing import text_columns
from bankhall.data.importing import prepare
from bankhall.data.importing.templates import NOTES, template_bytes, write_templates
from bankhall.kernel.bank.branch import Node, Service
from bankhall.kernel.bilingual import Bilingual

HANDED_IN = [contract.name for contract in (*in_group("reference"), *in_group("facts"))]


@pytest.mark.parametrize("name", HANDED_IN)
def test_an_empty_template_imports_as_an_empty_table(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(template_bytes(name))
    assert read_table(path, name) == TABLES[name].empty()


def test_a_template_that_is_filled_in_imports_unchanged(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    services = (
        Service("007", Bilingual("=现金", "Cash"), "personal", "cash", 4.5, dual_control=True),
        Service("card", Bilingual("办卡", "Card"), "personal", "card", elsewhere=("app", "smart_counter")),
    )
    table = records_table("services", services)
    book = load_workbook(BytesIO(template_bytes("services")))
    for row in zip(*text_columns(table).to_pydict().values(), strict=True):
        book.worksheets[0].append(row)
    book.save(tmp_path / "services.xlsx")
    prepared = prepare([tmp_path / "services.xlsx"])
    assert prepared.tables["services"] == table
    assert prepared.accounts["services"].taken == 2


def test_a_template_explains_its_columns_in_both_languages() -> None:
    from openpyxl import load_workbook

    notes = load_workbook(BytesIO(template_bytes("nodes")))[NOTES]
    words = {str(row[0].value): [str(cell.value) for cell in row] for row in notes.iter_rows(min_row=2)}
    assert set(words) == set(TABLES["nodes"].names)
    assert "层级" in words["kind"]
    assert "head_office|region|branch" in words["kind"]


def test_the_same_template_has_the_same_bytes_and_every_table_has_one(tmp_path: Path) -> None:
    assert template_bytes("nodes") == template_bytes("nodes")
    assert {path.stem for path in write_templates(tmp_path)} == set(HANDED_IN)
    assert records_table("nodes", [Node("B01", "branch")]).num_rows == 1
