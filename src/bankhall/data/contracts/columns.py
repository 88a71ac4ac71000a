"""Columns that many tables share, and a short way to write the others down."""

from dataclasses import replace

from bankhall.data.contracts.contract import NOT_KNOWN, Column, Kind
from bankhall.kernel.bilingual import Bilingual

ALWAYS = Bilingual("不限", "no limit: always")
EVERY_BRANCH = Bilingual("所有网点", "every branch")
EVERY_SERVICE = Bilingual("所有业务", "every service")
NONE = Bilingual("无", "none")
NO_VALUE = Bilingual()


def column(
    name: str,
    kind: Kind,
    zh: str,
    en: str,
    *,
    required: bool = False,
    allowed: tuple[str, ...] = (),
    refers_to: str = "",
    unit: str = "",
    missing: Bilingual | tuple[str, str] = NOT_KNOWN,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Column:
    """A column; a required one has no missing value to explain."""
    said = Bilingual(*missing) if isinstance(missing, tuple) else missing
    return Column(
        name=name,
        kind=kind,
        required=required,
        allowed=allowed,
        refers_to=refers_to,
        unit=unit,
        missing=NO_VALUE if required else said,
        note=Bilingual(zh, en),
        minimum=minimum,
        maximum=maximum,
    )


def names() -> tuple[Column, Column]:
    """The two names of anything that people read."""
    fallback = ("用另一种语言的名称", "the name in the other language is used")
    return (
        column("name_zh", "text", "中文名称", "name in Chinese", missing=fallback),
        column("name_en", "text", "英文名称", "name in English", missing=fallback),
    )


def validity() -> tuple[Column, Column]:
    """Inclusive dates of a version."""
    return (
        column("valid_from", "date", "生效日（含）", "first day on which the row holds", missing=ALWAYS),
        column("valid_until", "date", "失效日（含）", "last day on which the row holds", missing=ALWAYS),
    )


BRANCH = column("branch_code", "code", "网点号", "the branch", required=True, refers_to="nodes.node_code")
BRANCH_OR_ALL = replace(BRANCH, required=False, missing=EVERY_BRANCH)
STAFF = column("staff_no", "code", "员工号", "the person", required=True, refers_to="staff.staff_no")
SERVICE = column("service_code", "code", "业务代码", "the service", required=True, refers_to="services.service_code")
SERVICE_OR_ALL = replace(SERVICE, required=False, missing=EVERY_SERVICE)
BUSINESS_DATE = column("business_date", "date", "营业日（网点当地日期）", "the branch's own date", required=True)
SLOT_START = column(
    "slot_start", "time", "时段开始（当地时间）", "start of the slot, local time", required=True, unit="HH:MM"
)
POST = column("post_code", "code", "岗位代码", "the post", required=True, refers_to="posts.post_code")
START_TIME = column("start_time", "time", "开始时间（当地）", "local start", required=True, unit="HH:MM")
END_TIME = column(
    "end_time", "time", "结束时间（当地，可为 24:00）", "local end, 24:00 allowed", required=True, unit="HH:MM"
)
WINDOW_KINDS = ("cash", "open_desk", "smart_counter", "adviser", "self_service")
FAMILIES = ("cash", "account", "card", "loan", "wealth", "corporate", "other")
SEGMENTS = ("personal", "corporate")
