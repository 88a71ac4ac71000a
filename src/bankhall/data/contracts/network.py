"""Where service happens: nodes, travel, calendar, opening hours, services, tiers, windows, promises."""

from bankhall.data.contracts.columns import (
    ALWAYS,
    BRANCH,
    BRANCH_OR_ALL,
    FAMILIES,
    NONE,
    SEGMENTS,
    SERVICE_OR_ALL,
    WINDOW_KINDS,
    column,
    names,
    validity,
)
from bankhall.data.contracts.contract import Contract
from bankhall.kernel.bilingual import Bilingual

VALID = ("valid_from", "valid_until")
DAY_KINDS = ("workday", "weekend", "holiday", "makeup_workday")

NODES = Contract(
    name="nodes",
    group="reference",
    key=("node_code",),
    title=Bilingual("机构", "Head office, regions and branches"),
    columns=(
        column("node_code", "code", "机构号", "code of the node", required=True),
        column("kind", "code", "层级", "level", required=True, allowed=("head_office", "region", "branch")),
        column("parent_code", "code", "上级机构号", "the node above", refers_to="nodes.node_code", missing=NONE),
        *names(),
        column("zone", "text", "时区（IANA 名称）", "IANA time zone", missing=("用全行时区", "the bank's zone")),
        column("longitude", "number", "经度", "longitude", unit="degrees", minimum=-180, maximum=180),
        column("latitude", "number", "纬度", "latitude", unit="degrees", minimum=-90, maximum=90),
        column("opened_on", "date", "开业日期", "day of opening", missing=ALWAYS),
        column("closed_on", "date", "终止营业日期", "day of closing", missing=("仍在营业", "still open")),
        column(
            "pool",
            "boolean",
            "是否机动人员驻地（没有营业厅，人员按日借出）",
            "base of a float pool: no hall, its people are lent out day by day",
            missing=("否", "no"),
        ),
    ),
    orders=(("opened_on", "closed_on"),),
)

TRAVEL = Contract(
    name="travel",
    group="reference",
    key=("from_branch", "to_branch"),
    title=Bilingual("路程", "Minutes on the way between branches"),
    columns=(
        column("from_branch", "code", "出发网点", "from", required=True, refers_to="nodes.node_code"),
        column("to_branch", "code", "到达网点", "to", required=True, refers_to="nodes.node_code"),
        column("minutes", "integer", "路上时间", "time on the way", required=True, unit="minutes", minimum=0),
    ),
)

CALENDAR = Contract(
    name="calendar",
    group="reference",
    key=("date", "region_code"),
    title=Bilingual("营业日历", "Business calendar"),
    columns=(
        column("date", "date", "日期", "the date", required=True),
        column("kind", "code", "日期类别", "kind of day", required=True, allowed=DAY_KINDS),
        *names(),
        column("markers", "codes", "标记：payday 发薪日、pension_day 养老金日、quarter_end 季末、tax_deadline 等",
               "markers: payday, pension_day, quarter_end, tax_deadline, any other word", missing=NONE),
        column("region_code", "code", "适用区域", "region for which the row holds", refers_to="nodes.node_code",
               missing=("所有区域", "every region")),
        column("source", "text", "依据（通知名称）", "the notice that says so"),
    ),
)  # fmt: skip

OPENING_HOURS = Contract(
    name="opening_hours",
    group="reference",
    key=("branch_code", "segment", "weekday", "day_kind", "date", "opens", "valid_from"),
    title=Bilingual("营业时间（每行一段；日期优先于日期类别，日期类别优先于星期）",
                    "Opening hours, one row a span; a date beats a kind of day, that beats a weekday"),
    columns=(
        BRANCH_OR_ALL,
        column("segment", "code", "对私或对公", "personal or corporate", required=True, allowed=SEGMENTS),
        column("weekday", "integer", "星期（1=星期一）", "1 is Monday", minimum=1, maximum=7,
               missing=("每天", "every weekday")),
        column("day_kind", "code", "日期类别", "kind of day", allowed=DAY_KINDS, missing=("不按类别", "any kind")),
        column("date", "date", "特定日期", "one date", missing=("不限日期", "no one date")),
        column("opens", "time", "开门", "opens", unit="HH:MM", missing=("与关门都空：不营业", "both empty: closed")),
        column("closes", "time", "关门", "closes", unit="HH:MM", missing=("与开门都空：不营业", "both empty: closed")),
        *validity(),
    ),
    orders=(("opens", "closes"), VALID),
)  # fmt: skip

SERVICES = Contract(
    name="services",
    group="reference",
    key=("service_code",),
    title=Bilingual("业务目录", "Services"),
    columns=(
        column("service_code", "code", "业务代码", "code of the service", required=True),
        *names(),
        column("segment", "code", "对私或对公", "personal or corporate", required=True, allowed=SEGMENTS),
        column("family", "code", "业务大类", "family", required=True, allowed=FAMILIES),
        column("typical_minutes", "number", "通常办理时间", "usual time at the window", unit="minutes", minimum=0),
        column("certificates", "codes", "经办人须持证书", "certificates that the person at the window needs",
               refers_to="certificate_kinds.certificate_code", missing=NONE),
        column("dual_control", "boolean", "是否双人复核", "a second person must authorise", missing=("否", "no")),
        column("zone", "code", "销售专区", "sales zone", missing=NONE),
        column("priority", "integer", "优先级（大者先）", "higher goes first", missing=("0", "0")),
        column("elsewhere", "codes", "可代替的渠道：app、smart_counter 等",
               "where else it can be done: app, smart_counter, …",
               missing=NONE),
        column("papers_zh", "text", "需带材料（中文）", "papers to bring, in Chinese", missing=NONE),
        column("papers_en", "text", "需带材料（英文）", "papers to bring, in English", missing=NONE),
    ),
)  # fmt: skip

TIERS = Contract(
    name="tiers",
    group="reference",
    key=("tier_code",),
    title=Bilingual("客户层级", "Customer tiers"),
    columns=(
        column("tier_code", "code", "层级代码", "code of the tier", required=True),
        *names(),
        column("kind", "code", "按资产或按需要（老年、残障）", "by assets, or by need", required=True,
               allowed=("assets", "need")),
    ),
)  # fmt: skip

WINDOWS = Contract(
    name="windows",
    group="reference",
    key=("branch_code", "window_code"),
    title=Bilingual("窗口", "Windows"),
    columns=(
        BRANCH,
        column("window_code", "code", "窗口号", "code of the window", required=True),
        column("kind", "code", "高柜、低柜、智能柜台、理财室、自助", "kind of window",
               required=True, allowed=WINDOW_KINDS),
        column("services", "codes", "可办业务", "services that it can carry", refers_to="services.service_code",
               missing=NONE),
        column("closes_first", "integer", "人手不足时的关窗顺序（1 最先）",
               "1 is the first to close when people are short",
               minimum=1, missing=("最后关闭", "the last to close")),
    ),
)  # fmt: skip

PROMISES = Contract(
    name="promises",
    group="reference",
    key=("branch_code", "service_code", "family", "tier_code", "valid_from"),
    title=Bilingual("等候承诺", "Waiting promises"),
    columns=(
        BRANCH_OR_ALL,
        SERVICE_OR_ALL,
        column("family", "code", "业务大类（与业务代码二选一）", "family, instead of one service", allowed=FAMILIES,
               missing=("所有大类", "every family")),
        column("tier_code", "code", "客户层级", "customer tier", refers_to="tiers.tier_code",
               missing=("所有客户", "ordinary customers")),
        column("wait_minutes", "number", "承诺等候时间", "promised wait", required=True, unit="minutes", minimum=0),
        column("share", "number", "达到承诺的客户占比（下限）", "at least this share waits no longer", required=True,
               minimum=0, maximum=1),
        column("hard_maximum_minutes", "number", "绝对上限", "nobody waits longer", unit="minutes", minimum=0,
               missing=("无上限", "no limit")),
        *validity(),
    ),
    orders=(VALID,),
)  # fmt: skip

TABLES = (NODES, TRAVEL, CALENDAR, OPENING_HOURS, SERVICES, TIERS, WINDOWS, PROMISES)
