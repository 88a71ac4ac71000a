"""The definitions of what the pages show. A changed definition is a new version; what was measured keeps its own."""

from dataclasses import dataclass
from typing import Literal

from bankhall.kernel.bilingual import Bilingual

Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a metric says, of what, without what. `unit`: visits, half_hours, fen, share, minutes, plans, breaches."""

    code: str
    version: int
    name: Bilingual
    unit: str
    better: Better
    grain: str
    formula: Bilingual
    numerator: Bilingual
    denominator: Bilingual
    exclusions: Bilingual
    owner: str = "head_office"


ONE = Bilingual("1（合计，不作除法）", "1 (a sum, nothing is divided)")
NOTHING = Bilingual("无", "none")
CLOSED = Bilingual("不营业的日子；没有记录的日子", "days closed; days without any record")
HAPPENED = Bilingual(
    "起止时刻缺失或矛盾的步骤，计数后剔除", "steps whose times are missing or contradict; they are counted"
)
SIMULATED = Bilingual("无人到来的时段", "slots in which nobody comes")

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "expected_visits", 1, Bilingual("预计到店", "Expected visits"), "visits", "neither", "branch × week",
        Bilingual("各营业日期望到店人数之和；区间为各日八成区间按相互独立合成",
                  "sum of the days' expected arrivals; the range joins the days' 80 % ranges as independent"),
        Bilingual("期望到店人数", "expected arrivals"), ONE, CLOSED,
    ),
    Definition(
        "forecast_wape", 1, Bilingual("预测误差", "Forecast error"), "share", "lower", "branch × last 40 open days",
        Bilingual("Σ|实际−预测| ÷ Σ实际，按日合计，逐日滚动起点", "Σ|came − forecast| ÷ Σ came by day, rolling origin"),
        Bilingual("各日绝对误差之和", "sum of the days' absolute errors"),
        Bilingual("各日实际到店之和", "sum of the days' arrivals"), CLOSED, "head_office",
    ),
    Definition(
        "forecast_wape_baseline", 1, Bilingual("基准误差", "Error of the baseline"), "share", "lower",
        "branch × last 40 open days",
        Bilingual("三种基准（上周同日、近八个同星期、全部同星期）中误差最小者，算法同预测误差",
                  "the smallest error of three: same day last week, mean of the last 8, of all same weekdays"),
        Bilingual("最优基准的绝对误差之和", "absolute errors of the best baseline"),
        Bilingual("各日实际到店之和", "sum of the days' arrivals"), CLOSED,
    ),
    Definition(
        "forecast_coverage_80", 1, Bilingual("八成区间实际覆盖", "Coverage of the 80 % range"), "share", "neither",
        "branch × last 40 open days",
        Bilingual("日合计落入八成区间的比例（随机化 PIT），应为 80%",
                  "share of day totals inside the 80 % range (randomised PIT); it should be 80 %"),
        Bilingual("落入区间的日数", "days inside"), Bilingual("日数", "days"), CLOSED,
    ),
    Definition(
        "wait_coverage_80", 1, Bilingual("预计等候区间实际覆盖", "Coverage of the range of waits"), "share", "neither",
        "branch × last 4 weeks",
        Bilingual("实际 P90 等候落入计划所示八成区间的比例，按业务按日；区间由当周周一所知、已发布排班重算，应为 80%",
                  "share of service-days whose P90 wait fell inside the 80 % range that the published roster promised, "
                  "made again from what was known on the week's Monday; it should be 80 %"),
        Bilingual("落入区间的业务日数", "service-days inside"), Bilingual("业务日数", "service-days"),
        Bilingual(
            "没有已发布排班的周；无人到来的业务日", "weeks without a published roster; service-days without customers"
        ),
    ),
    Definition(
        "required_half_hours", 1, Bilingual("需要人时段", "Required half hours"), "half_hours", "neither",
        "branch × week", Bilingual("各时段各岗位需要人数之和", "sum over slots and posts of the people needed"),
        Bilingual("需要人数×时段", "people × slots needed"), ONE, CLOSED,
    ),
    Definition(
        "unmet_half_hours", 1, Bilingual("缺口", "Unmet half hours"), "half_hours", "lower", "branch × week",
        Bilingual("各时段各岗位缺少人数之和", "sum over slots and posts of the people short"),
        Bilingual("缺少人数×时段", "people × slots short"), ONE, CLOSED,
    ),
    Definition(
        "planned_cost", 1, Bilingual("计划成本", "Planned cost"), "fen", "lower", "branch × week",
        Bilingual("按价目表计：工时、加班、缺口、借调、未满足的意愿、变更",
                  "by the price list: hours, overtime, half hours short, lent days, unmet wishes, changes"),
        Bilingual("金额（分）", "fen"), ONE, NOTHING,
    ),
    Definition(
        "avoidable_cost", 1, Bilingual("可避免成本", "Avoidable cost"), "fen", "lower", "branch × week",
        Bilingual("计划成本减去恰好满足需求的成本", "planned cost less the cost of exactly covering the requirement"),
        Bilingual("金额（分）", "fen"), ONE, NOTHING,
    ),
    Definition(
        "planned_promise_kept", 1, Bilingual("预计守诺率", "Promise kept, expected"), "share", "higher",
        "branch × week", Bilingual("仿真：1 − 等候超过承诺的到店者 ÷ 全部到店者，按日到店数加权",
                  "simulated: 1 − arrivals in line longer than promised ÷ arrivals, days weighted by arrivals"),
        Bilingual("未超承诺的到店者", "arrivals within the promise"), Bilingual("到店者", "arrivals"), SIMULATED,
    ),
    Definition(
        "planned_left_share", 1, Bilingual("预计离开率", "Share leaving, expected"), "share", "lower", "branch × week",
        Bilingual("仿真：未受理即离开的到店者 ÷ 全部到店者", "simulated: arrivals who leave unserved ÷ arrivals"),
        Bilingual("离开者", "who left"), Bilingual("到店者", "arrivals"), SIMULATED,
    ),
    Definition(
        "planned_wait_p90", 1, Bilingual("预计 P90 等候", "P90 wait, expected"), "minutes", "lower", "branch × day",
        Bilingual("仿真：被叫到并前来者中，九成人等候不超过的分钟数；区间为单日八成",
                  "simulated: minutes that nine in ten of those served do not pass; 80 % range of one such day"),
        Bilingual("第 90 百分位", "90th percentile"), Bilingual("被叫到并前来者", "who was called and came"), SIMULATED,
    ),
    Definition(
        "promise_kept", 1, Bilingual("守诺率", "Promise kept"), "share", "higher", "branch × week",
        Bilingual("1 − 排队时间超过承诺的到店者 ÷ 有承诺的到店者",
                  "1 − arrivals whose time in line passed the promise ÷ arrivals with a promise"),
        Bilingual("未超承诺的到店者", "arrivals within the promise"),
        Bilingual("有承诺的到店者", "arrivals with a promise"), HAPPENED,
    ),
    Definition(
        "left_share", 1, Bilingual("离开率", "Share leaving"), "share", "lower", "branch × week",
        Bilingual("离开或过号者 ÷ 到店者", "who left or was absent when called ÷ arrivals"),
        Bilingual("离开或过号者", "who left or was absent"), Bilingual("到店者", "arrivals"), HAPPENED,
    ),
    Definition(
        "wait_p90", 1, Bilingual("P90 等候", "P90 wait"), "minutes", "lower", "branch × day",
        Bilingual("被叫到并前来者中，九成人等候不超过的分钟数",
                  "minutes that nine in ten of those called and come did not pass"),
        Bilingual("第 90 百分位", "90th percentile"), Bilingual("被叫到并前来者", "who was called and came"), HAPPENED,
    ),
)  # fmt: skip
