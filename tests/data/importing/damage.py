"""Damages good files on purpose and keeps a log of it: which rows were touched, and how.

Only damage that a file can betray is made: a date that is wrong but fits everything else, or two free texts that are
swapped, cannot be told from a true record by any reader.
"""

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.data.importing.exports import HEADER, VISIT_HEADER, machine_name, machine_rows, visit_rows, write_sheet

Bytes = Callable[[bytes], bytes]
KINDS = (
    "cut", "wrong_encoding", "swapped_or_renamed_columns", "doubled_rows", "shifted_dates", "broken_quotes", "nul",
    "formula", "zip_bomb", "wrong_branch",
)  # fmt: skip
FORMS = ("visits.csv", "machine.csv", "machine.xlsx", "visits.csv.gz")
ROWS = 60
BOMB_BYTES = 24 * 1024 * 1024
SWAPS = {
    VISIT_HEADER: ((5, 6), (2, 5), (1, 4), (0, 7), (4, 7), (2, 6)),
    HEADER: ((4, 5), (5, 6), (7, 8), (1, 2), (3, 8), (4, 9)),
}


@dataclass
class Sheet:
    """A file on its way from good to damaged. `origin` gives each row's number in the good file."""

    form: str
    header: list[str]
    rows: list[list[str]]
    origin: list[int]
    name: str
    encoding: str
    touched: set[int] = field(default_factory=set)
    whole: bool = False
    bytes_of: dict[int, list[Bytes]] = field(default_factory=dict)
    after: list[Callable[["Sheet", bytes], bytes]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    doubled: int = 0

    @property
    def text(self) -> bool:
        return not self.form.endswith(".xlsx")

    @property
    def machine(self) -> bool:
        return self.form.startswith("machine")

    def lines(self) -> list[bytes]:
        """The header's and the rows' bytes, with whatever was done to them."""
        found = []
        for place, row in enumerate([self.header, *self.rows]):
            line = ",".join(row).encode(self.encoding)
            for change in self.bytes_of.get(place - 1, ()):
                line = change(line)
            found.append(line + b"\r\n")
        return found

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        if self.text:
            data = b"".join(self.lines())
            for step in self.after:
                data = step(self, data)
            path.write_bytes(
                gzip.compress(data, mtime=0) if self.form.endswith(".gz") and "bomb" not in self.said else data
            )
        else:
            write_sheet(path, self.header, self.rows)
            data = path.read_bytes()
            for step in self.after:
                data = step(self, data)
            path.write_bytes(data)
        return path


def good(form: str) -> Sheet:
    """A file without a fault."""
    machine = form.startswith("machine")
    rows = [list(row) for row in (machine_rows(ROWS) if machine else visit_rows(ROWS))]
    name = machine_name(ending=form.removeprefix("machine")) if machine else form
    header = list(HEADER if machine else VISIT_HEADER)
    return Sheet(form, header, rows, list(range(ROWS)), name, "gb18030" if form == "machine.csv" else "utf-8")


def damaged(kinds: tuple[str, ...], form: str, rng: np.random.Generator) -> Sheet:
    """A file with these damages, in an order in which the later do not undo the earlier."""
    sheet = good(form)
    for kind in sorted(kinds, key=lambda k: (k in ("cut", "zip_bomb"), k)):
        _DAMAGES[kind](sheet, rng)
        sheet.said.append(kind)
    return sheet


def _some(sheet: Sheet, rng: np.random.Generator, most: int = 4) -> list[int]:
    places = rng.choice(len(sheet.rows), size=int(rng.integers(1, most + 1)), replace=False)
    for place in places:
        sheet.touched.add(sheet.origin[place])
    return [int(place) for place in places]


def _cut(sheet: Sheet, rng: np.random.Generator) -> None:
    share = rng.uniform(0.1, 0.99)

    def cut(sheet: Sheet, data: bytes) -> bytes:
        end = max(1, int(len(data) * share))
        if sheet.text:
            starts = np.cumsum([0, *(len(line) for line in sheet.lines())])
            for place, origin in enumerate(sheet.origin):
                if starts[place + 2] > end:
                    sheet.touched.add(origin)
        else:
            sheet.whole = True
        return data[:end]

    sheet.after.append(cut)


def _wrong_encoding(sheet: Sheet, rng: np.random.Generator) -> None:
    if not sheet.text:  # a workbook's parts say that they are UTF-8; one of them is not
        sheet.whole = True
        sheet.after.append(
            lambda _, data: _with_part(data, "xl/worksheets/sheet1.xml", lambda part: part.decode().encode("gb18030"))
        )
    elif rng.random() < 0.2:
        sheet.whole = True
        sheet.after.append(lambda sheet, data: data.decode(sheet.encoding).encode("utf-16"))
    else:
        other = "utf-8" if sheet.encoding == "gb18030" else "gb18030"
        for place in _some(sheet, rng):
            mine = sheet.encoding
            sheet.bytes_of.setdefault(place, []).append(lambda line, m=mine: line.decode(m).encode(other))  # type: ignore[misc]


def _swapped_or_renamed_columns(sheet: Sheet, rng: np.random.Generator) -> None:
    sheet.touched.update(range(ROWS))
    original = HEADER if sheet.machine else VISIT_HEADER
    if rng.random() < 0.5:
        pairs = SWAPS[original]
        one, two = pairs[int(rng.integers(len(pairs)))]
        sheet.header[one], sheet.header[two] = sheet.header[two], sheet.header[one]
    else:
        place = int(rng.integers(len(sheet.header)))
        sheet.header[place] = f"{sheet.header[place]}_{place}"


def _doubled_rows(sheet: Sheet, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(1, 6))):
        place = int(rng.integers(len(sheet.rows)))
        if place in sheet.bytes_of or sheet.origin[place] in sheet.touched:
            continue
        sheet.rows.append(list(sheet.rows[place]))
        sheet.origin.append(sheet.origin[place])
        sheet.doubled += 1


def _shifted_dates(sheet: Sheet, rng: np.random.Generator) -> None:
    column = int(rng.choice([4, 5] if sheet.machine else [2, 5, 6]))
    days = int(rng.integers(2, 28))
    for place in _some(sheet, rng, 8):
        sheet.rows[place][column] = sheet.rows[place][column].replace("2026-11-02", f"2026-10-{days:02d}")


def _broken_quotes(sheet: Sheet, rng: np.random.Generator) -> None:
    if not sheet.text:  # the same fault in a workbook: markup that does not close
        sheet.whole = True
        sheet.after.append(
            lambda _, data: _with_part(data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</row>", b"", 1))
        )
        return
    for place in _some(sheet, rng):
        line = len(",".join(sheet.rows[place]).encode(sheet.encoding))
        where = int(rng.integers(0, line))
        sheet.bytes_of.setdefault(place, []).append(lambda data, w=where: _between_characters(data, w, b'"'))  # type: ignore[misc]


def _nul(sheet: Sheet, rng: np.random.Generator) -> None:
    if not sheet.text:
        sheet.whole = True
        sheet.after.append(
            lambda _, data: _with_part(data, "xl/worksheets/sheet1.xml", lambda part: part[:900] + b"\0\0" + part[900:])
        )
        return
    for place in _some(sheet, rng):
        line = len(",".join(sheet.rows[place]).encode(sheet.encoding))
        where = int(rng.integers(0, line))
        sheet.bytes_of.setdefault(place, []).append(lambda data, w=where: data[:w] + b"\0" + data[w:])  # type: ignore[misc]


def _formula(sheet: Sheet, rng: np.random.Generator) -> None:
    formulas = ["=1+1", '=HYPERLINK("http://x")', "@SUM(A1:A9)", "+cmd|' /C calc'!A0", "=A1"]
    for place in _some(sheet, rng):
        column = int(rng.integers(len(sheet.header)))
        text = formulas[int(rng.integers(len(formulas)))]
        if sheet.text:
            text = text.replace('"', "").replace(",", ";")
        else:
            text = formulas[0] if not text.startswith("=") else text
        sheet.rows[place][column] = text


def _zip_bomb(sheet: Sheet, rng: np.random.Generator) -> None:
    sheet.whole = True
    if sheet.text:
        sheet.form, sheet.name = f"{sheet.form.removesuffix('.gz')}.gz", f"{sheet.name.removesuffix('.gz')}.gz"
        sheet.said.append("bomb")
        sheet.after.append(lambda _, data: gzip.compress(data + b"0" * BOMB_BYTES, 1, mtime=0))
    else:
        sheet.after.append(_with_bomb)


def _wrong_branch(sheet: Sheet, rng: np.random.Generator) -> None:
    other = ["B99", "B1", "H01"][int(rng.integers(3))]
    if sheet.machine:
        sheet.whole = True
        sheet.name = sheet.name.replace("B01", "B02" if rng.random() < 0.5 else other)
    else:
        for place in _some(sheet, rng, 20):
            sheet.rows[place][1] = other


def _between_characters(line: bytes, where: int, mark: bytes) -> bytes:
    # GB18030 characters are not cut in two: that is another damage.
    text = line.decode("gb18030") if not _utf8(line) else line.decode("utf-8")
    encoding = "utf-8" if _utf8(line) else "gb18030"
    place = min(where, len(text) - 1)
    return text[:place].encode(encoding) + mark + text[place:].encode(encoding)


def _utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _with_part(data: bytes, name: str, change: Bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return out.getvalue()


def _with_bomb(_: Sheet, data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/media/blank.xml", b"0" * BOMB_BYTES)
    return out.getvalue()


_DAMAGES: dict[str, Callable[[Sheet, np.random.Generator], None]] = {
    "cut": _cut, "wrong_encoding": _wrong_encoding, "swapped_or_renamed_columns": _swapped_or_renamed_columns,
    "doubled_rows": _doubled_rows, "shifted_dates": _shifted_dates, "broken_quotes": _broken_quotes, "nul": _nul,
    "formula": _formula, "zip_bomb": _zip_bomb, "wrong_branch": _wrong_branch,
}  # fmt: skip
ROW_KINDS = (
    "wrong_encoding",
    "doubled_rows",
    "shifted_dates",
    "broken_quotes",
    "nul",
    "formula",
    "wrong_branch",
    "cut",
)


def plan_of_damages(seed: int = 3) -> list[tuple[tuple[str, ...], str, int]]:
    """The 300 cases: 25 of each kind and 50 mixed; form by turns."""
    rng = np.random.default_rng(seed)
    cases: list[tuple[tuple[str, ...], str]] = [((kind,), FORMS[n % len(FORMS)]) for kind in KINDS for n in range(25)]
    for n in range(50):
        kinds = tuple(str(k) for k in rng.choice(ROW_KINDS, size=int(rng.integers(2, 4)), replace=False))
        cases.append((kinds, FORMS[n % len(FORMS)]))
    return [(kinds, form, seed * 1000 + number) for number, (kinds, form) in enumerate(cases)]
