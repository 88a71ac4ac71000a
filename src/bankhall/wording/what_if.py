"""What-if questions, what a reader must know of their answers, and the words of a comparison."""

QUESTIONS: dict[str, tuple[str, str]] = {
    "windows_more": (
        "{day:day} {start:clock}–{end:clock} {post}窗口多 {n} 个",
        "{day:day}, {start:clock}–{end:clock}: {post} windows +{n}",
    ),
    "windows_fewer": (
        "{day:day} {start:clock}–{end:clock} {post}窗口少 {n} 个",
        "{day:day}, {start:clock}–{end:clock}: {post} windows −{n}",
    ),
    "ill": ("{day:day} 有 {n} 人请病假", "{day:day}: {n} off sick"),
    "ill_named": ("{day:day} {who}请病假", "{day:day}: {who} off sick"),
    "opens": ("{when} {opens:clock} 开门", "{when}: opening at {opens:clock}"),
    "closes": ("{when} {closes:clock} 关门", "{when}: closing at {closes:clock}"),
    "lunch": (
        "{when} {start:clock}–{end:clock} 午休关门",
        "{when}: closed at lunch, {start:clock}–{end:clock}",
    ),
    "promise_wait": (
        "{when} {service}承诺 {minutes:whole} 分钟",
        "{when}: {service} promised within {minutes:whole} min",
    ),
    "promise_share": ("{when} {service}承诺达到 {share:percent}", "{when}: {service} promised to {share:percent}"),
    "moved": (
        "{when} {service}有 {share:percent} 改到智能柜台",
        "{when}: {share:percent} of {service} at the smart counter",
    ),
    "demand_more": ("{when} {service}多来 {n:whole}%", "{when}: {n:whole}% more {service}"),
    "demand_fewer": ("{when} {service}少来 {n:whole}%", "{when}: {n:whole}% fewer {service}"),
    "person_more": ("长期增加 {n} 名{post}", "for good: {n} more as {post}"),
    "person_fewer": ("长期减少 {n} 名{post}", "for good: {n} fewer as {post}"),
    "whole_week": ("整周", "whole week"),
    "all_services": ("客户", "customers"),
    "every_service": ("各项业务", "every service"),
    "range": ("{low} 至 {high}", "{low} to {high}"),
    "note_cost": (
        "成本是排进班次的工时、加班和缺人半小时的折价，不含增减人员的薪酬。",
        "Cost is hours rostered, overtime, and missing half hours at their price; not the wages of who comes or goes.",
    ),
    "note_unmoved": (
        "如果不调动任何人：P90 {wait:one} 分，承诺达成 {kept:percent}。",
        "If nobody were moved: P90 {wait:one} min, promise kept {kept:percent}.",
    ),
    "measure_wait_p50": ("中位等候，分", "Median wait, min"),
    "measure_wait_p90": ("P90 等候，分", "P90 wait, min"),
    "measure_wait_p90_peak": ("高峰 P90 等候，分", "P90 wait at the peak, min"),
    "measure_kept_share": ("承诺达成", "Promise kept"),
    "measure_left_share": ("放弃比例", "Share leaving"),
    "measure_unmet_half_hours": ("未满足半小时", "Unmet half hours"),
    "measure_cost_fen": ("成本", "Cost"),
    "measure_work_minutes": ("人时", "Person-hours"),
    "measure_law_breaches": ("法规与内控违规", "Law and control breaches"),
    "measure_agreement_breaches": ("未守约定", "Agreements not kept"),
}

COMPARED: dict[str, tuple[str, str]] = {
    "item_hour": ("工时", "Hours"),
    "item_overtime_workday": ("平日加班费", "Overtime, workdays"),
    "item_overtime_restday": ("休息日加班费", "Overtime, rest days"),
    "item_overtime_holiday": ("节假日加班费", "Overtime, holidays"),
    "item_missing_half_hour": ("缺人的半小时", "Missing half hours"),
    "item_lent_day": ("支援", "Lent days"),
    "item_unmet_wish": ("未满足的愿望", "Unmet wishes"),
    "item_changed_shift": ("改动的班次", "Changed shifts"),
}

NOTES: dict[str, tuple[str, str]] = {
    "hours_assumed": (
        "假定没有客户因此流失：关门时段的人改到下一个营业时段来，新开时段分走相邻两段的人。",
        "Assumed that nobody stays away: they come in the next open half hour; a new one takes from its neighbours.",
    ),
    "ill_chosen": (
        "假定缺勤的是：{who}（当天在窗口时间最长）。",
        "Taken as absent: {who} (longest at a window that day).",
    ),
    "windows_shut": ("关闭的窗口：{windows}。", "Windows shut: {windows}."),
    "extra_people": (
        "本网点人手不够，另需外援 {minutes:hours}。",
        "The branch's own people do not suffice: {minutes:hours} of somebody from outside.",
    ),
    "for_good_weeks": (
        "抽样全年 {sampled} 周，其中 {weeks} 周两边都能排出。",
        "{sampled} {sampled:week|weeks} sampled over the year; {weeks} of them could be planned both ways.",
    ),
}
