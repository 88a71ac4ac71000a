"""Who works: posts, staff, certificates, protections, absences, post history, attendance."""

from bankhall.data.contracts.columns import (
    ALWAYS,
    BRANCH,
    BUSINESS_DATE,
    NONE,
    POST,
    STAFF,
    WINDOW_KINDS,
    column,
    names,
    validity,
)
from bankhall.data.contracts.contract import Contract
from bankhall.kernel.bilingual import Bilingual

VALID = ("valid_from", "valid_until")
CERTIFICATE = column("certificate_code", "code", "证书代码", "the kind of certificate", required=True,
                     refers_to="certificate_kinds.certificate_code")  # fmt: skip

CERTIFICATE_KINDS = Contract(
    name="certificate_kinds",
    group="reference",
    key=("certificate_code",),
    title=Bilingual("证书种类", "Kinds of certificate"),
    columns=(
        column("certificate_code", "code", "证书代码", "code of the kind", required=True),
        *names(),
    ),
)

POSTS = Contract(
    name="posts",
    group="reference",
    key=("post_code",),
    title=Bilingual("岗位", "Posts"),
    columns=(
        column("post_code", "code", "岗位代码", "code of the post", required=True),
        *names(),
        column("window_kinds", "codes", "值守的窗口类别", "kinds of window that it mans", allowed=WINDOW_KINDS,
               missing=("厅堂岗，不在窗口", "stands in the hall")),
        column(
            "alone_allowed", "boolean", "可否单独在岗（只留存；双人临柜按 counts_for_presence 判断）",
            "may stand alone (kept only; presence is judged by counts_for_presence)", missing=("可以", "yes"),
        ),
        column("counts_for_presence", "boolean", "是否计入双人临柜", "counts for two-person presence",
               missing=("否", "no")),
        column("incompatible_with", "codes", "同日不得由同一人兼任的岗位", "posts not held by one person on one day",
               refers_to="posts.post_code", missing=NONE),
    ),
)  # fmt: skip

STAFF_TABLE = Contract(
    name="staff",
    group="reference",
    key=("staff_no",),
    title=Bilingual("人员", "Staff"),
    columns=(
        column("staff_no", "code", "员工号", "number of the person", required=True),
        column("name", "text", "姓名", "name", required=True),
        column("name_latin", "text", "姓名的拉丁字母写法（如拼音）", "name in Latin letters, as pinyin",
               missing=("与姓名同", "the name")),
        column("branch_code", "code", "所属网点", "home branch", required=True, refers_to="nodes.node_code"),
        column("contract", "code", "用工形式：正式、劳务派遣、外包", "kind of contract",
               allowed=("formal", "dispatched", "outsourced"), missing=("正式", "formal")),
        column("probation_until", "date", "试用期至（期间不得单独在岗）", "on probation until, may not stand alone",
               missing=("不在试用期", "not on probation")),
        column("hours_week", "number", "每周工时", "hours a week", unit="hours", minimum=0, maximum=168,
               missing=("40", "40")),
        column("posts", "codes", "可任岗位，常任在前", "posts that the person may hold, the usual one first",
               refers_to="posts.post_code", missing=NONE),
        column("system_rights", "codes", "有系统权限的其他网点", "other branches where system rights hold",
               refers_to="nodes.node_code", missing=("只在所属网点", "only at home")),
        column("overtime_minutes_month", "integer", "本月已加班", "overtime so far this month", unit="minutes",
               missing=("0", "0")),
        column("comp_minutes", "integer", "可调休余额", "balance of time off in lieu", unit="minutes",
               missing=("0", "0")),
        column("leave_days_left", "number", "年休假余额", "days of leave left", unit="days", missing=("0", "0")),
        column("balances_on", "date", "以上三项的截止日期", "date of the three balances"),
        column("employed_from", "date", "入职日", "employed from", missing=ALWAYS),
        column("employed_until", "date", "离职日", "employed until", missing=ALWAYS),
    ),
    orders=(("employed_from", "employed_until"),),
)  # fmt: skip

CERTIFICATES = Contract(
    name="certificates",
    group="reference",
    key=("staff_no", "certificate_code", "valid_from"),
    title=Bilingual("持证", "Certificates held"),
    columns=(STAFF, CERTIFICATE, *validity()),
    orders=(VALID,),
)

PROTECTIONS = Contract(
    name="protections",
    group="reference",
    key=("staff_no", "kind", "valid_from"),
    title=Bilingual("特殊保护", "Protected states"),
    columns=(
        STAFF,
        column("kind", "code", "哺乳期、孕晚期、不安排加班", "kind of protection", required=True,
               allowed=("nursing", "late_pregnancy", "no_overtime")),
        *validity(),
    ),
    orders=(VALID,),
)  # fmt: skip

ABSENCES = Contract(
    name="absences",
    group="reference",
    key=("staff_no", "starts_at", "kind"),
    title=Bilingual("缺勤与休假", "Absences"),
    columns=(
        STAFF,
        column("starts_at", "day_or_instant", "开始（日期为全天）", "start; a date is the whole day", required=True),
        column("ends_at", "day_or_instant", "结束（日期为全天，含当日）", "end; a date is the whole day, inclusive",
               required=True),
        column("kind", "code", "年休、强制休假、病假、培训、外派、当日缺勤", "kind", required=True,
               allowed=("leave", "mandatory_leave", "sick", "training", "elsewhere", "missing")),
        column("state", "code", "已申请、已批准、未批准（只有已批准的有约束力）", "only a granted one binds",
               required=True,
               allowed=("asked", "granted", "refused")),
    ),
)  # fmt: skip

POST_HISTORY = Contract(
    name="post_history",
    group="reference",
    key=("staff_no", "post_code", "branch_code", "valid_from"),
    title=Bilingual("任岗经历", "Posts held"),
    columns=(STAFF, POST, BRANCH, *validity()),
    orders=(VALID,),
)

ATTENDANCE = Contract(
    name="attendance",
    group="facts",
    key=("staff_no", "business_date", "started_at"),
    title=Bilingual("出勤", "Attendance"),
    columns=(
        STAFF,
        BRANCH,
        BUSINESS_DATE,
        column("started_at", "instant", "到岗", "from", required=True),
        column("ended_at", "instant", "离岗", "until"),
    ),
    orders=(("started_at", "ended_at"),),
)

TABLES = (CERTIFICATE_KINDS, POSTS, STAFF_TABLE, CERTIFICATES, PROTECTIONS, ABSENCES, POST_HISTORY, ATTENDANCE)
