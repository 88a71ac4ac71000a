"""Counted things in words. English takes the form that the number asks for; Chinese has one."""

COUNTS: dict[str, tuple[str, str]] = {
    "breaches": ("{n} 处违规", "{n} {n:breach|breaches}"),
    "unread": ("{n} 条未读", "{n} unread"),
    "days": ("{n} 天", "{n} {n:day|days}"),
    "weeks": ("{n} 周", "{n} {n:week|weeks}"),
    "people": ("{n} 人", "{n} {n:person|people}"),
    "gaps": ("缺 {n} 处", "{n} {n:gap|gaps}"),
    "visits": ("{n} 人", "{n} {n:visit|visits}"),
    "rows": ("{n} 行", "{n} {n:row|rows}"),
    "more": ("还有 {n} 条", "{n} more"),
    "more_on_other_days": ("其他日子还有 {n} 件", "{n} more on other days"),
    "things_before_publishing": ("发布前还有 {n} 件事", "{n} {n:thing|things} before publishing"),
    "things_amiss": ("这一天有 {n} 处不足", "{n} {n:thing|things} amiss on this day"),
    "breaches_before_confirming": (
        "还有 {n} 处违反法律或内控规则：主管无法确认，只能退回。",
        "{n} {n:breach|breaches} of law or control {n:remains|remain}: the supervisor can only send it back.",
    ),
    "people_see_shifts": (
        "{n} 人会看到自己的班次。发布后再改就是新的一版。",
        "{n} {n:person sees a shift|people see their shifts}. Changes after that are a new version.",
    ),
    "last_days": ("近 {n} 天，应为 80%", "last {n} {n:day|days}, should be 80%"),
    "day_totals": ("按天合计，近 {n} 天", "day totals, last {n} {n:day|days}"),
    "moves_tried": ("试了 {n} 步", "{n} {n:move|moves} tried"),
    "nine_in_ten": ("九成把握 {low} 到 {high}，共 {n} 天", "9 in 10: {low} to {high}, from {n} {n:day|days}"),
    "no_difference": ("另有 {n} 项未见差别", "{n} where no difference is shown"),
    "shifts_change": ("将改动 {n} 个班次。", "{n} {n:shift|shifts} would change."),
    "days_simulated": (
        "仿真 {n} 天，两边是同样的客户；每项变化下面是它的 90% 区间。",
        "{n} {n:simulated day|simulated days}, the same customers on both sides; below each change its 90% interval.",
    ),
    "more_than_expected": (
        "其中 {n} 个半小时来的人比十天中九天都多",
        "in {n} of these half hours more came than nine days in ten",
    ),
    "broken_half_hours": ("{n} 个半小时没做到", "{n} {n:half hour|half hours} broken"),
    "days_from_now": (
        "从现在起仿真 {n} 次，各种做法面对同样的客户",
        "the rest of the day {n} {n:time|times}, the same customers for every change",
    ),
    "weeks_sampled": (
        "全年抽样 {n} 周，每周两种人手各排一次；数字以周计，十周中有八周的变化落在区间内。",
        "{n} {n:week|weeks} of the year, planned both ways; a week's figures, eight weeks in ten within the range.",
    ),
    "times_seen": ("出现过 {n} 期", "seen in {n} {n:period|periods}"),
    "weeks_proposed": ("提出了 {n} 个周次", "{n} {n:week is|weeks are} proposed"),
    "days_assumed": ("有 {n} 天的日历是推定的", "{n} {n:day|days} of the calendar {n:is|are} assumed"),
    "branches_planned": ("{of} 家网点中 {n} 家已有排班", "{n} of {of} {of:branch has|branches have} a roster"),
    "weeks_unstaffed": ("{of} 周里有 {n} 周排不出人", "{n} of {of} {of:week|weeks} cannot be staffed"),
    "weeks_staffed": ("{of} 周都排得出人", "{of:The|All} {of} {of:week|weeks} can be staffed"),
    "error_beside_simulation": (
        "与最近 {n} 周仿真相比 {error}；未校准 {plain}",
        "{error} against simulation in the last {n} {n:week|weeks}; uncalibrated {plain}",
    ),
    "rows_read": ("读了 {read} 行，会放开 {rejected} 行", "{read} {read:row|rows} read, {rejected} would be put aside"),
    "remain": ("先看要处理的；共 {n} 家", "who needs attention first; {n} {n:remains|remain}"),
}
