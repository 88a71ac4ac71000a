"""Notices in words: one sentence for what happened, without a reason for leave or anything about health."""

NOTICES: dict[str, tuple[str, str]] = {
    "leave_asked": (
        "{who} 申请 {first:date} 至 {last:date} 休假，等你答复",
        "{who} asks for leave from {first:date} to {last:date}; your answer is awaited",
    ),
    "leave_answered": (
        "你 {first:date} 至 {last:date} 的休假申请：{answer:word}（{who}）",
        "Your leave from {first:date} to {last:date}: {answer:word} by {who}",
    ),
    "swap_offered": (
        "{who} 想把 {day:day} {start:clock}–{end:clock} 的班换给你（{branch}）",
        "{who} offers you the shift {day:day} {start:clock}–{end:clock} at {branch}",
    ),
    "swap_taken": (
        "{who} 愿接 {day:day} {start:clock}–{end:clock} 的班（{branch}）",
        "{who} takes the shift {day:day} {start:clock}–{end:clock} at {branch}",
    ),
    "swap_answered": (
        "{day:day} {start:clock}–{end:clock} 的换班（{branch}）：{answer:word}（{who}）",
        "The swap {day:day} {start:clock}–{end:clock} at {branch}: {answer:word} by {who}",
    ),
    "shift_asked": (
        "{who} 问：{day:day} {start:clock}–{end:clock} 你能来{branch}上班吗？",
        "{who} asks: can you come to {branch}, {day:day} {start:clock}–{end:clock}?",
    ),
    "shift_answered": (
        "{who} 答复 {day:day} {start:clock}–{end:clock} 来{branch}上班：{answer:word}",
        "{who} answered for {branch}, {day:day} {start:clock}–{end:clock}: {answer:word}",
    ),
    "roster_published": (
        "{branch} {week} 的班表已发布（第 {version} 版）",
        "The roster of {branch} for {week} is published (version {version})",
    ),
    "roster_changed": (
        "{branch} {week} 的班表有变动：你有 {days} 天不同（第 {version} 版）",
        "The roster of {branch} for {week} has changed: {days} {days:day|days} of yours (version {version})",
    ),
    "loan_offered": (
        "{branch}可借一名{post}给{to_branch}：{day:day} {start:clock}–{end:clock}，等你答复",
        "{branch} can lend a {post} to {to_branch}, {day:day} {start:clock}–{end:clock}; your answer is awaited",
    ),
    "loan_agreed": (
        "{who} {day:day} {start:clock}–{end:clock} 从{branch}借到{to_branch}（{post}），双方已同意",
        "{who} goes from {branch} to {to_branch} as {post}, {day:day} {start:clock}–{end:clock}: both have agreed",
    ),
    "loan_acknowledge": (
        "请确认：{day:day} {start:clock}–{end:clock} 你从{branch}到{to_branch}上班（{post}）",
        "Please acknowledge: you work at {to_branch} instead of {branch}, {day:day} {start:clock}–{end:clock} ({post})",
    ),
    "acknowledgement_wanted": (
        "请确认已看过 {branch} {week} 的班表（第 {version} 版）",
        "Please acknowledge that you have seen the roster of {branch} for {week} (version {version})",
    ),
}
