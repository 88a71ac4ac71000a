"""What happened: visits, steps, arrival counts, window sessions."""

from dataclasses import replace

from bankhall.data.contracts.columns import BRANCH, BUSINESS_DATE, NONE, SEGMENTS, SERVICE, SLOT_START, STAFF, column
from bankhall.data.contracts.contract import NOT_KNOWN, Contract
from bankhall.kernel.bilingual import Bilingual

WINDOW = column("window_code", "code", "窗口号", "the window, within the branch", refers_to="windows.window_code")
STAFF_OR_UNKNOWN = replace(STAFF, required=False, missing=NOT_KNOWN)
VISIT_OUTCOMES = ("served", "partly", "left", "absent_when_called", "turned_away", "booking_missed", "unknown")

VISITS = Contract(
    name="visits",
    group="facts",
    key=("visit_id",),
    title=Bilingual("到店", "Visits"),
    columns=(
        column("visit_id", "code", "到店编号，全行唯一", "number of the visit, unique in the bank", required=True),
        BRANCH,
        BUSINESS_DATE,
        column("ticket_no", "text", "票号（按网点、当日）", "ticket, of the branch and day"),
        column("segment", "code", "对私或对公", "personal or corporate", allowed=SEGMENTS),
        column("channel", "code", "现场取号、预约、远程取号", "how the place in line was taken",
               allowed=("walk_in", "booked", "place_from_home")),
        column("booking_key", "code", "预约编号", "the booking", missing=NONE),
        column("tier_code", "code", "客户层级", "customer tier", refers_to="tiers.tier_code"),
        column("needs", "codes", "特殊需要标记：elderly、disabled 等", "needs: elderly, disabled, …", missing=NONE),
        column("customer_key", "code", "客户号的带密钥哈希", "keyed hash of the customer number"),
        column("arrived_at", "instant", "到店（取号）", "arrival, the ticket's time", required=True),
        column("left_at", "instant", "离店", "seen leaving"),
        column("outcome", "code", "结果", "how the visit ended", required=True, allowed=VISIT_OUTCOMES),
        column("cause", "code", "未办成的原因", "why it was not served", missing=("已办成或不详",
               "served, or not known")),
        column("source", "code", "来源系统", "where the record comes from", required=True),
        column("source_key", "text", "来源系统中的编号", "its number there; unique within the source"),
    ),
    orders=(("arrived_at", "left_at"),),
    other_key=("source", "source_key"),
)  # fmt: skip

STEPS = Contract(
    name="steps",
    group="facts",
    key=("visit_id", "step_no"),
    title=Bilingual("办理环节", "Steps: one service within a visit"),
    columns=(
        column("visit_id", "code", "到店编号", "the visit", required=True, refers_to="visits.visit_id"),
        column("step_no", "integer", "第几项业务", "1 is the first service of the visit", required=True, minimum=1),
        SERVICE,
        column("queued_at", "instant", "开始排队", "joined the line", required=True),
        column("called_at", "instant", "叫号", "called", missing=("未叫号或不详", "not called, or not known")),
        column("started_at", "instant", "开始办理", "service began"),
        column("ended_at", "instant", "办理结束", "service ended"),
        replace(WINDOW, missing=NOT_KNOWN),
        STAFF_OR_UNKNOWN,
        column("outcome", "code", "结果", "how the step ended", required=True,
               allowed=("done", "transferred", "gave_up", "papers_missing", "unknown")),
        column("hold_minutes", "number", "暂停时间", "time on hold", unit="minutes", minimum=0,
               missing=("0", "0")),
    ),
    orders=(("queued_at", "called_at", "started_at", "ended_at"),),
)  # fmt: skip

ARRIVAL_COUNTS = Contract(
    name="arrival_counts",
    group="facts",
    key=("branch_code", "service_code", "business_date", "slot_start", "source"),
    title=Bilingual("到店人数（只有计数的来源）", "Arrival counts, for sources that know only counts"),
    columns=(
        BRANCH,
        SERVICE,
        BUSINESS_DATE,
        SLOT_START,
        column("minutes", "integer", "时段长度", "length of the slot", required=True, unit="minutes", minimum=1,
               maximum=1440),
        column("count", "integer", "到店人数", "arrivals", required=True, minimum=0),
        column("source", "code", "来源系统", "where the record comes from", required=True),
    ),
)  # fmt: skip

WINDOW_SESSIONS = Contract(
    name="window_sessions",
    group="facts",
    key=("branch_code", "window_code", "opened_at"),
    title=Bilingual("窗口开关", "Window sessions"),
    columns=(
        BRANCH,
        replace(WINDOW, required=True, missing=Bilingual()),
        BUSINESS_DATE,
        column("opened_at", "instant", "开窗", "opened", required=True),
        column("closed_at", "instant", "关窗", "closed"),
        STAFF_OR_UNKNOWN,
        column("reason", "code", "关窗原因", "why it closed", allowed=("plan", "break", "fault", "close")),
    ),
    orders=(("opened_at", "closed_at"),),
)

TABLES = (VISITS, STEPS, ARRIVAL_COUNTS, WINDOW_SESSIONS)
