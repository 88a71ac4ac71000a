"""What banks export, made up: a queue machine's days and a small exchange folder's visits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from bankhall.data.importing import Known

HEADER = ("票号", "业务类型", "客户等级", "客户号", "取号时间", "叫号时间", "结束时间", "窗口号", "柜员号", "状态")
BRANCH, DAY = "B01", date(2026, 11, 2)
KNOWN = Known(
    codes={
        "nodes.node_code": frozenset({"B01", "B02", "H00"}),
        "services.service_code": frozenset({"现金", "开户", "cash"}),
        "windows.window_code": frozenset({"B01|1", "B01|2", "B02|1"}),
        "staff.staff_no": frozenset({"0001", "0002", "S1"}),
        "tiers.tier_code": frozenset({"普通", "金卡"}),
    },
    zones={"B01": "Asia/Shanghai", "B02": "Asia/Shanghai"},
)
Rows = list[tuple[str, ...]]


def machine_rows(count: int = 60, *, day: date = DAY) -> Rows:
    """Tickets of one day: every seventh customer did not come when called."""
    rows: Rows = []
    for n in range(count):
        at = datetime(day.year, day.month, day.day, 9) + timedelta(minutes=5 * n % 420, seconds=n % 50)
        called, came = at + timedelta(minutes=4, seconds=n % 40), n % 7 != 3
        ended = called + timedelta(minutes=3 + n % 9)
        rows.append((
            f"A{n + 1:03d}", "现金" if n % 3 else "开户", "金卡" if n % 11 == 0 else "普通", f"62{10_000 + n}",
            f"{at:%Y-%m-%d %H:%M:%S}", f"{called:%Y-%m-%d %H:%M:%S}", f"{ended:%Y-%m-%d %H:%M:%S}" if came else "",
            str(1 + n % 2), f"000{1 + n % 2}", "已办结" if came else "过号" if n % 2 else "弃号",
        ))  # fmt: skip
    return rows


def machine_name(branch: str = BRANCH, day: date = DAY, ending: str = ".csv") -> str:
    """The file's name: 网点号_日期."""
    return f"{branch}_{day:%Y%m%d}{ending}"


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Plain CSV; no cell of ours needs quotes."""
    return "".join(",".join(row) + "\r\n" for row in (header, *rows))


def write_machine_csv(folder: Path, rows: Rows, *, encoding: str = "gb18030", name: str = "") -> Path:
    """A queue machine's day as CSV."""
    path = folder / (name or machine_name())
    path.write_bytes(csv_text(HEADER, rows).encode(encoding))
    return path


def write_sheet(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """A workbook with one sheet; text that begins with = becomes a formula, as in a spreadsheet."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in (header, *rows):
        page.append(list(row))
    book.save(path)
    return path


VISIT_HEADER = (
    "visit_id", "branch_code", "business_date", "ticket_no", "segment", "arrived_at", "left_at", "outcome", "source",
    "source_key",
)  # fmt: skip


def visit_rows(count: int = 60, *, branch: str = BRANCH, day: date = DAY) -> Rows:
    """Visits as an exchange table holds them, with Chinese text in a free column."""
    rows: Rows = []
    for n in range(count):
        at = datetime(day.year, day.month, day.day, 9) + timedelta(minutes=5 * n % 420, seconds=n % 50)
        left = at + timedelta(minutes=12 + n % 20)
        rows.append((
            f"{branch}-{day:%m%d}-{n + 1:03d}", branch, f"{day}", f"甲{n + 1:03d}", "personal",
            f"{at:%Y-%m-%dT%H:%M:%S}",
            f"{left:%Y-%m-%dT%H:%M:%S}", "served" if n % 5 else "left", "test", f"{n + 1}",
        ))  # fmt: skip
    return rows
