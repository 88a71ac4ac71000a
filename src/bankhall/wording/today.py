"""Today: who is missing, who is asked to come, the changed day."""

ERRORS: dict[str, tuple[str, str]] = {
    "today_not_published": (
        "今天的排班还没有发布，没有可改的",
        "today's roster is not published; there is nothing to change",
    ),
    "today_changed_meanwhile": (
        "刚才有人改了今天的安排（{last:act}），您的操作没有生效；请看过新内容再操作",
        "today was changed meanwhile ({last:act}) and nothing of yours was done; look again, then act",
    ),
    "missing": ("没有这条缺勤记录", "nobody is marked so"),
    "missing_already": ("此人今天已标为缺勤：{last:act}", "this person is marked missing already: {last:act}"),
    "missing_taken_back": ("这条缺勤已经撤回：{last:act}", "the mark was taken back already: {last:act}"),
    "missing_not_mended": (
        "{branch_code} 今天有 {count} 人缺勤，当日调整还没有发布。请网点负责人先在“今天”页发布调整，然后再做这一步",
        "{count} {count:is|are} missing at {branch_code} today: its manager publishes the changed day first",
    ),
    "back_before_now": ("到岗时间要晚于现在", "the time of arrival must lie ahead"),
    "shift_is_over": ("此人今天的班已经结束", "this person's shift is over"),
    "proposal": ("没有这份调整方案", "there is no such proposal"),
    "proposal_outdated": (
        "方案已过时：有人已经上班，或计划有变。请重新计算",
        "the proposal is out of date: somebody has begun, or the plan has changed. Compute it again",
    ),
    "proposal_overtaken": (
        "这份方案已被取代（{last:act}），没有改动；请看新的内容",
        "this proposal was overtaken ({last:act}) and nothing was changed; look at what stands now",
    ),
    "hours_not_agreed": (
        "方案里有人要多上班，但还没有答应。请先询问本人",
        "the proposal gives somebody hours to which they have not agreed; ask them first",
    ),
    "cannot_come": ("按规则此人今天不能来", "by the rules this person cannot come today"),
    "ask": ("没有这次询问", "nobody was asked so"),
    "asked_already": ("今天已经问过此人：{last:act}", "this person was asked today already: {last:act}"),
    "ask_not_for_you": ("这是问别人的，只有本人能答复", "somebody else was asked; only they answer"),
    "ask_not_now": (
        "这次询问{state:word}，不能再改。最近一步：{last:act}",
        "the question is {state:word} and can no longer be changed. Last step: {last:act}",
    ),
    "yes_is_rostered": (
        "您已排进今天的班，不能自己撤回；来不了请马上联系网点负责人",
        "you stand on today's roster already; if you cannot come, call the branch manager at once",
    ),
    "ask_is_rostered": ("已经排进今天的班，不能撤回", "they stand on today's roster already"),
    "acknowledgement": ("没有要确认的", "there is nothing to acknowledge"),
    "acknowledgement_of_another": ("只有本人能确认已看过", "only the person can say that they have seen it"),
    "nothing_to_review": ("这一版不需要事后确认", "this version needs no confirmation afterwards"),
    "reviewed_already": ("这一版已经确认过：{last:act}", "this version is confirmed already: {last:act}"),
    "own_publication": ("自己发布的，不能由自己确认", "nobody confirms what they published themselves"),
}

STATES: dict[str, tuple[str, str]] = {
    "ask.asked": ("已问，待答复", "asked, no answer yet"),
    "ask.accepted": ("能来", "can come"),
    "ask.declined": ("来不了", "cannot come"),
    "ask.lapsed": ("过时未答", "not answered in time"),
    "ask.withdrawn": ("已撤回", "taken back"),
    "today.due": ("未上班", "to come"),
    "today.begun": ("在班", "at work by the plan"),
    "today.ended": ("已下班", "finished"),
    "today.missing": ("缺勤", "missing"),
    "today.late": ("迟到", "late"),
}

ACTS: dict[str, tuple[str, str]] = {
    "people.mark_missing": ("标记当日缺勤", "mark somebody missing today"),
    "people.take_back_missing": ("撤回缺勤标记", "take a mark of missing back"),
    "rosters.propose_today": ("计算当日调整方案", "ask for a changed day"),
    "rosters.answer_proposal": ("保存当日调整方案", "keep a proposal for a changed day"),
    "rosters.ask_to_come": ("问人能否来上班", "ask somebody to come"),
    "rosters.accept_ask": ("答应来上班", "agree to come"),
    "rosters.decline_ask": ("答复来不了", "say that one cannot come"),
    "rosters.withdraw_ask": ("撤回询问", "take a question back"),
    "rosters.lapse_ask": ("询问过时", "let a question lapse"),
    "rosters.publish_today": ("发布当日调整", "publish a changed day"),
    "rosters.acknowledge_roster": ("确认已看过排班", "acknowledge a roster"),
    "rosters.review_today": ("事后确认当日调整", "confirm a changed day afterwards"),
}

SUBJECTS: dict[str, tuple[str, str]] = {
    "missing": ("当日缺勤", "missing person"),
    "ask": ("临时询问", "question whether somebody can come"),
}

DONE: dict[str, tuple[str, str]] = {"review": ("事后已确认", "confirmed afterwards")}

KINDS: dict[str, tuple[str, str]] = {"replan_day": ("调整当日排班", "mend a day")}

PROGRESS: dict[str, tuple[str, str]] = {"coming": ("看谁能来。", "looking for who can come.")}

TODAY: dict[str, tuple[str, str]] = {
    "sick": ("身体不适", "unwell"),
    "late": ("迟到", "late"),
    "other": ("其他", "other"),
    "until": ("{until:clock} 到", "until {until:clock}"),
    "short": ("缺人（人·时段）", "people short, slot by slot"),
    "wait_p90": ("九成等候，分", "P90 wait, min"),
    "left_share": ("等不及离开", "left without service"),
    "people_change": ("{n} 人的班有变", "{n} {n:person's day changes|people's days change}"),
    "nobody_changes": ("没有人的班要改", "nobody else's day changes"),
    "cost_more": ("多花 {amount:yuan}", "{amount:yuan} more"),
    "cost_less": ("省 {amount:yuan}", "{amount:yuan} less"),
    "cost_same": ("成本不变", "the cost stays"),
    "longer": (
        "改了以后客户等得更久（九成等候从 {before:one} 分到 {after:one} 分）：方案先补缺的岗位，等候在其次。",
        "Customers wait longer this way (P90 {before:one} to {after:one} min): missing posts come first, waits second.",
    ),
    "until_arrival": (
        "{arrives:clock} 到岗之前，最长的半小时九成等候 {p90:one} 分",
        "until the first of them arrives at {arrives:clock}, the worst half hour's P90 wait is {p90:one} min",
    ),
    "asked_at": ("{at:clock} {by}问的", "asked at {at:clock} by {by}"),
    "accepted_at": ("{at:clock} 答应", "said yes at {at:clock}"),
    "declined_at": ("{at:clock} 答复来不了", "said no at {at:clock}"),
    "withdrawn_at": ("{at:clock} 撤回", "taken back at {at:clock}"),
    "lapsed_at": ("{at:clock} 过时未答", "not answered by {at:clock}"),
    "next_asked": (
        "答复会通知你；到点没有答复即作废",
        "you are told the answer; without one it lapses when the hours begin",
    ),
    "next_accepted": (
        "发布方案后才算数，会通知本人",
        "it holds once you publish the proposal; the person is told then",
    ),
    "week": ("本周 {minutes:hours}", "{minutes:hours} this week"),
    "overtime": ("加班 {minutes:hours}", "{minutes:hours} overtime"),
    "no_overtime": ("不加班", "no overtime"),
    "asked_on": ("上次问：{day:date}", "last asked {day:date}"),
    "never_asked": ("没问过", "never asked"),
    "comes_off": ("今天休息", "off today"),
    "comes_earlier": ("比排班早来", "comes earlier than rostered"),
    "comes_longer": ("比排班晚走", "stays longer than rostered"),
    "mends": ("制度要求的在岗人数因此守住", "keeps what the rules require"),
    "restores": ("补回 {n} 个缺人的半小时", "fills {n} short half {n:hour|hours}"),
    "way": ("路上 {minutes:minutes}", "{minutes:minutes} on the way"),
    "home_waits": (
        "等其所在网点（机动人员等区域）同意",
        "waits for their home branch (for the pool: the region) to agree",
    ),
    "home_agreed": ("所在网点已同意", "their home agrees"),
    "ask_one": ("请 {people} 来即可。", "It is kept with {people}: ask them to come."),
    "ask_one_of": ("{people}，请其中一人来即可。", "It is kept with one of {people}: ask one of them to come."),
    "nobody_mends": ("空闲的人来了也补不上。", "Nobody who is free would mend it."),
    "or_two_person_presence": (
        "或者这段时间停办现金、关柜台，并告诉区域。",
        "Or close the counter for that time, and tell the region.",
    ),
    "or_opening_pair": (
        "或者等第二人到了再开库开门，并告诉区域。",
        "Or open only when the second person is there, and tell the region.",
    ),
    "or_closing_pair": (
        "或者请在班的一人留到收尾结束。",
        "Or let somebody who is there stay until closing is done.",
    ),
    "or_dual_control": (
        "或者这段时间不办要复核的业务。",
        "Or give no service that needs a second person in that time.",
    ),
    "or_duty_people": ("或者请区域派有资格的人来。", "Or ask the region for somebody who may do it."),
    "seen": ("{n}/{all} 人已看过", "{n} of {all} have seen it"),
}
