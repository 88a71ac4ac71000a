"""Notices in words: one sentence for what happened, without a reason for leave or anything about health."""

NOTICES: dict[str, tuple[str, str]] = {
    "leave_asked": (
        "{who}申请 {first:date} 至 {last:date} 休假或培训，等你答复",
        "{who} asks for time off from {first:date} to {last:date}; your answer is awaited",
    ),
    "leave_answered": (
        "你 {first:date} 至 {last:date} 的申请：{answer:word}（{who}）",
        "Your time off from {first:date} to {last:date}: {answer:word} by {who}",
    ),
    "leave_withdrawn": (
        "{who}撤回了 {first:date} 至 {last:date} 的申请，这几天可以排班",
        "{who} no longer needs time off from {first:date} to {last:date} and can be rostered",
    ),
    "swap_offered": (
        "{who}想把 {day:day} {start:clock}–{end:clock} 的班换给你（{branch}）",
        "{who} offers you the shift {day:day} {start:clock}–{end:clock} at {branch}",
    ),
    "swap_taken": (
        "{who}愿接 {day:day} {start:clock}–{end:clock} 的班（{branch}）",
        "{who} takes the shift {day:day} {start:clock}–{end:clock} at {branch}",
    ),
    "swap_waits": (
        "{who}把 {day:day} {start:clock}–{end:clock} 的班让给{taker}（{branch}），等你答复",
        "{taker} would take {who}'s shift {day:day} {start:clock}–{end:clock} at {branch}; your answer is awaited",
    ),
    "swap_answered": (
        "{day:day} {start:clock}–{end:clock} 的换班（{branch}）：{answer:word}（{who}）",
        "The swap {day:day} {start:clock}–{end:clock} at {branch}: {answer:word} by {who}",
    ),
    "swap_off": (
        "{who} {day:day} {start:clock}–{end:clock} 的班（{branch}）不换了，按原班表上班",
        "The swap of {who}'s shift {day:day} {start:clock}–{end:clock} at {branch} is off; the roster stays as it is",
    ),
    "shift_asked": (
        "{who}问：{day:day} {start:clock}–{end:clock} 你能来{branch}上班吗？",
        "{who} asks: can you come to {branch}, {day:day} {start:clock}–{end:clock}?",
    ),
    "shift_answered": (
        "{who}答复 {day:day} {start:clock}–{end:clock} 来{branch}上班：{answer:word}",
        "{who} answered for {branch}, {day:day} {start:clock}–{end:clock}: {answer:word}",
    ),
    "roster_waits": (
        "{branch} {week:week}的班表（第 {version} 版）等你处理：{step:word}",
        "The roster of {branch} for {week:week} (version {version}) waits for you: {step:word}",
    ),
    "roster_returned": (
        "{who}退回了{branch} {week:week}的班表（第 {version} 版），原因见班表页",
        "{who} sent back the roster of {branch} for {week:week} (version {version}); the reason stands on its page",
    ),
    "roster_published": (
        "{branch} {week:week}的班表已发布（第 {version} 版）",
        "The roster of {branch} for {week:week} is published (version {version})",
    ),
    "roster_changed": (
        "{branch} {week:week}的班表有变动：你有 {days} 天不同（第 {version} 版）",
        "The roster of {branch} for {week:week} has changed: {days} {days:day|days} of yours (version {version})",
    ),
    "loan_offered": (
        "{branch}可借一名{post}给{to_branch}：{day:day} {start:clock}–{end:clock}，等你答复",
        "{branch} can lend a {post} to {to_branch}, {day:day} {start:clock}–{end:clock}; your answer is awaited",
    ),
    "loan_agreed": (
        "{who} {day:day} {start:clock}–{end:clock} 从{branch}借到{to_branch}（{post}），双方已同意，等本人确认",
        "{who} goes from {branch} to {to_branch} as {post}, {day:day} {start:clock}–{end:clock}: both have agreed",
    ),
    "loan_acknowledge": (
        "请确认：{day:day} {start:clock}–{end:clock} 你从{branch}到{to_branch}上班（{post}）",
        "Please acknowledge: you work at {to_branch} instead of {branch}, {day:day} {start:clock}–{end:clock} ({post})",
    ),
    "loan_acknowledged": (
        "{who}已确认 {day:day} {start:clock}–{end:clock} 从{branch}到{to_branch}上班（{post}），两边班表已更新",
        "{who} works at {to_branch} instead of {branch}, {day:day} {start:clock}–{end:clock} ({post}): in both rosters",
    ),
    "loan_off": (
        "{day:day} {start:clock}–{end:clock} {branch}支援{to_branch}（{post}）不成行了",
        "The loan from {branch} to {to_branch}, {day:day} {start:clock}–{end:clock} ({post}), is off",
    ),
    "acknowledgement_wanted": (
        "请确认已看过{branch} {week:week}的班表（第 {version} 版）",
        "Please acknowledge that you have seen the roster of {branch} for {week:week} (version {version})",
    ),
}
