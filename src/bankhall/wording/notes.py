"""Notes of a forecast or a plan, and calendar effects, in words."""

NOTES: dict[str, tuple[str, str]] = {
    "history_short": ("只有 {days} 天历史，范围更宽", "only {days} {days:day|days} of history; the range is wider"),
    "history_none_borrowed": (
        "本网点没有历史，借用了 {branches} 家网点",
        "no history of its own; borrowed from {branches} {branches:branch|branches}",
    ),
    "spread_prior": (
        "只有 {days} 天可比，范围靠向先验",
        "only {days} {days:day|days} to compare; the range leans on the prior",
    ),
    "service_new": ("{service} 是新业务，{since:date} 起才有人办", "{service} is new: first seen {since:date}"),
    "service_gone": (
        "{service} 自 {last_seen:date} 起没有人办",
        "nobody has come for {service} since {last_seen:date}",
    ),
    "time_from_call": (
        "{service} 的时长从叫号算起（{n} 笔）",
        "{service}: service time runs from the call ({n} {n:step|steps})",
    ),
    "time_from_next_call": (
        "{service} 的时长按下一次叫号推算（{n} 笔）",
        "{service}: service time is read from the next call ({n} {n:step|steps})",
    ),
    "time_typical": ("{service} 的时长用目录里的典型值", "{service}: typical minutes of the catalogue stand in"),
    "time_few": (
        "{service} 只有 {n} 笔时长，靠向典型值",
        "{service}: only {n} {n:service time|service times}; leaned on the typical minutes",
    ),
    "patience_unknown": ("离开的人太少，愿意等多久未知", "too few left: patience is not known"),
    "patience_pooled": ("{service} 愿意等多久用全网点的", "{service}: patience of the whole branch stands in"),
    "patience_not_exponential": ("{service} 愿意等多久不是指数分布", "{service}: patience is not exponential"),
    "calendar_assumed": ("{days} 天的日历是假定的", "the calendar of {days} {days:day|days} is assumed"),
    "opening_assumed": ("没有营业时间表，按历史到访推定", "no opening hours on record; read from past arrivals"),
    "days_missing": (
        "{days} 个营业日没有记录，没有当作零",
        "{days} {days:open day has no record; it is|open days have no record; they are} not counted as zero",
    ),
    "arrivals_outside_opening": (
        "{count} 人在营业时间外取号，没有计入",
        "{count} {count:arrival|arrivals} outside opening hours {count:was|were} left out",
    ),
    "plan_day_assumed": (
        "{date:date} 的日历是假定的，发布前要装入",
        "the calendar of {date:date} is assumed; load it before publishing",
    ),
}

EFFECTS: dict[str, tuple[str, str]] = {
    "more": ("{marker}比平常多 {change}", "{marker}: {change} more than usual"),
    "less": ("{marker}比平常少 {change}", "{marker}: {change} fewer than usual"),
    "same": ("{marker}未见差别", "{marker}: no difference shown"),
    "interval": ("八成把握 {low} 到 {high}，共 {n} 天", "8 in 10: {low} to {high}, from {n} {n:day|days}"),
    "payday": ("发薪日", "payday"),
    "pension_day": ("养老金发放日", "pension day"),
    "quarter_end": ("季末", "quarter end"),
    "month_end": ("月末", "month end"),
    "month_start": ("月初", "month start"),
    "tax_deadline": ("报税截止日", "tax deadline"),
    "holiday": ("节假日", "holiday"),
    "day_before_holiday": ("节前一天", "day before a holiday"),
    "day_after_holiday": ("节后第一天", "day after a holiday"),
    "makeup_workday": ("调休上班日", "make-up workday"),
    "spring_far_before": ("春节前三周到十一天", "three weeks to eleven days before Spring Festival"),
    "spring_near_before": ("春节前十天", "ten days before Spring Festival"),
    "spring_holiday": ("春节假期", "Spring Festival"),
    "spring_near_after": ("春节后七天", "seven days after Spring Festival"),
    "spring_far_after": ("春节后第二周", "second week after Spring Festival"),
    "workday": ("工作日", "workday"),
    "weekend": ("周末", "weekend"),
}
