"""Findings in words: what, with figures; and why it matters."""

FINDINGS: dict[str, tuple[str, str]] = {
    "unmet_need": (
        "{branch}：已发布的计划缺 {half_hours} 个半小时",
        "{branch}: the published plan is short in {half_hours} half {half_hours:hour|hours}",
    ),
    "promise_not_kept": (
        "{branch}：{week} 有 {half_hours} 个半小时没做到承诺（能判断的 {of} 个）",
        "{branch}: the promise was not kept in {half_hours} of {of} half {of:hour|hours} of {week}",
    ),
    "plan_not_kept": (
        "{branch}：{week} 有 {half_hours} 个半小时窗口人数少于排班（有记录的 {of} 个）",
        "{branch}: fewer stood there than planned in {half_hours} of {of} half {of:hour|hours} of {week}",
    ),
    "kind_all": ("全部", "all"),
    "kind_unmet_need": ("排班缺人", "plan short"),
    "kind_cover_lost": ("发布后少人", "cover lost"),
    "kind_promise_not_kept": ("承诺没做到", "promise not kept"),
    "kind_plan_not_kept": ("没按排班", "plan not kept"),
    "kind_one_person_certificate": ("证书只有一人", "one-person certificate"),
    "gone": ("{branch}：{what}，最近一次看时已消除", "{branch}: {what}; gone at the last look"),
    "row": ("{day} {start:clock} {post} 缺 {n} 人", "{day} {start:clock} {post}: {n} short"),
    "cover_lost": (
        "{branch}：{day:day}的班发布后少了人，缺 {half_hours} 个半小时，还没补上",
        (
            "{branch}: the published {day:day} has lost people since: {half_hours} half"
            " {half_hours:hour is|hours are} not covered again"
        ),
    ),
    "one_person_certificate": (
        "{branch}：{certificate}只有{people_names}一人有效持有，一人不在就停办",
        "{branch}: only {people_names} holds a valid {certificate}; one absence shuts the service",
    ),
    "short": ("{start:clock}–{end:clock} {words}", "{words}, {start:clock}–{end:clock}"),
    "short_wait": (
        "{service}九成人要等到 {wait:whole} 分，承诺 {promise:whole} 分。",
        "{service}: one in ten waits over {wait:whole} min; the promise is {promise:whole}.",
    ),
    "short_detail": (
        "这段时间要 {required} 人，排了 {planned} 人。",
        "{required} {required:is|are} needed then; {planned} {planned:is|are} planned. ",
    ),
    "wait_over": (
        "{service} {start:clock}–{end:clock} 等候超过承诺",
        "{service}: waits over the promise, {start:clock}–{end:clock}",
    ),
    "calendar": ("{year} 年的日历还没有装入", "the calendar of {year} is not loaded"),
    "calendar_detail": ("发布前要装入这一年的日历。", "Load the calendar of that year before publishing."),
    "assumed": ("日历是假定的：{days}", "assumed calendar: {days}"),
    "nothing": ("没有要处理的事", "nothing stands in the way"),
    "things_before": ("{state}前还有 {n} 件事", "{n} {n:thing|things} before {state}"),
}
