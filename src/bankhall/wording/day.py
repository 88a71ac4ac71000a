"""During the day, and attendance: what is known, what would help, what was kept."""

DAY: dict[str, tuple[str, str]] = {
    "replay": (
        "回放：按当天 {at:clock} 的情形来看，之后的记录不看，也不改任何排班。",
        "A replay: the day as it stood at {at:clock}. Later records are not looked at, and no plan changes.",
    ),
    "closed": ("这一天不营业。", "The branch is closed on this day."),
    "nothing_imported": (
        "今天的记录还没有导入，只有早上的预测；谁在排队这里不知道。",
        "Nothing of today has been imported: there is the morning's forecast, and no word of who stands in line.",
    ),
    "nothing_replayed": ("这一天没有记录。", "There are no records of this day."),
    "stale": (
        "记录只到 {at:clock}，已经是 {minutes} 分钟前；厅堂里现在的情形可能不同。",
        "Records reach {at:clock}, {minutes} minutes ago; the hall may look different by now.",
    ),
    "unplanned": (
        "这一天没有已发布的排班，所以算不出等候，也提不出调整。",
        "No plan is published for this day, so neither waits nor changes can be worked out.",
    ),
    "this_morning": ("早上的预测", "this morning's forecast"),
    "came_so_far": ("已经来了", "Came so far"),
    "expected_by_now": ("早上预计到此时 {n:whole} 人", "{n:whole} were expected by now"),
    "still_to_come": ("还会来", "Still to come"),
    "range_and_morning": (
        "十天中有八天在 {low:whole}–{high:whole}；早上预计 {morning:whole} 人",
        "8 in 10: {low:whole}–{high:whole}; the morning said {morning:whole}",
    ),
    "in_line": ("正在排队", "In line"),
    "being_served": ("另有 {n} 人正在办理", "{n} more {n:is|are} being served"),
    "p90": ("九成人等候不超过（分）", "Nine in ten wait at most (min)"),
    "who_come_until": (
        "正在排队和 {at:clock} 前来的人，排班不变",
        "those in line or to come until {at:clock}, plan as it is",
    ),
    "head_move_break": ("先挪休息", "Move a break"),
    "head_move_duty": ("再挪后台事务", "Move back-office work"),
    "head_open_window": ("在场的人加开窗口", "Open a window with people who are there"),
    "head_close_window": ("可以暂停的窗口", "Windows that can pause"),
    "head_call_in": ("叫人来", "Call somebody in"),
    "move_break": (
        "{who}的休息从 {start:clock} 挪到 {to:clock}",
        "{who}: break from {start:clock} to {to:clock}",
    ),
    "move_duty": (
        "{who}的{duty}从 {start:clock} 挪到 {to:clock}",
        "{who}: {duty} from {start:clock} to {to:clock}",
    ),
    "open_window": (
        "{who} {start:clock}–{end:clock} 开 {window} 号窗口",
        "{who} opens window {window}, {start:clock}–{end:clock}",
    ),
    "close_window": (
        "{window} 号窗口 {start:clock}–{end:clock} 可以暂停，{who}腾出来做别的",
        "window {window} can pause, {start:clock}–{end:clock}; {who} is free for other work",
    ),
    "call_in": (
        "多一名{post}，{start:clock} 起在窗口",
        "one more {post} at a window from {start:clock}",
    ),
    "verdict_too_few": ("记录太少，还说不准", "Too few records to say"),
    "verdict_kept": ("四周里承诺都做到了", "The promise was kept in all four weeks"),
    "verdict_seldom": ("承诺难得没做到，说不准是什么缘故", "The promise seldom broke; too few to say why"),
    "verdict_plan": ("没做到承诺时，多半是排班排得不够", "Where the promise broke, it was mostly the plan"),
    "verdict_attendance": (
        "没做到承诺时，多半是人没有按排班站到窗口",
        "Where the promise broke, it was mostly people not standing as planned",
    ),
    "verdict_both": (
        "没做到承诺时，多半是排得不够、人也没有到齐",
        "Where the promise broke, the plan was short and people were missing too",
    ),
    "verdict_unknown": (
        "有承诺没做到，但没有窗口记录，说不清是谁的缘故",
        "The promise broke, but no window was recorded to say why",
    ),
    "short_too_few": ("太少，说不准", "too few to say"),
    "short_kept": ("做到了", "kept"),
    "short_seldom": ("难得没做到", "seldom"),
    "short_plan": ("多半在排班", "plan"),
    "short_attendance": ("多半在出勤", "attendance"),
    "short_both": ("多半两者都有", "both"),
    "short_unknown": ("说不清", "not known"),
    "four_weeks": ("四周合计", "together"),
    "no_record": ("没有记录", "no record"),
    "late": ("晚到 {n} 分", "{n} min late"),
    "early": ("早走 {n} 分", "left {n} min early"),
    "not_planned": ("没有排班", "not planned"),
    "as_planned": ("按排班", "as planned"),
    "saves": ("分 · 九成等候", "min at P90"),
    "costs": ("分 · 多等", "min longer"),
    "interval": ("九成把握 {low:one} 到 {high:one} 分", "9 in 10: {low:one} to {high:one} min"),
}
