"""Counted things in words. English takes the form that the number asks for; Chinese has one."""

COUNTS: dict[str, tuple[str, str]] = {
    "breaches": ("{n} 处违规", "{n} {n:breach|breaches}"),
    "days": ("{n} 天", "{n} {n:day|days}"),
    "gaps": ("缺 {n} 处", "{n} {n:gap|gaps}"),
    "visits": ("{n} 人", "{n} {n:visit|visits}"),
    "rows": ("{n} 行", "{n} {n:row|rows}"),
    "more": ("还有 {n} 条", "{n} more"),
    "more_on_other_days": ("其他日子还有 {n} 件", "{n} more on other days"),
    "things_before_publishing": ("发布前还有 {n} 件事", "{n} {n:thing|things} before publishing"),
    "people_see_shifts": (
        "{n} 人会看到自己的班次。发布后再改就是新的一版。",
        "{n} {n:person sees a shift|people see their shifts}. Changes after that are a new version.",
    ),
    "last_days": ("近 {n} 天，应为 80%", "last {n} {n:day|days}, should be 80%"),
    "day_totals": ("按天合计，近 {n} 天", "day totals, last {n} {n:day|days}"),
    "moves_tried": ("试了 {n} 步", "{n} {n:move|moves} tried"),
    "nine_in_ten": ("九成把握 {low} 到 {high}，共 {n} 天", "9 in 10: {low} to {high}, from {n} {n:day|days}"),
    "no_difference": ("另有 {n} 项未见差别", "{n} where no difference is shown"),
    "rows_read": ("读了 {read} 行，会放开 {rejected} 行", "{read} {read:row|rows} read, {rejected} would be put aside"),
    "remain": ("先看要处理的；共 {n} 家", "who needs attention first; {n} {n:remains|remain}"),
}
