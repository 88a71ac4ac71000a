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
    "shift_off": (
        "{day:day} {start:clock}–{end:clock} 不用来{branch}上班了，谢谢",
        "You need not come to {branch}, {day:day} {start:clock}–{end:clock}, after all; thank you",
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
    "year_fixed": (
        "{who}定了你的{what:word}：{week:week}",
        "{who} fixed your {what:word}: {week:week}",
    ),
    "year_released": (
        "{who}取消了你 {week:week}的{what:word}，另行安排",
        "{who} released your {what:word} of {week:week}; it is planned anew",
    ),
    "loan_offered": (
        "{branch}可借一名{post}给{to_branch}：{day:day} {start:clock}–{end:clock}，等你答复",
        "{branch} can lend a {post} to {to_branch}, {day:day} {start:clock}–{end:clock}; your answer is awaited",
    ),
    "loan_wanted": (
        "{to_branch}缺人，想请{branch}的{who}（{post}）{day:day} {start:clock}–{end:clock} 去支援，等你答复",
        "{to_branch} is short and asks {branch} for {who} ({post}), {day:day} {start:clock}–{end:clock}; please answer",
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
    "loan_lapsed": (
        "{day:day} {start:clock}–{end:clock} {branch}支援{to_branch}（{post}）没有在期限前答复，已作废",
        "The loan from {branch} to {to_branch}, {day:day} {start:clock}–{end:clock} ({post}), was not answered in time",
    ),
    "acknowledgement_wanted": (
        "请确认已看过{branch} {week:week}的班表（第 {version} 版）",
        "Please acknowledge that you have seen the roster of {branch} for {week:week} (version {version})",
    ),
}

ONE_DAY: dict[str, tuple[str, str]] = {
    "leave_asked": (
        "{who}申请 {first:day} 休假或培训，等你答复",
        "{who} asks for time off on {first:day}; your answer is awaited",
    ),
    "leave_answered": (
        "你 {first:day} 的申请：{answer:word}（{who}）",
        "Your time off on {first:day}: {answer:word} by {who}",
    ),
    "leave_withdrawn": (
        "{who}撤回了 {first:day} 的申请，这天可以排班",
        "{who} no longer needs time off on {first:day} and can be rostered",
    ),
}
"""The same for a single day."""

GROUPS: dict[str, tuple[str, str]] = {
    "roster_waits": (
        "{branch} {week:week}的班表（第 {version} 版）待处理：{step:word}",
        "The roster of {branch} for {week:week} (version {version}) waits: {step:word}",
    ),
    "roster_published": NOTICES["roster_published"],
    "roster_changed": (
        "{branch} {week:week}的班表有变动（第 {version} 版），请看自己的班次",
        "The roster of {branch} for {week:week} has changed (version {version}); please look at your shifts",
    ),
    "acknowledgement_wanted": NOTICES["acknowledgement_wanted"],
}
"""What a branch's group chat hears: nothing of one person."""

MAIL: dict[str, tuple[str, str]] = {
    "foot": (
        "厅堂自动发出，编号 {id}。收哪些通知，可在“通知”页的设置里选择。",
        "Sent by Bankhall, number {id}. What you get by mail is chosen in the settings of your notices.",
    ),
}

SETTLED: dict[str, tuple[str, str]] = {
    "answered": ("{who}已处理 {when}", "dealt with by {who}, {when}"),
    "answered_by_you": ("你已处理 {when}", "you dealt with it, {when}"),
    "off": ("{who}已取消 {when}", "called off by {who}, {when}"),
    "off_by_you": ("你已取消 {when}", "you called it off, {when}"),
    "lapsed": ("过期没有答复 {when}", "nobody answered in time, {when}"),
}
"""How what somebody's answer was awaited for has ended meanwhile."""

TOPICS: dict[str, tuple[str, str]] = {
    "leave": ("休假和培训的申请与答复", "Requests for time off, and their answers"),
    "swap": ("换班", "Shifts offered, taken and swapped"),
    "shift": ("当天请人来上班、请确认", "Being asked in on the day, and to acknowledge"),
    "roster": ("班表发布、变动、待处理", "Rosters published, changed, or waiting for you"),
    "loan": ("网点间支援", "Loans between branches"),
}

CHANNELS: dict[str, tuple[str, str]] = {
    "mail": ("邮件", "Mail"),
    "wecom": ("企业微信群", "WeCom group"),
    "dingtalk": ("钉钉群", "DingTalk group"),
}

KIND_NAMES: dict[str, tuple[str, str]] = {
    "leave_asked": ("有人申请休假或培训", "somebody asks for time off"),
    "leave_answered": ("你的申请有了答复", "the answer to your request"),
    "leave_withdrawn": ("有人撤回申请", "a request that is taken back"),
    "swap_offered": ("有人想和你换班", "a shift that is offered to you"),
    "swap_taken": ("有人接你的班", "somebody takes your shift"),
    "swap_waits": ("换班等你答复", "a swap that awaits your answer"),
    "swap_answered": ("换班有了答复", "the answer to a swap"),
    "swap_off": ("换班取消", "a swap that is off"),
    "shift_asked": ("请你当天来上班", "being asked to come in"),
    "shift_answered": ("被请的人答复", "the answer of who was asked to come in"),
    "shift_off": ("不用来上班了", "being told that one need not come in"),
    "year_fixed": ("强制休假或轮岗定了周次", "a week of mandatory leave or rotation that is fixed"),
    "year_released": ("强制休假或轮岗取消", "a week of mandatory leave or rotation that is released"),
    "roster_waits": ("班表等你处理", "a roster that waits for you"),
    "roster_returned": ("班表被退回", "a roster that is sent back"),
    "roster_published": ("班表发布", "a roster that is published"),
    "roster_changed": ("你的班次有变动", "changes of your shifts"),
    "loan_offered": ("支援等你答复", "a loan that awaits your answer"),
    "loan_wanted": ("别的网点今天想借你的人", "another branch that asks for one of yours today"),
    "loan_agreed": ("支援双方已同意", "a loan that both have agreed to"),
    "loan_acknowledge": ("请你去别的网点上班", "being asked to work at another branch"),
    "loan_acknowledged": ("支援本人已确认", "a loan that the person has acknowledged"),
    "loan_off": ("支援取消", "a loan that is off"),
    "loan_lapsed": ("支援过期未答复", "a loan that nobody answered in time"),
    "acknowledgement_wanted": ("请你确认班表", "being asked to acknowledge a roster"),
}
