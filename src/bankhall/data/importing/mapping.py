"""A mapping: how the columns of somebody's files become the columns of exchange tables. Written in TOML.

mapping_version = 1
files = '(?P<branch>\\w+)_(?P<date>\\d{8})\\.(csv|xlsx)$'   # of file names; its groups are `{ file = "branch" }`
encoding = "gb18030"                                         # else detected and reported
[[table]]
name = "visits"
[table.columns]
branch_code = { file = "branch" }
arrived_at = { column = "取号时间", format = "%Y/%m/%d %H:%M:%S" }
outcome = { column = "状态", values = { "过号" = "absent_when_called" } }
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bankhall.data.contracts import TABLES
from bankhall.data.exchange.details import BankDetails, known_zone
from bankhall.data.exchange.encodings import ENCODINGS
from bankhall.data.exchange.reading import Layout
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BadInput

SHIPPED = Path(__file__).parent.parent / "mappings"
OTHERWISE = ("reject", "empty", "keep")
Conditions = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column's text comes from (one of the first six), and what is done with it (the rest)."""

    column: str = ""
    constant: str = ""
    file: str = ""
    join: tuple["Source", ...] = ()
    first_of: tuple["Source", ...] = ()
    date_time: tuple["Source", ...] = ()
    between: str = "-"
    only_if: Conditions = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = "reject"
    hashed: bool = False
    optional: bool = False

    def named_columns(self) -> tuple[str, ...]:
        """The columns of a file that this source reads."""
        inner = [name for part in (*self.join, *self.first_of, *self.date_time) for name in part.named_columns()]
        return (*((self.column,) if self.column else ()), *self.only_if, *inner)


@dataclass(frozen=True, slots=True)
class Unpivot:
    """Columns named 1 to `until` become rows: slot `n` starts (n-1) * minutes after midnight."""

    until: int
    minutes: int


@dataclass(frozen=True, slots=True)
class TableMapping:
    """One table of the mapping. `distinct`: rows that repeat a key are one row. `skip_when`: such rows make none."""

    name: str
    columns: Mapping[str, Source]
    skip_when: Conditions = field(default_factory=dict)
    distinct: bool = False
    unpivot: Unpivot | None = None


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A whole mapping. `rows` are reference rows that the mapping itself brings (as text)."""

    code: str
    title: Bilingual
    tables: tuple[TableMapping, ...]
    layout: Layout = Layout()  # noqa: RUF009 - frozen
    files: str = ""
    details: BankDetails | None = None
    rows: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """The zone of local times where the branch's own is not known."""
        return self.details.zone if self.details else ""

    def named_columns(self) -> tuple[str, ...]:
        """The columns of a file that the mapping uses, each once, in order."""
        names: list[str] = []
        for table in self.tables:
            names += [*table.skip_when, *(name for source in table.columns.values() for name in source.named_columns())]
            names += [str(n + 1) for n in range(table.unpivot.until)] if table.unpivot else []
        return tuple(dict.fromkeys(names))


def shipped_mappings() -> dict[str, Path]:
    """The mappings that come with the product, by code."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def load_mapping(path: Path | str) -> FileMapping:
    """A mapping from a file, or one of the shipped ones by its code. Raises BadInput with what is wrong in it."""
    place = shipped_mappings().get(str(path)) or Path(path)
    if not place.is_file():
        raise BadInput("file_not_found", file=str(path))
    try:
        return read_mapping(place.read_text("utf-8-sig"), code=place.stem)
    except UnicodeDecodeError as error:
        raise BadInput("mapping_bad", mapping=place.stem, reason=str(error)) from error


def read_mapping(text: str, *, code: str = "mapping") -> FileMapping:
    """A mapping from its text. Raises BadInput."""
    try:
        return _Reader(code).mapping(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadInput("mapping_bad", mapping=code, reason=str(error)) from error


class _Reader:
    """Turns the TOML into frozen values and refuses what it does not know: a typing error must not pass as empty."""

    def __init__(self, code: str) -> None:
        self.code = code

    def mapping(self, said: dict[str, object]) -> FileMapping:
        self._known(said, "mapping_version title_zh title_en files encoding separator sheet header_row bank table rows")
        if said.get("mapping_version") != 1:
            raise self._bad("mapping_version is not 1")
        tables = tuple(self._table(table) for table in self._list(said.get("table")))
        return FileMapping(
            code=self.code,
            title=Bilingual(self._text(said, "title_zh"), self._text(said, "title_en")),
            tables=tables,
            layout=self._layout(said),
            files=self._pattern(self._text(said, "files")),
            details=self._details(said.get("bank")),
            rows={name: self._rows(name, rows) for name, rows in self._dict(said.get("rows")).items()},
        )

    def _layout(self, said: dict[str, object]) -> Layout:
        encoding = self._text(said, "encoding")
        if encoding not in ("", *ENCODINGS):
            raise self._bad(f"encoding {encoding!r} is none of {', '.join(ENCODINGS)}")
        header = said.get("header_row", 1)
        if not isinstance(header, int) or header < 1:
            raise self._bad("header_row is not a row")
        return Layout(encoding, self._text(said, "separator") or ",", self._text(said, "sheet"), header)

    def _details(self, said: object) -> BankDetails | None:
        if said is None:
            return None
        bank = self._dict(said)
        self._known(bank, "name_zh name_en zone slot_minutes")
        zone = self._text(bank, "zone") or "Asia/Shanghai"
        if not known_zone(zone):
            raise self._bad(f"zone {zone!r} does not exist")
        slot = bank.get("slot_minutes", 30)
        name = Bilingual(self._text(bank, "name_zh"), self._text(bank, "name_en"))
        return BankDetails(name, zone, slot if isinstance(slot, int) else 30)

    def _table(self, said: object) -> TableMapping:
        table = self._dict(said)
        self._known(table, "name columns skip_when distinct unpivot")
        name = self._text(table, "name")
        if name not in TABLES:
            raise self._bad(f"there is no table {name!r}")
        columns = {column: self._source(source) for column, source in self._dict(table.get("columns")).items()}
        unknown = sorted(set(columns) - set(TABLES[name].names))
        if unknown:
            raise self._bad(f"{name} has no column {unknown[0]!r}")
        return TableMapping(
            name,
            columns,
            skip_when=self._conditions(table.get("skip_when")),
            distinct=table.get("distinct") is True,
            unpivot=self._unpivot(table.get("unpivot")),
        )

    def _unpivot(self, said: object) -> Unpivot | None:
        if said is None:
            return None
        until, minutes = self._dict(said).get("until"), self._dict(said).get("minutes")
        if not isinstance(until, int) or not isinstance(minutes, int) or until * minutes > 24 * 60:
            raise self._bad("unpivot needs `until` and `minutes` within a day")
        return Unpivot(until, minutes)

    def _source(self, said: object) -> Source:
        if isinstance(said, str):
            return Source(column=said)
        source = self._dict(said)
        self._known(
            source,
            "column constant file join first_of date time with only_if empty format values otherwise hash optional",
        )
        otherwise = self._text(source, "otherwise") or "reject"
        if otherwise not in OTHERWISE:
            raise self._bad(f"otherwise is none of {', '.join(OTHERWISE)}")
        made = Source(
            column=self._text(source, "column"),
            constant=self._text(source, "constant"),
            file=self._text(source, "file"),
            join=self._sources(source.get("join")),
            first_of=self._sources(source.get("first_of")),
            date_time=self._sources([source["date"], source["time"]]) if "date" in source and "time" in source else (),
            between=self._text(source, "with") if "with" in source else "-",
            only_if=self._conditions(source.get("only_if")),
            empty=self._words(source.get("empty")),
            formats=self._words(source.get("format")),
            values={key: str(value) for key, value in self._dict(source.get("values")).items()},
            otherwise=otherwise,
            hashed=source.get("hash") is True,
            optional=source.get("optional") is True,
        )
        if not (made.column or made.constant or made.file or made.join or made.first_of or made.date_time):
            raise self._bad(f"a column has no source: {source}")
        return made

    def _sources(self, said: object) -> tuple[Source, ...]:
        return tuple(self._source(item) for item in self._list(said))

    def _conditions(self, said: object) -> Conditions:
        return {column: self._words(words) for column, words in self._dict(said).items()}

    def _rows(self, name: str, said: object) -> tuple[Mapping[str, str], ...]:
        if name not in TABLES:
            raise self._bad(f"there is no table {name!r}")
        return tuple({key: _cell(value) for key, value in self._dict(row).items()} for row in self._list(said))

    def _pattern(self, text: str) -> str:
        try:
            re.compile(text)
        except re.error as error:
            raise self._bad(f"files: {error}") from error
        return text

    def _known(self, said: Mapping[str, object], words: str) -> None:
        unknown = sorted(set(said) - set(words.split()))
        if unknown:
            raise self._bad(f"unknown word {unknown[0]!r}")

    def _text(self, said: Mapping[str, object], key: str) -> str:
        value = said.get(key, "")
        if not isinstance(value, str):
            raise self._bad(f"{key} is no text")
        return value

    def _words(self, said: object) -> tuple[str, ...]:
        return (said,) if isinstance(said, str) else tuple(str(word) for word in self._list(said))

    def _list(self, said: object) -> Sequence[object]:
        if said is None:
            return ()
        if not isinstance(said, list):
            raise self._bad(f"{said!r} is no list")
        return said

    def _dict(self, said: object) -> dict[str, object]:
        if said is None:
            return {}
        if not isinstance(said, dict):
            raise self._bad(f"{said!r} is no table")
        return said

    def _bad(self, reason: str) -> BadInput:
        return BadInput("mapping_bad", mapping=self.code, reason=reason)


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
