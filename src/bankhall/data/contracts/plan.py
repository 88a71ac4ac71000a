"""What planning reads and writes: duties, rules, prices, wishes, rosters, and the (out) tables."""

from dataclasses import replace

from bankhall.data.contracts.columns import (
    BRANCH,
    BRANCH_OR_ALL,
    BUSINESS_DATE,
    END_TIME,
    NONE,
    POST,
    SERVICE_OR_ALL,
    SLOT_START,
    STAFF,
    START_TIME,
    column,
    names,
    validity,
)
from bankhall.data.contracts.contract import Contract
from bankhall.kernel.bilingual import Bilingual

VALID = ("valid_from", "valid_until")
RULE_CLASSES = ("law_control", "agreement", "wish")
PRICE_ITEMS = (
    "hour", "overtime_factor_workday", "overtime_factor_restday", "overtime_factor_holiday", "missing_half_hour",
    "lent_day", "unmet_wish", "changed_shift",
)  # fmt: skip
NOT_APPLICABLE = Bilingual("不适用", "does not apply")
SAME_MOMENT = ("与 earliest 相同", "the same as earliest")

DUTIES = Contract(
    name="duties",
    group="reference",
    key=("duty_code", "branch_code"),
    title=Bilingual("值守任务（非客户业务）", "Duties: what must be manned and is not a customer"),
    columns=(
        column("duty_code", "code", "任务代码", "code of the duty", required=True),
        BRANCH_OR_ALL,
        *names(),
        column("weekdays", "codes", "星期（1=星期一）", "weekdays, 1 is Monday", allowed=tuple("1234567"),
               missing=("每个营业日", "every day of opening")),
        column("relative_to", "code", "相对开门、关门，或按钟点", "what the times are relative to", required=True,
               allowed=("opening", "closing", "clock")),
        column("earliest", "offset", "最早开始（分钟，可为负；按钟点时为时间）",
               "earliest start: minutes, or a time of day",
               required=True, unit="minutes | HH:MM"),
        column("latest", "offset", "最晚开始", "latest start", unit="minutes | HH:MM", missing=SAME_MOMENT),
        column("minutes", "integer", "时长", "length", required=True, unit="minutes", minimum=1),
        column("people", "integer", "人数", "people needed", required=True, minimum=1),
        column("posts", "codes", "可担任的岗位", "posts that may do it", refers_to="posts.post_code",
               missing=("任何岗位", "any post")),
        column("certificates", "codes", "须持证书", "certificates needed",
               refers_to="certificate_kinds.certificate_code", missing=NONE),
        column("away_from_window", "boolean", "是否离开柜面", "away from the window", missing=("是", "yes")),
        column("different_from", "codes", "当日不得由同一人担任的任务",
               "duties whose people may not be the same that day",
               refers_to="duties.duty_code", missing=NONE),
    ),
)  # fmt: skip

RULES = Contract(
    name="rules",
    group="reference",
    key=("rule_code", "branch_code", "valid_from"),
    title=Bilingual("规则", "Rules"),
    columns=(
        column("rule_code", "code", "规则代码", "code of the rule", required=True),
        BRANCH_OR_ALL,
        column("value", "number", "数值", "value", required=True),
        column("unit", "text", "单位", "unit", missing=("见规则说明", "as the rule says")),
        column("rule_class", "code", "法律与内控、协议、意愿", "class", required=True, allowed=RULE_CLASSES),
        column("source", "text", "依据", "where the rule comes from"),
        *validity(),
    ),
    orders=(VALID,),
)

PRICES = Contract(
    name="prices",
    group="reference",
    key=("item", "post_code", "valid_from"),
    title=Bilingual("价目", "Price list"),
    columns=(
        column("item", "code", "项目", "item", required=True, allowed=PRICE_ITEMS),
        replace(POST, required=False, missing=Bilingual("所有岗位", "every post")),
        column("amount", "number", "金额（分）或倍数", "fen, or a factor for the overtime items", required=True,
               unit="fen | factor", minimum=0),
        column("valid_from", "date", "生效日（含）", "first day on which the row holds", missing=("不限", "always")),
    ),
)  # fmt: skip

WISHES = Contract(
    name="wishes",
    group="reference",
    key=("staff_no", "business_date", "kind"),
    title=Bilingual("排班意愿", "Wishes"),
    columns=(
        STAFF,
        BUSINESS_DATE,
        column(
            "kind", "code", "休息、早班、晚班", "off, early or late", required=True, allowed=("off", "early", "late")
        ),
        column("weight", "number", "权重", "weight", minimum=0, missing=("1", "1")),
    ),
)

ROSTERS = Contract(
    name="rosters",
    group="facts",
    key=("branch_code", "week", "version", "staff_no", "business_date", "start_time", "kind", "code"),
    title=Bilingual("排班表", "Rosters"),
    columns=(
        BRANCH,
        column("week", "code", "ISO 周", "ISO week", required=True, unit="2026-W49"),
        column("version", "integer", "版本", "version", required=True, minimum=1),
        column("state", "code", "状态", "state", required=True,
               allowed=("draft", "proposed", "confirmed", "approved", "published", "superseded")),
        STAFF,
        BUSINESS_DATE,
        START_TIME,
        END_TIME,
        column("kind", "code", "窗口、岗位、任务、休息", "what the stretch is", required=True,
               allowed=("window", "post", "duty", "break")),
        column("code", "code", "窗口、岗位或任务的代码", "the window, the post or the duty", missing=("休息",
               "a break")),
        replace(POST, required=False, missing=Bilingual("休息或任务", "a break or a duty")),
        column("at_branch_code", "code", "实际工作网点（借调）", "where the person works", refers_to="nodes.node_code",
               missing=("本网点", "the roster's own branch")),
        column("locked", "boolean", "已锁定", "stays as it is in a re-solve", missing=("否", "no")),
    ),
    orders=(("start_time", "end_time"),),
)  # fmt: skip

FORECASTS = Contract(
    name="forecasts",
    group="out",
    key=("made_at", "branch_code", "service_code", "business_date", "slot_start"),
    title=Bilingual("预测（按发布时原样保存）", "Forecasts, as issued"),
    columns=(
        column("made_at", "instant", "预测时点", "as of", required=True),
        BRANCH,
        replace(SERVICE_OR_ALL, missing=Bilingual("全网点", "the whole branch")),
        BUSINESS_DATE,
        SLOT_START,
        column("mean", "number", "期望到店人数", "expected arrivals", required=True, minimum=0),
        *(
            column(f"p{q:02d}", "number", f"{q}% 分位", f"{q} % quantile", minimum=0)
            for q in (5, 10, 25, 50, 75, 90, 95)
        ),
    ),
)

REQUIREMENT = Contract(
    name="requirement",
    group="out",
    key=("branch_code", "business_date", "slot_start", "post_code"),
    title=Bilingual("人员需求", "Requirement"),
    columns=(
        BRANCH,
        BUSINESS_DATE,
        SLOT_START,
        POST,
        column("people", "integer", "需要人数", "people needed", required=True, minimum=0),
        column("least", "integer", "制度要求的最低人数", "least by rule", minimum=0, missing=("0", "0")),
        column("driven_by", "code", "由业务量、双人临柜或任务决定", "what drives it", allowed=("load", "presence",
               "duty"),
               missing=("业务量", "load")),
    ),
)  # fmt: skip

PROOF = Contract(
    name="proof",
    group="out",
    key=("branch_code", "service_code", "business_date", "slot_start", "measure"),
    title=Bilingual("仿真验证", "Proof by simulation"),
    columns=(
        BRANCH,
        replace(SERVICE_OR_ALL, missing=Bilingual("全网点", "the whole branch")),
        BUSINESS_DATE,
        replace(SLOT_START, required=False, missing=Bilingual("全天", "the day")),
        column("measure", "code", "指标", "measure", required=True,
               allowed=("arrivals", "wait_p50", "wait_p90", "kept_share", "left_share")),
        column("value", "number", "所有模拟日全部客户的数值", "over all customers of all simulated days",
               missing=("无客户", "no customers")),
        *(column(f"p{q:02d}", "number", f"单日 {q}% 分位", f"{q} % of single days lie below") for q in (5, 10, 90, 95)),
    ),
)  # fmt: skip

UNMET = Contract(
    name="unmet",
    group="out",
    key=("branch_code", "business_date", "slot_start", "post_code"),
    title=Bilingual("未满足的需求", "What could not be met"),
    columns=(
        BRANCH,
        BUSINESS_DATE,
        SLOT_START,
        POST,
        column("people_short", "integer", "缺少人数", "people short", required=True, minimum=1),
    ),
)

BREACHES = Contract(
    name="breaches",
    group="out",
    key=("rule_code", "branch_code", "staff_no", "business_date", "start_time", "facts"),
    title=Bilingual("违反的规则", "Breaches"),
    columns=(
        column("rule_code", "code", "规则代码", "the rule", required=True),
        column("rule_class", "code", "法律与内控、协议、意愿", "class", required=True, allowed=RULE_CLASSES),
        BRANCH,
        replace(STAFF, required=False, missing=NOT_APPLICABLE),
        replace(BUSINESS_DATE, required=False, missing=NOT_APPLICABLE),
        replace(START_TIME, required=False, missing=NOT_APPLICABLE),
        replace(END_TIME, required=False, missing=NOT_APPLICABLE),
        column("facts", "text", "事实（JSON）", "facts, as JSON", missing=NONE),
    ),
)

TABLES = (DUTIES, RULES, PRICES, WISHES, ROSTERS, FORECASTS, REQUIREMENT, PROOF, UNMET, BREACHES)
