"""Empty XLSX tables with notes, made from the contracts: filled in, they import unchanged.

Every cell is text, so that a spreadsheet does not turn codes into numbers or dates into its own.
"""

import io
from pathlib import Path

from bankhall.data.contracts import TABLES, Column, Contract
from bankhall.data.exchange.writing import SAME_MOMENT, replace_file

NOTES = "说明 Notes"
_HEADER = (
    "列 column", "必填 required", "类型 kind", "可取值 allowed", "单位 unit", "引用 refers to", "说明", "note",
    "留空表示", "empty means",
)  # fmt: skip
_MOST_LIST_CHARACTERS = 255
_ROWS = 5_000


def template_bytes(name: str) -> bytes:
    """The template of one table; the same bytes each time."""
    import xlsxwriter

    contract, buffer = TABLES[name], io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": SAME_MOMENT, "title": f"{contract.title.zh} {contract.title.en}"})
    _fill_in_page(book, contract)
    _notes_page(book, contract)
    book.close()
    return buffer.getvalue()


def write_templates(folder: Path) -> tuple[Path, ...]:
    """A template for every table that people hand in."""
    written = []
    for contract in TABLES.values():
        if contract.group != "out":
            path, content = folder / f"{contract.name}.xlsx", template_bytes(contract.name)
            replace_file(path, lambda beside, content=content: _write(beside, content))  # type: ignore[misc]
            written.append(path)
    return tuple(written)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _fill_in_page(book: "xlsxwriter.Workbook", contract: Contract) -> None:  # type: ignore[name-defined]  # noqa: F821
    page = book.add_worksheet(contract.name)
    text, needed = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    page.freeze_panes(1, 0)
    for place, column in enumerate(contract.columns):
        page.set_column(place, place, max(12, len(column.name) + 2), text)
        page.write_string(0, place, column.name, needed if column.required else text)
        page.write_comment(0, place, _comment(column), {"x_scale": 2})
        if column.allowed and column.kind == "code" and len(",".join(column.allowed)) <= _MOST_LIST_CHARACTERS:
            page.data_validation(1, place, _ROWS, place, {"validate": "list", "source": list(column.allowed)})


def _comment(column: Column) -> str:
    lines = [f"{column.note.zh} / {column.note.en}", f"{column.kind} {column.unit}".strip()]
    lines += ["必填 required"] if column.required else [f"留空 empty: {column.missing.zh} / {column.missing.en}"]
    return "\n".join([*lines, *(["｜".join(column.allowed)] if column.allowed else [])])


def _notes_page(book: "xlsxwriter.Workbook", contract: Contract) -> None:  # type: ignore[name-defined]  # noqa: F821
    page = book.add_worksheet(NOTES)
    page.set_column(0, len(_HEADER) - 1, 24)
    for place, word in enumerate(_HEADER):
        page.write_string(0, place, word)
    for row, column in enumerate(contract.columns, start=1):
        for place, word in enumerate(_words(column)):
            page.write_string(row, place, word)


def _words(column: Column) -> tuple[str, ...]:
    return (
        column.name, "是 yes" if column.required else "", column.kind, "|".join(column.allowed), column.unit,
        column.refers_to, column.note.zh, column.note.en, column.missing.zh, column.missing.en,
    )  # fmt: skip
