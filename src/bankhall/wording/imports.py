"""Importing in words: why a row was put aside, what a file's notes say, what the records allow."""

REJECTIONS: dict[str, tuple[str, str]] = {
    "required": ("“{column}”没有填", '"{column}" is empty'),
    "unreadable": ("“{column}”读不懂：{text}", '"{column}" cannot be read: {text}'),
    "not_allowed": ("“{column}”不能是 {text}", '"{column}" may not be {text}'),
    "unknown_code": ("“{column}”的代码 {text} 不在册", '"{column}": code {text} is not on record'),
    "order": ("“{column}”的先后不对", '"{column}": the order is wrong'),
    "duplicate_key": ("与另一行同键但内容不同", "same key as another row, other content"),
    "formula": ("“{column}”里是公式，没有计算", '"{column}" holds a formula; it was not evaluated'),
}

NOTES: dict[str, tuple[str, str]] = {
    "unknown_column": ("列“{column}”用不上，没有读入", 'column "{column}" is not used and was left out'),
}

ALLOWS: dict[str, tuple[str, str]] = {
    "forecast": ("可以预测到访", "arrivals can be forecast"),
    "forecast_missing": ("没有到访记录：不能预测", "no arrivals on record: nothing can be forecast"),
    "forecast_short": (
        "到访只有 {days} 天：预测会借用别的网点",
        "only {days} days of arrivals: the forecast borrows from other branches",
    ),
    "service_time": ("可以估计业务时长", "service times can be estimated"),
    "service_time_from_calls": (
        "没有开始时间：业务时长按叫号推算，等候承诺不能精确到分钟",
        "no start times: service time is estimated from calls; the wait promise cannot be proved to the minute",
    ),
    "service_time_missing": (
        "没有结束时间：业务时长用目录里的典型值",
        "no end times: typical minutes of the catalogue stand in",
    ),
    "patience": ("可以估计顾客愿意等多久", "patience can be estimated"),
    "patience_missing": ("没有离开记录：看不出顾客愿意等多久", "nobody is seen leaving: patience is not known"),
    "staff_speed": ("知道每笔业务由谁办理", "each step names who served"),
    "staff_missing": ("记录里没有办理人：快慢不分人", "steps name nobody: one speed for all"),
    "roster": ("人员、证书和排班规则齐全，可以排班", "people, certificates and rules are there: rosters can be made"),
    "roster_missing": ("缺少 {tables}：不能排班", "{tables} missing: no roster can be made"),
    "promise": ("有等候承诺，可以检验", "wait promises are there and can be checked"),
    "promise_missing": (
        "没有等候承诺：只给出等候时间，不判断是否达标",
        "no wait promises: waits are shown, not judged",
    ),
    "calendar_missing": (
        "日历缺少 {years} 年：按平常日假定，不能发布排班",
        "the calendar lacks {years}: ordinary days are assumed and nothing can be published",
    ),
}
