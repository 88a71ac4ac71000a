"""Rules and their breaches in words. `value` is the rule's figure, `found` what stands in the roster.

A rule has a name (`rule.CODE`), a breach a sentence (`breach.CODE`: who, and what is wrong) and, for "why?", a reason
(`why.CODE`). A member of a conflict (`conflict.CODE`) says what could give.
"""

RULES: dict[str, tuple[str, str]] = {
    "hours_day": ("每天正常工时", "normal hours a day"),
    "hours_week": ("每周正常工时", "normal hours a week"),
    "overtime_day": ("每天加班上限", "overtime limit a day"),
    "overtime_month": ("每月加班上限", "overtime limit a month"),
    "hours_week_average": ("平均周工时", "average hours a week"),
    "average_weeks": ("平均周工时的计算周数", "weeks in the average"),
    "rest_days_in_seven": ("每周休息日", "rest days in a week"),
    "consecutive_days": ("连续工作天数", "days of work in a row"),
    "rest_between_shifts": ("两班之间的休息", "rest between shifts"),
    "break_after": ("连续工作后的休息", "break after long work"),
    "break_minutes": ("休息时长", "length of a break"),
    "break_earliest": ("休息最早时间", "earliest break"),
    "break_latest": ("休息最晚时间", "latest break"),
    "nursing_minutes": ("哺乳时间", "nursing hour"),
    "no_overtime_protected": ("受保护人员不加班", "no overtime for the protected"),
    "certificate_valid": ("持证上岗", "valid certificate"),
    "two_person_presence": ("双人临柜", "two-person presence"),
    "hall_presence": ("大堂有人", "somebody in the hall"),
    "opening_pair": ("开门双人", "two people at opening"),
    "closing_pair": ("关门双人", "two people at closing"),
    "duty_people": ("任务有人", "duty manned"),
    "incompatible_duties": ("不相容岗位", "duties kept apart"),
    "probation_not_alone": ("试用期不单独上岗", "nobody on probation alone"),
    "system_rights": ("系统权限", "system rights"),
    "absence": ("已批准的缺勤", "granted absence"),
    "mandatory_leave_due": ("强制休假到期", "mandatory leave due"),
    "rotation_due": ("轮岗到期", "rotation due"),
    "split_shift": ("一天一段班", "no split shift"),
    "saturdays_quarter": ("季度周六均衡", "fair share of Saturdays"),
    "lunches_quarter": ("季度午班均衡", "fair share of lunches"),
    "wish": ("个人意愿", "a wish"),
    "comp_time_share": ("加班折补休的比例", "comp time that overtime earns"),
    "requirement_short": ("预测所需人手", "people that the forecast requires"),
    "person_overlap": ("同一时间一处", "one place at a time"),
    "window_shared": ("一窗一人", "one person to a window"),
    "unknown_record": ("记录存在", "record exists"),
    "not_employed": ("在职", "employed"),
    "post_not_held": ("可任岗位", "post may be held"),
    "window_shut": ("营业时间内", "within opening hours"),
    "dual_control": ("双人复核", "dual control"),
    "approval_overtime_minutes": ("须分行批准的加班", "overtime that the region approves"),
    "approval_extra_cost": ("须分行批准的增支", "extra cost that the region approves"),
    "speeds_off": ("不学习个人办理用时", "people's pace is not learned"),
}

BREACHES: dict[str, tuple[str, str]] = {
    "requirement_short": ("{post}会少 {people} 人", "{people} {people:person|people} short: {post}"),
    "hours_day": ("{who}一天排了 {found:hours}", "{who} works {found:hours} in a day"),
    "hours_week": ("{who}一周排了 {found:hours}", "{who} works {found:hours} in the week"),
    "overtime_day": (
        "{who}当天加班 {found:hours}，上限 {value:hours}",
        "{who}: {found:hours} overtime, limit {value:hours}",
    ),
    "overtime_month": (
        "{who}当月加班到 {found:hours}，上限 {value:hours}",
        "{who}: {found:hours} overtime this month, limit {value:hours}",
    ),
    "hours_week_average": (
        "{who}平均每周 {found:hours}，上限 {value:hours}",
        "{who} averages {found:hours} a week, limit {value:hours}",
    ),
    "rest_days_in_seven": (
        "{who}这周只休 {found} 天，至少 {value} 天",
        "{who} rests {found} {found:day|days} this week, least {value}",
    ),
    "consecutive_days": (
        "{who}连续上班 {found} 天，最多 {value} 天",
        "{who} works {found} {found:day|days} in a row, most {value}",
    ),
    "rest_between_shifts": (
        "{who}两班之间只隔 {found:hours}，至少 {value:hours}",
        "{who} rests {found:hours} between shifts, least {value:hours}",
    ),
    "break_after": ("{who}连续工作 {found:hours} 没有休息", "{who} works {found:hours} without a break"),
    "break_minutes": (
        "{who}的休息只有 {found:minutes}，至少 {value:minutes}",
        "{who}: break of {found:minutes}, least {value:minutes}",
    ),
    "break_earliest": ("{who}的休息早于 {value:clock}", "{who}: break before {value:clock}"),
    "break_latest": ("{who}的休息晚于 {value:clock}", "{who}: break after {value:clock}"),
    "nursing_minutes": ("{who}在哺乳期，当天排得太长", "{who} has a nursing hour; the day is too long"),
    "no_overtime_protected": ("{who}受保护，不能加班或上夜班", "{who} is protected: no overtime, no night work"),
    "certificate_valid": ("{who}没有有效的{certificate}", "{who} holds no valid {certificate}"),
    "two_person_presence": (
        "在岗只有 {found} 人，双人临柜要 {value} 人",
        "{found} present; two-person presence needs {value}",
    ),
    "hall_presence": ("大堂只有 {found} 人，要 {value} 人", "{found} in the hall; {value} {value:is|are} needed"),
    "opening_pair": ("开门时只有 {found} 人，要 {value} 人", "{found} at opening; {value} {value:is|are} needed"),
    "closing_pair": ("关门时只有 {found} 人，要 {value} 人", "{found} at closing; {value} {value:is|are} needed"),
    "duty_people": ("{duty}没有排够人", "{duty}: not enough people"),
    "incompatible_duties": ("{who}当天兼了不相容的岗位", "{who} holds duties that must be kept apart"),
    "probation_not_alone": ("只有试用期员工在岗", "only people on probation at work"),
    "system_rights": ("{who}在 {branch} 没有系统权限", "{who} has no system rights at {branch}"),
    "absence": ("{who}那天已批准不在", "{who} has granted absence that day"),
    "mandatory_leave_due": ("{who}强制休假已到期，这周不应再排", "{who}: mandatory leave is overdue"),
    "rotation_due": ("{who}轮岗已到期，不应再排原岗", "{who}: rotation is overdue in this post"),
    "split_shift": ("{who}一天排成了两段班", "{who} has a split shift"),
    "saturdays_quarter": ("{who}本季第 {found} 个周六", "{who}: Saturday no. {found} this quarter"),
    "lunches_quarter": ("{who}本季第 {found} 个午班", "{who}: lunch cover no. {found} this quarter"),
    "wish": ("没能照顾 {who} 的意愿", "{who}: a wish is not met"),
    "person_overlap": ("{who}同一时间排了两处", "{who} stands in two places at once"),
    "window_shared": ("{code} 号窗同一时间排了两人", "window {code} has two people at once"),
    "unknown_record": ("{code} 不在册", "{code} is not on record"),
    "not_employed": ("{who}那天不在职", "{who} is not employed that day"),
    "post_not_held": ("{who}不能担任 {post}", "{who} may not hold {post}"),
    "window_shut": ("{code} 号窗这时不营业", "window {code} is shut then"),
    "dual_control": ("{who}的业务没有第二人复核", "{who}: nobody to authorise"),
}

REASONS: dict[str, tuple[str, str]] = {
    "stands": ("{start:clock}–{end:clock} {place}", "{start:clock}–{end:clock} {place}"),
    "stands_off": ("这时不在岗", "off at that time"),
    "cover": (
        "这半小时 {post} 排 {people} 人，要 {required} 人，至少 {least} 人，由{driven_by:word}决定",
        "{post} in this half hour: {people} planned, {required} required, {least} at least, driven by {driven_by:word}",
    ),
    "uncovered": (
        "若不在：多出 {half_hours} 个半小时缺人，约 {extra_fen:yuan}",
        "if off: {half_hours} more half {half_hours:hour|hours} short, about {extra_fen:yuan}",
    ),
    "binds": (
        "若不在：{rule}会违反（要 {value}，剩 {found}）",
        "if off: {rule} would break (needs {value}, leaves {found})",
    ),
    "blocked": ("不能排：{rule}", "kept away by: {rule}"),
    "next_best": (
        "次选 {who}，{extra}，新增违规 {breaches} 处",
        "next best: {who}, {extra}, {breaches} new {breaches:breach|breaches}",
    ),
    "one_fewer": ("这半小时 {post} 少一人：{extra}", "{post} with one fewer in this half hour: {extra}"),
    "one_fewer_breaks": (
        "这半小时 {post} 少一人：{rule}守不住，{extra}",
        "{post} with one fewer in this half hour: {rule} would break, {extra}",
    ),
    "missing": (
        "{post} 缺 {short} 人；一人缺半小时按 {price_fen:yuan} 计价",
        "{post}: {short} short; one person missing for half an hour is priced at {price_fen:yuan}",
    ),
    "windows_full": (
        "{post} 能用的 {windows} 个窗口都有人，加人也无窗可坐",
        "{post}: {windows:the usable window is|all usable windows are} manned ({windows}); one more person finds none",
    ),
    "could": ("可以：{who}（{doing}），{extra}", "could: {who} ({doing}), {extra}"),
    "could_strained": (
        "可以，但{rule}守不住：{who}（{doing}），{extra}",
        "could, but strains {rule}: {who} ({doing}), {extra}",
    ),
    "cannot": ("不能：{people_names}，因为{rule}", "may not: {people_names}, because of {rule}"),
    "cannot_here": ("本网点再没有别人能任{post}", "nobody else at this branch holds the post: {post}"),
    "arrivals": (
        "预计到访 {middle:whole} 人，八成的日子 {low:whole}–{high:whole} 人",
        "{middle:whole} {middle:arrival|arrivals} expected, {low:whole} to {high:whole} on 8 days in 10",
    ),
    "arrivals_usual": ("平常的{weekday}约 {usual:whole} 人", "about {usual:whole} on an ordinary {weekday}"),
    "half_hour": ("半小时", "Half hour"),
    "markers": ("当天是{markers}", "the day is: {markers}"),
    "costs_more": ("多花 {amount:yuan}", "{amount:yuan} more"),
    "costs_less": ("少花 {amount:yuan}", "{amount:yuan} less"),
    "wait_over": (
        "{service}：九成人等不过 {wait:whole} 分，承诺 {promise:whole} 分",
        "{service}: nine in ten wait up to {wait:whole} min, promised {promise:whole} min",
    ),
    "quarter": (
        "本季周六 {saturdays} 次（中位 {saturdays_median}），午班 {lunches} 次（中位 {lunches_median}）",
        (
            "this quarter: {saturdays} {saturdays:Saturday|Saturdays} (median {saturdays_median}),"
            " {lunches} {lunches:lunch|lunches} (median {lunches_median})"
        ),
    ),
    "week": (
        "本周工作 {work_minutes:hours}，加班 {overtime_minutes:hours}，上班 {days} 天，休息 {rest_days} 天",
        (
            "this week: {work_minutes:hours} of work, {overtime_minutes:hours} overtime,"
            " {days} {days:day|days} on, {rest_days} off"
        ),
    ),
}

CONFLICTS: dict[str, tuple[str, str]] = {
    code: (f"{zh}：{{where}}", f"{en}: {{where}}") for code, (zh, en) in RULES.items()
}
