"""Errors of plans, questions, requests and loans in words: what did not happen, what was kept, what to do."""

ERRORS: dict[str, tuple[str, str]] = {
    # what if
    "what_if": ("找不到这个假设", "this question is not there"),
    "what_if_empty": ("没有提出任何假设；请至少改一项", "nothing is asked; change at least one thing"),
    "what_if_unknown": ("不认识这种假设：{kind}", "this is no known question: {kind}"),
    "what_if_incomplete": ("这个假设没有填全，或数值不合理", "the question is not complete, or its figures cannot be"),
    "what_if_no_windows": (
        "{post:word}在这个网点没有窗口，不能多开或少开；请换一个有窗口的岗位",
        "{post:word} has no windows at this branch, so none can be opened or shut; ask about a post that has",
    ),
    "what_if_closed": ("{day} 不营业，没有可假设的", "the branch is closed on {day}; there is nothing to ask"),
    "what_if_never_open": ("这样就不营业了；请换个时间", "the branch would not open at all; choose other hours"),
    "what_if_no_promise": ("这项业务没有承诺可改", "nothing was promised for this service"),
    "what_if_for_good_alone": ("长期增减人员要单独提问", "a question for good is asked by itself"),
    "what_if_no_roster": (
        "这个答案没有改动排班，没有可放进计划的",
        "this answer moves nobody; there is nothing to put into the plan",
    ),
    "proposal": ("这条建议已经不在了，请重新看一遍", "this proposal is not there any more; look again"),
    "attendance_not_yet": ("这个时刻还没有到，没有登记", "this time has not come yet; nothing was entered"),
    "attendance_none": (
        "这一天没有这个人的出勤记录，也许已被删除",
        "no attendance of this person stands on that day; somebody may have removed it already",
    ),
    "attendance_backwards": ("离岗要晚于到岗，没有登记", "who leaves has come before; nothing was entered"),
    "moment_not_yet": (
        "{day} 还没有到，只能看已经过去的时刻",
        "{day} has not come yet; only what is past can be looked at",
    ),
    "replay_changes_nothing": (
        "这是以前的一天，什么也没有改；只有今天的排班能这样改",
        "this is an earlier day and nothing was changed; only today's plan is changed like this",
    ),
    "proposal_too_late": (
        "{start:clock} 已经过了，没有改；请重新看一遍今天剩下的时间",
        "{start:clock} has passed and nothing was changed; look at the rest of the day again",
    ),
    # plans
    "roster_missing": ("这一周还没有计划", "this week is not planned yet"),
    "roster_changed_meanwhile": (
        "打开后计划有了变化（{last:act}），您的操作没有生效；这里已是新内容，请再看一遍",
        "the plan was changed meanwhile ({last:act}) and nothing of yours was done; this is the new state, look again",
    ),
    "answer_stale": (
        "求解期间记录有变化，结果已过时，请重新求解",
        "records changed while it was solved; the answer is stale, solve again",
    ),
    "step_not_now": (
        "计划现在是{state}，不能做这一步。最近一步：{last:act}",
        "the plan is {state}; this step is not possible now. Last step: {last:act}",
    ),
    "roster_breaches_law": (
        "还有 {count} 处违反法律或内控规则，不能发布",
        "{count} {count:breach|breaches} of law or control {count:remains|remain}; it cannot be published",
    ),
    "reason_needed": (
        "有 {count} 处未守协议，请写明理由",
        "{count} {count:agreement is|agreements are} not kept; state the reason",
    ),
    "reason_missing": ("请写明理由，当事人会看到", "state the reason; those concerned read it"),
    "calendar_year_missing": (
        "{year} 年的日历没有装入，不能发布",
        "the calendar of {year} is not loaded; it cannot be published",
    ),
    "roster_infeasible": ("这一周无解，不能提交", "there is no feasible plan for this week; it cannot be proposed"),
    "approval_awaited": (
        "加班或增支超过限额，等分行批准",
        "overtime or extra cost passes the limit; the region approves first",
    ),
    "own_proposal": ("自己提交的，要由别人确认", "proposed by this person; somebody else must decide"),
    "own_confirmation": ("自己确认的，要由别人批准", "confirmed by this person; somebody else must approve"),
    # requests
    "request": ("没有这份申请", "there is no such request"),
    "offer": ("没有这个班次邀约", "there is no such offer"),
    "not_own_request": ("不是自己的申请，不能撤回", "only the person who asked can take it back"),
    "own_request": ("自己的申请要由别人答复", "somebody else must answer this request"),
    "own_balance": ("自己的余额要由别人更正", "somebody else must correct this balance"),
    "request_not_now": (
        "申请现在是“{state:word}”，不能再这样做。最近一步：{last:act}",
        "this request is {state:word}; that is not possible now. Last step: {last:act}",
    ),
    "request_changed_meanwhile": (
        "别人刚刚处理了这份申请（{last:act}），您的操作没有生效；请看现在的状态",
        "somebody was first ({last:act}) and nothing of yours was done; look at the request's present state",
    ),
    "absence_has_begun": ("{day:day} 的休假已经开始，不能再撤回", "the absence of {day:day} has begun; it stays"),
    "absence_twice": (
        "{day:day} 已有一份申请，状态是“{state:word}”",
        "there is a request for {day:day} already: {state:word}",
    ),
    "absence_recorded": (
        "记录里 {day:day} 起已有{kind:word}，不用再申请",
        "the records grant {kind:word} from {day:day} already; there is nothing to ask for",
    ),
    "answer_needs_reason": ("不批准要写明理由，申请人会看到", "a refusal needs a reason; the person reads it"),
    "answer_against_findings": (
        "这一天人手会不足，批准要写明理由",
        "people would be short then; state the reason for granting it",
    ),
    "balance_short": (
        "余额不够，请改短一些或换一个余额",
        "the balance does not suffice; ask for less or draw on another",
    ),
    "correction_incomplete": ("更正要写数目和理由", "a correction needs a figure and a reason"),
    "day_cannot_bear": ("{day:day} 缺不开人", "{day:day} cannot spare the person"),
    "too_late_to_ask": (
        "最早可以申请 {day:day}；当天有事请直接找网点负责人",
        "the earliest day is {day:day}; for today, call the branch manager",
    ),
    "span_too_long": ("一次最多 {days} 天", "at most {days} {days:day|days} at a time"),
    "nobody_could_take_it": ("按规则没有同事能接这个班", "by the rules no colleague could take this shift"),
    "offer_not_for_you": ("这个班是给别人的", "this shift is offered to somebody else"),
    "offer_not_now": (
        "这个班现在是“{state:word}”，没有改动。最近一步：{last:act}",
        "this offer is {state:word} now; nothing was changed. Last step: {last:act}",
    ),
    "offered_already": ("{day:day} 的班已经在转让", "the shift of {day:day} is offered already"),
    "swap_in_one_week": ("换班的两天要在同一周", "both days of a swap lie in one week"),
    "swap_names_somebody": ("换班要指明跟谁换", "a swap names the colleague"),
    "shift_has_begun": ("今天和以前的班不能再换", "today's and earlier shifts stay as they are"),
    "week_not_published": ("这一周还没有发布，可以先写意愿", "this week is not published yet; state a wish instead"),
    "week_is_published": (
        "这一周已经发布，请改为转让或换班",
        "this week is published; offer or swap the shift instead",
    ),
    "wish_in_absence": ("{day:day} 本来就休假", "{day:day} is a day of leave already"),
    "no_shift_that_day": (
        "{day:day} 已经没有这个班，名单有了变化",
        "there is no such shift on {day:day} any more; the roster changed",
    ),
    "version_on_its_way": (
        "这一周的第 {version} 版还没有定下来（{last:act}），请先处理它",
        "version {version} of this week is on its way ({last:act}); decide on it first",
    ),
    # lending
    "lending_without_rosters": (
        "{week} 还没有排班表，请先排好各网点的计划",
        "there is no roster of {week} yet; plan the branches first",
    ),
    "loan": ("没有这笔支援 {loan}，或与您无关", "there is no loan {loan} here"),
    "loan_stale": (
        "排班有了变化，按今天的排班这笔支援会违反规则；请重新查找支援方案",
        "the rosters changed: by today's rows this loan would break a rule. Look for loans again",
    ),
    "loan_changed_meanwhile": (
        "刚才别人处理过这笔支援（{last:act}），您的操作没有生效；这里已是最新状态，请再看一遍",
        "somebody was first ({last:act}) and nothing of yours was done; this is the loan's new state, look again",
    ),
    "loan_person_taken": (
        "{staff_no} 当天已有另一笔支援，请换人或换日期",
        "{staff_no} is already lent that day; choose another person or day",
    ),
    "loan_step_not_now": (
        "这笔支援现在是“{state}”，不能做这一步。最近一步：{last:act}",
        "the loan is {state}; this step is not possible now. Last step: {last:act}",
    ),
    "lent_that_day": (
        "{day:day} 已安排跨网点支援，两家排班都算在内；先请分行处理这笔支援",
        "{day:day} is lent to another branch and stands in both rosters; the region must settle the loan first",
    ),
    "loan_day_past": ("这一天已经过去", "that day is past"),
    "own_loan": ("不能替自己的支援点头，请由别人同意", "nobody agrees to their own loan; somebody else decides"),
    "loan_agreed_by_same": (
        "两家网点要由两个人分别同意",
        "two different people agree for the two branches; you agreed already",
    ),
    "loan_asked_today": (
        "当天的支援，请在“我的班表”里答复能不能来",
        "this loan is for today: answer on your own roster whether you can come",
    ),
    "loan_of_another": ("这是别人的支援安排", "this loan is somebody else's"),
    "reason_wanted": ("请写明原因", "state the reason"),
    "roster_on_its_way": (
        "{branch_code} 的排班正在审批（{state}，{last:act}），先发布或退回，再改已发布的班",
        "the roster of {branch_code} is on its way ({state}, {last:act}); publish it or send it back first",
    ),
    "region_unknown": ("没有分行 {region_code}", "there is no region {region_code}"),
}
